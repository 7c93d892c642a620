"""The state of a practice on a day, derived from its entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.models import Goal, Span
from tracker.rules.day_states import is_late, is_listed, marks, state_of
from tracker.rules.streaks import Mark

DAY = date(2026, 11, 24)


def test_the_state_of_a_day_with_a_goal_of_twenty(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, int | None, bool, bool, str]] = [
        # A logged amount decides, whatever else is true.
        ("logged", 20, True, True, "done"),
        ("logged", 25, False, False, "done"),
        ("logged", 19, True, True, "some"),
        ("logged", 1, False, False, "some"),
        ("logged", 0, True, False, "no"),
        ("logged", 0, False, False, "no"),
        ("rest", None, True, True, "rest"),
        ("rest", 20, False, False, "rest"),
        # A note alone isn't an entry.
        ("logged", None, False, True, "pending"),
        ("logged", None, True, True, "no"),
        ("logged", None, True, False, "not_logged"),
        # No entry.
        (None, None, False, False, "pending"),
        (None, None, False, True, "pending"),
        (None, None, True, True, "no"),
        (None, None, True, False, "not_logged"),
    ]
    for stored, amount, over, checked_in, state in cases:
        with subtests.test(
            stored=stored, amount=amount, over=over, checked_in=checked_in, state=state
        ):
            assert state_of(stored, amount, 20, over=over, checked_in=checked_in) == state


def test_a_rating_is_late_after_16_00_utc_two_days_on(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, bool]] = [
        (None, False),
        ("2026-11-24T20:30:00Z", False),
        ("2026-11-26T15:59:59Z", False),
        ("2026-11-26T16:00:00Z", False),
        ("2026-11-26T16:00:01Z", True),
        ("2027-01-01T00:00:00Z", True),
        ("2020-01-01T00:00:00Z", False),
    ]
    for logged_at, late in cases:
        with subtests.test(logged_at=logged_at, late=late):
            assert is_late(DAY, logged_at) is late


def test_a_late_rating_is_reported_across_the_end_of_a_year() -> None:
    assert not is_late(date(2026, 12, 30), "2027-01-01T16:00:00Z")
    assert is_late(date(2026, 12, 30), "2027-01-01T16:00:01Z")


def test_a_practice_is_in_the_list_from_its_first_day_but_for_its_spans(
    subtests: pytest.Subtests,
) -> None:
    cases: list[tuple[int, bool]] = [
        (-1, False),
        (0, True),
        (2, True),
        (3, False),
        (5, False),
        (6, True),
    ]
    for days_later, listed in cases:
        with subtests.test(days_later=days_later, listed=listed):
            span = Span(DAY + timedelta(days=3), DAY + timedelta(days=5))
            assert is_listed(DAY + timedelta(days=days_later), DAY, [span]) is listed


def test_a_span_without_an_end_is_unlimited() -> None:
    assert not is_listed(DAY + timedelta(days=9999), DAY, [Span(DAY, None)])


def marks_of(
    logged: dict[int, tuple[str, int | None]],
    goals: list[tuple[int, int, int]],
    spans: list[tuple[int, int | None]] | None = None,
    days: int = 6,
) -> list[tuple[Mark, int]]:
    """The marks of days, which are given as numbers of days after DAY."""

    def on(n: int) -> date:
        return DAY + timedelta(days=n)

    return list(
        marks(
            on(0),
            on(days - 1),
            {on(n): entry for n, entry in logged.items()},
            [Goal(on(n), amount, per_week) for n, amount, per_week in goals],
            [Span(on(a), None if b is None else on(b)) for a, b in spans or []],
        )
    )


def test_each_day_has_the_mark_of_what_was_logged() -> None:
    logged: dict[int, tuple[str, int | None]] = {
        0: ("logged", 2),
        1: ("logged", 1),
        2: ("rest", 9),
        3: ("logged", None),
        4: ("logged", 0),
    }
    assert [mark for mark, _ in marks_of(logged, [(0, 2, 7)])] == [
        Mark.DONE,
        Mark.OTHER,
        Mark.REST,
        Mark.OTHER,
        Mark.OTHER,
        Mark.OTHER,
    ]


def test_each_day_is_compared_with_the_goal_in_force() -> None:
    logged: dict[int, tuple[str, int | None]] = dict.fromkeys(range(6), ("logged", 2))
    assert marks_of(logged, [(2, 2, 7), (4, 3, 5)]) == [
        *[(Mark.DONE, 7)] * 4,
        *[(Mark.OTHER, 5)] * 2,
    ]


def test_a_goal_of_the_first_day_or_before_leaves_an_older_one_without_days() -> None:
    assert marks_of({}, [(-9, 1, 7), (-5, 1, 6), (0, 1, 5)]) == [(Mark.OTHER, 5)] * 6


def test_a_future_goal_is_not_in_force() -> None:
    assert marks_of({}, [(0, 1, 7), (99, 1, 1)]) == [(Mark.OTHER, 7)] * 6


def test_a_day_out_of_the_list_is_out_but_for_an_entry() -> None:
    found = marks_of({3: ("logged", 1)}, [(0, 1, 7)], [(2, None)])
    assert [mark for mark, _ in found] == [
        Mark.OTHER,
        Mark.OTHER,
        Mark.OUT,
        Mark.DONE,
        Mark.OUT,
        Mark.OUT,
    ]


@given(
    st.dictionaries(
        st.integers(0, 29),
        st.tuples(st.sampled_from(["logged", "rest"]), st.none() | st.integers(0, 4)),
    ),
    st.dictionaries(
        st.integers(-5, 35), st.tuples(st.integers(1, 4), st.integers(1, 7)), min_size=1
    ),
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 9)), max_size=2),
    st.integers(0, 29),
)
def test_marks_do_not_depend_on_where_the_days_are_split(
    logged: dict[int, tuple[str, int | None]],
    goals: dict[int, tuple[int, int]],
    spans: list[tuple[int, int | None]],
    cut: int,
) -> None:
    in_force = [(n, *goals[n]) for n in sorted(goals)]
    out = [(a, None if length is None else a + length) for a, length in spans]
    whole = marks_of(logged, in_force, out, days=30)
    assert len(whole) == 30
    assert marks_of(logged, in_force, out, days=cut) == whole[:cut]
    for n, (mark, per_week) in enumerate(whole):
        amount, goal_per_week = next(
            (goals[g] for g in sorted(goals, reverse=True) if g <= n), goals[min(goals)]
        )
        assert per_week == goal_per_week
        stored = logged.get(n)
        if stored is not None and stored[0] == "logged":
            assert (mark is Mark.DONE) == (stored[1] is not None and stored[1] >= amount)
