"""The practices of a day: a row each, and below them a message, or the row's note or question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.date_format import weekday_two
from tracker.i18n.messages import _
from tracker.models import (
    CALM_ID,
    SOFTENING_ID,
    DayView,
    HasFigures,
    Practice,
    PracticeDay,
    State,
)
from tracker.render.columns import Column, day_columns, heading_line, streaks_later, value_line
from tracker.render.symbols import amount_words, mark, mark_on
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.views import WeekView

MESSAGE_LINES, MAX_MESSAGE_LINES = 2, 40
NAME_LEAST, NAME_MOST = 8, 31
"""Cells of the names, with one more before the mark where there is room."""
AMOUNT = 18
"""Cells of the amounts; fewer where names need the room."""
KEY, MARK, NOTE_SIGN = 6, 3, 3
"""Cells of the cursor's marker with the letter, of the mark, and of the sign of a note."""
RIGHT = 1
"""Blank cells at the right of each row, as the side panel may follow."""
DAY = 3
"""Cells of a day in the week to the right of the list."""
WITH_WEEK = 120
"""Columns from which the week is shown to the right of the list."""


class ColumnWidths(NamedTuple):
    """The columns of a list whose cells depend on the width and on the names."""

    name: int
    amount: int
    figures: tuple[Column[HasFigures], ...]

    @property
    def before_note(self) -> int:
        """Cells to the left of the note."""
        return KEY + self.name + MARK + self.amount + NOTE_SIGN

    @property
    def all_figures(self) -> int:
        """Cells of the figures together."""
        return sum(column.width for column in self.figures)


