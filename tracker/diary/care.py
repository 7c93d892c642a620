"""Caring for a diary: backups, bringing one back, looking it over, and really removing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker import clock
from tracker.diary.diary import Diary
from tracker.places import Place
from tracker.store import backups, removal
from tracker.store.backups import Backup, unfinished_name, unfinished_of
from tracker.store.files import create_private, private_folder, sync_folder
from tracker.trouble import Trouble, WrongInput
from tracker.words import say


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `doctor` found."""

    sentence: str
    repair: str | None
    """What a repair would do about it; None where there is nothing to do."""


def back_up_daily(diary: Diary) -> Path | None:
    """The backup of today, if there is none yet; None too for a diary in a database server."""
    if diary.place.path is None or not diary.store.begun():
        return None
    return backups.back_up_daily(diary.place, diary.today())


def tidy(diary: Diary) -> list[str]:
    """Removes what an interrupted calmtrack left half written, as every start does; says where
    others than the owner can look into the diary."""
    path = diary.place.path
    if path is None or not path.exists():
        return []
    for left in unfinished_of(diary.place):
        left.unlink(missing_ok=True)
    return [say("care.told_open", path=one) for one in _too_open(path)]


def list_backups(diary: Diary) -> tuple[Backup, ...]:
    """The daily backups there are, newest first."""
    _on_a_file(diary)
    return backups.backups_of(diary.place)


def back_up_to(diary: Diary, target: Path) -> None:
    """A verified copy of the diary at a place of the person's choice; never over another file."""
    _on_a_file(diary)
    if not diary.store.begun():
        raise WrongInput(say("care.not_begun", path=diary.place.label))
    if target.exists():
        raise WrongInput(say("care.exists", path=target))
    backups.copy(diary.place, target)


def restore(diary: Diary, backup: Path) -> Path | None:
    """Puts a backup in the diary's place. What it replaces is kept; returns where.

    Raises WrongInput for a file that is no sound diary, and then changes nothing.
    """
    path = _on_a_file(diary)
    if not backup.is_file() or not backups.is_diary(backup):
        raise WrongInput(say("care.not_a_backup", path=backup))
    problem = backups.damage_in(backup)
    if problem is not None:
        raise WrongInput(say("care.damaged_backup", path=backup, problem=problem))
    if not path.exists() or path.stat().st_size == 0:
        create_private(path)
        backups.put_back(diary.place, backup)
        return None
    kept = _aside(path, "before-restore")
    if backups.is_diary(path) and backups.damage_in(path) is None:
        backups.copy(diary.place, kept)
        backups.put_back(diary.place, backup)
    else:
        _replace_damaged(path, backup, kept)
    return kept


def _replace_damaged(path: Path, backup: Path, kept: Path) -> None:
    """A damaged file can't take pages in a transaction: it is moved aside as it is, journal
    and all, and the copy takes its name."""
    fresh = unfinished_name(path)
    backups.copy(Place(backup), fresh)
    private_folder(kept.parent)
    journal = _journal_of(path)
    shutil.copy2(path, kept)
    if journal.exists():
        journal.replace(_journal_of(kept))
    fresh.replace(path)
    sync_folder(path.parent)


def examine(diary: Diary) -> tuple[Finding, ...]:
    """Looks a diary over; changes nothing."""
    return tuple(_findings(diary))


def _findings(diary: Diary) -> Iterator[Finding]:
    path = _on_a_file(diary)
    if not path.exists():
        yield Finding(say("care.missing", path=path), _from_backup(diary))
        return
    if backups.is_anothers(path):
        yield Finding(say("store.not_a_diary", path=path), None)
        return
    yield from _open_to_others(path)
    for left in unfinished_of(diary.place):
        yield Finding(say("care.unfinished", path=left), say("care.remove_it"))
    if path.stat().st_size == 0:
        yield Finding(say("care.empty", path=path), _from_backup(diary))
        return
    problem = backups.damage_in(path)
    if problem is not None:
        yield Finding(say("care.damaged", path=path, problem=problem), _from_backup(diary))
        return
    try:
        diary.store.begun()
    except Trouble as trouble:
        yield Finding(str(trouble), None)
        return
    if wrong := diary.folds_that_differ():
        yield Finding(say("care.folds", names=", ".join(wrong)), say("care.fold_anew"))


