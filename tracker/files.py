"""Files written whole or not at all, in folders only their owner can enter."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import N_, _
from tracker.location import DIARY_FILE, NoHomeFolder, expand

_REASONS = {
    errno.ENOENT: N_("No such file or directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EISDIR: N_("Is a directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
}
"""The usual errors of the operating system, as it names them in English. Python never sets the
locale that it would translate them by."""


def os_reason(error: OSError) -> str:
    """What the operating system has refused, in the current language if it's usual."""
    reason = _REASONS.get(error.errno or 0)
    return _(reason) if reason else error.strerror or str(error)


@contextmanager
def atomic_write(path: Path, *, overwrite: bool = True) -> Iterator[BinaryIO]:
    """Opens a file (0600) that replaces `path` once it is complete and on disk.

    It is written to a temporary file in the same folder, synced, renamed, and the folder synced.
    On any exception the temporary file is removed and `path` is as it was. Symbolic links are
    resolved first: what they point to is replaced. A FIFO or a character device is written to as
    a stream. Raises OSError, FileExistsError when `path` exists and `overwrite` is false, and
    InputError for a socket or a block device.
    """
    if _is_stream(path):
        with _open_stream(path) as stream:
            yield stream
        return
    _check_free(path, overwrite=overwrite)
    target = path.resolve()
    # Chosen before the file is created, so that an exception at any point can remove the file.
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(8).hex()}")
    try:
        with open(temporary, "xb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # Another program may have created it meanwhile.
        _check_free(target, overwrite=overwrite)
        temporary.replace(target)
        sync_folder(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def atomic_binary_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """`atomic_write` that raises CalmtrackError in place of OSError.

    Raises InputError when `path` exists and `force` is false, CalmtrackError for what the file
    system refuses.
    """
    try:
        with atomic_write(path, overwrite=force) as file:
            yield file
    except FileExistsError as error:
        raise file_exists_error(path) from error
    except OSError as error:
        message = (
            _(
                "Couldn't finish writing {path}: {reason}. What was written so far is "
                "incomplete. Please try again."
            )
            if _is_stream(path)
            else _("Couldn't write {path}: {reason}. Nothing there was changed.")
        )
        raise CalmtrackError(message.format(path=path, reason=os_reason(error))) from error


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
        raise InputError(
            _(
                "{path} is a pipe or a device. calmtrack reads regular files, folders and standard "
                "input only."
            ).format(path=path)
        )


def parse_path(text: str) -> Path:
    """The absolute path that was typed, `~` expanded.

    Raises InputError without a home folder, for a name that no file can have, and for an empty
    text, which would be the current folder: an unset variable in a script.
    """
    if not text.strip():
        raise InputError(_("The path is empty. Choose a file or a folder."))
    try:
        path = expand(text)
        path.lstat()
    except NoHomeFolder as error:
        raise no_home_error(error) from error
    except ValueError as error:
        # NUL, or a character that the encoding of file names lacks.
        raise InputError(_("No file can have that name. Choose another one.")) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(_("That path is too long. Choose a shorter name.")) from error
    return path


def without_file_url(text: str) -> str:
    """The path in a text that ends in a `file://` URL, as a file manager copies it; any other text
    as it is."""
    _before, scheme, path = text.rpartition("file://")
    if not scheme:
        return text
    from urllib.parse import unquote

    return unquote(path)


def is_missing_or_empty(path: Path) -> bool:
    """Whether there is no file at a path, or an empty one, as before a diary's first change. False
    for a path that can't be inspected."""
    try:
        return path.stat().st_size == 0
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def refuse_missing(path: Path) -> None:
    """Raises InputError where there is nothing at a path."""
    if not path.exists():
        raise InputError(_("There's no file at {path}. Nothing was changed.").format(path=path))


def file_exists_error(path: Path) -> InputError:
    """The error for a file that isn't replaced unless the person asks for it."""
    return InputError(
        _(
            "{path} already exists, so nothing was written. Choose another name, or add --force to "
            "replace it."
        ).format(path=path),
        in_app=_("{path} already exists, so nothing was written. Choose another name.").format(
            path=path
        ),
    )


def not_a_diary_error(path: Path) -> InputError:
    """The error for a path that should be of a diary, a backup or an export, and isn't. Text and
    archives may be of another app, to import."""
    import shlex

    if path.is_dir():
        return InputError(folder_message(path))
    message = _(
        "{path} isn't a diary that this version of calmtrack can read. "
        "Nothing was changed. Check the path, or update calmtrack."
    )
    if _is_text_or_archive(path):
        message = _(
            "{path} isn't a diary. Nothing was changed. To import what another app "
            'exported, run "calmtrack import {quoted}".'
        )
    return InputError(message.format(path=path, quoted=shlex.quote(str(path))))


def _is_text_or_archive(path: Path) -> bool:
    start = b""
    if path.is_file():
        with suppress(OSError), path.open("rb") as file:
            start = file.read(1000)
    return start.startswith(b"PK") or (start != b"" and b"\0" not in start)


def folder_message(path: Path) -> str:
    """That a path that should be of a diary is of a folder, and which file may be meant: the
    diary, or else the last one by name, as of backups."""
    file = path / DIARY_FILE
    if not file.is_file():
        with suppress(OSError):
            file = max(path.glob("*.db"), default=file)
    return _(
        "{path} is a folder, not a diary. Nothing was changed. Name the file in it, like {file}."
    ).format(path=path, file=file)


def not_a_backup_error(path: Path) -> InputError:
    """The error for an export where a diary or a backup is needed."""
    import shlex

    return InputError(
        _(
            "{path} is an export, not a backup. Nothing was changed. To import it, run "
            '"calmtrack import {quoted}".'
        ).format(path=path, quoted=shlex.quote(str(path)))
    )


def no_home_error(error: NoHomeFolder) -> InputError:
    """The InputError to raise for a NoHomeFolder."""
    if error.text is None:
        return InputError(
            _(
                "calmtrack can't find your home folder. Choose a diary with --diary, "
                "or set the environment variable HOME or CALMTRACK_HOME."
            )
        )
    return InputError(
        _(
            '"{text}" starts with a home folder that doesn\'t exist on this computer. '
            "Check the path."
        ).format(text=error.text)
    )


def _check_free(path: Path, *, overwrite: bool) -> None:
    """Raises IsADirectoryError for a folder, FileExistsError for another path that may not be
    overwritten, and InputError for another path that is not a regular file."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(path)
    if path.exists() and not path.is_file():
        raise InputError(
            _(
                "{path} isn't a regular file, so nothing was written there. Choose another name."
            ).format(path=path)
        )


def _is_stream(path: Path) -> bool:
    """Whether a path is a FIFO or a character device, also through a symbolic link."""
    return path.is_fifo() or path.is_char_device()


def _open_stream(path: Path) -> BinaryIO:
    """Opens a FIFO or a character device; creates, empties and replaces nothing."""
    stream = os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    if stat.S_ISREG(os.fstat(stream).st_mode):
        # It was replaced by a file between the check and the opening.
        os.close(stream)
        raise FileExistsError(path)
    return os.fdopen(stream, "wb")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
