"""Copies of the diary: made while it is in use, verified, private, and never half there."""

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
"""Ends a file's name while it is being written, before the number of the process that writes."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a day."""

    day: date
    path: Path


def folder_of(place: Location) -> Path:
    """Where the backups of a diary lie: in a folder beside it, named after it."""
    assert place.path is not None
    return place.path.parent / FOLDER / place.path.stem


def quarantine_folder(place: Location) -> Path:
    """The folder for what was taken out of the diary's place: before a restore, an upgrade."""
    assert place.path is not None
    return place.path.parent / QUARANTINE


def unfinished_name(target: Path) -> Path:
    """What a file is called while this process writes it."""
    return target.with_name(f"{target.name}{UNFINISHED}{os.getpid()}")


def unfinished_of(place: Location) -> list[Path]:
    """Files that an interrupted process left half written.

    Only those named as this diary's own: the folders may be the person's, with other things.
    """
    assert place.path is not None
    ours = (
        (place.path.parent, re.escape(place.path.name)),
        (folder_of(place), r"\d{4}-\d\d-\d\d\.db"),
        (quarantine_folder(place), rf"{re.escape(place.path.stem)}-(before-restore|schema)-.*\.db"),
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


def backups_of(place: Location) -> tuple[Backup, ...]:
    """The daily backups there are, newest first."""
    found = []
    for path in folder_of(place).glob("*.db"):
        with suppress(ValueError):
            found.append(Backup(date.fromisoformat(path.stem), path))
    return tuple(sorted(found, key=lambda backup: backup.day, reverse=True))


def back_up_daily(place: Location, day: date) -> Path | None:
    """Makes the backup of a day if there is none yet, and removes those past their time."""
    path = folder_of(place) / f"{day.isoformat()}.db"
    if path.exists():
        return None
    copy(place, path)
    existing = backups_of(place)
    stays = retained_days(backup.day for backup in existing)
    for backup in existing:
        if backup.day not in stays:
            backup.path.unlink(missing_ok=True)
    return path


def keep_before_upgrade(place: Location, schema: int) -> None:
    """Keeps a verified copy of a diary of an older schema, before anything in it changes.

    Whoever calls this holds the diary's one lock for writing: no other process changes it, or
    does the same. Earlier copies are not written over; the same as one is not kept twice.
    """
    assert place.path is not None
    stem = f"{place.path.stem}-schema-{schema}"
    target, earlier = quarantine_folder(place) / f"{stem}.db", []
    while target.exists():
        earlier.append(target)
        target = target.with_name(f"{stem}-{len(earlier) + 1}.db")
    copy(place, target)
    if any(filecmp.cmp(one, target, shallow=False) for one in earlier):
        target.unlink()


def copy(place: Location, target: Path) -> None:
    """Writes a verified copy of the diary: beside its target first, then renamed to it.

    SQLite's own backup takes it page by page under its locks; a plain copy of a file in use
    can hold half a change. Raises Trouble, and then leaves nothing behind.
    """
    assert place.path is not None
    unfinished = unfinished_name(target)
    try:
        private_folder(target.parent)
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with (
            closing(open_to_read(place.path)) as source,
            closing(open_file(unfinished, "rw")) as written,
        ):
            source.backup(written, progress=_abort_when_busy(place))
        problem = find_corruption(unfinished)
        if problem is not None:
            raise CalmtrackError(say("care.copy_damaged", path=place.label, problem=problem))
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, place)) from error
    except OSError as error:
        raise CalmtrackError(
            say("care.cannot_write", path=target, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def restore_from(place: Location, backup: Path) -> None:
    """Puts a backup in the diary's place, in one transaction where there is a sound diary:
    killed half way, the old one comes back by its journal."""
    assert place.path is not None
    try:
        with (
            closing(open_to_read(backup)) as source,
            closing(open_file(place.path, "rw")) as diary,
        ):
            diary.execute("PRAGMA synchronous=EXTRA")
            diary.execute("PRAGMA secure_delete=ON")
            source.backup(diary, progress=_abort_when_busy(place))
    except sqlite3.Error as error:
        raise CalmtrackError(message_for(error, place)) from error


def _abort_when_busy(place: Location) -> Callable[[int, int, int], None]:
    """Ends a copy when another program keeps the file: sqlite3 itself would try without end."""

    def progress(status: int, _: int, __: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise CalmtrackError(say("store.busy", path=place.label))

    return progress
