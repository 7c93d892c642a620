"""`calmtrack support`, and the support message after a rating."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cli.command_line import TODAY, CommandLine, on_evening
from tracker.location import Location

HEAVY = "The last two weeks look heavy."


@pytest.fixture
def diary_with_heavy_evenings(location: Location) -> None:
    """A diary with thirteen heavy evenings up to yesterday."""
    assert location.path is not None
    for back in range(13, 0, -1):
        day = TODAY - timedelta(days=back)
        on_evening(location, day).rate(2)


@pytest.mark.usefixtures("diary_with_heavy_evenings")
def test_the_gentle_message_is_printed_once_after_a_rating(type_in: CommandLine) -> None:
    lines = type_in.ok("calm", "3").lines
    assert lines[-1].startswith(HEAVY)
    assert HEAVY not in type_in.ok("calm", "2").out


@pytest.mark.usefixtures("diary_with_heavy_evenings")
def test_it_can_be_muted(type_in: CommandLine) -> None:
    muted = type_in.ok("support", "--mute").out
    assert "Turned off" in muted
    assert "still follow" not in muted
    assert "already off" in type_in.ok("support", "--mute").out
    assert HEAVY not in type_in.ok("calm", "3").out
    assert "on again" in type_in.ok("support", "--unmute").out
    assert "already on" in type_in.ok("support", "--unmute").out
    assert HEAVY in type_in.ok("calm", "2").out


def test_muting_says_that_own_messages_still_follow_a_low_rating(type_in: CommandLine) -> None:
    type_in.ok("support", "--add", "Anna")
    assert "Your support messages still follow a low rating." in type_in.ok("support", "--mute").out


def test_the_support_page_is_always_available(type_in: CommandLine) -> None:
    assert type_in.ok("support").lines[0] == ("You don't have to carry a hard day alone.")


def test_support_messages_are_added_replaced_and_undone(type_in: CommandLine) -> None:
    assert type_in.ok("support", "--add", "Anna, 0123").lines == [
        "Anna, 0123",
        "",
        "Your messages are shown instead of calmtrack's own. To bring those back, run "
        '"calmtrack support --edit".',
    ]
    assert type_in.ok("support", "--add", "A walk").lines == ["Anna, 0123", "A walk"]
    assert type_in.ok("support", "--edit", "Dr. B", "Tea").lines == ["Dr. B", "Tea"]
    assert type_in.ok("undo").out == (
        "Undid: changes to your support messages. "
        'It was "Dr. B", "Tea"; now it\'s "Anna, 0123", "A walk".\n'
    )
    assert type_in.ok("support").lines == ["Anna, 0123", "A walk"]
    assert type_in.ok("support", "--edit").lines[0] == ("You don't have to carry a hard day alone.")


def test_messages_that_are_there_already_are_no_change_to_undo(type_in: CommandLine) -> None:
    were_there = "These were there already, so nothing was changed."
    type_in.ok("log", "hug")
    shown = type_in.ok("support", "--edit").lines
    assert shown[0] == "calmtrack's own messages are shown already."
    assert shown[2] == "You don't have to carry a hard day alone."
    type_in.ok("support", "--add", "Anna, 0123")
    # As with the questions for notes, one that is there isn't added again.
    for option in ("--add", "--edit"):
        shown = type_in.ok("support", option, "Anna, 0123").lines
        assert shown == [were_there, "", "Anna, 0123"]
    assert "changes to your support messages" in type_in.ok("undo").out
    assert "Hug" in type_in.ok("undo").out


@pytest.mark.parametrize("option", ["--add", "--edit"])
def test_what_a_command_changes_is_not_said_to_be_unchanged(
    type_in: CommandLine, option: str
) -> None:
    type_in.ok("support", "--add", "Anna")
    first = type_in.ok("support", "--mute", option, "Anna")
    assert first.lines[0] == "These messages were there already."
    assert "Turned off the message" in first.out
    assert "nothing was changed" not in first.out
    again = type_in.ok("support", "--mute", option, "Anna")
    assert again.lines[0] == "These were there already, so nothing was changed."
    assert "already off" in again.out


@pytest.mark.parametrize("words", [("support", "--edit"), ("prompts", "remove", "1")])
def test_without_own_lines_no_diary_is_begun_to_remove_them(
    type_in: CommandLine, location: Location, words: tuple[str, ...]
) -> None:
    type_in(*words)
    assert location.path is not None
    assert not location.path.exists()


def test_with_an_invalid_message_nothing_is_muted(type_in: CommandLine) -> None:
    answer = type_in("support", "--mute", "--add", "two\nlines")
    assert (answer.code, answer.out) == (2, "")
    assert json.loads(type_in.ok("support", "--json").out)["muted"] is False
    words = type_in.ok("support", "--mute", "--add", "Anna").out
    assert "Your support messages still follow a low rating." in words


@pytest.mark.parametrize(
    "words", [("Anna",), ("--add",), ("--add", "--edit", "Anna"), ("--add", "two\nlines")]
)
def test_invalid_arguments_are_reported(type_in: CommandLine, words: tuple[str, ...]) -> None:
    answer = type_in("support", *words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_support_messages_are_printed_as_json(type_in: CommandLine) -> None:
    shown = json.loads(type_in.ok("support", "--json").out)
    assert (shown["own"], shown["muted"], len(shown["support"])) == (False, False, 3)
    type_in.ok("support", "--mute")
    shown = json.loads(type_in.ok("support", "--add", "Tea.", "--json").out)
    assert shown == {"support": ["Tea."], "own": True, "muted": True}


def test_a_message_given_without_an_option_is_repeated_with_it(type_in: CommandLine) -> None:
    assert "--add 'Call Anna'" in type_in("support", "--add").err
    for words in (["Ring Anna"], ["add", "Ring Anna"]):
        answer = type_in("support", *words)
        assert answer.code == 2
        assert (
            "To add to your support messages, run \"calmtrack support --add 'Ring Anna'\"."
            in answer.err
        )
    type_in.ok("support", "--add", "Ring Anna")
