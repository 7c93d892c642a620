"""Files written whole or not at all, in folders only their owner can enter."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say


@contextmanager
def atomic_write(path: Path, *, overwrite: bool = True) -> Iterator[BinaryIO]:
    """Opens a file (0600) that replaces `path` once it is complete and on disk.

    It is written to a temporary file in the same folder, synced, renamed, and the folder synced.
    On any exception the temporary file is removed and `path` is as it was. Raises OSError, and
    FileExistsError when `path` exists and `overwrite` is false.
    """
    # The name is chosen before the file is created, so that whatever interrupts this finds it.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(8).hex()}")
    _check_free(path, overwrite=overwrite)
    try:
        with open(temporary, "xb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # Another program may have created it meanwhile.
        _check_free(path, overwrite=overwrite)
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def atomic_binary_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Like `atomic_write`, its errors as sentences.

    Raises InputError when `path` exists and `force` is false, CalmtrackError for what the file
    system refuses.
    """
    try:
        with atomic_write(path, overwrite=force) as file:
            yield file
    except FileExistsError as error:
        raise InputError(say("csv.exists", path=path)) from error
    except OSError as error:
        reason = error.strerror or "unknown"
        raise CalmtrackError(say("csv.cannot_write", path=path, reason=reason)) from error


@contextmanager
def atomic_text_file(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Like `atomic_binary_file`, for UTF-8 text whose line ends are written as they are."""
    with atomic_binary_file(path, force=force) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        yield text
        text.flush()
        text.detach()


def private_folder(folder: Path) -> None:
    """Creates a folder only its owner can enter (0700), and each missing one above it."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Syncs a folder's entries to disk, so that a rename survives a power cut.

    Does nothing where the system or the file system can't (Windows, some network mounts).
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def refuse_special(path: Path) -> None:
    """Raises InputError for a FIFO, a device or a socket: reading one may never end.

    A path that can't be inspected is left to whoever opens it.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(say("care.special_file", path=path))


def parse_path(text: str) -> Path:
    """The absolute path that was typed, `~` expanded. Raises InputError without a home folder."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise InputError(say("cli.no_home", text=text)) from error


def _check_free(path: Path, *, overwrite: bool) -> None:
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
