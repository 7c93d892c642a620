"""The note of a day's practice, or of the evening."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from tracker.trouble import Trouble
from tracker.tui.screens.box import Box
from tracker.visible import editable, visible
from tracker.words import say


class NoteText(TextArea):
    """A text area into which nothing comes that could steer a terminal."""

    def edit(self, edit: Edit) -> EditResult:
        """Every way into the text leads through here: keys, pastes, new lines."""
        edit.text = editable(edit.text)
        return super().edit(edit)


class NoteBox(Box[str | None]):
    """Enter keeps the note; it stays on the screen until it is on disk."""

    DEFAULT_CSS = """
    NoteBox TextArea, NoteBox TextArea:focus { height: 6; border: none; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", priority=True, id="note_keep", tooltip="Keep the note"),
        Binding("ctrl+j,alt+enter,shift+enter", "new_line", "New line", priority=True,
                id="note_line", tooltip="Begin a new line"),
        Binding("escape", "dismiss(None)", "Leave", id="note_leave", tooltip="Leave it as it was"),
    ]  # fmt: skip

    def __init__(self, title: str, note: str, subject: str, day: date) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._subject = subject
        self._day = day

    def compose(self) -> ComposeResult:
        """Title, text, what could not be done, and the keys."""
        with Vertical(classes="box"):
            yield Static(visible(self._title), classes="title", markup=False)
            yield NoteText(
                editable(self._note), soft_wrap=True, tab_behavior="focus", show_line_numbers=False
            )
            yield Static("", classes="wrong", markup=False)
            yield Static(say("note.hint"), classes="hint", markup=False)

    def on_mount(self) -> None:
        """Puts the cursor at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_new_line(self) -> None:
        """Begins a new line."""
        self.query_one(TextArea).insert("\n")

    def action_keep(self) -> None:
        """Writes the note, and leaves once it is on disk."""
        text = self.query_one(TextArea).text
        if text == editable(self._note):
            # Not edited: what can't be shown as it is stays as it is.
            self.dismiss(None)
            return
        self.calmtrack.desk.ask(
            lambda diary: diary.write_note(self._subject, text, self._day),
            lambda _: self._kept(),
            self._not_kept,
        )

    def _kept(self) -> None:
        self.dismiss(say("note.kept"))

    def _not_kept(self, trouble: Trouble) -> None:
        if not self.is_attached:
            self.calmtrack.tell_trouble(trouble)
            return
        wrong = self.query_one(".wrong", Static)
        wrong.update(visible(str(trouble)))
        wrong.add_class("-said")
