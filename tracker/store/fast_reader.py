"""What the first frame of Tonight and `status` need, read without SQLAlchemy.

One short read-only connection of the standard library's sqlite3, and the same rows as Reader's.
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
from tracker.store.db_errors import message_for
from tracker.store.filesystem import is_file, is_foreign, uri
from tracker.store.mapping import entry_of, evening_of, practice_of
from tracker.store.page_window import earliest_day_needed
from tracker.store.schema import APPLICATION_ID, SCHEMA

BUSY_SECONDS = 0.1
"""How long a glance waits for a writer."""


def read_today(place: Location, which_day: Callable[[PageData], date]) -> PageData | None:
    """The rows of one day's page and its streaks.

    `which_day` says from the rows without days, which hold the person's settings, what day it
    is. None when there is nothing to glance at: no diary yet, one of another revision, one that
    is not a file, or one that stayed busy. Raises Trouble for a file that can't be read.
    """
    if place.path is None or not is_file(place.path):
        return None
    if is_foreign(place.path):
        raise CalmtrackError(say("store.not_a_diary", path=place.label))
    return _glance(place, which_day, "ro")


def _glance(place: Location, which_day: Callable[[PageData], date], mode: str) -> PageData | None:
    try:
        return _look(place, which_day, mode)
    except sqlite3.Error as error:
        name = error.sqlite_errorname
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return None
        if name == "SQLITE_READONLY_ROLLBACK" and mode == "ro":
            # A killed writer left its journal, and only a writer can put it back.
            return _glance(place, which_day, "rw")
        raise CalmtrackError(message_for(error, place)) from error


def _look(place: Location, which_day: Callable[[PageData], date], mode: str) -> PageData | None:
    assert place.path is not None
    address = uri(place.path, mode)
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("BEGIN")
        if not _is_ours(connection, place):
            return None
        rows = _rows_without_days(connection)
        day = which_day(rows)
        return _with_days(connection, rows, day)


def _is_ours(connection: sqlite3.Connection, place: Location) -> bool:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID and schema > SCHEMA:
        raise CalmtrackError(say("store.newer", path=place.label))
    if application != APPLICATION_ID:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] or application:
            raise CalmtrackError(say("store.not_a_diary", path=place.label))
        return False
    return bool(schema == SCHEMA)


def _rows_without_days(connection: sqlite3.Connection) -> PageData:
    goals: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM goal ORDER BY from_day"):
        goals[row["practice_id"]].append(_dated(row, "from_day"))
    spans: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM out_of_list ORDER BY from_day"):
        spans[row["practice_id"]].append(_dated(row, "from_day", "to_day"))
    practices = tuple(
        practice_of(_dated(row, "added_on"), goals[row["id"]], spans[row["id"]])
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
    folds = connection.execute(
        "SELECT id, (SELECT state FROM streak_state WHERE practice_id = practice.id"
        " AND settled_day < ? ORDER BY settled_day DESC LIMIT 1) AS state FROM practice",
        (day.isoformat(),),
    )
    settled = {r["id"]: r["state"] for r in folds if r["state"]}
    start = min(day, earliest_day_needed(rows.practices, rows.first_entry, settled, day))
    entries = connection.execute(
        "SELECT * FROM entry WHERE day BETWEEN ? AND ? AND state <> 'cleared'",
        (start.isoformat(), (day + timedelta(days=6)).isoformat()),
    )
    evenings = connection.execute(
        "SELECT * FROM evening WHERE day BETWEEN ? AND ?",
        ((day - timedelta(days=1)).isoformat(), day.isoformat()),
    )
    found = [entry_of(_dated(row, "day")) for row in entries]
    rated = [evening_of(_dated(row, "day")) for row in evenings]
    return replace(
        rows,
        entries={(e.practice_id, e.day): e for e in found},
        evenings={e.day: e for e in rated if not e.empty},
        settled=settled,
    )


def _dated(row: sqlite3.Row, *columns: str) -> dict[str, Any]:
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118  a Row iterates values
    for name in columns:
        values[name] = values[name] and date.fromisoformat(values[name])
    return values
