"""Creates and inspects a diary file without opening it as a database."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote

from tracker.errors import CalmtrackError
from tracker.files import private_folder
from tracker.i18n.messages import _
from tracker.store.schema import APPLICATION_ID


def create_private(path: Path) -> None:
    """Creates an empty file with mode 0600, and missing folders with 0700; keeps an existing file.

    Raises CalmtrackError.
    """
    try:
        private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        if not path.is_file():
            raise CalmtrackError(
                _(
                    "Couldn't create the diary: something else is at {path}. Move it, or "
                    "choose another location with --diary."
                ).format(path=path)
            ) from error
    except NotADirectoryError as error:
        raise CalmtrackError(
            _(
                "Couldn't create the diary: something else is at {path}. Move it, or choose "
                "another location with --diary."
            ).format(path=path.parent)
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

    Reads bytes, since opening a database in WAL mode would create a -wal file next to it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    application = int.from_bytes(head[68:72], "big")
    is_wal = head[18:19] == b"\x02"
    return (
        head.startswith(b"SQLite format 3\0")
        and application != APPLICATION_ID
        and (application != 0 or is_wal)
    )


def uri(path: Path, mode: str) -> str:
    """The file as an SQLite address with its mode: `ro`, or `rw`, which never creates it."""
    return f"file:{quote(bytes(path))}?mode={mode}"


def decode_text(stored: bytes) -> str:
    """A stored text; bytes that are not UTF-8, which any program can store, become U+FFFD."""
    return stored.decode("utf-8", "replace")


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a change replaces, until it is done."""
    return path.with_name(path.name + "-journal")


def sync_conflict_copies(path: Path) -> list[Path]:
    """Conflict copies that Syncthing wrote next to a diary changed on two machines."""
    beginning = f"{path.stem}.sync-conflict"
    copies = path.parent.glob("*.sync-conflict*")
    return sorted(
        one for one in copies if one.name.startswith(beginning) and one.suffix == path.suffix
    )
