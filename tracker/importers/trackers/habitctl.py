"""habitctl: two text files, `habits` and `log`, the log with fields separated by tabs."""

from __future__ import annotations

import re

from tracker.errors import InputError
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.habits_and_log import matches_pair, read_pair
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habitctl", "habitctl"
SIGNATURE = ()

_HABIT = re.compile(r"(?P<every>[0-9]{1,3})\s+(?P<name>.+)")
_LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[+-][0-9]{2}:?[0-9]{2}|Z)?\t(?P<name>[^\t]+)"
    "\t(?P<result>[yns])"
)
"""Older versions append the offset from UTC to the day, which is the local one."""


def matches(file: InputFile) -> bool:
    """Whether most lines are habits of habitctl, or most are entries of its log."""
    return matches_pair(file, _LOG, _HABIT)


def read(file: InputFile, importer: HabitImporter) -> None:
    read_pair(file, importer, SOURCE, _LOG, lambda text: _habit(text, importer))


def _habit(text: str, importer: HabitImporter) -> ForeignHabit:
    fields = _HABIT.fullmatch(text)
    if fields is None:
        raise InputError(_("I can't read this line as a habit."))
    name, every = fields["name"].strip(), int(fields["every"])
    days_per_week = importer.days_per_week(name, 1, every) if every else 0
    return ForeignHabit(name, days_per_week=days_per_week)
