"""The gratitude jar at the command line."""

from __future__ import annotations

import json

from tests.cli.command_line import TODAY, CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location


def test_each_call_prints_another_note(type_in: CommandLine, location: Location) -> None:
    diary = Diary(location)
    diary.log("gratitude", TODAY.replace(day=10), note="for the tree\nand \x1b[2J the bench")
    diary.log("gratitude", TODAY.replace(day=23), note="for tea")
    # A reason is nothing that the person was grateful for.
    diary.rest(("gratitude",), TODAY.replace(day=11), TODAY.replace(day=12), note="a cold")
    diary.log("gratitude", TODAY.replace(day=13), amount=0, note="too tired")
    assert type_in.ok("jar").lines == [
        "for the tree",
        "and �[2J the bench",
        "",
        "2 weeks ago, on Tuesday 10 November 2026",
    ]
    assert type_in.ok("jar").lines[0] == "for tea"
    assert json.loads(type_in.ok("jar", "--json").out) == {
        "day": "2026-11-10",
        "note": "for the tree\nand \x1b[2J the bench",
    }


def test_an_empty_jar_is_explained_and_no_diary_is_created(
    type_in: CommandLine, location: Location
) -> None:
    assert "The jar is still empty." in type_in.ok("jar").out
    assert json.loads(type_in.ok("jar", "--json").out) == {"day": None, "note": None}
    assert location.path is not None
    assert not location.path.exists()


def test_an_empty_jar_names_the_practice_as_the_diary_does(type_in: CommandLine) -> None:
    type_in.ok("practices", "edit", "gratitude", "--name", "Thanks")
    assert "Log Thanks with a note, and" in type_in.ok("jar").out
    type_in.ok("practices", "archive", "gratitude")
    assert "your notes for Thanks, which isn't in your list" in type_in.ok("jar").out


def test_an_empty_jar_without_its_practice_says_where_to_add_it(
    type_in: CommandLine, location: Location
) -> None:
    Diary(location).create(("hug",))
    assert type_in.ok("jar").out == (
        "The jar is still empty. It keeps your notes for Gratitude, which isn't in your list. You "
        "can add it in Practices.\n"
    )
