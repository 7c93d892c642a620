"""Recognises calmtrack's own files and folders by their content.

Permissions are changed, and files replaced, only after a check by one of these functions: a path
that a person names may be another program's file, or a folder that others work in.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tracker.location import ERROR_LOG, Location, NoHomeFolder, home, settings_path
from tracker.store.backup_folders import FOLDER, QUARANTINE, folders_of
from tracker.store.backups import UNFINISHED, quarantine_folder
from tracker.store.diary_file import application_id, header, is_file, journal_of
from tracker.store.schema import APPLICATION_ID

_JSON_EXPORT = b'{\n"calmtrack":'
_CSV_EXPORTS = (b"day,kind,practice,", b"day,weekday,calm,")


def is_diary_file(path: Path) -> bool:
    """Whether a regular file has our application id: a diary or a backup, damaged or not.

    The id is the text "calm", which a CSV export can have at the same offset. So the file must have
    NUL bytes too, as every database does.
    """
    head = _head(path)
    return application_id(head) == APPLICATION_ID and b"\0" in head


def is_copy(path: Path) -> bool:
    """Whether a file is a copy of a diary: a diary file or a JSON export."""
    return is_diary_file(path) or _head(path).startswith(_JSON_EXPORT)


def is_of_another_user(path: Path) -> bool:
    """Whether a file belongs to another user; for root, who can give files away, none does."""
    return os.name != "nt" and os.geteuid() not in (0, path.stat().st_uid)


def copy_owner(source: Path, target: Path) -> None:
    """Gives `target`, if root created it, the owner and group of `source`: after a command with
    `sudo` a person couldn't open their own diary otherwise."""
    if os.name != "nt" and os.geteuid() == 0:
        status = source.stat()
        os.chown(target, status.st_uid, status.st_gid)


def is_own_folder(folder: Path, diary: Path) -> bool:
    """Whether calmtrack created the folder of a diary, or has created every file in it.

    False for a folder with the sticky bit, as that is shared by definition.
    """
    try:
        if folder.stat().st_mode & stat.S_ISVTX:
            return False
        return all(_is_own(one, diary) for one in folder.iterdir()) or _is_default(folder)
    except (OSError, NoHomeFolder):
        return False


def holds_own_data(path: Path, location: Location) -> bool:
    """Whether writing to a path would replace the diary, any diary or backup, or the settings.

    The paths of the diary's own files count even where no file, or a damaged one, is there.
    """
    target = path.resolve()
    files, folders = _settings_files(), []
    if location.path is not None:
        diary = location.path.resolve()
        files += [diary, journal_of(diary)]
        folders = [*folders_of(Location(diary)), quarantine_folder(Location(diary))]
    return (
        target in [one.resolve() for one in files]
        or target.parent in folders
        or is_diary_file(target)
    )


def is_text(path: Path) -> bool:
    """Whether a file begins as text does: not empty, and no NUL in its first 4 KB, of which a
    diary has many."""
    head = _head(path)
    return bool(head) and b"\0" not in head


def _is_own(path: Path, diary: Path) -> bool:
    if path.is_symlink():
        return False
    if path.name in (FOLDER, QUARANTINE):
        return path.is_dir()
    names = (diary.name, f"{diary.name}-journal")
    named = path.name in names or path.name.startswith(f"{diary.name}{UNFINISHED}")
    return is_file(path) and (
        named or path in _settings_files() or is_diary_file(path) or is_export(path)
    )


def _settings_files() -> list[Path]:
    """The settings file and the log of errors, if there is a home folder for them."""
    try:
        return [settings_path(), settings_path().with_name(ERROR_LOG)]
    except NoHomeFolder:
        return []


def is_export(path: Path) -> bool:
    """Whether a file is an export of calmtrack, as CSV or JSON."""
    head = _head(path).removeprefix(b"\xef\xbb\xbf")
    plain = head.replace(b'"', b"").replace(b";", b",").replace(b"\t", b",")
    return head.startswith(_JSON_EXPORT) or plain.startswith(_CSV_EXPORTS)


def _is_default(folder: Path) -> bool:
    """Whether it is calmtrack's default folder within the system's folder for user data."""
    return not os.environ.get("CALMTRACK_HOME") and folder == home()


def _head(path: Path) -> bytes:
    """The first 4 KB of a regular file; nothing of one that can't be read."""
    return header(path, 1 << 12)
