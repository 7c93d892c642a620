"""Full-text search in notes: case and accents are folded, and every word must occur in the notes of
a day, or name its season, month or year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from tracker.rules.folding import fold
from tracker.rules.mentions import SIGNS, TAG_SIGNS

_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"')
_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
"""A phrase with both its quotation marks, or with one to the end; or a word."""

Match = Literal["one_note", "several_notes"]
"""Whether one note of a day holds all the words, or only several notes together do."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
"""A year, a month such as 2026-04, or a day."""


class SearchQuery(NamedTuple):
    """The words of a search."""

    words: tuple[str, ...]
    """Folded, each once. A phrase, which was in quotation marks, is one word with spaces."""
    months: Mapping[str, Collection[int]]
    """The numbers, 1 to 12, of the months that a word names: one for a month, three for a
    season."""
    dates: frozenset[str]
    """The words that are a year, or the beginning of an ISO date."""
    short_months: Mapping[str, Collection[int]] = MappingProxyType({})
    """As `months`, for the first letters of a month beside other words. They count as a month only
    in `with_short_months`: "mar" can also be a name, or the sea."""
    whole: frozenset[str] = frozenset()
    """The single words in quotation marks: no part of a longer word, and no time."""

    def with_short_months(self) -> SearchQuery:
        """The query in which the first letters of a month name it."""
        return self._replace(months={**self.months, **self.short_months}, short_months={})

    def has_short_month(self, notes: Iterable[str]) -> bool:
        """Whether one of `short_months` is a word in one of some folded notes."""
        pattern = rf"\b(?:{'|'.join(map(re.escape, self.short_months))})\b"
        return any(re.search(pattern, note) for note in notes)

    def is_time(self, word: str) -> bool:
        """Whether a word, as it was typed, names a season, a month, a year or a date."""
        return fold(word) in self.months or fold(word) in self.dates

    def words_on(self, day: date) -> tuple[str, ...]:
        """The words that the notes of a day must contain: all but those that name its season, its
        month or its date."""
        if not self.months and not self.dates:
            return self.words
        return tuple(word for word in self.words if not self._names(word, day))

    def match(self, day: date, notes: Sequence[str]) -> Match | None:
        """How the folded notes of a day, a practice's with its name before it, contain the words;
        None where one is missing. A word may be part of a longer one, unless it names months:
        "may" doesn't match "maybe"."""
        missing_anywhere = words = self.words_on(day)
        for note in notes:
            missing = [word for word in words if not self._is_in(word, note)]
            if not missing:
                return "one_note"
            missing_anywhere = tuple(word for word in missing_anywhere if word in missing)
        return None if missing_anywhere else "several_notes"

    def has_word_in(self, day: date, note: str) -> bool:
        """Whether one of the words for the notes of a day is in a folded note."""
        return any(self._is_in(word, note) for word in self.words_on(day))

    def _names(self, word: str, day: date) -> bool:
        is_date = word in self.dates and day.isoformat().startswith(word)
        return is_date or day.month in self.months.get(word, ())

    def _is_in(self, word: str, note: str) -> bool:
        if " " in word:
            return _pattern(word).search(note) is not None
        if word not in note or not (word in self.months or word in self.whole):
            return word in note
        return re.search(rf"\b{re.escape(word)}\b", note) is not None


def parse_query(
    text: str,
    months: Mapping[str, Collection[int]],
    short_months: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> SearchQuery:
    """Parses a typed search; `months` maps the names of months and seasons that it may contain to
    the numbers of their months, 1 to 12, and `short_months` the first letters of months."""
    words = tuple(dict.fromkeys(map(fold, split_query(text))))
    whole = frozenset(
        fold(word) for word, is_quoted in _parts(text) if is_quoted and " " not in word
    )
    others = [word for word in words if word not in whole]
    named = _named_in(others, months)
    short = _named_in(others, short_months) if len(words) > 1 else {}
    return SearchQuery(
        words,
        named,
        frozenset(word for word in others if _DATE.fullmatch(word)),
        {word: numbers for word, numbers in short.items() if word not in named},
        whole,
    )


def _named_in(
    words: Iterable[str], months: Mapping[str, Collection[int]]
) -> dict[str, Collection[int]]:
    numbers = {fold(name): number for name, number in months.items()}
    return {word: numbers[word] for word in words if word in numbers}


def split_query(text: str) -> list[str]:
    """The words in a text as they were typed; a phrase in quotation marks is one word. Empty for
    quotation marks, spaces and combining marks alone."""
    return [word for word, _is_quoted in _parts(text)]


def _parts(text: str) -> list[tuple[str, bool]]:
    """The words and phrases of `split_query`, each with whether it was in quotation marks."""
    # Fields cut a long paste with an ellipsis. NFKC turns some characters into spaces, which
    # separate words.
    whole = unicodedata.normalize("NFKC", text.removesuffix("…")).translate(_QUOTES)
    found = _WORD.findall(whole)
    parts = ((" ".join((phrase or word).split()), bool(phrase)) for phrase, word in found)
    return [(word, is_quoted) for word, is_quoted in parts if fold(word)]


def find_hits(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The start and end of each place in a text where one of the folded words occurs, in no
    order."""
    # Folding can change the number of characters: ß is folded to ss, a combining accent to nothing.
    origins: list[int] = []
    folded = ""
    for index, character in enumerate(text):
        part = fold(character)
        folded += part
        origins += [index] * len(part)
    for word in words:
        for found in _pattern(word).finditer(folded):
            yield origins[found.start()], _end(text, origins[found.end() - 1] + 1)


@lru_cache(maxsize=64)
def _pattern(word: str) -> re.Pattern[str]:
    """Matches a folded word or phrase. The words of a phrase may have the sign of a name or a
    `#word` in the note: "with anna" matches "with @anna"."""
    return re.compile(f" [{SIGNS}{TAG_SIGNS}]?".join(map(re.escape, word.split(" "))))


def _end(text: str, end: int) -> int:
    """The end of a hit, after the combining marks that follow it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
