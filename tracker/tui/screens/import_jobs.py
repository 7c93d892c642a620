"""What the diary does with a file: look at it, or take it in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import InputError
from tracker.files import parse_path
from tracker.i18n.messages import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.importers.habit_importer import ImportChoices
    from tracker.importers.import_report import Report


def preview_job(path: Path, wishes: ImportChoices) -> Callable[[Diary], Report]:
    """Says what the file would bring, and writes nothing."""

    def job(diary: Diary) -> Report:
        from tracker.importers.import_file import ImportOptions, import_file

        return import_file(diary, path, ImportOptions(wishes=wishes, dry_run=True))

    return job


def import_job(path: Path, wishes: ImportChoices) -> Callable[[Diary], Report]:
    """Takes the file in as one step, all of it or nothing, behind a backup of the diary as it
    was: what an import brings can be a lot."""

    def job(diary: Diary) -> Report:
        from tracker.importers.import_file import ImportOptions, import_file

        diary.maintenance.back_up_daily()
        return import_file(diary, path, ImportOptions(wishes=wishes))

    return job


def path_there(_: Diary, text: str) -> str:
    """The path that was typed. Raises WrongInput where nothing is there."""
    # Dropped on a terminal, a path comes in quotation marks.
    path = parse_path(text.strip().strip("'\""))
    if not path.exists():
        raise InputError(say("csv.cannot_read", path=path, reason=os.strerror(2)))
    return str(path)
