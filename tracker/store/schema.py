"""Schema revision and file identification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.store.db_errors import NO_DIARY, error_for

SCHEMA = 2
"""The newest revision under migrations/versions; SQLite's user_version in a diary file."""

APPLICATION_ID = 0x63616C6D
"""SQLite's application_id in a diary file: the ASCII letters "calm"."""

CREATE_VERSION = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""Alembic's own table."""

Query = Callable[[str], Any]
"""Runs a statement and returns the first column of its first row."""


def revision_of(schema: int) -> str:
    """The name of the Alembic revision that creates this schema, such as `0001`."""
    return f"{schema:04}"


def is_foreign_schema(query: Query) -> bool:
    """Whether an open SQLite database has another application's id, or tables without any id."""
    application = query("PRAGMA application_id")
    if application == APPLICATION_ID:
        return False
    return bool(application or query("SELECT count(*) FROM sqlite_master"))


def schema_of(query: Query, location: Location) -> int:
    """Schema revision of an open SQLite database, 0 to SCHEMA; 0 for an empty one.

    Raises CalmtrackError for another program's database, for a newer diary, and for one with
    triggers or views, which calmtrack never makes.
    """
    if is_foreign_schema(query):
        raise error_for(NO_DIARY, location.label)
    if query("PRAGMA application_id") != APPLICATION_ID:
        return 0
    if query("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"):
        # A trigger would run with the next write.
        raise CalmtrackError(
            _(
                "The diary at {path} contains triggers or views, which calmtrack never "
                'creates, so it wasn\'t opened. Run "calmtrack doctor --repair" to remove '
                "them."
            ).format(path=location.label)
        )
    return supported(query("PRAGMA user_version"), location)


def supported(schema: int, location: Location) -> int:
    """The schema revision; raises CalmtrackError if a newer calmtrack wrote it."""
    if schema > SCHEMA:
        raise CalmtrackError(
            _(
                "The diary at {path} is from a newer version of calmtrack. Nothing was "
                "changed. Update calmtrack to open it."
            ).format(path=location.label)
        )
    return schema


def check_current(schema: int, location: Location) -> None:
    """Raises CalmtrackError for any schema revision but the newest. A diary is migrated when it is
    opened, so an older revision means that another program has emptied or replaced it since."""
    if supported(schema, location) < SCHEMA:
        raise CalmtrackError(
            _(
                "The diary at {path} was emptied or replaced while calmtrack was open. Nothing "
                'was changed. Run "calmtrack doctor" to check the diary.'
            ).format(path=location.label)
        )
