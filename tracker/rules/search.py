"""Full-text search in notes: case and accents are folded, and every word must occur."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator


class _WithoutMarks(dict[int, int | None]):
    """A table for `str.translate` that removes combining marks; it fills itself with the
    characters that occur."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """The text without case and accents, so that "cafe" is found in "Café": in NFKD, without the
    combining marks, casefolded."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    # With Latin letters only accents are left to remove, and a regular expression is faster.
    return plain.lower() if plain.isascii() else plain.translate(_WITHOUT_MARKS).casefold()


def search_words(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once."""
    return tuple(dict.fromkeys(fold(query).split()))


def contains_all(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether each of the folded words occurs in one of the texts, also within a longer word."""
    folded = "\n".join(map(fold, texts))
    return all(word in folded for word in words)


def find_hits(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the folded words occur in a text: start and end of each hit, in no order."""
    # Folding can change how many characters there are: ß is folded to ss, é to e.
    origins: list[int] = []
    folded = ""
    for index, character in enumerate(text):
        part = fold(character)
        folded += part
        origins += [index] * len(part)
    for word in words:
        start = folded.find(word)
        while start >= 0:
            yield origins[start], _end(text, origins[start + len(word) - 1] + 1)
            start = folded.find(word, start + len(word))


def _end(text: str, end: int) -> int:
    """The end of a hit with the combining marks behind it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
