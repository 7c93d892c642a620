"""Exports a diary as CSV: a row for each entry, or a row for each day."""

from __future__ import annotations

import csv
import heapq
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from tracker.diary.day_view import state_on
from tracker.diary.diary_base import DiaryBase
from tracker.diary.streak_figures import history_of
from tracker.diary.validation import days_in_order
from tracker.errors import InputError
from tracker.exporters.export_file import text_export
from tracker.formats.csv_format import (
    CALM_UNIT,
    DELIMITERS,
    ENTRY_COLUMNS,
    NOTE,
    RATED_LATE,
    RAW,
    REST_DAYS,
    as_typed,
    escape_formula,
)
from tracker.formats.progress import chunks, track
from tracker.i18n.messages import _, has_decimal_comma
from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, Practice, State
from tracker.rules.day_states import is_late
from tracker.rules.days import WEEKDAYS, days_between
from tracker.store.reader import BATCH_SIZE, EntryTuple

if TYPE_CHECKING:
    from _csv import Writer


BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """Options of a CSV export."""

    layout: Literal["entries", "days"] = "entries"
    """`entries` is lossless; `days` is for spreadsheets."""
    first: date | None = None
    """The first day written; None for the diary's first."""
    last: date | None = None
    """The last day written; None for the diary's last."""
    excel: bool = False
    """Writes a byte order mark and quotes every cell."""
    raw: bool = False
    """Writes text as typed, also where a spreadsheet would run it as a formula."""
    delimiter: str | None = None
    """A comma, a semicolon or a tab. None is a comma, or with `excel` a semicolon where numbers
    have a decimal comma, as Excel doesn't split cells at commas there."""
    no_notes: bool = False
    """Leaves out notes, also the rows of entries and evenings that have nothing else."""


def export_csv(diary: DiaryBase, path: Path, options: CsvOptions, *, force: bool = False) -> int:
    """Writes a file atomically; returns the number of rows without the header. Without another
    delimiter, cells are separated by tabs if its name ends in .tsv.

    Raises InputError as `text_export` does, and CalmtrackError for disk errors.
    """
    if options.delimiter is None and path.suffix.lower() == ".tsv":
        options = replace(options, delimiter="\t")
    with text_export(diary, path, force=force) as out:
        return write_csv(diary, out, options)


def write_csv(diary: DiaryBase, out: TextIO, options: CsvOptions) -> int:
    """Streams the rows to `out`; returns their number without the header.

    `out` must not translate line ends. Raises InputError for a delimiter that no import accepts,
    and for a first day after the last.
    """
    delimiter = _default_delimiter(options) if options.delimiter is None else options.delimiter
    if len(delimiter) != 1 or delimiter not in DELIMITERS:
        raise InputError(
            _('Cells can be separated by a comma, a semicolon or a tab, not by "{text}".').format(
                text=delimiter
            )
        )
    days_in_order(options.first, options.last)
    if options.excel:
        out.write(BYTE_ORDER_MARK)
    writer = csv.writer(
        out,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if options.excel else csv.QUOTE_MINIMAL,
    )
    write = _write_days if options.layout == "days" else _write_entries
    return write(diary, writer, options)


def _default_delimiter(options: CsvOptions) -> str:
    return ";" if options.excel and has_decimal_comma(os.environ) else ","


def _write_days(diary: DiaryBase, writer: Writer, options: CsvOptions) -> int:
    count = 0
    with diary.stream(*_span(options)) as (rows, entries, evenings):
        writer.writerow(_day_columns(rows.practices, options))
        today = diary.today()
        rows_of_days = _DayRows(rows, today, options)
        days = _every_day(_by_day(entries, evenings), options.first, options.last, today)
        for day in track(days):
            writer.writerow(rows_of_days.row(*day))
            count += 1
    return count


def _write_entries(diary: DiaryBase, writer: Writer, options: CsvOptions) -> int:
    count = 0
    with diary.stream_tuples(*_span(options)) as (page, batches, evenings):
        as_written = ("name", "note") if options.raw else ()
        writer.writerow([one + RAW if one in as_written else one for one in ENTRY_COLUMNS])
        for rows in _entry_rows(page, batches, evenings, options):
            for chunk in chunks(rows):
                writer.writerows(chunk)
            count += len(rows)
    return count


def _span(options: CsvOptions) -> tuple[date, date]:
    return options.first or date.min, options.last or date.max


def _entry_rows(
    page: PageData,
    batches: Iterator[Sequence[EntryTuple]],
    evenings: Iterator[Evening],
    options: CsvOptions,
) -> Iterator[list[tuple[object, ...]]]:
    """Batches of rows for entries and evenings, by day, each day's evening first."""
    if options.no_notes:
        batches, evenings = _without_notes(batches), _rated(evenings)
    text = as_typed if options.raw else escape_formula
    practices = {p.id: ("practice", p.id, text(p.name), p.unit.value) for p in page.practices}
    calm_rows = (_calm_row(evening, text(evening.note)) for evening in evenings)
    entry_rows = (
        (day, *practices[practice_id], amount, state, note and text(note), logged_at)
        for day, practice_id, state, amount, note, logged_at in chain.from_iterable(batches)
    )
    # The merge is stable: a day's evening stays before its entries.
    rows = heapq.merge(calm_rows, entry_rows, key=itemgetter(0))
    while batch := list(islice(rows, BATCH_SIZE)):
        yield batch


