"""A small box over a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widgets import Static

from tracker.errors import CalmtrackError
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.tui.app_protocol import AppProtocol

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """Stands in the middle with a title; escape leaves and changes nothing."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > .box {
            width: 76; max-width: 94%; height: auto; max-height: 90%;
            padding: 1 2; background: $surface; border: round $primary 50%;
        }
        &.-plain > .box { border: ascii $primary 50%; }
        & .tall { height: auto; scrollbar-size-vertical: 1; padding-right: 1; }
        & KeyHints { padding-left: 0; margin-top: 1; }
        & .title { height: auto; margin-bottom: 1; text-style: bold; }
        & .hint { height: auto; margin-top: 1; color: $text-muted; }
        & .wrong { height: auto; color: $text-error; display: none; }
        & .wrong.-said { display: block; margin-top: 1; }
    }
    """

    around: ClassVar[int] = 8
    """Lines of the border, the padding, a title and the keys, with what lies between."""

    def on_mount(self) -> None:
        """Draws its border in plain characters where those are asked for."""
        self.set_class(ascii_only(), "-plain")

    def refuse(self, trouble: CalmtrackError) -> None:
        """Says why what was asked for is not possible; the box stays, with what was typed."""
        if self.is_attached:
            self.tell_wrong(str(trouble))
        else:
            self.calmtrack.tell_trouble(trouble)

    def tell_wrong(self, sentence: str) -> None:
        """Says what is wrong where the box has its line for that; nothing clears it."""
        wrong = self.query_one(".wrong", Static)
        wrong.update(sanitize_line(sentence))
        wrong.set_class(bool(sentence), "-said")

    def come_back(self, result: T, sentence: str) -> None:
        """Leaves with what was kept; who had left before it was hears of it all the same."""
        if self.is_attached:
            self.dismiss(result)
            return
        if sentence:
            self.calmtrack.tell(sentence)
        self.calmtrack.show_anew()
        self.calmtrack.after_change()

    def on_resize(self, event: events.Resize) -> None:
        """What scrolls takes the lines that its title, the keys and the border leave."""
        for part in self.query(".tall"):
            part.styles.max_height = max(3, self.tallest(event.size.height) - self.around)

    def tallest(self, height: int) -> int:
        """Lines that the box takes at most of those there are."""
        return height * 9 // 10

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leaves with a result; one that comes after one has left changes nothing more."""
        return super().dismiss(result) if self.is_attached else AwaitComplete()

    @property
    def calmtrack(self) -> AppProtocol:
        """The app, typed."""
        return cast("AppProtocol", self.app)
