"""The CSV of Streaks for iOS: a row for each day of a task."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.exchange.collecting import Collector, Target
from tracker.exchange.csv_file import Row
from tracker.exchange.gathering import day_in
from tracker.exchange.habits import Habit
from tracker.trouble import WrongInput
from tracker.words import say

_DAY = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")


def read_streaks(rows: Iterable[Row], into: Collector) -> None:
    """Reads a file. Raises WrongInput, with the line."""
    targets: dict[str, Target] = {}
    for row in rows:
        task = row.cell("task_id")
        if task not in targets:
            targets[task] = into.habit(Habit(row.cells.get("title", "")))
        try:
            _mark(row, targets[task], into)
        except WrongInput as error:
            raise WrongInput(say("csv.line", line=row.line, problem=error)) from error


def _mark(row: Row, to: Target, into: Collector) -> None:
    text, kind = row.cell("entry_date"), row.cell("entry_type")
    parts = _DAY.fullmatch(text)
    day = day_in("-".join(parts.groups()) if parts else text)
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
        raise WrongInput(say("other.value", text=kind[:40]))
