"""Collects the messages of an import, at most 20 of a kind."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from tracker.formats.cell_parsing import line_position
from tracker.i18n.messages import format_number, plural_key, say

MAX_OF_A_KIND = 20
"""Messages of one kind that are listed; the number of others is one more message."""

Numbering = Literal["line", "item"]
"""What the numbers of a file's rows count: lines of text, or items of a list in JSON or in a
database, whose lines mean nothing to a person."""


class ReportMessages:
    """Messages in order of their kinds."""

    def __init__(self, numbering: Numbering = "line") -> None:
        self._numbering = numbering
        self._messages: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, name: str, /, **values: object) -> None:
        """Adds the message of this name, unless there are MAX_OF_A_KIND already. The value `line`
        is the number of the row that it is about."""
        self._counts[name] += 1
        if self._counts[name] > MAX_OF_A_KIND:
            return
        number = values.pop("line", None)
        if isinstance(number, int):
            is_line = self._numbering == "line"
            values["at"] = line_position(number) if is_line else say("json.at", number=number)
        self._messages.setdefault(name, []).append(say(name, **values))

    def all(self) -> tuple[str, ...]:
        """All messages, kind by kind, in the order in which the kinds first came up."""
        messages: list[str] = []
        for name, listed in self._messages.items():
            messages += listed
            if self._counts[name] > len(listed):
                more = self._counts[name] - len(listed)
                messages.append(say(plural_key("csv.more", more), count=format_number(more)))
        return tuple(messages)
