"""CSV read into the diary: the whole file, or nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tracker.diary.diary import Diary
from tracker.formats.csv_reader import open_cells
from tracker.formats.input_file import display_name, open_input, utf8_errors
from tracker.importers.apply_import import apply_import
from tracker.importers.csv_parser import gather
from tracker.importers.import_report import Report
from tracker.importers.row_collector import RowCollector
from tracker.importers.row_conflicts import Prefer

__all__ = ["Report", "import_csv"]


def import_csv(diary: Diary, path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file of either layout into the diary as one step; `-` is standard input.

    With `dry_run` it says the same and writes nothing. Raises WrongInput, with the line, for
    what can't be read, and Trouble for the disk; the diary is then as it was.
    """
    with open_input(path) as file:
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
    gathering = RowCollector(diary.practices.all(), diary.today())
    with utf8_errors(file, path), open_cells(file) as (columns, rows):
        gather(columns, rows, gathering)
    return apply_import(
        *(diary, gathering.incoming(), display_name(path)), prefer=prefer, dry_run=dry_run
    )
