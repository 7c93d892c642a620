"""`calmtrack merge` merges the diary of another computer."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store.backups import backups_of

CONFLICT = "diary.sync-conflict-20261124-213000-ABCDEFG.db"


def conflict_copy(diary: Diary) -> Path:
    """Creates a sync tool's conflict copy beside the diary, with an additional entry."""
    assert diary.location.path is not None
    path = diary.location.path.with_name(CONFLICT)
    shutil.copy(diary.location.path, path)
    path.chmod(0o600)
    other = Diary(Location(path))
    other.rate(8, note="on the other machine")
    other.log("hug", amount=3)
    shutil.rmtree(path.parent / "backups", ignore_errors=True)
    return path


def test_a_conflict_copy_is_reported_and_merged(type_in: CommandLine, three_weeks: Diary) -> None:
    path = conflict_copy(three_weeks)
    logged = type_in("log", "laughter")
    assert logged.code == 0
    assert CONFLICT in logged.err
    assert "calmtrack merge FILE" in logged.err
    type_in("log", "hug")
    answer = type_in("merge", str(path))
    assert answer.code == 0
    assert answer.lines[-2:] == [
        f"Merged {path}. Entries added: 1; updated: 1; left as they are in your diary: 0.",
        'Changed your mind? Run "calmtrack undo".',
    ]
    assert "Hug, Tuesday 24 November 2026" in answer.out
    assert three_weeks.day().calm_note == "on the other machine"
    assert type_in("undo").out == (
        f"Undid: merge with {CONFLICT}, Tuesday 24 November. It took back 2 entries.\n"
    )
    assert three_weeks.day().calm is None


