"""A line on standard error that tells how far long work has come."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tracker.i18n.messages import format_number, say

PATIENCE = 1.0
"""Seconds before anything is told: most work is done by then."""

BETWEEN = 0.2
"""Seconds between two changes of the line."""


@contextmanager
def progress_line() -> Iterator[None]:
    """Tells of the rows that are read or written within, on a terminal only; the line is gone
    when all is done."""
    from tracker.formats.progress import report_progress

    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    line = _Line()
    try:
        with report_progress(line.told):
            yield
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self._due = time.monotonic() + PATIENCE
        self._rows = 0
        self._width = 0

    def told(self, rows: int) -> None:
        """Takes note of some more rows."""
        self._rows += rows
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + BETWEEN
            self._show(say("cli.on_the_way", rows=format_number(self._rows)))

    def clear(self) -> None:
        """Takes the line away."""
        if self._width:
            self._show("")
            self._show("")

    def _show(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"\r{text:{self._width}}")
            sys.stderr.flush()
        self._width = len(text)
