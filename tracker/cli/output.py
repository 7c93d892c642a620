"""What commands write to standard output and standard error."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar, cast

from tracker.errors import CalmtrackError
from tracker.files import os_reason
from tracker.i18n.messages import N_, _, format_number
from tracker.location import (
    NoHomeFolder,
    expand,
    home,
    resolve_location,
    settings_path,
    short_path,
)
from tracker.render.transliteration import HANDLER, encodable, lacks_characters
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.importers.import_report import Report

MAX_LINE_LENGTH = 20_000
"""Characters of a line, more than the longest path or CSV row."""

DEFAULT_WIDTH = 80
"""Columns where standard output isn't a terminal."""

LEAST_COLUMN = 20
"""Columns in which the last column of a table, or a sentence, is still wrapped."""

UNDO_HINT = N_('Changed your mind? Run "calmtrack undo".')

WITHOUT_DIARY = {"about", "completion", "demo", "reminder", "reminder remove", "reminder status"}
"""Commands that open no diary, or one of their own."""

_NAMED_DIARY: ContextVar[str] = ContextVar("_NAMED_DIARY", default="")
"""The diary that --diary names, quoted for a shell; "" without one."""

View = TypeVar("View")


class Format(Enum):
    """How a command answers."""

    TEXT = auto()
    """Tables and charts."""
    PLAIN = auto()
    """One fact per line, for a screen reader."""
    JSON = auto()


def name_diary(chosen: str | None) -> None:
    """From now on, the commands in printed sentences name this diary, too: as they are, they would
    change another one. A password of a URL is left out."""
    from shlex import quote

    label = chosen or ""
    if "://" in label:
        with suppress(NoHomeFolder):
            label = resolve_location(label).label
    _NAMED_DIARY.set(quote(label) if label.strip(" -") else "")


def write(
    output: Format,
    view: View,
    *,
    text: Callable[[View, int], Iterable[str]],
    plain: Callable[[View], Iterable[str]],
    json: Callable[[View], Mapping[str, object]],
    whole: Iterable[object] = (),
) -> None:
    """Prints a view in one of the formats, each made by its function.

    `text` takes the columns of the terminal, 80 for a file or a pipe. A line that is wider is
    wrapped in its last column. Where there's no room for that, all of it is replaced by the facts.
    The texts in `whole`, such as paths, aren't wrapped.
    """
    if output is Format.JSON:
        print_json(json(view))
    elif output is Format.PLAIN:
        print_exact(*map(_with_diary, plain(view)))
    else:
        width = _columns()
        lines = [
            _with_diary(line) for line in text(view, DEFAULT_WIDTH if width is None else width)
        ]
        if width is not None and _is_wider(lines, width):
            unbroken = _unbroken(whole)
            glued = (_glue(unbroken, line) for line in lines)
            lines = [part for line in glued for part in _wrap_last_column(line, width)]
            if _is_wider(lines, width):
                glued = (_glue(unbroken, _with_diary(line)) for line in plain(view))
                lines = [part for line in glued for part in _wrap(line, width)]
        print_exact(*(line.replace(_GLUE, " ") for line in lines))


def text_width() -> int:
    """The columns for a text: those of the terminal, 80 for a file or a pipe."""
    return _columns() or DEFAULT_WIDTH


