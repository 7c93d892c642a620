"""A year as a heatmap: a column per week, a row per weekday, and five steps that can be
distinguished without colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.i18n.dates import month_names
from tracker.models import State, Unit
from tracker.render.symbols import ascii_only, mark
from tracker.rules.days import week_of

STEPS = 5

_SHADES = "·░▒▓█"
_ASCII_SHADES = ".:+x#"

BLANK = " "
"""A day outside of the list, in the future, or without a rating."""


def shade(step: int) -> str:
    """The sign of a step, 0 to 4."""
    return (_ASCII_SHADES if ascii_only() else _SHADES)[step]


def weeks_of(days: Sequence[date], week_starts_on: int) -> list[list[int | None]]:
    """Seven rows, one for each weekday from `week_starts_on` on; in each, for every week
    that the days touch, the index of its day among them, or None."""
    first = week_of(days[0], week_starts_on)
    count = (week_of(days[-1], week_starts_on) - first).days // 7 + 1
    rows: list[list[int | None]] = [[None] * count for _ in range(7)]
    for place, day in enumerate(days):
        week, row = divmod((day - first).days, 7)
        rows[row][week] = place
    return rows


def month_line(days: Sequence[date], week_starts_on: int, cell: int) -> str:
    """The names of the months, each above the week in which it begins."""
    first = week_of(days[0], week_starts_on)
    line = ""
    for day in days:
        if day.day == 1:
            column = (day - first).days // 7 * cell
            line = line.ljust(column) + month_names()[day.month - 1][:3]
    return line


def practice_sign(state: State | None, amount: int | None, target: int, unit: Unit) -> str:
    """The sign of one practice's day: nothing, under half, half and more, done, and done twice
    over; where there is only yes and no, done is the last step. Rest has its own mark."""
    if state is None:
        return BLANK
    if state is State.REST:
        return mark(state)
    if state is State.DONE:
        twice = not unit.spec.is_counted or (amount or 0) >= 2 * target
        return shade(4 if twice else 3)
    if state is State.SOME:
        return shade(2 if 2 * (amount or 0) >= target else 1)
    return shade(0)


def connected_sign(done: int, listed: int) -> str:
    """The sign of a day by how many of the practices in the list were done: none, up to a
    quarter, up to half, up to three quarters, more."""
    if not listed:
        return BLANK
    return shade(-(-4 * done // listed))


def calm_sign(score: int | None) -> str:
    """The sign of an evening: 0 to 2, 3 and 4, 5 and 6, 7 and 8, 9 and 10."""
    return BLANK if score is None else shade(score * STEPS // 11)
