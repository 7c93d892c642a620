"""What declaring days off came to, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.dates import spoken
from tracker.values import Rested
from tracker.visible import visible
from tracker.words import say


def rested_lines(rested: Rested, first: date, last: date, *, off: bool = False) -> Iterator[str]:
    """How many days are off now, then each day that was logged already and stays as it is."""
    days = spoken(first)
    if first != last:
        days = say("dates.span", first=days, last=spoken(last))
    yield say("rest.taken_back" if off else "rest.declared", days=days, count=rested.days)
    for name, day in rested.skipped:
        yield say("rest.skipped", name=visible(name, 60), day=spoken(day))
