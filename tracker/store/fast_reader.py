"""Reads what Tonight's first frame and `status` need with the standard library's sqlite3.

Importing SQLAlchemy takes longer than the whole read. Returns the same PageData as Reader does,
over one short read-only connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.models import PageData
from tracker.rules.streak_state import earliest_day_needed
from tracker.store.db_errors import message_for
from tracker.store.filesystem import is_file, is_foreign, uri
from tracker.store.mapping import entry_of, evening_of, practice_of
from tracker.store.schema import SCHEMA, schema_of

BUSY_SECONDS = 0.1
"""Seconds to wait for a writer before giving up."""


def read_today(location: Location, which_day: Callable[[PageData], date]) -> PageData | None:
    """The rows of one day's view, with streaks as of that day.

    `which_day` picks the day from the rows that have none, since the settings among them say when
    a day turns. Returns None where SQLAlchemy has to take over: no diary yet, another schema
    revision, a server, or a file that stayed busy. Raises CalmtrackError for an unreadable file.
    """
    if location.path is None or not is_file(location.path):
        return None
    if is_foreign(location.path):
        raise CalmtrackError(say("store.not_a_diary", path=location.label))
    return _read_or_none(location, which_day, "ro")


def _read_or_none(
    location: Location, which_day: Callable[[PageData], date], mode: str
) -> PageData | None:
    try:
        return _read(location, which_day, mode)
    except sqlite3.Error as error:
        name = error.sqlite_errorname
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return None
        if name == "SQLITE_READONLY_ROLLBACK" and mode == "ro":
            # A killed writer left a hot journal, which only a writable connection can roll back.
            return _read_or_none(location, which_day, "rw")
        raise CalmtrackError(message_for(error, location)) from error


def _read(location: Location, which_day: Callable[[PageData], date], mode: str) -> PageData | None:
    assert location.path is not None
    address = uri(location.path, mode)
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("BEGIN")
        if schema_of(lambda sql: connection.execute(sql).fetchone()[0], location) != SCHEMA:
            return None
        rows = _rows_without_days(connection)
        day = which_day(rows)
        return _with_days(connection, rows, day)


def _rows_without_days(connection: sqlite3.Connection) -> PageData:
    goals: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM goal ORDER BY from_day"):
        goals[row["practice_id"]].append(_with_dates(row, "from_day"))
    spans: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM out_of_list ORDER BY from_day"):
        spans[row["practice_id"]].append(_with_dates(row, "from_day", "to_day"))
    practices = tuple(
        practice_of(_with_dates(row, "added_on"), goals[row["id"]], spans[row["id"]])
        for row in connection.execute("SELECT * FROM practice ORDER BY position, id")
    )
    firsts = connection.execute(
        "SELECT id, (SELECT day FROM entry WHERE practice_id = practice.id"
        " AND state <> 'cleared' ORDER BY day LIMIT 1) AS day FROM practice"
    )
    return PageData(
        practices=practices,
        first_entry={r["id"]: date.fromisoformat(r["day"]) for r in firsts if r["day"]},
        entries={},
        evenings={},
        settled={},
        kept={
            r["key"]: json.loads(r["value"])
            for r in connection.execute("SELECT key, value FROM kept")
        },
    )


def _with_days(connection: sqlite3.Connection, rows: PageData, day: date) -> PageData:
    cached = connection.execute(
        "SELECT id, (SELECT state FROM streak_state WHERE practice_id = practice.id"
        " AND settled_day < ? ORDER BY settled_day DESC LIMIT 1) AS state FROM practice",
        (day.isoformat(),),
    )
    settled = {r["id"]: r["state"] for r in cached if r["state"]}
    start = min(day, earliest_day_needed(rows.practices, rows.first_entry, settled, day))
    entries = connection.execute(
        "SELECT * FROM entry WHERE day BETWEEN ? AND ? AND state <> 'cleared'",
        (start.isoformat(), (day + timedelta(days=6)).isoformat()),
    )
    evenings = connection.execute(
        "SELECT * FROM evening WHERE day BETWEEN ? AND ?",
        ((day - timedelta(days=1)).isoformat(), day.isoformat()),
    )
    found = [entry_of(_with_dates(row, "day")) for row in entries]
    rated = [evening_of(_with_dates(row, "day")) for row in evenings]
    return replace(
        rows,
        entries={(e.practice_id, e.day): e for e in found},
        evenings={e.day: e for e in rated if not e.empty},
        settled=settled,
    )


def _with_dates(row: sqlite3.Row, *columns: str) -> dict[str, Any]:
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118  a Row iterates values
    for name in columns:
        values[name] = values[name] and date.fromisoformat(values[name])
    return values
