"""The view of a year, day by day, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_entries,
    add_practices,
    add_ratings,
    ago,
    edit_practice,
    make_practice,
)
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import Goal, Span, State
from tracker.views import PracticeYear, YearView


def row(view: YearView, practice_id: str) -> PracticeYear:
    """A practice's row of a year view."""
    return next(one for one in view.practices if one.practice.id == practice_id)


def on(view: YearView, practice_id: str, day: date) -> State | None:
    """The state of a practice on a day of a year view."""
    return row(view, practice_id).states[view.days.index(day)]


def test_every_day_of_the_year_is_included(diary: Diary) -> None:
    assert len(diary.year().days) == 365
    assert len(diary.year(2024).days) == 366
    assert diary.year(2024).days[59] == date(2024, 2, 29)


def test_each_day_agrees_with_its_day_view(diary: Diary) -> None:
    diary.log("nature-walk", ago(3), amount=10, note="by the river")
    diary.rate(6, ago(3))
    diary.press("hug", ago(5))
    diary.toggle_rest_day("hug", ago(4))
    view = diary.year()
    for back in range(8):
        page = diary.day(ago(back))
        place = view.days.index(ago(back))
        assert view.evenings[place].calm == page.calm
        for one in page.practices:
            assert row(view, one.practice.id).states[place] is one.state
            assert row(view, one.practice.id).amounts[place] == one.amount
            assert row(view, one.practice.id).notes[place] == one.note


def test_days_before_it_was_listed_and_future_days_have_no_state(diary: Diary) -> None:
    view = diary.year()
    assert on(view, "hug", ago(101)) is None
    assert on(view, "hug", ago(100)) is State.NOT_LOGGED
    assert on(view, "hug", TODAY + timedelta(days=1)) is State.PENDING


def test_days_done_are_counted_by_year_and_by_month(diary: Diary) -> None:
    for back in (0, 1, 2, 30, 31):
        diary.press("hug", ago(back))
    hug = row(diary.year(), "hug")
    assert hug.done == 5
    assert hug.months == (0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 0)


def test_the_longest_streak_is_of_the_years_own_days(diary: Diary, clock: Clock) -> None:
    add_entries(diary, "laughter", [(ago(back), 1) for back in range(40)])
    assert row(diary.year(), "laughter").figures.longest_streak == 40
    clock.set_evening(date(2027, 1, 10))
    for n in range(1, 4):
        diary.press("laughter", date(2027, 1, n))
    assert row(diary.year(2026), "laughter").figures.longest_streak == 40
    assert row(diary.year(2027), "laughter").figures.longest_streak == 3


def test_a_past_year_counts_its_last_day(diary: Diary, clock: Clock) -> None:
    add_practices(diary, make_practice("tea", added_on=date(2026, 12, 1)))
    clock.set_evening(date(2027, 2, 1))
    diary.press("tea", date(2026, 12, 30))
    diary.press("tea", date(2026, 12, 31))
    assert row(diary.year(2026), "tea").figures.longest_streak == 2


def test_a_goal_of_some_days_a_week_counts_weeks(diary: Diary) -> None:
    for monday in (ago(8), ago(15)):
        for n in range(3):
            diary.log("nature-walk", monday + timedelta(days=n), amount=20)
    assert row(diary.year(), "nature-walk").figures.longest_weeks_in_rhythm == 2


def test_the_weekday_with_the_highest_average_is_named_after_eight_weeks(diary: Diary) -> None:
    add_entries(diary, "joy", [(ago(2 + 7 * week), 1) for week in range(14)])
    assert row(diary.year(), "joy").best_weekday == 6
    assert row(diary.year(), "hug").best_weekday is None
    add_ratings(diary, [(ago(n), 7 if ago(n).weekday() == 2 else 5) for n in range(56)])
    assert diary.year().calm_best_weekday == 2


def test_evenings_with_connection_are_days_with_anything_done(diary: Diary) -> None:
    diary.press("hug", ago(1))
    diary.press("laughter", ago(1))
    diary.log("nature-walk", ago(2), amount=5)
    view = diary.year()
    assert view.evenings_with_connection == 1
    assert view.connected[view.days.index(ago(1))] == (2, 8)


def test_an_archived_practice_stays_in_the_years_before_it_was_archived(
    diary: Diary, clock: Clock
) -> None:
    diary.press("hug", ago(20))
    edit_practice(diary, "hug", out_of_list=(Span(ago(10), None),))
    assert on(diary.year(), "hug", ago(11)) is State.NOT_LOGGED
    assert on(diary.year(), "hug", ago(10)) is None
    clock.set_evening(date(2027, 3, 1))
    assert "hug" not in [one.practice.id for one in diary.year().practices]
    assert "hug" in [one.practice.id for one in diary.year(2026).practices]


def test_a_goal_of_its_own_time_judges_a_day(diary: Diary) -> None:
    first = ago(100)
    edit_practice(diary, "nature-walk", goals=(Goal(first, 20, 3), Goal(ago(10), 40, 3)))
    diary.log("nature-walk", ago(11), amount=30)
    diary.log("nature-walk", ago(9), amount=30)
    assert on(diary.year(), "nature-walk", ago(11)) is State.DONE
    assert on(diary.year(), "nature-walk", ago(9)) is State.SOME


@pytest.mark.parametrize("year", [1899, 2201])
def test_a_year_no_diary_can_hold_is_rejected(diary: Diary, year: int) -> None:
    with pytest.raises(InputError):
        diary.year(year)
