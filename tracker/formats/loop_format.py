"""File names and mark values of Loop Habit Tracker's CSV export."""

from __future__ import annotations

import re

HABITS = "Habits.csv"
CHECKMARKS = "Checkmarks.csv"

CALM_NAME = "Calm"
"""The habit that calm is exported as: the first, with amounts, without a unit and a target."""

YES, AUTOMATIC, NO, SKIPPED, UNKNOWN = 2, 1, 0, 3, -1
"""What Loop stores for a day; for a numerical habit any other value is 1000 times the amount."""

MARK_NAMES = {
    "YES_MANUAL": YES,
    "YES_AUTO": AUTOMATIC,
    "NO": NO,
    "SKIP": SKIPPED,
    "UNKNOWN": UNKNOWN,
}
"""How Loop 2.3.1 and later write these values in CSV, also for numerical habits."""

_NOT_IN_FOLDERS = re.compile("[^ a-zA-Z0-9._-]+")


def folder_name(habit: str) -> str:
    """A habit's name as Loop puts it into the name of its folder, before that is cut to 100
    characters with the number."""
    return _NOT_IN_FOLDERS.sub("", habit)
