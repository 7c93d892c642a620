"""Which backups are kept: compared with dates counted by hand, and for any use of a diary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.store.backups import DAILY, MONTHLY, WEEKLY, retained_days

TUESDAY = date(2026, 11, 24)

sets_of_dates = st.sets(st.dates(date(2020, 1, 1), date(2024, 12, 31)), max_size=120)
gaps_in_use = st.lists(st.integers(1, 40), max_size=150)
"""Numbers of days between the evenings on which a diary is used."""


def up_to(last: date, days: int) -> list[date]:
    """So many consecutive days up to this one."""
    return [last - timedelta(days=back) for back in range(days)]


def dates(*texts: str) -> set[date]:
    """Dates from ISO 8601 texts."""
    return {date.fromisoformat(text) for text in texts}


THE_LAST_WEEK = ("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22",
                 "2026-11-23", "2026-11-24")  # fmt: skip

BY_HAND: dict[str, tuple[Iterable[date], set[date]]] = {
    "no day yet": ([], set()),
    "the first evening": ([TUESDAY], {TUESDAY}),
    "the first week": (up_to(TUESDAY, 7), dates(*THE_LAST_WEEK)),
    "a week and a day; Tuesday the 17th has a newer day in its week and in its month": (
        up_to(TUESDAY, 8),
        dates(*THE_LAST_WEEK),
    ),
    "daily for 500 days": (
        up_to(TUESDAY, 500),
        dates(
            *THE_LAST_WEEK,  # 7 daily; the 24th and Sunday the 22nd are two weeks' newest, too
            "2026-11-15",  # the Sundays of the two weeks before
            "2026-11-08",
            "2026-10-31",  # the last days of the eleven months before
            "2026-09-30",
            "2026-08-31",
            "2026-07-31",
            "2026-06-30",
            "2026-05-31",
            "2026-04-30",
            "2026-03-31",
            "2026-02-28",
            "2026-01-31",
            "2025-12-31",
        ),
    ),
    "daily over the end of a year with 53 weeks": (
        up_to(date(2027, 1, 5), 60),
        dates(
            *("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"),
            *("2027-01-04", "2027-01-05"),  # week 1; the 3rd ended week 53
            "2026-12-27",  # week 52
            "2026-12-20",  # week 51
            "2026-11-30",  # November; December's newest and January's are among the seven
        ),
    ),
    "Monday to Wednesday of a week 1 that begins in the old year": (
        dates("2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01"),
        dates("2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01"),
    ),
    "the first weeks of ten years are not one week": (
        {date(year, 1, 5) for year in range(2015, 2025)},
        {date(year, 1, 5) for year in range(2015, 2025)},
    ),
    "once a month for two years": (
        {date(year, month, 15) for year in (2025, 2026) for month in range(1, 13)},
        {date(2026, month, 15) for month in range(1, 13)},
    ),
    "daily for a month, nothing for five months, then three evenings": (
        [*up_to(date(2026, 6, 10), 31), *up_to(TUESDAY, 3)],
        dates(
            *("2026-11-22", "2026-11-23", "2026-11-24"),
            *("2026-06-07", "2026-06-08", "2026-06-09", "2026-06-10"),  # 7 daily with those
            # Weeks: 24 November, 22 November, 10 June, 7 June. Months: November, June, May.
            "2026-05-31",
        ),
    ),
    "only on Sundays": (
        {date(2026, 11, 22) - timedelta(weeks=back) for back in range(30)},
        dates(
            *("2026-11-22", "2026-11-15", "2026-11-08", "2026-11-01", "2026-10-25"),
            *("2026-10-18", "2026-10-11"),  # 7 daily, 4 weekly and two months among them
            *("2026-09-27", "2026-08-30", "2026-07-26", "2026-06-28", "2026-05-31"),
        ),
    ),
}


def test_the_rotation_agrees_with_examples_worked_out_by_hand(subtests: pytest.Subtests) -> None:
    for use, (days, stays) in BY_HAND.items():
        with subtests.test(use):
            assert retained_days(sorted(days, reverse=True)) == stays


def test_rotating_every_evening_gives_the_same_result(
    subtests: pytest.Subtests,
) -> None:
    for use, (days, stays) in BY_HAND.items():
        with subtests.test(use):
            assert evening_by_evening(days) == stays


def evening_by_evening(days: Iterable[date]) -> set[date]:
    """The backups that remain if each day makes one and then deletes old ones."""
    there: set[date] = set()
    for day in sorted(set(days)):
        there = set(retained_days(sorted(there | {day}, reverse=True)))
    return there


def test_over_500_evenings_there_are_never_more_than_23_and_today_is_always_one() -> None:
    there: set[date] = set()
    most = 0
    for day in reversed(up_to(TUESDAY, 500)):
        there = set(retained_days(sorted(there | {day}, reverse=True)))
        assert day in there
        assert set(up_to(day, 7)) - there <= set(up_to(TUESDAY - timedelta(days=499), 7))
        most = max(most, len(there))
    assert most == 21
    assert DAILY + WEEKLY + MONTHLY == 23


backup_days = sets_of_dates.flatmap(lambda days: st.permutations(sorted(days)))
"""The dates of backups, newest first, made by a clock that may have been wrong."""


@given(backup_days)
def test_the_rotation_of_any_dates(days: list[date]) -> None:
    stays = retained_days(days)
    assert stays <= set(days)
    assert len(stays) <= 23
    assert set(days[:DAILY]) <= stays
    assert retained_days([day for day in days if day in stays]) == stays


@given(backup_days)
def test_a_day_named_twice_changes_nothing(days: list[date]) -> None:
    assert retained_days([*days, *days]) == retained_days(days)


@settings(max_examples=50)
@given(gaps_in_use)
def test_no_deleted_backup_is_needed_later(between: list[int]) -> None:
    day, days = date(2023, 11, 20), set()
    for number in between:
        day += timedelta(days=number)
        days.add(day)
    assert evening_by_evening(days) == retained_days(sorted(days, reverse=True))
