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
