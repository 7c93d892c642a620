"""The explanation of a streak, day by day."""

from __future__ import annotations

from datetime import timedelta

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


def test_a_day_off_has_the_same_number_wherever_the_explanation_starts(diary: Diary) -> None:
    add_entries(diary, "laughter", [(ago(n), 1) for n in range(16, 40)])
    add_entries(diary, "laughter", [(ago(14), 1)])
    for today in (TODAY, ago(1), ago(2)):
        story = diary.explain("laughter", today)
        assert [(day.days_off, day.effect) for day in story.days if day.day == ago(13)] == [
            (2, "cushion")
        ]
    assert story.days[0].day < ago(13)
    assert diary.explain("laughter").days[0].day == ago(13)


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


def test_a_streak_of_weeks_is_explained_from_the_first_day_of_its_first_week(
    diary: Diary, clock: Clock
) -> None:
    edit_practice(diary, "hug", added_on=ago(800), goals=(Goal(ago(800), 1, 2),))
    # Two days in each of the weeks before this one, over two years.
    add_entries(diary, "hug", [(ago(7 * n + k), 1) for n in range(1, 110) for k in (0, 1)])
    clock.forward(days=1)
    diary.press("hug")
    monday = ago(7 * 109 + 1)
    story = diary.explain("hug")
    assert (story.days[0].day, story.figures.weeks_in_rhythm) == (monday, 109)
    diary.clear("hug", ago(7 * 60))
    story = diary.explain("hug")
    assert (story.days[0].day, story.figures.weeks_in_rhythm) == (monday + timedelta(350), 59)
    assert story.days[-2].week_effect is None
    assert [day.weeks for day in story.days if day.week_effect == "counts"] == [*range(1, 60)]


def test_weeks_below_the_goal_are_explained_over_two_weeks_at_least(diary: Diary) -> None:
    edit_practice(diary, "hug", goals=(Goal(ago(100), 1, 3),))
    add_entries(diary, "hug", [(ago(n), 1) for n in (22, 21, 20, 14, 1)])
    story = diary.explain("hug")
    # Today is a Tuesday: from the Monday two weeks ago on, or earlier.
    assert story.days[0].day == ago(15)
    ends = [(day.day, day.weeks) for day in story.days if day.week_effect is not None]
    assert ends == [(ago(9), 0), (ago(2), 0)]


def test_the_week_that_ended_a_streak_of_weeks_is_among_those_explained(diary: Diary) -> None:
    edit_practice(diary, "hug", goals=(Goal(ago(100), 1, 2),))
    add_entries(diary, "hug", [(ago(n), 1) for n in (15, 14, 7)])
    story = diary.explain("hug")
    assert [(day.day, day.week_effect, day.weeks) for day in story.days if day.week_effect] == [
        (ago(9), "counts", 1),
        (ago(2), "ends", 0),
    ]


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
