"""The diary as a zip that Loop Habit Tracker's CSV export could have been, to leave with.

Practices become habits, calm one with numbers. What Loop has no place for stays behind: the
times of logging, earlier goals, amounts beside rest days. Scores are Loop's own and are left out.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.diary.diary_reader import DiaryReader
from tracker.files import atomic_binary_file
from tracker.formats.progress import track
from tracker.importers.apply_import import maybe_reading
from tracker.importers.loop_csv import HABITS, MARKS, in_folders
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.rules.days import days_between
from tracker.rules.states import is_listed
from tracker.store.reader import Reader

COLOUR = "#1976D2"

_HEAD = (
    *("Position", "Name", "Type", "Question", "Description", "FrequencyNumerator"),
    *("FrequencyDenominator", "Color", "Unit", "Target Type", "Target Value", "Archived?"),
)


def export_loop(diary: DiaryReader, path: Path, *, force: bool = False) -> int:
    """Writes a zip, whole or not at all; says how many marks it has.

    Raises WrongInput when the file is there and `force` is not given, Trouble for the disk.
    """
    with atomic_binary_file(path, force=force) as out:
        return write_loop(diary, out)


def write_loop(diary: DiaryReader, out: BinaryIO) -> int:
    """Writes the zip as its rows stream by; says how many marks there are."""
    practices, today = diary.rows().practices, diary.today()
    with _zip_to(out) as made, maybe_reading(diary) as reader:
        with _file(made, HABITS) as table:
            table.write(",".join(_HEAD) + "\n")
            _rows(table, _habits(practices, today))
        marks = 0
        for number, rows in enumerate(_days(practices, reader), start=1):
            name = "Calm" if number == 1 else practices[number - 2].name
            with _file(made, f"{_folder(number, name)}/{MARKS}") as file:
                file.write("Date,Value,Notes\n")
                marks += _rows(file, rows)
        with _file(made, MARKS) as root:
            root.write(f"Date,{''.join(f'{name},' for name in ('Calm', *_names(practices)))}\n")
            for line in _all_days(practices, reader):
                root.write(line)
    return marks


@contextmanager
def _zip_to(out: BinaryIO) -> Iterator[zipfile.ZipFile]:
    made = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    try:
        yield made
        made.close()
    finally:
        # Half a zip is thrown away. Closed while one of its files is open, it would say so, and
        # in the place of what ended the work.
        made.fp = None


def _habits(practices: Iterable[Practice], today: date) -> Iterator[tuple[object, ...]]:
    about = (1, 1, COLOUR, "", "AT_LEAST", "0.0", "false")
    yield ("001", "Calm", "NUMERICAL", "", "", *about)
    for number, one in enumerate(practices, start=2):
        goal = one.goal_on(today)
        is_counted = one.unit.spec.is_counted
        times, days = (1, 1) if goal.days_per_week == 7 else (goal.days_per_week, 7)
        counted = (one.unit.value, "AT_LEAST", f"{goal.amount}.0") if is_counted else ("", "", "")
        spans = [(span.from_day, span.to_day) for span in one.out_of_list]
        archived = not is_listed(today, date.min, spans)
        yield (
            *(f"{number:03}", one.name, "NUMERICAL" if is_counted else "YES_NO"),
            *(one.question, "", times, days, COLOUR, *counted),
            "true" if archived else "false",
        )


def _days(
    practices: Iterable[Practice], reader: Reader | None
) -> Iterator[Iterator[tuple[object, ...]]]:
    """The marks of calm, and then of each practice, newest first."""
    if reader is None:
        yield iter(())
        yield from (iter(()) for _ in practices)
        return
    evenings = list(reader.evenings(date.min, date.max))
    yield ((one.day, _score(one), one.note) for one in reversed(evenings))
    for practice in practices:
        entries = list(reader.entries_of(practice.id))
        value = _marked(practice)
        yield ((one.day, value(one), one.note) for one in reversed(entries))


def _all_days(practices: tuple[Practice, ...], reader: Reader | None) -> Iterator[str]:
    """A line for every day, newest first, read a year at a time."""
    if reader is None or (span := _span(practices, reader)) is None:
        return
    first, last = span
    values = [(practice.id, _marked(practice)) for practice in practices]
    while last >= first:
        start = max(first, last - timedelta(days=366))
        scores = {one.day: _score(one) for one in reader.evenings(start, last)}
        entries = {(one.practice_id, one.day): one for one in reader.entries(start, last)}
        for day in reversed(list(days_between(start, last))):
            found = (
                value(entries[id_, day]) if (id_, day) in entries else "UNKNOWN"
                for id_, value in values
            )
            yield f"{day},{scores.get(day, 'UNKNOWN')},{''.join(f'{one},' for one in found)}\n"
        last = start - timedelta(days=1)


def _span(practices: tuple[Practice, ...], reader: Reader) -> tuple[date, date] | None:
    """The first and the last day of which anything is known."""
    days = [one.day for one in reader.evenings(date.min, date.max)]
    for practice in practices:
        of_one = [one.day for one in reader.entries_of(practice.id)]
        days += of_one[:1] + of_one[-1:]
    return (min(days), max(days)) if days else None


def _score(evening: Evening) -> object:
    return "UNKNOWN" if evening.calm is None else _thousandfold(evening.calm)


def _marked(practice: Practice) -> Callable[[Entry], object]:
    """How Loop would write an entry of a practice."""
    is_counted = practice.unit.spec.is_counted

    def value(entry: Entry) -> object:
        if entry.state is EntryState.REST:
            return "SKIP"
        if entry.amount is None:
            return "UNKNOWN"
        if is_counted:
            return _thousandfold(entry.amount)
        return "YES_MANUAL" if entry.amount else "NO"

    return value


def _thousandfold(amount: int) -> object:
    return amount * 1000 if amount else "NO"


def _names(practices: Iterable[Practice]) -> Iterator[str]:
    return (practice.name for practice in practices)


def _folder(number: int, name: str) -> str:
    return f"{number:03} {in_folders(name)}"[:100].strip()


def _rows(file: TextIO, rows: Iterable[Iterable[object]]) -> int:
    writer = csv.writer(_EndingInLf(file))
    count = 0
    for row in track(rows):
        writer.writerow(row)
        count += 1
    return count


class _EndingInLf:
    """Ends rows as Loop does; told so itself, csv.writer would leave a bare CR unquoted."""

    def __init__(self, file: TextIO) -> None:
        self._write = file.write

    def write(self, row: str) -> int:
        return self._write(row.removesuffix("\r\n") + "\n")


@contextmanager
def _file(into: zipfile.ZipFile, name: str) -> Iterator[TextIO]:
    about = zipfile.ZipInfo(name)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    with into.open(about, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        yield text
