"""Week: seven days of calm and practices, each of which can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.date_format import (
    days_short,
    format_day_short,
    format_range,
    format_range_short,
    weekday_short,
    weekday_two,
)
from tracker.i18n.messages import N_, _, format_number
from tracker.models import CALM_ID, Evening, State
from tracker.render.calm_text import column as bar_column
from tracker.render.practice_text import marks_legend
from tracker.render.symbols import (
    ascii_only,
    goal_bar,
    mark,
    mark_on,
    streak_words,
    week_fraction,
)
from tracker.render.week_text import connection_sentence, days_done_heading, note_spans
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import BACK, DAYS, edge_bindings, prioritized, row_bindings
from tracker.tui.screens.day_screen import DayScreen, Entries, ShownEntry
from tracker.tui.styled_text import glyph
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.bars import (
    BRACKETS,
    LEFT_RIGHT,
    UP_DOWN,
    Hint,
    KeyHints,
    TopBar,
    page_hints,
)
from tracker.tui.widgets.calm_chart import chart_lines
from tracker.tui.widgets.row_list import RowList
from tracker.views import CalmView, PracticeWeek, WeekView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

NARROW_DAY, CLOSE_DAY, ROOMY_DAY = 3, 4, 5
DAY_WIDTHS = ((150, 9), (100, 7), (78, ROOMY_DAY), (0, NARROW_DAY))
"""The least width of the screen, and the cells of a day in it. A day has CLOSE_DAY cells where
ROOMY_DAY would cut a name."""
LEAST_NAME, LONGEST_NAME = 8, 30
"""Cells of a practice's name in the table."""
GOAL_WIDTH, STREAK_WIDTH = 14, 10
"""Cells of the goal of the week, at most, and of the streak."""
CHART = 2
"""Lines of the column chart, for terminals without colours."""
NAME_MOST = 24
"""Cells of a practice's name beside a note, at most."""
LEAST_NOTES, AROUND_NOTES = 4, 3
"""Notes that are shown before rows are spaced out; lines of their panel with its borders."""
MESSAGE_LINES = 2
"""Lines that are free for a message below the rows when these are spaced out."""
WITH_BORDERS = 100
"""Columns from which panels have borders."""
WITH_SIDE, WIDEST_SIDE = 150, 60
"""Columns from which the notes are to the right of the table, and cells of their panel at most."""
WITH_WEEKS, WEEKS_CHART = 48, 11
"""Lines from which four weeks of calm are drawn below the table, and lines of their chart."""
CURSOR_LEFT, CURSOR_RIGHT = "[", "]"

_MARK_STYLES: dict[State | None, str] = {
    State.DONE: "$amount-4",
    State.SOME: "$amount-3",
}


class _Widths(NamedTuple):
    """Cells of the columns of the table."""

    label: int = 0
    """Of cursor, letter and name."""
    day: int = 0
    goal: int = 0
    figures: int = 0
    """Of goal and streak; 0 where they have no room."""


class WeekNote(NamedTuple):
    """A note of the week below the table."""

    head: Content
    """Its days and what it is about, before its first line."""
    note: str
    width: int
    """Cells of its lines."""
    select: str
    """The action of a click."""

    def lines(self, most: int) -> list[Content]:
        """The first lines of the note, with `…` where there are more than `most`."""
        heads = [self.head, *[Content(" " * self.head.cell_length)] * most]
        texts = styled_text.first_lines(self.note, self.width, most)
        return [
            styled_text.clickable(Content.assemble(head, text), self.select)
            for head, text in zip(heads, texts, strict=False)
        ]


