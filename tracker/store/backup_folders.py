"""The folders of a diary's daily backups and of the copies set aside, beside its file."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.location import Location

FOLDER = "backups"
QUARANTINE = "aside"

BACKUP_NAME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-[0-9a-f]{8})?\.db"
"""A daily backup's file name, with its day as group 1."""

REASONS = ("before-restore", "schema", "backup")
"""Why a file was set aside; part of its name."""

_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}"
_SET_ASIDE_NAME = (
    rf"(.+?)-(?:before-restore-{_MOMENT}|schema-[0-9]+|backup-[0-9-]{{10}}-{_MOMENT})"
    r"(?:-[0-9]+)?\.db"
)
"""The file name of a copy set aside, with the name of its diary as group 1."""


def is_backup(location: Location) -> bool:
    """Whether a location is that of a daily backup or a copy set aside, by its name and folder."""
    return location.path is not None and _name_of_its_diary(location.path) is not None


def refuse_backup(location: Location) -> None:
    """Raises InputError for a location that is a backup's: it stays as it was made."""
    refuse_missing_backup(location)
    if is_backup(location):
        message = _('This is a backup, so it stays as it is. To go back to it, run "{command}".')
        raise InputError(
            message.format(command=_command(location.file, "restore", str(location.file))),
            in_app=_("This is a backup, so it stays as it is."),
        )


def refuse_backup_of_backup(location: Location) -> None:
    """Raises InputError for a location that is a backup's: it has none of its own."""
    if is_backup(location):
        message = _('This is a backup already. To list those of its diary, run "{command}".')
        raise InputError(message.format(command=_command(location.file, "backup")))


def refuse_missing_backup(location: Location) -> None:
    """Raises InputError for a location that is a backup's where there is none any more, or yet."""
    if is_backup(location) and not location.file.exists():
        message = _('There\'s no backup at {path}. Run "{command}" to see those there are.')
        command = _command(location.file, "backup")
        raise InputError(message.format(path=location.label, command=command))


def _command(backup: Path, *words: str) -> str:
    """A command about the diary that a backup is of, which may be another one than the default."""
    return command_about(_diary_of(Path(os.path.realpath(backup))), *words)


def command_about(diary: object, *words: str) -> str:
    """The words of a command, quoted for a shell, about a diary's path or address."""
    import shlex

    return shlex.join(("calmtrack", *words, "--diary", str(diary)))


def _diary_of(backup: Path) -> Path:
    """The file of the diary that a backup was made of, by its name; it may be missing."""
    name = _name_of_its_diary(backup) or ""
    folders = 1 if backup.parent.name == QUARANTINE else 2
    beside = backup.parents[folders] / name
    with_ending = beside.with_name(f"{name}.db")
    return beside if beside.is_file() and not with_ending.is_file() else with_ending


def _name_of_its_diary(path: Path) -> str | None:
    """What `name_of` a diary is, by the path of its backup; None for another path. Links that form
    a cycle are no error here: opening the path reports them."""
    real = Path(os.path.realpath(path))
    if real.parent.name == QUARANTINE:
        match = re.fullmatch(_SET_ASIDE_NAME, real.name)
        return None if match is None else match[1]
    is_daily = real.parent.parent.name == FOLDER and re.fullmatch(BACKUP_NAME, real.name)
    return real.parent.name if is_daily else None


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
