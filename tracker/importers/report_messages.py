"""Collects the sentences of a report, with a limit for each kind of sentence."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from tracker.formats.cell_parsing import line_position
from tracker.i18n.messages import _, format_number, ngettext

MAX_PER_MESSAGE = 20
"""Sentences of one message that are listed; the others are only counted."""

Numbering = Literal["line", "item"]
"""What the numbers of a file's rows count: lines of text, or items of a list in JSON or of a table
in a database, where lines mean nothing to a person."""


class ReportMessages:
    """Formatted sentences, grouped by message."""

    def __init__(self, numbering: Numbering = "line") -> None:
        self._numbering = numbering
        self._sentences: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, message: str, /, **values: object) -> None:
        """Adds a translated message with the values of its fields; past the limit it is counted,
        not formatted. The value `line` is the number of the row that it is about."""
        self._counts[message] += 1
        if self._counts[message] > MAX_PER_MESSAGE:
            return
        number = values.pop("line", None)
        if isinstance(number, int):
            is_line = self._numbering == "line"
            values["at"] = (
                line_position(number) if is_line else _("Item {number}").format(number=number)
            )
        self._sentences.setdefault(message, []).append(message.format(**values))

    def all(self) -> tuple[str, ...]:
        """All sentences, in order of the first of their message, each with a count of the rest."""
        lines: list[str] = []
        for message, sentences in self._sentences.items():
            lines += sentences
            more = self._counts[message] - len(sentences)
            if more:
                lines.append(
                    ngettext(
                        "… and {count} more line like this.",
                        "… and {count} more lines like this.",
                        more,
                    ).format(count=format_number(more))
                )
        return tuple(lines)
