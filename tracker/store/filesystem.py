"""Creates a diary file, and recognises one by its header without taking a lock on it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from tracker.errors import CalmtrackError
from tracker.files import private_folder
from tracker.i18n.messages import _
from tracker.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"

HEADER_SIZE = 72
"""Bytes at the start of an SQLite file, up to and with the application id."""


def create_private(path: Path) -> None:
    """Creates an empty file with mode 0600, and missing folders with 0700; keeps an existing file.

    Raises CalmtrackError.
    """
    try:
        private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (FileExistsError, NotADirectoryError) as error:
        if path.is_file():
            return
        occupied = path if isinstance(error, FileExistsError) else path.parent
        raise CalmtrackError(
            _(
                "Couldn't create the diary: something else is at {path}. Move it, or "
                "choose another location with --diary."
            ).format(path=occupied)
        ) from error
    except OSError as error:
        raise CalmtrackError(
            _(
                "Couldn't create the diary at {path}: {reason}. Choose another location with "
                "--diary or CALMTRACK_HOME."
            ).format(path=path, reason=error.strerror or "unknown")
        ) from error


def is_file(path: Path) -> bool:
    """Whether the path is a regular file that can be accessed."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_foreign(path: Path) -> bool:
    """Whether the header shows another program's SQLite database.

    A connection that could lock the file would create a -wal file next to one in WAL mode.
    """
    head = header(path, HEADER_SIZE)
    application = application_id(head)
    is_wal = head[18:19] == b"\x02"
    return (
        head.startswith(_MAGIC) and application != APPLICATION_ID and (application != 0 or is_wal)
    )


def application_id(head: bytes) -> int:
    """The application id in an SQLite header: big-endian at offset 68 (sqlite.org/fileformat2)."""
    return int.from_bytes(head[68:HEADER_SIZE], "big")


def is_ours(path: Path) -> bool:
    """Whether SQLite reads our application id in a file's header; the file may be damaged."""
    # Immutable: reads without locks, and ignores a journal. SQLite itself doesn't close a file on
    # which another connection of this process has a lock.
    address = f"{uri(path, 'ro')}&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == (APPLICATION_ID,))


def header(path: Path, size: int) -> bytes:
    """The first `size` bytes of a regular file; b"" for one that can't be read. For a diary, a
    synthetic header of 72 bytes: zeros but for the magic string and our application id.

    A diary is not opened as a plain file: closing it would drop all POSIX locks that this process
    has on it, even one under which another thread is writing. Another calmtrack would then take
    that thread's journal for a dead process's, and roll it back (sqlite.org/howtocorrupt.html,
    2.2).
    """
    if not is_file(path):
        return b""
    if is_ours(path):
        return _MAGIC.ljust(HEADER_SIZE - 4, b"\0") + APPLICATION_ID.to_bytes(4, "big")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def uri(path: Path, mode: str) -> str:
    """The SQLite URI of a file with a mode: `ro`, or `rw`, which never creates the file."""
    return f"file:{quote(bytes(path))}?mode={mode}"


def decode_text(stored: bytes) -> str:
    """A stored text; bytes that are not UTF-8, which any program can store, become U+FFFD."""
    return stored.decode("utf-8", "replace")


def journal_of(path: Path) -> Path:
    """SQLite's rollback journal of a file, which exists during a write transaction and after a
    crash within one."""
    return path.with_name(path.name + "-journal")


def sync_conflict_copies(path: Path) -> list[Path]:
    """Conflict copies that Syncthing wrote next to a diary changed on two machines."""
    beginning = f"{path.stem}.sync-conflict"
    copies = path.parent.glob("*.sync-conflict*")
    return sorted(
        one for one in copies if one.name.startswith(beginning) and one.suffix == path.suffix
    )
