"""The folders of a diary's daily backups, beside its file."""

from __future__ import annotations

from pathlib import Path

from tracker.location import Location

FOLDER = "backups"


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
