"""Online backups of a diary file: verified, private, renamed into place when complete, and retained
for days, weeks and months."""

from __future__ import annotations

import errno
import filecmp
import glob
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from tracker import clock
from tracker.errors import CalmtrackError
from tracker.files import atomic_text_file, os_reason, private_folder, sync_folder
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.models import RESTORE
from tracker.store.backup_folders import (
    BACKUP_NAME,
    QUARANTINE,
    REASONS,
    folder_of,
    folders_of,
    name_of,
)
from tracker.store.db_errors import BUSY, error_for, message_for, translate_db_errors
from tracker.store.diary_file import is_file
from tracker.store.integrity import diary_id, find_corruption, is_diary, open_file, open_to_read

UNFINISHED = ".unfinished-"
"""Suffix of a file while it is written, followed by the id of the writing process."""

COPIES = "copies.json"
"""The file beside the backups that lists the copies made by `backup FILE`. The list isn't stored in
the diary, which travels to other computers, where these paths mean nothing."""

MAX_COPIES = 100
"""The length of that list; older copies are dropped from it."""

WAIT_SECONDS = 10
"""Seconds to wait for a copy that another process makes; after that the process counts as hung."""


class Backup(NamedTuple):
    """One daily backup."""

    day: date
    path: Path


def missing_diary_message(location: Location) -> str | None:
    """The message for a diary whose file is missing or empty although it has backups; None for any
    other."""
    path = location.path
    if path is None or not any(folder.is_dir() for folder in folders_of(location)):
        return None
    # The file after the folder: another process may create it, and its first backup, in between.
    is_empty = False
    with suppress(OSError):
        is_empty = path.stat().st_size == 0
        if not is_empty:
            return None
    if not backups_of(location):
        return None
    if is_empty:
        message = _(
            "The diary at {path} is empty, but there are backups of it. Restore the newest with "
            '"calmtrack doctor --repair", or start over with "calmtrack erase".'
        )
    else:
        message = _(
            "There's no diary at {path}, but there are backups of it. Restore the newest with "
            '"calmtrack doctor --repair", or start over with "calmtrack erase".'
        )
    return message.format(path=location.label)


def is_copy_set_aside(path: Path, diary: Path) -> bool:
    """Whether a file has the name of a copy of this diary that was set aside, now or by version
    1.0."""
    return _is_named_aside(path, name_of(diary)) or _is_named_aside(path, diary.stem)


def _is_named_aside(path: Path, name: str) -> bool:
    # Not every name with this beginning: copies of a diary called diary-2 are in that folder too.
    return path.name.startswith(tuple(f"{name}-{reason}-" for reason in REASONS))


def quarantine_folder(location: Location) -> Path:
    """The folder for files replaced by a restore or copied before a migration."""
    return location.file.parent / QUARANTINE


def free_path(folder: Path, name: str, ending: str = "") -> Path:
    """A path in a folder that no file has yet: numbered from 2 on before its ending if needed."""
    numbered = chain([name], (f"{name}-{number}" for number in count(2)))
    paths = (folder / f"{one}{ending}" for one in numbered)
    return next(path for path in paths if not path.exists())


def unfinished_name(target: Path) -> Path:
    """The temporary name of `target` while this process writes it."""
    return target.with_name(f"{target.name}{UNFINISHED}{os.getpid()}")


def unfinished_of(location: Location) -> list[Path]:
    """Temporary files left by an interrupted process."""
    return [path for path in _temporary_files(location) if not _is_being_written(path)]


