"""The CSV of Streaks for iOS: a row for each day of a task."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.errors import InputError
from tracker.formats.csv_reader import Row
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.row_collector import parse_day

_DAY = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")


def read_streaks(rows: Iterable[Row], into: HabitImporter) -> None:
    """Reads a file. Raises WrongInput, with the line."""
    targets: dict[str, HabitTarget] = {}
    for row in rows:
        task = row.cell("task_id")
        if task not in targets:
            targets[task] = into.habit(ForeignHabit(row.cells.get("title", "")))
        try:
            _mark(row, targets[task], into)
        except InputError as error:
            raise InputError(say("csv.line", line=row.line, problem=error)) from error


def _mark(row: Row, to: HabitTarget, into: HabitImporter) -> None:
    text, kind = row.cell("entry_date"), row.cell("entry_type")
    parts = _DAY.fullmatch(text)
    day = parse_day("-".join(parts.groups()) if parts else text)
    if kind.startswith("completed"):
        into.yes(row.line, to, day)
    elif kind.startswith("skipped"):
        into.rest(row.line, to, day)
    elif kind == "missed_auto":
        # Filled in by the app; on a rated evening the diary says the same by itself.
        into.unknown(row.line, to, day)
    elif kind.startswith("missed"):
        into.no(row.line, to, day)
    else:
        raise InputError(say("other.value", text=kind[:40]))
