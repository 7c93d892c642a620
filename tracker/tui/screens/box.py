"""A small box over a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from tracker.charts.marks import ascii_only
from tracker.tui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from tracker.tui.app import CalmtrackApp

T = TypeVar("T")


class Box(ModalScreen[T]):
    """Stands in the middle with a title; escape leaves and changes nothing."""

    DEFAULT_CSS = """
    Box {
        align: center middle;
        background: $background 60%;
        & > .box {
            width: 76; max-width: 94%; height: auto; max-height: 90%;
            padding: 1 2; background: $surface; border: round $primary-muted;
        }
        &.-plain > .box { border: ascii $primary-muted; }
        & .title { height: auto; margin-bottom: 1; text-style: bold; }
        & .hint { height: auto; margin-top: 1; color: $text-muted; }
        & .wrong { height: auto; color: $text-error; display: none; }
        & .wrong.-said { display: block; margin-top: 1; }
    }
    """

    def on_mount(self) -> None:
        """Draws its border in plain characters where those are asked for."""
        self.set_class(ascii_only(), "-plain")

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leaves with a result; one that comes after one has left changes nothing more."""
        return super().dismiss(result) if self.is_attached else AwaitComplete()

    @property
    def calmtrack(self) -> CalmtrackApp:
        """The app, as what it is."""
        return cast("CalmtrackApp", self.app)

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click on a key's hint does what that key does; other parts each box knows itself."""
        message.stop()
        # Not by a simulated key: Textual lets one that a box sends itself go no further.
        bound = self.active_bindings.get(message.key)
        if bound is not None:
            self.call_next(self.app.run_action, bound.binding.action, bound.node)
