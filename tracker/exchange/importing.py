"""A file read into the diary, whatever it is: recognised by what stands in it, not by its name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tracker.diary.diary import Diary
from tracker.exchange.csv_import import read_csv
from tracker.exchange.files_in import as_text, opened, subject_of
from tracker.exchange.incoming import Report
from tracker.exchange.json_import import import_json
from tracker.trouble import WrongInput
from tracker.words import say


def import_file(diary: Diary, path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file into the diary as one step; `-` is standard input.

    With `dry_run` it says the same and writes nothing. Raises WrongInput, with the line, for
    what can't be read, and Trouble for the disk; the diary is then as it was.
    """
    with opened(path) as file:
        if not _is_json(file):
            return read_csv(diary, file, path, dry_run=dry_run)
        try:
            with as_text(file) as text:
                return import_json(diary, text, subject_of(path), dry_run=dry_run)
        except UnicodeDecodeError as error:
            raise WrongInput(say("csv.not_utf8", path=path)) from error


def _is_json(file: BinaryIO) -> bool:
    beginning = file.read(1 << 12).removeprefix(b"\xef\xbb\xbf").lstrip()
    return beginning[:1] in (b"{", b"[")
