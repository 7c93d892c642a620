"""The heatmap of a year: each day in its place, each step with a sign of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.models import State, Unit
from tracker.render.year_text import (
    BLANK,
    calm_sign,
    connected_step,
    month_line,
    practice_sign,
    shade,
    weeks_of,
)
from tracker.rules.days import MONTHS


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@given(st.integers(1900, 2200), st.integers(0, 6))
def test_every_day_of_any_year_is_once_in_its_weekdays_row(year: int, starts_on: int) -> None:
    days = days_of(year)
    rows = weeks_of(days, starts_on)
    assert sorted(p for row in rows for p in row if p is not None) == list(range(len(days)))
    for number, row in enumerate(rows):
        assert all(
            days[place].weekday() == (starts_on + number) % 7 for place in row if place is not None
        )
    assert 53 <= len(rows[0]) <= 54


def test_a_column_is_a_week() -> None:
    rows = weeks_of(days_of(2026), 0)
    # 1 January 2026 is a Thursday.
    assert [row[0] for row in rows] == [None, None, None, 0, 1, 2, 3]
    assert [row[1] for row in rows] == [4, 5, 6, 7, 8, 9, 10]


@pytest.mark.parametrize("cell", [1, 2])
def test_a_month_is_named_above_the_week_in_which_it_begins(cell: int) -> None:
    line = month_line(days_of(2026), 0, cell)
    assert line.startswith("Jan")
    # 1 March 2026 is the Sunday of the ninth week.
    assert line.index("Mar") == 8 * cell
    assert line.split() == [month[:3] for month in MONTHS]


def test_the_five_levels_differ_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({shade(step) for step in range(5)}) == 5
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    plain = "".join(shade(step) for step in range(5))
    assert plain.isascii()
    assert len(set(plain)) == 5


def test_minutes_are_shown_as_a_share_of_the_daily_goal(subtests: pytest.Subtests) -> None:
    cases: list[tuple[State, int | None, int]] = [
        (State.NOT_LOGGED, None, 0),
        (State.NO, 0, 0),
        (State.SOME, 9, 1),
        (State.SOME, 10, 2),
        (State.DONE, 20, 3),
        (State.DONE, 39, 3),
        (State.DONE, 40, 4),
    ]
    for state, amount, step in cases:
        with subtests.test(state=state, amount=amount, step=step):
            assert practice_sign(state, amount, 20, Unit.MINUTES) == shade(step)


def test_a_yes_a_rest_day_and_an_unlisted_day_have_different_symbols() -> None:
    assert practice_sign(State.DONE, 1, 1, Unit.YES_NO) == shade(4)
    assert practice_sign(State.REST, None, 1, Unit.YES_NO) == "z"
    assert practice_sign(None, None, 1, Unit.YES_NO) == BLANK


def test_all_together_are_shown_by_how_many_were_done() -> None:
    assert [connected_step(done, 8) for done in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert connected_step(1, 30) == 1


def test_calm_is_shown_in_pairs_of_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "".join(calm_sign(score) for score in range(11)) == "▁▁▁░░▒▒▓▓██"
    assert calm_sign(None) == "·"
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    assert "".join(calm_sign(score) for score in range(11)) == "___::++xx##"
    assert calm_sign(None) == "."
