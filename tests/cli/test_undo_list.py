"""What undo and redo print, the steps that they list, and the rows that an import refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import TODAY, CommandLine, on_evening
from tracker.diary.diary import Diary
from tracker.location import Location

HEADER = "day,kind,practice,name,unit,amount,state,note,logged_at"


@pytest.fixture
def import_with_lost_row(type_in: CommandLine, tmp_path: Path) -> Path:
    """Imports a file with a hug that isn't imported, as the diary's own is newer."""
    path = tmp_path / "week.csv"
    row = "2026-11-17,practice,hug,Hug,times,2,logged,from the file,"
    path.write_text(f"{HEADER}\r\n{row}\r\n", "utf-8", newline="")
    type_in.ok("log", "hug", "5", "--day", "2026-11-17", "--note", "mine, newer")
    answer = type_in.ok("import", str(path))
    assert (
        'Run "calmtrack undo --list" to see what wasn\'t used, because your diary kept its own.'
    ) in answer.out
    return path


def test_undo_and_redo_print_the_change_and_the_new_value(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "3")
    type_in.ok("log", "hug", "2")
    type_in.ok("calm", "7")
    type_in.ok("note", "joy", "trip")
    type_in.ok("rest", "joy")
    assert type_in.ok("undo").out == (
        'Undid: rest days, Tuesday 24 November. Moment of joy was a rest day "trip"; '
        'now it\'s only the note "trip".\n'
    )
    type_in.ok("undo")
    output = [type_in.ok(word).out for word in ("undo", "undo", "redo")]
    assert output == [
        "Undid: Calm, Tuesday 24 November. It was 7 of 10; now it's empty.\n",
        "Undid: Hug, Tuesday 24 November. It was 2 times; now it's 3 times.\n",
        "Redid: Hug, Tuesday 24 November. It was 3 times; now it's 2 times.\n",
    ]


def test_a_merge_names_the_days_on_which_it_changed_more_than_a_time(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("log", "hug", "--day", "2026-10-06")
    type_in.ok("log", "joy", "--day", "2026-11-01")
    other = tmp_path / "other.db"
    type_in.ok("backup", str(other))
    # What was changed there and undone is newer than here, and the same.
    for words in (
        ("log", "hug", "4", "--day", "2026-10-06"),
        ("undo",),
        ("log", "joy", "--day", "mon"),
    ):
        type_in.ok("--diary", str(other), *words)
    type_in.ok("log", "hug", "2", "--day", "2026-11-20")
    type_in.ok("merge", str(other))
    listed = type_in.ok("undo", "--list").lines
    assert "merge with other.db, Monday 23 November" in listed[1]
    type_in.ok("clear", "joy", "--day", "mon")
    assert "merge with other.db, Monday 23 November (" in type_in.ok("undo", "--list").lines[2]
    type_in.ok("undo")
    assert "merge with other.db, Monday 23 November." in type_in.ok("undo").out
    assert "merge with other.db, Monday 23 November." in type_in.ok("redo").out


def test_undo_of_rest_days_says_of_which_practices_how_many_are_gone_or_back(
    type_in: CommandLine,
) -> None:
    type_in.ok("rest", "hug", "--to", "fri", "--note", "flu")
    type_in.ok("rest", "hug", "--to", "fri", "--note", "cold")
    type_in.ok("rest", "hug", "--to", "thu", "--off")
    type_in.ok("rest", "l", "w")
    words = [type_in.ok(*one.split()).out for one in ("undo", "undo", "undo", "redo", "undo 2")]
    until_friday = "rest days, Tuesday 24 November to Friday 27 November."
    assert "".join(words).splitlines()[:5] == [
        "Undid: rest days, Tuesday 24 November. 2 practices: 2 rest days are gone.",
        "Undid: rest days, Tuesday 24 November to Thursday 26 November. Hug: 3 rest days are back.",
        f"Undid: {until_friday} Hug: 4 rest days have their other note again.",
        f"Redid: {until_friday} Hug: 4 rest days have their other note again.",
        f"Undid: {until_friday} Hug: 4 rest days have their other note again.",
    ]
    assert words[-1].splitlines()[1] == f"Undid: {until_friday} Hug: 4 rest days are gone."
    (step,) = json.loads(type_in.ok("redo", "--json").out)["redone"]
    assert (step["practices"], step["entries"], step["rest_days"]) == (
        ["hug"],
        4,
        {"was": 0, "now": 4},
    )


def test_undo_of_overlapping_rest_days_says_which_stay(type_in: CommandLine) -> None:
    type_in.ok("rest", "hug", "--to", "thu", "--note", "sea")
    type_in.ok("rest", "hug", "l", "--from", "wed", "--to", "fri", "--note", "aunt")
    days = "rest days, Wednesday 25 November to Friday 27 November. 2 practices: 4 rest days are"
    kept = "2 stay rest days, with their other note again."
    assert [type_in.ok(word).lines[0] for word in ("undo", "redo")] == [
        f"Undid: {days} gone. {kept}",
        f"Redid: {days} back. {kept}",
    ]


def test_undo_of_a_move_says_both_positions_in_the_list(type_in: CommandLine) -> None:
    type_in.ok("practices", "archive", "laughter")
    type_in.ok("practices", "move", "joy", "1")
    type_in.ok("practices", "move", "hug", "5")
    assert [type_in.ok(word).out for word in ("undo", "undo", "redo")] == [
        "Undid: changes to Hug. It was at position 5; now it's at 2.\n",
        "Undid: changes to Moment of joy. It was at position 1; now it's at 6.\n",
        "Redid: changes to Moment of joy. It was at position 6; now it's at 1.\n",
    ]
    (step,) = json.loads(type_in.ok("undo", "--json").out)["undone"]
    assert step["position"] == {"was": 1, "now": 6}


def test_undo_of_an_import_says_how_much_it_took_back(type_in: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("date,calm,Hug,Piano\n2026-11-19,5,1,1\n2026-11-20,6,2,0\n", "utf-8")
    type_in.ok("import", str(path))
    days = "import from table.csv, Thursday 19 November to Friday 20 November."
    assert [type_in.ok(word).out for word in ("undo", "redo")] == [
        f"Undid: {days} It took back 6 entries. Also taken back, of your practices: Piano.\n",
        f"Redid: {days} It brought back 6 entries. Also brought back, of your practices: Piano.\n",
    ]
    (step,) = json.loads(type_in.ok("undo", "--json").out)["undone"]
    assert (step["entries"], step["evenings"], step["practices"]) == (4, 2, ["hug", "piano"])


def test_undo_of_a_merge_tells_a_renamed_practice_from_a_new_one(
    type_in: CommandLine, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    type_in.ok("log", "hug")
    type_in.ok("backup", str(other))
    type_in.ok("--diary", str(other), "practices", "edit", "hug", "--name", "Cuddle")
    type_in.ok("--diary", str(other), "practices", "add", "Piano")
    type_in.ok("merge", str(other))
    assert [type_in.ok(word).out for word in ("undo", "redo")] == [
        "Undid: merge with other.db. Also taken back, of your practices: Piano, changes to Hug.\n",
        "Redid: merge with other.db. Also brought back, of your practices: Piano, changes to "
        "Cuddle.\n",
    ]


def test_the_list_tells_alike_steps_apart_by_their_time(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for amount, now in enumerate(
        ("2025-12-31T22:00+01:00", "2026-11-23T23:30+01:00", "2026-11-24T21:00+01:00"), 1
    ):
        monkeypatch.setenv("CALMTRACK_NOW", now)
        type_in.ok("log", "hug", str(amount), "--day", "2025-12-30")
    assert type_in.ok("undo", "--list").lines[1:] == [
        "   1  Hug, Tuesday 30 December 2025 (21:00)",
        "   2  Hug, Tuesday 30 December 2025 (Monday 23 November, 23:30)",
        "   3  Hug, Tuesday 30 December 2025 (Wednesday 31 December 2025, 22:00)",
    ]


def test_the_list_says_what_each_change_did_to_a_practice(
    type_in: CommandLine, tmp_path: Path
) -> None:
    for words in (
        ("add", "Reading", "--key", "r"),
        ("add", "Painting"),
        ("edit", "painting", "--name", "Drawing"),
        ("move", "reading", "1"),
        ("edit", "reading", "--amount", "1", "--days-per-week", "3"),
        ("archive", "hug"),
        ("restore", "hug"),
        ("edit", "nature-walk", "--name", "Garden hour"),
        ("edit", "gratitude", "--name", "Thanks", "--days-per-week", "5"),
        ("delete", "painting"),
    ):
        type_in.ok("practices", *words)
    type_in.ok("log", "garden")
    assert [line.partition(" (")[0] for line in type_in.ok("undo", "--list").lines[1:]] == [
        "   1  Garden hour, Tuesday 24 November",
        "   2  deleting Drawing",
        "   3  renaming Gratitude to Thanks, with other changes",
        "   4  renaming Nature walk to Garden hour",
        "   5  restoring Hug",
        "   6  archiving Hug",
        "   7  changes to Reading",
        "   8  moving Reading",
        "   9  renaming Painting to Drawing",
        "  10  adding Painting",
        "  11  adding Reading",
    ]
    listed = json.loads(type_in.ok("undo", "--list", "--json").out)["steps"]
    changes = [
        None,
        "deleted",
        "renamed",
        "renamed",
        "restored",
        "archived",
        None,
        "moved",
        "renamed",
    ]
    assert [step["change"] for step in listed] == [*changes, "added", "added"]
    # What was undone isn't listed, and changes nothing in the words for earlier changes.
    type_in.ok("undo", "4")
    assert type_in.ok("undo", "--list").lines[1].startswith("   1  restoring Hug (")


def test_a_unit_changed_for_later_days_only_is_not_listed_as_archiving(
    type_in: CommandLine,
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("practices", "edit", "hug", "--unit", "minutes", "--history", "new")
    assert type_in.ok("undo", "--list").lines[1].startswith("   1  changes to Hug (")


def test_undo_of_archiving_says_that_the_practice_is_in_the_list_again(
    type_in: CommandLine,
) -> None:
    type_in.ok("practices", "archive", "laughter")
    assert type_in.ok("undo").out == "Undid: changes to Laughter. It's in your list again.\n"
    assert type_in.ok("redo").out == "Redid: changes to Laughter. It's archived now.\n"


def test_undo_and_redo_print_json(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "3", "--note", "Oma")
    undone = json.loads(type_in.ok("undo", "5", "--json").out)
    (step,) = undone["undone"]
    assert (step["what"], step["subject"], step["first_day"]) == ("log", "hug", "2026-11-24")
    assert (step["was"], step["now"]) == ({"state": "logged", "amount": 3, "note": "Oma"}, None)
    assert json.loads(type_in.ok("redo", "--json").out)["redone"][0]["now"]["amount"] == 3
    assert json.loads(type_in.ok("redo", "--json").out) == {"redone": []}


def test_undo_never_lists_the_skipped_rows_of_an_import(
    type_in: CommandLine, import_with_lost_row: Path
) -> None:
    assert type_in.ok("undo").out == (
        'Undid: Hug, Tuesday 17 November. It was 5 times "mine, newer"; now it\'s empty.\n'
    )


def test_the_list_has_the_steps_and_the_skipped_rows(
    type_in: CommandLine, import_with_lost_row: Path
) -> None:
    type_in.ok("calm", "7")
    assert type_in.ok("undo", "--list").lines == [
        "You can undo, newest first (in brackets: when you changed it):",
        "   1  Calm, Tuesday 24 November (21:30)",
        "   2  Hug, Tuesday 17 November (21:30)",
        "",
        (
            'What an import or merge replaced or left out. Run "calmtrack undo --record '
            'N" to bring one of these records back:'
        ),
        '   1  Hug, Tuesday 17 November 2026: 2 times "from the file" (import from week.csv)',
    ]
    listed = json.loads(type_in.ok("undo", "--list", "--json").out)
    assert [step["what"] for step in listed["steps"]] == ["rate", "log"]
    (record,) = listed["records"]
    assert (record["number"], record["subject"], record["day"]) == (1, "week.csv", "2026-11-17")
    assert record["row"] == {"state": "logged", "amount": 2, "note": "from the file"}


def test_a_skipped_row_is_listed_in_the_present_unit_of_its_practice(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("log", "hug", "--note", "with Anna")
    type_in.ok("practices", "edit", "hug", "--unit", "minutes", "--history", "keep-days")
    export = tmp_path / "days.csv"
    type_in.ok("export", "--layout", "days", "-o", str(export))
    export.write_text(export.read_text().replace("with Anna", "with Tom"))
    type_in.ok("import", str(export), "--prefer", "file")
    assert '10 minutes "with Anna" (import from days.csv)' in type_in.ok("undo", "--list").out


def test_undo_of_an_import_counts_as_the_import_did(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    diary = on_evening(location, TODAY)
    diary.rate(5)
    diary.log_all(("hug", "joy"))
    diary.clear("joy")
    export = tmp_path / "all.json"
    type_in.ok("export", "-o", str(export))
    new = ("--diary", str(tmp_path / "new.db"))
    type_in.ok("calm", "3", "--day", "-9", *new)
    assert "Imported 2 new entries." in type_in.ok("import", str(export), *new).out
    assert type_in.ok("undo", *new).out.endswith("It took back 2 entries.\n")


def test_undo_of_several_practices_says_what_each_of_them_was(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "2")
    type_in.ok("log", "hug", "laughter")
    assert type_in.ok("undo").out == (
        "Undid: Hug, Laughter, Tuesday 24 November. Hug was 3 times; now it's 2 times. Laughter "
        "was yes; now it's empty.\n"
    )
    (redone,) = json.loads(type_in.ok("redo", "--json").out)["redone"]
    amounts = {one["id"]: one["now"]["amount"] for one in redone["changes"]}
    assert amounts == {"hug": 3, "laughter": 1}


def test_what_a_merge_leaves_out_is_listed_only_if_it_has_something_else(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    on_evening(location, TODAY).log("hug")
    export = tmp_path / "laptop.json"
    type_in.ok("export", "-o", str(export))
    type_in.ok("note", "hug", "at the station")
    merged = type_in.ok("merge", str(export)).out
    assert "left as they are in your diary: 1" in merged
    assert "undo --list" not in merged
    assert "--record" not in type_in.ok("undo", "--list").out


def test_undo_of_a_merge_leaves_out_what_reads_the_same_as_before(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    on_evening(location, TODAY).rate(6)
    other = tmp_path / "laptop.db"
    type_in.ok("backup", str(other))
    there = ("--diary", str(other))
    for words in (("calm", "8"), ("undo",), ("log", "hug")):
        type_in.ok(*words, *there)
    assert "Entries added: 1; updated: 0" in type_in.ok("merge", str(other)).out
    assert type_in.ok("undo").out.endswith("It took back 1 entry.\n")


def test_an_empty_list_creates_no_diary(type_in: CommandLine, location: Location) -> None:
    assert type_in.ok("undo", "--list").out == "Nothing to undo.\n"
    assert location.path is not None
    assert not location.path.exists()


def test_restoring_a_skipped_row_can_be_undone(
    type_in: CommandLine, import_with_lost_row: Path
) -> None:
    assert type_in.ok("undo", "--record", "1").lines == [
        'Brought back: Hug, Tuesday 17 November 2026: 2 times "from the file".',
        'It was 5 times before, with the note "mine, newer". To get both back, run "calmtrack '
        'undo".',
    ]
    again = type_in.ok("undo", "--record", "1").lines
    assert again == [
        'Already in your diary: Hug, Tuesday 17 November 2026: 2 times "from the file".'
    ]
    assert type_in.ok("undo").out == (
        'Undid: restoring Hug, Tuesday 17 November. It was 2 times "from the file"; now it\'s '
        '5 times "mine, newer".\n'
    )


def test_a_score_that_is_brought_back_leaves_the_note_written_meanwhile(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    other = Diary(Location(tmp_path / "laptop.db"))
    other.rate(8, TODAY)
    on_evening(location, TODAY).rate(5)
    type_in.ok("merge", str(tmp_path / "laptop.db"))
    (record,) = json.loads(type_in.ok("undo", "--list", "--json").out)["records"]
    score = record["row"]["calm"]
    type_in.ok("note", "calm", "on the old one")
    brought = type_in.ok("undo", "--record", "1").lines
    assert brought == [
        f'Brought back: Calm, Tuesday 24 November 2026: {score} of 10 "on the old one".',
        f'It was {13 - score} of 10 before. To get that back, run "calmtrack undo".',
    ]
    assert "Brought back" not in type_in.ok("undo", "--record", "1").out
    assert "--record" not in type_in.ok("undo", "--list").out


def test_a_skipped_row_of_a_deleted_practice_is_reported(
    type_in: CommandLine, import_with_lost_row: Path
) -> None:
    type_in.ok("undo")
    type_in.ok("practices", "delete", "hug")
    answer = type_in("undo", "--record", "1")
    assert (answer.code, answer.out) == (1, "")
    assert "isn't in your diary anymore" in answer.err


@pytest.mark.parametrize("words", [("--record", "9"), ("--record", "x"), ("2", "--list")])
def test_invalid_arguments_of_undo_are_reported_in_one_sentence(
    type_in: CommandLine, import_with_lost_row: Path, words: tuple[str, ...]
) -> None:
    answer = type_in("undo", *words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_the_row_that_a_merge_replaced_is_listed_and_can_be_brought_back(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = str(tmp_path / "laptop.db")
    type_in.ok("calm", "5", "--note", "home note")
    type_in.ok("log", "hug", "2")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-24T22:30+01:00")
    type_in.ok("--diary", laptop, "calm", "7", "--note", "laptop note")
    type_in.ok("--diary", laptop, "log", "hug", "3")
    assert 'It replaces 5 "home note"' in type_in.ok("merge", laptop).out
    replaced = [
        "   1  Hug, Tuesday 24 November 2026: 2 times (merge with laptop.db)",
        '   2  Calm, Tuesday 24 November 2026: 5 of 10 "home note" (merge with laptop.db)',
    ]
    assert sorted(type_in.ok("undo", "--list").lines[-2:]) == replaced
    type_in.ok("undo", "--record", "2")
    assert type_in.ok("today").out.count("home note") == 1
    # What is in the diary again isn't listed as unused.
    assert type_in.ok("undo", "--list").lines[-1] == replaced[0]
    for _ in range(2):
        type_in.ok("undo")
    assert json.loads(type_in.ok("undo", "--list", "--json").out)["records"] == []
    type_in.ok("redo")
    assert sorted(type_in.ok("undo", "--list").lines[-2:]) == replaced


def test_support_messages_and_settings_that_were_brought_back_are_named_in_the_undo_log(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = str(tmp_path / "laptop.db")
    type_in.ok("support", "--add", "Ring Ada")
    type_in.ok("config", "week_starts_on", "sunday")
    type_in.ok("support", "--mute")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-24T22:30+01:00")
    type_in.ok("--diary", laptop, "support", "--add", "Ring Mia")
    type_in.ok("--diary", laptop, "config", "week_starts_on", "friday")
    type_in.ok("--diary", laptop, "support", "--unmute")
    type_in.ok("merge", laptop)
    listed = type_in.ok("undo", "--list").out
    assert 'the setting "A week starts on"' in listed
    assert 'the setting "Message after two heavy weeks"' in listed
    records = json.loads(type_in.ok("undo", "--list", "--json").out)["records"]
    for record in records:
        type_in.ok("undo", "--record", str(record["number"]))
    undone = [type_in.ok("undo").out for _ in records]
    assert sorted(one.splitlines()[0].partition(".")[0] for one in undone) == [
        "Undid: changes to your support messages",
        'Undid: the setting "A week starts on"',
        'Undid: the setting "Message after two heavy weeks"',
    ]


def test_a_practice_whose_letter_is_taken_comes_back_without_it_and_is_no_longer_listed(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = str(tmp_path / "laptop.db")
    type_in.ok("practices", "edit", "hug", "--name", "Embrace")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-24T22:30+01:00")
    type_in.ok("--diary", laptop, "practices", "edit", "hug", "--name", "Cuddle", "--key", "k")
    type_in.ok("--diary", laptop, "practices", "edit", "w", "--key", "h")
    type_in.ok("merge", laptop)
    records = type_in.ok("undo", "--list").lines
    (number,) = (one.split()[0] for one in records if "changes to Embrace" in one)
    for result in ("Brought back", "Already in your diary"):
        assert type_in.ok("undo", "--record", number).lines[:2] == [
            f"{result}: changes to Embrace.",
            "The letter h already logs Nature walk, so it wasn't brought back.",
        ]
        assert "changes to Embrace" not in "".join(
            one for one in type_in.ok("undo", "--list").lines if "merge with" in one
        )


def test_a_merge_says_how_to_list_skipped_rows(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    type_in.ok("backup", str(other))
    type_in.ok("--diary", str(other), "log", "laughter", "--note", "there")
    type_in.ok("log", "laughter", "--note", "at first")
    type_in.ok("log", "laughter", "--note", "here")
    answer = type_in.ok("merge", str(other))
    assert (
        'Run "calmtrack undo --list" to see what wasn\'t used, because your diary kept its own.'
    ) in answer.out


def test_what_was_logged_is_listed_before_the_rest_days_that_a_merge_replaced(
    type_in: CommandLine, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    type_in.ok("log", "hug", "--note", "here")
    type_in.ok("rest", "--all", "--to", "+4", "--note", "cabin")
    type_in.ok("backup", str(other))
    type_in.ok("--diary", str(other), "log", "hug", "3")
    type_in.ok("--diary", str(other), "rest", "--all", "--to", "+4", "--off")
    type_in.ok("merge", str(other))
    _steps, records = type_in.ok("undo", "--list").out.split("one of these records back:\n")
    first, *others = records.splitlines()
    assert "Hug" in first
    assert "here" in first
    assert all("rest day" in one for one in others[:-1])


def test_a_forgotten_day_is_removed_from_the_skipped_rows_too(
    type_in: CommandLine, import_with_lost_row: Path
) -> None:
    type_in.ok("forget", "2026-11-17", "--yes")
    assert json.loads(type_in.ok("undo", "--list", "--json").out)["records"] == []


def test_a_list_that_ends_says_that_there_are_older_changes(type_in: CommandLine) -> None:
    older = '… and older ones. Run "calmtrack undo N" to undo the last N.'
    for _ in range(20):
        type_in.ok("log", "hug")
    assert older not in type_in.ok("undo", "--list").lines
    type_in.ok("log", "hug")
    listed = type_in.ok("undo", "--list").lines
    assert listed[-1] == older
    assert listed[-2].startswith("  20  ")
