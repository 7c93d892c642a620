"""A stored streak state is read back exactly, or refused."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import make_practice
from tests.effort import by_effort
from tracker.models import Practice
from tracker.rules.streaks import (
    Mark,
    StreakState,
    advance,
    earliest_day_needed,
    from_json,
    initial_state,
    is_state,
    to_json,
)

DAYS = [(Mark.DONE, 5), (Mark.DONE, 5), (Mark.OTHER, 5), (Mark.DONE, 5), (Mark.REST, 5)]
STATE = advance(initial_state(date(2026, 11, 19), 0), DAYS)


def with_fields(**values: object) -> str:
    return json.dumps({**json.loads(to_json(STATE)), **values})


def test_a_state_is_one_readable_line() -> None:
    state = initial_state(date(2026, 11, 24), 0)
    assert to_json(state) == (
        '{"day":739943,"chain":0,"misses":[],"longest":0,"total":0,"strength":0.0,"recent":[],'
        '"week_start":739943,"week_done":0,"week_off":0,"week_out":0,"weeks":0,"longest_weeks":0,'
        '"target":7}'
    )


def test_a_state_is_restored_exactly() -> None:
    assert from_json(to_json(STATE)) == STATE
    assert from_json(json.dumps(json.loads(to_json(STATE)), indent=1, sort_keys=True)) == STATE


def test_a_state_before_the_first_evening_of_a_week_is_restored() -> None:
    for first in (date(2026, 11, 23), date.min):
        state = initial_state(first, first.weekday())
        assert from_json(to_json(state)) == state


def test_a_state_at_the_end_of_a_week_is_restored() -> None:
    state = advance(initial_state(date(2026, 11, 16), 0), [(Mark.DONE, 7)] * 7)
    assert state.day == state.week_start + 6
    assert from_json(to_json(state)) == state


def test_a_state_of_the_last_possible_day_is_restored() -> None:
    state = advance(initial_state(date.max, 0), [(Mark.DONE, 7)])
    assert state.day == date.max.toordinal()
    assert from_json(to_json(state)) == state


def test_a_strength_written_without_a_decimal_point_is_restored() -> None:
    for strength in (0, 1):
        assert from_json(with_fields(strength=strength)).strength == float(strength)


def test_json_that_is_not_a_state_is_rejected(subtests: pytest.Subtests) -> None:
    cases: list[str] = ["{}", "null", "[" * 100_000, with_fields(extra=1), with_fields(day=-1)]
    for text in cases:
        refused = pytest.raises(ValueError, match=r"^not the state of a streak$")
        with subtests.test(text=text), refused:
            from_json(text)


def test_a_damaged_state_is_rejected(subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        *("", "null", "[]", "{}", "1", '"x"', "{", "[" * 100_000, "9" * 5_000),
        *(to_json(STATE)[:-1], to_json(STATE) + "}", "[" + to_json(STATE) + "]"),
        with_fields(extra=1),
        to_json(STATE).replace('"week_out":0,', ""),
        with_fields(day="739943"),
        with_fields(day=None),
        with_fields(day=10**9),
        with_fields(day=STATE.day + 0.5),
        with_fields(day=STATE.week_start + 7),
        with_fields(week_start=STATE.day + 2),
        with_fields(chain=-1),
        with_fields(chain=True),
        with_fields(chain=4),
        with_fields(longest=4),
        with_fields(total=2),
        with_fields(weeks=1),
        with_fields(weeks=-1),
        with_fields(week_done=-1),
        with_fields(week_off=7),
        with_fields(week_out=7),
        with_fields(week_out=-1),
        with_fields(target=0),
        with_fields(target=8),
        with_fields(strength=1.01),
        with_fields(strength=-0.1),
        with_fields(strength=float("nan")),
        with_fields(strength=float("inf")),
        with_fields(strength=True),
        with_fields(strength="0.5"),
        with_fields(recent=[0, 2]),
        with_fields(recent=[0] * 8),
        with_fields(recent=[True]),
        with_fields(recent=1),
        with_fields(misses=[[STATE.day - 1]]),
        with_fields(misses=[STATE.day - 1, 1]),
        with_fields(misses=[[STATE.day - 1, 0]]),
        with_fields(misses=[[STATE.day - 1, 9]]),
        with_fields(misses=[[STATE.day + 1, 1]]),
        with_fields(misses=[[0, 1]]),
        with_fields(misses=[[STATE.day - 1, 2], [STATE.day - 2, 2]]),
        with_fields(misses=[[STATE.day - 2, 2], [STATE.day - 1, 1]]),
        with_fields(misses={"1": 1}),
    ]
    for text in cases:
        with subtests.test(text=text), pytest.raises(ValueError, match=r"."):
            from_json(text)


def test_the_day_of_a_stored_state_has_to_be_in_range() -> None:
    """Valid days are those of 1900 to 2200, and of the month before, in which a week can begin."""

    def after(last: date) -> str:
        return to_json(advance(initial_state(last, 0), [(Mark.DONE, 7)]))

    friday = 4
    assert is_state(to_json(initial_state(date(1899, 12, 2), friday)))
    assert not is_state(to_json(initial_state(date(1899, 12, 2), friday - 1)))
    assert not is_state(to_json(initial_state(date(1899, 12, 1), friday)))
    assert is_state(after(date(2200, 12, 31)))
    assert not is_state(after(date(2201, 1, 1)))
    for value in (None, 7, b"{}", "{", json.loads(to_json(STATE))):
        assert not is_state(value)


def test_only_days_after_the_stored_state_are_read() -> None:
    first, day = date(2026, 11, 2), timedelta(days=1)
    hug = make_practice("hug", added_on=first)
    walk = hug._replace(id="walk")
    until = {"hug": to_json(initial_state(date(2026, 11, 21), 0))}
    settled = date(2026, 11, 20)

    def needed(as_of: date, *practices: Practice, entry: date | None = None) -> date:
        entries = {} if entry is None else {"hug": entry}
        return earliest_day_needed(practices, entries, until, as_of)

    assert needed(settled + 4 * day, hug) == settled + day
    assert needed(settled + day, hug) == settled + day
    assert needed(settled, hug) == first
    assert needed(settled, hug, entry=first - day) == first - day
    assert needed(settled, hug, entry=first + day) == first
    assert needed(first - day, hug) == first - day
    assert needed(settled + 4 * day, hug, walk) == first
    assert needed(settled) == settled


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(sorted(json.loads(to_json(STATE)))), JSON_VALUES)
@settings(max_examples=by_effort(15, 300), deadline=None)
def test_any_value_in_any_field_gives_a_state_or_a_value_error(name: str, value: object) -> None:
    try:
        state = from_json(with_fields(**{name: value}))
    except ValueError:
        return
    assert isinstance(state, StreakState)
    assert from_json(to_json(state)) == state
