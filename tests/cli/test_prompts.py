"""A person's own questions for notes, at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location


def test_questions_are_added_listed_removed_and_restored(type_in: CommandLine) -> None:
    assert "No questions of your own yet" in type_in.ok("prompts").out
    type_in.ok("prompts", "add", "What was new?", "Who called?")
    assert type_in.ok("prompts", "list").lines == [" 1  What was new?", " 2  Who called?"]
    again = type_in.ok("prompts", "add", "Who called?").lines
    assert again[0] == "These were there already, so nothing was changed."
    assert type_in.ok("prompts", "remove", "1").out == "Removed: What was new?\n"
    assert json.loads(type_in.ok("prompts", "--json").out) == {"prompts": ["Who called?"]}
    assert type_in.ok("undo").out == (
        "Undid: changes to your questions for notes. "
        'It was "Who called?"; now it\'s "What was new?", "Who called?".\n'
    )
    assert len(type_in.ok("prompts").lines) == 2


def test_questions_are_exported_with_the_diary(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    type_in.ok("prompts", "add", "What was new?")
    type_in.ok("export", "--format", "json", "-o", str(tmp_path / "all.json"))
    other = str(tmp_path / "other.db")
    type_in.ok("import", str(tmp_path / "all.json"), "--diary", other)
    assert Diary(Location(Path(other))).prompts.own() == ("What was new?",)


@pytest.mark.parametrize(
    "words", [("add",), ("add", ""), ("remove", "1"), ("remove", "x"), ("--json", "add", "A?")]
)
def test_invalid_arguments_are_reported(type_in: CommandLine, words: tuple[str, ...]) -> None:
    answer = type_in("prompts", *words)
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
