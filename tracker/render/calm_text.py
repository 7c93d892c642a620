"""Calm over time: a chart with a dot for each evening and a line for the trend, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil
from typing import Literal, NamedTuple

from tracker.i18n.date_format import (
    change_in_words,
    format_date_short,
    format_day,
    sentence_case,
)
from tracker.i18n.messages import N_, _, format_number, round_half_up
from tracker.render.columns import LEAST_TABLE_WIDTH
from tracker.render.symbols import ascii_only
from tracker.views import CalmDay, CalmView

COLUMNS = 78

SCORES_HIDDEN = N_("Calm scores are hidden. You can show them again in Settings (S).")

Role = Literal["axis", "usual", "dot", "line", "cursor"]
Piece = tuple[str, Role]
"""A text of the chart and its role."""

AXIS = 5
"""Cells of the scale at the left."""

_EIGHTHS = "▁▂▃▄▅▆▇█"
_ASCII_EIGHTHS = "___--'''"
_BLOCKS = " " + _EIGHTHS


def calm_table(view: CalmView, width: int = COLUMNS) -> Iterator[str]:
    """The chart and what it says, in so many columns, from 60 to 80."""
    columns = COLUMNS if width < LEAST_TABLE_WIDTH else min(width, COLUMNS)
    yield calm_title(view)
    yield ""
    lines = calm_chart(view.days, view.usual_range, columns)
    for line in lines:
        yield "".join(text for text, _ in line).rstrip()
    yield ""
    for sentence in calm_sentences(view):
        yield f"  {sentence}"
    if (each := days_in_a_column(view, columns)) > 1:
        yield "  " + _("Each dot is the average of {days} days.").format(days=each)
    if view.rated:
        yield ""
        drawn = {text[-1:] for line in lines for text, role in line if role in ("dot", "usual")}
        _dot, _late, (trend, _meaning), _usual = signs = chart_signs()
        if _has_trend(view):
            # It's drawn by blocks of several heights.
            drawn.add(trend)
        yield from (f"  {sign} {meaning}" for sign, meaning in signs if sign in drawn)


def calm_facts(view: CalmView) -> Iterator[str]:
    """The same, one fact a line: for a screen reader."""
    yield calm_title(view)
    yield from calm_sentences(view)
    for one in view.days:
        if one.calm is not None:
            yield evening_words(one)


def calm_title(view: CalmView, *, short: bool = False) -> str:
    """The first and the last day, or the one there is; `short` for a narrow screen."""
    first, last = view.days[0].day, view.days[-1].day
    if first == last:
        return _short(last) if short else format_day(last, year=True)
    two_years = first.year != last.year
    if short:
        return _("{first} to {last}").format(first=_short(first, year=two_years), last=_short(last))
    return _("{first} to {last}").format(
        first=format_day(first, year=two_years), last=format_day(last, year=True)
    )


def _short(day: date, *, year: bool = True) -> str:
    without_weekday = format_date_short(day)
    return f"{without_weekday} {day.year}" if year else without_weekday


def calm_sentences(view: CalmView) -> Iterator[str]:
    """The average, the usual range, and the change within a month."""
    # Here, and not for `week`: it takes 3 ms to import.
    from statistics import fmean

    scores = [one.calm for one in view.days if one.calm is not None]
    if not scores:
        yield _("No evenings rated in this period. The chart starts with the first one you rate.")
        return
    if len(scores) == 1:
        yield _("1 evening rated: {score} of 10.").format(score=scores[0])
    else:
        yield _("{count} evenings rated, {calm} on average.").format(
            count=format_number(len(scores)), calm=format_number(fmean(scores), 1)
        )
    if view.usual_range is not None:
        low, high = view.usual_range
        yield _("Your usual range is {low} to {high}.").format(
            low=format_number(low), high=format_number(high)
        )
    if view.change is not None:
        changed = change_in_words(view.change)
        yield sentence_case(changed).removesuffix(".") + "."
    if not _has_trend(view):
        yield _("The trend line starts with the seventh rated evening.")


def evening_words(one: CalmDay) -> str:
    """One evening in words: its score, the trend, and its note."""
    score = _("not rated") if one.calm is None else _("{score} of 10").format(score=one.calm)
    if one.late:
        score = _("{score}, rated later").format(score=score)
    text = _("{day}. {name}: {what}.").format(
        day=sentence_case(format_day(one.day, year=True)), name=_("Calm"), what=score
    )
    if one.trend is not None:
        text = f"{text} " + _("Trend: {trend}.").format(trend=format_number(one.trend, 1))
    return f"{text} " + _("Note: {note}").format(note=one.note) if one.note else text


def days_in_a_column(view: CalmView, columns: int) -> int:
    """How many days one column of the chart stands for."""
    return layout_for(len(view.days), columns - AXIS).days_each


def draws_late(view: CalmView, columns: int) -> bool:
    """Whether the chart, with so many columns, has the sign of a late rating."""
    each = days_in_a_column(view, columns)
    return any(
        slot_for(view.days[start : start + each]).late for start in range(0, len(view.days), each)
    )


# The chart


class Slot(NamedTuple):
    """The evenings of one column of the chart."""

    dot: int | None
    """The score drawn: the rounded average of its evenings."""
    late: bool
    """Whether all of them were rated late."""
    trend: float | None


class Layout(NamedTuple):
    """How days become columns."""

    days_each: int
    """Days in one column: 1, or more where there are more days than cells."""
    cells: int
    """Cells of one column."""

    def slot_of(self, place: int) -> int:
        """The column of a day."""
        return place // self.days_each


def layout_for(days: int, width: int) -> Layout:
    """Columns for so many days in so many cells; a day has at most three."""
    if days > width:
        return Layout(ceil(days / width), 1)
    return Layout(1, min(3, width // days))


def calm_chart(
    days: Sequence[CalmDay],
    usual: tuple[float, float] | None,
    width: int,
    cursor: int | None = None,
    *,
    tall: bool = False,
) -> list[tuple[Piece, ...]]:
    """Eleven lines from 10 down to 0, then the line of dates; `width` is the cells of a line.

    The scale is drawn heavy where calm usually lies. `cursor` is the place of a day that is
    pointed at: a guide runs through its column to a pointer in the line of dates, or above that
    where a date is in its way. Where the pointer has no place above, the date makes way. A tall one
    has a line more between each two scores.
    """
    step = 0.5 if tall else 1.0
    layout = layout_for(len(days), width - AXIS)
    slots = [
        slot_for(days[start : start + layout.days_each])
        for start in range(0, len(days), layout.days_each)
    ]
    current = None if cursor is None else layout.slot_of(cursor)
    at = None if current is None else current * layout.cells
    is_foot_taken = current is not None and _is_drawn(slots[current], 0, step)
    dates = _dates(days, len(slots) * layout.cells, at if is_foot_taken else None)
    # It needs a blank cell on either side.
    in_dates = at is not None and not dates[max(0, at - 1) : at + 2].strip()
    lines: list[tuple[Piece, ...]] = []
    for place in range(round(10 / step), -1, -1):
        guide = _pointer() if place == 0 and not in_dates else _guide()
        cells = (
            piece
            for number, slot in enumerate(slots)
            for piece in _cell(
                slot, place * step, step, layout.cells, guide if number == current else ""
            )
        )
        lines.append((_scale(place * step, usual), *cells))
    scale: Piece = (" " * AXIS, "axis")
    if at is None or not in_dates:
        return [*lines, (scale, (dates, "axis"))]
    below: tuple[Piece, ...] = (
        scale,
        (dates[:at].ljust(at), "axis"),
        (_pointer(), "cursor"),
        (dates[at + 1 :], "axis"),
    )
    return [*lines, below]


def day_at(days: Sequence[CalmDay], width: int, cell: int) -> int:
    """The place of the day that is drawn at a cell of the lines of `calm_chart`, or nearest."""
    layout = layout_for(len(days), width - AXIS)
    place = max(0, cell - AXIS) // layout.cells * layout.days_each
    return min(place, len(days) - 1)


def chart_signs() -> list[tuple[str, str]]:
    """The signs of the chart, and what each means."""
    dot, late, line, heavy = "*o-#" if ascii_only() else "●○▄┃"
    return list(zip((dot, late, line, heavy), sign_meanings(), strict=True))


def _has_trend(view: CalmView) -> bool:
    return any(one.trend is not None for one in view.days)


def sign_meanings() -> tuple[str, ...]:
    """What the signs of an evening, a late one, the trend and the usual range mean."""
    return (
        _("an evening's score, or the average of several evenings in one column"),
        _("rated on a later day: not counted in your usual range"),
        _("the trend: an average in which the newest evenings count most"),
        _("your usual range"),
    )


def slot_for(days: Sequence[CalmDay]) -> Slot:
    """What a column of the chart draws for its days."""
    from statistics import fmean

    rated = [(day.calm, day.late) for day in days if day.calm is not None]
    trends = [day.trend for day in days if day.trend is not None]
    return Slot(
        dot=round_half_up(fmean(score for score, _ in rated)) if rated else None,
        late=bool(rated) and all(late for _, late in rated),
        trend=trends[-1] if trends else None,
    )


def _scale(score: float, usual: tuple[float, float] | None) -> Piece:
    usually = usual is not None and round_half_up(usual[0]) <= score <= round_half_up(usual[1])
    number = f"{score:.0f}" if score == int(score) else ""
    if ascii_only():
        return (f" {number:>2} {'#' if usually else '|'}", "usual" if usually else "axis")
    return (f" {number:>2} {'┃' if usually else '│'}", "usual" if usually else "axis")


def _cell(slot: Slot, score: float, step: float, cells: int, guide: str) -> tuple[Piece, ...]:
    """A column's cells in a row; `guide` is the sign of the cursor's column, else ""."""
    line = _line_sign(slot.trend, score, step)
    if slot.dot == score:
        dot = ("o" if slot.late else "*") if ascii_only() else ("○" if slot.late else "●")
        return ((dot, "dot"), (line * (cells - 1), "line"))
    if guide and line == " ":
        return ((guide, "cursor"), (line * (cells - 1), "line"))
    return ((line * cells, "line"),)


def _is_drawn(slot: Slot, score: float, step: float) -> bool:
    """Whether a dot or the trend is drawn in the row that stands for a score."""
    return slot.dot == score or _line_sign(slot.trend, score, step) != " "


def _line_sign(trend: float | None, score: float, step: float) -> str:
    """The eighth block whose upper edge is the trend, in the row that stands for a score."""
    above = 0.0 if trend is None else (trend - score) / step + 0.5
    if trend is None or not 0 <= above < 1:
        return " "
    eighth = min(7, int(above * 8))
    return (_ASCII_EIGHTHS if ascii_only() else _EIGHTHS)[eighth]


def _dates(days: Sequence[CalmDay], width: int, free: int | None) -> str:
    """The first and the last date below the ends of so many cells, of one day the only one; in
    fewer than they need, the last one follows the first. The column `free` stays blank, as do the
    cells beside it."""
    first, last = format_date_short(days[0].day), format_date_short(days[-1].day)
    line = first if free is None or free > len(first) else " " * (free + 2) + first
    if len(days) == 1:
        return line
    start = max(len(line) + 2, width - len(last))
    if free is not None and start - 1 <= free <= start + len(last):
        before = free - 1 - len(last)
        start = before if before >= len(line) + 2 else free + 2
    return line.ljust(start) + last


def _pointer() -> str:
    return "^" if ascii_only() else "▲"


def _guide() -> str:
    return ":" if ascii_only() else "┊"


def column(value: int | None, height: int) -> tuple[str, ...]:
    """A score of 0 to 10 as a column of eighth blocks, `height` rows from the top down; None is
    blank. The scale is fixed, so that a 7 has the same height in every week, and a 0 is drawn as
    the thinnest line: it is a rating, not a missing one.
    """
    if value is None:
        return (" ",) * height
    eighths = max(1, round(value * height * 8 / 10))
    rows = (min(8, max(0, eighths - 8 * below)) for below in reversed(range(height)))
    if ascii_only():
        return tuple("#" if row >= 4 else "_" if row else " " for row in rows)
    return tuple(_BLOCKS[row] for row in rows)
