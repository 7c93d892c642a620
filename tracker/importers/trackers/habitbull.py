"""HabitBull: CSV, a row for each day of a habit.

`HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText`. A date is written as
2026-11-24 or in the phone's own order with slashes; -2150000000 is a day without a value. A habit
with a value other than 0 and 1 has amounts. Checked against two importers' tests in 2026.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.formats.cell_parsing import errors_at_line, parse_date, parse_decimal
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habitbull", "HabitBull"
SIGNATURE = ("CalendarDate", "CommentText", "HabitName")

_NO_VALUE = Decimal(-2_150_000_000)


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of HabitBull."""
    return file.columns.issuperset(SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the rows; a habit is added with its first one."""
    counted, order = _survey(file, importer)
    targets: dict[str, HabitTarget] = {}
    has_categories = False
    with open_rows(file.stream) as (__, rows):
        for row in rows:
            name = row.cells["HabitName"]
            if name not in targets:
                question = row.cells.get("HabitDescription", "")
                habit = ForeignHabit(name, question, is_counted=name in counted)
                targets[name] = importer.add_habit(habit)
            has_categories |= bool(row.cell("HabitCategory"))
            with errors_at_line(row.line):
                _read_row(row, order, targets[name], importer)
    if has_categories:
        importer.report_unsupported(_("habit groups"))


def _survey(file: InputFile, importer: HabitImporter) -> tuple[set[str], str]:
    """The habits with amounts, and the order of the dates."""
    counted, dates = set(), []
    with open_rows(file.stream) as (__, rows):
        for row in rows:
            with errors_at_line(row.line):
                if _value(row) not in (0, 1, _NO_VALUE):
                    counted.add(row.cells["HabitName"])
            dates.append(row.cell("CalendarDate"))
    return counted, importer.date_order(dates)


def _value(row: Row) -> Decimal:
    return parse_decimal(row.cell("Value") or f"{_NO_VALUE}")


def _read_row(row: Row, order: str, to: HabitTarget, importer: HabitImporter) -> None:
    day, value = parse_date(row.cell("CalendarDate"), order), _value(row)
    note = row.cells.get("CommentText", "").strip()
    if value == _NO_VALUE:
        importer.add_unmarked(row.line, to, day, note)
    else:
        importer.add_value(row.line, to, day, value, note, written=row.cell("Value"))
