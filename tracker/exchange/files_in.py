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

from tracker.trouble import Trouble
from tracker.words import say

STANDARD_INPUT = Path("-")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
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
        raise Trouble(
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


def subject_of(path: Path) -> str:
    """What an import of a file is called."""
    return say("csv.standard_input") if path == STANDARD_INPUT else path.name
