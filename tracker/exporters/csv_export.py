"""The diary as CSV: one row for each entry, or one row for each day."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from tracker.diary.diary_reader import DiaryReader
from tracker.errors import InputError
from tracker.files import atomic_text_file
from tracker.formats.csv_days_layout import day_columns, day_rows
from tracker.formats.csv_escape import (
    CALM_UNIT,
    DELIMITERS,
    ENTRY_COLUMNS,
    RAW,
    as_typed,
    escape_formula,
)
from tracker.formats.progress import chunks, track
from tracker.i18n.messages import say
from tracker.models import CALM_ID, EntryState, Evening, PageData
from tracker.store.entry_tuples import EntryTuple
from tracker.store.reader import AT_ONCE

if TYPE_CHECKING:
    from _csv import Writer

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """How a diary is written as CSV."""

    layout: Literal["entries", "days"] = "entries"
    """`entries` is lossless; `days` is for spreadsheets."""
    first: date | None = None
    """The first day that is written; None for the diary's first."""
    last: date | None = None
    """The last day that is written; None for the diary's last."""
    excel: bool = False
    """With a byte order mark, and every cell quoted."""
    raw: bool = False
    """Text as typed, also where a spreadsheet would run it as a formula."""
    delimiter: str = ","
    """A comma, a semicolon or a tab."""


def export_csv(diary: DiaryReader, path: Path, options: CsvOptions, *, force: bool = False) -> int:
    """Writes a file, whole or not at all; says how many rows it has without the header.

    Raises WrongInput when the file is there and `force` is not given, Trouble for the disk.
    """
    with atomic_text_file(path, force=force) as out:
        return write_csv(diary, out, options)


def write_csv(diary: DiaryReader, out: TextIO, options: CsvOptions) -> int:
    """Writes the rows as they stream by; says how many there are without the header.

    `out` leaves line ends as they are. Raises WrongInput for a delimiter that no import knows.
    """
    if len(options.delimiter) != 1 or options.delimiter not in DELIMITERS:
        raise InputError(say("csv.delimiter", text=options.delimiter))
    if options.excel:
        out.write(BYTE_ORDER_MARK)
    writer = csv.writer(
        out,
        delimiter=options.delimiter,
        quoting=csv.QUOTE_ALL if options.excel else csv.QUOTE_MINIMAL,
    )
    return (_write_days if options.layout == "days" else _write_entries)(diary, writer, options)


def _write_days(diary: DiaryReader, writer: Writer, options: CsvOptions) -> int:
    count = 0
    with diary.everything(*_span(options)) as (rows, entries, evenings):
        writer.writerow(day_columns(rows.practices, raw=options.raw))
        days = day_rows(
            *(rows, entries, evenings, diary.today()),
            *(options.first, options.last),
            raw=options.raw,
        )
        for day in track(days):
            writer.writerow(day)
            count += 1
    return count


def _write_entries(diary: DiaryReader, writer: Writer, options: CsvOptions) -> int:
    count = 0
    with diary.everything_to_write(*_span(options)) as (rows, cells, evenings):
        writer.writerow(_entry_columns(raw=options.raw))
        for some in _entry_rows(rows, cells, evenings, raw=options.raw):
            for part in chunks(some):
                writer.writerows(part)
            count += len(some)
    return count


def _span(options: CsvOptions) -> tuple[date, date]:
    return options.first or date.min, options.last or date.max


def _entry_columns(*, raw: bool) -> list[str]:
    return [c + RAW if raw and c in ("name", "note") else c for c in ENTRY_COLUMNS]


def _entry_rows(
    rows: PageData, cells: Iterator[Sequence[EntryTuple]], evenings: Iterator[Evening], *, raw: bool
) -> Iterator[list[tuple[object, ...]]]:
    """A row for each entry and evening, some at a time: by day, the evening first."""
    text = as_typed if raw else escape_formula
    about = {p.id: ("practice", p.id, text(p.name), p.unit.value) for p in rows.practices}
    calm_rows = (_calm_row(evening, text(evening.note)) for evening in evenings)
    following = next(calm_rows, None)
    for some in cells:
        last, made = some[-1][0], []
        while following is not None and following[0] <= last:
            made.append(following)
            following = next(calm_rows, None)
        made += [
            (day, *about[practice_id], amount, state, note and text(note), logged_at)
            for day, practice_id, state, amount, note, logged_at in some
        ]
        # Of one day the evening stays first: sorting leaves rows of the same day in their order.
        made.sort(key=itemgetter(0))
        yield made
    rest = calm_rows if following is None else chain([following], calm_rows)
    while made := list(islice(rest, AT_ONCE)):
        yield made


def _calm_row(evening: Evening, note: str) -> tuple[Any, ...]:
    return (
        *(evening.day.isoformat(), CALM_ID, "", "", CALM_UNIT),
        *(evening.calm, EntryState.LOGGED.value, note, evening.logged_at),
    )
