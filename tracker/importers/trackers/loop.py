"""Loop Habit Tracker: a CSV export, as a zip or a folder, or a backup, which is a SQLite database.

The CSV export has a table of habits and a folder with the days of each. A folder belongs to a
habit by its number, as its name lacks most characters but plain letters. Before 2.3.1 the files in
the folders have no header, and Habits.csv has no types: a habit is numerical if it has a value that
is none of the marks. Loop 2.0 writes a value as `Entry(timestamp=2023-04-04, value=2)`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    date_error,
    errors_at_line,
    is_plausible,
    mark_error,
    parse_day,
    parse_decimal,
    position_error,
)
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import (
    STANDARD_INPUT,
    Archive,
    InputFile,
    as_text,
    is_preamble,
    open_folder,
    utf8_errors,
    wrong_file_error,
)
from tracker.formats.loop_format import (
    AUTOMATIC,
    CALM_NAME,
    CHECKMARKS,
    HABITS,
    MARK_NAMES,
    NO,
    SKIPPED,
    UNKNOWN,
    YES,
    folder_name,
)
from tracker.formats.progress import track
from tracker.formats.sqlite_database import cell, check_tables, open_backup
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "loop", "Loop Habit Tracker"
SIGNATURE = ()

NEWEST = 25
"""The newest `user_version` of a backup whose tables are known."""

_COLUMNS = frozenset({"Position", "Name", "Question"})
_TABLES = {"Habits", "Repetitions"}
_ENTRY = re.compile(r'"?Entry\([^()]*\bvalue=(-?[0-9]+)\)"?')
_ROOT_ROW = re.compile('"?(?P<day>[^",;\t]*)"?(?P<delimiter>[,;\t])(?P<values>.*)')
_WITHOUT_HEADER = ("Date", "Value", "Notes")
_INTEGER = re.compile("-?[0-9]{1,12}")
_FOLDER = re.compile("(?:.*/)?([0-9]{3,})([^/]*)/Checkmarks[.]csv", re.DOTALL)
_UNCUT = 90
"""Characters of a habit's name that are never cut off in the name of its folder."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def matches(file: InputFile) -> bool:
    """Whether it is Habits.csv, another file of an export's folder, a folder or a zip with it, or a
    SQLite database with a table of Loop's."""
    if file.is_folder or file.is_zip:
        return any(_is_called(name, HABITS) for name in file.names)
    if file.path.name == CHECKMARKS and _folder_of(file.path) is not None:
        return True
    return file.columns.issuperset(_COLUMNS) or not file.tables.isdisjoint(_TABLES)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads an export or a backup. For a file of an export's folder, the whole folder is read."""
    if matches(file) and (file.is_folder or file.is_zip):
        with file.archive() as archive:
            _read_export(archive, importer)
    elif file.is_sqlite and file.path != STANDARD_INPUT:
        with open_backup(file.path, NAME) as connection:
            _read_tables(connection, importer)
    elif file.path.name in (HABITS, CHECKMARKS) and (folder := _folder_of(file.path)):
        _read_export(open_folder(folder), importer)
    else:
        raise wrong_file_error(file.path, NAME)


def _add_mark(
    importer: HabitImporter, line: int, to: HabitTarget, day: date, value: Decimal, note: str
) -> None:
    """Adds a day with the value that Loop stores for it."""
    if value == SKIPPED:
        importer.add_rest(line, to, day, note)
    elif value == UNKNOWN:
        # In the table of all days, Loop writes it for every day without a mark.
        if note:
            importer.add_unmarked(line, to, day, note)
    elif to.habit.is_counted:
        importer.add_number(line, to, day, value / 1000, note)
    elif value == AUTOMATIC:
        # Loop computes it for days on which the weekly goal needs nothing; the person marked none.
        importer.add_unmarked(line, to, day, note)
    elif value == YES:
        importer.add_done(line, to, day, note)
    elif value == NO:
        importer.add_not_done(line, to, day, note)
    else:
        raise mark_error(f"{value:f}")


def _folder_of(path: Path) -> Path | None:
    """The folder of an export that a file lies in, there or in the folder of a habit."""
    folders = (path.parent, path.parent.parent)
    return next((folder for folder in folders if (folder / HABITS).is_file()), None)


# The CSV export


@dataclass(frozen=True, slots=True)
class _ListedHabit:
    """A row of Habits.csv."""

    number: int
    name: str
    target: HabitTarget


