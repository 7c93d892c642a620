"""What scripts rely on: --json for commands that change something, --diary in any place, and exit
code 0 once a change is saved."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_full_output_device_is_reported_with_what_was_saved(
    location: Location, unbuffered: str, more: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "log", "hug", "laughter", *more],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "Your change is saved, but the result couldn't be printed: No space left on device.\n"
    )
    assert [row.amount for row in Diary(location).day().practices[:2]] == [1, 1]
    assert Diary(location).maintenance.backups()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
@pytest.mark.parametrize("is_buffered", [True, False])
def test_what_was_done_is_said_to_be_done_where_it_cannot_be_printed(
    type_in: CommandLine,
    location: Location,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    subtests: pytest.Subtests,
    is_buffered: bool,
) -> None:
    type_in.ok("log", "hug", "--day", "yesterday")
    copy, table, page, image = (
        str(tmp_path / name) for name in ("copy.db", "table.csv", "page.html", "image.svg")
    )
    done, saved, printed = (
        f"{words} result couldn't be printed: No space left on device.\n"
        for words in ("It's done, but the", "Your change is saved, but the", "The")
    )
    for words, sentence in (
        (("backup", copy), done),
        (("backup", copy, "--force", "--json"), done),
        (("restore", copy), done),
        (("export", "-o", table), done),
        (("recap", "--html", page), done),
        (("recap", "--svg", image), done),
        (("config", "theme", "day"), done),
        (("config", "quiet", "true", "--json"), done),
        (("support", "--mute"), done),
        (("support", "--add", "Anna"), done),
        (("practices", "add", "Piano"), saved),
        (("undo",), saved),
        (("coin", "nature-walk"), saved),
        (("prompts", "add", "What was new?"), saved),
        (("undo", "2"), saved),
        (("import", table), printed),
        (("config", "theme"), printed),
        (("completion", "bash"), printed),
        (("export",), printed),
        (("export", "--format", "json"), printed),
        (("export", "--format", "loop"), printed),
        (("recap", "--html", "-"), printed),
        (("reminder",), printed),
        (("doctor",), printed),
        (("forget", "yesterday", "--yes"), done),
        (("import", table), saved),
        (("erase", "--yes"), done),
    ):
        with subtests.test(words=words), monkeypatch.context() as patch:
            with Path("/dev/full").open("wb", -1 if is_buffered else 0) as full:
                patch.setattr(sys, "stdout", io.TextIOWrapper(full, write_through=not is_buffered))
                answer = type_in(*words)
            assert (answer.code, answer.err) == (1, sentence)
    assert Path(copy).exists()
    assert Path(table).exists()
    assert Path(page).exists()
    assert Path(image).exists()
    assert location.path is not None
    assert not location.path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
def test_nothing_is_deleted_where_a_question_without_an_answer_cannot_be_printed(
    type_in: CommandLine, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("log", "hug")
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        refused = type_in("erase")
        assert (refused.code, refused.err) == (1, "Nothing was changed.\n")
    assert location.path is not None
    assert location.path.exists()


def test_a_reader_that_is_gone_is_no_error_of_what_was_done(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("log", "hug")
    for words in (
        ("backup", str(tmp_path / "copy.db")),
        ("config", "theme", "day"),
        ("forget", "today", "--yes"),
        ("erase", "--yes"),
    ):
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as pipe:
            monkeypatch.setattr(sys, "stdout", pipe)
            answer = type_in(*words)
            assert (answer.code, answer.err) == (0, ""), words
    assert (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("command", [("log", "hug"), ("practices", "add", "Piano"), ("where",)])
def test_the_diary_can_be_named_after_the_command(
    type_in: CommandLine, location: Location, tmp_path: Path, command: tuple[str, ...]
) -> None:
    other = tmp_path / "other.db"
    assert type_in(*command, "--diary", str(other)).code == 0
    assert location.path is not None
    assert not location.path.exists()
    assert type_in("where", "--diary", str(other)).lines[0] == str(other)
    refused = type_in("--diary", str(other), *command, "--diary", str(other))
    assert (refused.code, refused.err.split(".")[0]) == (2, "Use --diary only once")


def test_the_json_of_clear_and_rest(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "--note", "long")
    type_in.ok("calm", "7", "--note", "day")
    (row,) = json.loads(type_in.ok("clear", "hug", "--json").out)["practices"]
    assert (row["id"], row["amount"], row["note"]) == ("hug", None, "long")
    output = json.loads(type_in.ok("clear", "calm", "--json").out)
    assert output == {"day": "2026-11-24", "calm": None, "calm_note": "day"}
    type_in.ok("log", "hug")
    output = json.loads(type_in.ok("rest", "hug", "l", "--to", "tomorrow", "--json").out)
    assert output == {
        "from": "2026-11-24",
        "to": "2026-11-25",
        "added": 3,
        "noted": 0,
        "already_logged": [{"practice": "Hug", "day": "2026-11-24"}],
    }


def test_the_json_of_a_changed_practice_is_that_of_the_list(type_in: CommandLine) -> None:
    def changed(*words: str) -> dict[str, object]:
        practice: dict[str, object] = json.loads(type_in.ok("practices", *words, "--json").out)
        return practice

    def listed(practice_id: str) -> dict[str, object]:
        practices = json.loads(type_in.ok("practices", "--all", "--json").out)["practices"]
        return next(one for one in practices if one["id"] == practice_id)

    added = changed("add", "Piano", "--unit", "minutes")
    assert added == {
        "id": "piano",
        "key": "p",
        "name": "Piano",
        "question": "",
        "unit": "minutes",
        "amount": 10,
        "step": 10,
        "days_per_week": 7,
        "overlap": False,
        "added_on": "2026-11-24",
        "archived_since": None,
        "changed": True,
    }
    edited = changed("edit", "piano", "--amount", "20")
    assert edited == listed("piano") | {"changed": True}
    assert edited["amount"] == 20
    assert changed("edit", "piano", "--amount", "20")["changed"] is False
    assert changed("move", "piano", "1") == listed("piano") | {"changed": True, "position": 1}
    archived = changed("archive", "piano")
    assert archived == listed("piano") | {"changed": True}
    assert archived["archived_since"] == "2026-11-24"
    assert changed("restore", "piano")["archived_since"] is None
    type_in.ok("rest", "piano")
    assert changed("delete", "piano")["rest_days"] == 1


def test_the_json_of_restore_forget_and_erase(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copy.db")
    type_in.ok("log", "hug", "--day", "yesterday")
    type_in.ok("backup", copy)
    restored = json.loads(type_in.ok("restore", copy, "--json").out)
    assert restored["path"] == copy
    assert Path(restored["replaced"]).is_file()
    answer = type_in("forget", "yesterday", "--json", stdin=b"yes\n")
    assert json.loads(answer.out) == {"day": "2026-11-23", "rows": 1, "copies": [copy]}
    assert answer.err.startswith("Permanently delete Monday 23 November 2026, also from")
    erased = json.loads(type_in.ok("erase", "--yes", "--json").out)
    assert (erased["copies"], erased["files"] > 0) == ([copy], True)
    assert location.path is not None
    assert not location.path.exists()


def test_the_json_of_questions_for_notes(type_in: CommandLine) -> None:
    added = json.loads(type_in.ok("prompts", "add", "What was new?", "Who?", "--json").out)
    assert added == {"prompts": ["What was new?", "Who?"]}
    removed = json.loads(type_in.ok("prompts", "remove", "1", "--json").out)
    assert removed == {"removed": "What was new?", "prompts": ["Who?"]}


def test_the_json_of_an_import_and_a_merge_has_their_counts(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("log", "hug", "4", "--day", "2026-11-20")
    table = tmp_path / "table.csv"
    table.write_text("date,Hug,Nature walk\n2026-11-19,1,20\n2026-11-20,2,1500\n", encoding="utf-8")
    output = json.loads(type_in.ok("import", str(table), "--dry-run", "--json").out)
    messages = output.pop("messages")
    assert any(
        one.startswith("Line 3: Nature walk: 1,500 minutes is more than") for one in messages
    )
    assert messages[0].startswith("Hug (already in your diary): 2 days")
    counts = {
        "source": "table",
        "dry_run": True,
        "entries": {"added": 2, "changed": 0, "unchanged": 0, "kept": 1},
        "settings": {"added": 0, "changed": 0, "unchanged": 0, "kept": 0},
        "left_out": 1,
    }
    assert output == counts
    output = json.loads(type_in.ok("import", str(table), "--json").out)
    del output["messages"]
    assert output == counts | {"dry_run": False}
    other = str(tmp_path / "other.db")
    type_in.ok("log", "joy", "--diary", other)
    for options in (["--dry-run"], []):
        output = json.loads(type_in.ok("merge", other, "--json", *options).out)
        assert (output["dry_run"], output["entries"]["added"]) == (bool(options), 1)
    assert json.loads(type_in.ok("merge", other, "--json").out)["entries"] == {
        "added": 0,
        "changed": 0,
        "unchanged": 1,
        "kept": 0,
    }


def test_the_json_about_the_diary(type_in: CommandLine, location: Location) -> None:
    assert json.loads(type_in.ok("where", "--json").out)["begun_on"] is None
    type_in.ok("log", "hug", "--day", "mon")
    type_in.ok("log", "hug")
    type_in.ok("calm", "7")
    where = json.loads(type_in.ok("where", "--json").out)
    assert where == {"diary": str(location.path), "begun_on": "2026-11-24"}
    status = {
        "day": "2026-11-24",
        "checked_in": True,
        "calm": 7,
        "done": 1,
        "practices": 8,
        "longest_streak": {"id": "hug", "days": 2},
    }
    assert json.loads(type_in.ok("status", "--json").out) == status
    del status["calm"]
    assert json.loads(type_in.ok("status", "--quiet", "--json").out) == status
    (backup,) = json.loads(type_in.ok("backup", "--json").out)["backups"]
    assert backup["day"] == "2026-11-24"
    assert Path(backup["path"]).is_file()
    copy = str(location.path) + ".copy"
    assert json.loads(type_in.ok("backup", copy, "--json").out) == {"path": copy}
    doctor = json.loads(type_in.ok("doctor", "--json").out)
    assert (doctor["diary"], doctor["repaired"], doctor["problems"]) == (
        str(location.path),
        [],
        [],
    )


def test_boolean_settings_are_booleans_in_json(type_in: CommandLine) -> None:
    settings = json.loads(type_in.ok("config", "--json").out)
    assert (settings["quiet"], settings["animations"]) == (False, True)
    assert json.loads(type_in.ok("config", "quiet", "true", "--json").out) == {"quiet": True}
    assert json.loads(type_in.ok("config", "quiet", "--json").out) == {"quiet": True}


def test_commands_that_change_nothing_say_so(type_in: CommandLine) -> None:
    assert type_in.ok("clear", "hug").out == "Nothing to clear: Hug.\n"
    output = type_in.ok("clear", "calm", "--day", "mon").out
    assert output == "Nothing to clear for Monday 23 November: Calm.\n"
    output = type_in.ok("practices", "edit", "hug", "--name", "Hug").out
    assert output == "Hug is already set up that way, so nothing was changed.\n"


def test_reminder_without_a_subcommand_shows_the_status(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert type_in.ok("reminder").out == type_in.ok("reminder", "status").out


@pytest.mark.parametrize("command", ["restore", "merge"])
@pytest.mark.parametrize("name", ["nosuch.db", "nosuch/diary.db"])
def test_a_missing_file_is_reported_as_missing(
    type_in: CommandLine, tmp_path: Path, command: str, name: str
) -> None:
    path = tmp_path / name
    refused = type_in(command, str(path))
    assert (refused.code, refused.err) == (
        2,
        f"There's no file at {path}. Nothing was changed.\n",
    )


@pytest.mark.parametrize("command", [("streaks",), ("explain", "hug"), ("insights",)])
def test_a_future_day_has_no_figures(type_in: CommandLine, command: tuple[str, ...]) -> None:
    refused = type_in(*command, "--day", "2026-12-31")
    assert (refused.code, refused.err) == (
        2,
        "Thursday 31 December 2026 is in the future, so there are no figures yet.\n",
    )
