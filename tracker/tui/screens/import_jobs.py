"""What the diary does with a file: look at it, or take it in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.places import path_typed
from tracker.trouble import WrongInput
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.exchange.collecting import Wishes
    from tracker.exchange.incoming import Report


def looking(path: Path, wishes: Wishes) -> Callable[[Diary], Report]:
    """Says what the file would bring, and writes nothing."""

    def job(diary: Diary) -> Report:
        from tracker.exchange.importing import ImportOptions, import_file

        return import_file(diary, path, ImportOptions(wishes=wishes, dry_run=True))

    return job


def letting_in(path: Path, wishes: Wishes) -> Callable[[Diary], Report]:
    """Takes the file in as one step, all of it or nothing, behind a backup of the diary as it
    was: what an import brings can be a lot."""

    def job(diary: Diary) -> Report:
        from tracker.diary.care import back_up_daily
        from tracker.exchange.importing import ImportOptions, import_file

        back_up_daily(diary)
        return import_file(diary, path, ImportOptions(wishes=wishes))

    return job


def path_there(_: Diary, text: str) -> str:
    """The path that was typed. Raises WrongInput where nothing is there."""
    # Dropped on a terminal, a path comes in quotation marks.
    path = path_typed(text.strip().strip("'\""))
    if not path.exists():
        raise WrongInput(say("csv.cannot_read", path=path, reason=os.strerror(2)))
    return str(path)
