"""The gratitude jar at the command line."""

from __future__ import annotations

import json

from tests.cli.command_line import TODAY, CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location


def test_each_time_another_note_comes_out(type_in: CommandLine, location: Location) -> None:
    diary = Diary(location)
    diary.log("gratitude", TODAY.replace(day=10), note="for the tree\nand \x1b[2J the bench")
    diary.log("gratitude", TODAY.replace(day=23), note="for tea")
    assert type_in.well("jar").lines == [
        "for the tree",
        "and �[2J the bench",
        "",
        "2 weeks ago, on Tuesday 10 November 2026",
    ]
    assert type_in.well("jar").lines[0] == "for tea"
    assert json.loads(type_in.well("jar", "--json").out) == {
        "day": "2026-11-10",
        "note": "for the tree\nand \x1b[2J the bench",
    }


def test_an_empty_jar_is_reported_kindly_and_begins_nothing(
    type_in: CommandLine, location: Location
) -> None:
    assert "The jar is still empty." in type_in.well("jar").out
    assert json.loads(type_in.well("jar", "--json").out) == {"day": None, "note": None}
    assert location.path is not None
    assert not location.path.exists()
