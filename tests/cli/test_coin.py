"""The coin-flip month at the command line."""

from __future__ import annotations

from tests.cli.command_line import CommandLine


def test_it_is_begun_told_with_the_rating_and_stopped(type_in: CommandLine) -> None:
    assert "No coin-flip month yet." in type_in.well("coin").out
    begun = type_in.well("coin", "w")
    assert begun.lines[0].startswith("Coin-flip month for Nature walk: 0 of 28 days")
    assert begun.lines[1].startswith("Tomorrow's coin: ")
    assert begun.lines[1] in type_in.well("calm", "7").lines
    assert begun.lines[1] not in type_in.well("calm", "7", "--day", "yesterday").lines
    assert type_in.well("coin", "--stop").lines[0] == "Stopped. Everything you logged stays."
    assert "coin" not in type_in.well("calm", "6").out
    assert type_in.well("undo").code == 0
    assert type_in.well("undo").out == "Undid: coin-flip month.\n"


def test_what_a_coin_should_not_say_is_told(type_in: CommandLine) -> None:
    for words in (
        ("coin", "hug"),
        ("coin", "sauna"),
        ("coin", "--stop"),
        ("coin", "w", "--stop"),
        ("coin", "--go-on"),
    ):
        answer = type_in(*words)
        assert (answer.code, answer.out) == (2, "")
        assert len(answer.err.splitlines()) == 1
