"""How many cells of a terminal a text takes, and texts padded to line up."""

from __future__ import annotations

import unicodedata

_JOINER = "\N{ZERO WIDTH JOINER}"
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"


def width(text: str) -> int:
    """Cells: two for wide characters, none for combining ones and for what a joiner joins."""
    cells, joined, before = 0, False, 0
    for character in text:
        if character == _EMOJI_STYLE:
            cells += before == 1
            before = 2
        elif character == _JOINER:
            joined = True
        elif unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
            pass
        elif joined:
            joined = False
        else:
            before = 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
            cells += before
    return cells


def pad(text: str, cells: int) -> str:
    """The text in exactly so many cells: filled with spaces, or cut with `…`."""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    kept = ""
    for character in text:
        if width(kept + character) > cells - 1:
            break
        kept += character
    return kept + "…" + " " * (cells - 1 - width(kept))
