"""Finds the invalid rows of a diary, which reading leaves out, and repairs them.

The rows are read without column types, as they are stored. A row is repaired by giving its invalid
columns their defaults one after the other, until it is valid; one whose key is invalid is deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, TableClause, and_, column, select
from sqlalchemy import table as untyped_table

from tracker.models import Unit
from tracker.rules.streaks import is_state
from tracker.store import tables as t
from tracker.store.reader import BATCH_SIZE
from tracker.store.row_mapping import (
    SHIPPED_AT,
    InvalidRow,
    app_state_of,
    change_time,
    check_conflict,
    entry_of,
    evening_of,
    goal_of,
    is_valid_day,
    moment_or_none,
    parse_day,
    practice_of,
    span_of,
    step_of,
    step_row_of,
)

StoredRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that calmtrack could not have written."""

    table: str
    key: tuple[object, ...]
    """The values of its primary key, as stored."""
    column: str
    """Its first invalid column."""
    row: StoredRow = field(repr=False)

    @property
    def name(self) -> str:
        """The table, the key and the column, for a message."""
        return f"{self.table} {' '.join(map(str, self.key))} ({self.column})"


def find_bad_rows(connection: Connection) -> Iterator[BadRow]:
    """All invalid rows, table by table."""
    for check in _CHECKS:
        query = select(check.source).execution_options(yield_per=BATCH_SIZE)
        with connection.execute(query) as rows:
            for row in rows.mappings():
                problem = check.problem(row)
                if problem is not None:
                    yield check.bad_row(row, problem)
        if check.source.name == t.practice.name:
            yield from _duplicate_letters(connection, check)


def _duplicate_letters(connection: Connection, check: _TableCheck) -> Iterator[BadRow]:
    """Otherwise valid practices that have the letter of a practice before them in the list, which
    keeps it, as in a merge."""
    letters: dict[object, list[StoredRow]] = defaultdict(list)
    for row in connection.execute(select(check.source)).mappings():
        if row["key"] is not None and check.problem(row) is None:
            letters[row["key"]].append(dict(row))
    for same in letters.values():
        for other in sorted(same, key=lambda one: (one["position"], one["id"]))[1:]:
            yield check.bad_row(other, "key")


def repair_rows(connection: Connection, today: date) -> int:
    """Repairs or deletes every invalid row; returns their number. An invalid `added_on` of a
    practice becomes `today`."""
    checks = {check.source.name: check for check in _CHECKS}
    practices = checks[t.practice.name]
    # Practices last: renaming one with an impossible id also moves its rows in other tables.
    bad_rows = sorted(find_bad_rows(connection), key=lambda bad: bad.table == t.practice.name)
    _repair(connection, bad_rows, checks, today)
    # A practice that was just repaired can have the letter of another.
    _repair(connection, list(_duplicate_letters(connection, practices)), checks, today)
    return len(bad_rows)


def _repair(
    connection: Connection,
    bad_rows: Iterable[BadRow],
    checks: Mapping[str, _TableCheck],
    today: date,
) -> None:
    for bad in bad_rows:
        check = checks[bad.table]
        if bad.table == t.change_row.name:
            # The whole step: a part of it would be undone otherwise.
            step = checks[t.change.name].source
            connection.execute(step.delete().where(step.c.id == bad.row["change_id"]))
            continue
        if bad.column == "added_on":
            bad.row["added_on"] = today.isoformat()
        elif bad.column == "key" and bad.table == t.practice.name:
            # It is a valid letter, but another practice's: `repaired` would leave it.
            bad.row["key"] = None
        repaired = check.repaired(bad.row)
        if bad.table == t.practice.name and repaired is None:
            _rename_practice(connection, check, bad.row)
        elif repaired is None:
            connection.execute(check.source.delete().where(check.where(bad.row)))
        else:
            where = check.where(bad.row)
            connection.execute(check.source.update().where(where).values(repaired))


def _rename_practice(connection: Connection, check: _TableCheck, row: StoredRow) -> None:
    """Gives a practice with an impossible id a new one, and its rows in other tables too."""
    taken = set(connection.execute(select(check.source.c.id)).scalars())
    new_id = next(name for n in count(1) if (name := f"practice-{n}") not in taken)
    renamed = check.repaired(row | {"id": new_id})
    if renamed is None:
        return
    connection.execute(check.source.insert().values(renamed))
    for child in (t.entry, t.goal, t.out_of_list, t.streak_state):
        rows = _untyped(child)
        of_practice = rows.c.practice_id == row["id"]
        connection.execute(rows.update().where(of_practice).values(practice_id=renamed["id"]))
    connection.execute(check.source.delete().where(check.where(row)))


