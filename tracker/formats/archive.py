"""Read access to the files of a folder or of a zip, which is never unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from tracker.errors import InputError
from tracker.i18n.messages import say

MAX_FILES = 10_000
MAX_BYTES = 1 << 30
"""Uncompressed bytes of all files of a zip together."""

MAX_RATIO = 200
"""Uncompressed over compressed size of a file above 1 MB; exports of trackers stay below 50."""


class Archive(Protocol):
    """Files by their names, with `/` between folders."""

    def names(self) -> list[str]:
        """The names of all files, in order."""

    def size(self, name: str) -> int:
        """The size of a file in bytes."""

    def open(self, name: str) -> BinaryIO:
        """Opens a file for reading."""


class FolderArchive:
    """The files of a folder and of the folders in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """The names of all files, sorted."""
        paths = (*self._path.glob("*"), *self._path.glob("*/*"))
        return sorted(one.relative_to(self._path).as_posix() for one in paths if one.is_file())

    def size(self, name: str) -> int:
        """The size of a file in bytes."""
        return (self._path / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """Opens a file for reading."""
        return (self._path / name).open("rb")


class ZipArchive:
    """The files of a zip."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def names(self) -> list[str]:
        """The names of all files, in the order of the zip."""
        return [one.filename for one in self._file.infolist() if not one.is_dir()]

    def size(self, name: str) -> int:
        """The uncompressed size of a file in bytes."""
        return self._file.getinfo(name).file_size

    def open(self, name: str) -> BinaryIO:
        """Opens a file for reading."""
        return cast("BinaryIO", self._file.open(name))


@contextmanager
def open_zip(file: BinaryIO) -> Iterator[ZipArchive]:
    """Opens a zip. Raises InputError for one that is damaged or encrypted, that would unpack to
    more than MAX_BYTES or MAX_RATIO allow, or that has a path outside of its own folder."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as opened:
            _check(opened.infolist())
            yield ZipArchive(opened)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(say("other.bad_zip")) from error


def _check(infos: list[zipfile.ZipInfo]) -> None:
    for one in infos:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]):
            raise InputError(say("other.climbing_zip", name=one.filename[:80]))
        if one.file_size > 1_000_000 and one.file_size > MAX_RATIO * one.compress_size:
            raise InputError(say("other.zip_bomb", name=one.filename[:80]))
    if len(infos) > MAX_FILES or sum(one.file_size for one in infos) > MAX_BYTES:
        raise InputError(say("other.large_zip"))
