"""A file of the person's, opened to be read more than once."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line

STANDARD_INPUT = Path("-")


@contextmanager
def open_input(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file; what comes from standard input is first copied to a temporary file
    without a name. Raises Trouble for the disk."""
    try:
        if path != STANDARD_INPUT:
            with path.open("rb") as file:
                yield file
            return
        with tempfile.TemporaryFile() as copy:
            if sys.stdin is not None:
                shutil.copyfileobj(sys.stdin.buffer, copy)
            copy.seek(0)
            yield copy
    except OSError as error:
        raise CalmtrackError(
            say("csv.cannot_read", path=path, reason=error.strerror or "unknown")
        ) from error


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """A file's text from its beginning, UTF-8, line ends as they are; the file stays open.

    Halves of characters are let in, so that they can be replaced and named by their line.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogatepass", newline="")
    try:
        yield text
    finally:
        text.detach()


def display_name(path: Path) -> str:
    """What an import of a file is called: its name, without characters that no diary can hold."""
    return say("csv.standard_input") if path == STANDARD_INPUT else sanitize_line(path.name)


@contextmanager
def utf8_errors(file: BinaryIO, path: Path) -> Iterator[None]:
    """What is no text in UTF-8 becomes one sentence with its line."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise InputError(say("csv.not_utf8", path=path, line=_first_no_text(file))) from error


def _first_no_text(file: BinaryIO) -> int:
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return number
    return 1
