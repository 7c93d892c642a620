"""The diary as CSV: one row for each entry, or one row for each day."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TextIO

from tracker.diary.questions import Questions
from tracker.exchange.csv_cells import CALM_UNIT, DELIMITERS, ENTRY_COLUMNS, RAW, as_typed, guarded
from tracker.exchange.csv_days import day_columns, day_rows
from tracker.exchange.files_out import new_file
from tracker.exchange.watching import counted
from tracker.trouble import WrongInput
from tracker.values import CALM, Entry, Evening, Rows, Stored
from tracker.words import say

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


def export_csv(diary: Questions, path: Path, options: CsvOptions, *, force: bool = False) -> int:
    """Writes a file, whole or not at all; says how many rows it has without the header.

    Raises WrongInput when the file is there and `force` is not given, Trouble for the disk.
    """
    with new_file(path, force=force) as out:
        return write_csv(diary, out, options)


def write_csv(diary: Questions, out: TextIO, options: CsvOptions) -> int:
    """Writes the rows as they stream by; says how many there are without the header.

    `out` leaves line ends as they are. Raises WrongInput for a delimiter that no import knows.
    """
    if len(options.delimiter) != 1 or options.delimiter not in DELIMITERS:
        raise WrongInput(say("csv.delimiter", text=options.delimiter))
    if options.excel:
        out.write(BYTE_ORDER_MARK)
    out_rows = _Counted(out)
    writer = csv.writer(
        out_rows,
        delimiter=options.delimiter,
        quoting=csv.QUOTE_ALL if options.excel else csv.QUOTE_MINIMAL,
    )
    first, last = options.first or date.min, options.last or date.max
    with diary.everything(first, last) as (rows, entries, evenings):
        if options.layout == "days":
            writer.writerow(day_columns(rows.practices, raw=options.raw))
            days = day_rows(
                *(rows, entries, evenings, diary.today()),
                *(options.first, options.last),
                raw=options.raw,
            )
            writer.writerows(counted(days))
        else:
            writer.writerow(_entry_columns(raw=options.raw))
            writer.writerows(counted(_entry_rows(rows, entries, evenings, raw=options.raw)))
    return out_rows.rows - 1


class _Counted:
    """Passes rows on to a file, each with one write as csv.writer makes it, and counts them."""

    def __init__(self, out: TextIO) -> None:
        self._write = out.write
        self.rows = 0

    def write(self, row: str) -> int:
        self.rows += 1
        return self._write(row)


def _entry_columns(*, raw: bool) -> list[str]:
    return [c + RAW if raw and c in ("name", "note") else c for c in ENTRY_COLUMNS]


def _entry_rows(
    rows: Rows, entries: Iterator[Entry], evenings: Iterator[Evening], *, raw: bool
) -> Iterator[tuple[object, ...]]:
    """A row for each entry and evening: by day, the evening first."""
    text = as_typed if raw else guarded
    about = {p.id: (text(p.name), p.unit) for p in rows.practices}
    evening = next(evenings, None)
    for entry in entries:
        while evening is not None and evening.day <= entry.day:
            yield _calm_row(evening, text(evening.note))
            evening = next(evenings, None)
        yield (
            *(entry.day, "practice", entry.practice_id, *about[entry.practice_id]),
            *(entry.amount, entry.state, entry.note and text(entry.note), entry.logged_at),
        )
    while evening is not None:
        yield _calm_row(evening, text(evening.note))
        evening = next(evenings, None)


def _calm_row(evening: Evening, note: str) -> tuple[object, ...]:
    return (
        *(evening.day, CALM, "", "", CALM_UNIT),
        *(evening.calm, Stored.LOGGED, note, evening.logged_at),
    )
