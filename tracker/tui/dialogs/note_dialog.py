"""The note of a day's practice, or of the evening."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from tracker.i18n.messages import say
from tracker.rules.mentions import complete_name, mention_prefix_at
from tracker.sanitize import sanitize_line, sanitize_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.name_suggestions import NameSuggestions
from tracker.tui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class SafeTextArea(TextArea):
    """A text area into which nothing comes that could steer a terminal."""

    def edit(self, edit: Edit) -> EditResult:
        """Every way into the text leads through here: keys, pastes, new lines."""
        edit.text = sanitize_text(edit.text)
        return super().edit(edit)


class NoteDialog(Dialog[str | None]):
    """Enter keeps the note; it stays on the screen until it is on disk."""

    DEFAULT_CSS = """
    NoteDialog TextArea, NoteDialog TextArea:focus { height: 6; border: none; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", priority=True, id="note_keep", tooltip="Keep the note"),
        Binding("ctrl+j,alt+enter,shift+enter", "new_line", "New line", priority=True,
                id="note_line", tooltip="Begin a new line"),
        Binding("tab", "take_name(0)", "Take the name", priority=True, id="note_name",
                tooltip="Take the first of the names used before"),
        Binding("escape", "dismiss(None)", "Leave", id="note_leave", tooltip="Leave it as it was"),
    ]  # fmt: skip

    def __init__(self, title: str, note: str, subject: str, day: date) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._subject = subject
        self._day = day
        self._names: tuple[str, ...] | None = None
        """The names used before; None until a name is begun and they are asked for."""

    def compose(self) -> ComposeResult:
        """Title, text, what could not be done, and the keys."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._title), classes="title", markup=False)
            yield SafeTextArea(
                sanitize_text(self._note),
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
            )
            yield NameSuggestions()
            yield Static("", classes="wrong", markup=False)
            yield KeyHints(
                [
                    (glyph("↵"), say("form.keep"), "enter"),
                    ("ctrl+j", say("note.new_line"), "ctrl+j"),
                    ("esc", say("form.leave"), "escape"),
                ]
            )

    def on_mount(self) -> None:
        """Puts the cursor at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_new_line(self) -> None:
        """Begins a new line."""
        self.query_one(TextArea).insert("\n")

    def on_text_area_selection_changed(self) -> None:
        """Offers names wherever one is begun; every key and click moves the cursor."""
        begun = self._begun()
        if begun is not None and self._names is None:
            self._names = ()
            self.calmtrack.ask(_names_used, self._offer)
        self.query_one(NameSuggestions).names = (
            () if begun is None else complete_name(self._names or (), begun)
        )

    def _offer(self, names: tuple[str, ...]) -> None:
        self._names = names
        if self.is_attached:
            self.on_text_area_selection_changed()

    def _begun(self) -> str | None:
        """The beginning of a name right before the cursor."""
        area = self.query_one(TextArea)
        row, column = area.cursor_location
        return (
            mention_prefix_at(area.document.get_line(row)[:column])
            if area.selection.is_empty
            else None
        )

    def action_take_name(self, place: int) -> None:
        """Writes one of the names that are offered in place of its beginning."""
        names, begun = self.query_one(NameSuggestions).names, self._begun()
        if begun is None or place >= len(names):
            return
        area = self.query_one(TextArea)
        row, column = area.cursor_location
        area.replace(names[place], (row, column - len(begun)), (row, column))
        area.move_cursor((row, column - len(begun) + len(names[place])))

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click on a name takes it; one on a key is seen to where every box does."""
        kind, _, place = message.key.partition(" ")
        if kind == "name":
            message.stop()
            self.action_take_name(int(place))

    def action_keep(self) -> None:
        """Writes the note, and leaves once it is on disk."""
        text = self.query_one(TextArea).text
        if text == sanitize_text(self._note):
            # Not edited: what can't be shown as it is stays as it is.
            self.dismiss(None)
            return
        kept = say("note.kept")
        self.calmtrack.desk.ask(
            lambda diary: diary.write_note(self._subject, text, self._day),
            lambda _: self.come_back(kept, kept),
            self.refuse,
        )


def _names_used(diary: Diary) -> tuple[str, ...]:
    return diary.notes.names()
