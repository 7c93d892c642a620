"""Reads what Tonight's first frame, `status` and shell completion need, in one short read-only
transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any, TypeVar

from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.models import PageData
from tracker.store.db_errors import NO_DIARY, error_for, message_for
from tracker.store.diary_file import SqliteConnection, begun, connect, is_file, is_foreign
from tracker.store.reader import Reader
from tracker.store.schema import SCHEMA, schema_of

T = TypeVar("T")

BUSY_SECONDS = 0.1
"""Seconds to wait for a writer before giving up."""


def read_today(location: Location, which_day: Callable[[dict[str, Any]], date]) -> PageData | None:
    """The rows of one day's view, with streaks as of that day.

    `which_day` picks the day by the app state, which says when a day turns. Returns and raises as
    `read_quickly` does.
    """

    def rows(reader: Reader) -> PageData:
        day = which_day(reader.app_state())
        return reader.page_rows(day, day, day)

    return read_quickly(location, rows)


def read_quickly(location: Location, job: Callable[[Reader], T]) -> T | None:
    """What `job` reads. Returns None where Store has to take over: no diary yet, another schema
    revision, a server, or a file that stayed busy. Raises CalmtrackError for an unreadable
    file."""
    if location.path is None or not is_file(location.path):
        return None
    if is_foreign(location.path):
        raise error_for(NO_DIARY, location.label)
    return _read_or_none(location, job, "ro")


def _read_or_none(location: Location, job: Callable[[Reader], T], mode: str) -> T | None:
    try:
        return _read(location, job, mode)
    except sqlite3.Error as error:
        name = error.sqlite_errorname
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return None
        if name == "SQLITE_READONLY_ROLLBACK" and mode == "ro":
            # A killed writer left a hot journal, which only a writable connection can roll back.
            return _read_or_none(location, job, "rw")
        raise CalmtrackError(message_for(error, location)) from error


def _read(location: Location, job: Callable[[Reader], T], mode: str) -> T | None:
    pragmas = ("PRAGMA trusted_schema=OFF",)
    with (
        closing(connect(location.file, mode, BUSY_SECONDS, pragmas)) as driver,
        begun(driver, writes=False),
    ):
        if schema_of(lambda sql: driver.execute(sql).fetchone()[0], location) != SCHEMA:
            return None
        return job(Reader(SqliteConnection(driver)))
