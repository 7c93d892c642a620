"""Streaks for iOS: CSV, a row for each day of a task.

Older files have four columns. Newer ones also have `icon`, `entry_timestamp`, `entry_timezone` and
`page`, which a diary has no place for, and `quantity` and `notes`; 0 is no quantity.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.formats.cell_parsing import errors_at_line, mark_error, parse_day, parse_decimal
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "streaks", "Streaks (iOS)"
SIGNATURE = ("entry_type", "task_id")

_DAY = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of Streaks."""
    return file.columns.issuperset(SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the rows; a task is added with its first one."""
    goals = _goals(file)
    targets: dict[str, HabitTarget] = {}
    with open_rows(file.stream) as (_, rows):
        for row in rows:
            task = row.cell("task_id")
            if task not in targets:
                targets[task] = _add_task(row.cells.get("title", ""), goals.get(task), importer)
            with errors_at_line(row.line):
                _read_row(row, targets[task], importer)


def _goals(file: InputFile) -> dict[str, Decimal]:
    """The smallest quantity of a completed day of each task that has quantities, 0 if no such day
    has one. The goal itself is not in the file."""
    goals: dict[str, Decimal | None] = {}
    with open_rows(file.stream) as (_, rows):
        for row in rows:
            quantity, task = _quantity(row), row.cell("task_id")
            if quantity <= 0:
                continue
            smallest = goals.setdefault(task, None)
            if row.cell("entry_type").startswith("completed"):
                goals[task] = quantity if smallest is None else min(quantity, smallest)
    return {task: Decimal(0) if goal is None else goal for task, goal in goals.items()}


def _add_task(name: str, goal: Decimal | None, importer: HabitImporter) -> HabitTarget:
    if goal is None:
        return importer.add_habit(ForeignHabit(name))
    to = importer.add_habit(ForeignHabit(name, is_counted=True, target=goal))
    if to.is_new and goal > 0:
        importer.report(
            _(
                "{name}: the file doesn't contain the daily goal. It's set to {amount}, "
                "the smallest amount of a completed day."
            ),
            name=name,
            amount=to.habit.amount,
        )
    return to


def _quantity(row: Row) -> Decimal:
    with errors_at_line(row.line):
        return parse_decimal(row.cell("quantity") or "0")


def _read_row(row: Row, to: HabitTarget, importer: HabitImporter) -> None:
    text, kind = row.cell("entry_date"), row.cell("entry_type")
    parts = _DAY.fullmatch(text)
    day = parse_day("-".join(parts.groups()) if parts else text)
    note, quantity = row.cells.get("notes", "").strip(), _quantity(row)
    if kind.startswith("skipped"):
        if quantity > 0:
            note = importer.note_with_number(row.line, to.habit.name, note, quantity)
        importer.add_rest(row.line, to, day, note)
    elif not kind.startswith(("completed", "missed")):
        raise mark_error(kind)
    elif quantity > 0:
        importer.add_number(row.line, to, day, quantity, note, written=row.cell("quantity"))
    elif kind.startswith("completed"):
        importer.add_done(row.line, to, day, note)
    elif kind == "missed_auto":
        # Written by the app, not by the person; on a day with a score a no is derived.
        importer.add_unmarked(row.line, to, day, note)
    else:
        importer.add_not_done(row.line, to, day, note)
