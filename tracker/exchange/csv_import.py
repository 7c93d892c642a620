"""CSV read into the diary: the whole file, or nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tracker.diary.diary import Diary
from tracker.exchange.csv_file import open_cells
from tracker.exchange.csv_layouts import gather
from tracker.exchange.files_in import opened, plainly, subject_of
from tracker.exchange.gathering import Gathering
from tracker.exchange.incoming import Report
from tracker.exchange.intake import Prefer, take_in

__all__ = ["Report", "import_csv"]


def import_csv(diary: Diary, path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file of either layout into the diary as one step; `-` is standard input.

    With `dry_run` it says the same and writes nothing. Raises WrongInput, with the line, for
    what can't be read, and Trouble for the disk; the diary is then as it was.
    """
    with opened(path) as file:
        return read_csv(diary, file, path, dry_run=dry_run)


def read_csv(
    diary: Diary,
    file: BinaryIO,
    path: Path,
    *,
    prefer: Prefer = "newest",
    dry_run: bool = False,
) -> Report:
    """Reads an open file, `path` being what it is called."""
    gathering = Gathering(diary.practices(), diary.today())
    with plainly(file, path), open_cells(file) as (columns, rows):
        gather(columns, rows, gathering)
    return take_in(*(diary, gathering.incoming(), subject_of(path)), prefer=prefer, dry_run=dry_run)
