"""`calmtrack support`, and the support message after a rating."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.command_line import TODAY, CommandLine, on_evening
from tracker.location import Location

HEAVY = "The last two weeks look heavy."


@pytest.fixture
def heavy(location: Location) -> None:
    """Thirteen heavy evenings up to yesterday."""
    assert location.path is not None
    for back in range(13, 0, -1):
        day = TODAY - timedelta(days=back)
        on_evening(location, day).rate(2)


@pytest.mark.usefixtures("heavy")
def test_the_gentle_line_comes_once_after_a_rating(type_in: CommandLine) -> None:
    lines = type_in.well("calm", "3").lines
    assert lines[-1].startswith(HEAVY)
    assert HEAVY not in type_in.well("calm", "2").out


@pytest.mark.usefixtures("heavy")
def test_it_can_be_muted(type_in: CommandLine) -> None:
    assert "Turned off" in type_in.well("support", "--mute").out
    assert HEAVY not in type_in.well("calm", "3").out
    type_in.well("support", "--unmute")
    assert HEAVY in type_in.well("calm", "2").out


def test_support_is_always_there(type_in: CommandLine) -> None:
    assert type_in.well("support").lines[0] == ("You don't have to carry a hard day alone.")


def test_ones_own_lines_are_added_replaced_and_taken_back(type_in: CommandLine) -> None:
    assert type_in.well("support", "--add", "Anna, 0123").lines == ["Anna, 0123"]
    assert type_in.well("support", "--add", "A walk").lines == ["Anna, 0123", "A walk"]
    assert type_in.well("support", "--edit", "Dr. B", "Tea").lines == ["Dr. B", "Tea"]
    assert type_in.well("undo").out == "Undid: changes to your support messages.\n"
    assert type_in.well("support").lines == ["Anna, 0123", "A walk"]
    assert type_in.well("support", "--edit").lines[0] == (
        "You don't have to carry a hard day alone."
    )


@pytest.mark.parametrize(
    "words", [("Anna",), ("--add",), ("--add", "--edit", "Anna"), ("--add", "two\nlines")]
)
def test_what_cannot_be_meant_is_reported(type_in: CommandLine, words: tuple[str, ...]) -> None:
    answer = type_in("support", *words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
