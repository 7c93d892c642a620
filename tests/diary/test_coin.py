"""A month in which a coin chooses the days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diary.someone import TODAY, Clock, rated
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.rules.coin_month import is_aim_day

AIM, FREE = (
    "Tomorrow's coin: aim for a nature walk.",
    "Tomorrow's coin: a free day. Do as you like.",
)


def test_it_begins_tomorrow_and_lasts_28_days(diary: Diary) -> None:
    month = diary.coin_month.begin("nature-walk")
    assert (month.first - TODAY).days == 1
    assert (month.last - TODAY).days == 28
    assert diary.coin_month.latest() == month
    assert diary.coin_month.status_lines()[0] == (
        "A coin-flip month for Nature walk: 0 of 28 days so far, until Tuesday 22 December. "
        "It can be stopped any time."
    )


def test_each_evening_the_next_day_is_told(diary: Diary, clock: Clock) -> None:
    month = diary.coin_month.begin("nature-walk")
    said = []
    for evening in range(28):
        said.append(diary.coin_month.tomorrow())
        assert said[-1] == (
            AIM if is_aim_day(month.seed, TODAY + timedelta(days=evening + 1)) else FREE
        )
        clock.forward(days=1)
    assert diary.coin_month.tomorrow() == ""


def test_it_can_be_stopped_and_that_undone(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    assert diary.coin_month.stop().last == TODAY + timedelta(days=3)
    assert diary.coin_month.tomorrow() == ""
    with pytest.raises(InputError):
        diary.coin_month.stop()
    diary.undo()
    assert diary.coin_month.tomorrow() in (AIM, FREE)


@pytest.mark.parametrize("practice_id", ["hug", "joy", "sauna", "bare-feet"])
def test_touch_and_calm_itself_and_what_is_not_there_are_not_for_a_coin(
    diary: Diary, practice_id: str
) -> None:
    with pytest.raises(InputError):
        diary.coin_month.begin(practice_id)
    assert diary.coin_month.latest() is None


def test_another_can_begin_on_the_day_one_was_stopped(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    clock.forward(days=3)
    diary.coin_month.stop()
    assert diary.coin_month.begin("laughter").first == TODAY + timedelta(days=4)
    assert diary.coin_month.tomorrow() != ""


def test_there_is_one_at_a_time(diary: Diary, clock: Clock) -> None:
    diary.coin_month.begin("nature-walk")
    with pytest.raises(InputError):
        diary.coin_month.begin("gratitude")
    clock.forward(days=29)
    assert diary.coin_month.begin("gratitude").practice.id == "gratitude"


def test_afterwards_it_may_carefully_speak_of_cause(diary: Diary, clock: Clock) -> None:
    month = diary.coin_month.begin("nature-walk")
    days = [month.first + timedelta(days=n) for n in range(28)]
    clock.forward(days=29)
    rated(diary, [(day, 5 + day.day % 2) for day in days])
    assert (
        "nothing clear" in diary.coin_month.status_lines()[0]
        or "may" in diary.coin_month.status_lines()[0]
    )
    rated(diary, [(day, 8 if is_aim_day(month.seed, day) else 4) for day in days])
    assert diary.coin_month.status_lines()[0].startswith(
        "On days the coin said to aim for a nature walk, your calm was higher (likely between "
    )
    rated(diary, [(day, 4 if is_aim_day(month.seed, day) else 8) for day in days])
    assert "was lower (likely between 4 and 4 points)" in diary.coin_month.status_lines()[0]


def test_without_ratings_there_is_nothing_to_compare(diary: Diary, clock: Clock) -> None:
    assert diary.coin_month.status_lines() == ("No coin-flip month yet.",)
    diary.coin_month.begin("nature-walk")
    clock.forward(days=29)
    assert "too few rated evenings" in diary.coin_month.status_lines()[0]
