"""What an import has to say to a person, without saying one thing a thousand times."""

from __future__ import annotations

from collections import Counter

from tracker.i18n.messages import format_number, plural_key, say

OF_A_KIND = 20
"""Sentences of one kind that are said; how many more there are is said after them."""


class ReportMessages:
    """Sentences as they come up, counted by their kind."""

    def __init__(self) -> None:
        self._said: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, name: str, /, **values: object) -> None:
        """Says the sentence of this name, unless its kind was said often enough."""
        self._counts[name] += 1
        if self._counts[name] <= OF_A_KIND:
            self._said.setdefault(name, []).append(say(name, **values))

    def all(self) -> tuple[str, ...]:
        """All sentences, kind by kind, in the order in which the kinds came up."""
        sentences: list[str] = []
        for name, said in self._said.items():
            sentences += said
            if self._counts[name] > len(said):
                more = self._counts[name] - len(said)
                sentences.append(say(plural_key("csv.more", more), count=format_number(more)))
        return tuple(sentences)
