"""habitctl's two files: `habits`, a line for each, and `log`, three columns parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.errors import InputError
from tracker.formats.numbered_lines import numbered
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.row_collector import parse_day

HABIT = re.compile(r"(?P<every>[0-9]{1,4})\s+(?P<name>.+)")
LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[+-][0-9]{2}:?[0-9]{2}|Z)?\t(?P<name>[^\t]+)"
    "\t(?P<result>[yns])"
)
"""Older versions wrote the offset from UTC behind the day, which is the person's own."""


def read_habitctl(habits: Iterable[str], log: Iterable[str], into: HabitImporter) -> None:
    """Reads the lines of both; either may be empty. Raises WrongInput, with the line."""
    targets: dict[str, HabitTarget] = {}
    for line, text in numbered(habits):
        found = HABIT.fullmatch(text)
        if found is None:
            raise InputError(say("csv.line", line=line, problem=say("other.habit_line")))
        name, every = found["name"].strip(), int(found["every"])
        # 0 is only tracked, never due.
        days_per_week = into.weekly(name, 1, every) if every else 1
        targets[name] = into.habit(ForeignHabit(name, days_per_week=days_per_week))
    for line, text in numbered(log):
        _mark(line, text, targets, into)


def _mark(line: int, text: str, targets: dict[str, HabitTarget], into: HabitImporter) -> None:
    found = LOG.fullmatch(text)
    if found is None:
        raise InputError(say("csv.line", line=line, problem=say("other.log_line")))
    name = found["name"].strip()
    if name not in targets:
        targets[name] = into.habit(ForeignHabit(name))
    try:
        day = parse_day(found["day"])
    except InputError as error:
        raise InputError(say("csv.line", line=line, problem=error)) from error
    {"y": into.yes, "n": into.no, "s": into.rest}[found["result"]](line, targets[name], day)
