"""The folders of a diary's daily backups and of the copies set aside, beside its file."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.location import DIARY_FILE, Location, home

FOLDER = "backups"
QUARANTINE = "aside"

BACKUP_NAME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-[0-9a-f]{8})?\.db"
"""A daily backup's file name, with its day as group 1."""

REASONS = ("before-restore", "schema", "backup")
"""Why a file was set aside; part of its name."""

_SET_ASIDE_NAME = rf".+-({'|'.join(REASONS)})-.*\.db"


def is_backup(location: Location) -> bool:
    """Whether a location is that of a daily backup or a copy set aside, by its name and folder."""
    if location.path is None:
        return False
    # Links that form a cycle are no error here: opening the path reports them.
    path = Path(os.path.realpath(location.path))
    if path.parent.name == QUARANTINE:
        return re.fullmatch(_SET_ASIDE_NAME, path.name) is not None
    is_daily = path.parent.parent.name == FOLDER
    return is_daily and re.fullmatch(BACKUP_NAME, path.name) is not None


def refuse_backup(location: Location) -> None:
    """Raises InputError for a location that is a backup's: it stays as it was made."""
    refuse_missing_backup(location)
    if is_backup(location):
        message = _('This is a backup, so it stays as it is. To go back to it, run "{command}".')
        raise InputError(
            message.format(command=_restore_command(location.file)),
            in_app=_("This is a backup, so it stays as it is."),
        )


def refuse_missing_backup(location: Location) -> None:
    """Raises InputError for a location that is a backup's where there is none any more, or yet."""
    if is_backup(location) and not location.file.exists():
        raise InputError(
            _(
                'There\'s no backup at {path}. Run "calmtrack backup" to see those there are.'
            ).format(path=location.label)
        )


def _restore_command(backup: Path) -> str:
    """The command that restores a backup, with the diary that it is of, unless that is the one in
    the default location."""
    words = ["calmtrack", "restore", str(backup)]
    diary = _diary_of(backup.resolve())
    if diary is not None and diary != home() / DIARY_FILE:
        words += ["--diary", str(diary)]
    return shlex.join(words)


def _diary_of(backup: Path) -> Path | None:
    """The file of the diary that a backup was made of, by its folder or name; None for a missing
    one."""
    if backup.parent.name == QUARANTINE:
        beside = backup.parent.parent.iterdir()
        found = [one for one in beside if backup.name.startswith(f"{name_of(one)}-")]
        return max(filter(Path.is_file, found), key=lambda one: len(one.name), default=None)
    folder = backup.parent
    named = (folder.parent.parent / f"{folder.name}{ending}" for ending in (".db", ""))
    return next((one for one in named if one.is_file()), None)


def name_of(path: Path) -> str:
    """The name of a diary within the names of its backups: its file name without `.db`.

    It is distinct for any two files in a folder. A diary and its copy have one id, so that by the
    id alone they would share their backups.
    """
    return path.stem if path.suffix == ".db" else path.name


def folder_of(location: Location) -> Path:
    """The folder in which a diary's daily backups are made, beside it: `backups/diary` for
    diary.db, `backups/diary.sqlite` for diary.sqlite."""
    return location.file.parent / FOLDER / name_of(location.file)


def folders_of(location: Location) -> tuple[Path, ...]:
    """The folders in which a diary's daily backups can be. Version 1.0 named the folder without any
    ending, so that diary.db and diary.sqlite shared one; `owner_test` tells their files apart."""
    own = folder_of(location)
    return tuple(dict.fromkeys((own, own.with_name(location.file.stem))))


def has_daily_backup(location: Location) -> bool:
    """Whether a file has daily backups: it was a diary then, whatever it has now. Those that
    version 1.0 made can be of a file with another ending."""
    return location.path is not None and any(folder_of(location).glob("????-??-??*.db"))
