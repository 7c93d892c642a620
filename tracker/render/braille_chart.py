"""Calm over time as a chart of any size: coloured dots, the trend as a braille line, and the usual
range as a band. For terminals whose font has braille; `calm_text.calm_chart` is for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import Literal, NamedTuple

from tracker.i18n.date_format import format_date_short, month_names
from tracker.i18n.messages import _, round_half_up
from tracker.render.calm_text import AXIS, Slot, sign_meanings, slot_for
from tracker.views import CalmDay

Role = Literal["axis", "dot", "line", "guide", "pointer", "blank"]

LABEL_EVERY = 2
"""Points of the scale between two numbers beside it."""

_BRAILLE = 0x2800
_BRAILLE_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each of the four rows and two columns of dots in a braille character (Unicode)."""

_TICK = "╵"
_POINTER = "▲"

_YEARS_FROM, _MONTHS_FROM = 800, 120
"""Days from which only years, and only names of months, are written below the chart."""


_Tick = tuple[int, str]
"""The column at which a month or a year begins, and its label."""


class Piece(NamedTuple):
    """Text of the chart in one style."""

    text: str
    role: Role
    score: int | None = None
    """Of a dot, 0 to 10."""
    in_band: bool = False
    """Whether it lies in the usual range."""


class _Plot:
    """The cells right of the scale, by line and column from the upper left."""

    def __init__(self, days: Sequence[CalmDay], width: int, height: int) -> None:
        self.width, self.height = width, height
        self.days_each = ceil(len(days) / width)
        starts = range(0, len(days), self.days_each)
        self.slots = [slot_for(days[start : start + self.days_each]) for start in starts]

    def column(self, day: int) -> int:
        """The column of a day, or of the slot it shares."""
        return (2 * (day // self.days_each) + 1) * self.width // (2 * len(self.slots))

    def line(self, score: float) -> int:
        """The line of a score."""
        return round_half_up((10 - score) * (self.height - 1) / 10)

    def dots(self) -> Iterator[tuple[int, int, Slot]]:
        """Line and column of each rated slot."""
        for place, slot in enumerate(self.slots):
            if slot.dot is not None:
                yield self.line(slot.dot), self.column(place * self.days_each), slot

    def trend(self) -> dict[tuple[int, int], int]:
        """The braille bits of the trend's line, by line and column: straight between two slots,
        with a gap where there is no trend."""
        bits: dict[tuple[int, int], int] = {}
        points = [
            None
            if slot.trend is None
            else (2 * self.column(place * self.days_each), self._dot_line(slot.trend))
            for place, slot in enumerate(self.slots)
        ]
        for point in points:
            if point is not None:
                self._set(bits, point[0], point[1], point[1])
        for start, end in pairwise(points):
            if start is not None and end is not None:
                self._draw(bits, start, end)
        return bits

    def _dot_line(self, trend: float) -> float:
        """Where the trend lies, in lines of braille dots from the top."""
        return ((10 - trend) * (self.height - 1) / 10 + 0.5) * 4

    def _draw(
        self,
        bits: dict[tuple[int, int], int],
        start: tuple[int, float],
        end: tuple[int, float],
    ) -> None:
        run = end[0] - start[0]
        before = start[1]
        for step in range(1, run + 1):
            level = start[1] + (end[1] - start[1]) * step / run
            self._set(bits, start[0] + step, before, level)
            before = level

    def _set(self, bits: dict[tuple[int, int], int], column: int, start: float, end: float) -> None:
        """Sets a column of dots from next to the one line to the other."""
        first, last = int(start), int(end)
        step = 1 if last >= first else -1
        for level in range(last if first == last else first + step, last + step, step):
            row = min(max(level, 0), 4 * self.height - 1)
            cell = row // 4, column // 2
            bits[cell] = bits.get(cell, 0) | _BRAILLE_BITS[row % 4][column % 2]


def braille_chart(
    days: Sequence[CalmDay],
    usual: tuple[float, float] | None,
    width: int,
    height: int,
    cursor: int | None,
) -> list[list[Piece]]:
    """So many lines from 10 down to 0, then the line of dates, each `width` cells. `cursor` is the
    place of the day that is pointed at; None for none."""
    plot = _Plot(days, width - AXIS, height)
    band = range(0)
    if usual is not None:
        low, high = map(round_half_up, usual)
        band = range(plot.line(high), plot.line(low) + 1)
    cells: dict[tuple[int, int], tuple[str, Role, int | None]] = {}
    for place, bits in plot.trend().items():
        cells[place] = (chr(_BRAILLE + bits), "line", None)
    for line, column, slot in plot.dots():
        cells[line, column] = ("○" if slot.late else "●", "dot", slot.dot)
    at = None if cursor is None else plot.column(cursor)
    dates = _DateLine(days, plot, at, makes_way=(height - 1, at) in cells)
    if at is not None:
        if not dates.has_pointer:
            cells[height - 1, at] = (_POINTER, "pointer", None)
        for line in range(height):
            cells.setdefault((line, at), ("┊", "guide", None))
    labels = {plot.line(score): str(score) for score in range(0, 11, LABEL_EVERY)}
    blank: tuple[str, Role, int | None] = (" ", "blank", None)
    lines = [
        [
            Piece(f" {labels.get(line, ''):>2}  ", "axis", in_band=line in band),
            *_pieces(
                (cells.get((line, column), blank) for column in range(plot.width)), line in band
            ),
        ]
        for line in range(height)
    ]
    return [*lines, list(dates.pieces())]


def day_at(days: Sequence[CalmDay], width: int, cell: int) -> int:
    """The place of the day that is drawn nearest to a cell of the lines of `braille_chart`."""
    plot = _Plot(days, width - AXIS, 1)
    return min(range(len(days)), key=lambda place: abs(plot.column(place) - (cell - AXIS)))


def chart_meanings(*, has_cell_colors: bool) -> list[tuple[str, str]]:
    """The signs of the chart, and what each means."""
    # Translators: in place of a sign, for the shaded part of a chart. At most 14 characters.
    band = _("shaded") if has_cell_colors else "┃"
    return list(zip(("●", "○", "⠒⠤", band), sign_meanings(), strict=True))


def _pieces(cells: Iterable[tuple[str, Role, int | None]], in_band: bool) -> Iterator[Piece]:
    for (role, score), run in groupby(cells, lambda cell: cell[1:]):
        yield Piece("".join(text for text, *_ in run), role, score, in_band)


class _DateLine:
    """The first and the last date below their columns, the months or years between them, and the
    pointer, in column `at`. Where that would be on a date, it is drawn at the foot of the chart
    instead or, where it has no place there, the date makes way."""

    def __init__(
        self, days: Sequence[CalmDay], plot: _Plot, at: int | None, *, makes_way: bool
    ) -> None:
        self._at = at
        self._line = [" "] * plot.width
        date_start = 0
        for place in dict.fromkeys((0, len(days) - 1)):
            text = format_date_short(days[place].day)
            middle = plot.column(place) - len(text) // 2
            date_start = max(0, min(middle, plot.width - len(text)))
            if makes_way and at is not None and date_start - 1 <= at <= date_start + len(text):
                date_start = at + 2 if place == 0 else at - 1 - len(text)
            _write(self._line, text, date_start)
        self.has_pointer = at is not None and _write(self._line, _POINTER, at)
        """Whether the pointer is in this line."""
        if at is None:
            return
        ticks = [(plot.column(place), label) for place, label in _ticks(days)]
        for column, label in _even_labels(ticks, self._line):
            _write(self._line, f"{_TICK}{label}", column)
        for column, _label in ticks:
            # Just before the last date, that would look like its label.
            if column + 2 != date_start:
                _write(self._line, _TICK, column)

    def pieces(self) -> Iterator[Piece]:
        line = "".join(self._line)
        if self._at is None or not self.has_pointer:
            yield Piece(" " * AXIS + line, "axis")
            return
        yield Piece(" " * AXIS + line[: self._at], "axis")
        yield Piece(_POINTER, "pointer")
        yield Piece(line[self._at + 1 :], "axis")


def _even_labels(ticks: Sequence[_Tick], line: list[str]) -> list[_Tick]:
    """The ticks with a label: all, or every second or third one and so on, so that no two labels
    overlap and none is missing between two others. Of several such series the longest."""
    for every in range(1, len(ticks) + 1):
        series = (ticks[offset::every] for offset in range(every))
        if best := max((_labels_that_fit(one, line) for one in series), key=len):
            return best
    return []


def _labels_that_fit(ticks: Sequence[_Tick], line: list[str]) -> list[_Tick]:
    """The ticks whose labels can be written beside what the line has; none where one would be
    missing between two others."""
    written = line.copy()
    fits = [_write(written, f"{_TICK}{label}", column) for column, label in ticks]
    run = [tick for tick, is_written in zip(ticks, fits, strict=True) if is_written]
    start = fits.index(True) if run else 0
    return run if all(fits[start : start + len(run)]) else []


def _write(line: list[str], text: str, start: int) -> bool:
    """Writes a text into a line where nothing is in its way; returns whether it did."""
    end = start + len(text)
    around = line[max(0, start - 1) : end + 1]
    is_free = start >= 0 and end <= len(line) and all(cell == " " for cell in around)
    if is_free:
        line[start:end] = text
    return is_free


def _ticks(days: Sequence[CalmDay]) -> Iterator[tuple[int, str]]:
    """The places of the days on which a month begins, or in many years a year, and its label."""
    for place, one in enumerate(days):
        if one.day.day != 1:
            continue
        if len(days) >= _MONTHS_FROM and one.day.month == 1:
            yield place, str(one.day.year)
        elif len(days) < _MONTHS_FROM:
            yield place, format_date_short(one.day)
        elif len(days) < _YEARS_FROM:
            yield place, month_names()[one.day.month - 1][:3]
