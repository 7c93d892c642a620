"""Habitica: history.csv, a row for each change of a habit's or a daily's value.

`Task Name,Task ID,Task Type,Date,Value`. The value is that of the task after the change: it rises
with each plus of a habit and each done daily, falls with each minus and each missed daily, and
stays for a daily that was not due; the first value of a task is compared with 0. The server writes
dates in UTC. Read in Habitica's own export code in 2026.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

from tracker import clock
from tracker.formats.cell_parsing import (
    date_error,
    errors_at_line,
    mark_error,
    parse_day,
    parse_decimal,
)
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _, format_number, ngettext
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habitica", "Habitica"
SIGNATURE = ("Task ID", "Task Type")

_HABIT, _DAILY = "habit", "daily"


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of Habitica's history."""
    return file.columns.issuperset(SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the rows: rising values are done days, the others are counted and left out."""
    targets: dict[str, HabitTarget] = {}
    values: dict[str, Decimal] = {}
    done: dict[tuple[str, date], tuple[int, str]] = {}
    times: Counter[tuple[str, date]] = Counter()
    left_out: Counter[str] = Counter()
    with open_rows(file.stream) as (__, rows):
        for row in rows:
            task = row.cell("Task ID")
            with errors_at_line(row.line):
                if task not in targets:
                    targets[task] = importer.add_habit(_habit(row))
                moment, value = _moment(row), parse_decimal(row.cell("Value"))
            before = values.get(task, Decimal(0))
            values[task] = value
            if value <= before:
                left_out[targets[task].habit.name] += 1
                importer.leave_out()
                continue
            key = task, moment.astimezone().date()
            times[key] += 1
            done[key] = row.line, clock.utc_seconds(moment)
    for (task, day), (line, at) in done.items():
        to, number = targets[task], times[task, day]
        importer.add_value(line, to, day, Decimal(number), "", at)
        importer.count_together(to, number - 1)
    for name, count in left_out.items():
        importer.report(
            ngettext(
                "{name}: {count} entry that doesn't count as done is left out.",
                "{name}: {count} entries that don't count as done are left out.",
                count,
            ),
            name=name,
            count=format_number(count),
        )
    importer.report(_("The times in the file are read as UTC and converted to your time zone."))


def _habit(row: Row) -> ForeignHabit:
    kind = row.cell("Task Type")
    if kind not in (_HABIT, _DAILY):
        raise mark_error(kind)
    name = row.cells.get("Task Name", "")
    return ForeignHabit(name, is_counted=kind == _HABIT)


def _moment(row: Row) -> datetime:
    text = row.cell("Date")
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise date_error(text) from error
    parse_day(text[:10])
    return moment