def _columns(stream: TextIO | None = None) -> int | None:
    """The columns of the terminal of a stream, standard output without one, or those that COLUMNS
    names; None for a file or a pipe."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    stream = sys.stdout if stream is None else stream
    if stream is None or not stream.isatty():
        return None
    with suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or None
    return None


def _is_wider(lines: Iterable[str], width: int) -> bool:
    from rich.cells import cell_len

    return any(cell_len(sanitize_line(line, MAX_LINE_LENGTH).rstrip()) > width for line in lines)


def _wrap_last_column(line: str, width: int) -> list[str]:
    """The line with its last column wrapped: what follows its last two spaces, so that a sentence
    keeps its indent. As it is where it fits, and where little room is left."""
    from rich.cells import cell_len

    line = line.rstrip()
    text = line.rpartition("  ")[2].lstrip()
    before = line.removesuffix(text)
    room = width - cell_len(before)
    if not _is_wider([line], width) or room < LEAST_COLUMN:
        return [line]
    first, *more = _wrap(text, room)
    return [before + first, *(" " * cell_len(before) + part for part in more)]


def _wrap(line: str, width: int) -> list[str]:
    """The line in parts of at most `width` cells; a longer word, such as a path, is whole.

    `textwrap` counts characters, of which one of Chinese or Japanese takes two cells.
    """
    from tracker.render.columns import join_parts

    # Not `split()`: it also breaks at a no-break space, and makes one space of two in a name.
    parts = join_parts(line.strip(" ").split(" "), " ", width)
    return [part.strip(" ") for part in parts]


def print_lines(*lines: str, whole: Iterable[object] = ()) -> None:
    """Prints lines of text, without control characters. On a terminal, they are wrapped as by
    `wrap_sentences`; for a file or a pipe they stay as they are."""
    for line in lines:
        for part in wrap_sentences(line, whole=whole):
            _print(part)


def print_exact(*lines: str) -> None:
    """Prints lines as they are, such as those of a table, without control characters."""
    for line in lines:
        _print(sanitize_line(line, MAX_LINE_LENGTH))


_GLUE = "\ufdd0"
"""Stands for a space at which a line isn't wrapped. No text has this noncharacter."""

_COMMAND = r'"calmtrack [^"]*"|calmtrack(?: [a-z-]+)+ "[^"]*"'
_INDENT = r" *(?:[0-9]+  )?"


def wrap_sentences(
    line: str, stream: TextIO | None = None, *, whole: Iterable[object] = ()
) -> list[str]:
    """A line of text as it is printed: without control characters, and where it is wider than the
    terminal of a stream, standard output without one, wrapped between words.

    Commands stay whole, so that they can be copied, as do the texts in `whole` and the paths of
    `_known_paths`. The end of another path with spaces can't be told from the sentence.
    """
    line = _with_diary(sanitize_line(line, MAX_LINE_LENGTH))
    stream = sys.stdout if stream is None else stream
    width = _columns(stream) if stream is not None and stream.isatty() else None
    if width is None or (line.isascii() and len(line) <= width) or not _is_wider([line], width):
        return [line]
    unbroken = _unbroken(whole)
    indent = cast("re.Match[str]", re.match(_INDENT, line)).end()
    if width - indent < LEAST_COLUMN:
        indent = 0
    first, *more = _wrap(_glue(unbroken, line[indent:]), width - indent)
    parts = [line[:indent] + first, *(" " * indent + part for part in more)]
    return [part.replace(_GLUE, " ") for part in parts]


def _with_diary(line: str) -> str:
    """The line, with the diary that `name_diary` chose in the commands that open one."""
    diary = _NAMED_DIARY.get()
    if not diary or "calmtrack" not in line:
        return line
    return re.sub(_COMMAND, lambda text: _command_with(diary, text[0]), line)


def _command_with(diary: str, command: str) -> str:
    words = command.strip('"').split()[1:] or [""]
    options = {word.strip("'").partition("=")[0] for word in words}
    if words[0] in WITHOUT_DIARY or not options.isdisjoint({"--diary", "--help"}):
        return command
    return command.replace("calmtrack ", f"calmtrack --diary {diary} ", 1)


def _unbroken(whole: Iterable[object]) -> re.Pattern[str]:
    """What matches these texts, known paths, and commands."""
    texts = {text for one in (*whole, *_known_paths()) for text in _as_printed(one) if text}
    return re.compile("|".join((*map(re.escape, sorted(texts, key=len, reverse=True)), _COMMAND)))


def _known_paths() -> Iterator[object]:
    """The paths that are most often in a sentence, also in that of an error: those on the command
    line, the diary, and the folders in which other files are."""
    from tracker.settings import read_settings

    for word in sys.argv[1:]:
        text = word.partition("=")[2] if word.startswith("--") and "=" in word else word
        if text[:1] in ("/", "~", "."):
            yield text
        with suppress(NoHomeFolder, ValueError, OSError):
            yield expand(text)
    for folder_of in (home, Path.home, Path.cwd):
        with suppress(NoHomeFolder, RuntimeError, OSError):
            yield folder_of()
    with suppress(NoHomeFolder, CalmtrackError, ValueError, OSError):
        yield (settings := settings_path())
        yield settings.parent
        chosen = os.environ.get("CALMTRACK_DATABASE_URL") or read_settings().settings.diary
        if (path := resolve_location(chosen or None).path) is not None:
            yield from (path, path.parent)


