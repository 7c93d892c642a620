"""Calm over time: a dot for each evening, a line for the trend, on a scale that stays 0 to 10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean
from typing import Literal

from tracker.i18n.dates import format_date_short
from tracker.i18n.messages import say
from tracker.render.symbols import ascii_only
from tracker.views import CalmDay

Role = Literal["axis", "usual", "dot", "line", "cursor"]
Piece = tuple[str, Role]
"""A text, and what it is."""

AXIS = 5
"""Cells that the scale takes, to the left."""

_EIGHTHS = "▁▂▃▄▅▆▇█"
_ASCII_EIGHTHS = "___--'''"


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of one column."""

    dot: int | None
    """The score that is shown: of several evenings their average, rounded."""
    late: bool
    """Whether all of them were rated late."""
    trend: float | None


@dataclass(frozen=True, slots=True)
class Layout:
    """How days become columns."""

    days_each: int
    """Days in one column: 1, or more where there are more days than room."""
    cells: int
    """Cells of one column."""

    def slot_of(self, place: int) -> int:
        """The column of a day."""
        return place // self.days_each


def layout_for(days: int, room: int) -> Layout:
    """Columns for so many days in so many cells; a day has at most three."""
    if days > room:
        return Layout(ceil(days / room), 1)
    return Layout(1, min(3, room // days))


def calm_chart(
    days: Sequence[CalmDay],
    usual: tuple[float, float] | None,
    room: int,
    cursor: int | None = None,
    *,
    tall: bool = False,
) -> list[tuple[Piece, ...]]:
    """Eleven lines from 10 down to 0, then the line of dates; `room` is the cells of a line.

    The scale is drawn heavy where calm usually lies. `cursor` is the place of a day that is
    pointed at. A tall one has a line more between each two scores.
    """
    step = 0.5 if tall else 1.0
    layout = layout_for(len(days), room - AXIS)
    slots = [
        _slot(days[start : start + layout.days_each])
        for start in range(0, len(days), layout.days_each)
    ]
    lines: list[tuple[Piece, ...]] = [
        (
            _scale(place * step, usual),
            *(piece for slot in slots for piece in _cell(slot, place * step, step, layout.cells)),
        )
        for place in range(round(10 / step), -1, -1)
    ]
    return [*lines, _dates(days, len(slots) * layout.cells, layout, cursor)]


def chart_signs() -> list[tuple[str, str]]:
    """The signs of the chart, and what each means."""
    dot, late, line, heavy = "*o-#" if ascii_only() else "●○▄┃"
    return [
        (dot, say("trend.sign_dot")),
        (late, say("trend.sign_late")),
        (line, say("trend.sign_line")),
        (heavy, say("trend.sign_usual")),
    ]


def _slot(days: Sequence[CalmDay]) -> Slot:
    rated = [(day.calm, day.late) for day in days if day.calm is not None]
    trends = [day.trend for day in days if day.trend is not None]
    return Slot(
        dot=round(fmean(score for score, _ in rated)) if rated else None,
        late=bool(rated) and all(late for _, late in rated),
        trend=trends[-1] if trends else None,
    )


def _scale(score: float, usual: tuple[float, float] | None) -> Piece:
    usually = usual is not None and round(usual[0]) <= score <= round(usual[1])
    number = f"{score:.0f}" if score == int(score) else ""
    if ascii_only():
        return (f" {number:>2} {'#' if usually else '|'}", "usual" if usually else "axis")
    return (f" {number:>2} {'┃' if usually else '│'}", "usual" if usually else "axis")


def _cell(slot: Slot, score: float, step: float, cells: int) -> tuple[Piece, ...]:
    line = _line_sign(slot.trend, score, step)
    if slot.dot == score:
        dot = ("o" if slot.late else "*") if ascii_only() else ("○" if slot.late else "●")
        return ((dot, "dot"), (line * (cells - 1), "line"))
    return ((line * cells, "line"),)


def _line_sign(trend: float | None, score: float, step: float) -> str:
    """The eighth block whose upper edge is the trend, in the row that stands for a score."""
    above = 0.0 if trend is None else (trend - score) / step + 0.5
    if trend is None or not 0 <= above < 1:
        return " "
    eighth = min(7, int(above * 8))
    return (_ASCII_EIGHTHS if ascii_only() else _EIGHTHS)[eighth]


def _dates(
    days: Sequence[CalmDay], width: int, layout: Layout, cursor: int | None
) -> tuple[Piece, ...]:
    """The first and the last day below their columns, and what is pointed at; a date gives way
    to the pointer."""
    first, last = format_date_short(days[0].day), format_date_short(days[-1].day)
    at = width if cursor is None else layout.slot_of(cursor) * layout.cells
    left = first if at > len(first) else ""
    right = last if at < width - len(last) - 1 or cursor is None else ""
    if width < len(first) + len(last) + 2:
        right = ""
    line = left.ljust(width - len(right)) + right
    scale: Piece = (" " * AXIS, "axis")
    if cursor is None:
        return (scale, (line, "axis"))
    pointer = "^" if ascii_only() else "▲"
    return (scale, (line[:at], "axis"), (pointer, "cursor"), (line[at + 1 :], "axis"))
