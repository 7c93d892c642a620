"""habitctl: two text files, `habits` and `log`, the log with fields separated by tabs."""

from __future__ import annotations

import re

from tracker.errors import InputError
from tracker.formats.cell_parsing import errors_at_line, parse_day
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.habits_and_log import matches_pair, open_pair

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
    """Reads both files; a habit that only the log names is added with its first entry."""
    targets: dict[str, HabitTarget] = {}
    with open_pair(file, _LOG, SOURCE) as (habits, log):
        for line, text in habits:
            with errors_at_line(line):
                habit = _habit(text, importer)
            targets[habit.name] = importer.add_habit(habit)
        for line, text in log:
            with errors_at_line(line):
                _read_entry(line, text, targets, importer)


def _habit(text: str, importer: HabitImporter) -> ForeignHabit:
    fields = _HABIT.fullmatch(text)
    if fields is None:
        raise InputError(_("I can't read this line as a habit."))
    name, every = fields["name"].strip(), int(fields["every"])
    days_per_week = importer.days_per_week(name, 1, every) if every else 0
    return ForeignHabit(name, days_per_week=days_per_week)


def _read_entry(
    line: int, text: str, targets: dict[str, HabitTarget], importer: HabitImporter
) -> None:
    fields = _LOG.fullmatch(text)
    if fields is None:
        raise InputError(_("I can't read this line of the habit log."))
    day, name = parse_day(fields["day"]), fields["name"].strip()
    if name not in targets:
        targets[name] = importer.add_habit(ForeignHabit(name))
    adders = {"y": importer.add_done, "n": importer.add_not_done, "s": importer.add_rest}
    adders[fields["result"]](line, targets[name], day)
