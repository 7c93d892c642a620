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

from tracker.exchange.bundle import Bundle
from tracker.exchange.collecting import Collector, Target
from tracker.exchange.csv_file import Row, open_rows
from tracker.exchange.files_in import plainly
from tracker.exchange.gathering import day_in
from tracker.exchange.habits import Habit
from tracker.trouble import WrongInput
from tracker.words import say

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
_NUMBERED = re.compile("([0-9]{3,}) ?[^/]*/Checkmarks[.]csv")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A habit in the table, with its number."""

    number: int
    target: Target


def read_loop(bundle: Bundle, into: Collector) -> None:
    """Reads a folder or a zip. Raises WrongInput naming the file and the line."""
    listed = list(_habits(bundle, into))
    folders = {int(found[1]): name for name in bundle.names() if (found := _numbered(name))}
    for habit in listed:
        if habit.number in folders:
            with rows_of(bundle, folders[habit.number]) as rows:
                for row in rows:
                    _mark(row, row.cell("Value"), row.cells.get("Notes", ""), habit.target, into)
    for number in folders.keys() - {habit.number for habit in listed}:
        with rows_of(bundle, folders[number]) as rows:
            for row in rows:
                into.orphan(row.line)
    if not folders:
        _read_root(bundle, listed, into)
    into.no_place(say("other.colours"), say("other.scores"))


def _numbered(name: str) -> re.Match[str] | None:
    return _NUMBERED.fullmatch("/".join(name.split("/")[-2:]))


@contextmanager
def rows_of(bundle: Bundle, name: str, *, in_order: bool = False) -> Iterator[Iterator[Row]]:
    """The rows of one file; what is wrong in it is told with its name."""
    try:
        with (
            bundle.open(name) as file,
            plainly(file, Path(name)),
            open_rows(file, in_order=in_order) as (_, rows),
        ):
            yield rows
    except WrongInput as error:
        raise WrongInput(say("other.in_file", file=name, problem=error)) from error


def _habits(bundle: Bundle, into: Collector) -> Iterator[_Listed]:
    table = next((name for name in bundle.names() if name.split("/")[-1] == HABITS), None)
    if table is None:
        raise WrongInput(say("other.no_habits"))
    with rows_of(bundle, table) as rows:
        for row in rows:
            yield _Listed(_number(row, "Position"), into.habit(_habit(row, into)))


def _habit(row: Row, into: Collector) -> Habit:
    name = row.cells.get("Name", "")
    # Before there were numbers, the columns of the frequency had other names.
    old = "NumRepetitions" in row.cells
    times = _number(row, "NumRepetitions" if old else "FrequencyNumerator")
    days = _number(row, "Interval" if old else "FrequencyDenominator")
    question, description = row.cells.get("Question", ""), row.cells.get("Description", "")
    if question and description:
        into.said("other.description", name=name, text=description[:60])
    return Habit(
        name=name,
        question=question or description,
        days_per_week=into.weekly(name, times, days),
        is_counted=row.cell("Type") == "NUMERICAL",
        unit_word=row.cell("Unit"),
        target=decimal_in(row.line, row.cell("Target Value") or "0"),
        at_most=row.cell("Target Type") == "AT_MOST",
        archived=row.cell("Archived?") == "true",
    )


def _read_root(bundle: Bundle, listed: list[_Listed], into: Collector) -> None:
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


def _mark(row: Row, value: str, note: str, to: Target, into: Collector) -> None:
    day = _day(row)
    put_mark(into, row.line, to, day, _stored(row, value), note)


def put_mark(into: Collector, line: int, to: Target, day: date, stored: Decimal, note: str) -> None:
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
        raise WrongInput(say("csv.line", line=line, problem=say("other.value", text=f"{stored:f}")))


def _stored(row: Row, value: str) -> Decimal:
    entry = _ENTRY.fullmatch(value)
    text = entry[1] if entry else value
    if text in _WORDS:
        return Decimal(_WORDS[text])
    if not _WHOLE.fullmatch(text):
        raise WrongInput(say("csv.line", line=row.line, problem=say("other.value", text=text[:40])))
    return Decimal(text)


def _day(row: Row) -> date:
    try:
        return day_in(next(iter(row.cells.values())).strip())
    except WrongInput as error:
        raise WrongInput(say("csv.line", line=row.line, problem=error)) from error


def _number(row: Row, column: str) -> int:
    text = row.cell(column)
    if not _WHOLE.fullmatch(text):
        problem = say("check.not_a_number", text=text[:40])
        raise WrongInput(say("csv.line", line=row.line, problem=problem))
    return int(text)


def decimal_in(line: int, text: str) -> Decimal:
    """The number in a text. Raises WrongInput naming the line."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**12:
        raise WrongInput(
            say("csv.line", line=line, problem=say("other.not_a_number", text=text[:40]))
        )
    return number
