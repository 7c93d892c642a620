"""Really removing: a day, or the whole diary, from its undo log and its backups too."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from tracker import clock
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.files import sync_folder
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.store import backups, integrity, row_erasure
from tracker.store.backups import unfinished_name, unfinished_of
from tracker.store.filesystem import journal_of, sync_conflict_copies


def forget(diary: Diary, day: date) -> int:
    """Really removes a day, from the diary, its undo log and every backup. Can't be undone."""
    if not diary.store.begun():
        raise InputError(say("care.not_begun", path=diary.place.label))
    if diary.place.path is None:
        with diary.store.writing(clock.utc_micros(clock.now())) as writer:
            return row_erasure.erase_day_on_server(writer, day)
    path = diary.place.path
    removed = row_erasure.erase_day(diary.place, path, day)
    for left in unfinished_of(diary.place):
        left.unlink(missing_ok=True)
    still_there = [str(copy) for copy in _copies(diary) if not _forget_in(diary, copy, day)]
    if still_there:
        raise CalmtrackError(say("care.not_rewritten", path=", ".join(still_there)))
    return removed


def _forget_in(diary: Diary, backup: Path, day: date) -> bool:
    """Rewrites a backup without the day: a copy is changed, verified and renamed over it.
    Whether that could be done."""
    changed = unfinished_name(backup)
    try:
        if not integrity.is_diary(backup):
            return False
        backups.copy(Location(backup), changed)
        row_erasure.erase_day(diary.place, changed, day)
        changed.replace(backup)
        sync_folder(backup.parent)
    except (CalmtrackError, OSError):
        return False
    finally:
        changed.unlink(missing_ok=True)
    return True


def erase(diary: Diary) -> int:
    """Really removes the diary, its backups and what was moved aside. Can't be undone.

    Returns how many files there were; 0 in a database server, where its tables are dropped.
    """
    if diary.place.path is None:
        return _erase_there(diary)
    path = diary.place.path
    if path.exists() and not integrity.has_application_id(path):
        raise CalmtrackError(say("store.not_a_diary", path=path))
    everything = [
        *(file for copy in _copies(diary) for file in (copy, journal_of(copy))),
        *unfinished_of(diary.place),
        journal_of(path),
        path,
    ]
    existing = [one for one in everything if one.exists()]
    for one in existing:
        _overwrite(one)
        one.unlink(missing_ok=True)
    ours = backups.folder_of(diary.place)
    for folder in (ours, ours.parent, path.parent / backups.QUARANTINE):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    sync_folder(path.parent)
    return len(existing)


def _erase_there(diary: Diary) -> int:
    if not diary.store.begun():
        raise InputError(say("care.not_begun", path=diary.place.label))
    with diary.store.writing(clock.utc_micros(clock.now())) as writer:
        row_erasure.erase_all_on_server(writer)
    return 0


def _overwrite(path: Path) -> None:
    """Writes zeros over a file's bytes: what is left on the disk when its name is gone."""
    with path.open("r+b") as file:
        size = path.stat().st_size
        while size > 0:
            size -= file.write(bytes(min(size, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())


def _copies(diary: Diary) -> list[Path]:
    path = file_of(diary)
    # Not whatever begins like it: a diary called diary-2 may keep its own beside this one's.
    ours = tuple(f"{path.stem}-{why}-" for why in ("before-restore", "schema"))
    aside = sorted((path.parent / backups.QUARANTINE).glob("*.db"))
    return [
        *(backup.path for backup in backups.backups_of(diary.place)),
        *(one for one in aside if one.name.startswith(ours)),
        *sync_conflict_copies(path),
    ]


def file_of(diary: Diary) -> Path:
    """The diary's file. Raises WrongInput for one that lies in a database server."""
    if diary.place.path is None:
        raise InputError(say("care.on_a_server"))
    return diary.place.path
