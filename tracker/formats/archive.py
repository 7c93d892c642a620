"""Several files that belong together: a folder, or a zip that is never unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from tracker.errors import InputError
from tracker.i18n.messages import say

MOST_FILES = 10_000
MOST_BYTES = 1 << 30
"""Of all files of a zip together, unpacked."""

MOST_UNPACKED = 200
"""Times that a file may be larger unpacked; text of a tracker is below 50."""


class Archive(Protocol):
    """Files by their names, `/` between folders."""

    def names(self) -> list[str]:
        """All of them, in order."""

    def size(self, name: str) -> int:
        """The bytes of one."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of one; to be closed."""


class FolderArchive:
    """A folder, two levels deep."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """All files in it."""
        found = [*self._path.glob("*"), *self._path.glob("*/*")]
        return sorted(one.relative_to(self._path).as_posix() for one in found if one.is_file())

    def size(self, name: str) -> int:
        """The bytes of one."""
        return (self._path / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """The bytes of one."""
        return (self._path / name).open("rb")


class ZipArchive:
    """A zip, read where it lies."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def names(self) -> list[str]:
        """All files in it."""
        return [one.filename for one in self._file.infolist() if not one.is_dir()]

    def size(self, name: str) -> int:
        """The bytes of one."""
        return self._file.getinfo(name).file_size

    def open(self, name: str) -> BinaryIO:
        """The bytes of one."""
        return cast("BinaryIO", self._file.open(name))


@contextmanager
def open_zip(file: BinaryIO) -> Iterator[ZipArchive]:
    """The files of a zip. Raises WrongInput, with one sentence, for one that is damaged, that
    would unpack to more than any tracker writes, or whose names climb out of it."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as found:
            _check(found.infolist())
            yield ZipArchive(found)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(say("other.bad_zip")) from error


def _check(infos: list[zipfile.ZipInfo]) -> None:
    for one in infos:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]):
            raise InputError(say("other.climbing_zip", name=one.filename[:80]))
        if one.file_size > 1_000_000 and one.file_size > MOST_UNPACKED * one.compress_size:
            raise InputError(say("other.zip_bomb", name=one.filename[:80]))
    if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > MOST_BYTES:
        raise InputError(say("other.large_zip"))
