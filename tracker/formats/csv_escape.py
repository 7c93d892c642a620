"""The cells of a CSV file: its columns, and text that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

ENTRY_COLUMNS = (
    *("day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"),
)
"""The columns of the entries layout, in their order."""

CALM_UNIT = "0-10"
"""Stands in a calm row where a practice's unit stands."""

DELIMITERS = ",;\t"
"""What may stand between cells: what an import can tell from the header."""

RAW = " (raw)"
"""Ends the name of a column whose text is written as typed."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\0＝＋－＠]")


def escape_formula(text: str) -> str:
    """The text with one leading apostrophe more, if a spreadsheet could run it as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def as_typed(text: str) -> str:
    """The text itself: what stands in a column that is named as raw."""
    return text