def repair(diary: Diary) -> Iterator[str]:
    """Does what `examine` said could be done; says what it did. Keeps what it replaces."""
    path = _on_a_file(diary)
    findings = examine(diary)
    if path.exists() and not backups.is_anothers(path):
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
        with suppress(Trouble):
            if backups.is_diary(backup.path) and backups.damage_in(backup.path) is None:
                return backup
    return None


def forget(diary: Diary, day: date) -> int:
    """Really removes a day, from the diary, its undo log and every backup. Can't be undone."""
    path = _on_a_file(diary)
    if not diary.store.begun():
        raise WrongInput(say("care.not_begun", path=diary.place.label))
    removed = removal.remove_day(diary.place, path, day)
    for left in unfinished_of(diary.place):
        left.unlink(missing_ok=True)
    still_there = [str(copy) for copy in _copies(diary) if not _forget_in(diary, copy, day)]
    if still_there:
        raise Trouble(say("care.not_rewritten", path=", ".join(still_there)))
    return removed


def _forget_in(diary: Diary, backup: Path, day: date) -> bool:
    """Rewrites a backup without the day: a copy is changed, verified and renamed over it.
    Whether that could be done."""
    changed = unfinished_name(backup)
    try:
        if not backups.is_diary(backup):
            return False
        backups.copy(Place(backup), changed)
        removal.remove_day(diary.place, changed, day)
        changed.replace(backup)
        sync_folder(backup.parent)
    except (Trouble, OSError):
        return False
    finally:
        changed.unlink(missing_ok=True)
    return True


def erase(diary: Diary) -> int:
    """Really removes the diary, its backups and what was moved aside. Can't be undone."""
    path = _on_a_file(diary)
    if path.exists() and not backups.has_our_mark(path):
        raise Trouble(say("store.not_a_diary", path=path))
    everything = [
        *(file for copy in _copies(diary) for file in (copy, _journal_of(copy))),
        *unfinished_of(diary.place),
        _journal_of(path),
        path,
    ]
    existing = [one for one in everything if one.exists()]
    for one in existing:
        _overwrite(one)
        one.unlink(missing_ok=True)
    ours = backups.folder_of(diary.place)
    for folder in (ours, ours.parent, path.parent / backups.ASIDE):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    sync_folder(path.parent)
    return len(existing)


def _overwrite(path: Path) -> None:
    """Writes zeros over a file's bytes: what is left on the disk when its name is gone."""
    with path.open("r+b") as file:
        size = path.stat().st_size
        while size > 0:
            size -= file.write(bytes(min(size, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())


def _copies(diary: Diary) -> list[Path]:
    path = _on_a_file(diary)
    # Not whatever begins like it: a diary called diary-2 may keep its own beside this one's.
    ours = tuple(f"{path.stem}-{why}-" for why in ("before-restore", "schema"))
    aside = sorted((path.parent / backups.ASIDE).glob("*.db"))
    return [
        *(backup.path for backup in backups.backups_of(diary.place)),
        *(one for one in aside if one.name.startswith(ours)),
    ]


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _open_to_others(path: Path) -> Iterator[Finding]:
    for one in _too_open(path):
        yield Finding(say("care.open_to_others", path=one), say("care.close_it"))


def _too_open(path: Path) -> list[Path]:
    """The file and its folder, where others than the owner may look into them."""
    if os.name == "nt":
        return []
    return [one for one in (path.parent, path) if one.stat().st_mode & 0o077]


def _needs_backup(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0 or backups.damage_in(path) is not None


def _from_backup(diary: Diary) -> str | None:
    newest = newest_good(diary)
    return None if newest is None else say("care.bring_back", path=newest.path)


def _aside(path: Path, why: str) -> Path:
    moment = clock.now().strftime("%Y-%m-%dT%H%M%S")
    target = path.parent / backups.ASIDE / f"{path.stem}-{why}-{moment}.db"
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{path.stem}-{why}-{moment}-{number}.db")
    return target


def _on_a_file(diary: Diary) -> Path:
    if diary.place.path is None:
        raise WrongInput(say("care.on_a_server"))
    return diary.place.path
