"""The fast reader's page of today equals that of the whole diary, and never blocks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.diary.factories import Clock, a_practice, add, ago, on_page
from tests.diary.random_diary import Act, a_life, acts
from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.location import Location

pytestmark = pytest.mark.about_a_file


@settings(max_examples=by_effort(6, 40), deadline=None)
@given(acts(most=14))
def test_equals_the_diarys_own_page_whatever_was_done(life: list[Act]) -> None:
    with a_life(life) as (diary, clock):
        assert today_view(diary.location, clock) == diary.day()


@pytest.mark.thorough
@settings(max_examples=by_effort(8, 20), deadline=None)
@given(acts(most=5))
def test_equals_the_diarys_own_page_after_months_of_entries(life: list[Act]) -> None:
    past = [Act("history", n % 4, n * 30, n) for n in range(6)]
    with a_life([*past, *life, Act("wait", 0, 0, 3)]) as (diary, clock):
        assert today_view(diary.location, clock) == diary.day()


def test_leaves_a_diary_not_yet_begun_to_the_diary(location: Location, clock: Clock) -> None:
    assert today_view(location, clock) is None
    assert location.path is not None
    location.path.touch()
    assert today_view(location, clock) is None
    assert location.path.stat().st_size == 0


def test_leaves_a_database_on_a_server_to_the_diary(clock: Clock) -> None:
    assert today_view(Location(None, "postgresql://nobody@nowhere/diary"), clock) is None


def test_knows_of_the_days_off_that_lie_ahead_this_week(diary: Diary, clock: Clock) -> None:
    add(diary, a_practice("tea", days_per_week=5, added_on=ago(1)))
    diary.press("tea", ago(1))
    diary.press("tea")
    diary.rest(("tea",), ago(-1), ago(-5))
    page = today_view(diary.location, clock)
    assert page is not None
    assert page == diary.day()
    assert on_page(page, "tea").figures.weeks_in_rhythm == 1


def test_sees_what_was_just_written(diary: Diary, clock: Clock) -> None:
    diary.rate(10)
    page = today_view(diary.location, clock)
    assert page is not None
    assert page.calm == 10