def _without_notes(batches: Iterator[Sequence[EntryTuple]]) -> Iterator[Sequence[EntryTuple]]:
    """The entries with empty notes, without those that are a note alone."""
    for batch in batches:
        yield [
            (day, practice_id, state, amount, "", logged_at)
            for day, practice_id, state, amount, _note, logged_at in batch
            if amount is not None or state == EntryState.REST
        ]


def _rated(evenings: Iterator[Evening]) -> Iterator[Evening]:
    """The evenings with a score, with empty notes."""
    return (evening._replace(note="") for evening in evenings if evening.calm is not None)


def _calm_row(evening: Evening, note: str) -> tuple[Any, ...]:
    return (
        *(evening.day.isoformat(), CALM_ID, "", "", CALM_UNIT),
        *(evening.calm, EntryState.LOGGED.value, note, evening.logged_at),
    )


# The rows of the days layout

Day = tuple[date, Evening | None, dict[str, Entry]]
"""A day, its evening, and its entries by practice id."""


def _day_columns(practices: Iterable[Practice], options: CsvOptions) -> list[str]:
    note = NOTE + RAW if options.raw else NOTE
    suffixes = ("",) if options.no_notes else ("", note)
    ids = (CALM_ID, *(practice.id for practice in practices))
    values = (one + suffix for one in ids for suffix in suffixes)
    return ["day", "weekday", *values, REST_DAYS, RATED_LATE]


def _every_day(
    logged: Iterable[Day], first: date | None, last: date | None, today: date
) -> Iterator[Day]:
    """The days from `first` to `last`, by default the first and last day with an entry or evening.
    Days without either are included up to today: after it only some days are planned."""
    next_day = first
    for one in logged:
        day = one[0]
        if next_day is not None:
            gap = days_between(next_day, min(day - timedelta(days=1), today))
            yield from ((empty, None, {}) for empty in gap)
        yield one
        next_day = day + timedelta(days=1)
    if next_day is not None and last is not None:
        yield from ((empty, None, {}) for empty in days_between(next_day, min(last, today)))


class _DayRows:
    """Formats the rows of one export."""

    def __init__(self, rows: PageData, today: date, options: CsvOptions) -> None:
        self._rows = rows
        self._today = today
        self._has_notes = not options.no_notes
        self._text = as_typed if options.raw else escape_formula

    def row(self, day: date, evening: Evening | None, logged: dict[str, Entry]) -> list[object]:
        """The cells of one day."""
        cells: list[object] = [day, WEEKDAYS[day.weekday()]]
        cells.append(None if evening is None else evening.calm)
        cells += self._note(evening)
        evenings = {} if evening is None else {day: evening}
        for practice in self._rows.practices:
            entry = logged.get(practice.id)
            cells.append(self._cell(practice, day, entry, evenings))
            cells += self._note(entry)
        resting = (one for one, entry in logged.items() if entry.state is EntryState.REST)
        cells.append(" ".join(resting))
        rated_at = None if evening is None or evening.calm is None else evening.logged_at
        cells.append(rated_at if is_late(day, rated_at) else "")
        return cells

    def _note(self, row: Entry | Evening | None) -> tuple[str, ...]:
        """The cell of a note; none in an export without notes."""
        if not self._has_notes:
            return ()
        return ("" if row is None else self._text(row.note),)

    def _cell(
        self, practice: Practice, day: date, entry: Entry | None, evenings: dict[date, Evening]
    ) -> object:
        """The amount, 0 for an explicit or derived no, also beside a note alone; None, a blank
        cell, for a rest day and where nothing is known."""
        if entry is not None and (entry.state is EntryState.REST or entry.amount is not None):
            return None if entry.state is EntryState.REST else entry.amount
        if not evenings:
            return None
        history = history_of(self._rows, practice, () if entry is None else (entry,))
        page = PageData((), {}, {}, evenings, {}, {})
        return 0 if state_on(page, history, day, self._today) is State.NO else None


def _by_day(entries: Iterator[Entry], evenings: Iterator[Evening]) -> Iterator[Day]:
    """The days that have any evening or entry, oldest first."""
    rows: Iterator[Evening | Entry] = heapq.merge(evenings, entries, key=attrgetter("day"))
    for day, of_day in groupby(rows, key=attrgetter("day")):
        rated: Evening | None = None
        logged: dict[str, Entry] = {}
        for row in of_day:
            if isinstance(row, Evening):
                rated = row
            else:
                logged[row.practice_id] = row
        yield day, rated, logged
