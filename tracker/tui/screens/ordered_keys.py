"""How keys and clicks reach a room: one after the other, in the order they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from tracker.i18n.messages import say
from tracker.tui.bindings import LEAVING
from tracker.tui.widgets.pressable import Pressable
from tracker.tui.widgets.too_small import TooSmall, is_too_small

if TYPE_CHECKING:
    from tracker.tui.app import CalmtrackApp

WIDEST = 168
"""Columns that a room takes at most, in the middle: eyes find no way along longer lines."""


class OrderedKeys(Screen[None]):
    """Hears them where there is room for what they do; what that is, each room says."""

    _put_aside: Sequence[Widget] = ()
    """What has no room now, of all that was shown."""

    @property
    def calmtrack(self) -> CalmtrackApp:
        """The app, as what it is."""
        return cast("CalmtrackApp", self.app)

    async def on_resize(self, event: events.Resize) -> None:
        """Stays in the middle of a very wide terminal; in one too small only asks for more room."""
        beside = max(0, (event.size.width - WIDEST) // 2)
        if self.styles.padding.left != beside:
            self.styles.padding = (0, beside)
        small = is_too_small(event.size)
        asking = self.query(TooSmall)
        if small == bool(asking):
            return
        await asking.remove()
        if small:
            # Not Textual's own: shown again, its tooltip would lie over the first lines.
            shown = self.query_children("*").exclude(".-textual-system")
            self._put_aside = [part for part in shown if part.display]
        for part in self._put_aside:
            part.display = not small
        if small:
            await self.mount(TooSmall())
        else:
            self.refresh(layout=True)

    async def on_key(self, event: events.Key) -> None:
        """Keys that are heard here, then those that are bound; an unknown capital asks about
        Caps Lock.

        All of them are carried out here, one after the other: Textual's own way to a binding
        leads through the app's queue, where a letter could overtake an arrow.
        """
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            # Typed for a box that opened just now.
            self.app.post_message(events.Key(event.key, event.character))
            return
        if is_too_small(self.size) and event.key not in LEAVING:
            return
        if self.holds(event) or self.turned() or self.heard(event):
            return
        bound = self.active_bindings.get(event.key)
        if bound is not None:
            await self.app.run_action(bound.binding.action, bound.node)
        elif "a" <= (character := event.character or "") <= "z":
            self.letter(character)
        elif "A" <= character <= "Z":
            self.calmtrack.tell(say("keys.caps_lock", key=character))

    def holds(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether a key is held back until there is something it is for."""
        return False

    def turned(self) -> bool:
        """Whether the day has turned: then the key only moves on and is logged nowhere."""
        return False

    def heard(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether a key is carried out by what it is, before any binding."""
        return False

    def letter(self, letter: str) -> None:
        """What a small letter does that is bound to nothing."""

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click does what its key does."""
        message.stop()
        kind, _, rest = message.key.partition(" ")
        if rest:
            self.clicked(kind, rest)
        else:
            self.app.simulate_key(message.key)

    def clicked(self, kind: str, rest: str) -> None:
        """A click on a part that is no key: which kind it is, and which one."""
