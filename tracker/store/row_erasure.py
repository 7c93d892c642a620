"""What is really removed: a day, or everything, the undo log included."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, delete, select, text, update

from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.store import db_errors
from tracker.store import tables as t
from tracker.store.engine import engine_for
from tracker.store.integrity import open_file
from tracker.store.writer import Writer


def erase_day(place: Location, path: Path, day: date) -> int:
    """Removes a day from a diary's file, undo log included, then rewrites the file so that
    no trace stays in its unused pages. Returns how many rows of the day there were.

    `place` is what a person is told of when it can't be done. The file may be of an older schema.
    """
    with db_errors.translate_db_errors(place), engine_for(Location(path)).connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            removed = _remove(connection, day)
    try:
        with closing(open_file(path, "rw")) as file:
            file.execute("PRAGMA secure_delete=ON")
            file.execute("PRAGMA synchronous=EXTRA")
            file.execute("VACUUM")
    except sqlite3.Error as error:
        raise CalmtrackError(db_errors.message_for(error, place)) from error
    return removed


def erase_day_on_server(writer: Writer, day: date) -> int:
    """Removes a day from a diary in a server, undo log included. Returns how many rows of the
    day there were. What the server's files and logs still hold, only its keeper can remove."""
    return _remove(writer.connection, day)


def _remove(connection: Connection, day: date) -> int:
    removed = 0
    for table in (t.entry, t.evening):
        removed += connection.execute(delete(table).where(table.c.day == day)).rowcount
    connection.execute(delete(t.change_row).where(t.change_row.c.day == day.isoformat()))
    still_a_step = select(t.change_row.c.change_id)
    connection.execute(delete(t.change).where(t.change.c.id.not_in(still_a_step)))
    # The kept folds may have counted the day; pages and the next change fold anew.
    connection.execute(delete(t.streak_state))
    kept = connection.execute(select(t.kept.c.key, t.kept.c.value)).all()
    for key, value in _without(day, ((row.key, row.value) for row in kept)):
        connection.execute(update(t.kept).where(t.kept.c.key == key).values(value=value))
    return removed


def _without(day: date, kept: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Which lists of days that the app remembers name the day, and what they are without it:
    that something of it was shown once would tell that there was something."""
    for key, said in kept:
        value = json.loads(said)
        if isinstance(value, list) and day.isoformat() in value:
            yield key, json.dumps([one for one in value if one != day.isoformat()])


def erase_all_on_server(writer: Writer) -> None:
    """Removes a diary's tables from its schema, and the mark of their revision."""
    t.metadata.drop_all(writer.connection)
    writer.connection.execute(text("DROP TABLE alembic_version"))
