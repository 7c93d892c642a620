"""The explanation of a streak, day by day."""

from __future__ import annotations

import pytest

from tests.diary.factories import TODAY, Clock, ago, edit, logged, rated, row_of
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.models import Goal, State


@pytest.fixture
def explained(diary: Diary) -> Diary:
    """A diary with laughs but for some days; two days off a week are allowed."""
    for n in (9, 8, 7, 5, 4, 1):
        diary.press("laughter", ago(n))
    diary.toggle_rest_day("laughter", ago(3))
    return diary


def test_each_day_says_what_it_did(explained: Diary) -> None:
    story = explained.explain("laughter")
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


def test_a_day_too_many_ends_what_came_before_it(explained: Diary) -> None:
    edit(explained, "laughter", goals=(Goal(ago(100), 1, 6),))
    story = explained.explain("laughter")
    # One day off a week: the second one takes the days before the first out of the streak.
    assert (story.days[-3].day, story.days[-3].effect, story.days[-3].streak) == (ago(2), "ends", 2)
    assert story.figures.streak == 3


def test_it_agrees_with_the_page_on_every_day(explained: Diary) -> None:
    for n in range(12):
        assert (
            explained.explain("laughter", ago(n)).figures
            == row_of(explained, "laughter", ago(n)).figures
        )


def test_it_tells_two_weeks_at_least_and_the_whole_streak(explained: Diary, clock: Clock) -> None:
    assert len(explained.explain("laughter").days) == 14
    clock.on_the_evening_of(ago(-30))
    logged(explained, "laughter", [(ago(-n), 1) for n in range(1, 31)])
    days = explained.explain("laughter").days
    assert days[0].day == ago(9)
    assert len(days) == 40


def test_it_names_the_state_of_each_day(explained: Diary) -> None:
    rated(explained, [(ago(2), 6)])
    states = {day.day: day.state for day in explained.explain("laughter").days}
    assert states[ago(2)] is State.NO
    assert states[ago(6)] is State.NOT_LOGGED
    assert states[ago(3)] is State.REST
    assert states[TODAY] is State.PENDING


def test_it_speaks_of_no_practice_it_does_not_know(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.explain("yodelling")


def test_it_speaks_of_no_day_to_come(diary: Diary) -> None:
    with pytest.raises(InputError):
        diary.explain("hug", ago(-1))