def wait_for_writers(location: Location) -> list[Path]:
    """Waits until no other process is copying the diary, WAIT_SECONDS at most; returns the
    temporary files that are left.

    A copy that began before a deletion would bring back afterwards what was deleted.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while any(map(_is_being_written, _temporary_files(location))):
        if time.monotonic() > deadline:
            break
        time.sleep(0.01)
    return _temporary_files(location)


def remember_copy(list_path: Path, target: Path) -> None:
    """Adds the path of a copy to the list of a diary's copies. A list that can't be written, as on
    a read-only disk, is no error: it must not prevent the copy."""
    listed = [one for one in listed_copies(list_path) if one != target]
    paths = [str(one) for one in (*listed, target)][-MAX_COPIES:]
    with suppress(CalmtrackError, OSError):
        private_folder(list_path.parent)
        with atomic_text_file(list_path, force=True) as file:
            json.dump(paths, file)


def listed_copies(list_path: Path) -> list[Path]:
    """The paths of a list of copies, oldest first, whether they exist or not."""
    try:
        paths = json.loads(list_path.read_bytes()) if is_file(list_path) else []
    except (OSError, ValueError):
        return []
    return [Path(one) for one in paths if type(one) is str] if type(paths) is list else []


def remove(path: Path) -> None:
    """Overwrites a file with zeros and unlinks it: unlinking alone leaves its bytes on the disk.
    Does nothing for a missing file."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            size = path.stat().st_size
            while size > 0:
                size -= file.write(bytes(min(size, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _temporary_files(location: Location) -> list[Path]:
    """Temporary files, also of processes that are running.

    Only those named after this diary: the folders may hold other files of the person.
    """
    named = "|".join(map(re.escape, {name_of(location.file), location.file.stem}))
    ours = (
        (location.file.parent, re.escape(location.file.name)),
        *((folder, r"\d{4}-\d\d-\d\d(-[0-9a-f]{8})?\.db") for folder in folders_of(location)),
        (quarantine_folder(location), rf"({named})-({'|'.join(REASONS)})-.*\.db"),
    )
    return [
        path
        for folder, name in ours
        for path in sorted(folder.glob(f"*{UNFINISHED}*"))
        if re.fullmatch(f"{name}{re.escape(UNFINISHED)}.*", path.name)
    ]


def _is_being_written(path: Path) -> bool:
    """Whether the process whose id ends the name is running and isn't this one. Always False on
    Windows, where the signal 0 is a ctrl+c."""
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
    """The diary's daily backups, newest first by what is in them; unreadable ones last."""
    found = _own_backups(location)
    progress = _progress_of(found)
    return tuple(sorted(found, key=lambda one: (progress[one], one.day), reverse=True))


def back_up_daily(location: Location, day: date) -> Path | None:
    """Creates the backup of a day unless it exists, and removes those past their retention.

    An existing one is replaced if it is truncated or no diary, or if another backup is newer: it
    was then made on another day, by a wrong clock.
    """
    backup = Backup(day, _backup_path(location, day))
    if is_file(backup.path) and _is_whole(backup.path) and _is_newest(location, backup):
        return None
    copy(location, backup.path)
    existing = backups_of(location)
    retained = retained_days(one.day for one in existing)
    for one in existing:
        if one.day not in retained:
            one.path.unlink(missing_ok=True)
    return backup.path


def owner_test(location: Location) -> Callable[[Path], bool]:
    """Returns a predicate: whether a backup, or a copy set aside, is of this diary.

    It compares ids, and names too, as a diary and a copy of it have one id. If the diary has a
    namesake, a backup without an id (damaged, or of schema 1) is attributed to neither, and a
    backup under the name that version 1.0 gave both is attributed to neither if both have its id.
    """
    diary = location.file
    own = diary_id(diary) if is_file(diary) else None
    others = _namesakes(diary)
    ids_of_others = {diary_id(other) for other in others}

    def is_own(path: Path) -> bool:
        found = diary_id(path)
        if found is None:
            return not others
        is_named = path.parent == folder_of(location) or _is_named_aside(path, name_of(diary))
        return (own is None or found == own) and (is_named or found not in ids_of_others)

    return is_own


def _namesakes(path: Path) -> list[Path]:
    """The other diaries in a diary's folder whose name differs in its ending only."""
    return [
        one
        for one in path.parent.glob(f"{glob.escape(path.stem)}*")
        if one.stem == path.stem and one != path and is_file(one) and is_diary(one)
    ]


def _own_backups(location: Location) -> list[Backup]:
    named = _by_name(location)
    if not named:
        return []
    is_own = owner_test(location)
    return [backup for backup in named if is_own(backup.path)]


def _by_name(location: Location) -> list[Backup]:
    """The files in the diary's folders that are named as daily backups, whichever diary's."""
    named = []
    for folder in folders_of(location):
        for path in folder.glob("*.db"):
            match = re.fullmatch(BACKUP_NAME, path.name)
            with suppress(ValueError):
                if match is not None and is_file(path):
                    named.append(Backup(date.fromisoformat(match[1]), path))
    return named


def _backup_path(location: Location, day: date) -> Path:
    """The path of a day's backup, which has the diary's id in its name if the plain name is another
    diary's."""
    path = folder_of(location) / f"{day.isoformat()}.db"
    own, found = diary_id(location.file), diary_id(path) if is_file(path) else None
    if own is None:
        return path
    marked = path.with_name(f"{day.isoformat()}-{own[:8]}.db")
    return marked if found not in (None, own) or is_file(marked) else path


def _is_whole(path: Path) -> bool:
    """Whether a backup, which was checked when it was made, is still a diary with all its pages.

    The content of the pages isn't checked, as this runs in every command that changes the diary:
    in a diary of 200 years, `integrity_check` made `log` take 961 ms of processor time.
    """
    with suppress(CalmtrackError, OSError, sqlite3.Error):
        if is_diary(path):
            with closing(open_to_read(path)) as connection:
                pages, size = (
                    connection.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("page_count", "page_size")
                )
            return bool(pages * size == path.stat().st_size)
    return False


def _is_newest(location: Location, backup: Backup) -> bool:
    """Whether no other backup is newer. Other files are opened only if one is named after a later
    day."""
    if all(one.day <= backup.day for one in _by_name(location)):
        return True
    progress = _progress_of(_own_backups(location))
    return progress[backup] == max(progress.values())


def _progress_of(found: Sequence[Backup]) -> dict[Backup, tuple[str, int]]:
    """A sort key of each backup, (time, step), that is greater for backups made later.

    The time is that of the newest step in the backup's undo log. If another backup's log continues
    after this step, it is the earliest of the times that follow there, where that is earlier: the
    clock was then ahead when the step was made. ("", 0) for a backup that can't be read.
    """
    with ExitStack() as files:
        logs: dict[Backup, sqlite3.Connection] = {}
        newest: dict[Backup, tuple[int, str]] = dict.fromkeys(found, (0, ""))
        for backup in found:
            with suppress(sqlite3.Error):
                log = files.enter_context(closing(open_to_read(backup.path)))
                newest[backup] = log.execute(_NEWEST_STEP).fetchone() or (0, "")
                logs[backup] = log
        progress = {}
        for backup, (step, at) in newest.items():
            times = [at]
            for other, log in logs.items():
                if newest[other][0] > step:
                    with suppress(sqlite3.Error):
                        times += [one for (one,) in log.execute(_FOLLOWING, (step, at)) if one]
            progress[backup] = (min(times), step)
    return progress


_NEWEST_STEP = "SELECT id, at FROM change ORDER BY id DESC LIMIT 1"

_FOLLOWING = """SELECT min(at) FROM change
WHERE id > ?1 AND EXISTS (SELECT 1 FROM change WHERE id = ?1 AND at = ?2)"""


def keep_before_upgrade(location: Location, schema: int) -> None:
    """Stores a verified copy of a diary before it is migrated from an older schema.

    The caller holds the write lock. Earlier copies are never overwritten; an identical one is not
    stored twice.
    """
    folder, name = quarantine_folder(location), f"{name_of(location.file)}-schema-{schema}"
    earlier = [*folder.glob(f"{glob.escape(name)}.db"), *folder.glob(f"{glob.escape(name)}-*.db")]
    target = free_path(folder, name, ".db")
    copy(location, target)
    if any(filecmp.cmp(one, target, shallow=False) for one in earlier):
        target.unlink()


def copy(location: Location, target: Path, scratch: Path | None = None) -> None:
    """Writes a verified copy of the diary to a temporary file and renames it to `target`.

    The temporary file is beside the target, or is `scratch` where that can be renamed to it.

    SQLite's online backup copies page by page under its locks; a plain copy of a file in use can
    hold half a transaction. Raises CalmtrackError, and then leaves no file behind.
    """
    unfinished = unfinished_name(target)
    try:
        private_folder(target.parent)
        if scratch is not None and _is_on_one_device(scratch.parent, target.parent):
            unfinished = scratch
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with (
            closing(open_to_read(location.file)) as source,
            closing(open_file(unfinished, "rw")) as written,
        ):
            source.backup(written, progress=_abort_when_busy(location))
        problem = find_corruption(unfinished)
        if problem is not None:
            raise CalmtrackError(
                _(
                    "The copy of {path} came out damaged ({problem}), so it was deleted. Run "
                    '"calmtrack doctor" to check the diary.'
                ).format(path=location.label, problem=problem)
            )
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        # Only the copy is written to, which can be on another disk than the diary.
        code = _WRITE_ERRORS.get(getattr(error, "sqlite_errorname", ""))
        if code is not None:
            raise write_error(target, OSError(code, os.strerror(code))) from error
        raise CalmtrackError(message_for(error, location)) from error
    except OSError as error:
        raise write_error(target, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


_WRITE_ERRORS = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_IOERR_WRITE": errno.EIO,
    "SQLITE_IOERR_TRUNCATE": errno.EIO,
    "SQLITE_IOERR_FSYNC": errno.EIO,
}
"""Errors of the operating system by the names that SQLite gives them."""


def write_error(path: Path, error: OSError) -> CalmtrackError:
    """The error for a backup that can't be written."""
    return CalmtrackError(
        _("Couldn't write {path}: {reason}. Your diary wasn't changed.").format(
            path=path, reason=os_reason(error)
        )
    )


def own_id(location: Location) -> str | None:
    """The diary's id or, if that can't be read, the id of the newest backup that has one."""
    paths = [location.file, *(backup.path for backup in backups_of(location))]
    return next((one for path in paths if is_file(path) and (one := diary_id(path))), None)


def load(location: Location) -> sqlite3.Connection:
    """A connection to a copy of the diary in memory. Raises CalmtrackError."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with translate_db_errors(location), closing(open_to_read(location.file)) as source:
            source.backup(memory, progress=_abort_when_busy(location))
    except BaseException:
        memory.close()
        raise
    return memory


def _is_on_one_device(folder: Path, other: Path) -> bool:
    """Whether a file can be renamed from one folder into the other."""
    return os.access(folder, os.W_OK) and folder.stat().st_dev == other.stat().st_dev


def restore_from(location: Location, backup: Path, own_id: str | None, replaced: str = "") -> None:
    """Overwrites the diary with a backup in one transaction: killed halfway, it rolls back.

    The diary gets `own_id`, by which its other backups are recognised, and where it replaces an
    intact one, of which `replaced` is the copy's name, the step of `_record_restore`.
    """
    with (
        translate_db_errors(location),
        closing(load(Location(backup))) as source,
        closing(open_file(location.file, "rw")) as diary,
    ):
        set_diary_id(source, own_id)
        if replaced:
            _record_restore(source, replaced)
        diary.execute("PRAGMA synchronous=EXTRA")
        diary.execute("PRAGMA secure_delete=ON")
        source.backup(diary, progress=_abort_when_busy(location))


def drop_objects(location: Location, objects: Iterable[tuple[str, str]]) -> None:
    """Drops triggers and views, given by type and name, in one transaction."""
    with translate_db_errors(location), closing(open_file(location.file, "rw")) as diary:
        diary.execute("PRAGMA synchronous=EXTRA")
        diary.execute("BEGIN IMMEDIATE")
        for kind, name in objects:
            quoted = name.replace('"', '""')
            # IF EXISTS: dropping a view drops its triggers too.
            diary.execute(f'DROP {kind} IF EXISTS "{quoted}"')
        diary.execute("COMMIT")


def set_diary_id(connection: sqlite3.Connection, own_id: str | None) -> None:
    """Gives a diary its id; None leaves the one that it has, if any."""
    if own_id is not None and connection.execute(_HAS_ID).fetchone():
        # Not an update: calmtrack didn't write every diary, and one can have no row here, or two.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM diary_id")
        connection.execute("INSERT INTO diary_id VALUES (?)", (own_id,))
        connection.execute("COMMIT")


def _record_restore(connection: sqlite3.Connection, replaced: str) -> None:
    """Records in a backup, as its newest undo step, that it is restored; ends redo.

    `replaced` is the name of the copy set aside of what it replaces. The step has no rows: undo
    reports it, as it would otherwise undo a change from before the backup.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "DELETE FROM change_row WHERE change_id IN (SELECT id FROM change WHERE undone)"
    )
    connection.execute("DELETE FROM change WHERE undone")
    at, what = clock.utc_micros(clock.now()), f"{RESTORE} {replaced}"
    connection.execute("INSERT INTO change (at, what, undone) VALUES (?, ?, 0)", (at, what))
    connection.execute("COMMIT")


_HAS_ID = "SELECT 1 FROM sqlite_master WHERE name = 'diary_id'"


def _abort_when_busy(location: Location) -> Callable[[int, int, int], None]:
    """A progress callback that aborts the backup of a locked file, which sqlite3 would otherwise
    retry forever."""

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise error_for(BUSY, location.label)

    return progress


DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many backups are retained: old ones too, for mistakes noticed late."""


def retained_days(newest_first: Iterable[date]) -> frozenset[date]:
    """The days whose backup is retained, of those that have one.

    The newest 7; the newest of each of the last 4 weeks that have one (ISO weeks), and of each
    of the last 12 months. The days come in the order in which the backups were made, not in the
    calendar's: a clock that was wrong must not make a new backup look like an old one.
    """
    in_order = list(dict.fromkeys(newest_first))
    by_week: dict[tuple[int, int], date] = {}
    by_month: dict[tuple[int, int], date] = {}
    for day in in_order:
        year, week, _ = day.isocalendar()
        by_week.setdefault((year, week), day)
        by_month.setdefault((day.year, day.month), day)
    return frozenset(
        [
            *in_order[:DAILY],
            *list(by_week.values())[:WEEKLY],
            *list(by_month.values())[:MONTHLY],
        ]
    )
