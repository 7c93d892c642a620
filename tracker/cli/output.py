"""What the commands print: lines, and JSON."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from contextlib import suppress

from tracker.sanitize import sanitize_line


def safe_streams() -> None:
    """A terminal or file that can't write a character gets `?` in its place, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


LONGEST_LINE = 20_000
"""Characters of a line: more than the longest path or CSV row that people read here."""


def print_lines(*lines: str) -> None:
    """Prints lines. A person's own words in them have been through `visible` to be measured;
    here nothing slips by."""
    for line in lines:
        print(sanitize_line(line, LONGEST_LINE))  # noqa: T201


def flush() -> None:
    """Writes out what was printed; without a standard output (`>&-`) there is nothing to do."""
    if sys.stdout is not None:
        sys.stdout.flush()


def print_json(value: Mapping[str, object]) -> None:
    """Prints JSON. Everything beyond ASCII is escaped: what a terminal would obey (C1 controls,
    marks that turn the direction of writing) is legal in JSON as it is; so is DEL within ASCII."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f"))  # noqa: T201


def print_error(sentence: str) -> None:
    """Prints one sentence to standard error, if there is one that takes it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(sanitize_line(sentence, 2_000), file=sys.stderr, flush=True)  # noqa: T201
