"""The days layout of the CSV: one row for each day, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tracker.diary.day_view import state_on
from tracker.diary.streak_figures import make_history
from tracker.formats.csv_format import RAW, as_typed, escape_formula
from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, Practice, State
from tracker.rules.day_states import is_late
from tracker.rules.days import WEEKDAYS, days_between

CALM_NOTE = "calm_note"
REST_DAYS = "rest_days"
"""The column behind the practices: the ids of those that rest, separated by spaces. So a column of
amounts has only numbers, which a spreadsheet can add up."""

RATED_LATE = "rated_late"
"""The last column: when a late rating was given, YYYY-MM-DDTHH:MM:SSZ; blank for any other. Without
it the rating would come back as one of its evening, by which what isn't logged was not done."""

NOTE = "_note"
"""Suffix of a practice's note column; practice ids have no underscores."""


def day_columns(practices: Iterable[Practice], *, raw: bool) -> list[str]:
    """The column names."""
    note = NOTE + RAW if raw else NOTE
    return [
        "day",
        "weekday",
        *(c for id_ in (CALM_ID, *(p.id for p in practices)) for c in (id_, id_ + note)),
        REST_DAYS,
        RATED_LATE,
    ]


def day_rows(
    rows: PageData,
    entries: Iterator[Entry],
    evenings: Iterator[Evening],
    today: date,
    first: date | None,
    last: date | None,
    *,
    raw: bool,
) -> Iterator[list[object]]:
    """A row for each day from `first` to `last`, by default the first and last day with an entry
    or evening; days without either are included."""
    days = _DayRows(rows, today, raw=raw)
    next_day = first
    for day, evening, logged in _by_day(entries, evenings):
        if next_day is not None:
            gap = days_between(next_day, day - timedelta(days=1))
            yield from (days.row(empty, None, {}) for empty in gap)
        yield days.row(day, evening, logged)
        next_day = day + timedelta(days=1)
    if next_day is not None and last is not None:
        yield from (days.row(empty, None, {}) for empty in days_between(next_day, last))


class _DayRows:
    """Formats the rows of one export."""

    def __init__(self, rows: PageData, today: date, *, raw: bool) -> None:
        self._rows = rows
        self._today = today
        self._text = as_typed if raw else escape_formula

    def row(self, day: date, evening: Evening | None, logged: dict[str, Entry]) -> list[object]:
        """The cells of one day."""
        cells: list[object] = [day, WEEKDAYS[day.weekday()]]
        cells += [None, ""] if evening is None else [evening.calm, self._text(evening.note)]
        evenings = {} if evening is None else {day: evening}
        for practice in self._rows.practices:
            entry = logged.get(practice.id)
            cells.append(self._cell(practice, day, entry, evenings))
            cells.append("" if entry is None else self._text(entry.note))
        resting = (one for one, entry in logged.items() if entry.state is EntryState.REST)
        cells.append(" ".join(resting))
        rated_at = None if evening is None or evening.calm is None else evening.logged_at
        cells.append(rated_at if is_late(day, rated_at) else "")
        return cells

    def _cell(
        self, practice: Practice, day: date, entry: Entry | None, evenings: dict[date, Evening]
    ) -> object:
        """The amount, 0 for an explicit or derived no; None, a blank cell, for a rest day, where
        nothing is known, and beside a note alone, which with a 0 would be imported as a no."""
        if entry is not None:
            return None if entry.state is EntryState.REST else entry.amount
        if not evenings:
            return None
        history = make_history(practice, self._rows.first_entry.get(practice.id), iter(()))
        page = PageData((), {}, {}, evenings, {}, {})
        return 0 if state_on(page, history, day, self._today) is State.NO else None


def _by_day(
    entries: Iterator[Entry], evenings: Iterator[Evening]
) -> Iterator[tuple[date, Evening | None, dict[str, Entry]]]:
    """The evening and the entries of each day that has any, oldest first."""
    entry, evening = next(entries, None), next(evenings, None)
    while entry is not None or evening is not None:
        day = min(one.day for one in (entry, evening) if one is not None)
        rated = evening if evening is not None and evening.day == day else None
        if rated is not None:
            evening = next(evenings, None)
        logged: dict[str, Entry] = {}
        while entry is not None and entry.day == day:
            logged[entry.practice_id] = entry
            entry = next(entries, None)
        yield day, rated, logged
