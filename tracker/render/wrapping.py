"""Wraps text by the cells of a terminal: a character of Chinese or Japanese takes two."""

from __future__ import annotations

from functools import cache
from io import StringIO

from rich.console import Console
from rich.text import Text


def wrap_cells(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; a longer word is broken."""
    lines = Text(text).wrap(_console(width), width, tab_size=4)
    return [line.plain.rstrip() for line in lines] or [""]


@cache
def _console(width: int) -> Console:
    """Needed by Rich to wrap; nothing is printed on it."""
    return Console(width=width, file=StringIO(), legacy_windows=False)
