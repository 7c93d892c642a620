"""Daily backups of a diary in a database server: JSON exports in a folder of this computer."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from tracker.diary.diary_base import DiaryBase, JsonExport
from tracker.errors import CalmtrackError
from tracker.files import atomic_text_file, no_home_error, os_reason, private_folder
from tracker.i18n.messages import _
from tracker.location import NoHomeFolder, settings_path
from tracker.store import backup_folders, backups
from tracker.store.backups import Backup, retained_days

_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9a-f]{8})\.json")
_ASIDE = re.compile(rf"{_NAME.pattern}\.damaged(-[0-9]+)?")
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a damaged backup raises."""
_BEGINNING, _END = b'{\n"calmtrack":', b"\n}\n"
"""The first and the last bytes of a complete export."""


class ServerBackups:
    """The JSON backups of one diary, in the folder of the settings. Their names contain the first
    digits of the diary's id."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def all(self) -> tuple[Backup, ...]:
        """The backups, newest first by their names; none before the diary exists."""
        if not self._diary.store.exists():
            return ()
        own = self._diary_id()
        found = []
        for path in self._folder().glob("*.json"):
            match = _NAME.fullmatch(path.name)
            with suppress(ValueError):
                if match is not None and match[2] == own:
                    found.append(Backup(date.fromisoformat(match[1]), path))
        return tuple(sorted(found, key=lambda one: one.day, reverse=True))

    def damaged(self) -> list[tuple[Backup, str]]:
        """The backups that nothing can be restored from, each with what is wrong."""
        found = ((one, _damage(one.path)) for one in self.all())
        return [(one, problem) for one, problem in found if problem is not None]

    def set_aside(self, backup: Backup) -> Path:
        """Renames a damaged backup, which may hold readable rows; returns the new path."""
        target = backups.free_path(backup.path.parent, f"{backup.path.name}.damaged")
        return backup.path.replace(target)

    def aside(self) -> list[Path]:
        """The damaged backups that were renamed; none before the diary exists."""
        if not self._diary.store.exists():
            return []
        own = self._diary_id()
        names = ((path, _ASIDE.fullmatch(path.name)) for path in self._folder().glob("*.damaged*"))
        return sorted(path for path, match in names if match is not None and match[2] == own)

    def copies_list(self) -> Path:
        """The file that lists the copies made by `backup FILE` on this computer."""
        return self._folder() / f"{self._diary_id()}-{backups.COPIES}"

    def back_up_daily(self, export: JsonExport) -> Path | None:
        """Creates today's backup unless there is a whole one, and removes those past their
        retention; the new one always stays, whatever the clock says. Raises CalmtrackError."""
        today = self._diary.today()
        path = self._folder() / f"{today.isoformat()}-{self._diary_id()}.json"
        if _is_whole(path):
            return None
        unfinished = backups.unfinished_name(path)
        try:
            private_folder(path.parent)
            unfinished.unlink(missing_ok=True)
            rows = export(self._diary, unfinished)
            if _rows_in(unfinished) != rows:
                raise CalmtrackError(
                    _(
                        "Couldn't write the whole backup to {path}, so it wasn't kept. calmtrack "
                        "will try again next time."
                    ).format(path=path)
                )
            unfinished.replace(path)
        except OSError as error:
            raise backups.write_error(path, error) from error
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        existing = self.all()
        retained = retained_days([today, *(one.day for one in existing)])
        for one in existing:
            if one.day not in retained:
                one.path.unlink(missing_ok=True)
        return path

    def forget(self, day: date) -> list[Path]:
        """Rewrites every backup without a day; returns those that can't be read."""
        unreadable = self.aside()
        for backup in self.all():
            try:
                content = json.loads(backup.path.read_text("utf-8"))
                rewritten = _without(content, day.isoformat())
            except _UNREADABLE:
                unreadable.append(backup.path)
                continue
            with atomic_text_file(backup.path, force=True) as file:
                json.dump(rewritten, file, ensure_ascii=False, separators=(",", ":"))
        return unreadable

    def _folder(self) -> Path:
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", self._diary.location.label.partition("://")[2])
        try:
            return (
                settings_path().parent / backup_folders.FOLDER / f"server-{name.strip('-.')[:60]}"
            )
        except NoHomeFolder as error:
            raise no_home_error(error) from error

    def _diary_id(self) -> str:
        with self._diary.store.reading() as reader:
            return reader.diary_id()[:8]


def _is_whole(path: Path) -> bool:
    """Whether a backup, which was read in full when it was made, still begins and ends as one
    does."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_BEGINNING)) == _BEGINNING
            file.seek(-len(_END), 2)
            return begins and file.read() == _END
    except OSError:
        return False


def _damage(path: Path) -> str | None:
    """Why a backup can't be restored; None for a whole one."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        return os_reason(error)
    except (ValueError, RecursionError):
        content = None
    if isinstance(content, dict) and "calmtrack" in content:
        return None
    return _("the file isn't a calmtrack diary") if path.stat().st_size else _("the file is empty")


def _rows_in(path: Path) -> int:
    content = json.loads(path.read_text("utf-8"))
    return sum(len(value) for value in content.values() if isinstance(value, list))


def _without(content: dict[str, Any], day: str) -> dict[str, Any]:
    """A backup without the rows of a day, and without app state that names it."""
    rows = {
        part: [row for row in content.get(part, ()) if row.get("day") != day]
        for part in ("entries", "evenings")
    }
    kept = []
    for row in content.get("kept", ()):
        value = row["value"]
        if isinstance(value, list):
            kept.append(row | {"value": [one for one in value if one != day]})
        elif value != day or row["key"] == "begun_on":
            kept.append(row)
    return content | rows | {"kept": kept}
