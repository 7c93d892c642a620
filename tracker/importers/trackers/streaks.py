"""Streaks for iOS: CSV, a row for each day of a task."""

from __future__ import annotations

import re

from tracker.errors import InputError
from tracker.formats.cell_parsing import errors_at_line, parse_day
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget

SOURCE, NAME = "streaks", "Streaks (iOS)"
SIGNATURE = ("entry_type", "task_id")

_DAY = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of Streaks."""
    return file.columns.issuperset(SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the rows; a task is added with its first one."""
    targets: dict[str, HabitTarget] = {}
    with open_rows(file.stream) as (_, rows):
        for row in rows:
            task = row.cell("task_id")
            if task not in targets:
                targets[task] = importer.add_habit(ForeignHabit(row.cells.get("title", "")))
            with errors_at_line(row.line):
                _read_row(row, targets[task], importer)


def _read_row(row: Row, to: HabitTarget, importer: HabitImporter) -> None:
    text, kind = row.cell("entry_date"), row.cell("entry_type")
    parts = _DAY.fullmatch(text)
    day = parse_day("-".join(parts.groups()) if parts else text)
    if kind.startswith("completed"):
        importer.add_done(row.line, to, day)
    elif kind.startswith("skipped"):
        importer.add_rest(row.line, to, day)
    elif kind == "missed_auto":
        # Written by the app, not by the person; on a day with a score a no is derived.
        importer.add_unmarked(row.line, to, day)
    elif kind.startswith("missed"):
        importer.add_not_done(row.line, to, day)
    else:
        raise InputError(say("other.value", text=kind[:40]))
