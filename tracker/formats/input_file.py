"""A file, folder or zip chosen for import, opened so that it can be read more than once."""

from __future__ import annotations

import binascii
import codecs
import errno
import io
import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import dropwhile, islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from tracker.errors import CalmtrackError, InputError
from tracker.files import os_reason, refuse_missing, refuse_special
from tracker.i18n.messages import N_, _
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.formats.json_reader import JsonDocument

STANDARD_INPUT = Path("-")

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Encodings by their byte order marks. Those of UTF-32 come first: one begins with that of
UTF-16."""

_JSON = re.compile(rb'\{|\[\s*(?:[\[{\]"]|$)')
"""An object, or a list of anything but numbers: a line of a chat can begin with `[15/01/2027`."""

_SEP = re.compile(r'"?sep=.?"?', re.IGNORECASE)

ZIP, SQLITE = b"PK\x03\x04", b"SQLite format 3\0"

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an .xls file, and of an Excel file with a password."""

_OTHER_SPREADSHEETS = {
    "content.xml": N_("an OpenDocument spreadsheet (.ods)"),
    "xl/workbook.bin": N_("a binary Excel file (.xlsb)"),
    "Index/Document.iwa": N_("a Numbers spreadsheet (.numbers)"),
    "Index.zip": N_("a Numbers spreadsheet (.numbers)"),
}
"""Spreadsheets that aren't read, by a file that each has in its zip or folder."""

WORKBOOK = "xl/workbook.xml"
"""A file that every Excel workbook has in its zip."""

SAMPLE = 50
"""Lines of a text file by which a format is detected."""

LONGEST_LINE = 10_000
"""Characters of a line by which a format is detected."""

MAX_FILES = 10_000
"""Files in a zip."""

MAX_BYTES = 1 << 30
"""Uncompressed bytes of all files of a zip together."""

MAX_RATIO = 200
"""Uncompressed over compressed size of a file above 1 MB; exports of trackers stay below 50."""


UNKNOWN_SOURCE = N_(
    "calmtrack can't tell which tracker {path} is from. Nothing was imported. Name the tracker "
    "with --source, or use --source table for any table of days and habits."
)


def wrong_file_error(path: Path, app: str) -> InputError:
    """The error for a file that isn't one of the app whose importer was chosen, by its name."""
    message = _("{path} doesn't look like an export of {app}. Nothing was imported.").format(
        path=path, app=app
    )
    command = _(
        "Name another app with --source, or use --source table for any table of days and habits."
    )
    choice = _('Choose the file again, then another app or "A table of days and habits".')
    return InputError(f"{message} {command}", in_app=f"{message} {choice}")


