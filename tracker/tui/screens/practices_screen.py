"""Practices: adds, edits, moves, archives and deletes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.diary.practice_lookup import known_practice
from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _, npgettext
from tracker.models import Practice
from tracker.render.entry_text import rest_days_without_sentence
from tracker.render.practice_text import (
    deletion_sentence,
    goal_words,
    move_sentence,
    restore_sentence,
)
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import (
    BACK,
    LETTER_BINDINGS,
    MORE,
    edge_bindings,
    prioritized,
    row_bindings,
)
from tracker.tui.screens.base import DiaryScreen, redo_only, undo_only
from tracker.tui.widgets.bars import Hint, KeyHints, TopBar, page_hints
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

CHANGES = ("practice", "translation")
"""The kinds of undo steps that change what is shown here."""

ARCHIVE_KEY = "d"

MESSAGE_LINES = 2
"""Lines for what is about the cursor's row; a message about the last key may take more."""
GOAL_LEAST = 28
"""Cells of the goals' column, which is wider where a goal needs more."""
NAME_MOST = 40
WITH_QUESTION = 110
"""Columns from which each row shows what it asks."""


class PracticeTable(RowList):
    """A line each, and below them a message or the row's question."""

    rows: reactive[tuple[Practice, ...]] = reactive(())
    """Those in the list, then archived ones."""
    today: reactive[date | None] = reactive(None)
    listed_today: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of those on Tonight: an archived one with an entry stays there for that day."""
    cursor: reactive[int | None] = reactive(None)
    """The row, from 0; None where there is none."""

    _goal_width = GOAL_LEAST
    """Cells of the goals' column, which `render` adapts to the rows."""

    def render(self) -> Content:
        """A sentence, the rows with a heading above archived ones, and the message."""
        if self.today is None:
            return Content("")
        goals = (goal_words(one, self.today) for one in self.rows)
        self._goal_width = max([GOAL_LEAST, *(Content(goal).cell_length for goal in goals)])
        lines, line_of = self._lines(self.today)
        head = [
            Content(""),
            Content.assemble("   ", (self._head(), styled_text.MUTED)),
        ]
        if len(head) + len(lines) + MESSAGE_LINES + 3 <= self.size.height:
            head.append(Content(""))
        head.append(self._headings(self.today))
        message = self._message(self.today)
        fits = max(1, self.size.height - len(head) - len(message) - 1)
        cursor = None if self.cursor is None else line_of.get(self.cursor)
        # Scrolling to the first row shows the heading above it.
        top = None if self.cursor == 0 else cursor
        shown = self.with_spacing(self.visible_rows(lines.__getitem__, len(lines), top, fits), fits)
        return styled_text.page(self, [*head, *shown, Content(""), *message])

    def _head(self) -> str:
        if any(self.today and one.archived_since(self.today) is None for one in self.rows):
            return _("Shown on Tonight in this order.")
        return (
            _("All your practices are archived. Press d to restore one, or a to add one.")
            if self.rows
            else _("No practices yet. Press a to add one.")
        )

    def _headings(self, today: date) -> Content:
        """The name of the goals' column, above the first practice of the list."""
        if all(one.archived_since(today) is not None for one in self.rows):
            return Content("")
        return Content(" " * (8 + self._name_width) + _("Goal")).stylize(styled_text.MUTED)

    def _lines(self, today: date) -> tuple[list[Content], dict[int, int]]:
        """The lines, and the index of the line of each row."""
        lines: list[Content] = []
        line_of: dict[int, int] = {}
        archived = sum(one.archived_since(today) is not None for one in self.rows)
        first_archived = len(self.rows) - archived
        for index, one in enumerate(self.rows):
            since = one.archived_since(today)
            if index == first_archived:
                heading = npgettext("above practices", "Archived", "Archived", archived)
                lines.extend([Content("")] if lines else [])
                lines.append(Content.assemble("   ", (heading, styled_text.MUTED)))
            line_of[index] = len(lines)
            lines.append(self._row(index, one, today, since))
        return lines, line_of

    def _row(self, index: int, one: Practice, today: date, since: date | None) -> Content:
        has_cursor = self.shows_cursor and index == self.cursor
        if since is None:
            words, width = goal_words(one, today), self._goal_width
        else:
            words = _("since {day}").format(day=format_day_of(since, today))
            # The line has no question after it.
            width = max(self._goal_width, self.size.width - 6 - self._name_width - 2 - 1)
        name = styled_text.BOLD if has_cursor else styled_text.MUTED if since else ""
        line = Content.assemble(
            styled_text.cursor_marker(is_current=has_cursor),
            (f"{one.key or ' '}  ", styled_text.ACCENT),
            styled_text.user_text(one.name, self._name_width, name),
            "  ",
            styled_text.fit(words, width, styled_text.MUTED if since else ""),
        )
        if self._question_width and since is None:
            question = styled_text.user_text(one.question, self._question_width, styled_text.MUTED)
            line = Content.assemble(line, "  ", question)
        return styled_text.clickable(line, f"screen.select_row({index})")

    def _message(self, today: date) -> list[Content]:
        most = styled_text.MOST_MESSAGE_LINES if self.message else MESSAGE_LINES
        text = self.message or self._row_text(today)
        return styled_text.message_lines(text, self.size.width, most, least=MESSAGE_LINES)

    def _row_text(self, today: date) -> str:
        if self.cursor is None or self.cursor >= len(self.rows):
            return ""
        one = self.rows[self.cursor]
        if one.archived_since(today) is not None and one.id in self.listed_today:
            return _(
                "Archived: it has an entry today, so it stays on Tonight until tomorrow. Press d "
                "to restore it."
            )
        if one.archived_since(today) is not None:
            return _(
                "Archived: it isn't shown on Tonight, and its days are kept. Press d to restore it."
            )
        if not one.question:
            return _("This practice has no question yet.")
        is_whole = Content(sanitize_line(one.question)).cell_length <= self._question_width
        return "" if is_whole else one.question

    @property
    def _question_width(self) -> int:
        """Cells of a row for what it asks; 0 where it has none."""
        if self.size.width < WITH_QUESTION:
            return 0
        return self.size.width - 6 - self._name_width - 2 - self._goal_width - 3

    @property
    def _name_width(self) -> int:
        longest = max(
            (Content(sanitize_line(one.name)).cell_length for one in self.rows), default=0
        )
        available = self.size.width - 6 - 2 - self._goal_width - 1
        return clamp(longest, 8, clamp(available, 8, NAME_MOST))