@dataclass(frozen=True, slots=True)
class _TableCheck:
    """How the rows of one table are validated and repaired."""

    source: TableClause
    key: tuple[str, ...]
    parse: Callable[[Mapping[Any, Any]], object]
    """Raises InvalidRow."""
    defaults: Mapping[str, object]
    """The values of invalid columns; a row with any other invalid column is deleted."""

    def bad_row(self, row: Mapping[Any, Any], column: str) -> BadRow:
        """The row with the name of its invalid column."""
        key = tuple(row[name] for name in self.key)
        return BadRow(self.source.name, key, column, dict(row))

    def problem(self, row: Mapping[Any, Any]) -> str | None:
        """The first invalid column; None for a valid row."""
        try:
            self.parse(row)
        except InvalidRow as error:
            return error.column
        if (column := next((name for name in _TEXTS if _has_nul(row.get(name))), None)) is not None:
            return column
        if row.get("undone", False) not in (0, 1):
            return "undone"
        if "at" in row and row["at"] != change_time(row["at"]):
            return "at"
        logged_at, updated_at = row.get("logged_at"), row.get("updated_at", SHIPPED_AT)
        if updated_at is None and self.source.name == t.change_row.name:
            return None
        if logged_at is not None and moment_or_none(logged_at) is None:
            return "logged_at"
        return None if updated_at == change_time(updated_at) else "updated_at"

    def repaired(self, row: StoredRow) -> StoredRow | None:
        """The row with defaults for its invalid columns; None for one that is to be deleted."""
        repaired = dict(row)
        for _ in row:
            problem = self.problem(repaired)
            if problem is None:
                return repaired
            if _has_nul(repaired[problem]):
                repaired[problem] = repaired[problem].replace("\0", "\ufffd")
                continue
            if problem not in self.defaults or repaired[problem] == self.defaults[problem]:
                return None
            repaired[problem] = self.defaults[problem]
        return repaired if self.problem(repaired) is None else None

    def where(self, row: StoredRow) -> ColumnElement[bool]:
        """The condition that selects the row by its key."""
        columns = self.source.c
        return and_(*(
            columns[name].is_(None) if row[name] is None else columns[name] == row[name]
            for name in self.key
        ))  # fmt: skip


def _untyped(table: Any) -> TableClause:
    return untyped_table(table.name, *(column(one.name) for one in table.columns))


def _check_streak_state(row: Mapping[Any, Any]) -> None:
    if not is_valid_day(parse_day(row["settled_day"])):
        raise InvalidRow("settled_day")
    if not is_state(row["state"]):
        raise InvalidRow("state")


_TEXTS = ("name", "question", "note")
"""The columns that a person writes. They must not contain NUL, at which other programs end a
text."""


def _has_nul(value: object) -> bool:
    return type(value) is str and "\0" in value


_TIMES = {"logged_at": None, "updated_at": SHIPPED_AT}
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "practice": {
        "key": None,
        "name": "?",
        "question": "",
        "unit": Unit.TIMES.value,
        "step": 1,
        "position": 0,
        "overlap": False,
    },
    "goal": {"amount": 1, "days_per_week": 7},
    "entry": {"state": "logged", "amount": None, "note": ""},
    "evening": {"calm": None, "note": ""},
    "change": {"at": SHIPPED_AT, "undone": False},
    "conflict_record": {"at": SHIPPED_AT},
}
_PARSERS: Mapping[str, Callable[[Mapping[Any, Any]], object]] = {
    "practice": practice_of,
    "goal": goal_of,
    "out_of_list": span_of,
    "entry": entry_of,
    "evening": evening_of,
    "kept": app_state_of,
    "change": step_of,
    "change_row": step_row_of,
    "conflict_record": check_conflict,
    "streak_state": _check_streak_state,
}
_CHECKS = tuple(
    _TableCheck(
        _untyped(table),
        tuple(one.name for one in table.primary_key.columns),
        _PARSERS[table.name],
        {**_DEFAULTS.get(table.name, {}), **_TIMES},
    )
    for table in t.metadata.sorted_tables
    if table.name in _PARSERS
)
