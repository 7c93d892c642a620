"""Backup rotation: 7 daily, 4 weekly and 12 monthly ones, for mistakes noticed late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def retained_days(days: Iterable[date]) -> frozenset[date]:
    """The days whose backup is retained, of those that have one.

    The newest 7; the newest of each of the last 4 weeks that have one (ISO weeks), and of each
    of the last 12 months.
    """
    newest_first = sorted(set(days), reverse=True)
    by_week: dict[tuple[int, int], date] = {}
    by_month: dict[tuple[int, int], date] = {}
    for day in newest_first:
        year, week, _ = day.isocalendar()
        by_week.setdefault((year, week), day)
        by_month.setdefault((day.year, day.month), day)
    return frozenset(
        [
            *newest_first[:DAILY],
            *list(by_week.values())[:WEEKLY],
            *list(by_month.values())[:MONTHLY],
        ]
    )
