"""Backup rotation: 7 daily, 4 weekly and 12 monthly ones, for mistakes noticed late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def retained_days(newest_first: Iterable[date]) -> frozenset[date]:
    """The days whose backup is retained, of those that have one.

    The newest 7; the newest of each of the last 4 weeks that have one (ISO weeks), and of each
    of the last 12 months. The days come in the order in which the backups were made, not in the
    calendar's: a clock that was wrong must not make a new backup look like an old one.
    """
    in_order = list(dict.fromkeys(newest_first))
    by_week: dict[tuple[int, int], date] = {}
    by_month: dict[tuple[int, int], date] = {}
    for day in in_order:
        year, week, _ = day.isocalendar()
        by_week.setdefault((year, week), day)
        by_month.setdefault((day.year, day.month), day)
    return frozenset(
        [
            *in_order[:DAILY],
            *list(by_week.values())[:WEEKLY],
            *list(by_month.values())[:MONTHLY],
        ]
    )
