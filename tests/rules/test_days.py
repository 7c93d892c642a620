"""The diary's day at a given time, and the days that a person can type."""

import calendar
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import by_effort
from tracker.rules.days import (
    MONTHS,
    WEEKDAYS,
    NotADay,
    day_of,
    days_between,
    parse_day,
    parse_last_day,
    week_of,
)

pytestmark = pytest.mark.any_day

TUESDAY = date(2026, 11, 24)
FOUR = time(4)

dates_of_two_centuries = st.dates(date(1901, 1, 1), date(2199, 12, 31))


def test_weekdays_and_months_have_their_english_names() -> None:
    assert list(WEEKDAYS) == list(calendar.day_name)
    assert list(MONTHS) == list(calendar.month_name)[1:]


def test_half_past_midnight_still_belongs_to_the_evening_before(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[int, int, int], int]] = [
        ((24, 21, 30), 24),
        ((25, 0, 30), 24),
        ((25, 3, 59), 24),
        ((25, 4, 0), 25),
        ((25, 12, 0), 25),
    ]
    for at, day in cases:
        with subtests.test(at=at, day=day):
            of_month, hour, minute = at
            moment = datetime(2026, 11, of_month, hour, minute, tzinfo=ZoneInfo("Europe/London"))
            assert day_of(moment, FOUR) == date(2026, 11, day)


def test_a_day_may_turn_at_midnight_or_as_late_as_noon() -> None:
    moment = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    assert day_of(moment, time(0)) == date(2026, 11, 25)
    assert day_of(moment + timedelta(hours=11, minutes=59), time(12)) == TUESDAY
    assert day_of(moment + timedelta(hours=12), time(12)) == date(2026, 11, 25)


def test_local_time_decides_in_every_time_zone() -> None:
    for hours in (-11, 0, 5.75, 14):
        zone = timezone(timedelta(hours=hours))
        assert day_of(datetime(2026, 11, 25, 3, 30, tzinfo=zone), FOUR) == TUESDAY


def test_the_night_the_clocks_go_back_is_one_evening() -> None:
    london = ZoneInfo("Europe/London")
    for fold in (0, 1):
        assert day_of(datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=fold), FOUR) == date(
            2026, 10, 24
        )


def test_the_first_hours_of_the_new_year_belong_to_the_old_one() -> None:
    assert day_of(datetime(2027, 1, 1, 1, 0, tzinfo=UTC), FOUR) == date(2026, 12, 31)


def test_a_pendulum_datetime_gives_a_plain_date() -> None:
    assert type(day_of(pendulum.datetime(2026, 11, 25, 1), FOUR)) is date
    assert type(week_of(pendulum.date(2026, 11, 25), 0)) is date


@given(dates_of_two_centuries, st.integers(0, 6))
def test_a_week_starts_on_its_first_weekday_at_most_six_days_ago(day: date, starts_on: int) -> None:
    first = week_of(day, starts_on)
    assert first.weekday() == starts_on
    assert 0 <= (day - first).days <= 6


def test_days_between_counts_both_ends() -> None:
    assert list(days_between(date(2026, 11, 29), date(2026, 12, 1))) == [
        date(2026, 11, 29),
        date(2026, 11, 30),
        date(2026, 12, 1),
    ]
    assert list(days_between(TUESDAY, TUESDAY)) == [TUESDAY]
    assert list(days_between(TUESDAY, date(2026, 11, 23))) == []