class WeekTable(RowList):
    """A cell for each practice and day, with a cursor."""

    week: reactive[WeekView | None] = reactive(None)
    row: reactive[int | None] = reactive(None)
    """The practice the cursor is on, from 0; None for calm."""
    column: reactive[int] = reactive(0)
    """The day the cursor is on, 0 to 6."""
    scores_hidden = reactive(False)
    four_weeks: reactive[CalmView | None] = reactive(None)
    """Calm up to the end of the week; None where there is no height for it."""
    drafts: reactive[dict[tuple[str, date], str]] = reactive({})
    """Notes that were left without saving them, by practice id (or that of calm) and day."""
    _widths = _Widths()
    """As of the last `render`."""

    def render(self) -> Content:
        """Sentence, headings, chart, calm, practices, and the message; beside or below them the
        notes; where there is height, four weeks of calm."""
        week = self.week
        if week is None:
            return Content("")
        self._widths = self._fitting_widths(week)
        above = [
            Content(""),
            *self._sentence(week),
            *self._headings(week),
            *([] if has_cell_colors(self.app) else self._chart(week)),
            self._calm(week),
        ]
        notes = [] if self._has_side else self._notes(week)
        height = self.size.height - len(above) - 1
        # Rows give way to a message about the last key.
        most = styled_text.MOST_MESSAGE_LINES if self.message else MESSAGE_LINES
        fits = max(1, height - max(MESSAGE_LINES, len(self._message(week, most))))
        rows = self.visible_rows(partial(self._practice, week), len(week.practices), self.row, fits)
        around = AROUND_NOTES if self.size.width >= WITH_BORDERS else AROUND_NOTES - 1
        for_notes = min(len(notes), LEAST_NOTES) + around if notes else 0
        message = self._message(week, max(2, height - len(rows)))
        if 0 < len(notes) <= LEAST_NOTES:
            # These are whole before rows are spaced out, where that's possible.
            whole = around + sum(len(note.lines(height)) for note in notes)
            if len(rows) + max(MESSAGE_LINES, len(message)) + 1 + whole <= height:
                for_notes = whole
        # Only a long note may move the table: a message comes and goes.
        if 2 * len(rows) + max(MESSAGE_LINES, len(message)) + for_notes <= height:
            above.append(Content(""))
            height -= 1
            rows = self.with_spacing(rows, 2 * len(rows))
        if legend := self._legend(week):
            # Where no line is left, in place of the one between the rows and the message.
            spare = height - len(rows) - len(message)
            spare -= for_notes if spare > around else 0
            legend = legend[: max(1, spare + 1)]
            spare -= len(legend) - 1
            rows += [Content(""), *legend] if spare > 1 else legend
            message = [Content(""), *message] if spare > 0 else message
        else:
            message = [Content(""), *message]
        page = [*above, *rows, *message]
        spare = self.size.height - len(page) - around
        if notes and spare >= 1:
            # Whole, unless that takes the room of the four weeks.
            beside_weeks = spare - (WEEKS_CHART + 4) * self._has_weeks
            fits = beside_weeks if beside_weeks >= len(notes) else spare
            page += [Content(""), *self._notes_panel(notes, fits)]
        if self._has_side:
            page = self._join_columns(page, self._side_panel(week))
        return styled_text.page(self, [*page, *self._weeks_panel(self.size.height - len(page))])

    @property
    def _has_side(self) -> bool:
        """Whether the notes are to the right of the table."""
        return self.size.width >= WITH_SIDE

    @property
    def _table_width(self) -> int:
        """Cells of the table, with a gap on its right."""
        return self._widths.label + 7 * self._widths.day + self._widths.figures + 3

    def _join_columns(self, page: list[Content], panel: list[Content]) -> list[Content]:
        """The lines with a panel to the right of the table, from its headings on."""
        first = 1
        width = self._table_width
        lines = [*page, *[Content("")] * (first + len(panel) - len(page))]
        for number, line in enumerate(panel, first):
            lines[number] = Content.assemble(styled_text.fit(lines[number], width), line)
        return lines

    def _side_panel(self, week: WeekView) -> list[Content]:
        """The whole notes of the week, each under its day and what it is about."""
        width = min(self.size.width - self._table_width - 1, WIDEST_SIDE)
        fits = self.size.height - 4
        lines: list[Content] = []
        for span in note_spans([week], week.week_end):
            days = days_short(span.first, span.last, styled_text.glyph("–"))
            head = Content.styled(f"{days:<4} {sanitize_line(span.about)}", styled_text.MUTED)
            texts = styled_text.first_lines(span.note, width - 9, max(1, fits))
            block = [head, *(Content.assemble(" " * 5, text) for text in texts)]
            select = self._select_day(week, span.first)
            lines += [styled_text.clickable(line, select) for line in block]
        if len(lines) > fits:
            lines = [*lines[: fits - 1], styled_text.more_words("J")]
        return styled_text.panel(_("Notes"), lines, width) if lines else []

    @property
    def _has_weeks(self) -> bool:
        """Whether there are four weeks of calm to draw."""
        calm = self.four_weeks
        return calm is not None and bool(calm.rated) and not self.scores_hidden and not ascii_only()

    def _weeks_panel(self, spare: int) -> list[Content]:
        """Four weeks of calm as a chart, where so many lines are left and an evening is rated."""
        calm = self.four_weeks
        if calm is None or not self._has_weeks or spare < WEEKS_CHART + 4:
            return []
        width = self.size.width - 3
        lines = chart_lines(self.app, calm, width - 5, WEEKS_CHART)
        panel = styled_text.panel(_("Four weeks"), lines, width)
        return [Content(""), *(Content.assemble("  ", line) for line in panel)]

    def _notes(self, week: WeekView) -> list[WeekNote]:
        """Each note of the week with its days and what it is about. The same text for several
        practices, or on days in a row, is one, as the reason of a holiday."""
        spans = note_spans([week], week.week_end)
        days = [days_short(span.first, span.last, styled_text.glyph("–")) for span in spans]
        day_width = max((len(one) for one in days), default=0)
        width = max((Content(sanitize_line(one.about)).cell_length for one in spans), default=0)
        around = 8 if self.size.width >= WITH_BORDERS else 4
        used = around + max(5, day_width + 2) + min(width, NAME_MOST) + 2
        available = self.size.width - used
        return [
            WeekNote(
                Content.assemble(
                    (f"{day:<{max(5, day_width + 2)}}", styled_text.MUTED),
                    styled_text.user_text(span.about, min(width, NAME_MOST)),
                    "  ",
                ),
                span.note,
                max(10, available),
                self._select_day(week, span.first),
            )
            for day, span in zip(days, spans, strict=True)
        ]

    def _select_day(self, week: WeekView, day: date) -> str:
        """The action of a click that moves the cursor to a day of its row."""
        return f"screen.select_day({(day - week.week_start).days})"

    def _notes_panel(self, notes: list[WeekNote], fits: int) -> list[Content]:
        """Each note on at least a line, and whole where there is room."""
        is_all = len(notes) <= fits
        wanted = [len(note.lines(fits)) for note in notes]
        given = styled_text.share_lines(wanted, fits, 1) if is_all else [1] * (fits - 1)
        shown = [
            line for note, most in zip(notes, given, strict=False) for line in note.lines(most)
        ]
        if not is_all:
            shown.append(styled_text.more_words("J"))
        border = self.size.width >= WITH_BORDERS and self.size.width - 3
        lines = styled_text.panel(_("Notes"), shown, int(border))
        return [Content.assemble("  ", line) for line in lines] if border else lines

    def _sentence(self, week: WeekView) -> list[Content]:
        """Two lines: the sentence, and where it is a short one, a blank line."""
        sentence = Content(connection_sentence(week) if self.scores_hidden else week.sentence)
        lines = sentence.wrap(max(20, self.size.width - 5))
        return [Content.assemble("   ", line) for line in [*lines, Content("")][:2]]

    def _headings(self, week: WeekView) -> list[Content]:
        names = [Content(" " * self._widths.label)]
        dates = [Content(" " * self._widths.label)]
        weekday = weekday_short if self._widths.day > NARROW_DAY else weekday_two
        for column, evening in enumerate(week.days):
            style = styled_text.BOLD if column == self.column else styled_text.MUTED
            today = evening.day == week.today
            select = self._select_day(week, evening.day)
            name = self._cell(weekday(evening.day.weekday()), style)
            names.append(styled_text.clickable(name, select))
            number = self._date(evening.day, styled_text.CURSOR if today else style, is_today=today)
            dates.append(styled_text.clickable(number, select))
        if week.week_start <= week.today:
            heads = (
                f"  {days_done_heading(week).ljust(self._widths.goal - 2)}"
                f"{_('streak').rjust(STREAK_WIDTH)}"
            )
            dates.append(Content.styled(heads[: self._widths.figures], styled_text.MUTED))
            if week.is_over and self._widths.figures > self._widths.goal:
                as_of = _("as of {day}").format(day=format_day_short(week.week_end))
                names.append(
                    styled_text.align_right(as_of, self._widths.figures, styled_text.MUTED)
                )
        return [Content.assemble(*names), Content.assemble(*dates)]

    def _date(self, day: date, style: str, *, is_today: bool) -> Content:
        """The number of a day; today's has a sign before it, and stays in its column."""
        number = str(day.day)
        before, after = self._around(number)
        sign = styled_text.glyph("›") if is_today else " "
        return Content.assemble(before[:-1], (f"{sign}{number}", style), after)

    def _cell(self, text: str, style: str, sign: str = "") -> Content:
        before, after = self._around(text)
        after = _with_sign(after, sign)
        return Content.assemble(before, (text, style), (after, styled_text.ACCENT))

    def _around(self, text: str) -> tuple[str, str]:
        """The blank cells before and after a text in the middle of a day's cells."""
        day = self._widths.day
        before = max(0, (day - len(text) + day % 2) // 2)
        return " " * before, " " * (self._widths.day - before - len(text))

    def _chart(self, week: WeekView) -> list[Content]:
        scores = [None if self.scores_hidden else evening.calm for evening in week.days]
        columns = [bar_column(score, CHART) for score in scores]
        return [
            Content.assemble(
                " " * self._widths.label,
                *(self._cell(one[line], "$text-accent") for one in columns),
            )
            for line in range(CHART)
        ]

    def _calm(self, week: WeekView) -> Content:
        parts = [self._label(None, None, _("Calm"))]
        for column, evening in enumerate(week.days):
            score = mark(State.DONE) if self.scores_hidden else str(evening.calm)
            text = "" if evening.calm is None else score
            blank = "" if evening.day > week.today else mark(State.NOT_LOGGED)
            style = styled_text.BOLD if text else styled_text.MUTED
            parts.append(self._calm_cell(column, evening, text or blank, style))
        return Content.assemble(*parts)

    def _calm_cell(self, column: int, evening: Evening, text: str, style: str) -> Content:
        """The score on its colour, in all of the cell but a gap on its left."""
        sign = self._note_sign(CALM_ID, evening.day, evening.note)
        if evening.calm is None or self.scores_hidden or not has_cell_colors(self.app):
            return self._day_cell(None, column, text, style, sign)
        before, after = self._around(text)
        has_cursor = self._has_cursor(None, column)
        closing = _closing(after) if has_cursor else ""
        if has_cursor:
            before, after = before[:-1] + CURSOR_LEFT, after[1:]
        after = closing + _with_sign(after, sign)
        gap = 0 if self._widths.day < ROOMY_DAY else 1
        colored = f"bold {styled_text.calm_cell(evening.calm)}"
        cell = Content.assemble(before[:gap], (before[gap:] + text + after, colored))
        return styled_text.clickable(cell, f"screen.select_cell(None, {column})")

    def _practice(self, week: WeekView, row: int) -> Content:
        one = week.practices[row]
        parts = [self._label(row, one.practice.key, one.practice.name)]
        for column, (evening, state) in enumerate(zip(week.days, one.states, strict=True)):
            text = mark_on(state, evening.day, week.today)
            style = _MARK_STYLES.get(state, styled_text.MUTED)
            sign = self._note_sign(one.practice.id, evening.day, one.notes[column])
            parts.append(self._day_cell(row, column, text, style, sign))
        if week.week_start <= week.today:
            parts.append(self._practice_figures(one))
        return Content.assemble(*parts)

    def _practice_figures(self, one: PracticeWeek) -> Content:
        """The week's goal as a fraction and a bar, and the streak."""
        bar = goal_bar(one.figures.done_this_week, one.figures.week_goal)
        goal = Content.assemble(f"  {week_fraction(one)} ", (bar, styled_text.ACCENT))
        streak = streak_words(one).rjust(STREAK_WIDTH)
        return Content.assemble(styled_text.fit(goal, self._widths.goal), streak).truncate(
            self._widths.figures
        )

    def _label(self, row: int | None, key: str | None, name: str) -> Content:
        has_cursor = self.shows_cursor and row == self.row
        line = Content.assemble(
            styled_text.cursor_marker(is_current=has_cursor),
            (f"{key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(
                name, self._widths.label - 5, styled_text.BOLD if has_cursor else ""
            ),
        )
        return styled_text.clickable(line, f"screen.select_cell({row}, {self.column})")

    def _note_sign(self, subject: str, day: date, note: str) -> str:
        """The sign of a cell's note, or of a draft of one; "" without both."""
        is_draft = (subject, day) in self.drafts
        return styled_text.note_sign(is_noted=bool(note), is_draft=is_draft)

    def _has_cursor(self, row: int | None, column: int) -> bool:
        """Whether the cursor is drawn in a cell."""
        return self.shows_cursor and (row, column) == (self.row, self.column)

    def _day_cell(self, row: int | None, column: int, text: str, style: str, sign: str) -> Content:
        content = self._cell(text, style, sign)
        if self._has_cursor(row, column):
            text = text or " "
            before, after = self._around(text)
            content = Content.assemble(
                before[:-1],
                (CURSOR_LEFT, styled_text.CURSOR),
                (text, style),
                (_closing(after), styled_text.CURSOR),
                (_with_sign(after[1:], sign), styled_text.ACCENT),
            )
        return styled_text.clickable(content, f"screen.select_cell({row}, {column})")

    def _legend(self, week: WeekView) -> list[Content]:
        """What the marks of the week mean; no lines without any."""
        states = {
            state
            for one in week.practices
            for evening, state in zip(week.days, one.states, strict=True)
            if mark_on(state, evening.day, week.today) != " "
        }
        more = []
        if any(goal_bar(one.figures.done_this_week, 1) for one in week.practices):
            more.append(f"{goal_bar(1, 1)} " + _("weekly goal"))
        notes = [
            *(one.note for one in week.days),
            *(n for one in week.practices for n in one.notes),
        ]
        if any(notes):
            more.append(f"{glyph('”')} " + _("note"))
        days = {evening.day for evening in week.days}
        if any(day in days for _subject, day in self.drafts):
            more.append(f"{styled_text.DRAFT_SIGN} " + _("draft"))
        if states and week.today in days:
            # The same sign as the cursor's, above a date.
            more.append(f"{glyph('›')} " + _("today"))
        lines = marks_legend(states, self.size.width - 4, *more)
        return [Content(f"   {line}").stylize(styled_text.MUTED) for line in lines]

    def _message(self, week: WeekView, most: int) -> list[Content]:
        text = self.message or self.row_text
        draft = self._draft(week)
        return styled_text.message_lines(text, self.size.width, most, draft=draft)

    @property
    def row_text(self) -> str:
        """What the cursor's cell holds."""
        from tracker.render.entry_text import calm_cell, practice_cell

        if (week := self.week) is None:
            return ""
        evening = week.days[self.column]
        if self.row is None:
            return calm_cell(evening, week.today, scores_hidden=self.scores_hidden)
        return practice_cell(week.practices[self.row], evening.day, self.column, week.today)

    def _draft(self, week: WeekView) -> str:
        """The draft of the cursor's cell; empty for none."""
        subject = CALM_ID if self.row is None else week.practices[self.row].practice.id
        return self.drafts.get((subject, week.days[self.column].day), "")

    @property
    def day(self) -> date | None:
        return None if self.week is None else self.week.days[self.column].day

    def _fitting_widths(self, week: WeekView) -> _Widths:
        """The cells of the columns; days are closer to each other where that shows names whole."""
        names = (sanitize_line(one.practice.name) for one in week.practices)
        longest = min(LONGEST_NAME, max((Content(name).cell_length for name in names), default=0))
        day = next(cells for width, cells in DAY_WIDTHS if self.size.width >= width)
        goal = _goal_width(week)
        figures = _figures_width(self.size.width - 7 * day - 5 - 11, goal)
        available = self.size.width - figures - 6
        if available - 7 * day < longest and day == ROOMY_DAY:
            day = CLOSE_DAY
        # The cursor begins in the first cell of a close day.
        label = 6 if day == CLOSE_DAY else 5
        most = available - 7 * day - label + 5
        name = clamp(longest, LEAST_NAME, clamp(most, LEAST_NAME, LONGEST_NAME))
        return _Widths(label + name, day, goal, figures)


def _figures_width(available: int, goal: int) -> int:
    """Cells of the figures that fit: the goal of the week, then the streak."""
    if available < GOAL_WIDTH:
        return 0
    return goal + STREAK_WIDTH if available >= GOAL_WIDTH + STREAK_WIDTH else goal


def _goal_width(week: WeekView) -> int:
    """Cells of the goal of the week: of its heading, and of the longest bar of any week."""
    bar = max((practice.days_per_week for practice in week.practices), default=0)
    headings = _("this week"), _("that week")
    return min(GOAL_WIDTH, 2 + max(*map(len, headings), len("7/7 ") + bar))


class WeekScreen(DayScreen):
    """The cursor is on calm or a practice, on one of seven days."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings(),
        *edge_bindings(),
        Binding("left", "day(-1)", N_("Previous day"), tooltip=N_("Previous day"), group=DAYS),
        Binding("right", "day(1)", N_("Next day"), tooltip=N_("Next day"), group=DAYS),
        Binding("left_square_bracket", "week_by(-1)", N_("Previous week"),
                tooltip=N_("Previous week"), group=DAYS),
        Binding("right_square_bracket", "week_by(1)", N_("Next week"),
                tooltip=N_("Next week"), group=DAYS),
        BACK,
    ])  # fmt: skip

    _table = getters.query_one(WeekTable)

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The day to move the cursor to once its week is read; None for today."""

    def compose(self) -> ComposeResult:
        yield TopBar("W")
        yield WeekTable()
        yield KeyHints(_hints(is_ahead=False))

    # What is shown

    @property
    def day(self) -> date | None:
        return self._table.day

    def shown_days(self) -> tuple[date, date] | None:
        week = self._table.week
        return None if week is None else (week.week_start, week.week_end)

    @property
    def is_loading(self) -> bool:
        week, wanted = self._table.week, self._wanted
        return week is None or not week.week_start <= (wanted or week.today) <= week.week_end

    @property
    def cursor(self) -> int | None:
        return self._table.row

    def move_to(self, cursor: int | None) -> None:
        self._table.row = cursor

    @property
    def row_text(self) -> str:
        return self._table.row_text

    def totals(self) -> dict[str, int]:
        week = self._table.week
        if week is None or not week.week_start <= week.today <= week.week_end:
            return {}
        return {row.practice.id: row.figures.days_total for row in week.practices}

    def go_to_day(self, day: date) -> None:
        self._wanted = day
        self.set_message("")
        week = self._table.week
        if week is not None and week.week_start <= day <= week.week_end:
            self._table.column = (day - week.week_start).days
            self._show_hints(week)
        else:
            self.reload()

    def _show_hints(self, week: WeekView) -> None:
        self.query_one(KeyHints).hints = _hints(is_ahead=(self._wanted or week.today) > week.today)

    def load(self) -> Callable[[Diary], WeekView]:
        wanted = self._wanted
        return lambda diary: diary.week(wanted, to_log=True)

    def show_page(self, page: WeekView) -> None:
        table = self._table
        wanted = self._wanted or page.today
        if table.week is None or not page.week_start <= wanted <= page.week_end:
            wanted = min(max(wanted, page.week_start), page.week_end)
        self._wanted = wanted
        table.scores_hidden = self.scores_hidden
        table.drafts = {one: draft.text for one, draft in self.calmtrack.note_drafts.items()}
        table.week = page
        self._request_four_weeks(page)
        table.column = (wanted - page.week_start).days
        self._show_hints(page)
        bar = self.query_one(TopBar)
        bar.period = _period(page)
        bar.short_period = format_range_short(
            page.week_start,
            page.week_end,
            styled_text.glyph("–"),
            year=not page.week_start.year == page.week_end.year == page.today.year,
        )

    def _request_four_weeks(self, page: WeekView) -> None:
        """Reads four weeks of calm where there is height for their chart."""
        table = self._table
        if self.size.height < WITH_WEEKS or self.scores_hidden or page.week_start > page.today:
            table.four_weeks = None
            return
        until = min(page.week_end, page.today)

        def show(calm: CalmView) -> None:
            if self.has_widgets and table.week is not None and table.week.week_end == page.week_end:
                table.four_weeks = calm

        self.calmtrack.diary_worker.submit(
            lambda diary: diary.calm(28, until), show, self.calmtrack.notify_error_once
        )

    def figures(self) -> str:
        return f"{super().figures()} " + _(
            "The calm score at the top is the average of this week's scores. “As "
            "usual”, “calmer” and “lower” say how the trend line on the Calm screen "
            "compares with four weeks earlier."
        )

    async def action_explain(self) -> None:
        from tracker.tui.dialogs.text_dialog import TextDialog

        week = self._table.week
        scores = () if week is None else week.scores
        if self.row is not None or not scores or self.scores_hidden:
            await super().action_explain()
            return
        explanation = _(
            "This week's calm is the average of its scores: {scores} give {calm}. A "
            "change is mentioned when the trend line on the Calm screen has moved by "
            "a point or more in four weeks, and this week's average agrees."
        ).format(
            scores=", ".join(str(score) for score in scores),
            calm=format_number(sum(scores) / len(scores), 1),
        )
        await self.app.push_screen(TextDialog(_("Calm"), [explanation]))

    def entries_of(self, content: WeekView) -> Entries:
        entries = {
            (one.day, CALM_ID): ShownEntry(None, one.calm, is_rest=False, note=one.note)
            for one in content.days
        }
        for one in content.practices:
            values = zip(content.days, one.amounts, one.states, one.notes, strict=True)
            for evening, amount, state, note in values:
                entry = ShownEntry(one.practice, amount, state is State.REST, note)
                entries[evening.day, one.practice.id] = entry
        return entries

    # Keys

    def action_day(self, by: int) -> None:
        """Moves the cursor a day; past the edge, into the neighbouring week."""
        if (day := self._wanted or self.day) is not None:
            self.go_to_day(day + timedelta(days=by))

    def action_week_by(self, by: int) -> None:
        if (day := self._wanted or self.day) is not None:
            self.go_to_day(day + timedelta(days=7 * by))

    def action_select_day(self, column: int) -> None:
        """A click on a day, 0 to 6, outside of the cells only moves the cursor."""
        if (week := self._table.week) is not None:
            self.go_to_day(week.days[column].day)

    def action_select_cell(self, row: int | None, column: int) -> None:
        """A click on a cell moves the cursor there; a second one on a practice's cell logs. `row`
        is None for calm; `column` is a day, 0 to 6."""
        table = self._table
        table.row = row
        if table.week is not None:
            self.go_to_day(table.week.days[column].day)
            self.press_or_explain_click()


def _closing(after: str) -> str:
    """The right side of the cursor, where a cell has blanks after its text: a narrow one with a
    10 has none."""
    return CURSOR_RIGHT if after else ""


def _with_sign(after: str, sign: str) -> str:
    """The blank cells after a text, with a sign of a note in the first; where there is none, the
    cursor's cell is a narrow one, and the message below has the note."""
    return sign + after[len(sign) :] if after else ""


def _hints(*, is_ahead: bool) -> tuple[Hint, ...]:
    """The key hints; on a day ahead only rest days can be set."""
    days: tuple[Hint, ...] = (
        (styled_text.glyph("←→"), _("day"), LEFT_RIGHT),
        ("[ ]", _("week"), BRACKETS),
    )
    logs: tuple[Hint, ...] = (
        (
            (styled_text.glyph("↑↓"), _("row"), UP_DOWN),
            ("z", _("rest day"), "z"),
            ("Z", _("rest days"), "Z"),
        )
        if is_ahead
        else (
            ("a-z", _("log"), None),
            (styled_text.glyph("↵"), _("note"), "enter"),
            ("/", _("find"), "slash"),
            ("x", _("explain"), "x"),
            ("e", _("export"), "e"),
        )
    )
    return page_hints(*days, *logs)


def _period(week: WeekView) -> str:
    return format_range(week.week_start, week.week_end, styled_text.glyph("–"))
