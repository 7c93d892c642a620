"""What another goal would do to the figures is told before it is set."""

from __future__ import annotations

import pytest

from tests.diary.factories import ago, is_begun, row_of
from tracker.diary.diary import Diary
from tracker.diary.goals import preview_goal
from tracker.diary.shaping import Asks, asks_of, edit_practice
from tracker.places import Place
from tracker.trouble import WrongInput


@pytest.fixture
def hugs(diary: Diary) -> Diary:
    """Forty days of hugs up to yesterday, two on every other day."""
    for days in range(40, 0, -1):
        diary.log("hug", ago(days), amount=1 + days % 2)
    return diary


def test_from_today_the_past_stays_and_for_all_days_it_is_judged_anew(hugs: Diary) -> None:
    told = preview_goal(hugs, "hug", amount=2)
    assert told is not None
    assert (told.now.streak, told.from_today.streak, told.all_days.streak) == (40, 40, 3)
    assert (told.from_today.days_total, told.all_days.days_total) == (40, 20)
    assert told.asks


@pytest.mark.parametrize("goal", [{"amount": 2}, {"days_per_week": 3}, {"amount": 3}])
def test_it_is_what_then_becomes_true(hugs: Diary, goal: dict[str, int]) -> None:
    for all_days in (False, True):
        told = preview_goal(hugs, "hug", **goal)
        assert told is not None
        edit_practice(hugs, "hug", all_days=all_days, **goal)  # type: ignore[arg-type]
        (become,) = [v for v in hugs.streaks() if v.practice.id == "hug"]
        assert become == (told.all_days if all_days else told.from_today)
        hugs.undo()


@pytest.mark.about_a_file
def test_it_writes_nothing(hugs: Diary) -> None:
    assert hugs.place.path is not None
    before = hugs.place.path.read_bytes()
    preview_goal(hugs, "hug", amount=2)
    assert hugs.place.path.read_bytes() == before


def test_the_goal_there_is_has_no_preview(hugs: Diary) -> None:
    assert preview_goal(hugs, "hug", amount=1, days_per_week=5) is None
    assert preview_goal(hugs, "hug") is None


def test_where_nothing_was_logged_it_is_the_same_either_way(diary: Diary) -> None:
    told = preview_goal(diary, "joy", days_per_week=2)
    assert told is not None
    assert not told.asks


def test_a_diary_not_yet_begun_is_not_begun_by_asking(place: Place) -> None:
    told = preview_goal(Diary(place), "hug", days_per_week=2)
    assert told is not None
    assert not is_begun(place)


def test_a_goal_that_is_not_possible_is_refused(hugs: Diary) -> None:
    with pytest.raises(WrongInput, match="1 to 7 days"):
        preview_goal(hugs, "hug", days_per_week=8)


def test_the_weekly_goal_tells_weeks(hugs: Diary) -> None:
    told = preview_goal(hugs, "hug", days_per_week=2)
    assert told is not None
    assert told.all_days.weeks_in_rhythm >= 5
    assert row_of(hugs, "hug").days_per_week == 5


# What is asked before an edit


def test_an_edit_asks_only_what_matters(hugs: Diary) -> None:
    goal = asks_of(hugs, "hug", amount=2).goal
    assert goal == preview_goal(hugs, "hug", amount=2)
    assert asks_of(hugs, "hug", unit="minutes") == Asks(days=True, goal=None)
    assert asks_of(hugs, "joy", unit="minutes") == Asks(days=False, goal=None)
    assert asks_of(hugs, "joy", days_per_week=2) == Asks(days=False, goal=None)
    assert asks_of(hugs, "hug", name="Cuddle", unit="times") == Asks(days=False, goal=None)


def test_before_an_edit_that_is_not_possible_nothing_is_asked(hugs: Diary) -> None:
    with pytest.raises(WrongInput, match="already logs Laughter"):
        asks_of(hugs, "hug", key="l", amount=2)
