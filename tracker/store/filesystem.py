"""The diary's file before SQLite touches it: private, never created by accident."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote

from tracker.errors import CalmtrackError
from tracker.files import private_folder
from tracker.i18n.messages import say
from tracker.store.schema import APPLICATION_ID


def create_private(path: Path) -> None:
    """An empty file only its owner can read (0600), in a folder only its owner can enter (0700).

    A file that is already there is left alone. Raises Trouble in one sentence.
    """
    try:
        private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        if not path.is_file():
            raise CalmtrackError(say("store.in_the_way", path=path)) from error
    except NotADirectoryError as error:
        raise CalmtrackError(say("store.in_the_way", path=path.parent)) from error
    except OSError as error:
        raise CalmtrackError(
            say("store.cannot_create", path=path, reason=error.strerror or "unknown")
        ) from error


def is_file(path: Path) -> bool:
    """Whether there is a file that can be seen."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_foreign(path: Path) -> bool:
    """Whether the first bytes of a file already say that it is another program's database.

    SQLite can't be asked about one in WAL mode: it would write beside it, and we into it.
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


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a change replaces, until it is done."""
    return path.with_name(path.name + "-journal")


def sync_conflict_copies(path: Path) -> list[Path]:
    """Versions of a diary that Syncthing put beside it, when two machines had changed it."""
    beginning = f"{path.stem}.sync-conflict"
    beside = path.parent.glob("*.sync-conflict*")
    return sorted(one for one in beside if one.name.startswith(beginning))
