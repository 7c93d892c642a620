"""The disc of the breathing exercise, and its timing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.screens.breathe_screen import breath_at, disc

SECONDS = st.floats(0, 3600, allow_nan=False)
WIDE, HIGH = st.integers(0, 250), st.integers(0, 80)


def test_six_breaths_a_minute_half_of_each_in_and_half_out() -> None:
    assert breath_at(59.9).breaths == 5
    assert breath_at(60.0).breaths == 6
    assert [breath_at(second).is_in for second in (0, 4.9, 5, 9.9, 10)] == [
        *(True, True, False, False, True)
    ]
    assert [breath_at(second + 0.5).count for second in range(10)] == [1, 2, 3, 4, 5] * 2


def test_the_disc_fills_and_empties() -> None:
    assert breath_at(0).fullness == 0
    assert breath_at(2.5).fullness == pytest.approx(0.5)
    assert breath_at(5).fullness == 1
    assert breath_at(10).fullness == 0


@given(seconds=SECONDS)
def test_the_fill_changes_continuously(seconds: float) -> None:
    before, after = breath_at(seconds), breath_at(seconds + 0.125)
    assert 0 <= before.fullness <= 1
    assert 1 <= before.count <= 5
    assert abs(after.fullness - before.fullness) < 0.05


@given(width=WIDE, height=HIGH, fullness=st.floats(0, 1))
def test_the_disc_fits_its_widget_and_is_symmetric(
    width: int, height: int, fullness: float
) -> None:
    rows = disc(width, height, fullness)
    assert len(rows) == height
    assert all(len(row) <= width for row in rows)
    assert rows == rows[::-1]
    for row in (row for row in rows if row):
        drawn = row.strip()
        assert drawn == drawn[::-1]
        assert abs((width - len(row)) - (len(row) - len(drawn))) <= 1


@given(width=WIDE, height=HIGH, fullness=st.floats(0, 1), more=st.floats(0, 1))
def test_a_fuller_disc_is_never_drawn_smaller(
    width: int, height: int, fullness: float, more: float
) -> None:
    less, full = sorted((fullness, more))

    def darkness(amount: float) -> int:
        return sum(" ░▒▓█".index(cell) for row in disc(width, height, amount) for cell in row)

    assert darkness(less) <= darkness(full)


def test_it_is_drawn_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    drawn = "".join(disc(60, 20, 1))
    assert drawn.isascii()
    assert "#" in drawn
