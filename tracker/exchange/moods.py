"""Which calm score a mood stands for."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.diary import checks
from tracker.exchange.files_in import as_text, opened, plainly
from tracker.exchange.plain_lines import numbered
from tracker.trouble import WrongInput
from tracker.words import say

MOODS = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1}
"""The five groups of Daylio."""

_LINE = re.compile(r"(?P<label>[^=]*[^=\s])\s*=\s*(?P<score>[0-9]{1,2})")


def moods_in(path: Path) -> dict[str, int]:
    """The moods in a file, a line for each: `sad = 2`. Blank lines and those that begin with #
    are passed over. Raises WrongInput, with the line."""
    found: dict[str, int] = {}
    with opened(path) as file, plainly(file, path), as_text(file) as text:
        for number, line in numbered(text):
            label, score = _mood(number, line)
            found[label] = score
    return found


def _mood(number: int, line: str) -> tuple[str, int]:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise WrongInput(say("csv.line", line=number, problem=say("other.mood_line")))
    try:
        return parts["label"].strip().casefold(), checks.score(int(parts["score"]))
    except WrongInput as error:
        raise WrongInput(say("csv.line", line=number, problem=error)) from error
