"""Loop Habit Tracker's CSV: a table of habits, and for each habit a folder with its days.

A folder belongs to a habit by its number: its name leaves out whatever is no plain letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tracker.errors import InputError
from tracker.formats.archive import Archive
from tracker.formats.csv_reader import Row, open_rows
from tracker.formats.input_file import utf8_errors
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit, is_sensible
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.row_collector import parse_day

HABITS = "Habits.csv"
MARKS = "Checkmarks.csv"

YES, AUTOMATIC, NO, SKIPPED, UNKNOWN = 2, 1, 0, 3, -1
"""What Loop stores for a day; of a habit with numbers, any other is its thousandfold."""

_WORDS = {
    "YES_MANUAL": YES,
    "YES_AUTO": AUTOMATIC,
    "NO": NO,
    "SKIP": SKIPPED,
    "UNKNOWN": UNKNOWN,
}
_ENTRY = re.compile(r"Entry\(.*value=(-?[0-9]+).*\)")
_WHOLE = re.compile("-?[0-9]{1,12}")
_NUMBERED = re.compile("(?:.*/)?([0-9]{3,})([^/]*)/Checkmarks[.]csv", re.DOTALL)
_NOT_IN_FOLDERS = re.compile("[^ a-zA-Z0-9._-]+")
_KEPT = 90
"""Characters of a name that its folder keeps in any case."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A habit in the table, with its number and its name there."""

    number: int
    name: str
    target: HabitTarget


def read_loop(bundle: Archive, into: HabitImporter) -> None:
    """Reads a folder or a zip. Raises WrongInput naming the file and the line."""
    listed = list(_habits(bundle, into))
    found = filter(None, map(_NUMBERED.fullmatch, bundle.names()))
    folders = sorted(found, key=lambda one: int(one[1]))
    for folder in folders:
        habit = _habit_of(folder, folders, listed, into)
        with rows_of(bundle, folder.string) as rows:
            for row in rows:
                if habit is None:
                    into.orphan(row.line)
                else:
                    _mark(row, row.cell("Value"), row.cells.get("Notes", ""), habit.target, into)
    if not folders:
        _read_root(bundle, listed, into)
    into.no_place(say("other.colours"), say("other.scores"))


def _habit_of(
    folder: re.Match[str],
    folders: list[re.Match[str]],
    listed: list[_Listed],
    into: HabitImporter,
) -> _Listed | None:
    """Whose days a folder holds: the habit of its number, and where there are several of a
    number the one of its name as well; None where that can't be told."""
    number = int(folder[1])
    habits = [one for one in listed if one.number == number]
    beside = [one for one in folders if int(one[1]) == number]
    if len(habits) <= 1 and len(beside) == 1:
        return habits[0] if habits else None
    if folder is beside[0]:
        into.said("other.same_number", number=number)
    called = folder[2].strip()
    named = [one for one in habits if in_folders(one.name)[:_KEPT].strip() == called[:_KEPT]]
    return named[0] if len(named) == 1 else None


def in_folders(name: str) -> str:
    """What Loop leaves of a name when it makes a folder for it, before it cuts it to a hundred
    characters with the number."""
    return _NOT_IN_FOLDERS.sub("", name)


@contextmanager
def rows_of(bundle: Archive, name: str, *, in_order: bool = False) -> Iterator[Iterator[Row]]:
    """The rows of one file; what is wrong in it is told with its name."""
    try:
        with (
            bundle.open(name) as file,
            utf8_errors(file, Path(name)),
            open_rows(file, in_order=in_order) as (_, rows),
        ):
            yield rows
    except InputError as error:
        raise InputError(say("other.in_file", file=name, problem=error)) from error


def _habits(bundle: Archive, into: HabitImporter) -> Iterator[_Listed]:
    table = next((name for name in bundle.names() if name.split("/")[-1] == HABITS), None)
    if table is None:
        raise InputError(say("other.no_habits"))
    with rows_of(bundle, table) as rows:
        for row in rows:
            name = row.cells.get("Name", "")
            yield _Listed(_number(row, "Position"), name, into.habit(_habit(row, into)))


