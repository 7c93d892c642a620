"""Practices: adds, edits, moves, archives and deletes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.tui.bindings import LETTER_BINDINGS, prioritized
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.practice_table import PracticeTable
from tracker.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

Page = tuple[tuple[Practice, ...], date]


class PracticesScreen(DiaryScreen):
    """Nothing is logged here: a letter moves the cursor to its practice."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *LETTER_BINDINGS,
        Binding("enter", "edit", "Edit", id="practice_edit",
                tooltip="Change what the practice of this row is"),
        Binding("plus", "add", "Add", id="practice_add", tooltip="Add a practice"),
        Binding("left_square_bracket,shift+up", "move(-1)", "Move up", id="practice_up",
                tooltip="Move it up in the list"),
        Binding("right_square_bracket,shift+down", "move(1)", "Move down", id="practice_down",
                tooltip="Move it down in the list"),
        Binding("minus", "archive", "Archive", id="practice_archive",
                tooltip="Out of the list, or back into it; its days stay"),
        Binding("delete,backspace", "delete", "Delete", id="practice_delete",
                tooltip="Take it away; only one that nothing was logged for"),
        Binding("space", "card", "Card", id="practice_card",
                tooltip="What research says about it, and what it doesn't"),
        Binding("up", "row(-1)", "Row up", show=False, id="practices_up", tooltip="The row above"),
        Binding("down", "row(1)", "Row down", show=False, id="practices_down",
                tooltip="The row below"),
        Binding("escape", "back", "Back", show=False, id="practices_back",
                tooltip="Back to Tonight"),
    ])  # fmt: skip

    def compose(self) -> ComposeResult:
        """The title, the practices, the keys."""
        yield TopBar()
        yield PracticeTable()
        yield KeyHints(
            [
                (glyph("↵"), say("hints.edit"), "enter"),
                ("+", say("hints.add"), "plus"),
                ("[", say("hints.up"), "left_square_bracket"),
                ("]", say("hints.down"), "right_square_bracket"),
                ("-", say("hints.archive"), "minus"),
                (say("hints.space"), say("hints.card"), "space"),
                ("del", say("hints.delete"), "delete"),
                ("u", say("hints.undo"), "u"),
                ("T", say("hints.tonight"), "T"),
                ("?", say("hints.help"), "question_mark"),
            ]
        )

    def on_mount(self) -> None:
        """Reads the practices."""
        bar = self.query_one(TopBar)
        bar.screen_key, bar.period, bar.has_periods = "P", say("practices.title"), False
        self._wanted: str | None = None
        """The practice to move the cursor to once it is read; None leaves it where it is."""
        self.reload()

    # What is shown

    @property
    def _table(self) -> PracticeTable:
        return self.query_one(PracticeTable)

    @property
    def row(self) -> Practice | None:
        """The practice the cursor is on."""
        cursor, rows = self._table.cursor, self._table.rows
        return None if cursor is None or cursor >= len(rows) else rows[cursor]

    def load(self) -> Callable[[Diary], Page]:
        return lambda diary: (diary.practices.all(), diary.today())

    def show_page(self, page: Page) -> None:
        practices, today = page
        wanted = self._wanted or (self.row.id if self.row else None)
        self._wanted = None
        rows = tuple(sorted(practices, key=lambda one: one.archived_since(today) is not None))
        row = next((n for n, one in enumerate(rows) if one.id == wanted), self._table.cursor or 0)
        table = self._table
        table.today, table.rows = today, rows
        table.cursor = min(row, len(rows) - 1) if rows else None

    def set_message(self, sentence: str) -> None:
        self._table.message = sentence

    # Keys

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        table = self._table
        if table.cursor is not None:
            self._move_to(clamp(table.cursor + by, 0, len(table.rows) - 1))

    def action_letter(self, letter: str) -> None:
        """Moves the cursor to the practice with this letter."""
        for row, practice in enumerate(self._table.rows):
            if practice.key == letter:
                self._move_to(row)

    def _move_to(self, row: int) -> None:
        self._table.cursor = row
        self.set_message("")

    def action_move(self, by: int) -> None:
        """Moves the practice of the row up or down."""
        if (practice := self._selected_practice()) is not None:
            self.change(lambda diary: _move(diary, practice, by))

    def action_archive(self) -> None:
        """Archives the practice of the row, or restores it."""
        if (practice := self._selected_practice()) is not None:
            self.change(lambda diary: _archive_or_restore(diary, practice))

    def action_delete(self) -> None:
        """Deletes the practice of the row, unless anything was logged for it."""
        if (practice := self._selected_practice()) is not None:
            self.change(lambda diary: _delete(diary, practice))

    def _selected_practice(self) -> Practice | None:
        """The practice of the row; without one, sets a message."""
        if self.row is None:
            self.set_message(say("practices.choose_a_row"))
        return self.row

    async def action_edit(self) -> None:
        """Opens the form of the practice."""
        from tracker.tui.dialogs.practice_form import EditPracticeForm

        today = self._table.today
        if (practice := self._selected_practice()) is not None and today is not None:
            await self.app.push_screen(EditPracticeForm(practice, today), self._saved)

    async def action_add(self) -> None:
        """Opens an empty form."""
        from tracker.tui.dialogs.practice_form import AddPracticeForm

        await self.app.push_screen(AddPracticeForm(self._table.rows), self._saved)

    def _saved(self, result: tuple[str, str] | None) -> None:
        """A form was closed: with the practice's id and a message, or None without a change."""
        if result is not None:
            self._wanted, message = result
            self.set_message(message)
            self.calmtrack.after_change()
        self.reload()

    async def action_card(self) -> None:
        """Opens what research says about the practice."""
        from tracker.tui.dialogs.text_dialog import EvidenceDialog

        if (practice := self._selected_practice()) is not None:
            await self.app.push_screen(EvidenceDialog(practice))

    async def action_select_row(self, row: int) -> None:
        """A click on a row moves the cursor there; on the cursor's row, it opens the form."""
        if row == self._table.cursor:
            await self.action_edit()
        else:
            self._move_to(row)


def _move(diary: Diary, practice: Practice, by: int) -> str:
    """Moves a practice `by` positions in the list, as far as that goes; returns the message."""

    today = diary.today()
    listed = [one.id for one in diary.practices.all() if one.archived_since(today) is None]
    if practice.id not in listed:
        return say("practice.archived_has_no_place", name=practice.name)
    position = listed.index(practice.id) + 1 + by
    if not 1 <= position <= len(listed):
        return say("practices.at_the_edge", name=practice.name)
    diary.practices.move(practice.id, position)
    return say("practice.moved", name=practice.name, place=position)


def _archive_or_restore(diary: Diary, practice: Practice) -> str:

    if diary.practices.find(practice.id).archived_since(diary.today()) is None:
        diary.practices.archive(practice.id)
        return say("practices.archived", name=practice.name)
    diary.practices.restore(practice.id)
    return say("practice.restored", name=practice.name)


def _delete(diary: Diary, practice: Practice) -> str:

    return say("practice.deleted", name=diary.practices.delete(practice.id).name)
