"""Files of plain lines, as trackers for the terminal keep them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers; those that begin with # don't."""
    for number, line in enumerate(lines, 1):
        text = line.strip(" \r\n")
        if text and not text.startswith("#"):
            yield number, text
