"""Online backups of a diary file: verified, private, and renamed into place when complete."""

from __future__ import annotations

import filecmp
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.errors import CalmtrackError
from tracker.files import private_folder, sync_folder
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.rules.backup_rotation import retained_days
from tracker.store.db_errors import message_for
from tracker.store.integrity import find_corruption, open_file, open_to_read

FOLDER = "backups"
QUARANTINE = "aside"
UNFINISHED = ".unfinished-"
"""Suffix of a file while it is written, followed by the id of the writing process."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One daily backup."""

    day: date
    path: Path


def folder_of(location: Location) -> Path:
    """The folder of a diary's daily backups: `backups/<stem>` beside it."""
    assert location.path is not None
    return location.path.parent / FOLDER / location.path.stem


def quarantine_folder(location: Location) -> Path:
    """The folder for files replaced by a restore or copied before a migration."""
    assert location.path is not None
    return location.path.parent / QUARANTINE


def unfinished_name(target: Path) -> Path:
    """The temporary name of `target` while this process writes it."""
    return target.with_name(f"{target.name}{UNFINISHED}{os.getpid()}")


def unfinished_of(location: Location) -> list[Path]:
    """Temporary files left by an interrupted process.

    Only those named after this diary: the folders may hold other files of the person.
    """
    assert location.path is not None
    ours = (
        (location.path.parent, re.escape(location.path.name)),
        (folder_of(location), r"\d{4}-\d\d-\d\d\.db"),
        (
            quarantine_folder(location),
            rf"{re.escape(location.path.stem)}-(before-restore|schema)-.*\.db",
        ),
    )
    return [
        path
        for folder, name in ours
        for path in sorted(folder.glob(f"*{UNFINISHED}*"))
        if re.fullmatch(f"{name}{re.escape(UNFINISHED)}.*", path.name)
        and not _is_being_written(path)
    ]


def _is_being_written(path: Path) -> bool:
    number = path.name.rpartition(UNFINISHED)[2].partition("-")[0]
    if not number.isdecimal() or os.name == "nt":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return int(number) != os.getpid()


def backups_of(location: Location) -> tuple[Backup, ...]:
    """The existing daily backups, newest first."""
    found = []
    for path in folder_of(location).glob("*.db"):
        with suppress(ValueError):
            found.append(Backup(date.fromisoformat(path.stem), path))
    return tuple(sorted(found, key=lambda backup: backup.day, reverse=True))


def back_up_daily(location: Location, day: date) -> Path | None:
    """Creates the backup of a day unless it exists, and removes those past their retention."""
    path = folder_of(location) / f"{day.isoformat()}.db"
    if path.exists():
        return None
    copy(location, path)
    existing = backups_of(location)
    retained = retained_days(backup.day for backup in existing)
    for backup in existing:
        if backup.day not in retained:
            backup.path.unlink(missing_ok=True)
    return path


def keep_before_upgrade(location: Location, schema: int) -> None:
    """Stores a verified copy of a diary before it is migrated from an older schema.

    The caller holds the write lock. Earlier copies are never overwritten; an identical one is not
    stored twice.
    """
    assert location.path is not None
    stem = f"{location.path.stem}-schema-{schema}"
    target, earlier = quarantine_folder(location) / f"{stem}.db", []
    while target.exists():
        earlier.append(target)
        target = target.with_name(f"{stem}-{len(earlier) + 1}.db")
    copy(location, target)
    if any(filecmp.cmp(one, target, shallow=False) for one in earlier):
        target.unlink()


def copy(location: Location, target: Path) -> None:
    """Writes a verified copy of the diary to a temporary file and renames it to `target`.

    SQLite's online backup copies page by page under its locks; a plain copy of a file in use can
    hold half a transaction. Raises CalmtrackError, and then leaves no file behind.
    """
    assert location.path is not None
    unfinished = unfinished_name(target)
    try:
        private_folder(target.parent)
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with (
            closing(open_to_read(location.path)) as source,
            closing(open_file(unfinished, "rw")) as written,
        ):
            source.backup(written, progress=_abort_when_busy(location))
        problem = find_corruption(unfinished)
        if problem is not None:
            raise CalmtrackError(say("care.copy_damaged", path=location.label, problem=problem))
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, location)) from error
    except OSError as error:
        raise CalmtrackError(
            say("care.cannot_write", path=target, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def restore_from(location: Location, backup: Path) -> None:
    """Overwrites the diary with a backup in one transaction: killed halfway, it rolls back."""
    assert location.path is not None
    try:
        with (
            closing(open_to_read(backup)) as source,
            closing(open_file(location.path, "rw")) as diary,
        ):
            diary.execute("PRAGMA synchronous=EXTRA")
            diary.execute("PRAGMA secure_delete=ON")
            source.backup(diary, progress=_abort_when_busy(location))
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, location)) from error


def _abort_when_busy(location: Location) -> Callable[[int, int, int], None]:
    """Aborts a backup of a locked file, which sqlite3 would otherwise retry forever."""

    def progress(status: int, _: int, __: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise CalmtrackError(say("store.busy", path=location.label))

    return progress
