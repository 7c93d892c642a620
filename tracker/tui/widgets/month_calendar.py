"""A month of the year's heatmap as a calendar: each day with its date, and its score or mark."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import clamp

from tracker.i18n.dates import weekday_short, weekday_two
from tracker.models import CALM_ID
from tracker.render.year_text import ALL, BLANK, practice_year, shade_step, signs, weeks_of
from tracker.tui import styled_text
from tracker.tui.styled_text import glyph
from tracker.views import YearView

NARROWEST, WIDEST = 7, 14
"""Cells of a day."""
INDENT = 3
"""Cells to the left."""


def month_lines(
    view: YearView, subject: str, cursor: int, width: int, height: int, *, has_cells: bool
) -> list[Content]:
    """The weekdays, and one to four lines for each week of the month in which the cursor is.
    `cursor` is a day of the year, from 0; `subject` is `all`, `calm` or a practice id."""
    first = (view.days[cursor].replace(day=1) - view.days[0]).days
    days = [day for day in view.days[first:] if day.month == view.days[cursor].month]
    weeks = list(zip(*weeks_of(days, view.week_starts_on), strict=True))
    cell = clamp((width - INDENT - 2) // 7, NARROWEST, WIDEST)
    lines_each = clamp((height - 1) // len(weeks), 1, 4)
    drawn = signs(view, subject)
    lines = [_headings(view, cell)]
    for week in weeks:
        indices = [None if place is None else first + place for place in week]
        parts = [_Day(view, subject, drawn, cell, index, cursor, has_cells) for index in indices]
        lines += _week(parts, lines_each)
    return lines


def _headings(view: YearView, cell: int) -> Content:
    name = weekday_short if cell >= 9 else weekday_two
    names = (name((view.week_starts_on + place) % 7) for place in range(7))
    line = "".join(name.center(cell - 1) + " " for name in names)
    return Content(" " * INDENT + line).stylize(styled_text.MUTED)


def _week(days: Sequence[_Day], lines_each: int) -> list[Content]:
    indent = Content(" " * INDENT)
    if lines_each == 1:
        return [Content.assemble(indent, *(day.date_and_value() for day in days))]
    dates = Content.assemble(indent, *(day.date() for day in days))
    values = Content.assemble(indent, *(day.value() for day in days))
    below = [Content.assemble(indent, *(day.fill() for day in days))] if lines_each == 4 else []
    return [dates, values, *below, *([Content("")] if lines_each >= 3 else [])]


class _Day:
    """The cells of one day; blank for one of another month."""

    def __init__(
        self,
        view: YearView,
        subject: str,
        drawn: Sequence[str],
        cell: int,
        index: int | None,
        cursor: int,
        has_cells: bool,
    ) -> None:
        self._view, self._subject, self._drawn = view, subject, drawn
        self._cell, self._index, self._has_cells = cell, index, has_cells
        self._has_cursor = index == cursor

    def date(self) -> Content:
        """The day of the month, framed where the cursor is."""
        return self._clickable(Content.assemble(self._framed(self._cell - 1), " "))

    def value(self) -> Content:
        """The score or mark, on a coloured cell where it has a colour."""
        text, style = self._text_and_style
        return self._clickable(Content.assemble((text.center(self._cell - 1), style), " "))

    def fill(self) -> Content:
        """More of the coloured cell."""
        style = self._text_and_style[1] if self._has_cells else ""
        return self._clickable(Content.assemble((" " * (self._cell - 1), style), " "))

    def date_and_value(self) -> Content:
        """Date and value on one line."""
        text, style = self._text_and_style
        value = text.center(self._cell - 5)
        return self._clickable(Content.assemble(self._framed(4), (value, style), " "))

    def _framed(self, width: int) -> Content:
        """The day of the month in the middle of so many cells."""
        if self._has_cursor:
            return Content.styled(f"[{self._number}]".center(width), styled_text.CURSOR)
        is_today = self._index is not None and self._view.days[self._index] == self._view.today
        style = styled_text.BOLD if is_today else styled_text.MUTED
        return Content.styled(f" {self._number} ".center(width), style)

    @property
    def _number(self) -> str:
        return "" if self._index is None else str(self._view.days[self._index].day)

    @property
    def _text_and_style(self) -> tuple[str, str]:
        if self._index is None:
            return "", ""
        sign = self._drawn[self._index]
        score = self._view.evenings[self._index].calm
        if self._subject == CALM_ID:
            if score is None:
                blank = "" if self._view.days[self._index] > self._view.today else glyph("·")
                return blank, styled_text.MUTED
            return str(score), styled_text.calm_cell(score) if self._has_cells else styled_text.BOLD
        text, step = self._words(sign), shade_step(sign)
        if step and self._has_cells:
            return text, f"$amount-text-{step} on $amount-{step}"
        return text, styled_text.BOLD if step else styled_text.MUTED

    def _words(self, sign: str) -> str:
        """How many practices were done, the amount, or the sign itself."""
        assert self._index is not None
        if sign == BLANK or not shade_step(sign):
            return sign
        if self._subject == ALL:
            return str(self._view.connected[self._index][0])
        one = practice_year(self._view, self._subject)
        amount = one.amounts[self._index]
        return str(amount) if one.practice.unit.spec.is_counted and amount else sign

    def _clickable(self, content: Content) -> Content:
        if self._index is None:
            return Content(" " * self._cell)
        return styled_text.clickable(content, f"screen.select_day({self._index})")