def _read_export(archive: Archive, importer: HabitImporter) -> None:
    matched = filter(None, map(_FOLDER.fullmatch, archive.names))
    folders = sorted(matched, key=lambda folder: int(folder[1]))
    listed = list(_add_habits(archive, folders, importer))
    for folder in folders:
        habit = _habit_of(folder, folders, listed, importer)
        with _open_rows(archive, folder.string) as rows:
            for row in rows:
                if habit is None:
                    importer.skip_orphan(row.line)
                    continue
                with errors_at_line(row.line):
                    day, value = parse_day(row.cell("Date")), _parse_value(row.cell("Value"))
                    note = row.cells.get("Notes", "")
                    _add_mark(importer, row.line, habit.target, day, value, note)
    if not folders:
        _read_root_table(archive, listed, importer)
    importer.report_unsupported(_("colours"), _("scores"))


def _habit_of(
    folder: re.Match[str],
    folders: list[re.Match[str]],
    listed: list[_ListedHabit],
    importer: HabitImporter,
) -> _ListedHabit | None:
    """The habit with the number of a folder; if a number has several habits or folders, the one
    that also has its name. None if no habit fits, or several do."""
    number = int(folder[1])
    habits = [habit for habit in listed if habit.number == number]
    same_number = [one for one in folders if int(one[1]) == number]
    if len(habits) <= 1 and len(same_number) == 1:
        return habits[0] if habits else None
    if folder is same_number[0]:
        importer.report(
            _(
                "More than one habit in the file has the number {number}. Their days were "
                "told apart by the names of their folders."
            ),
            number=number,
        )
    name = folder[2].strip()[:_UNCUT]
    named = [one for one in habits if folder_name(one.name)[:_UNCUT].strip() == name]
    return named[0] if len(named) == 1 else None


@contextmanager
def _open_file(archive: Archive, name: str) -> Iterator[BinaryIO]:
    """Opens one file; its name is added to an InputError raised inside."""
    try:
        with archive.open(name) as file, utf8_errors(file, Path(name)):
            yield file
    except InputError as error:
        raise InputError(_("{file}: {problem}").format(file=name, problem=error)) from error


@contextmanager
def _open_rows(archive: Archive, name: str) -> Iterator[Iterator[Row]]:
    with (
        _open_file(archive, name) as file,
        open_rows(file, without_header=_WITHOUT_HEADER) as (_, rows),
    ):
        yield rows


def _add_habits(
    archive: Archive, folders: list[re.Match[str]], importer: HabitImporter
) -> Iterator[_ListedHabit]:
    table = next(name for name in archive.names if _is_called(name, HABITS))
    with _open_rows(archive, table) as rows:
        for index, row in enumerate(rows):
            with errors_at_line(row.line):
                number, habit = _integer(row, "Position"), _habit_in_row(row, importer)
            if "Type" not in row.cells:
                own = [one.string for one in folders if int(one[1]) == number]
                has_amounts = any(_has_amounts(archive, one) for one in own)
                if not folders:
                    has_amounts = any(
                        len(one.cells) > index and _is_amount(one, one.cells[index])
                        for one in _root_rows(archive)
                    )
                habit = replace(habit, is_counted=has_amounts)
            target = importer.add_habit(habit, is_calm=_is_calm(number, habit))
            yield _ListedHabit(number, habit.name, target)


def _is_calm(number: int, habit: ForeignHabit) -> bool:
    """Whether a habit is the calm of an evening, as calmtrack exports it."""
    has_goal = habit.unit_word or habit.target or habit.question
    return number == 1 and habit.name == CALM_NAME and habit.is_counted and not has_goal


def _has_amounts(archive: Archive, name: str) -> bool:
    """Whether a value in the file of a folder is none of Loop's marks."""
    with _open_rows(archive, name) as rows:
        return any(_is_amount(row, row.cell("Value")) for row in rows)


def _is_amount(row: Row | _RootRow, cell: str) -> bool:
    with errors_at_line(row.line):
        return _parse_value(cell) not in MARK_NAMES.values()


def _habit_in_row(row: Row, importer: HabitImporter) -> ForeignHabit:
    name = row.cells.get("Name", "")
    # Before numerical habits existed, the columns of the frequency had other names.
    is_old = "NumRepetitions" in row.cells
    times = _integer(row, "NumRepetitions" if is_old else "FrequencyNumerator")
    days = _integer(row, "Interval" if is_old else "FrequencyDenominator")
    return ForeignHabit(
        name=name,
        question=_question(
            name, row.cells.get("Question", ""), row.cells.get("Description", ""), importer
        ),
        goal=(times, days),
        is_counted=row.cell("Type") == "NUMERICAL",
        unit_word=row.cell("Unit"),
        target=parse_decimal(row.cell("Target Value") or "0"),
        at_most=row.cell("Target Type") == "AT_MOST",
        archived=row.cell("Archived?") == "true",
    )


def _question(name: str, question: str, description: str, importer: HabitImporter) -> str:
    """The question of a habit, or else its description; a description besides is reported."""
    if question and description:
        importer.report_text(name, description)
    return question or description


@dataclass(frozen=True, slots=True)
class _RootRow:
    """A row of the table of all days."""

    line: int
    day: str
    cells: list[str]
    """In the order of the habits."""


