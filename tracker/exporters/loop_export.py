"""Exports the diary as a zip in the format of Loop Habit Tracker's CSV export.

Practices become habits, calm a numerical habit. What Loop's format has no place for is left out:
the times of logging, earlier goals, amounts on rest days. So are the scores that Loop computes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.diary.diary_base import DiaryBase
from tracker.exporters.export_file import binary_export
from tracker.formats.loop_format import CALM_NAME, CHECKMARKS, HABITS, folder_name
from tracker.formats.progress import track
from tracker.models import Entry, EntryState, Evening, Practice
from tracker.rules.day_states import is_listed
from tracker.rules.days import days_between
from tracker.store.reader import Reader

COLOUR = "#1976D2"
"""The colour of every exported habit: practices have none."""

_HEADER = (
    *("Position", "Name", "Type", "Question", "Description", "FrequencyNumerator"),
    *("FrequencyDenominator", "Color", "Unit", "Target Type", "Target Value", "Archived?"),
)


def export_loop(diary: DiaryBase, path: Path, *, force: bool = False) -> int:
    """Writes a zip atomically; returns the number of checkmarks.

    Raises InputError as `binary_export` does, and CalmtrackError for disk errors.
    """
    with binary_export(diary, path, force=force) as out:
        return write_loop(diary, out)


def write_loop(diary: DiaryBase, out: BinaryIO) -> int:
    """Streams the zip to `out`; returns the number of checkmarks."""
    practices, today = diary.rows().practices, diary.today()
    names = (CALM_NAME, *(practice.name for practice in practices))
    reading = diary.store.reading() if diary.store.exists() else nullcontext()
    with _zip_to(out) as archive, reading as reader:
        with _text_file(archive, HABITS) as file:
            file.write(",".join(_HEADER) + "\n")
            _write_rows(file, _habits(practices, today))
        count = 0
        habits = zip(names, _checkmarks(practices, reader), strict=True)
        for number, (name, rows) in enumerate(habits, start=1):
            with _text_file(archive, f"{_folder(number, name)}/{CHECKMARKS}") as file:
                file.write("Date,Value,Notes\n")
                count += _write_rows(file, rows)
        with _text_file(archive, CHECKMARKS) as file:
            file.write(f"Date,{''.join(f'{name},' for name in names)}\n")
            for line in _all_checkmarks(practices, reader):
                file.write(line)
    return count


@contextmanager
def _zip_to(out: BinaryIO) -> Iterator[zipfile.ZipFile]:
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    try:
        yield archive
        archive.close()
    finally:
        # After an error the archive is discarded. Closing it would raise another error, as one of
        # its members is still open, and hide the first.
        archive.fp = None


def _habits(practices: Iterable[Practice], today: date) -> Iterator[tuple[object, ...]]:
    settings = (1, 1, COLOUR, "", "AT_LEAST", "0.0", "false")
    yield ("001", CALM_NAME, "NUMERICAL", "", "", *settings)
    for number, one in enumerate(practices, start=2):
        goal = one.goal_on(today)
        is_counted = one.unit.spec.is_counted
        times, days = (1, 1) if goal.days_per_week == 7 else (goal.days_per_week, 7)
        target = (one.unit.value, "AT_LEAST", f"{goal.amount}.0") if is_counted else ("", "", "")
        archived = not is_listed(today, date.min, one.out_of_list)
        yield (
            *(f"{number:03}", one.name, "NUMERICAL" if is_counted else "YES_NO"),
            *(one.question, "", times, days, COLOUR, *target),
            "true" if archived else "false",
        )


def _checkmarks(
    practices: Iterable[Practice], reader: Reader | None
) -> Iterator[Iterator[tuple[object, ...]]]:
    """The rows of calm, then of each practice, newest first."""
    if reader is None:
        yield iter(())
        yield from (iter(()) for _ in practices)
        return
    evenings = list(reader.evenings(date.min, date.max))
    yield ((one.day, _score(one), one.note) for one in reversed(evenings))
    for practice in practices:
        entries = list(reader.entries_of(practice.id))
        value = _value_of(practice)
        yield ((one.day, value(one), one.note) for one in reversed(entries))


def _all_checkmarks(practices: tuple[Practice, ...], reader: Reader | None) -> Iterator[str]:
    """A line for each day, newest first; the diary is read a year at a time."""
    if reader is None or (span := _span(practices, reader)) is None:
        return
    first, last = span
    values = [(practice.id, _value_of(practice)) for practice in practices]
    while last >= first:
        start = max(first, last - timedelta(days=366))
        scores = {one.day: _score(one) for one in reader.evenings(start, last)}
        entries = {(one.practice_id, one.day): one for one in reader.entries(start, last)}
        for day in reversed(list(days_between(start, last))):
            marks = (
                value(entries[id_, day]) if (id_, day) in entries else "UNKNOWN"
                for id_, value in values
            )
            yield f"{day},{scores.get(day, 'UNKNOWN')},{''.join(f'{one},' for one in marks)}\n"
        last = start - timedelta(days=1)


def _span(practices: tuple[Practice, ...], reader: Reader) -> tuple[date, date] | None:
    """The first and the last day with an entry or evening."""
    days = [one.day for one in reader.evenings(date.min, date.max)]
    for practice in practices:
        logged = [one.day for one in reader.entries_of(practice.id)]
        days += logged[:1] + logged[-1:]
    return (min(days), max(days)) if days else None


def _score(evening: Evening) -> object:
    return "UNKNOWN" if evening.calm is None else _in_thousandths(evening.calm)


def _value_of(practice: Practice) -> Callable[[Entry], object]:
    """A function from an entry of the practice to its value in Loop's format."""
    is_counted = practice.unit.spec.is_counted

    def value(entry: Entry) -> object:
        if entry.state is EntryState.REST:
            return "SKIP"
        if entry.amount is None:
            return "UNKNOWN"
        if is_counted:
            return _in_thousandths(entry.amount)
        return "YES_MANUAL" if entry.amount else "NO"

    return value


def _in_thousandths(amount: int) -> object:
    return amount * 1000 if amount else "NO"


def _folder(number: int, name: str) -> str:
    return f"{number:03} {folder_name(name)}"[:100].strip()


def _write_rows(file: TextIO, rows: Iterable[Iterable[object]]) -> int:
    writer = csv.writer(_LineFeedWriter(file))
    count = 0
    for row in track(rows):
        writer.writerow(row)
        count += 1
    return count


class _LineFeedWriter:
    """Ends rows with LF as Loop does. With `lineterminator` LF csv.writer would not quote a CR."""

    def __init__(self, file: TextIO) -> None:
        self._write = file.write

    def write(self, row: str) -> int:
        return self._write(row.removesuffix("\r\n") + "\n")


@contextmanager
def _text_file(archive: zipfile.ZipFile, name: str) -> Iterator[TextIO]:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    with archive.open(member, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        yield text
