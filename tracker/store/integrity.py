"""What a file is: a sound diary, a damaged one, another program's; looked into, never changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.store.db_errors import BUSY_SECONDS, message_for
from tracker.store.filesystem import is_foreign, uri
from tracker.store.schema import APPLICATION_ID, SCHEMA

_OF_ITS_USE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR",
               "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_NOMEM")  # fmt: skip


def is_diary(path: Path) -> bool:
    """Whether a file is a diary this calmtrack can read, of its own revision or an older one.

    Raises Trouble for one that can't be looked into now.
    """
    if is_foreign(path):
        return False
    try:
        with closing(open_to_read(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        _only_damage(error, path)
        return False
    return bool(application == APPLICATION_ID and 0 < schema <= SCHEMA)


def is_foreign_database(path: Path) -> bool:
    """Whether a file is a sound database of another program's. Raises Trouble as `is_diary`."""
    if is_foreign(path):
        return True
    try:
        with closing(open_to_read(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error as error:
        _only_damage(error, path)
        return False
    return bool(application != APPLICATION_ID and (application or tables))


def has_application_id(path: Path) -> bool:
    """Whether a file's first bytes say that it is a diary, sound or not; true of none at all."""
    with path.open("rb") as file:
        head = file.read(72)
    return not head or int.from_bytes(head[68:72], "big") == APPLICATION_ID


def find_corruption(path: Path) -> str | None:
    """What SQLite finds wrong in a file, its first finding; None when it is sound.

    Raises Trouble for one that can't be looked into now: that is no damage.
    """
    try:
        with closing(open_to_read(path)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found == "ok" and connection.execute("PRAGMA foreign_key_check").fetchone():
                found = "a row points nowhere"
    except sqlite3.Error as error:
        _only_damage(error, path)
        return str(error)
    return None if found == "ok" else str(found)


def _only_damage(error: sqlite3.Error, path: Path) -> None:
    """Raises Trouble for what SQLite reports of a file's use and not of what is in it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_OF_ITS_USE):
        raise CalmtrackError(message_for(error, Location(path))) from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """Opened read-only, but where a killed writer left its journal: only a writer can take
    back what is half written."""
    connection = open_file(path, "ro")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            return open_file(path, "rw")
        raise
    return connection


def open_file(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
