"""A room: a screen with the keys that are the same everywhere, carried out in their order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from tracker.tui.keys import ROOM_KEYS
from tracker.tui.widgets.pressable import Pressable
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.app import CalmtrackApp


class Room(Screen[None]):
    """What its other keys do, and what its parts mean when clicked, each room itself says."""

    BINDINGS: ClassVar[list[BindingType]] = [*ROOM_KEYS]

    @property
    def calmtrack(self) -> CalmtrackApp:
        """The app, as what it is."""
        return cast("CalmtrackApp", self.app)

    @property
    def hushed(self) -> bool:
        """Whether calm scores are hidden."""
        return self.calmtrack.settings.quiet

    @property
    def day(self) -> date | None:
        """The day the keys are for; None where there is none, or while it is not known."""
        return None

    def go_to_day(self, day: date) -> None:
        """Shows another day."""

    def marks(self) -> Iterable[tuple[str, str]]:
        """The signs of this room, and what each means."""
        return ()

    def figures(self) -> str:
        """How the numbers of this room come about."""
        return ""

    def other_keys(self) -> Iterable[tuple[str, str]]:
        """Keys that are no bindings, and what they do."""
        return ()

    def tell(self, sentence: str) -> None:
        """Says what the last key did."""
        if sentence:
            self.calmtrack.tell(sentence)

    # Keys

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
        if self.turned() or self.heard(event):
            return
        bound = self.active_bindings.get(event.key)
        if bound is not None:
            await self.app.run_action(bound.binding.action, bound.node)
        elif "A" <= (event.character or "") <= "Z":
            self.calmtrack.tell(say("keys.caps_lock", key=event.character))

    def turned(self) -> bool:
        """Whether the day has turned: then the key only moves on and is logged nowhere."""
        return False

    def heard(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether a key is carried out by what it is, and not by a binding."""
        return False

    def is_bound(self, event: events.Key) -> bool:
        """Whether a key is bound on this screen."""
        return event.key in self.active_bindings

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

    # What the keys do

    async def action_go_to(self) -> None:
        """Asks for a day."""
        from tracker.tui.screens.ask import AskBox

        def job(diary: Diary, text: str) -> str:
            from tracker.diary.checks import day_named

            return day_named(text, diary.today()).isoformat()

        def go(answer: str | None) -> None:
            if answer:
                self.go_to_day(date.fromisoformat(answer))

        await self.app.push_screen(AskBox(say("ask.day"), job), go)

    async def action_export(self) -> None:
        """Asks where to write the diary to."""
        from tracker.tui.screens.export import export_box

        def exported(sentence: str | None) -> None:
            if sentence:
                self.calmtrack.tell(sentence)

        if self.day is not None:
            await self.app.push_screen(export_box(self.day), exported)

    def action_tonight(self) -> None:
        """Goes to Tonight."""
        self.calmtrack.show_tonight()

    def action_week(self) -> None:
        """Goes to the week of the day shown."""
        self.calmtrack.show_week(self.day)

    def action_year(self) -> None:
        """Goes to the year of the day shown."""
        self.calmtrack.show_year(self.day)

    def action_calm(self) -> None:
        """Goes to calm over time."""
        self.calmtrack.show_calm(self.day)

    def action_settings(self) -> None:
        """Goes to the settings."""
        self.calmtrack.show_settings()

    async def action_help(self) -> None:
        """Tells about keys, marks and figures."""
        from tracker.tui.screens.help import Help

        await self.app.push_screen(Help(self))
