"""When recent evenings were low, and how often that is mentioned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.rules.calm import is_heavy, may_show_gentle_message

DAY = date(2026, 11, 24)


def evenings(*scores: int | None) -> list[tuple[date, int]]:
    """Scores of consecutive evenings up to DAY; None for an unrated one."""
    first = DAY - timedelta(days=len(scores) - 1)
    return [(first + timedelta(days=n), s) for n, s in enumerate(scores) if s is not None]


def test_ten_low_evenings_of_the_last_fourteen_are_heavy(subtests: pytest.Subtests) -> None:
    cases: list[tuple[list[int | None], bool]] = [
        ([*[3] * 10, *[5] * 4], True),
        ([*[3] * 9, *[5] * 5], False),
        ([4] * 14, False),
        ([0] * 14, True),
        # Only the last fourteen count.
        ([*[3] * 10, *[5] * 5], False),
        ([5, 5, *[3] * 10, 5, 5, 5, 5], True),
        # They are within three weeks.
        ([None, 3] * 10, True),
        ([3, *[None, 3] * 9, None, None, None], False),
        ([3] * 9, False),
        ([], False),
    ]
    for scores, expected in cases:
        with subtests.test(scores=scores, expected=expected):
            assert is_heavy(DAY, evenings(*scores)) is expected


def test_future_evenings_do_not_count() -> None:
    assert not is_heavy(DAY - timedelta(days=1), evenings(*[3] * 10))


def test_it_is_reported_at_most_once_in_28_days(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, bool]] = [(0, False), (1, False), (27, False), (28, True)]
    for days, may in cases:
        with subtests.test(days=days, may=may):
            assert may_show_gentle_message(DAY, DAY - timedelta(days=days), is_muted=False) is may


def test_it_is_reported_for_the_first_time_and_never_when_muted() -> None:
    assert may_show_gentle_message(DAY, None, is_muted=False)
    assert not may_show_gentle_message(DAY, None, is_muted=True)
