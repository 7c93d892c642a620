"""Evenings logged by a clock that was ahead, and a flight west across the date line."""

from __future__ import annotations

from datetime import date

import pytest

from tests.diary.factories import TODAY, Clock, ago, row_of
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import CALM_ID, State

IN_2036 = date(2036, 1, 1)


@pytest.fixture
def ahead(location: Location, clock: Clock) -> Diary:
    """A diary with two evenings logged in 2036, opened today."""
    diary = Diary(location, now=clock)
    for day in (IN_2036, date(2036, 1, 9)):
        clock.set_evening(day)
        diary.log("hug", amount=3, note="from 2036")
        diary.rate(4, note="calm in 2036")
    clock.set_evening(TODAY)
    return diary


def test_the_list_is_complete_after_a_clock_that_was_ahead(ahead: Diary) -> None:
    assert [row.practice.id for row in ahead.day().practices][:2] == ["hug", "laughter"]
    assert len(ahead.week().practices) == len(ahead.practices.all())
    if ahead.location.path is not None:
        assert today_view(ahead.location, ahead._now) == ahead.day()
    ahead.press("joy")
    assert row_of(ahead, "joy").state is State.DONE


def test_the_next_write_corrects_the_dates_of_adding_and_of_creation(
    ahead: Diary, clock: Clock
) -> None:
    ahead.press("joy")
    clock.forward(days=3)
    assert {practice.added_on for practice in ahead.practices.all()} == {TODAY}
    assert ahead.begun_on() == TODAY
    assert ahead.outdated_streak_caches() == []
    step = ahead.undo()
    assert step is not None
    assert (step.what, step.subject) == ("log", "joy")
    assert {practice.added_on for practice in ahead.practices.all()} == {TODAY}


def test_a_flight_west_across_the_date_line_leaves_the_list_unchanged(
    location: Location, clock: Clock
) -> None:
    clock.set("2026-11-25T20:00:00+14:00")
    Diary(location, now=clock).press("hug")
    clock.set("2026-11-24T21:00:00-10:00")
    diary = Diary(location, now=clock)
    listed = [row.practice.id for row in diary.day().practices]
    assert "hug" in listed
    assert len(listed) == len(diary.practices.all())


def test_an_evening_in_the_future_can_be_corrected_and_cleared(ahead: Diary) -> None:
    ahead.log("hug", IN_2036, amount=1)
    ahead.write_note("hug", "", IN_2036)
    ahead.rate(6, IN_2036)
    ahead.write_note(CALM_ID, "", IN_2036)
    assert (ahead.day(IN_2036).calm, row_of(ahead, "hug", IN_2036).amount) == (6, 1)
    ahead.clear("hug", IN_2036)
    ahead.clear(CALM_ID, IN_2036)
    assert row_of(ahead, "hug", IN_2036).amount is None
    assert ahead.day(IN_2036).calm is None
    for act in (
        lambda: ahead.log("hug", IN_2036),
        lambda: ahead.log("laughter", date(2036, 1, 9)),
        lambda: ahead.rate(6, IN_2036),
    ):
        with pytest.raises(InputError):
            act()


def test_a_planned_rest_day_is_not_logged_ahead(diary: Diary) -> None:
    diary.toggle_rest_day("hug", ago(-2))
    with pytest.raises(InputError):
        diary.press("hug", ago(-2))
