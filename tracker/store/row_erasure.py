"""Physically removes a day or a whole diary, the undo log included."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, delete, inspect, select, text, update

from tracker.location import Location
from tracker.models import RESTORE
from tracker.store import tables as t
from tracker.store.db_errors import translate_db_errors
from tracker.store.diary_file import SqliteFile
from tracker.store.integrity import open_file
from tracker.store.writer import Writer


def erase_day(location: Location, path: Path, day: date) -> int:
    """Deletes a day from a diary file, undo log included, then runs VACUUM to clear free pages.

    Returns the number of entries and evenings deleted. `location` is named in errors; the file may
    be of an older schema.
    """
    with translate_db_errors(location):
        with SqliteFile(Location(path)).engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                removed = _delete_day(connection, day)
        with closing(open_file(path, "rw")) as file:
            file.execute("PRAGMA secure_delete=ON")
            file.execute("PRAGMA synchronous=EXTRA")
            file.execute("VACUUM")
    return removed


def erase_day_on_server(writer: Writer, day: date) -> int:
    """Deletes a day from a server diary, undo log included; returns the number of rows deleted.

    The server's own files and logs may still hold it.
    """
    return _delete_day(writer.connection.core, day)


def _delete_day(connection: Connection, day: date) -> int:
    removed = 0
    for table in (t.entry, t.evening):
        removed += connection.execute(delete(table).where(table.c.day == day)).rowcount
    connection.execute(delete(t.change_row).where(t.change_row.c.day == day.isoformat()))
    if inspect(connection).has_table(t.conflict_record.name):
        in_day = t.conflict_record.c.day == day.isoformat()
        connection.execute(delete(t.conflict_record).where(in_day))
    with_rows = select(t.change_row.c.change_id)
    is_restore = t.change.c.what.startswith(f"{RESTORE} ")
    connection.execute(delete(t.change).where(t.change.c.id.not_in(with_rows), ~is_restore))
    # Cached streak states may include the day; the next write rebuilds them.
    connection.execute(delete(t.streak_state))
    kept = connection.execute(select(t.kept.c.key, t.kept.c.value)).all()
    for key, value in _without(day, ((row.key, row.value) for row in kept)):
        is_key = t.kept.c.key == key
        if value is None:
            connection.execute(delete(t.kept).where(is_key))
        else:
            connection.execute(update(t.kept).where(is_key).values(value=value))
    return removed


def _without(day: date, kept: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str | None]]:
    """Changes that remove a day from the app state, as (key, JSON): a list without the day, or None
    to delete a row whose value is the day, such as that of the gentle message. `begun_on` stays: a
    diary without it would be initialised again."""
    for key, stored in kept:
        try:
            value = json.loads(stored)
        except (ValueError, TypeError, RecursionError):
            # An invalid row, which `doctor` reports.
            continue
        if isinstance(value, list) and day.isoformat() in value:
            yield key, json.dumps([one for one in value if one != day.isoformat()])
        elif value == day.isoformat() and key != "begun_on":
            yield key, None


def erase_all_on_server(writer: Writer) -> None:
    """Drops a diary's tables and Alembic's version table from its schema."""
    t.metadata.drop_all(writer.connection.core)
    writer.connection.core.execute(text("DROP TABLE alembic_version"))
