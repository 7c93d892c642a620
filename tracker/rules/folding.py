"""Compares texts without case and accents, as they are typed in a hurry."""

from __future__ import annotations

import re
import unicodedata


class _WithoutMarks(dict[int, int | str | None]):
    """A table for `str.translate` that removes combining marks; it fills itself with the
    characters that occur."""

    def __missing__(self, code: int) -> int | None:
        mark = None if unicodedata.combining(chr(code)) else code
        self[code] = mark
        return mark


_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
"""Letters that Unicode doesn't decompose, as they are typed on another keyboard."""

_WITHOUT_MARKS = _WithoutMarks(
    {
        **{
            ord(form): plain for letter, plain in _PLAIN.items() for form in letter + letter.upper()
        },
        **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """The text without case and accents, so that "cafe" is found in "Café": in NFKD, without the
    combining marks, with straight apostrophes, casefolded."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    # With Latin letters only accents are left to remove, and a regular expression is faster.
    return plain.lower() if plain.isascii() else plain.translate(_WITHOUT_MARKS).casefold()
