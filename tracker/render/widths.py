"""How many cells of a terminal a text takes, and texts padded to line up."""

from __future__ import annotations

import unicodedata

_JOINER = "\N{ZERO WIDTH JOINER}"
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_NO_CELL = ("Mn", "Me", "Cf")
_LATER_JAMO = range(0x1160, 0x1200)
"""Vowels and ends of a Korean syllable: drawn into the cell of its beginning."""
_PICTURES = range(0x1F300, 0x1FB00)
"""Emoji, those included that this Python does not know yet."""


def width(text: str) -> int:
    """Cells: two for wide characters, none for combining ones and for what a joiner joins."""
    if text.isascii():
        return len(text)
    cells, joined, before = 0, False, 0
    for character in text:
        if character == _JOINER:
            joined = True
        elif character == _EMOJI_STYLE:
            cells += before == 1
            before = 2
        elif joined:
            joined = False
        elif not _is_drawn_into(character, before):
            before = _cells_of(character)
            cells += before
    return cells


def _is_drawn_into(character: str, before: int) -> bool:
    """Whether it takes no cell of its own after a character of so many cells."""
    code = ord(character)
    if code in _SKIN_TONES:
        return before == 2
    if code in _LATER_JAMO:
        return True
    return unicodedata.category(character) in _NO_CELL and character != _SOFT_HYPHEN


def _cells_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 2
    is_new = ord(character) in _PICTURES and unicodedata.category(character) == "Cn"
    return 2 if is_new else 1


def pad(text: str, cells: int) -> str:
    """The text in exactly so many cells: filled with spaces, or cut with `…`."""
    taken = width(text)
    if taken <= cells:
        return text + " " * (cells - taken)
    kept = ""
    for character in text:
        if width(kept + character) > cells - 1:
            break
        kept += character
    kept = kept.rstrip(_JOINER)
    return kept + "…" + " " * (cells - 1 - width(kept))
