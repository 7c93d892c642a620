"""CSV read into the diary: the whole file, or nothing of it."""

from __future__ import annotations

from pathlib import Path

from tracker.diary.diary import Diary
from tracker.exchange.csv_file import STANDARD_INPUT, open_rows
from tracker.exchange.csv_layouts import gather
from tracker.exchange.gathering import Gathering
from tracker.exchange.incoming import Report
from tracker.exchange.intake import take_in
from tracker.words import say

__all__ = ["Report", "import_csv"]


def import_csv(diary: Diary, path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file of either layout into the diary as one step; `-` is standard input.

    With `dry_run` it says the same and writes nothing. Raises WrongInput, with the line, for
    what can't be read, and Trouble for the disk; the diary is then as it was.
    """
    gathering = Gathering(diary.practices(), diary.today())
    with open_rows(path) as (columns, rows):
        gather(columns, rows, gathering)
    subject = say("csv.standard_input") if path == STANDARD_INPUT else path.name
    return take_in(diary, gathering.incoming(), subject, dry_run=dry_run)
