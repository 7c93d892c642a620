"""A month of the year's heatmap as a calendar: each day with its date in the corner, and its score,
number or mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import clamp

from tracker.i18n.date_format import weekday_short, weekday_two
from tracker.models import CALM_ID, State
from tracker.render.symbols import mark
from tracker.render.year_text import (
    day_value,
    example_template,
    shade_step,
    signs,
    weeks_of,
)
from tracker.tui import styled_text
from tracker.views import YearView

NARROWEST, WIDEST = 7, 14
"""Cells of a day."""
INDENT = 3
"""Cells to the left."""


def month_lines(
    view: YearView,
    subject: str,
    cursor: int,
    width: int,
    height: int,
    *,
    shows_cursor: bool,
    has_cells: bool,
    scores_hidden: bool,
) -> list[Content]:
    """What the numbers are, the weekdays, and one to four lines for each week of the month in which
    the cursor is.
    `cursor` is a day of the year, from 0; `subject` is `all`, `calm` or a practice id. With
    `scores_hidden`, calm has a mark for each score."""
    first = (view.days[cursor].replace(day=1) - view.days[0]).days
    days = [day for day in view.days[first:] if day.month == view.days[cursor].month]
    weeks = list(zip(*weeks_of(days, view.week_starts_on), strict=True))
    cell = clamp((width - INDENT - 2) // 7, NARROWEST, WIDEST)
    lines_each = clamp((height - 3) // len(weeks), 1, 4)
    drawn = signs(view, subject)
    framed = (cursor,) if shows_cursor else ()
    lines = [_headings(view, cell)]
    listed: list[_Day] = []
    for week in weeks:
        indices = [None if place is None else first + place for place in week]
        parts = [
            _Day(view, subject, drawn, cell, index, index in framed, has_cells, scores_hidden)
            for index in indices
        ]
        lines += _week(parts, lines_each)
        listed += parts
    return [*_example(view, subject, listed, scores_hidden=scores_hidden), *lines]


def _example(
    view: YearView, subject: str, days: Sequence[_Day], *, scores_hidden: bool
) -> list[Content]:
    """What the two numbers of a day are, by its latest day with a value; nothing without one."""
    example = next((day for day in reversed(days) if day.has_value), None)
    if example is None:
        return []
    date = Content.styled(example.number, styled_text.BOLD)
    value = Content.styled(f" {example.text} ", example.style)
    words = example_template(view, subject, scores_hidden=scores_hidden).format(
        day="\0", value="\1"
    )
    parts = {"\0": date, "\1": value}
    pieces = (
        parts.get(piece) or Content.styled(piece, styled_text.MUTED)
        for piece in re.split("([\0\1])", words)
    )
    return [Content.assemble(" " * INDENT, *pieces), Content("")]


def _headings(view: YearView, cell: int) -> Content:
    name = weekday_short if cell >= 9 else weekday_two
    names = (name((view.week_starts_on + place) % 7) for place in range(7))
    line = "".join(f" {name}".ljust(cell) for name in names)
    return Content(" " * INDENT + line).stylize(styled_text.MUTED)


def _week(days: Sequence[_Day], lines_each: int) -> list[Content]:
    indent = Content(" " * INDENT)
    if lines_each == 1:
        return [Content.assemble(indent, *(day.date_and_value() for day in days))]
    dates = Content.assemble(indent, *(day.date() for day in days))
    values = Content.assemble(indent, *(day.value() for day in days))
    below = [Content.assemble(indent, *(day.fill() for day in days))] if lines_each == 4 else []
    return [dates, values, *below, *([Content("")] if lines_each >= 3 else [])]


@dataclass(frozen=True, slots=True)
class _Day:
    """The cells of one day; blank for one of another month."""

    _view: YearView
    _subject: str
    _drawn: Sequence[str]
    _cell: int
    _index: int | None
    """From the first of January, from 0; None for a day of another month."""
    _has_cursor: bool
    _has_cells: bool
    _scores_hidden: bool

    def date(self) -> Content:
        """The day of the month in the corner, framed where the cursor is."""
        return self._clickable(Content.assemble(self._framed(), " " * (self._cell - 4)))

    def value(self) -> Content:
        """The score or mark, on a coloured cell where it has a colour."""
        text, style = self.text, self.style
        return self._clickable(Content.assemble((text.center(self._cell - 1), style), " "))

    def fill(self) -> Content:
        """More of the coloured cell."""
        style = self.style if self._has_cells else ""
        return self._clickable(Content.assemble((" " * (self._cell - 1), style), " "))

    def date_and_value(self) -> Content:
        """Date and value on one line."""
        value = self.text.center(self._cell - 5)
        return self._clickable(Content.assemble(self._framed(), (value, self.style), " "))

    def _framed(self) -> Content:
        """The day of the month in four cells."""
        if self._has_cursor:
            return Content.styled(f"[{self.number}]".rjust(4), styled_text.CURSOR)
        is_today = self._index is not None and self._view.days[self._index] == self._view.today
        style = styled_text.BOLD if is_today else styled_text.MUTED
        return Content.styled(f" {self.number:>2} ", style)

    @property
    def number(self) -> str:
        """The day of the month; empty for one of another month."""
        return "" if self._index is None else str(self._view.days[self._index].day)

    @property
    def has_value(self) -> bool:
        """Whether the day was rated, or anything was done."""
        return self._score is not None if self._subject == CALM_ID else self._step > 0

    @property
    def text(self) -> str:
        """The score, the number or the mark."""
        if self._index is None:
            return ""
        if self._subject == CALM_ID and self._scores_hidden and self._score is not None:
            return mark(State.DONE)
        return day_value(self._view, self._subject, self._drawn[self._index], self._index)

    @property
    def style(self) -> str:
        """The style of `text`: a coloured cell where the day has a value."""
        if not self.has_value:
            return styled_text.MUTED
        if not self._has_cells or self._scores_hidden:
            return styled_text.BOLD
        if self._score is not None and self._subject == CALM_ID:
            return styled_text.calm_cell(self._score)
        return f"$amount-text-{self._step} on $amount-{self._step}"

    @property
    def _score(self) -> int | None:
        return None if self._index is None else self._view.evenings[self._index].calm

    @property
    def _step(self) -> int:
        return 0 if self._index is None else shade_step(self._drawn[self._index])

    def _clickable(self, content: Content) -> Content:
        if self._index is None:
            return Content(" " * self._cell)
        return styled_text.clickable(content, f"screen.select_day({self._index})")
