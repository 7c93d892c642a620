"""Runs a command: every error becomes one sentence on standard error, and an exit code."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tracker import __version__, clock
from tracker.cli.output import OutputError, discard_output, flush, print_error, safe_streams
from tracker.errors import CalmtrackError, InputError
from tracker.files import no_home_error, os_reason, private_folder, refuse_special
from tracker.i18n.messages import _
from tracker.location import ERROR_LOG, NoHomeFolder, settings_path, without_passwords

MAX_LOG_SIZE, MAX_CAUSES = 1 << 20, 5
"""Bytes of the log, above which it is begun anew, and exceptions of one chain."""


class ExitCode(IntEnum):
    """What a script can tell from the exit code; 128 and the number for a signal."""

    OK = 0
    FAILED = 1
    INVALID_INPUT = 2
    INTERRUPTED = 130


class TerminationSignal(BaseException):
    """SIGTERM or SIGHUP arrived. Like KeyboardInterrupt, no `except Exception` catches it."""

    def __init__(self, number: int) -> None:
        """`number` is that of the signal."""
        super().__init__(number)
        self.exit_code = 128 + number


def run_command(command: Callable[[], object]) -> int:
    """Runs a command; returns what it returns if that is a number, else 0.

    Every error becomes one sentence on standard error and an exit code; the traceback of an
    unexpected one is written to ERROR_LOG.
    """
    safe_streams()
    try:
        with _raise_on_termination():
            code = command()
            flush()
    except TerminationSignal as end:
        # The reader of our output may be gone, or have stopped reading.
        discard_output()
        return end.exit_code
    except CalmtrackError as error:
        is_input = isinstance(error, InputError)
        return fail(str(error), ExitCode.INVALID_INPUT if is_input else ExitCode.FAILED)
    except NoHomeFolder as error:
        return fail(str(no_home_error(error)), ExitCode.INVALID_INPUT)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader has enough (`| head`), which is no error.
        discard_output()
        return ExitCode.OK
    except OutputError as error:
        discard_output()
        return fail(
            _("The result couldn't be printed: {reason}.").format(reason=os_reason(error)),
            ExitCode.FAILED,
        )
    except OSError as error:
        discard_output()
        return fail(
            _("The operating system refused: {reason}.").format(reason=os_reason(error)),
            ExitCode.FAILED,
        )
    except Exception as error:
        return fail(_unexpected(error), ExitCode.FAILED)
    return code if isinstance(code, int) else ExitCode.OK


def fail(sentence: str, code: ExitCode) -> ExitCode:
    """Prints a sentence to standard error; returns the code. What was printed before and can't be
    written is discarded, as Python would report that, too. The sentence may quote what was typed:
    the password in a URL is left out."""
    print_error(without_passwords(sentence))
    try:
        flush()
    except OSError:
        discard_output()
    return code


def _unexpected(error: Exception) -> str:
    """The sentence for an error of calmtrack itself, whose traceback is logged."""
    sentence = _(
        "Something went wrong in calmtrack ({kind}). Everything you saved is safe. Please try "
        "again."
    ).format(kind=type(error).__name__)
    with suppress(OSError, CalmtrackError, NoHomeFolder):
        path = settings_path().with_name(ERROR_LOG)
        _log(error, path)
        details = _("If it happens again, see {path} for details; it contains nothing you wrote.")
        return f"{sentence} {details.format(path=path)}"
    return sentence


def _log(error: Exception, path: Path) -> None:
    """Appends the traceback to a private file, without messages: they could hold what a person
    wrote. Raises OSError, and InputError for a path that is not a regular file."""
    import traceback

    refuse_special(path)
    private_folder(path.parent)
    size = path.stat().st_size if path.exists() else 0
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if size > MAX_LOG_SIZE else os.O_APPEND)
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{clock.utc_seconds(clock.now())} calmtrack {__version__}\n")
        cause: BaseException | None = error
        for _ in range(MAX_CAUSES):
            if cause is not None:
                file.writelines(traceback.format_tb(cause.__traceback__))
                file.write(f"{type(cause).__name__}\n")
                cause = cause.__cause__ or cause.__context__


@contextmanager
def _raise_on_termination() -> Iterator[None]:
    """Turns SIGTERM and SIGHUP into an exception, so that a command removes its temporary files.

    The app installs its own handlers meanwhile. A signal that is ignored (`nohup`) stays ignored.
    """
    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {number: signal.getsignal(number) for number in numbers if number is not None}
    handled = [number for number, handler in before.items() if handler is not signal.SIG_IGN]

    def terminate(number: int, _: FrameType | None) -> NoReturn:
        # A closed terminal can send both, and a second one would interrupt the clean-up.
        for one in handled:
            signal.signal(one, signal.SIG_IGN)
        raise TerminationSignal(number)

    for number in handled:
        signal.signal(number, terminate)
    try:
        yield
    finally:
        for number in handled:
            signal.signal(number, before[number] or signal.SIG_DFL)
