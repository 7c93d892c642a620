"""The person's own lines for heavy days, and the gentle line after a rating."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.diary.factories import TODAY, Clock, ago, rated
from tracker.diary.diary import Diary
from tracker.diary.support import gentle_line, mute, set_lines, support_lines
from tracker.trouble import WrongInput

HEAVY = (
    "The last two weeks look heavy. You don't have to carry that alone. Would it help to talk to "
    "someone: a friend, your doctor, a local helpline?"
)


@pytest.fixture
def heavy(diary: Diary) -> Diary:
    """Two heavy weeks, today included."""
    rated(diary, [(ago(back), 2) for back in range(14)])
    return diary


def test_after_two_heavy_weeks_a_gentle_line_is_said_once(heavy: Diary) -> None:
    assert gentle_line(heavy, TODAY) == HEAVY
    assert gentle_line(heavy, TODAY) == ""


def test_it_is_said_again_after_28_days_and_not_before(heavy: Diary, clock: Clock) -> None:
    assert gentle_line(heavy, TODAY)
    rated(heavy, [(TODAY + timedelta(days=more), 2) for more in range(1, 29)])
    clock.forward(days=27)
    assert not gentle_line(heavy, TODAY + timedelta(days=27))
    clock.forward(days=1)
    assert gentle_line(heavy, TODAY + timedelta(days=28))


def test_it_is_not_said_in_better_weeks(diary: Diary) -> None:
    rated(diary, [(ago(back), 4) for back in range(14)])
    assert not gentle_line(diary, TODAY)
    assert "gentle_shown_on" not in diary.rows().kept


def test_it_is_not_said_of_days_long_past(heavy: Diary) -> None:
    assert not gentle_line(heavy, ago(2))
    assert gentle_line(heavy, ago(1))


def test_late_ratings_do_not_count(diary: Diary) -> None:
    for back in range(14):
        diary.rate(2, ago(back))
    assert not gentle_line(diary, TODAY)


def test_it_can_be_muted_and_let_speak_again(heavy: Diary) -> None:
    mute(heavy, is_muted=True)
    assert not gentle_line(heavy, TODAY)
    mute(heavy, is_muted=False)
    assert gentle_line(heavy, TODAY)


def test_undo_passes_it_by(heavy: Diary) -> None:
    heavy.rate(1)
    gentle_line(heavy, TODAY)
    step = heavy.undo()
    assert step is not None
    assert step.what == "rate"
    assert not gentle_line(heavy, TODAY)


def test_there_are_lines_before_one_wrote_any(diary: Diary) -> None:
    assert support_lines(diary)[0] == "You don't have to carry it alone."


def test_ones_own_lines_take_their_place_and_can_be_undone(diary: Diary) -> None:
    ours = support_lines(diary)
    set_lines(diary, ["Anna, any time: 0123", " Dr. Brandt "])
    assert support_lines(diary) == ("Anna, any time: 0123", "Dr. Brandt")
    set_lines(diary, [])
    assert support_lines(diary) == ours
    diary.undo()
    assert support_lines(diary) == ("Anna, any time: 0123", "Dr. Brandt")


def test_what_is_no_line_is_told_and_nothing_changes(
    diary: Diary, subtests: pytest.Subtests
) -> None:
    cases: list[str] = ["", "  ", "two\nlines", "\x1b[2J", "x" * 201]
    for line in cases:
        with subtests.test(line=line):
            set_lines(diary, ["Anna"])
            with pytest.raises(WrongInput):
                set_lines(diary, ["Anna", line])
            assert support_lines(diary) == ("Anna",)


def test_there_is_an_end_to_them(diary: Diary) -> None:
    set_lines(diary, ["Anna"] * 20)
    with pytest.raises(WrongInput):
        set_lines(diary, ["Anna"] * 21)
