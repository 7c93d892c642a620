"""The practices are a person's own."""

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.places import Place


def test_one_of_their_own(type_in: CommandLine, place: Place) -> None:
    said = type_in.well(
        *("practices", "add", "Call Grandma", "--unit", "minutes", "--amount", "15"),
        *("--step", "5", "--days-per-week", "2", "--question", "Did you call?"),
    ).out
    assert said == "Added Call Grandma (call-grandma); the letter c logs it.\n"
    assert "c  call-grandma  Call Grandma   15 minutes, 2 of 7 days" in (
        type_in.well("practices", "list").out
    )
    assert type_in.well("log", "c").out == "Call Grandma: 15 minutes.\n"
    assert Diary(place).practice("c").question == "Did you call?"


def test_without_a_letter_or_with_another(type_in: CommandLine) -> None:
    said = type_in.well("practices", "add", "Piano", "--key", "").out
    assert said == "Added Piano (piano); no letter logs it.\n"
    type_in.well("practices", "edit", "piano", "--key", "p")
    assert type_in.well("log", "p").out.startswith("Piano: yes.")


def test_a_shipped_one_comes_by_its_id(type_in: CommandLine) -> None:
    said = type_in.well("practices", "add", "bare-feet").out
    assert said == "Added Feet on the earth (bare-feet); the letter b logs it.\n"


def test_an_edit_keeps_the_history_and_can_be_undone(type_in: CommandLine, place: Place) -> None:
    type_in.well("log", "hug")
    said = type_in.well(
        "practices", "edit", "hug", "--name", "Long hug", "--amount", "2", "--days-per-week", "7"
    ).out
    assert said == "Long hug is changed.\n"
    (row,) = [row for row in Diary(place).day().practices if row.practice.id == "hug"]
    assert (row.practice.name, row.state.value, row.days_per_week) == ("Long hug", "some", 7)
    assert type_in.well("undo").out.startswith("Undone: the practice Hug")
    assert Diary(place).practice("hug").name == "Hug"
