"""What commands write to standard output and standard error, and the code they exit with."""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum, IntEnum, auto
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO, TypeVar, cast

from tracker import __version__, clock
from tracker.errors import CalmtrackError, InputError
from tracker.files import no_home_error, private_folder, refuse_special
from tracker.i18n.messages import N_, _, format_number
from tracker.location import ERROR_LOG, NoHomeFolder, settings_path
from tracker.sanitize import sanitize_line

MAX_LINE_LENGTH = 20_000
"""Characters of a line, more than the longest path or CSV row."""

UNDO_HINT = N_('Changed your mind? Run "calmtrack undo".')

View = TypeVar("View")


class Format(Enum):
    """How a command answers."""

    TEXT = auto()
    """Tables and charts."""
    PLAIN = auto()
    """One fact per line, for a screen reader."""
    JSON = auto()


def write(
    output: Format,
    view: View,
    *,
    text: Callable[[View], Iterable[str]],
    plain: Callable[[View], Iterable[str]],
    json: Callable[[View], Mapping[str, object]],
) -> None:
    """Prints a view in one of the formats, each made by its function.

    Sentences that are wider than the terminal are wrapped. Where a table or chart is, all of it is
    replaced by the facts.
    """
    if output is Format.JSON:
        print_json(json(view))
    elif output is Format.PLAIN:
        print_lines(*plain(view))
    else:
        lines = list(text(view))
        width = _terminal_width()
        if width is not None and _is_wider(lines, width):
            lines = [part for line in lines for part in _wrap_sentence(line, width)]
            if _is_wider(lines, width):
                lines = [part for line in plain(view) for part in _wrap(line, width)]
        print_lines(*lines)


def _terminal_width() -> int | None:
    """The columns of the terminal, or those that COLUMNS names; None for a file or a pipe."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    return None


def _is_wider(lines: Iterable[str], width: int) -> bool:
    from rich.cells import cell_len

    return any(cell_len(sanitize_line(line, MAX_LINE_LENGTH).rstrip()) > width for line in lines)


def _wrap_sentence(line: str, width: int) -> list[str]:
    """The line wrapped, if it isn't part of a table: those have columns parted by spaces."""
    return [line] if "  " in line.strip() else _wrap(line, width)


def _wrap(line: str, width: int) -> list[str]:
    """The line in parts of at most `width` characters; a longer word, such as a path, is whole."""
    from textwrap import wrap

    return wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def print_lines(*lines: str) -> None:
    """Prints lines, without control characters."""
    for line in lines:
        _print(sanitize_line(line, MAX_LINE_LENGTH))


def print_json(value: Mapping[str, object]) -> None:
    """Prints JSON in ASCII.

    C1 controls and bidirectional characters are legal in JSON and obeyed by terminals; so is
    DEL, which `json` doesn't escape.
    """
    import json

    _print(json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f"))


def print_text(write: Callable[[TextIO], object], line_end: str) -> None:
    """Writes exact bytes to a file or pipe; to a terminal lines without control characters."""
    if sys.stdout is None:
        return
    if sys.stdout.isatty():
        text = io.StringIO(newline="")
        write(text)
        print_lines(*text.getvalue().split(line_end)[:-1])
        return
    # A TextIOWrapper would close the buffer when a broken pipe unwinds it.
    out = codecs.getwriter("utf-8")(sys.stdout.buffer)
    write(cast("TextIO", out))


class OutputError(OSError):
    """Standard output can't be written, as on a full disk. A reader that is gone is none."""


@contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


def _print(text: str) -> None:
    with _output_errors():
        print(text)  # noqa: T201


def safe_streams() -> None:
    """Has `?` printed for characters that a stream's encoding lacks, instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flush() -> None:
    """Flushes standard output, if it is open (`>&-` closes it). Raises OutputError."""
    if sys.stdout is not None:
        with _output_errors():
            sys.stdout.flush()


MAX_ERROR_LENGTH = 2_000
"""Characters of an error."""


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
    except OSError as error:
        discard_output()
        return fail(
            _("The operating system refused: {reason}.").format(reason=error.strerror or error),
            ExitCode.FAILED,
        )
    except Exception as error:
        return fail(_unexpected(error), ExitCode.FAILED)
    return code if isinstance(code, int) else ExitCode.OK


def fail(sentence: str, code: ExitCode) -> ExitCode:
    """Prints a sentence to standard error; returns the code."""
    print_error(sentence)
    return code


def print_error(sentence: str) -> None:
    """Prints one sentence to standard error, if it is open and can be written."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(sanitize_line(sentence, MAX_ERROR_LENGTH), file=sys.stderr, flush=True)  # noqa: T201


def _unexpected(error: Exception) -> str:
    """The sentence for an error of calmtrack itself, whose traceback is logged."""
    kind = type(error).__name__
    try:
        path = settings_path().with_name(ERROR_LOG)
        _log(error, path)
    except (OSError, CalmtrackError, NoHomeFolder):
        return _(
            "Something went wrong in calmtrack ({kind}). Everything you saved is safe. Please "
            "try again."
        ).format(kind=kind)
    return _(
        "Something went wrong in calmtrack ({kind}). Everything you saved is safe. Please try "
        "again. If it happens again, see {path} for details; it contains nothing you wrote."
    ).format(kind=kind, path=path)


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


def discard_output() -> None:
    """Redirects standard output to the null device; Python flushes it again when it exits."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


PROGRESS_DELAY_SECONDS = 1.0
"""Seconds before the progress line appears; most work ends earlier."""

PROGRESS_INTERVAL_SECONDS = 0.2
"""Seconds between two updates of the progress line."""


@contextmanager
def progress_line() -> Iterator[None]:
    """Shows how many rows the block has read or written, when standard error is a terminal.

    The line is removed at the end.
    """
    from tracker.formats.progress import report_progress

    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    line = _ProgressLine()
    try:
        with report_progress(line.add):
            yield
    finally:
        line.clear()


class _ProgressLine:
    def __init__(self) -> None:
        self._due = time.monotonic() + PROGRESS_DELAY_SECONDS
        self._rows = 0
        self._width = 0

    def add(self, rows: int) -> None:
        """Counts rows, and redraws when it is due."""
        self._rows += rows
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + PROGRESS_INTERVAL_SECONDS
            self._draw(_("{rows} rows so far …").format(rows=format_number(self._rows)))

    def clear(self) -> None:
        """Removes the line: overwrites it with spaces, then returns the cursor."""
        if self._width:
            self._draw("")
            self._draw("")

    def _draw(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"\r{text:{self._width}}")
            sys.stderr.flush()
        self._width = len(text)
