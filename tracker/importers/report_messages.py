"""Collects the sentences of a report, with a limit for each kind of sentence."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from tracker.formats.cell_parsing import line_position
from tracker.i18n.messages import format_number, plural_key, say

MAX_PER_KEY = 20
"""Sentences of one message key that are listed; the others are only counted."""

Numbering = Literal["line", "item"]
"""What the numbers of a file's rows count: lines of text, or items of a list in JSON or of a table
in a database, where lines mean nothing to a person."""


class ReportMessages:
    """Formatted sentences, grouped by message key."""

    def __init__(self, numbering: Numbering = "line") -> None:
        self._numbering = numbering
        self._sentences: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, key: str, /, **values: object) -> None:
        """Adds the sentence of a message key; past the limit it is counted, not formatted. The
        value `line` is the number of the row that it is about."""
        self._counts[key] += 1
        if self._counts[key] > MAX_PER_KEY:
            return
        number = values.pop("line", None)
        if isinstance(number, int):
            is_line = self._numbering == "line"
            values["at"] = line_position(number) if is_line else say("json.at", number=number)
        self._sentences.setdefault(key, []).append(say(key, **values))

    def all(self) -> tuple[str, ...]:
        """All sentences, the keys in order of their first use, each with a count of the rest."""
        lines: list[str] = []
        for key, sentences in self._sentences.items():
            lines += sentences
            more = self._counts[key] - len(sentences)
            if more:
                lines.append(say(plural_key("csv.more", more), count=format_number(more)))
        return tuple(lines)
