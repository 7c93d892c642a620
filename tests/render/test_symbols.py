"""The marks and numbers that both interfaces show."""

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.models import Figures, Goal, Practice, State, Unit
from tracker.render.calm_text import column
from tracker.render.symbols import amount_words, mark, streak_words, week_words

DAY = date(2026, 11, 24)


def practice_in(unit: Unit, amount: int = 1) -> Practice:
    """A practice counted in a unit."""
    goals = (Goal(DAY, amount, 5),)
    return Practice("one", "o", "One", "", unit, 1, 1, False, DAY, goals)


@dataclass(frozen=True)
class Row:
    """A week row with these figures."""

    figures: Figures
    days_per_week: int


def row_with(days_per_week: int, *, streak: int = 0, weeks: int = 0, done: int = 0) -> Row:
    """A row with this streak and these weeks on goal."""
    return Row(Figures(streak, streak, weeks, weeks, 0, streak, done, days_per_week), days_per_week)


def test_every_state_has_its_own_mark_except_the_empty_ones() -> None:
    marks = [mark(s) for s in (State.DONE, State.SOME, State.NO, State.REST)]
    assert len({*marks, mark(State.PENDING), mark(None)}) == 6
    assert mark(State.PENDING) == mark(State.NOT_LOGGED)


def test_ascii_marks_are_distinct_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    marks = {mark(state) for state in State} | {mark(None)}
    assert len(marks) == 6
    assert "".join(marks).isascii()
    assert "".join(column(7, 3)).isascii()


@pytest.mark.parametrize(
    ("chosen", "term", "is_plain"),
    [
        *(("", "linux", True), ("0", "linux", False), ("1", "xterm", True), ("", "xterm", False)),
        ("0", "xterm", False),
    ],
)
def test_the_linux_console_uses_ascii_marks(
    monkeypatch: pytest.MonkeyPatch, chosen: str, term: str, is_plain: bool
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", chosen)
    monkeypatch.setenv("TERM", term)
    assert mark(State.DONE).isascii() is is_plain


def test_amounts_are_written_in_words(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Unit, int, int | None, str]] = [
        (Unit.TIMES, 1, 1, "1 time"),
        (Unit.TIMES, 1, 2, "2 times"),
        (Unit.TIMES, 3, 1, "1 of 3 times"),
        (Unit.MINUTES, 20, 10, "10 of 20 minutes"),
        (Unit.MINUTES, 1, 1, "1 minute"),
        (Unit.MINUTES, 20, 0, "no"),
        (Unit.YES_NO, 1, 1, ""),
        (Unit.YES_NO, 1, 0, "no"),
        (Unit.YES_NO, 1, None, ""),
    ]
    for unit, target, amount, words in cases:
        with subtests.test(unit=unit, target=target, amount=amount, words=words):
            state = State.DONE if amount and amount >= target else State.SOME
            assert amount_words(practice_in(unit, target), state, amount, target) == words


def test_a_rest_day_shows_an_amount_that_does_not_count() -> None:
    assert amount_words(practice_in(Unit.TIMES), State.REST, 2, 1) == "rest (2 times)"
    assert amount_words(practice_in(Unit.TIMES), State.REST, None, 1) == "rest"
    assert amount_words(practice_in(Unit.YES_NO), State.REST, 1, 1) == "rest"


def test_no_discouraging_figure_is_written() -> None:
    assert week_words(row_with(5, done=0)) == ""
    assert (
        streak_words(row_with(5, streak=0, weeks=0))
        == streak_words(row_with(5, streak=1, weeks=3))
        == streak_words(row_with(3, streak=9, weeks=0))
        == ""
    )


def test_streaks_are_in_days_or_for_a_few_days_a_week_in_weeks() -> None:
    assert week_words(row_with(5, done=2)) == "2 of 5"
    assert streak_words(row_with(5, streak=13, weeks=2)) == "13 days"
    assert streak_words(row_with(4, streak=13, weeks=1)) == "1 week"
    assert streak_words(row_with(1, streak=13, weeks=2)) == "2 weeks"


def test_a_column_has_a_fixed_scale() -> None:
    assert column(None, 2) == (" ", " ")
    assert column(0, 2) == (" ", "▁")
    assert column(5, 2) == (" ", "█")
    assert column(10, 2) == ("█", "█")
    heights = ["".join(column(value, 3)) for value in range(11)]
    assert len(set(heights)) == 11
