"""A month in which a coin chooses the days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diary.factories import TODAY, Clock, rated
from tracker.diary.coin import begin_coin, latest_month, stop_coin, told, tomorrows_coin
from tracker.diary.diary import Diary
from tracker.rules.coin import aims
from tracker.trouble import WrongInput

AIM, FREE = (
    "Tomorrow's coin: aim for a nature walk.",
    "Tomorrow's coin: a free day. Do as you like.",
)


def test_it_begins_tomorrow_and_lasts_28_days(diary: Diary) -> None:
    month = begin_coin(diary, "nature-walk")
    assert (month.first - TODAY).days == 1
    assert (month.last - TODAY).days == 28
    assert latest_month(diary) == month
    assert told(diary)[0] == (
        "A coin-flip month for Nature walk: 0 of 28 days so far, until Tuesday 22 December. "
        "It can be stopped any time."
    )


def test_each_evening_the_next_day_is_told(diary: Diary, clock: Clock) -> None:
    month = begin_coin(diary, "nature-walk")
    said = []
    for evening in range(28):
        said.append(tomorrows_coin(diary))
        assert said[-1] == (AIM if aims(month.seed, TODAY + timedelta(days=evening + 1)) else FREE)
        clock.forward(days=1)
    assert tomorrows_coin(diary) == ""


def test_it_can_be_stopped_and_that_undone(diary: Diary, clock: Clock) -> None:
    begin_coin(diary, "nature-walk")
    clock.forward(days=3)
    assert stop_coin(diary).last == TODAY + timedelta(days=3)
    assert tomorrows_coin(diary) == ""
    with pytest.raises(WrongInput):
        stop_coin(diary)
    diary.undo()
    assert tomorrows_coin(diary) in (AIM, FREE)


def test_touch_and_calm_itself_and_what_is_not_there_are_not_for_a_coin(
    diary: Diary, subtests: pytest.Subtests
) -> None:
    cases: list[str] = ["hug", "joy", "sauna", "bare-feet"]
    for practice_id in cases:
        with subtests.test(practice_id=practice_id):
            with pytest.raises(WrongInput):
                begin_coin(diary, practice_id)
            assert latest_month(diary) is None


def test_another_can_begin_on_the_day_one_was_stopped(diary: Diary, clock: Clock) -> None:
    begin_coin(diary, "nature-walk")
    clock.forward(days=3)
    stop_coin(diary)
    assert begin_coin(diary, "laughter").first == TODAY + timedelta(days=4)
    assert tomorrows_coin(diary) != ""


def test_there_is_one_at_a_time(diary: Diary, clock: Clock) -> None:
    begin_coin(diary, "nature-walk")
    with pytest.raises(WrongInput):
        begin_coin(diary, "gratitude")
    clock.forward(days=29)
    assert begin_coin(diary, "gratitude").practice.id == "gratitude"


def test_afterwards_it_may_carefully_speak_of_cause(diary: Diary, clock: Clock) -> None:
    month = begin_coin(diary, "nature-walk")
    days = [month.first + timedelta(days=n) for n in range(28)]
    clock.forward(days=29)
    rated(diary, [(day, 5 + day.day % 2) for day in days])
    assert "nothing clear" in told(diary)[0] or "may" in told(diary)[0]
    rated(diary, [(day, 8 if aims(month.seed, day) else 4) for day in days])
    assert told(diary)[0].startswith(
        "On days the coin said to aim for a nature walk, your calm was higher (likely between "
    )
    rated(diary, [(day, 4 if aims(month.seed, day) else 8) for day in days])
    assert "was lower (likely between 4 and 4 points)" in told(diary)[0]


def test_without_ratings_there_is_nothing_to_compare(diary: Diary, clock: Clock) -> None:
    assert told(diary) == ("No coin-flip month yet.",)
    begin_coin(diary, "nature-walk")
    clock.forward(days=29)
    assert "too few rated evenings" in told(diary)[0]