class InputFile:
    """The content of a file or folder, and the properties by which its format is detected."""

    def __init__(self, path: Path, stream: BinaryIO | None) -> None:
        """`stream` is None for a folder."""
        self.path = path
        self.other_sheets: tuple[str, ...] = ()
        """The names of a workbook's sheets that are not read."""
        self._stream = stream

    @property
    def is_folder(self) -> bool:
        return self._stream is None

    @property
    def stream(self) -> BinaryIO:
        """The bytes of a file. Raises InputError for a folder."""
        if self._stream is None:
            raise InputError(_(UNKNOWN_SOURCE).format(path=self.path))
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
        return _JSON.match(self.head) is not None

    @property
    def is_zip(self) -> bool:
        return self.head.startswith(ZIP)

    @property
    def is_sqlite(self) -> bool:
        return self.head.startswith(SQLITE)

    @cached_property
    def tables(self) -> set[str]:
        """The names of the tables of a SQLite database; none of one on standard input and of any
        other file. Raises InputError for a damaged one."""
        if not self.is_sqlite or self.path == STANDARD_INPUT:
            return set()
        from tracker.formats.sqlite_database import table_names

        return table_names(self.path)

    @cached_property
    def names(self) -> list[str]:
        """The names of the files of a folder or a zip. Raises InputError for a damaged zip."""
        with self.archive() as archive:
            return archive.names

    @cached_property
    def json(self) -> JsonDocument:
        """The parsed JSON. Raises InputError for a file that is too large or not JSON."""
        from tracker.formats.json_reader import load_json

        with as_text(self.stream) as text:
            return load_json(text, self.path)

    def json_in(
        self, name: str, decode: Callable[[BinaryIO, BinaryIO], None] = shutil.copyfileobj
    ) -> JsonDocument:
        """The parsed JSON of a file in a zip, which `decode` copies as plain text. Raises
        InputError for one that is damaged or not JSON."""
        from tracker.formats.json_reader import load_json

        with tempfile.TemporaryFile() as plain, utf8_errors(plain, Path(name)):
            try:
                with self.archive() as archive, archive.open(name) as member:
                    decode(member, plain)
            except binascii.Error as error:
                raise _damaged_zip_error() from error
            with as_text(plain) as text:
                return load_json(text, Path(name))

    @cached_property
    def sample(self) -> list[str]:
        """The first lines of a text file, from its header on; none of a folder, a zip, a database
        or JSON."""
        if self.is_folder or self.is_zip or self.is_sqlite or self.is_json:
            return []
        with as_text(self.stream) as text:
            lines = dropwhile(is_preamble, iter(partial(text.readline, LONGEST_LINE), ""))
            return list(islice(lines, SAMPLE))

    @property
    def columns(self) -> set[str]:
        """The column names in the header, split at any delimiter."""
        header = "".join(self.sample[:1]).replace(";", ",").replace("\t", ",")
        return {name.strip(' "\r\n\ufeff') for name in header.split(",")}

    def has_fields(self, top: Container[str], in_habits: Container[str] = ()) -> bool:
        """Whether it is JSON with any of these names: of members at the top, or of fields of the
        habits, which are listed at the top or under `habits`."""
        return self.is_json and (
            any(name in top for name in self.json.names if name)
            or any(name in in_habits for one in self.json.sample("", "habits") for name in one)
        )

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The files of a folder or of a zip."""
        if self.is_folder:
            yield open_folder(self.path)
            return
        with open_zip(self.stream) as archive:
            yield archive


@contextmanager
def open_input(path: Path) -> Iterator[InputFile]:
    """Opens a file, a folder or, for `-`, standard input, which is copied to a temporary file.

    Raises CalmtrackError for an OSError, and InputError for a missing file, a FIFO or a device, and
    with the line where text that is read inside is not UTF-8.
    """
    if path != STANDARD_INPUT:
        refuse_missing(path)
        refuse_special(path)
    try:
        if path == STANDARD_INPUT:
            with tempfile.TemporaryFile() as copy:
                if sys.stdin is not None:
                    shutil.copyfileobj(sys.stdin.buffer, copy)
                with _opened(path, copy) as opened:
                    yield opened
        elif path.is_dir():
            folder = InputFile(path, None)
            _refuse_other_spreadsheet(folder)
            yield folder
        else:
            with path.open("rb") as file, _opened(path, file) as opened:
                yield opened
    except OSError as error:
        raise CalmtrackError(
            _("Couldn't read {path}: {reason}. Nothing was imported.").format(
                path=path, reason=os_reason(error)
            )
        ) from error


@contextmanager
def _opened(path: Path, stream: BinaryIO) -> Iterator[InputFile]:
    """A file, as UTF-8; of an Excel workbook its first sheet as CSV."""
    with utf8_errors(stream, path), _as_utf8(stream) as stream:
        file = InputFile(path, stream)
        _refuse_other_spreadsheet(file)
        if not file.is_zip or WORKBOOK not in file.names:
            yield file
            return
        from tracker.formats.spreadsheet import SheetFile, write_csv

        with tempfile.TemporaryFile(buffering=0) as raw, SheetFile(raw) as sheet:
            other_sheets = write_csv(stream, sheet)
            file = InputFile(path, sheet)
            file.other_sheets = other_sheets
            yield file


def _refuse_other_spreadsheet(file: InputFile) -> None:
    """Raises InputError for a spreadsheet in a format that isn't read."""
    kind = ""
    if file.head.startswith(OLD_EXCEL):
        kind = N_("an old Excel file (.xls) or one with a password")
    elif file.is_zip or (file.is_folder and file.path.suffix == ".numbers"):
        kinds = [_OTHER_SPREADSHEETS.get(name, "") for name in file.names]
        kind = next(filter(None, kinds), "")
    if kind:
        from importlib.util import find_spec

        message = _(
            "{path} is {kind}, which calmtrack can't read. Nothing was imported. Save the "
            "sheet as {csv}, then import that."
        )
        if find_spec("python_calamine") is not None:
            message = _(
                "{path} is {kind}, which calmtrack can't read. Nothing was imported. Save the "
                "sheet as {csv} or as an Excel workbook (.xlsx), then import that."
            )
        # The words of the dialogs of LibreOffice and of Excel.
        is_libre = kind == _OTHER_SPREADSHEETS["content.xml"]
        csv = _('"Text CSV" with the character set UTF-8') if is_libre else _('"CSV UTF-8"')
        raise InputError(message.format(path=file.path, kind=_(kind), csv=csv))