def _glue(unbroken: re.Pattern[str], line: str) -> str:
    """A line whose words stay together where this matches, until `_GLUE` is a space again."""
    return unbroken.sub(lambda text: text[0].replace(" ", _GLUE), line)


def _as_printed(one: object) -> Iterator[str]:
    """A text in the ways in which a sentence can have it: a path also from the home folder on."""
    yield sanitize_line(str(one), MAX_LINE_LENGTH)
    if isinstance(one, Path):
        yield sanitize_line(short_path(one), MAX_LINE_LENGTH)


def print_merged(report: Report, message: str, path: object, *, dry_run: bool = False) -> None:
    """Prints what a merge reports, and a message with `path` and the numbers of its rows; then how
    to take it back, and what it left out."""
    from tracker.importers.import_report import LOST_ROWS_HINT, merge_lines

    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.messages))
    print_lines(" ".join(merge_lines(report, message, path, dry_run=dry_run)), whole=[path])
    if not dry_run and (report.added or report.changed):
        print_lines(_(UNDO_HINT))
    if not dry_run and report.lost and report.set_aside:
        print_lines(_(LOST_ROWS_HINT))


def print_json(value: Mapping[str, object]) -> None:
    """Prints JSON in ASCII.

    C1 controls and bidirectional characters are legal in JSON and obeyed by terminals; so is
    DEL, which `json` doesn't escape.
    """
    import json

    _print(json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f"))


def print_result(
    *lines: str, json: Mapping[str, object] | None = None, whole: Iterable[object] = ()
) -> None:
    """Prints what a command has changed in the diary: as JSON if that is given, else as
    `print_lines`."""
    if json is None:
        print_lines(*lines, whole=whole)
    else:
        print_json(json)


def print_done(
    *lines: str, json: Mapping[str, object] | None = None, whole: Iterable[object] = ()
) -> None:
    """As `print_result`, for what isn't only a change of the diary, and flushed at once. Raises
    CalmtrackError where it can't be printed, which says that it is done all the same."""
    try:
        print_result(*lines, json=json, whole=whole)
        flush()
    except OutputError as error:
        discard_output()
        raise CalmtrackError(
            _("It's done, but the result couldn't be printed: {reason}.").format(
                reason=os_reason(error)
            )
        ) from error


def print_text(write: Callable[[TextIO], object], line_end: str) -> None:
    """Writes exact bytes to a file or pipe; to a terminal lines without control characters."""
    if sys.stdout is None:
        return
    if sys.stdout.isatty():
        text = io.StringIO(newline="")
        write(text)
        print_exact(*text.getvalue().split(line_end)[:-1])
        return
    # A TextIOWrapper would close the buffer when a broken pipe unwinds it.
    out = codecs.getwriter("utf-8")(output_bytes())
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


class _OutputBytes:
    """The bytes of standard output, whose errors are OutputErrors: an exporter's own are not."""

    def write(self, data: bytes) -> int:
        with _output_errors():
            return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        flush()


def output_bytes() -> BinaryIO:
    """Standard output as a stream of bytes that can't seek. Its writes raise OutputError."""
    return cast("BinaryIO", _OutputBytes())


def _print(text: str) -> None:
    encoding = getattr(sys.stdout, "encoding", None)
    if encoding and not text.isascii() and lacks_characters(encoding):
        text = "".join(encodable([text], encoding)).rstrip(" ")
    with _output_errors():
        print(text)  # noqa: T201


def safe_streams() -> None:
    """Has something similar or `?` printed for characters that a stream's encoding lacks, instead
    of raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def flush() -> None:
    """Flushes standard output, if it is open (`>&-` closes it). Raises OutputError."""
    if sys.stdout is not None:
        with _output_errors():
            sys.stdout.flush()


MAX_ERROR_LENGTH = 2_000
"""Characters of an error."""


def print_error(sentence: str) -> None:
    """Prints one sentence to standard error, if it is open and can be written; wrapped on a
    terminal."""
    if sys.stderr is not None:
        lines = wrap_sentences(sanitize_line(sentence, MAX_ERROR_LENGTH), sys.stderr)
        with suppress(OSError):
            print("\n".join(lines), file=sys.stderr, flush=True)  # noqa: T201


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