def test_a_conflict_copy_that_comes_later_in_the_day_is_reported_once_and_by_doctor(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    assert type_in("log", "hug").err == ""
    conflict_copy(three_weeks)
    three_weeks.maintenance.back_up_daily()
    assert len(backups_of(three_weeks.location)) == 1
    assert CONFLICT in type_in("log", "laughter").err
    assert type_in("log", "hug").err == ""
    checked = type_in.ok("doctor")
    assert CONFLICT in checked.lines[0]
    assert "calmtrack merge FILE" in checked.lines[0]
    assert checked.lines[1].startswith("No problems found")


@pytest.mark.parametrize(
    "name",
    [
        "diary (Anna's conflicted copy 2026-11-24).db",
        "diary (conflicted copy 2026-11-24 213000).db",
        "diary_conflict-20261124-213000.db",
    ],
)
def test_the_copies_of_other_sync_tools_are_reported_too(
    type_in: CommandLine, three_weeks: Diary, name: str
) -> None:
    path = conflict_copy(three_weeks)
    path = path.rename(path.with_name(name))
    assert name in type_in.ok("doctor").lines[0]
    assert name in type_in("log", "laughter").err
    path.rename(path.with_name(f"another {name}"))
    path.with_name(f"{path.stem}.txt").touch()
    path.with_name("diary (copy).db").touch()
    assert len(type_in.ok("doctor").lines) == 1


def test_a_dry_run_prints_what_would_happen_and_writes_nothing(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    path = conflict_copy(three_weeks)
    type_in("log", "hug")
    assert three_weeks.location.path is not None
    before = three_weeks.location.path.read_bytes()
    tried = type_in("merge", str(path), "--dry-run")
    assert three_weeks.location.path.read_bytes() == before
    done = type_in("merge", str(path))
    same_moment = "changed in both copies of the diary at the same moment"
    assert [same_moment in line for line in tried.lines[:-1]] == [True] * len(done.lines[:-2])
    assert tried.lines[:-1] == done.lines[:-2]
    assert tried.lines[-1] == (
        f"Dry run of merging {path}. Entries to add: 1; to update: 1; to leave as they are in your "
        "diary: 0. Nothing has been changed yet."
    )
    again = type_in("merge", str(path))
    assert again.lines == [
        f"Merged {path}. Entries added: 0; updated: 0; left as they are in your diary: 0. 60 "
        "entries are the same in both."
    ]


def test_an_export_of_another_machine_is_merged_too(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    path = conflict_copy(three_weeks)
    exported = path.with_name("other.json")
    type_in.ok("--diary", str(path), "export", "--format", "json", "-o", str(exported))
    path.unlink()
    type_in.ok("merge", str(exported))
    assert three_weeks.day().calm_note == "on the other machine"
    assert type_in("undo").out.startswith("Undid: merge with other.json")


def test_status_and_show_commands_do_not_mention_it(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    conflict_copy(three_weeks)
    type_in.ok("status")
    type_in.ok("today")


def test_a_conflict_copy_of_another_diary_is_ignored(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    path = conflict_copy(three_weeks)
    path.rename(path.with_name(CONFLICT.replace("diary.", "diary-2.")))
    type_in.ok("log", "hug")


def test_a_backup_is_made_before(type_in: CommandLine, three_weeks: Diary) -> None:
    path = conflict_copy(three_weeks)
    type_in("merge", str(path))
    (backup,) = backups_of(three_weeks.location)
    assert Diary(Location(backup.path)).day().calm is None


def test_a_file_that_is_not_a_diary_is_reported_and_none_is_created(
    type_in: CommandLine, location: Location
) -> None:
    for other in ("nowhere.db", "postgresql://me:sesame@127.0.0.1:1/diary", ""):
        answer = type_in("merge", other)
        assert answer.code in (1, 2)
        assert len(answer.err.splitlines()) == 1
        assert "sesame" not in answer.err
    assert location.path is not None
    assert not location.path.exists()


def test_of_a_folder_and_a_pipe_it_says_what_to_name_instead(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    folder = tmp_path / "the other machine"
    folder.mkdir()
    for words in (("merge", str(folder)), ("restore", str(folder), "--yes")):
        answer = type_in(*words)
        assert (answer.code, answer.err) == (
            2,
            f"{folder} is a folder, not a diary. Nothing was changed. Name the file in it, like "
            f"{folder / 'diary.db'}.\n",
        )
    answer = type_in("--diary", str(folder), "streaks")
    assert (answer.code, f"{folder} is a folder, not a diary." in answer.err) == (1, True)
    for name in ("2026-11-23.db", "2026-11-24.db"):
        (folder / name).touch()
    assert f"like {folder / '2026-11-24.db'}." in type_in("today", "--diary", str(folder)).err
    read, write = os.pipe()
    path = f"/dev/fd/{read}"
    for words in (("merge", path), ("--diary", path, "today")):
        answer = type_in(*words)
        assert answer.code in (1, 2)
        assert answer.err.startswith(f"{path} is a pipe or a device.")
    os.close(read)
    os.close(write)


def test_erased_data_is_erased_from_a_conflict_copy_too(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    path = conflict_copy(three_weeks)
    type_in("forget", "today", "--yes")
    assert Diary(Location(path)).day().calm is None
    assert b"on the other machine" not in path.read_bytes()
    type_in("erase", "--yes")
    assert not path.exists()


def test_an_empty_entry_that_is_left_out_is_not_mentioned(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    three_weeks.press("laughter")
    path = conflict_copy(three_weeks)
    Diary(Location(path)).clear("laughter")
    later = datetime.fromisoformat("2026-11-24T22:30:00+01:00")
    Diary(three_weeks.location, now=lambda: later).write_note("laughter", "later")
    answer = type_in("merge", str(path))
    assert "an empty entry" not in answer.out
    assert "undo --list" not in answer.out
    assert "in your diary: 0." in answer.out
    assert three_weeks.day().practices[1].note == "later"


def test_an_entry_that_was_cleared_elsewhere_is_said_to_hold_nothing_but_its_note(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    three_weeks.log("gratitude", note="A great concert")
    path = conflict_copy(three_weeks)
    later = datetime.fromisoformat("2026-11-24T22:30:00+01:00")
    other = Diary(Location(path), now=lambda: later)
    other.clear("gratitude")
    other.clear("calm")
    three_weeks.rate(7)
    answer = type_in("merge", str(path)).out
    nothing = 'Tuesday 24 November 2026: nothing logged (note: "A great concert") from'
    assert f"Gratitude, {nothing}" in answer
    assert (
        'Calm, Tuesday 24 November 2026: no score (note: "on the other machine") from'
    ) in answer