@contextmanager
def _as_utf8(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The file, re-encoded as UTF-8 where its byte order mark is that of UTF-16, as in Excel's
    "Unicode Text", or of UTF-32."""
    stream.seek(0)
    start = stream.read(4)
    encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    if encoding is None:
        yield stream
        return
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        with tempfile.TemporaryFile() as copy:
            while part := text.read(1 << 20):
                copy.write(part.encode())
            yield copy
    finally:
        text.detach()


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


def is_preamble(line: str) -> bool:
    """Whether a line before the header of a table holds none of it: it is blank, or tells Excel the
    delimiter, like `sep=;`."""
    text = line.strip()
    return not text or _SEP.fullmatch(text) is not None


def numbered_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from 1, without blank lines and `#` comments."""
    for number, line in enumerate(lines, 1):
        text = line.strip(" \r\n")
        if text and not text.startswith("#"):
            yield number, text


def display_name(path: Path) -> str:
    """The file's name as an undo step is named after it, without control characters."""
    return _("standard input") if path == STANDARD_INPUT else sanitize_line(path.name)


@contextmanager
def utf8_errors(file: BinaryIO, path: Path) -> Iterator[None]:
    """Raises a UnicodeDecodeError as an InputError with the line, if `file` isn't UTF-8; an error
    from another file passes unchanged."""
    try:
        yield
    except UnicodeDecodeError as error:
        line = _undecodable_line(file)
        if line is None:
            raise
        raise InputError(
            _(
                "Line {line} of {path} isn't UTF-8 text. Nothing was imported. Save the file as "
                'UTF-8 (in Excel: "CSV UTF-8"), then try again.'
            ).format(path=path, line=line)
        ) from error


def _undecodable_line(file: BinaryIO) -> int | None:
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return number
    return None


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of a zip or of a folder."""

    names: list[str]
    """The names of all files, in order, with `/` between folders."""
    open: Callable[[str], BinaryIO]
    """Opens a file by its name for reading."""


def open_folder(path: Path) -> Archive:
    """The files of a folder and of the folders in it."""
    paths = (*path.glob("*"), *path.glob("*/*"))
    names = sorted(one.relative_to(path).as_posix() for one in paths if one.is_file())
    return Archive(names, lambda name: (path / name).open("rb"))


@contextmanager
def open_zip(file: BinaryIO) -> Iterator[Archive]:
    """Opens a zip. Raises InputError for one that is damaged or encrypted, that would unpack to
    more than MAX_BYTES or MAX_RATIO allow, or that has a path outside of its own folder."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as opened:
            members = opened.infolist()
            _check_members(members)
            names = [one.filename for one in members if not one.is_dir()]
            yield Archive(names, lambda name: cast("BinaryIO", opened.open(name)))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        # A damaged directory can lead to a position before the file.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise _damaged_zip_error() from error


def _damaged_zip_error() -> InputError:
    return InputError(
        _(
            "The zip is damaged, incomplete or protected by a password. Nothing was "
            "imported. Export your data again, without a password, then import the "
            "new zip."
        )
    )


def _check_members(infos: list[zipfile.ZipInfo]) -> None:
    """Raises InputError for a zip with an unsafe path, or one that would unpack to too much."""
    for one in infos:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1]):
            raise InputError(
                _(
                    "The zip contains an unsafe path ({name}). Nothing was imported. "
                    "Export the file again, then try once more."
                ).format(name=one.filename[:80])
            )
        if one.file_size > 1_000_000 and one.file_size > MAX_RATIO * one.compress_size:
            raise InputError(
                _(
                    "The zip has a file that's far larger than any tracker's export "
                    "({name}). Nothing was imported. Check that it's the right zip."
                ).format(name=one.filename[:80])
            )
    if len(infos) > MAX_FILES or sum(one.file_size for one in infos) > MAX_BYTES:
        raise InputError(
            _(
                "The zip is far larger than any tracker's export. Nothing was imported. "
                "Check that it's the right file."
            )
        )
