"""The fast reader's page of today equals that of the whole diary, and never blocks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.diary.factories import Clock, add_practices, ago, make_practice, row_on
from tests.diary.random_diary import Action, actions, random_diary
from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.location import Location

pytestmark = pytest.mark.about_a_file


@settings(max_examples=by_effort(6, 40), deadline=None)
@given(actions(most=14))
def test_equals_the_diarys_view_after_random_actions(history: list[Action]) -> None:
    with random_diary(history) as (diary, clock):
        assert today_view(diary.location, clock) == diary.day()


@pytest.mark.thorough
@settings(max_examples=by_effort(8, 20), deadline=None)
@given(actions(most=5))
def test_equals_the_diarys_view_after_months_of_entries(history: list[Action]) -> None:
    past = [Action("history", n % 4, n * 30, n) for n in range(6)]
    with random_diary([*past, *history, Action("wait", 0, 0, 3)]) as (diary, clock):
        assert today_view(diary.location, clock) == diary.day()


def test_returns_nothing_without_a_diary(location: Location, clock: Clock) -> None:
    assert today_view(location, clock) is None
    assert location.path is not None
    location.path.touch()
    assert today_view(location, clock) is None
    assert location.path.stat().st_size == 0


def test_returns_nothing_for_a_server(clock: Clock) -> None:
    assert today_view(Location(None, "postgresql://nobody@nowhere/diary"), clock) is None


def test_includes_planned_rest_days_of_this_week(diary: Diary, clock: Clock) -> None:
    add_practices(diary, make_practice("tea", days_per_week=5, added_on=ago(1)))
    diary.press("tea", ago(1))
    diary.press("tea")
    diary.rest(("tea",), ago(-1), ago(-5))
    page = today_view(diary.location, clock)
    assert page is not None
    assert page == diary.day()
    assert row_on(page, "tea").figures.weeks_in_rhythm == 1


def test_includes_what_was_just_written(diary: Diary, clock: Clock) -> None:
    diary.rate(10)
    page = today_view(diary.location, clock)
    assert page is not None
    assert page.calm == 10
