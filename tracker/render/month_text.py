"""A month as plain text: a calendar of calm, or of one practice, and its totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.i18n.date_format import weekday_two
from tracker.i18n.messages import N_, _, ngettext
from tracker.models import CALM_ID, State, Unit
from tracker.render.columns import (
    TABLE_WIDTH,
    Column,
    fit_columns,
    heading_line,
    join_parts,
    pad,
    value_line,
)
from tracker.render.entry_text import calm_cell, practice_cell, whole_day
from tracker.render.recap_text import empty_month_sentence, period_name
from tracker.render.symbols import mark
from tracker.render.year_text import (
    ALL,
    calm_mean,
    calm_mean_words,
    day_value,
    is_empty,
    is_logged,
    practice_days,
    signs,
    total_sentence,
    weeks_of,
)
from tracker.views import MonthView

_CELL = 8
"""Cells of a day: its date, its value, which has up to four digits, and the gaps."""


class _Row(NamedTuple):
    """The total of one subject in the month."""

    subject: str
    name: str
    key: str = ""
    days: int = 0
    """Days done, up to today."""
    calm: float | None = None
    """The average of the scores, 0 to 10; in the row of calm alone."""

    @property
    def total(self) -> str:
        """The days, or the average; "" for none."""
        return calm_mean_words(self.calm) if self.subject == CALM_ID else str(self.days or "")


def month_table(month: MonthView, subject: str, width: int = TABLE_WIDTH) -> Iterator[str]:
    """A month as a calendar of `subject`, for `all` of calm, and a table for so many columns of
    what was done; a subject other than `all` leaves out the other rows, and the sentence about all
    of them."""
    rows = [row for row in _rows(month) if subject in (ALL, row.subject)]
    shown = CALM_ID if subject == ALL else subject
    name = next(row.name for row in rows if row.subject == shown)
    yield f"{period_name(month.period)}: {name}"
    yield ""
    values = _values(month, shown)
    yield from _calendar(month, values)
    if legend := _legend(month, shown, values, width - 2):
        yield ""
        yield from (f"  {line}" for line in legend)
    if sentence := _sentence(month, subject):
        yield ""
        yield f"  {sentence}"
    if any(row.total for row in rows):
        yield ""
        yield from _table(rows, width)


def month_facts(month: MonthView, subject: str) -> Iterator[str]:
    """A month, one fact a line: for a screen reader. What each day holds, and the totals; a subject
    other than `all` leaves out what isn't about it."""
    rows = [row for row in _rows(month) if subject in (ALL, row.subject)]
    name = period_name(month.period)
    yield name if subject == ALL else f"{name}: {rows[0].name}"
    if sentence := _sentence(month, subject):
        yield sentence
    for index in range(len(month.days)):
        if is_logged(month, index, subject):
            yield _day_fact(month, index, subject)
    for row in rows:
        if row.total:
            yield _total_fact(row)


def _values(month: MonthView, subject: str) -> list[str]:
    """What the calendar shows of each day."""
    return [
        day_value(month, subject, sign, index) for index, sign in enumerate(signs(month, subject))
    ]


def _calendar(month: MonthView, values: Sequence[str]) -> Iterator[str]:
    """The weekdays, and a line for each week: of each day the date and the value."""
    names = (weekday_two((month.week_starts_on + place) % 7) for place in range(7))
    yield "  " + "".join(f"{name:>2}".ljust(_CELL) for name in names).rstrip()
    for week in zip(*weeks_of(month.days, month.week_starts_on), strict=True):
        cells = (
            "" if place is None else f"{month.days[place].day:>2} {values[place]}" for place in week
        )
        yield "  " + "".join(cell.ljust(_CELL) for cell in cells).rstrip()


def _legend(month: MonthView, subject: str, values: Sequence[str], width: int) -> list[str]:
    """What the values are, in lines of so many cells; of the marks those that are shown."""
    if not any(value.isdecimal() for value in values):
        numbers = []
    elif subject == CALM_ID:
        numbers = [_("The numbers beside the dates are calm, 0 to 10.")]
    elif practice_days(month, subject).practice.unit is Unit.MINUTES:
        numbers = [_("The numbers beside the dates are minutes.")]
    else:
        numbers = [_("The numbers beside the dates are times.")]
    meanings = {
        mark(State.DONE): _("done"),
        mark(State.REST): _("rest"),
    }
    marks = [f"{sign} {meaning}" for sign, meaning in meanings.items() if sign in values]
    return [*numbers, *join_parts(marks, "   ", width)]


def _sentence(month: MonthView, subject: str) -> str:
    """The month in one sentence; for one practice or calm only that there is nothing, or ""."""
    if is_empty(month, subject):
        return empty_month_sentence(month.period, month.today, month.first_day)
    if subject != ALL:
        return ""
    return total_sentence(month.evenings_with_connection, calm_mean(month))


def _day_fact(month: MonthView, index: int, subject: str) -> str:
    """What a day holds."""
    if subject == ALL:
        return whole_day(month, index, scores_hidden=False)
    if subject == CALM_ID:
        return calm_cell(month.evenings[index], month.today, scores_hidden=False)
    return practice_cell(practice_days(month, subject), month.days[index], index, month.today)


def _total_fact(row: _Row) -> str:
    if row.subject == CALM_ID:
        return _("{name}: {count} on average.").format(name=row.name, count=row.total)
    return ngettext("{name}: {count} day.", "{name}: {count} days.", row.days).format(
        name=row.name, count=row.days
    )


def _rows(month: MonthView) -> list[_Row]:
    """All practices together, calm, and each practice in the list during the month."""
    return [
        _Row(ALL, _("All"), days=month.evenings_with_connection),
        _Row(CALM_ID, _("Calm"), calm=calm_mean(month)),
        *(
            _Row(one.practice.id, one.practice.name, one.practice.key or "", one.done)
            for one in month.practices
        ),
    ]


def _table(rows: Sequence[_Row], width: int) -> Iterator[str]:
    columns, name_cells = fit_columns(
        [Column[_Row](N_("days"), 7, lambda row: row.total)],
        rows,
        [row.name for row in rows],
        before=5,
        width=width,
    )
    yield f"     {' ' * name_cells}{heading_line(columns)}"
    for row in rows:
        name = pad(row.name, name_cells)
        yield f"   {row.key or ' '} {name}{value_line(columns, row)}".rstrip()
