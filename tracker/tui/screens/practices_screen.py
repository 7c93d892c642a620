"""Practices: the list a person shapes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.practice_table import PracticeTable
from tracker.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

Page = tuple[tuple[Practice, ...], date]


class PracticesScreen(DiaryScreen):
    """Nothing is logged here: a letter only goes to its row."""

    BINDINGS: ClassVar[list[BindingType]] = [
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
        Binding("escape", "tonight", "Back", show=False, id="practices_back",
                tooltip="Back to Tonight"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The room, the practices, the keys."""
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
        bar.room, bar.period, bar.turns = "P", say("practices.title"), False
        self._wanted: str | None = None
        """The practice the cursor goes to once it is read; None stays where it is."""
        self.reread()

    # What is shown

    @property
    def _table(self) -> PracticeTable:
        return self.query_one(PracticeTable)

    @property
    def row(self) -> Practice | None:
        """The practice the cursor is on."""
        cursor, rows = self._table.cursor, self._table.rows
        return None if cursor is None or cursor >= len(rows) else rows[cursor]

    def read(self) -> Callable[[Diary], Page]:
        return lambda diary: (diary.practices.all(), diary.today())

    def show(self, page: Page) -> None:
        practices, today = page
        wanted = self._wanted or (self.row.id if self.row else None)
        self._wanted = None
        rows = tuple(sorted(practices, key=lambda one: one.archived_since(today) is not None))
        place = next((n for n, one in enumerate(rows) if one.id == wanted), self._table.cursor or 0)
        table = self._table
        table.today, table.rows = today, rows
        table.cursor = min(place, len(rows) - 1) if rows else None

    def tell(self, sentence: str) -> None:
        self._table.said = sentence

    # Keys

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        table = self._table
        if table.cursor is not None:
            self._go(clamp(table.cursor + by, 0, len(table.rows) - 1))

    def letter(self, letter: str) -> None:
        """Goes to the practice with this letter."""
        for place, one in enumerate(self._table.rows):
            if one.key == letter:
                self._go(place)

    def _go(self, place: int) -> None:
        self._table.cursor = place
        self.tell("")

    def action_move(self, by: int) -> None:
        """Moves the practice of the row up or down."""
        from tracker.tui.screens.practice_actions import moved

        if (one := self._one()) is not None:
            self.act(lambda diary: moved(diary, one, by))

    def action_archive(self) -> None:
        """Takes the practice of the row out of the list, or back into it."""
        from tracker.tui.screens.practice_actions import archived_or_back

        if (one := self._one()) is not None:
            self.act(lambda diary: archived_or_back(diary, one))

    def action_delete(self) -> None:
        """Takes away a practice that nothing was logged for."""
        from tracker.tui.screens.practice_actions import deleted

        if (one := self._one()) is not None:
            self.act(lambda diary: deleted(diary, one))

    def _one(self) -> Practice | None:
        if self.row is None:
            self.tell(say("practices.choose_a_row"))
        return self.row

    async def action_edit(self) -> None:
        """Opens the form of the practice."""
        from tracker.tui.dialogs.practice_form import EditForm

        today = self._table.today
        if (one := self._one()) is not None and today is not None:
            await self.app.push_screen(EditForm(one, today), self._shaped)

    async def action_add(self) -> None:
        """Opens an empty form."""
        from tracker.tui.dialogs.practice_form import AddForm

        await self.app.push_screen(AddForm(self._table.rows), self._shaped)

    def _shaped(self, kept: tuple[str, str] | None) -> None:
        if kept is not None:
            self._wanted, sentence = kept
            self.tell(sentence)
            self.calmtrack.after_change()
        self.reread()

    async def action_card(self) -> None:
        """Shows what is known about the practice."""
        from tracker.tui.dialogs.evidence_dialog import EvidenceDialog

        def read(breathes: bool | None) -> None:
            if breathes:
                self.call_next(self.action_breathe)

        if (one := self._one()) is not None:
            await self.app.push_screen(EvidenceDialog(one), read)

    def clicked(self, kind: str, rest: str) -> None:
        """A click on a row goes there; on the row one is in, it opens the form."""
        if kind == "row" and int(rest) == self._table.cursor:
            self.app.simulate_key("enter")
        elif kind == "row":
            self._go(int(rest))
