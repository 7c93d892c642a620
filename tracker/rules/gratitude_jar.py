"""Chooses the next note of the gratitude jar."""

from collections.abc import Sequence
from datetime import date

MOST_SHOWN = 400
"""Shown days that are stored; with more notes than that, the days repeat in order."""


def next_note_day(days: Sequence[date], shown: Sequence[date]) -> date | None:
    """The day whose note was shown longest ago or never; None for an empty jar.

    `days` with a note come oldest first, `shown` in the order of their showing. Of those never
    shown, the first one after the one shown last comes, or else the oldest.
    """
    already_shown = set(shown)
    not_shown = [day for day in days if day not in already_shown]
    if not_shown:
        return next((day for day in not_shown if shown and day > shown[-1]), not_shown[0])
    last_seen = {day: order for order, day in enumerate(shown)}
    return min(days, key=lambda day: last_seen[day], default=None)


def record_shown(day: date, shown: Sequence[date]) -> tuple[date, ...]:
    """The shown days after showing one more."""
    return (*(one for one in shown if one != day), day)[-MOST_SHOWN:]
