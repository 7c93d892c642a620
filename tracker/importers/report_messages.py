"""Collects the sentences of a report, with a limit for each kind of sentence."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from tracker.formats.cell_parsing import line_position
from tracker.formats.json_reader import item_position
from tracker.i18n.messages import format_number, ngettext

MAX_PER_MESSAGE = 20
"""Sentences of one message that are listed; the others are only counted."""

Numbering = Literal["line", "item"]
"""What the numbers of a file's rows count: lines of text, or items of a list in JSON or of a table
in a database, where lines mean nothing to a person."""


class ReportMessages:
    """Formatted sentences, grouped by message."""

    def __init__(self, numbering: Numbering = "line", rows_per_kind: int = MAX_PER_MESSAGE) -> None:
        """`rows_per_kind` limits the sentences of a kind that are about a row."""
        self.numbering = numbering
        self._rows_per_kind = rows_per_kind
        self._sentences: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, message: str, /, **values: object) -> None:
        """Adds a translated message with the values of its fields; past the limit it is counted,
        not formatted. The value `line` is the number of the row that it is about; `kind` divides
        the rows of a message into kinds that are counted by themselves, and `part` names the list
        of the row, of several in a file."""
        group = f"{message} {values.pop('kind', '')}"
        self._counts[group] += 1
        limit = self._rows_per_kind if "line" in values else MAX_PER_MESSAGE
        if self._counts[group] > limit:
            return
        number, part = values.pop("line", None), values.pop("part", "")
        if isinstance(number, int):
            is_line = self.numbering == "line"
            values["at"] = line_position(number) if is_line else item_position(number, str(part))
        self._sentences.setdefault(group, []).append(message.format(**values))

    def all(self) -> tuple[str, ...]:
        """All sentences, the kinds in order of their first use, each with a count of the rest."""
        lines: list[str] = []
        for group, sentences in self._sentences.items():
            lines += sentences
            if more := self._counts[group] - len(sentences):
                rest = ngettext(
                    "… and {count} more line like this.",
                    "… and {count} more lines like this.",
                    more,
                ).format(count=format_number(more))
                if len(sentences) == 1:
                    lines[-1] += f" {rest}"
                else:
                    lines.append(rest)
        return tuple(lines)
