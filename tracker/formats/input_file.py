"""A file or folder chosen for import, opened so that its content can be read more than once."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from tracker.errors import CalmtrackError, InputError
from tracker.formats.archive import Archive, FolderArchive, open_zip
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.formats.json_reader import JsonDocument

STANDARD_INPUT = Path("-")

ZIP, SQLITE = b"PK\x03\x04", b"SQLite format 3\0"

SAMPLE = 50
"""Lines of a text file, and elements of a list in JSON, by which a format is detected."""

LONGEST_LINE = 10_000
"""Characters of a line by which a format is detected."""


class InputFile:
    """The content of a file or folder, with what the detection of its format asks for."""

    def __init__(self, path: Path, stream: BinaryIO | None) -> None:
        """`stream` is None for a folder."""
        self.path = path
        self._stream = stream

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self._stream is None

    @property
    def stream(self) -> BinaryIO:
        """The bytes of a file; of a folder there are none."""
        if self._stream is None:
            raise InputError(say("other.not_known", path=self.path))
        return self._stream

    @cached_property
    def head(self) -> bytes:
        """The first 4 KB, without a byte order mark and leading whitespace; empty for a folder."""
        if self._stream is None:
            return b""
        self._stream.seek(0)
        return self._stream.read(1 << 12).removeprefix(b"\xef\xbb\xbf").lstrip()

    @property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or list does."""
        return self.head[:1] in (b"{", b"[")

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip."""
        return self.head.startswith(ZIP)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite database."""
        return self.head.startswith(SQLITE)

    @cached_property
    def json(self) -> JsonDocument:
        """The parsed JSON. Raises InputError for a file that is too large or not JSON."""
        from tracker.formats.json_reader import load_json

        with as_text(self.stream) as text:
            return load_json(text, self.path)

    @cached_property
    def sample(self) -> list[str]:
        """The first lines of a text file; none of a folder, a zip, a database or JSON."""
        if self.is_folder or self.is_zip or self.is_sqlite or self.is_json:
            return []
        with as_text(self.stream) as text:
            return [text.readline(LONGEST_LINE) for _ in range(SAMPLE)]

    @property
    def columns(self) -> set[str]:
        """The column names in the first line, split at any delimiter."""
        header = "".join(self.sample[:1]).replace(";", ",").replace("\t", ",")
        return {name.strip(' "\r\n').removesuffix(" (raw)") for name in header.split(",")}

    def has_fields(self, top: Container[str], in_habits: Container[str] = ()) -> bool:
        """Whether it is JSON with any of these names: of members at the top, or of fields of the
        habits, which are listed at the top or under `habits`."""
        if not self.is_json:
            return False
        if any(name in top for name in self.json.names if name):
            return True
        habits = (*self.json.lists(""), *self.json.lists("habits"))
        return any(
            name in in_habits
            for habit in islice(habits, SAMPLE)
            if isinstance(habit, dict)
            for name in habit
        )

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The files of a folder or of a zip."""
        if self.is_folder:
            yield FolderArchive(self.path)
            return
        with open_zip(self.stream) as archive:
            yield archive


@contextmanager
def open_input(path: Path) -> Iterator[InputFile]:
    """Opens a file, a folder or, for `-`, standard input, which is copied to a temporary file.

    Raises CalmtrackError for an OSError, and InputError with the line where text that is read
    inside is not UTF-8.
    """
    try:
        if path == STANDARD_INPUT:
            with tempfile.TemporaryFile() as copy:
                if sys.stdin is not None:
                    shutil.copyfileobj(sys.stdin.buffer, copy)
                with utf8_errors(copy, path):
                    yield InputFile(path, copy)
        elif path.is_dir():
            yield InputFile(path, None)
        else:
            with path.open("rb") as file, utf8_errors(file, path):
                yield InputFile(path, file)
    except OSError as error:
        raise CalmtrackError(
            say("csv.cannot_read", path=path, reason=error.strerror or "unknown")
        ) from error


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Decodes a file from its beginning as UTF-8, line ends unchanged; the file stays open.

    Lone surrogates are decoded, so that they can be replaced and reported with their line.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogatepass", newline="")
    try:
        yield text
    finally:
        text.detach()


def numbered_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from 1, without blank lines and `#` comments."""
    for number, line in enumerate(lines, 1):
        text = line.strip(" \r\n")
        if text and not text.startswith("#"):
            yield number, text


def display_name(path: Path) -> str:
    """The file's name as an undo step is named after it, without control characters."""
    return say("csv.standard_input") if path == STANDARD_INPUT else sanitize_line(path.name)


@contextmanager
def utf8_errors(file: BinaryIO, path: Path) -> Iterator[None]:
    """Turns the UnicodeDecodeError of a file into an InputError with the line; one of another file
    is passed on."""
    try:
        yield
    except UnicodeDecodeError as error:
        line = _undecodable_line(file)
        if line is None:
            raise
        raise InputError(say("csv.not_utf8", path=path, line=line)) from error


def _undecodable_line(file: BinaryIO) -> int | None:
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return number
    return None
