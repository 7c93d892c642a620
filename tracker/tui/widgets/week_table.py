"""The week as a table: a row for calm and each practice, a column for each day, then figures."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.dates import weekday_short, weekday_two
from tracker.i18n.messages import say
from tracker.models import Evening, State
from tracker.render.calm_text import column as bar_column
from tracker.render.columns import WEEK_COLUMNS, Column, heading_line, over_line, value_line
from tracker.render.symbols import mark, mark_on
from tracker.render.week_text import connection_words
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList
from tracker.views import WeekView

NARROW_DAY, WIDE_DAY, WIDEST_DAY = 3, 6, 9
CHART, TALL_CHART = 2, 5
"""Lines of the column chart, and of the one in a tall terminal."""
CURSOR_LEFT, CURSOR_RIGHT = "[", "]"


class WeekTable(RowList):
    """A cell for each practice and day, with a cursor."""

    DEFAULT_CSS = "WeekTable { height: 1fr; }"

    week: reactive[WeekView | None] = reactive(None)
    row: reactive[int | None] = reactive(None)
    """The practice the cursor is on, from 0; None for calm."""
    column: reactive[int] = reactive(0)
    """The day the cursor is on, 0 to 6."""
    scores_hidden = reactive(False)
    message = reactive("")
    """About the last key; empty describes the cursor's cell."""

    def render(self) -> Content:
        """Sentence, headings, chart, calm, practices, and the message."""
        week = self.week
        if week is None:
            return Content("")
        above = [
            Content(""),
            *self._sentence(week),
            *self._headings(week),
            *self._chart(week),
            self._calm(week),
        ]
        fits = max(1, self.size.height - len(above) - 3)
        rows = self.visible_rows(partial(self._practice, week), len(week.practices), self.row, fits)
        if self._is_tall:
            above.append(Content(""))
        rows = self.with_spacing(rows, fits - self._is_tall)
        return Content("\n").join([*above, *rows, Content(""), *self._message(week)])

    def _sentence(self, week: WeekView) -> list[Content]:
        """Two lines: the sentence, and where it is a short one, a blank line."""
        sentence = Content(connection_words(week) if self.scores_hidden else week.sentence)
        lines = sentence.wrap(max(20, self.size.width - 5))
        return [Content.assemble("   ", line) for line in [*lines, Content("")][:2]]

    def _headings(self, week: WeekView) -> list[Content]:
        names = [Content(" " * self._label_width)]
        dates = [Content(" " * self._label_width)]
        weekday = weekday_short if self._day > NARROW_DAY else weekday_two
        for column, evening in enumerate(week.days):
            style = styled_text.BOLD if column == self.column else styled_text.MUTED
            today = evening.day == week.today
            names.append(self._cell(weekday(evening.day.weekday()), style))
            number = f"{glyph('›') if today else ''}{evening.day.day}"
            dates.append(self._cell(number, styled_text.CURSOR if today else style))
        names.append(Content.styled(over_line(self._figures), styled_text.MUTED))
        dates.append(Content.styled(heading_line(self._figures), styled_text.MUTED))
        return [Content.assemble(*names), Content.assemble(*dates)]

    def _cell(self, text: str, style: str) -> Content:
        # Centred as a mark is within the cursor's brackets: one cell to its right.
        return Content(text.rjust(self._day - 1) + " ").stylize(style)

    def _chart(self, week: WeekView) -> list[Content]:
        scores = [None if self.scores_hidden else evening.calm for evening in week.days]
        height = TALL_CHART if self._is_tall else CHART
        columns = [bar_column(score, height) for score in scores]
        return [
            Content.assemble(
                " " * self._label_width, *(self._cell(one[line], "$text-accent") for one in columns)
            )
            for line in range(height)
        ]

    def _calm(self, week: WeekView) -> Content:
        parts = [self._label(None, None, say("keys.calm"))]
        for column, evening in enumerate(week.days):
            score = mark(State.DONE) if self.scores_hidden else str(evening.calm)
            text = "" if evening.calm is None else score
            blank = "" if evening.day > week.today else mark(State.NOT_LOGGED)
            style = styled_text.BOLD if text else styled_text.MUTED
            parts.append(self._day_cell(None, column, text or blank, style))
        return Content.assemble(*parts)

    def _practice(self, week: WeekView, row: int) -> Content:
        one = week.practices[row]
        parts = [self._label(row, one.practice.key, one.practice.name)]
        for column, (evening, state) in enumerate(zip(week.days, one.states, strict=True)):
            text = mark_on(state, evening.day, week.today)
            style = styled_text.CURSOR if state in (State.DONE, State.SOME) else styled_text.MUTED
            parts.append(self._day_cell(row, column, text, style))
        parts.append(Content(value_line(self._figures, one)))
        return Content.assemble(*parts)

    def _label(self, row: int | None, key: str | None, name: str) -> Content:
        has_cursor = row == self.row
        line = Content.assemble(
            (f" {glyph('›') if has_cursor else ' '} ", styled_text.CURSOR),
            (f"{key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(
                name, self._label_width - 5, styled_text.BOLD if has_cursor else ""
            ),
        )
        return styled_text.clickable(line, f"screen.select_cell({row}, {self.column})")

    def _day_cell(self, row: int | None, column: int, text: str, style: str) -> Content:
        content = self._cell(text, style)
        if row == self.row and column == self.column:
            middle = text.rjust(self._day - 2)
            content = Content.assemble(
                (middle[: -len(text or " ")], ""),
                (CURSOR_LEFT, styled_text.CURSOR),
                (text or " ", style),
                (CURSOR_RIGHT, styled_text.CURSOR),
            )
        return styled_text.clickable(content, f"screen.select_cell({row}, {column})")

    def _message(self, week: WeekView) -> list[Content]:
        return styled_text.message_lines(self.message or self._cell_text(week), self.size.width, 2)

    def _cell_text(self, week: WeekView) -> str:
        from tracker.tui.feedback import calm_cell, practice_cell

        evening = week.days[self.column]
        if self.row is None or self.row >= len(week.practices):
            return calm_cell(evening, scores_hidden=self.scores_hidden)
        return practice_cell(week.practices[self.row], evening.day, self.column)

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return None if self.week is None else self.week.days[self.column].day

    @property
    def evening(self) -> Evening | None:
        """The evening under the cursor."""
        return None if self.week is None else self.week.days[self.column]

    @property
    def _day(self) -> int:
        if self.size.width >= 150:
            return WIDEST_DAY
        return WIDE_DAY if self.size.width >= 100 else NARROW_DAY

    @property
    def _is_tall(self) -> bool:
        """Whether the chart is tall, and a blank line separates the rows."""
        rows = len(self.week.practices) if self.week else 0
        return self.size.height >= 2 * rows + TALL_CHART + 9

    @property
    def _label_width(self) -> int:
        """Cells of cursor, letter and name."""
        names = [p.practice.name for p in self.week.practices] if self.week else []
        longest = max((Content(sanitize_line(name)).cell_length for name in names), default=0)
        available = self.size.width - 7 * self._day - sum(one.width for one in self._figures)
        return 5 + clamp(longest, 8, clamp(available - 5, 8, 30))

    @property
    def _figures(self) -> tuple[Column, ...]:
        width = self.size.width - 7 * self._day - 5 - 11
        shown: list[Column] = []
        for one in WEEK_COLUMNS:
            width -= one.width
            if width < 0:
                break
            shown.append(one)
        return tuple(shown)
