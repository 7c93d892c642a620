"""What commands write to standard output: text, one fact per line, or JSON."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from typing import TypeVar

from tracker.sanitize import sanitize_line

MAX_LINE_LENGTH = 20_000
"""Characters of a line, more than the longest path or CSV row."""

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
    """Prints a view in one of the formats, each made by its function."""
    if output is Format.JSON:
        print_json(json(view))
    else:
        print_lines(*(plain if output is Format.PLAIN else text)(view))


def print_lines(*lines: str) -> None:
    """Prints lines, without control characters."""
    for line in lines:
        print(sanitize_line(line, MAX_LINE_LENGTH))  # noqa: T201


def print_json(value: Mapping[str, object]) -> None:
    """Prints JSON in ASCII.

    C1 controls and bidirectional characters are legal in JSON and obeyed by terminals; so is
    DEL, which `json` doesn't escape.
    """
    import json

    print(json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f"))  # noqa: T201


def safe_streams() -> None:
    """Has `?` printed for characters that a stream's encoding lacks, instead of raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flush() -> None:
    """Flushes standard output, if it is open (`>&-` closes it)."""
    if sys.stdout is not None:
        sys.stdout.flush()
