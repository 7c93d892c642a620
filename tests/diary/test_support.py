"""The person's own support messages, and the one after a low rating."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diary.factories import TODAY, Clock, add_ratings, ago
from tracker.diary.diary import Diary
from tracker.errors import InputError

HEAVY = (
    "The last two weeks look heavy. You don't have to carry that alone. Would it help to talk to "
    "someone: a friend, your doctor, a local helpline?"
)


@pytest.fixture
def heavy_weeks(diary: Diary) -> Diary:
    """A diary with two heavy weeks, today included."""
    add_ratings(diary, [(ago(back), 2) for back in range(14)])
    return diary


def test_after_two_heavy_weeks_the_gentle_message_is_shown_once(heavy_weeks: Diary) -> None:
    assert heavy_weeks.support.gentle_message(TODAY) == HEAVY
    assert heavy_weeks.support.gentle_message(TODAY) == ""


def test_it_is_shown_again_after_28_days_and_not_before(heavy_weeks: Diary, clock: Clock) -> None:
    assert heavy_weeks.support.gentle_message(TODAY)
    add_ratings(heavy_weeks, [(TODAY + timedelta(days=more), 2) for more in range(1, 29)])
    clock.forward(days=27)
    assert not heavy_weeks.support.gentle_message(TODAY + timedelta(days=27))
    clock.forward(days=1)
    assert heavy_weeks.support.gentle_message(TODAY + timedelta(days=28))


def test_it_is_not_shown_in_better_weeks(diary: Diary) -> None:
    add_ratings(diary, [(ago(back), 4) for back in range(14)])
    assert not diary.support.gentle_message(TODAY)
    assert "gentle_shown_on" not in diary.rows().kept


def test_it_is_not_shown_for_days_long_past(heavy_weeks: Diary) -> None:
    assert not heavy_weeks.support.gentle_message(ago(2))
    assert heavy_weeks.support.gentle_message(ago(1))


def test_late_ratings_do_not_count(diary: Diary) -> None:
    for back in range(14):
        diary.rate(2, ago(back))
    assert not diary.support.gentle_message(TODAY)


def test_it_can_be_muted_and_unmuted(heavy_weeks: Diary) -> None:
    heavy_weeks.support.mute(is_muted=True)
    assert not heavy_weeks.support.gentle_message(TODAY)
    heavy_weeks.support.mute(is_muted=False)
    assert heavy_weeks.support.gentle_message(TODAY)


def test_undo_ignores_it(heavy_weeks: Diary) -> None:
    heavy_weeks.rate(1)
    heavy_weeks.support.gentle_message(TODAY)
    step = heavy_weeks.undo()
    assert step is not None
    assert step.what == "rate"
    assert not heavy_weeks.support.gentle_message(TODAY)


def test_there_are_default_messages(diary: Diary) -> None:
    assert diary.support.lines()[0] == "You don't have to carry a hard day alone."


def test_the_users_messages_replace_them_and_can_be_undone(diary: Diary) -> None:
    ours = diary.support.lines()
    diary.support.set_lines(["Anna, any time: 0123", " Dr. Brandt "])
    assert diary.support.lines() == ("Anna, any time: 0123", "Dr. Brandt")
    diary.support.set_lines([])
    assert diary.support.lines() == ours
    diary.undo()
    assert diary.support.lines() == ("Anna, any time: 0123", "Dr. Brandt")


def test_an_invalid_message_is_reported_and_changes_nothing(
    diary: Diary, subtests: pytest.Subtests
) -> None:
    cases: list[str] = ["", "  ", "two\nlines", "\x1b[2J", "x" * 201]
    for line in cases:
        with subtests.test(line=line):
            diary.support.set_lines(["Anna"])
            with pytest.raises(InputError):
                diary.support.set_lines(["Anna", line])
            assert diary.support.lines() == ("Anna",)


def test_their_number_is_limited(diary: Diary) -> None:
    names = [f"Anna {number}" for number in range(21)]
    diary.support.set_lines(names[:20])
    with pytest.raises(InputError):
        diary.support.set_lines(names)


def test_each_is_there_once(diary: Diary) -> None:
    diary.support.set_lines(["Anna", "Dr. Brandt", "Anna "])
    assert diary.support.lines() == ("Anna", "Dr. Brandt")
