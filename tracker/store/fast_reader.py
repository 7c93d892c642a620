"""Reads what Tonight's first frame and `status` need with the standard library's sqlite3.

Importing SQLAlchemy takes longer than the whole read. Returns the same PageData as Reader does,
over one short read-only connection.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.models import Goal, PageData, Span
from tracker.rules.days import EARLIEST
from tracker.rules.streak_state import earliest_day_needed, is_state
from tracker.store.db_errors import message_for
from tracker.store.filesystem import decode_text, is_file, is_foreign, uri
from tracker.store.mapping import (
    InvalidRow,
    app_state_of,
    entry_of,
    evening_of,
    goal_of,
    is_valid_day,
    parse_day,
    practice_of,
    span_of,
)
from tracker.store.schema import SCHEMA, schema_of

Model = TypeVar("Model")

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
        raise CalmtrackError(
            _(
                "{path} isn't a calmtrack diary. Nothing was changed. Check the path, or "
                "choose another diary with --diary."
            ).format(path=location.label)
        )
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
        connection.text_factory = decode_text
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("BEGIN")
        if schema_of(lambda sql: connection.execute(sql).fetchone()[0], location) != SCHEMA:
            return None
        rows = _rows_without_days(connection)
        day = which_day(rows)
        return _with_days(connection, rows, day)


def _rows_without_days(connection: sqlite3.Connection) -> PageData:
    goals: dict[object, list[Goal]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM goal ORDER BY from_day"):
        goals[row["practice_id"]] += _valid([row], goal_of)
    spans: dict[object, list[Span]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM out_of_list ORDER BY from_day"):
        spans[row["practice_id"]] += _valid([row], span_of)
    practices = _valid(
        connection.execute("SELECT * FROM practice ORDER BY position, id"),
        lambda row: practice_of(row, goals[row["id"]], spans[row["id"]]),
    )
    kept = dict(_valid(connection.execute("SELECT key, value FROM kept"), app_state_of))
    if practices:
        # As in `Reader.app_state`.
        kept.setdefault("begun_on", EARLIEST.isoformat())
    return PageData(tuple(practices), _first_entries(connection), {}, {}, {}, kept)


def _first_entries(connection: sqlite3.Connection) -> dict[str, date]:
    firsts = {}
    of_practice = "SELECT * FROM entry WHERE practice_id = ? AND state <> 'cleared' ORDER BY day"
    rows = connection.execute(
        "SELECT id, (SELECT day FROM entry WHERE practice_id = practice.id"
        " AND state <> 'cleared' ORDER BY day LIMIT 1) AS day FROM practice"
    )
    for practice_id, text in rows.fetchall():
        day = parse_day(text)
        if text is not None and not is_valid_day(day):
            valid = _valid(connection.execute(of_practice, (practice_id,)), entry_of)
            day = valid[0].day if valid else None
        if isinstance(day, date):
            firsts[practice_id] = day
    return firsts


def _valid(rows: Iterable[sqlite3.Row], to_model: Callable[[Any], Model]) -> list[Model]:
    """The models of the valid rows."""
    models = []
    for row in rows:
        with suppress(InvalidRow):
            models.append(to_model(row))
    return models


def _with_days(connection: sqlite3.Connection, rows: PageData, day: date) -> PageData:
    cached = connection.execute(
        "SELECT id, (SELECT state FROM streak_state WHERE practice_id = practice.id"
        " AND settled_day < ? ORDER BY settled_day DESC LIMIT 1) AS state FROM practice",
        (day.isoformat(),),
    )
    settled = {r["id"]: r["state"] for r in cached if is_state(r["state"])}
    start = min(day, earliest_day_needed(rows.practices, rows.first_entry, settled, day))
    entries = connection.execute(
        "SELECT * FROM entry WHERE day BETWEEN ? AND ? AND state <> 'cleared'",
        (start.isoformat(), (day + timedelta(days=6)).isoformat()),
    )
    evenings = connection.execute(
        "SELECT * FROM evening WHERE day BETWEEN ? AND ?",
        ((day - timedelta(days=1)).isoformat(), day.isoformat()),
    )
    ids = {practice.id for practice in rows.practices}
    return replace(
        rows,
        entries={
            (e.practice_id, e.day): e for e in _valid(entries, entry_of) if e.practice_id in ids
        },
        evenings={e.day: e for e in _valid(evenings, evening_of) if not e.empty},
        settled=settled,
    )