class PracticeList(RowList):
    """Practices with their marks, figures and, where there is width, the week."""

    DEFAULT_CSS = "PracticeList { text-wrap: nowrap; }"

    rows: reactive[tuple[PracticeDay, ...]] = reactive(())
    cursor: reactive[int | None] = reactive(None)
    """The row it is on, from 0; None while it is on the calm question."""
    figures = reactive(False)
    """Whether streaks are shown: not before the calm question is answered or skipped."""
    week_marks: reactive[tuple[tuple[str, ...], ...]] = reactive(())
    """The marks of the week, seven for each row."""
    week_days: reactive[tuple[str, ...]] = reactive(())
    """The headings above them, seven weekdays."""
    evening_note = reactive("")
    """The evening's own note, shown while the cursor is on calm."""
    drafts: reactive[dict[str, str]] = reactive({})
    """Notes of the day that were left without saving them, by practice id or that of calm."""
    is_past = reactive(False)
    """Whether the day is before today: shipped questions and the headings of figures are about that
    day then."""
    is_ahead = reactive(False)
    """Whether the day has yet to come: it has no figures, and nothing is asked."""
    max_lines = reactive(100)
    """The lines that the screen has for it."""
    empty = reactive("")
    """The text where there are no practices."""

    def render(self) -> Content:
        """A line of headings, the rows, a blank line, and the message: as many lines as there is
        room for below all rows. A message about the last key is whole, also where rows are cut off
        then, and a note has a line; a question hides no row."""
        height = self.size.height - 2
        spare = height - max(1, len(self.rows))
        most = max(styled_text.MOST_MESSAGE_LINES, spare)
        if not self.message:
            # Where rows are cut off anyway, there's a line for it; without one, no blank line.
            most = max(spare, spare < -1 or bool(self._note or self._draft))
        message = self._message(most, clamp(spare, 0, MESSAGE_LINES))
        fits = max(1, height - len(message) + (not message))
        columns = self._column_widths()
        build = partial(self._row, columns=columns)
        rows = self.visible_rows(build, len(self.rows), self.cursor, fits)
        if not self.rows:
            rows.append(Content(f"   {self.empty}"))
        lines = [self._heading(columns), *self.with_spacing(rows, fits), Content(""), *message]
        return styled_text.page(self, lines)

    def _watch_height(self) -> None:
        """Limits the height to the rows and the message, so that the status follows right below."""
        rows = max(1, len(self.rows))
        lines = rows + len(self._message(MAX_MESSAGE_LINES, MESSAGE_LINES)) + 4
        spaced = lines + rows - 2
        self.styles.max_height = spaced if spaced <= self.max_lines else lines

    watch_rows = watch_cursor = watch_message = watch_evening_note = _watch_height
    watch_drafts = watch_max_lines = _watch_height

    def _heading(self, columns: ColumnWidths) -> Content:
        if self.is_ahead:
            return Content("")
        if not self.figures and any(row.figures.days_total for row in self.rows):
            words = styled_text.align_right(streaks_later(), self.size.width - 3, styled_text.MUTED)
            return words if words.cell_length < self.size.width else Content("")
        before = columns.before_note + self._note_width(columns)
        as_of = _("as of that day:") if self._shows_figures and self.is_past else ""
        parts = [styled_text.align_right(as_of, before, styled_text.MUTED)]
        if self._shows_figures:
            parts.append(Content.styled(heading_line(columns.figures), styled_text.MUTED))
        if self._shows_week:
            parts.append(Content("   "))
            parts.extend(
                styled_text.align_right(day, DAY, styled_text.MUTED) for day in self.week_days
            )
        return Content.assemble(*parts)

    def _row(self, index: int, columns: ColumnWidths) -> Content:
        row = self.rows[index]
        has_cursor = self.shows_cursor and index == self.cursor
        practice = row.practice
        amount = amount_words(practice, row.state, row.amount, row.target)
        if cell_len(amount) >= columns.amount:
            amount = _without_unit(practice, row.state, row.amount, row.target)
        parts: list[Content] = [
            styled_text.cursor_marker(is_current=has_cursor),
            Content.styled(f"{practice.key or ' '}  ", styled_text.ACCENT),
            styled_text.user_text(
                practice.name, columns.name, styled_text.BOLD if has_cursor else ""
            ),
            Content.styled(f" {self._mark(row.state)} ", _style(row.state)),
            styled_text.fit(f" {amount}", columns.amount),
            styled_text.note_marker(is_noted=bool(row.note), is_draft=practice.id in self.drafts),
        ]
        if note_width := self._note_width(columns):
            parts.append(styled_text.user_text(row.note, note_width, styled_text.MUTED))
        if self._shows_figures:
            parts.append(Content(value_line(columns.figures, row)))
        if self._shows_week and index < len(self.week_marks):
            parts.append(Content("   "))
            parts.extend(styled_text.align_right(one, DAY) for one in self.week_marks[index])
        return styled_text.clickable(Content.assemble(*parts), f"screen.select_row({index})")

    def _mark(self, state: State) -> str:
        """The mark of a row; blank on a day to come, unless a rest day is planned on it."""
        return " " if self.is_ahead and state is State.PENDING else mark(state)

    def _message(self, most: int, least: int) -> list[Content]:
        # A message about the last key doesn't hide that there is a draft.
        draft = self._draft
        text = self.message or ("" if draft else self.row_text)
        shown = styled_text.message_lines(text, self.size.width, most, least=least, draft=draft)
        if not self._offers_breathing:
            return shown
        return [styled_text.clickable(line, "screen.breathe") for line in shown]

    @property
    def _offers_breathing(self) -> bool:
        """Whether the message is the question of softening, which the breathing exercise does."""
        row = self._current
        if self.message or self.is_ahead or row is None or row.note or self._draft:
            return False
        from tracker.catalogue import shipped_id

        return shipped_id(row.practice) == SOFTENING_ID

    @property
    def _draft(self) -> str:
        """The draft of the cursor's row; empty for none."""
        row = self._current
        return self.drafts.get(CALM_ID if row is None else row.practice.id, "")

    @property
    def _note(self) -> str:
        """The note of the cursor's row."""
        return self.evening_note if self._current is None else self._current.note

    @property
    def _current(self) -> PracticeDay | None:
        """The row the cursor is on; None for calm."""
        cursor = self.cursor
        return None if cursor is None or cursor >= len(self.rows) else self.rows[cursor]

    @property
    def row_text(self) -> str:
        """The note of the cursor's row, or else its question."""
        if self._note:
            return _("Note: {note}").format(note=self._note)
        if (row := self._current) is None or self.is_ahead:
            return ""
        question = row.practice.question
        if self.is_past:
            from tracker.catalogue import question_about_that_day

            question = question_about_that_day(row.practice)
        if self._offers_breathing:
            return _("{question} Press B to breathe along.").format(question=question).strip()
        return question

    def _column_widths(self) -> ColumnWidths:
        """Long names get room from what the amounts don't need, then from the gaps between the
        figures, then from the unit of amounts below the goal. The figures count while they aren't
        shown yet, so that showing them moves no mark."""
        longest = max(
            (Content(sanitize_line(r.practice.name)).cell_length for r in self.rows), default=0
        )
        wanted = clamp(longest + 1, NAME_LEAST, NAME_MOST)
        short, amount = (
            min(AMOUNT, 1 + max((_most_amount_cells(r, amount_of) for r in self.rows), default=0))
            for amount_of in (_without_unit, amount_words)
        )
        wide = self._fitting_figures(short)
        # The week's goal can take all of its column from one key to the next.
        narrow = *wide[:1], *(_with_one_cell_between(column, self.rows) for column in wide[1:])
        for cells, figures in (
            (AMOUNT, wide),
            (amount, wide),
            (amount, narrow),
            (short, narrow),
        ):
            columns = ColumnWidths(0, cells, figures)
            room = self.size.width - columns.before_note - columns.all_figures - RIGHT
            if room >= wanted:
                break
        return columns._replace(name=clamp(room, NAME_LEAST, wanted))

    def _fitting_figures(self, amount: int) -> tuple[Column[HasFigures], ...]:
        """The figures beside names of 12 cells and amounts of so many."""
        width = self.size.width - KEY - 12 - MARK - amount - NOTE_SIGN - RIGHT
        shown = []
        for column in day_columns(is_today=not self.is_past):
            if column.width <= width:
                shown.append(column)
                width -= column.width
        return tuple(shown)

    @property
    def _shows_figures(self) -> bool:
        return self.figures and bool(self.rows) and not self.is_ahead

    @property
    def _shows_week(self) -> bool:
        return self._shows_figures and bool(self.week_marks) and self.size.width >= WITH_WEEK

    def _note_width(self, columns: ColumnWidths) -> int:
        """Notes have a column of their own from 100 columns on."""
        if self.size.width < 100:
            return 0
        week = 3 + 7 * DAY if self.size.width >= WITH_WEEK else 0
        used = columns.before_note + columns.all_figures + week
        return clamp(self.size.width - used - 2, 0, 72)


