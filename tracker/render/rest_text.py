"""What declaring days off came to, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import RestResult
from tracker.sanitize import sanitize_line


def rested_lines(
    rested: RestResult, first: date, last: date, *, off: bool = False
) -> Iterator[str]:
    """How many days are off now, then each day that was logged already and stays as it is."""
    days = format_day(first)
    if first != last:
        days = say("dates.span", first=days, last=format_day(last))
    yield say("rest.taken_back" if off else "rest.declared", days=days, count=rested.days)
    for name, day in rested.skipped:
        yield say("rest.skipped", name=sanitize_line(name, 60), day=format_day(day))
