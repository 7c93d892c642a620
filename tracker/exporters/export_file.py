"""Opens the file that an export is written to, unless calmtrack stores its own data there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.diary.diary_base import DiaryBase
from tracker.errors import InputError
from tracker.files import atomic_binary_file, atomic_text_file
from tracker.i18n.messages import _
from tracker.store.own_files import holds_own_data

ENDINGS = {"csv": ".csv", "json": ".json", "loop": ".zip"}
"""What the name of a file ends in, by its format."""

_SPREADSHEETS = (".xlsx", ".xls", ".ods")


def check_ending(path: Path, kind: str) -> None:
    """Raises InputError for a file name that ends as another format's than `kind`."""
    ending, right = path.suffix.lower(), ENDINGS[kind]
    if ending in _SPREADSHEETS:
        message = _(
            "calmtrack doesn't write {ending} files. Spreadsheets open CSV, too: choose a name "
            "that ends in .csv."
        ).format(ending=ending)
        raise InputError(f"{message} " + _("For Excel, add --excel."), in_app=message)
    fitting = next((one for one, of_one in ENDINGS.items() if of_one == ending), kind)
    if fitting != kind:
        raise InputError(
            _(
                "For a file that ends in {ending}, use --format {format}. Otherwise choose a name "
                "that ends in {right}."
            ).format(ending=ending, format=fitting, right=right),
            in_app=_(
                "A name that ends in {ending} doesn't fit this format. Choose one that ends "
                "in {right}, or the other format above."
            ).format(ending=ending, right=right),
        )


@contextmanager
def binary_export(diary: DiaryBase, path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Like `atomic_binary_file`; raises InputError for the diary, a backup and the settings, also
    with `force`."""
    _refuse_own_data(diary, path)
    with atomic_binary_file(path, force=force) as file:
        yield file


@contextmanager
def text_export(diary: DiaryBase, path: Path, *, force: bool) -> Iterator[TextIO]:
    """Like `binary_export`, for UTF-8 text whose line ends are written as they are."""
    _refuse_own_data(diary, path)
    with atomic_text_file(path, force=force) as file:
        yield file


def write_text(diary: DiaryBase, path: Path, text: str, *, force: bool = False) -> None:
    """Writes a file of UTF-8 text, all or nothing, as `text_export` does."""
    with text_export(diary, path, force=force) as file:
        file.write(text)


def _refuse_own_data(diary: DiaryBase, path: Path) -> None:
    if holds_own_data(path, diary.location):
        raise InputError(
            _(
                "calmtrack keeps its own data at {path}, so nothing was written there. Choose "
                "another name."
            ).format(path=path)
        )
