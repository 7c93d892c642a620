"""An option that has no effect together with the others is refused, never ignored."""

import json

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Goal


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("week", "--json", "--plain"), "Use either --json or --plain, not both."),
        (("week", "--markdown", "--json"), "--markdown has no effect with --json."),
        (("week", "--markdown", "--plain"), "--markdown has no effect with --plain."),
        (("year", "--of", "nosuch", "--json"), "--of has no effect with --json."),
        (("recap", "--html", "a.html", "--json"), "--html has no effect with --json."),
        (("recap", "--svg", "a.svg", "--html", "a.html"), "--svg has no effect with --html."),
        (("recap", "--force"), "--force only works with --html FILE."),
        (("insights", "--how", "--json"), "--json has no effect with --how."),
        (("insights", "--how", "--day", "mon"), "--day has no effect with --how."),
        (("rest", "hug", "--off", "--note", "flu"), "--note has no effect with --off."),
        (("recap", "--svg", "-", "--force"), "--force has no effect with --svg -. Leave one"),
        (("export", "--force"), "--force only works with -o."),
        (("export", "-o", "-", "--force"), "--force has no effect with -o -. Leave one"),
        (("practices", "edit", "hug", "--name", "Cuddle", "--all-days"), "--all-days only works"),
        (("practices", "edit", "hug", "--amount", "2", "--history", "new"), "--history only works"),
        (("practices", "edit", "hug"), "Nothing to change."),
        (("practices", "--json", "list"), 'Put --json after "list", if "list" has that option.'),
        (
            ("practices", "--all", "archive", "hug"),
            'Put --all after "archive", if "archive" has that',
        ),
    ],
)
def test_options_that_would_be_ignored_are_rejected(
    type_in: CommandLine, location: Location, words: tuple[str, ...], sentence: str
) -> None:
    type_in.ok("log", "hug")
    refused = type_in(*words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(sentence)
    hug = Diary(location).practices.find("hug")
    assert (hug.name, hug.archived_since(Diary(location).today())) == ("Hug", None)


def test_a_shipped_practice_is_added_with_the_given_goal(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok(
        *("practices", "add", "bare-feet", "--days-per-week", "6"),
        *("--unit", "minutes", "--amount", "15", "--overlap"),
    )
    one = Diary(location).practices.find("bare-feet")
    assert one.goals == (Goal(one.added_on, 15, 6),)
    assert (one.unit.value, one.step, one.overlap) == ("minutes", 10, True)


def test_a_note_on_the_rest_days_of_several_practices_counts_these(type_in: CommandLine) -> None:
    type_in.ok("rest", "laughter", "hug", "--to", "+1")
    assert type_in.ok("rest", "laughter", "hug", "--to", "+1", "--note", "flu").lines == [
        "Changed the notes of the rest days of 2 practices: Tuesday 24 November to Wednesday 25 "
        "November.",
    ]


def test_the_answer_names_the_only_practice_that_rests_now(type_in: CommandLine) -> None:
    type_in.ok("rest", "laughter", "--note", "flu")
    output = type_in.ok("rest", "laughter", "joy", "--note", "a cold").lines
    assert output[0] == "Added 1 rest day for Moment of joy: Tuesday 24 November."
    output = type_in.ok("rest", "laughter", "hug", "--off").lines
    assert output[0] == "Removed 1 rest day of Laughter: Tuesday 24 November."


def test_a_note_can_be_added_to_a_rest_day(type_in: CommandLine, location: Location) -> None:
    type_in.ok("rest", "laughter")
    output = type_in.ok("rest", "laughter", "--to", "+1", "--note", "flu").lines
    assert output == [
        "Added 1 rest day for Laughter: Wednesday 25 November.",
        "Changed the note of 1 rest day.",
    ]
    assert type_in.ok("rest", "laughter", "--note", "cold").lines == [
        "Changed the note of 1 rest day.",
        'It was "flu" before.',
        'Changed your mind? Run "calmtrack undo".',
    ]
    (row,) = [r for r in Diary(location).day().practices if r.practice.id == "laughter"]
    assert (row.state.value, row.note) == ("rest", "cold")
    type_in.ok("undo", "2")
    view = json.loads(type_in.ok("today", "--json").out)
    assert [row["note"] for row in view["practices"] if row["id"] == "laughter"] == [""]
