"""A file for the person, written whole or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say


@contextmanager
def atomic_text_file(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """A UTF-8 text file only its owner can read (0600), line ends left as they are written.

    It is written beside its target and takes its place once it is whole and on disk. Raises
    WrongInput when the target is there and may not be written over, Trouble for what the disk
    could not do; the target is then as it was.
    """
    with atomic_binary_file(path, force=force) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        yield text
        text.flush()
        text.detach()


@contextmanager
def atomic_binary_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file of bytes, placed as `new_file` places its text."""
    if not force and os.path.lexists(path):
        raise InputError(say("csv.exists", path=path))
    # Named before it is made, so that whatever ends this at whatever moment finds what to remove.
    beside = path.with_name(f".{path.name[:40]}.{os.urandom(8).hex()}")
    try:
        try:
            with open(beside, "xb", opener=_private) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(beside, path, force=force)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CalmtrackError(
            say("csv.cannot_write", path=path, reason=error.strerror or "unknown")
        ) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _put_in_place(beside: Path, path: Path, *, force: bool) -> None:
    # Written meanwhile by another program, it is still not ours to write over.
    if not force and os.path.lexists(path):
        raise InputError(say("csv.exists", path=path))
    beside.replace(path)
    _settle_folder(path.parent)


def _settle_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
