"""Copies of the diary: made while it is in use, verified, private, and never half there."""

from __future__ import annotations

import filecmp
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.places import Place
from tracker.rules.rotation import kept
from tracker.store.faults import sentence_for
from tracker.store.files import is_foreign, private_folder, sync_folder, uri
from tracker.store.schema import APPLICATION_ID, SCHEMA
from tracker.trouble import Trouble
from tracker.words import say

FOLDER = "backups"
ASIDE = "aside"
UNFINISHED = ".unfinished-"
"""Ends a file's name while it is being written, before the number of the process that writes."""

BUSY_SECONDS = 5.0

_OF_ITS_USE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR",
               "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_NOMEM")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a day."""

    day: date
    path: Path


def folder_of(place: Place) -> Path:
    """Where the backups of a diary lie: in a folder beside it, named after it."""
    assert place.path is not None
    return place.path.parent / FOLDER / place.path.stem


def aside_of(place: Place) -> Path:
    """The folder for what was taken out of the diary's place: before a restore, an upgrade."""
    assert place.path is not None
    return place.path.parent / ASIDE


def unfinished_name(target: Path) -> Path:
    """What a file is called while this process writes it."""
    return target.with_name(f"{target.name}{UNFINISHED}{os.getpid()}")


def unfinished_of(place: Place) -> list[Path]:
    """Files that an interrupted process left half written, in the diary's own folders."""
    assert place.path is not None
    folders = (place.path.parent, folder_of(place), aside_of(place))
    found = [path for folder in folders for path in sorted(folder.glob(f"*{UNFINISHED}*"))]
    return [path for path in found if not _is_being_written(path)]


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


def backups_of(place: Place) -> tuple[Backup, ...]:
    """The daily backups there are, newest first."""
    found = []
    for path in folder_of(place).glob("*.db"):
        with suppress(ValueError):
            found.append(Backup(date.fromisoformat(path.stem), path))
    return tuple(sorted(found, key=lambda backup: backup.day, reverse=True))


def back_up_daily(place: Place, day: date) -> Path | None:
    """Makes the backup of a day if there is none yet, and removes those past their time."""
    path = folder_of(place) / f"{day.isoformat()}.db"
    if path.exists():
        return None
    copy(place, path)
    existing = backups_of(place)
    stays = kept(backup.day for backup in existing)
    for backup in existing:
        if backup.day not in stays:
            backup.path.unlink(missing_ok=True)
    return path


def keep_before_upgrade(place: Place, schema: int) -> None:
    """Keeps a verified copy of a diary of an older schema, before anything in it changes.

    Whoever calls this holds the diary's one lock for writing: no other process changes it, or
    does the same. Earlier copies are not written over; the same as one is not kept twice.
    """
    assert place.path is not None
    stem = f"{place.path.stem}-schema-{schema}"
    target, earlier = aside_of(place) / f"{stem}.db", []
    while target.exists():
        earlier.append(target)
        target = target.with_name(f"{stem}-{len(earlier) + 1}.db")
    copy(place, target)
    if any(filecmp.cmp(one, target, shallow=False) for one in earlier):
        target.unlink()


def copy(place: Place, target: Path) -> None:
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
            closing(_open_to_read(place.path)) as source,
            closing(_open(unfinished, "rw")) as written,
        ):
            source.backup(written, progress=_not_for_ever(place))
        problem = damage_in(unfinished)
        if problem is not None:
            raise Trouble(say("care.copy_damaged", path=place.label, problem=problem))
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise Trouble(sentence_for(error, place)) from error
    except OSError as error:
        raise Trouble(
            say("care.cannot_write", path=target, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def put_back(place: Place, backup: Path) -> None:
    """Puts a backup in the diary's place, in one transaction where there is a sound diary:
    killed half way, the old one comes back by its journal."""
    assert place.path is not None
    try:
        with (
            closing(_open_to_read(backup)) as source,
            closing(_open(place.path, "rw")) as diary,
        ):
            diary.execute("PRAGMA synchronous=EXTRA")
            diary.execute("PRAGMA secure_delete=ON")
            source.backup(diary, progress=_not_for_ever(place))
    except sqlite3.Error as error:
        raise Trouble(sentence_for(error, place)) from error


def is_diary(path: Path) -> bool:
    """Whether a file is a diary this calmtrack can read, of its own revision or an older one.

    Raises Trouble for one that can't be looked into now.
    """
    if is_foreign(path):
        return False
    try:
        with closing(_open_to_read(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        _only_damage(error, path)
        return False
    return bool(application == APPLICATION_ID and 0 < schema <= SCHEMA)


def is_anothers(path: Path) -> bool:
    """Whether a file is a sound database of another program's. Raises Trouble as `is_diary`."""
    if is_foreign(path):
        return True
    try:
        with closing(_open_to_read(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error as error:
        _only_damage(error, path)
        return False
    return bool(application != APPLICATION_ID and (application or tables))


def has_our_mark(path: Path) -> bool:
    """Whether a file's first bytes say that it is a diary, sound or not; true of none at all."""
    with path.open("rb") as file:
        head = file.read(72)
    return not head or int.from_bytes(head[68:72], "big") == APPLICATION_ID


def damage_in(path: Path) -> str | None:
    """What SQLite finds wrong in a file, its first finding; None when it is sound.

    Raises Trouble for one that can't be looked into now: that is no damage.
    """
    try:
        with closing(_open_to_read(path)) as connection:
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
        raise Trouble(sentence_for(error, Place(path))) from error


def _not_for_ever(place: Place) -> Callable[[int, int, int], None]:
    """Ends a copy when another program keeps the file: sqlite3 itself would try without end."""

    def progress(status: int, _: int, __: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Trouble(say("store.busy", path=place.label))

    return progress


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Opened read-only, but where a killed writer left its journal: only a writer can take
    back what is half written."""
    connection = _open(path, "ro")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            return _open(path, "rw")
        raise
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