def _without_unit(practice: Practice, state: State, amount: int | None, target: int) -> str:
    """The logged amount in words, one below the goal without its unit: "10 of 20"."""
    if practice.unit.spec.is_counted and state is State.SOME and amount:
        return _("{amount} of {target}").format(amount=amount, target=target)
    return amount_words(practice, state, amount, target)


def _most_amount_cells(
    row: PracticeDay, words: Callable[[Practice, State, int | None, int], str]
) -> int:
    """Cells of a row's amount, and at least of the usual ones, so that logging moves no column."""
    target = row.target
    usual = (
        (row.state, row.amount),
        (State.REST, None),
        (State.NO, 0),
        (State.SOME, target - 1),
        (State.DONE, max(target, 10)),
    )
    return max(cell_len(words(row.practice, state, amount, target)) for state, amount in usual)


def _with_one_cell_between(
    column: Column[HasFigures], rows: Sequence[PracticeDay]
) -> Column[HasFigures]:
    """The column, up to two cells narrower where its heading and its values leave them free."""
    widest = max(map(cell_len, (_(column.heading), *map(column.value, rows))))
    return column._replace(width=min(column.width, 1 + max(widest, column.width - 3)))


def _style(state: State) -> str:
    return styled_text.CURSOR if state in (State.DONE, State.SOME) else styled_text.MUTED


def week_marks(view: DayView, week: WeekView) -> tuple[tuple[str, ...], ...]:
    """Seven marks for each practice of the day; blank where it was not in the list."""
    states = {one.practice.id: one.states for one in week.practices}
    blank: tuple[State | None, ...] = (None,) * 7
    return tuple(
        tuple(
            mark_on(state, evening.day, view.today)
            for evening, state in zip(week.days, row, strict=True)
        )
        for row in (states.get(one.practice.id, blank) for one in view.practices)
    )


def week_heading(week: WeekView) -> tuple[str, ...]:
    """The weekdays above the marks."""
    return tuple(weekday_two(evening.day.weekday()) for evening in week.days)