Page = tuple[tuple[Practice, ...], date, frozenset[str]]


class PracticesScreen(DiaryScreen):
    """Nothing is logged here: a letter that is no key of this screen moves the cursor to its
    practice."""

    has_days = False
    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("a", "add", N_("Add"), tooltip=N_("Add a practice")),
        Binding(ARCHIVE_KEY, "archive", N_("Archive"),
                tooltip=N_("Archive or restore (its days are kept)")),
        # After the keys above, which are letters too: the first binding of a key runs.
        *LETTER_BINDINGS,
        Binding("enter", "edit", N_("Edit"), tooltip=N_("Edit the selected practice")),
        Binding("left_square_bracket,shift+up", "move(-1)", N_("Move up"),
                tooltip=N_("Move the practice up")),
        Binding("right_square_bracket,shift+down", "move(1)", N_("Move down"),
                tooltip=N_("Move the practice down")),
        Binding("delete,backspace", "delete", N_("Delete"),
                tooltip=N_("Delete (only if nothing was logged for it)")),
        Binding("u", "undo", N_("Undo"),
                tooltip=N_("Undo the last change of a practice"), group=MORE),
        Binding("space", "card", N_("Research"),
                tooltip=N_("What research says about it, and what it doesn't")),
        *row_bindings(),
        *edge_bindings(),
        BACK,
    ])  # fmt: skip

    _table = getters.query_one(PracticeTable)

    _wanted: str | None = None
    """The practice to move the cursor to once it is read; None leaves it where it is."""
    _is_read = False
    """Whether the list was read once."""

    def compose(self) -> ComposeResult:
        yield TopBar("P", _("Practices"), has_periods=False)
        yield PracticeTable()
        yield KeyHints(_hints())

    # What is shown

    @property
    def row(self) -> Practice | None:
        """The practice the cursor is on."""
        cursor, rows = self._table.cursor, self._table.rows
        return None if cursor is None or cursor >= len(rows) else rows[cursor]

    def load(self) -> Callable[[Diary], Page]:
        return lambda diary: (diary.practices.all(), diary.today(), _listed_today(diary))

    def show_page(self, page: Page) -> None:
        practices, today, listed_today = page
        wanted = self._wanted or (self.row.id if self.row else None)
        self._wanted = None
        rows = tuple(sorted(practices, key=lambda one: one.archived_since(today) is not None))
        row = next((n for n, one in enumerate(rows) if one.id == wanted), self._table.cursor or 0)
        table = self._table
        table.today, table.rows, table.listed_today = today, rows, listed_today
        self._set_cursor(min(row, len(rows) - 1) if rows else None)

    # Keys

    @property
    def is_loading(self) -> bool:
        return not self._is_read

    def defer_key(self, event: events.Key) -> bool:
        """Holds the keys that arrive before the list is read, unless the server can't be reached:
        add, archive and the letters depend on it."""
        is_held = self.is_loading and self.calmtrack.diary_worker.outage is None
        if is_held:
            self._held_keys += (event,)
        return is_held

    def page_loaded(self, page: Page) -> None:
        super().page_loaded(page)
        self._is_read = True
        self.app.call_later(self._replay_held_keys)

    def action_row(self, by: int) -> None:
        table = self._table
        if table.cursor is not None:
            self._move_to(clamp(table.cursor + by, 0, len(table.rows) - 1))

    def action_letter(self, letter: str) -> None:
        """Moves the cursor to the practice with this letter."""
        for row, practice in enumerate(self._table.rows):
            if practice.key == letter:
                self._move_to(row)
                return
        self.set_message(_("No practice here has the letter {letter}.").format(letter=letter))

    def _move_to(self, row: int) -> None:
        self._set_cursor(row)
        self.set_message("")

    def _set_cursor(self, row: int | None) -> None:
        self._table.cursor = row
        self.query_one(KeyHints).hints = _hints(
            is_archived=self.row is not None and self._is_archived(self.row)
        )

    def _is_archived(self, practice: Practice) -> bool:
        today = self._table.today
        return today is not None and practice.archived_since(today) is not None

    def action_move(self, by: int) -> None:
        if (practice := self._selected_practice()) is not None:
            self.change(lambda diary: _move(diary, practice, by))

    def action_archive(self) -> None:
        """Archives the practice of the row, or restores it. Where another practice has the letter
        of this key, archives only when it's pressed again: other letters go to their practice."""
        if (practice := self._selected_practice()) is None:
            return
        other = next((one for one in self._table.rows if one.key == ARCHIVE_KEY), practice)
        if other.id != practice.id and not self._is_archived(practice):
            question = _(
                "Here, {key} archives. Press it again to archive {name}, or go to {other} with "
                "{arrows}."
            ).format(
                key=ARCHIVE_KEY,
                name=practice.name,
                other=other.name,
                arrows=styled_text.glyph("↑↓"),
            )
            if self._table.message != question:
                self.set_message(question)
                return
        self.change(lambda diary: _archive_or_restore(diary, practice))

    def action_delete(self) -> None:
        """Deletes the practice of the row, unless anything was logged for it."""
        if (practice := self._selected_practice()) is not None:
            self.change(lambda diary: _delete(diary, practice))

    def _selected_practice(self) -> Practice | None:
        """The practice of the row; without one, sets a message."""
        if self.row is None:
            self.set_message(_("No practices here yet. Press a to add one."))
        return self.row

    async def action_edit(self) -> None:
        from tracker.tui.dialogs.forms import EditPracticeForm

        today = self._table.today
        if (practice := self._selected_practice()) is not None and today is not None:
            await self.app.push_screen(EditPracticeForm(practice, today), self._saved)

    async def action_add(self) -> None:
        from tracker.tui.dialogs.forms import AddPracticeForm

        await self.app.push_screen(AddPracticeForm(self._table.rows), self._saved)

    def _saved(self, result: tuple[str, str] | None) -> None:
        """A form was closed: with the practice's id and a message, or None without a change."""
        if result is None:
            self.reload()
        else:
            self._wanted, sentence = result
            self.show_changed(sentence)

    async def action_card(self) -> None:
        """Opens what research says about the practice."""
        from tracker.tui.dialogs.text_dialog import EvidenceDialog

        if (practice := self._selected_practice()) is not None:
            await self.app.push_screen(EvidenceDialog(practice))

    def undo_job(self) -> Callable[[Diary], str]:
        """Undoes the newest change, if it was one of a practice: no other can be seen here."""
        return lambda diary: undo_only(
            diary,
            CHANGES,
            _("Your last change wasn't in Practices: {step}. To undo it, press T, then u."),
        )

    async def action_redo(self) -> None:
        """Redoes what was undone last, if it was a change of a practice."""
        self.change(lambda diary: redo_only(diary, CHANGES, _("Nothing to redo in Practices.")))

    def action_coin(self, practice_id: str = "") -> None:
        """Starts a coin-flip month for the practice of the row, or shows the running one."""
        super().action_coin(practice_id or (self.row.id if self.row else ""))

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
        return _("{name} is archived. Restore it first, then you can move it.").format(
            name=practice.name
        )
    position = listed.index(practice.id) + 1 + by
    if not 1 <= position <= len(listed):
        return _("{name} can't move any further.").format(name=practice.name)
    diary.practices.move(practice.id, position)
    return move_sentence(practice.name, position)


