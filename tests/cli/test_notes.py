"""Writing a note from the command line, with an entry or alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import DayView


def walk(view: DayView) -> tuple[int | None, str]:
    """Today's minutes and note of the walk in a JSON view."""
    row = next(row for row in view.practices if row.practice.id == "nature-walk")
    return row.amount, row.note


@pytest.mark.parametrize(
    ("amount", "already"),
    [("25", "Already logged: Nature walk, 25 minutes."), ("0", "Nature walk: already no.")],
)
def test_a_note_for_a_walk_already_logged_adds_no_minutes(
    type_in: CommandLine, location: Location, amount: str, already: str
) -> None:
    type_in.ok("log", "w", amount)
    answer = type_in.ok("log", "w", "--note", "with Anna").out
    assert answer.startswith(already)
    assert answer.endswith(" Note saved.\n")
    assert walk(Diary(location).day()) == (int(amount), "with Anna")
    again = type_in.ok("log", "w", "--note", "with Anna").out
    assert again.endswith(" The note was already there.\n")
    type_in.ok("log", "w", "+10", "--note", "and back")
    assert walk(Diary(location).day()) == (int(amount) + 10, "and back")


def test_a_note_with_the_first_press_logs_it(type_in: CommandLine, location: Location) -> None:
    type_in.ok("log", "w", "--note", "with Anna")
    assert walk(Diary(location).day()) == (20, "with Anna")


def test_a_note_alone_logs_nothing(type_in: CommandLine, location: Location) -> None:
    assert type_in.ok("note", "w", "Rain").out == "Nature walk: note saved.\n"
    assert walk(Diary(location).day()) == (None, "Rain")
    output = type_in.ok("note", "w", "-", "--day", "mon", stdin=b"Sun\n").out
    assert output == "Nature walk, Monday 23 November: note saved.\n"
    assert walk(Diary(location).day(Diary(location).today().replace(day=23))) == (None, "Sun")
    removed = type_in.ok("note", "w", "").out
    assert removed.startswith('Nature walk: note removed. The note before was "Rain".')
    assert walk(Diary(location).day()) == (None, "")
    assert type_in.ok("note", "w", "").out == "Nature walk: there was no note to remove.\n"


def test_text_may_start_with_a_dash_and_a_space(type_in: CommandLine, location: Location) -> None:
    type_in.ok("note", "calm", "- walked\n- slept")
    assert "- slept" in type_in.ok("search", "- slept").out
    type_in.ok("note", "joy", "-tired but ok")
    assert "-tired but ok" in type_in.ok("today").out
    type_in.ok("prompts", "add", "- What was new?", "-5 degrees or warmer?")
    assert type_in.ok("prompts", "--json").out.count("- What") == 1
    type_in.ok("support", "--add", "- Call Anna")
    assert "- Call Anna" in type_in.ok("support").out
    type_in.ok("note", "calm", "- hugs", "--day", "mon", "--json")
    for words in (("- hugs", "--dya", "mon"), ("- hugs", "-x")):
        answer = type_in("note", "calm", *words)
        assert (answer.code, answer.out) == (2, "")
        assert "No such option" in answer.err


@pytest.mark.parametrize("command", [("note", "calm", "Long day"), ("calm", "--note", "Long day")])
def test_the_evenings_note_needs_no_score(
    type_in: CommandLine, location: Location, command: tuple[str, ...]
) -> None:
    assert type_in.ok(*command).out == "Calm: note saved.\n"
    view = Diary(location).day()
    assert (view.calm, view.calm_note) == (None, "Long day")
    type_in.ok("calm", "7")
    type_in.ok(*command)
    assert Diary(location).day().calm == 7


def test_a_rating_without_score_and_note_is_an_error(type_in: CommandLine) -> None:
    asked = type_in("calm")
    assert (asked.code, asked.err) == (
        2,
        "How calm was it? Add a score from 0 to 10, or just a --note.\n",
    )


