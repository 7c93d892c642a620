"""Evenings logged by a clock that was ahead, and a flight west across the date line."""

from __future__ import annotations

from datetime import date

import pytest

from tests.diary.factories import TODAY, Clock, add_entries, add_ratings, ago, row_of
from tracker.cli import json_output
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import CALM_ID, State
from tracker.render.entry_text import whole_day
from tracker.render.year_text import year_rows, year_sentence

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


def test_no_figure_counts_an_evening_after_today(diary: Diary) -> None:
    add_ratings(diary, [(TODAY, 9), (ago(-2), 5)])
    add_entries(diary, "hug", [(TODAY, 1), (ago(-2), 1)])
    week, year = diary.week(), diary.year()
    assert week.sentence == "1 evening with connection. Calm 9.0."
    assert week.practices[0].figures.done_this_week == 1
    assert year_sentence(year) == "1 evening with connection. Calm 9.0 on average."
    rows = [(row.subject, row.months[10], row.total) for row in year_rows(year)[:3]]
    assert rows == [("all", "1", "1"), ("calm", "9", "9.0"), ("hug", "1", "1")]
    assert json_output.year(year)["calm"] == [[TODAY.isoformat(), 9]]
    calm, recap = diary.calm(), diary.recap()
    assert (calm.rated, recap.rated, recap.calm, recap.connected) == (1, 1, 9, 1)
    assert [one.day for one in diary.journal.window().evenings] == [TODAY]
    # It's still shown, so that it can be corrected.
    assert week.days[3].calm == 5
    assert whole_day(year, (ago(-2) - year.days[0]).days, scores_hidden=False).startswith(
        "Thursday 26 November 2026. Calm: 5 of 10. Done: Hug."
    )