def _archive_or_restore(diary: Diary, practice: Practice) -> str:
    stored = known_practice(diary.practices.all(), practice.id)
    if stored.archived_since(diary.today()) is None:
        diary.practices.archive(practice.id)
        if practice.id in _listed_today(diary):
            message = _(
                "Archived {name}. It has an entry today, so it stays on Tonight until tomorrow."
            )
        else:
            message = _("Archived {name}. Its days are kept. Press d to restore it.")
        coin = diary.coin_stopped_by_archiving(practice.id)
        return " ".join(filter(None, (message.format(name=practice.name), coin)))
    diary.practices.restore(practice.id)
    coin = diary.coin_resumed_by_restoring(practice.id)
    rest = rest_days_without_sentence(diary.rest_days_without(practice.id), diary.today())
    return " ".join(filter(None, (restore_sentence(practice.name), coin, rest)))


def _listed_today(diary: Diary) -> frozenset[str]:
    return frozenset(row.practice.id for row in diary.day().practices)


def _delete(diary: Diary, practice: Practice) -> str:
    deleted = diary.practices.delete(practice.id)
    return deletion_sentence(deleted.practice.name, deleted.rest_days)


def _hints(*, is_archived: bool = False) -> tuple[Hint, ...]:
    """The key hints for a practice; an archived one can't be moved, and `d` restores it."""
    move = (("[", _("up"), "left_square_bracket"), ("]", _("down"), "right_square_bracket"))
    return page_hints(
        (styled_text.glyph("↵"), _("edit"), "enter"),
        ("a", _("add"), "a"),
        *(() if is_archived else move),
        (ARCHIVE_KEY, _("restore") if is_archived else _("archive"), ARCHIVE_KEY),
        (styled_text.key_name("space"), _("research"), "space"),
        ("del", _("delete"), "delete"),
        ("u", _("undo"), "u"),
    )