@pytest.mark.parametrize(
    "command",
    [("calm", "7", "--note", "-"), ("log", "w", "--note", "-"), ("note", "calm", "-"),
     ("note", "w", "-"), ("rest", "w", "--from", "fri", "--note", "-")],
)  # fmt: skip
@pytest.mark.parametrize("stdin", [b"", b"\n"])
def test_a_note_stays_where_standard_input_is_empty(
    type_in: CommandLine, location: Location, command: tuple[str, ...], stdin: bytes
) -> None:
    type_in.ok("note", "w", "Rain")
    type_in.ok("calm", "5", "--note", "Long day")
    refused = type_in(*command, stdin=stdin)
    assert refused.code == 2
    assert refused.err.startswith("There was no text on standard input, so the note wasn't changed")
    view = Diary(location).day()
    assert (walk(view), view.calm, view.calm_note) == ((None, "Rain"), 5, "Long day")


def test_an_empty_note_of_a_logged_practice_says_whether_it_removed_one(
    type_in: CommandLine,
) -> None:
    type_in.ok("log", "hug", "2", "--note", "Anna")
    removed = type_in.ok("log", "hug", "--note", "").out
    assert 'Note removed. The note before was "Anna".' in removed
    assert type_in.ok("log", "hug", "--note", "").out.endswith("There was no note to remove.\n")


@pytest.mark.parametrize(
    "command",
    [("calm", "7", "--note", " "), ("log", "w", "--note", "  "), ("note", "calm", "   "),
     ("note", "w", "\t"), ("rest", "w", "--from", "fri", "--note", " ")],
)  # fmt: skip
def test_a_note_of_only_spaces_is_refused(
    type_in: CommandLine, location: Location, command: tuple[str, ...]
) -> None:
    type_in.ok("note", "w", "Rain")
    refused = type_in(*command)
    assert refused.code == 2
    assert refused.err.startswith("That note is only spaces, so nothing was saved.")
    view = Diary(location).day()
    assert (walk(view), view.calm, view.calm_note) == ((None, "Rain"), None, "")


def test_spaces_that_an_earlier_version_stored_as_a_note_are_no_note(
    type_in: CommandLine, location: Location
) -> None:
    type_in.ok("note", "w", "Rain")
    type_in.ok("note", "calm", "Long day")
    type_in.ok("log", "hug", "2", "--note", "Anna")
    with closing(sqlite3.connect(str(location.path), isolation_level=None)) as other:
        other.execute("UPDATE entry SET note = '  '")
        other.execute("UPDATE evening SET note = ' '")
    assert "Note" not in type_in.ok("today").out
    assert type_in.ok("status").code == 0
    assert json.loads(type_in.ok("journal", "--notes", "--json").out)["evenings"] == []
    assert "walk" not in type_in.ok("journal").out
    (row,) = type_in.ok("export").out.splitlines()[1:]
    assert row.startswith("2026-11-24,practice,hug,Hug,times,2,logged,,")
    assert type_in.ok("note", "w", "").out == "Nature walk: there was no note to remove.\n"


def test_spaces_in_an_imported_csv_are_no_note(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("day,kind,practice,amount,note\n2026-11-23,practice,nature-walk,20,   \n")
    type_in.ok("import", str(file))
    assert "Note" not in type_in.ok("today", "yesterday").out
    assert json.loads(type_in.ok("journal", "--notes", "--json").out)["evenings"] == []
    assert "Nature walk" in type_in.ok("today", "yesterday").out


def test_json_answers_with_the_note(type_in: CommandLine) -> None:
    output = json.loads(type_in.ok("note", "calm", "Long day", "--json").out)
    assert output == {"day": "2026-11-24", "calm": None, "calm_note": "Long day"}
    output = json.loads(type_in.ok("note", "w", "Rain", "--json").out)
    assert [(row["id"], row["amount"], row["note"]) for row in output["practices"]] == [
        ("nature-walk", None, "Rain")
    ]
