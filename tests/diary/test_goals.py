"""What another goal would change in the figures is shown before it is set."""

from __future__ import annotations

import pytest

from tests.diary.factories import Clock, add_entries, ago, diary_exists, row_of
from tests.effort import some_of
from tracker.diary.diary import Diary
from tracker.diary.practices import PendingQuestions
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import Goal, State


@pytest.fixture
def hugs(diary: Diary) -> Diary:
    """A diary with forty days of hugs up to yesterday, two on every other day."""
    add_entries(diary, "hug", [(ago(days), 1 + days % 2) for days in range(1, 41)])
    return diary


def test_a_goal_from_today_leaves_the_past_and_one_for_all_days_does_not(hugs: Diary) -> None:
    preview = hugs.practices.preview_goal("hug", amount=2)
    assert preview is not None
    assert (
        preview.now.figures.streak,
        preview.from_today.figures.streak,
        preview.all_days.figures.streak,
    ) == (40, 40, 3)
    assert (preview.from_today.figures.days_total, preview.all_days.figures.days_total) == (40, 20)
    assert preview.asks


def test_a_goal_from_today_leaves_days_before_the_first_goal(
    location: Location, clock: Clock
) -> None:
    diary = Diary(location, now=clock)
    diary.log("nature-walk", ago(2), amount=25)
    diary.practices.edit("nature-walk", amount=30)
    assert row_of(diary, "nature-walk", ago(2)).state is State.DONE
    assert (row_of(diary, "nature-walk").target, row_of(diary, "nature-walk", ago(2)).target) == (
        30,
        20,
    )
    diary.practices.edit("nature-walk", amount=40)
    assert [goal.amount for goal in diary.practices.find("nature-walk").goals] == [20, 40]
    diary.practices.edit("nature-walk", amount=20)
    assert [goal.amount for goal in diary.practices.find("nature-walk").goals] == [20]
    # Without earlier days, the goal of an own practice that was chosen last is the only one.
    diary.practices.add("Tea", unit="times")
    diary.practices.edit("tea", amount=2)
    assert [goal.amount for goal in diary.practices.find("tea").goals] == [2]


def test_a_shipped_goal_that_is_changed_at_once_stays_for_days_that_come_in_later(
    location: Location, clock: Clock
) -> None:
    practices = Diary(location, now=clock).practices
    for amount in (45, 50):
        practices.edit("nature-walk", amount=amount)
        goals = [Goal(ago(1), 20, 3), Goal(ago(0), amount, 3)]
        assert list(practices.find("nature-walk").goals) == goals
    assert [one.amount for one in practices.edit("nature-walk", amount=20).goals] == [20]
    assert [one.amount for one in practices.edit("gratitude", amount=3, all_days=True).goals] == [3]
    assert len(practices.edit("hug", unit="minutes", amount=15).goals) == 1


@pytest.mark.parametrize("goal", some_of([{"amount": 2}, {"days_per_week": 3}, {"amount": 3}], 1))
def test_the_preview_agrees_with_the_edited_goal(hugs: Diary, goal: dict[str, int]) -> None:
    for all_days in (False, True):
        preview = hugs.practices.preview_goal("hug", **goal)
        assert preview is not None
        hugs.practices.edit("hug", all_days=all_days, **goal)  # type: ignore[arg-type]
        (become,) = [v for v in hugs.streaks() if v.practice.id == "hug"]
        assert become == (preview.all_days if all_days else preview.from_today)
        hugs.undo()


@pytest.mark.about_a_file
def test_the_preview_writes_nothing(hugs: Diary) -> None:
    assert hugs.location.path is not None
    before = hugs.location.path.read_bytes()
    hugs.practices.preview_goal("hug", amount=2)
    assert hugs.location.path.read_bytes() == before


def test_the_current_goal_has_no_preview(hugs: Diary) -> None:
    assert hugs.practices.preview_goal("hug", amount=1, days_per_week=5) is None
    assert hugs.practices.preview_goal("hug") is None


def test_without_entries_both_choices_are_the_same(diary: Diary) -> None:
    preview = diary.practices.preview_goal("joy", days_per_week=2)
    assert preview is not None
    assert not preview.asks


def test_a_preview_creates_no_diary(location: Location) -> None:
    preview = Diary(location).practices.preview_goal("hug", days_per_week=2)
    assert preview is not None
    assert not diary_exists(location)


def test_an_invalid_goal_is_rejected(hugs: Diary) -> None:
    with pytest.raises(InputError, match="1 to 7 days"):
        hugs.practices.preview_goal("hug", days_per_week=8)


def test_the_preview_of_a_weekly_goal_has_weeks(hugs: Diary) -> None:
    preview = hugs.practices.preview_goal("hug", days_per_week=2)
    assert preview is not None
    assert preview.all_days.figures.weeks_in_rhythm >= 5
    assert row_of(hugs, "hug").days_per_week == 5


# Questions before an edit


def test_an_edit_asks_only_relevant_questions(hugs: Diary) -> None:
    goal = hugs.practices.questions_for("hug", amount=2).goal
    assert goal == hugs.practices.preview_goal("hug", amount=2)
    assert hugs.practices.questions_for("hug", unit="minutes") == PendingQuestions(
        days=True, goal=None
    )
    assert hugs.practices.questions_for("joy", unit="minutes") == PendingQuestions(
        days=False, goal=None
    )
    assert hugs.practices.questions_for("joy", days_per_week=2) == PendingQuestions(
        days=False, goal=None
    )
    assert hugs.practices.questions_for("hug", name="Cuddle", unit="times") == PendingQuestions(
        days=False, goal=None
    )


def test_an_invalid_edit_raises_before_any_question(hugs: Diary) -> None:
    with pytest.raises(InputError, match="already logs Laughter"):
        hugs.practices.questions_for("hug", key="l", amount=2)