def _root_rows(archive: Archive) -> Iterator[_RootRow]:
    """The rows of the table of all days. They are split without the csv module, as Loop quotes
    neither the names in the header nor `Entry(…)`, and both can have commas. Each line ends with a
    comma; a line without one was cut off."""
    root = next((name for name in archive.names if _is_called(name, CHECKMARKS)), None)
    if root is None:
        return
    with _open_file(archive, root) as file, as_text(file) as text:
        lines = (
            (number, line.strip("\r\n"))
            for number, line in enumerate(text, 1)
            if not is_preamble(line)
        )
        _line, header = next(lines, (1, ""))
        for number, line in lines:
            with errors_at_line(number):
                parts = _ROOT_ROW.fullmatch(_ENTRY.sub(r"\1", line))
                if parts is None:
                    raise date_error(line)
            cells = [cell.strip(' "') for cell in parts["values"].split(parts["delimiter"])]
            if header.endswith(parts["delimiter"]):
                cells.pop()
            yield _RootRow(number, parts["day"].strip(), cells)


def _read_root_table(archive: Archive, listed: list[_ListedHabit], importer: HabitImporter) -> None:
    """Reads the table of all days. Its columns are in the order of the habits; their names may
    repeat."""
    for row in track(_root_rows(archive)):
        with errors_at_line(row.line):
            if len(row.cells) < len(listed):
                raise InputError(
                    _(
                        "Only {cells} of the {habits} habits in Habits.csv have a mark on this "
                        "line. The file may have been cut off."
                    ).format(cells=len(row.cells), habits=len(listed))
                )
            day = parse_day(row.day)
            for habit, cell in zip(listed, row.cells, strict=False):
                _add_mark(importer, row.line, habit.target, day, _parse_value(cell), "")
            for cell in row.cells[len(listed) :]:
                if cell and _parse_value(cell) != UNKNOWN:
                    importer.skip_orphan(row.line)


def _parse_value(cell: str) -> Decimal:
    text = _ENTRY.sub(r"\1", cell)
    if text in MARK_NAMES:
        return Decimal(MARK_NAMES[text])
    if not _INTEGER.fullmatch(text):
        raise mark_error(text)
    return Decimal(text)


def _integer(row: Row, column: str) -> int:
    text = row.cell(column)
    if not _INTEGER.fullmatch(text):
        raise InputError(_('"{text}" isn\'t a whole number.').format(text=text[:40]))
    return int(text)


def _is_called(path: str, name: str) -> bool:
    return path.rsplit("/", maxsplit=1)[-1] == name


# The backup


def _read_tables(connection: sqlite3.Connection, importer: HabitImporter) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > NEWEST:
        raise InputError(
            _(
                "This backup is from a newer version of Loop ({version}; calmtrack can read up "
                "to {known}). Nothing was imported. Export the habits as CSV in Loop, then "
                "import that."
            ).format(version=version, known=NEWEST)
        )
    check_tables(connection, *_TABLES)
    habits = connection.execute("SELECT * FROM Habits ORDER BY position, id")
    targets = {row["id"]: importer.add_habit(_habit_in_table(row, importer)) for row in habits}
    repetitions = connection.execute("SELECT * FROM Repetitions ORDER BY timestamp, id")
    for row in track(repetitions):
        _add_repetition(row, targets, importer)
    importer.report_unsupported(_("colours"), _("reminders"))


def _habit_in_table(row: sqlite3.Row, importer: HabitImporter) -> ForeignHabit:
    name = str(row["name"] or "")
    target = Decimal(str(cell(row, "target_value", 0.0)))
    if not is_plausible(target):
        raise ValueError(target)
    return ForeignHabit(
        name=name,
        question=_question(
            name, str(cell(row, "question", "")), str(cell(row, "description", "")), importer
        ),
        goal=(int(row["freq_num"]), int(row["freq_den"])),
        is_counted=cell(row, "type", 0) == 1,
        unit_word=str(cell(row, "unit", "")),
        target=target,
        at_most=cell(row, "target_type", 0) == 1,
        archived=bool(row["archived"]),
    )


def _add_repetition(
    row: sqlite3.Row, targets: dict[Any, HabitTarget], importer: HabitImporter
) -> None:
    number = int(row["id"])
    to = targets.get(row["habit"])
    if to is None:
        # Older versions left days behind when a habit was deleted.
        importer.skip_orphan(number)
        return
    day = (_EPOCH + timedelta(milliseconds=int(row["timestamp"]))).date()
    value, note = Decimal(int(cell(row, "value", YES))), str(cell(row, "notes", ""))
    try:
        _add_mark(importer, number, to, day, value, note)
    except InputError as error:
        raise position_error(_("Item {number}").format(number=number), error) from error
