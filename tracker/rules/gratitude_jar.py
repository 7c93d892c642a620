"""Which note comes out of the gratitude jar."""

from collections.abc import Sequence
from datetime import date

REMEMBERED = 400
"""Showings that are remembered: with more notes than that, the days go round in order."""


def next_note_day(days: Sequence[date], shown: Sequence[date]) -> date | None:
    """The day whose note has not been seen the longest; None for an empty jar.

    `days` with a note come oldest first, `shown` in the order of their showing. Of those never
    seen, the first one after the one shown last comes, or else the oldest.
    """
    seen = set(shown)
    unseen = [day for day in days if day not in seen]
    if unseen:
        return next((day for day in unseen if shown and day > shown[-1]), unseen[0])
    last_seen = {day: order for order, day in enumerate(shown)}
    return min(days, key=lambda day: last_seen[day], default=None)


def record_shown(day: date, shown: Sequence[date]) -> tuple[date, ...]:
    """What is remembered once a day's note was shown."""
    return (*(one for one in shown if one != day), day)[-REMEMBERED:]
