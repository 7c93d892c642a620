"""The gratitude jar: one note of gratitude at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_text
from tracker.tui.dialogs.text_dialog import TextDialog
from tracker.tui.widgets.key_hints import Hint, KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.gratitude_notes import JarNote


class JarDialog(TextDialog):
    """A note with its day, or that there is none yet. `G` shows another."""

    DEFAULT_CSS = """
    JarDialog .day { height: auto; margin-top: 1; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("G", "another", "Another", id="jar_another", tooltip="Take out another"),
    ]

    def __init__(self, note: JarNote | None) -> None:
        super().__init__(say("jar.title"), Static(markup=False))
        self._note = note

    def compose_body(self) -> ComposeResult:
        yield from super().compose_body()
        yield Static(classes="day", markup=False)

    def hints(self) -> Sequence[Hint]:
        another = [] if self._note is None else [("G", say("hints.another"), "G")]
        return [*another, *super().hints()]

    def on_mount(self) -> None:
        """Displays the first note."""
        self._display(self._note)

    def action_another(self) -> None:
        """Reads and displays another note."""
        self.calmtrack.ask(next_jar_note, self._display)

    def _display(self, note: JarNote | None) -> None:
        if not self.is_attached:
            return
        self._note = note
        scroll = self.query_one(VerticalScroll)
        text = say("jar.empty") if note is None else sanitize_text(note.note)
        scroll.query_one(Static).update(text)
        day = self.query_one(".day", Static)
        day.update("" if note is None else note.when)
        day.display = note is not None
        self.query_one(KeyHints).hints = tuple(self.hints())
        scroll.scroll_home(animate=False)


def next_jar_note(diary: Diary) -> JarNote | None:
    """A diary job that draws the next note; None while there are none."""
    from tracker.diary.gratitude_notes import next_note

    return next_note(diary)
