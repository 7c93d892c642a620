"""The explanation of a streak, day by day."""

from __future__ import annotations

import pytest

from tests.diary.factories import TODAY, Clock, add_entries, add_ratings, ago, edit_practice, row_of
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import Goal, State


@pytest.fixture
def laughs(diary: Diary) -> Diary:
    """A diary with laughter on most days; two days off a week are allowed."""
    for n in (9, 8, 7, 5, 4, 1):
        diary.press("laughter", ago(n))
    diary.toggle_rest_day("laughter", ago(3))
    return diary


def test_each_day_has_its_effect_on_the_streak(laughs: Diary) -> None:
    story = laughs.explain("laughter")
    assert [(day.day, day.effect, day.streak) for day in story.days[-10:]] == [
        (ago(9), "counts", 1),
        (ago(8), "counts", 2),
        (ago(7), "counts", 3),
        (ago(6), "cushion", 3),
        (ago(5), "counts", 4),
        (ago(4), "counts", 5),
        (ago(3), "neutral", 5),
        (ago(2), "cushion", 5),
        (ago(1), "counts", 6),
        (TODAY, "open", 6),
    ]
    assert (story.figures.streak, story.cushion) == (6, 2)


def test_one_missed_day_too_many_ends_the_streak_before_it(laughs: Diary) -> None:
    edit_practice(laughs, "laughter", goals=(Goal(ago(100), 1, 6),))
    story = laughs.explain("laughter")
    # One day off a week: the second one removes the days before the first from the streak.
    assert (story.days[-3].day, story.days[-3].effect, story.days[-3].streak) == (ago(2), "ends", 2)
    assert story.figures.streak == 3


def test_it_agrees_with_the_day_view_on_every_day(laughs: Diary) -> None:
    for n in range(12):
        assert (
            laughs.explain("laughter", ago(n)).figures == row_of(laughs, "laughter", ago(n)).figures
        )


def test_it_covers_the_whole_streak_and_at_least_two_weeks(laughs: Diary, clock: Clock) -> None:
    assert len(laughs.explain("laughter").days) == 14
    clock.set_evening(ago(-30))
    add_entries(laughs, "laughter", [(ago(-n), 1) for n in range(1, 31)])
    days = laughs.explain("laughter").days
    assert days[0].day == ago(9)
    assert len(days) == 40


def test_it_names_the_state_of_each_day(laughs: Diary) -> None:
    add_ratings(laughs, [(ago(2), 6)])
    states = {day.day: day.state for day in laughs.explain("laughter").days}
    assert states[ago(2)] is State.NO
    assert states[ago(6)] is State.NOT_LOGGED
    assert states[ago(3)] is State.REST
    assert states[TODAY] is State.PENDING


def test_an_unknown_practice_is_rejected(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.explain("yodelling")


def test_a_future_day_is_rejected(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.explain("hug", ago(-1))
