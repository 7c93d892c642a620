"""A progress line on standard error for imports, exports and merges."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tracker.i18n.messages import format_number, say

DELAY_SECONDS = 1.0
"""Before the line appears; most work ends earlier."""

INTERVAL_SECONDS = 0.2
"""Between two updates."""


@contextmanager
def progress_line() -> Iterator[None]:
    """Shows how many rows the block has read or written, when standard error is a terminal.

    The line is removed at the end.
    """
    from tracker.formats.progress import report_progress

    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    line = _Line()
    try:
        with report_progress(line.add):
            yield
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self._due = time.monotonic() + DELAY_SECONDS
        self._rows = 0
        self._width = 0

    def add(self, rows: int) -> None:
        """Counts rows, and redraws when it is due."""
        self._rows += rows
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + INTERVAL_SECONDS
            self._draw(say("cli.on_the_way", rows=format_number(self._rows)))

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
