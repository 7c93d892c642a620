"""The week as a table: calm and practices down, the seven days across, figures beside."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.dates import weekday_short, weekday_two
from tracker.i18n.messages import say
from tracker.models import Evening, State
from tracker.render.calm_text import column
from tracker.render.columns import WEEK_COLUMNS, Column, heading_line, over_line, value_line
from tracker.render.symbols import mark, mark_on
from tracker.render.week_text import connection_words
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList
from tracker.views import PracticeWeek, WeekView

NARROW_DAY, WIDE_DAY, WIDEST_DAY = 3, 6, 9
CHART, TALL_CHART = 2, 5
"""Rows of the column chart, and where there is room."""
CURSOR_LEFT, CURSOR_RIGHT = "[", "]"


class WeekTable(RowList):
    """One cell for each practice and day; scrolls past what fits."""

    DEFAULT_CSS = "WeekTable { height: 1fr; }"

    week: reactive[WeekView | None] = reactive(None)
    row: reactive[int | None] = reactive(None)
    """The practice the cursor is on, from 0; None for calm."""
    column: reactive[int] = reactive(0)
    """The day the cursor is on, 0 to 6."""
    hushed = reactive(False)
    """Whether calm scores are hidden."""
    said = reactive("")
    """What the last key did; empty tells what the cell holds."""

    def render(self) -> Content:
        """Sentence, headings, chart, calm, practices, and below what the cell holds."""
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
        self.scroll_rows(self.row, len(week.practices), fits)
        shown = list(enumerate(week.practices))[self._top : self._top + fits]
        rows = [self._practice(week, place, one) for place, one in shown]
        if self._top + fits < len(week.practices):
            rows[-1] = styled_text.clickable(f"   {glyph('…')}", "down")
        if self._is_tall:
            above.append(Content(""))
        rows = self.with_air(rows, fits - self._is_tall)
        return Content("\n").join([*above, *rows, Content(""), *self._said(week)])

    def _sentence(self, week: WeekView) -> list[Content]:
        """Two lines: the sentence, and where it is a short one, a blank line."""
        told = Content(connection_words(week) if self.hushed else week.sentence)
        lines = told.wrap(max(20, self.size.width - 5))
        return [Content.assemble("   ", line) for line in [*lines, Content("")][:2]]

    def _headings(self, week: WeekView) -> list[Content]:
        names = [Content(" " * self._head)]
        dates = [Content(" " * self._head)]
        weekday = weekday_short if self._day > NARROW_DAY else weekday_two
        for place, evening in enumerate(week.days):
            style = styled_text.BOLD if place == self.column else styled_text.MUTED
            today = evening.day == week.today
            names.append(self._cell(weekday(evening.day.weekday()), style))
            number = f"{glyph('›') if today else ''}{evening.day.day}"
            dates.append(self._cell(number, styled_text.CURSOR if today else style))
        names.append(Content.styled(over_line(self._figures), styled_text.MUTED))
        dates.append(Content.styled(heading_line(self._figures), styled_text.MUTED))
        return [Content.assemble(*names), Content.assemble(*dates)]

    def _cell(self, text: str, style: str) -> Content:
        # Centred as a mark is within the cursor's brackets: one cell of room to its right.
        return Content(text.rjust(self._day - 1) + " ").stylize(style)

    def _chart(self, week: WeekView) -> list[Content]:
        scores = [None if self.hushed else evening.calm for evening in week.days]
        height = TALL_CHART if self._is_tall else CHART
        columns = [column(score, height) for score in scores]
        return [
            Content.assemble(
                " " * self._head, *(self._cell(one[line], "$text-accent") for one in columns)
            )
            for line in range(height)
        ]

    def _calm(self, week: WeekView) -> Content:
        parts = [self._label(None, None, say("keys.calm"), here=self.row is None)]
        for place, evening in enumerate(week.days):
            score = mark(State.DONE) if self.hushed else str(evening.calm)
            text = "" if evening.calm is None else score
            blank = "" if evening.day > week.today else mark(State.NOT_LOGGED)
            style = styled_text.BOLD if text else styled_text.MUTED
            parts.append(self._day_cell(None, place, text or blank, style))
        return Content.assemble(*parts)

    def _practice(self, week: WeekView, place: int, one: PracticeWeek) -> Content:
        parts = [self._label(place, one.practice.key, one.practice.name, here=self.row == place)]
        for day, (evening, state) in enumerate(zip(week.days, one.states, strict=True)):
            text = mark_on(state, evening.day, week.today)
            style = styled_text.CURSOR if state in (State.DONE, State.SOME) else styled_text.MUTED
            parts.append(self._day_cell(place, day, text, style))
        parts.append(Content(value_line(self._figures, one)))
        return Content.assemble(*parts)

    def _label(self, place: int | None, key: str | None, name: str, *, here: bool) -> Content:
        line = Content.assemble(
            (f" {glyph('›') if here else ' '} ", styled_text.CURSOR),
            (f"{key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(name, self._head - 5, styled_text.BOLD if here else ""),
        )
        return styled_text.clickable(line, f"cell {-1 if place is None else place} {self.column}")

    def _day_cell(self, row: int | None, day: int, text: str, style: str) -> Content:
        content = self._cell(text, style)
        if row == self.row and day == self.column:
            middle = text.rjust(self._day - 2)
            content = Content.assemble(
                (middle[: -len(text or " ")], ""),
                (CURSOR_LEFT, styled_text.CURSOR),
                (text or " ", style),
                (CURSOR_RIGHT, styled_text.CURSOR),
            )
        return styled_text.clickable(content, f"cell {-1 if row is None else row} {day}")

    def _said(self, week: WeekView) -> list[Content]:
        return styled_text.message_lines(self.said or self._cell_text(week), self.size.width, 2)

    def _cell_text(self, week: WeekView) -> str:
        from tracker.tui.feedback import calm_cell, practice_cell

        evening = week.days[self.column]
        if self.row is None or self.row >= len(week.practices):
            return calm_cell(evening, hushed=self.hushed)
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
        """Whether the chart can be a tall one, and the rows keep air between them."""
        rows = len(self.week.practices) if self.week else 0
        return self.size.height >= 2 * rows + TALL_CHART + 9

    @property
    def _head(self) -> int:
        """Cells of cursor, letter and name."""
        names = [p.practice.name for p in self.week.practices] if self.week else []
        longest = max((Content(sanitize_line(name)).cell_length for name in names), default=0)
        room = self.size.width - 7 * self._day - sum(one.width for one in self._figures)
        return 5 + clamp(longest, 8, clamp(room - 5, 8, 30))

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
