"""Caring for a diary: backups, bringing one back, looking it over, and really removing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker import clock
from tracker.diary.diary import Diary
from tracker.diary.erasure import file_of
from tracker.errors import CalmtrackError, InputError
from tracker.files import private_folder, sync_folder
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.store import backups, integrity
from tracker.store.backups import Backup, unfinished_name, unfinished_of
from tracker.store.filesystem import (
    create_private,
    journal_of,
    sync_conflict_copies,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `doctor` found."""

    sentence: str
    repair: str | None
    """What a repair would do about it; None where there is nothing to do."""


def back_up_daily(diary: Diary) -> Path | None:
    """The backup of today, if there is none yet; None too for a diary in a database server."""
    if diary.place.path is None or not diary.store.begun():
        return None
    return backups.back_up_daily(diary.place, diary.today())


def clean_up(diary: Diary) -> list[str]:
    """Removes what an interrupted calmtrack left half written, as every start does; says where
    others than the owner can look into the diary, and where a second version of it lies."""
    path = diary.place.path
    if path is None or not path.exists():
        return []
    for left in unfinished_of(diary.place):
        left.unlink(missing_ok=True)
    return [
        *(say("care.told_open", path=one) for one in _too_open(path)),
        *(say("merge.conflict", path=one) for one in sync_conflict_copies(path)),
    ]


def list_backups(diary: Diary) -> tuple[Backup, ...]:
    """The daily backups there are, newest first."""
    file_of(diary)
    return backups.backups_of(diary.place)


def back_up_to(diary: Diary, target: Path) -> None:
    """A verified copy of the diary at a place of the person's choice; never over another file."""
    file_of(diary)
    if not diary.store.begun():
        raise InputError(say("care.not_begun", path=diary.place.label))
    if target.exists():
        raise InputError(say("care.exists", path=target))
    backups.copy(diary.place, target)


def restore(diary: Diary, backup: Path) -> Path | None:
    """Puts a backup in the diary's place. What it replaces is kept; returns where.

    Raises WrongInput for a file that is no sound diary, and then changes nothing.
    """
    path = file_of(diary)
    if not backup.is_file() or not integrity.is_diary(backup):
        raise InputError(say("care.not_a_backup", path=backup))
    problem = integrity.find_corruption(backup)
    if problem is not None:
        raise InputError(say("care.damaged_backup", path=backup, problem=problem))
    if not path.exists() or path.stat().st_size == 0:
        create_private(path)
        backups.restore_from(diary.place, backup)
        return None
    kept = _quarantine_path(path, "before-restore")
    if integrity.is_diary(path) and integrity.find_corruption(path) is None:
        backups.copy(diary.place, kept)
        backups.restore_from(diary.place, backup)
    else:
        _replace_damaged(path, backup, kept)
    return kept


def _replace_damaged(path: Path, backup: Path, kept: Path) -> None:
    """A damaged file can't take pages in a transaction: it is moved aside as it is, journal
    and all, and the copy takes its name."""
    fresh = unfinished_name(path)
    backups.copy(Location(backup), fresh)
    private_folder(kept.parent)
    journal = journal_of(path)
    shutil.copy2(path, kept)
    if journal.exists():
        journal.replace(journal_of(kept))
    fresh.replace(path)
    sync_folder(path.parent)


def diagnose(diary: Diary) -> tuple[Problem, ...]:
    """Looks a diary over; changes nothing."""
    return tuple(_findings(diary))


def _findings(diary: Diary) -> Iterator[Problem]:
    path = diary.place.path
    if path is None:
        yield from _findings_inside(diary)
        return
    if not path.exists():
        yield Problem(say("care.missing", path=path), _from_backup(diary))
        return
    if integrity.is_foreign_database(path):
        yield Problem(say("store.not_a_diary", path=path), None)
        return
    yield from _open_to_others(path)
    for left in unfinished_of(diary.place):
        yield Problem(say("care.unfinished", path=left), say("care.remove_it"))
    if path.stat().st_size == 0:
        yield Problem(say("care.empty", path=path), _from_backup(diary))
        return
    problem = integrity.find_corruption(path)
    if problem is not None:
        yield Problem(say("care.damaged", path=path, problem=problem), _from_backup(diary))
        return
    yield from _findings_inside(diary)


def _findings_inside(diary: Diary) -> Iterator[Problem]:
    """What is found by asking the diary itself, wherever it lies."""
    try:
        begun = diary.store.begun()
    except CalmtrackError as trouble:
        yield Problem(str(trouble), None)
        return
    if not begun:
        yield Problem(say("care.missing", path=diary.place.label), None)
    elif wrong := diary.folds_that_differ():
        yield Problem(say("care.folds", names=", ".join(wrong)), say("care.fold_anew"))


def repair(diary: Diary) -> Iterator[str]:
    """Does what `examine` said could be done; says what it did. Keeps what it replaces.

    What lies beside the diary is put right in any case. The diary itself is left alone where
    `examine` found something in it that nothing can be done about, as in another program's file:
    a backup put in its place, or a question to it, would only do harm.
    """
    findings = diagnose(diary)
    path = diary.place.path
    if path is None:
        if any(finding.repair is not None for finding in findings):
            diary.fold_anew()
            yield say("care.folded")
        return
    if path.exists() and not integrity.is_foreign_database(path):
        for open_path in _too_open(path):
            open_path.chmod(0o700 if open_path.is_dir() else 0o600)
            yield say("care.closed", path=open_path)
    for left in unfinished_of(diary.place):
        left.unlink(missing_ok=True)
        yield say("care.removed", path=left)
    if any(finding.repair is None for finding in findings):
        return
    if _needs_backup(path):
        newest = newest_good(diary)
        if newest is not None:
            kept = restore(diary, newest.path)
            yield say("care.restored", path=newest.path)
            if kept is not None:
                yield say("care.kept", path=kept)
    elif diary.folds_that_differ():
        diary.fold_anew()
        yield say("care.folded")


def newest_good(diary: Diary) -> Backup | None:
    """The newest backup that is sound."""
    for backup in backups.backups_of(diary.place):
        # One that can't be read now is no help now.
        with suppress(CalmtrackError):
            if integrity.is_diary(backup.path) and integrity.find_corruption(backup.path) is None:
                return backup
    return None


def _open_to_others(path: Path) -> Iterator[Problem]:
    for one in _too_open(path):
        yield Problem(say("care.open_to_others", path=one), say("care.close_it"))


def _too_open(path: Path) -> list[Path]:
    """The file and its folder, where others than the owner may look into them."""
    if os.name == "nt":
        return []
    return [one for one in (path.parent, path) if one.stat().st_mode & 0o077]


def _needs_backup(path: Path) -> bool:
    return (
        not path.exists() or path.stat().st_size == 0 or integrity.find_corruption(path) is not None
    )


def _from_backup(diary: Diary) -> str | None:
    newest = newest_good(diary)
    return None if newest is None else say("care.bring_back", path=newest.path)


def _quarantine_path(path: Path, why: str) -> Path:
    moment = clock.now().strftime("%Y-%m-%dT%H%M%S")
    target = path.parent / backups.QUARANTINE / f"{path.stem}-{why}-{moment}.db"
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{path.stem}-{why}-{moment}-{number}.db")
    return target