def test_a_day_can_be_named_in_several_ways(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, date]] = [
        ("today", date(2026, 11, 24)),
        ("Yesterday", date(2026, 11, 23)),
        ("-0", date(2026, 11, 24)),
        ("-3", date(2026, 11, 21)),
        ("-30", date(2026, 10, 25)),
        ("tue", date(2026, 11, 24)),
        ("mon", date(2026, 11, 23)),
        ("Monday", date(2026, 11, 23)),
        ("WEDNES", date(2026, 11, 18)),
        ("sun", date(2026, 11, 22)),
        ("2026-11-01", date(2026, 11, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("24", date(2026, 11, 24)),
        ("23", date(2026, 11, 23)),
        ("25th", date(2026, 10, 25)),
        ("31", date(2026, 10, 31)),
        ("23 nov", date(2026, 11, 23)),
        ("Nov 24th", date(2026, 11, 24)),
        ("23nov", date(2026, 11, 23)),
        ("23nov2025", date(2025, 11, 23)),
        ("nov23", date(2026, 11, 23)),
        ("1 december", date(2026, 12, 1)),
        ("29 feb", date(2024, 2, 29)),
        ("24.11.", date(2026, 11, 24)),
        ("3.12.", date(2026, 12, 3)),
        ("03.12", date(2026, 12, 3)),
        ("29. 2.", date(2024, 2, 29)),
        ("16 feb", date(2026, 2, 16)),
        ("3. 12. 2026", date(2026, 12, 3)),
        ("24.11.26", date(2026, 11, 24)),
        ("3 nov 25", date(2025, 11, 3)),
        ("nov 3 25", date(2025, 11, 3)),
        ("24.11.2025", date(2025, 11, 24)),
        ("last monday", date(2026, 11, 23)),
        ("Last tue", date(2026, 11, 17)),
        ("0 days ago", date(2026, 11, 24)),
        ("10 days ago", date(2026, 11, 14)),
        ("on Monday", date(2026, 11, 23)),
    ]
    for typed, day in cases:
        with subtests.test(typed=typed, day=day):
            assert parse_day(typed, TUESDAY) == day


def test_rest_days_are_planned_on_future_days(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, date]] = [
        ("tomorrow", date(2026, 11, 25)),
        ("+3", date(2026, 11, 27)),
        ("-3", date(2026, 11, 21)),
        ("tue", date(2026, 11, 24)),
        ("wed", date(2026, 11, 25)),
        ("mon", date(2026, 11, 30)),
        ("yesterday", date(2026, 11, 23)),
        ("2027-01-01", date(2027, 1, 1)),
        ("24", date(2026, 11, 24)),
        ("23", date(2026, 12, 23)),
        ("1 jan", date(2027, 1, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("3.12.", date(2026, 12, 3)),
        ("last monday", date(2026, 11, 23)),
        ("next monday", date(2026, 11, 30)),
        ("Next tue", date(2026, 12, 1)),
    ]
    for typed, day in cases:
        with subtests.test(typed=typed, day=day):
            assert parse_day(typed, TUESDAY, ahead=True) == day


@pytest.mark.parametrize(
    ("typed", "planned", "usual", "latest"),
    [
        ("14.12.", date(2026, 12, 14), date(2026, 12, 14), date(2025, 12, 14)),
        ("14.12", date(2026, 12, 14), date(2026, 12, 14), date(2025, 12, 14)),
        ("jan 25", date(2027, 1, 25), date(2027, 1, 25), date(2026, 1, 25)),
        ("jan 26", date(2027, 1, 26), date(2026, 1, 26), date(2026, 1, 26)),
        ("20 nov", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        ("24 nov", date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),
        ("2 jan", date(2027, 1, 2), date(2027, 1, 2), date(2026, 1, 2)),
        ("29 feb", date(2028, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
        ("23 sep", date(2026, 9, 23), date(2026, 9, 23), date(2026, 9, 23)),
        ("22 sep", date(2027, 9, 22), date(2026, 9, 22), date(2026, 9, 22)),
        ("14.12.2025", date(2025, 12, 14), date(2025, 12, 14), date(2025, 12, 14)),
    ],
)
def test_a_date_without_a_year_is_past_or_soon_and_for_a_plan_ahead_or_recent(
    typed: str, planned: date, usual: date, latest: date
) -> None:
    assert parse_day(typed, TUESDAY, ahead=True) == planned
    assert parse_day(typed, TUESDAY) == usual
    assert parse_day(typed, TUESDAY, latest=True) == latest


def test_a_date_in_a_range_is_the_first_one_since_its_first_day_or_just_before_that() -> None:
    first = date(2024, 2, 1)
    assert parse_day("1.11.", TUESDAY, since=first) == date(2024, 11, 1)
    assert parse_day("31 jan", TUESDAY, since=first) == date(2024, 1, 31)
    assert parse_day("31.12.", TUESDAY, since=date(2026, 12, 1)) == date(2026, 12, 31)
    # A day of the month and a weekday aren't dates without a year.
    assert parse_day("25", TUESDAY, since=first) == date(2026, 10, 25)
    assert parse_day("wed", TUESDAY, since=first) == date(2026, 11, 18)


@pytest.mark.parametrize("typed", ["mon 23 nov", "mon, 23.11.", "monday 23 november 2026"])
def test_a_weekday_before_a_date_has_to_be_that_of_the_date(typed: str) -> None:
    assert parse_day(typed, TUESDAY) == date(2026, 11, 23)
    with pytest.raises(NotADay):
        parse_day(typed.replace("mon", "tue", 1), TUESDAY)


@pytest.mark.parametrize("typed", ["tomorrow", "+3", "+0"])
def test_tomorrow_is_invalid_unless_planning(typed: str) -> None:
    with pytest.raises(NotADay):
        parse_day(typed, TUESDAY)


def test_anything_else_is_not_a_day(subtests: pytest.Subtests) -> None:
    ahead_cases: list[bool] = [False, True]
    typed_cases: list[str] = [
        *("", " ", "mo", "tod", "mond ay", "mondays", "moon", " today", "today\n", "nan", "\0"),
        *("2026-02-30", "2026-13-01", "2026-1-1", "20261124", "2026-W48-2", "2026-11-24T00:00"),
        *(
            "4/11/2026",
            "31.2.2026",
            "24.13.",
            "24.",
            "0.0.",
            "24..11",
            "26-11-24",
            "+2026-11-24",
            "２０２６-11-24",
            "٢٠٢٦-١١-٢٤",
            "-٣",
        ),
        *("1899-12-31", "2201-01-01", "0000-00-00", "9999-12-31"),
        *(
            "0",
            "32",
            "31 feb",
            "3 ma",
            "3 marchy",
            "next mo",
            "last mo",
            "last 3",
            "last on monday",
            "on",
            "on 3",
            "days ago",
            "-2 days ago",
            "9999 weeks ago",
            "30 feb 2026",
            "2 3",
            "-",
            "--3",
            "- 3",
            "-3d",
            "-1e3",
            "-999999",
            "-99999999999999999999",
            "−3",
        ),
        *("2026-11-24\n", "-3\n", "ſun", "montag"),
    ]
    for ahead in ahead_cases:
        for typed in typed_cases:
            with subtests.test(typed=typed, ahead=ahead):
                with pytest.raises(NotADay) as raised:
                    parse_day(typed, TUESDAY, ahead=ahead)
                assert str(raised.value) == typed


@given(st.text(max_size=12) | st.from_regex(r"[+-]?[0-9]+(-[0-9]{1,2}){0,2}"), st.booleans())
@settings(max_examples=by_effort(15, 300), deadline=None)
def test_any_text_is_a_day_in_range_or_an_error(typed: str, ahead: bool) -> None:
    try:
        day = parse_day(typed, TUESDAY, ahead=ahead)
    except NotADay:
        return
    assert 1900 <= day.year <= 2200


@given(dates_of_two_centuries, dates_of_two_centuries)
@settings(max_examples=by_effort(15, 100), deadline=None)
def test_an_iso_date_does_not_depend_on_today(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == day


@given(dates_of_two_centuries, st.integers(0, 6), st.integers(3, 9))
@settings(max_examples=by_effort(15, 100), deadline=None)
def test_a_weekday_is_the_nearest_such_day(today: date, back: int, letters: int) -> None:
    wanted = today - timedelta(days=back)
    assert parse_day(WEEKDAYS[wanted.weekday()][:letters], today) == wanted
    wanted = today + timedelta(days=back)
    assert parse_day(WEEKDAYS[wanted.weekday()][:letters], today, ahead=True) == wanted


def test_computing_the_day_does_not_import_pendulum() -> None:
    code = "import sys, tracker.rules.days; sys.exit('pendulum' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_last_day_of_a_time_is_a_weekday_after_its_first_or_counted_from_today() -> None:
    today, friday = date(2026, 11, 24), date(2026, 11, 27)
    assert parse_last_day("sun", friday, today) == date(2026, 11, 29)
    assert parse_last_day("wed", friday, today) == date(2026, 12, 2)
    assert parse_last_day("fri", friday, today) == friday
    assert parse_last_day("next fri", friday, today) == date(2026, 12, 4)
    assert parse_last_day("next thu", friday, today) == date(2026, 12, 3)
    assert parse_last_day("next sun", date(2026, 11, 20), today) == date(2026, 11, 29)
    assert parse_last_day("+7", friday, today) == date(2026, 12, 1)
    assert parse_last_day("2", friday, today) == date(2026, 12, 2)
    # Before the first day: callers refuse it. It isn't meant to be a year of rest days.
    assert parse_last_day("24 nov", friday, today) == date(2026, 11, 24)
    assert parse_last_day("2.1.", friday, today) == date(2027, 1, 2)
    assert parse_last_day("2.1.2028", friday, today) == date(2028, 1, 2)
    assert parse_last_day("22 nov", date(2026, 11, 20), today) == date(2026, 11, 22)
    assert parse_last_day("tomorrow", today, today) == date(2026, 11, 25)
    assert parse_last_day("2026-12-24", friday, today) == date(2026, 12, 24)
    with pytest.raises(NotADay):
        parse_last_day("so", friday, today)


def test_a_month_is_named_in_full_or_by_its_first_three_letters() -> None:
    names = "january february march april may june july august september october november december"
    for number, name in enumerate(names.split(), start=1):
        day = date(2026 if number < 12 else 2025, number, 3)
        assert parse_day(f"3 {name}", TUESDAY, latest=True) == day
        assert parse_day(f"{name[:3]} 3rd", TUESDAY, latest=True) == day
