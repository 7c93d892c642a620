"""Which calm score a mood stands for."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.diary import validation
from tracker.errors import InputError
from tracker.formats.input_file import as_text, open_input, utf8_errors
from tracker.formats.numbered_lines import numbered
from tracker.i18n.messages import say

MOODS = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1}
"""The five groups of Daylio."""

_LINE = re.compile(r"(?P<label>[^=]*[^=\s])\s*=\s*(?P<score>[0-9]{1,2})")


def moods_in(path: Path) -> dict[str, int]:
    """The moods in a file, a line for each: `sad = 2`. Blank lines and those that begin with #
    are passed over. Raises WrongInput, with the line."""
    found: dict[str, int] = {}
    with open_input(path) as file, utf8_errors(file, path), as_text(file) as text:
        for number, line in numbered(text):
            label, score = _mood(number, line)
            found[label] = score
    return found


def _mood(number: int, line: str) -> tuple[str, int]:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise InputError(say("csv.line", line=number, problem=say("other.mood_line")))
    try:
        return parts["label"].strip().casefold(), validation.score(int(parts["score"]))
    except InputError as error:
        raise InputError(say("csv.line", line=number, problem=error)) from error
