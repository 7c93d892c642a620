"""The columns of calmtrack's CSV, and the escaping of text that a spreadsheet runs as a formula."""

from __future__ import annotations

import re

ENTRY_COLUMNS = (
    *("day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"),
)
"""The columns of the entries layout, in their order."""

CALM_UNIT = "0-10"
"""The unit of a calm row."""

DELIMITERS = ",;\t"
"""The delimiters that an import recognises in the header."""

RAW = " (raw)"
"""The suffix of the name of a column whose text is not escaped."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\0＝＋－＠]")


def escape_formula(text: str) -> str:
    """Prepends an apostrophe to text that a spreadsheet could run as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Reverses `escape_formula`."""
    return text[1:] if _GUARDED.match(text) else text


def as_typed(text: str) -> str:
    """Returns the text unchanged, for a column named with RAW."""
    return text
