"""Loop Habit Tracker's backup: its SQLite database, read where it lies and never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.errors import InputError
from tracker.formats.progress import track
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit, is_sensible
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.loop_csv import YES, put_mark

NEWEST = 25
"""The newest version of Loop's tables that is known here."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_loop_db(path: Path, into: HabitImporter) -> None:
    """Reads a backup. Raises WrongInput for a damaged or a newer one."""
    # Immutable: nothing is locked, and no journal is made beside a file that isn't ours.
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA trusted_schema=OFF")
            _read(connection, into)
    except (sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # SQLite keeps any value in any column, and columns can be others than Loop's.
        raise InputError(say("other.bad_database", path=path.name)) from error


def _read(connection: sqlite3.Connection, into: HabitImporter) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > NEWEST:
        raise InputError(say("other.newer_loop", version=version, known=NEWEST))
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not {"Habits", "Repetitions"} <= tables:
        raise InputError(say("other.not_loop"))
    targets = {row["id"]: into.habit(_habit(row, into)) for row in _rows(connection, "Habits")}
    for row in track(_rows(connection, "Repetitions")):
        _mark(row, targets, into)
    into.no_place(say("other.colours"), say("other.reminders"))


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[sqlite3.Row]:
    order = "position, id" if table == "Habits" else "timestamp, id"
    return connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608  two names


def _habit(row: sqlite3.Row, into: HabitImporter) -> ForeignHabit:
    name, there = str(row["name"] or ""), set(row.keys())

    def cell(column: str, otherwise: Any) -> Any:
        found = row[column] if column in there else None
        return otherwise if found is None else found

    question, description = str(cell("question", "")), str(cell("description", ""))
    if question and description:
        into.said("other.description", name=name, text=description[:60])
    return ForeignHabit(
        name=name,
        question=question or description,
        days_per_week=into.weekly(name, int(row["freq_num"]), int(row["freq_den"])),
        is_counted=cell("type", 0) == 1,
        unit_word=str(cell("unit", "")),
        target=_finite(str(cell("target_value", 0.0))),
        at_most=cell("target_type", 0) == 1,
        archived=bool(row["archived"]),
    )


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not is_sensible(number):
        raise ValueError(text)
    return number


def _mark(row: sqlite3.Row, targets: dict[Any, HabitTarget], into: HabitImporter) -> None:
    number = int(row["id"])
    to = targets.get(row["habit"])
    if to is None:
        # Older versions left days behind when a habit was deleted.
        into.orphan(number)
        return
    day = (_EPOCH + timedelta(milliseconds=int(row["timestamp"]))).date()
    value = Decimal(int(row["value"])) if "value" in row.keys() else Decimal(YES)  # noqa: SIM118  a Row
    note = str(row["notes"] or "") if "notes" in row.keys() else ""  # noqa: SIM118
    put_mark(into, number, to, day, value, note)