def _habit(row: Row, into: HabitImporter) -> ForeignHabit:
    name = row.cells.get("Name", "")
    # Before there were numbers, the columns of the frequency had other names.
    old = "NumRepetitions" in row.cells
    times = _number(row, "NumRepetitions" if old else "FrequencyNumerator")
    days = _number(row, "Interval" if old else "FrequencyDenominator")
    question, description = row.cells.get("Question", ""), row.cells.get("Description", "")
    if question and description:
        into.said("other.description", name=name, text=description[:60])
    return ForeignHabit(
        name=name,
        question=question or description,
        days_per_week=into.weekly(name, times, days),
        is_counted=row.cell("Type") == "NUMERICAL",
        unit_word=row.cell("Unit"),
        target=decimal_in(row.line, row.cell("Target Value") or "0"),
        at_most=row.cell("Target Type") == "AT_MOST",
        archived=row.cell("Archived?") == "true",
    )


def _read_root(bundle: Archive, listed: list[_Listed], into: HabitImporter) -> None:
    """Reads the one table of all days, where there is nothing else: the columns stand in the
    order of the habits, whatever they are called."""
    root = next((name for name in bundle.names() if name.split("/")[-1] == MARKS), None)
    if root is None:
        return
    with rows_of(bundle, root, in_order=True) as rows:
        for row in rows:
            cells = list(row.cells.values())
            for habit, value in zip(listed, cells[1:], strict=False):
                _mark(row, value.strip(), "", habit.target, into)
            for value in cells[1 + len(listed) :]:
                if value.strip() and _stored(row, value.strip()) != UNKNOWN:
                    into.orphan(row.line)


def _mark(row: Row, value: str, note: str, to: HabitTarget, into: HabitImporter) -> None:
    day = _day(row)
    put_mark(into, row.line, to, day, _stored(row, value), note)


def put_mark(
    into: HabitImporter, line: int, to: HabitTarget, day: date, stored: Decimal, note: str
) -> None:
    """A day as Loop stores it."""
    if stored == SKIPPED:
        into.rest(line, to, day, note)
    elif stored == UNKNOWN:
        into.unknown(line, to, day, note)
    elif to.habit.is_counted:
        into.number(line, to, day, stored / 1000, note)
    elif stored == AUTOMATIC and not note:
        # Loop fills it in for days that its weekly goal leaves free; nobody marked it.
        into.unknown(line, to, day)
    elif stored in (YES, AUTOMATIC):
        (into.yes if stored == YES else into.unknown)(line, to, day, note)
    elif stored == NO:
        into.no(line, to, day, note)
    else:
        raise InputError(say("csv.line", line=line, problem=say("other.value", text=f"{stored:f}")))


def _stored(row: Row, value: str) -> Decimal:
    entry = _ENTRY.fullmatch(value)
    text = entry[1] if entry else value
    if text in _WORDS:
        return Decimal(_WORDS[text])
    if not _WHOLE.fullmatch(text):
        raise InputError(say("csv.line", line=row.line, problem=say("other.value", text=text[:40])))
    return Decimal(text)


def _day(row: Row) -> date:
    try:
        return parse_day(next(iter(row.cells.values())).strip())
    except InputError as error:
        raise InputError(say("csv.line", line=row.line, problem=error)) from error


def _number(row: Row, column: str) -> int:
    text = row.cell(column)
    if not _WHOLE.fullmatch(text):
        problem = say("check.not_a_number", text=text[:40])
        raise InputError(say("csv.line", line=row.line, problem=problem))
    return int(text)


def decimal_in(line: int, text: str) -> Decimal:
    """The number in a text. Raises WrongInput naming the line."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not is_sensible(number):
        raise InputError(
            say("csv.line", line=line, problem=say("other.not_a_number", text=text[:40]))
        )
    return number
