"""Backups are made automatically, are valid and few enough, and can be restored without losing
anything."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.crash.commands import run
from tests.crash.killable_logger import killable_logger
from tests.crash.test_faults import is_one_sentence
from tests.crash.test_upgrade import rows_of
from tests.diary.factories import TODAY, Clock, add_entries, add_ratings, ago
from tests.effort import by_effort, some_cases, some_of
from tests.journeys.terminal import Terminal, command_under_test, environment
from tests.shared_file import built_once
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store.backups import retained_days

KILLED_WHILE_WRITING = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE entry SET note = 'half written'")
connection.execute("CREATE TABLE filler (x)")
for _ in range(50):
    connection.execute("INSERT INTO filler VALUES (randomblob(4000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a diary that doesn't exist yet."""
    return tmp_path / "calm" / "diary.db"


@pytest.fixture
def diary(path: Path) -> Diary:
    """A diary with three evenings and a backup of each."""
    clock = Clock()
    diary = Diary(Location(path), clock)
    for back in (2, 1, 0):
        clock.set_evening(ago(back))
        diary.log("hug", amount=back + 1, note=f"note of {ago(back)}")
        diary.rate(5 + back, note=f"calm of {ago(back)}")
        diary.maintenance.back_up_daily()
    return diary


def ask(
    path: Path, *words: str, on: date = TODAY, code: int = 0
) -> subprocess.CompletedProcess[str]:
    """Runs the command on a diary, with the clock set to an evening; asserts its exit code."""
    done = run(
        path.parent.parent,
        *("--diary", str(path), *words),
        env={"CALMTRACK_NOW": f"{on.isoformat()}T21:30:00+01:00"},
        check=False,
    )
    assert done.returncode == code, done
    return done


def backup_names(path: Path) -> list[str]:
    """The names of the daily backups, oldest first."""
    return sorted(p.name for p in (path.parent / "backups" / "diary").glob("*"))


def backup_of(path: Path, day: date) -> Path:
    """The path of the backup of a day."""
    return path.parent / "backups" / "diary" / f"{day.isoformat()}.db"


def replaced_files(path: Path) -> list[Path]:
    """The files that were moved away from the diary's path, oldest first."""
    return sorted((path.parent / "aside").glob("*"), key=lambda one: (len(one.name), one.name))


def is_sound(path: Path) -> None:
    """Asserts that a diary is sound and private."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert path.stat().st_mode & 0o777 == 0o600


def everything_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The modes and contents of all files and folders."""
    return {
        str(p.relative_to(folder)): (p.stat().st_mode, p.read_bytes() if p.is_file() else b"")
        for p in (folder, *folder.rglob("*"))
    }


@contextmanager
def nothing_changes_in(folder: Path) -> Iterator[None]:
    """Asserts that the block changes no file and no folder."""
    before = everything_in(folder)
    yield
    assert everything_in(folder) == before


# Automatic backups


@pytest.mark.thorough
def test_the_first_change_of_a_day_makes_its_backup(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    ask(path, "log", "hug", on=ago(1))
    assert backup_names(path) == ["2026-11-23.db"]
    assert rows_of(backup_of(path, ago(1))) == rows_of(path)
    first = backup_of(path, ago(1)).read_bytes()
    ask(path, "calm", "6", on=ago(1))
    assert backup_names(path) == ["2026-11-23.db"]
    assert backup_of(path, ago(1)).read_bytes() == first
    for reading in (["today"], ["week"], ["status"], ["export"], ["doctor"]):
        ask(path, *reading)
    assert backup_names(path) == ["2026-11-23.db"]
    ask(path, "undo")
    assert backup_names(path) == ["2026-11-23.db", "2026-11-24.db"]
    assert rows_of(backup_of(path, TODAY)) == rows_of(path)
    assert backup_of(path, ago(1)).read_bytes() == first


def test_a_backup_into_a_folder_that_does_not_exist_is_refused_as_an_export_is(
    diary: Diary, path: Path
) -> None:
    target = path.parent.parent / "tyop" / "copy"
    for words in (("backup", f"{target}.db"), ("export", "-o", f"{target}.csv")):
        refused = ask(path, *words, code=1).stderr
        assert refused.startswith(f"Couldn't write {words[-1]}: No such file or directory.")
    assert not target.parent.exists()


def test_forgetting_a_day_without_anything_says_so(diary: Diary, path: Path) -> None:
    done = ask(path, "forget", "2019-05-06", "--yes")
    assert done.stdout.startswith("Your diary had nothing on Monday 6 May 2019.")


def test_a_backup_is_sound_private_and_lists_itself(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    ask(path, "log", "hug", "--note", "with Anna")
    ask(path, "backup", "copy.db")
    for copy in (backup_of(path, TODAY), path.parent.parent / "copy.db"):
        is_sound(copy)
        assert rows_of(copy) == rows_of(path)
    for folder in (path.parent, path.parent / "backups", path.parent / "backups" / "diary"):
        assert folder.stat().st_mode & 0o777 == 0o700
    listed = ask(path, "backup").stdout
    assert listed == (
        "Made with the first change of each day, or before it if that was an import or a merge "
        "(what you logged later that day isn't in it). The newest 7 are kept, then one a week for "
        "4 weeks and one a month for 12 months:\n"
        f"Tuesday 24 November 2026  {backup_of(path, TODAY)}\n"
    )


def test_listing_the_backups_on_a_day_without_a_change_makes_none_and_removes_none(
    diary: Diary, path: Path
) -> None:
    assert diary.begun_on() is not None
    for back in range(30, 60):
        shutil.copy2(backup_of(path, ago(2)), backup_of(path, ago(back)))
    with nothing_changes_in(path.parent):
        listed = ask(path, "backup", on=TODAY + timedelta(days=1)).stdout
        ask(path, "backup", "--json", on=TODAY + timedelta(days=1))
    assert listed.count("\n") == 1 + 3 + 30
    assert "25 November" not in listed


def test_the_app_makes_it_too(path: Path) -> None:
    Diary(Location(path), Clock("2026-11-23T21:30:00+01:00")).press("hug")
    now = {"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"}
    terminal = Terminal(path.parent.parent, "--diary", str(path), env=now)
    terminal.wait_for("how calm did you feel")
    assert backup_names(path) == []
    terminal.press("7")
    until = time.monotonic() + 60
    while "2026-11-24.db" not in backup_names(path) and time.monotonic() < until:
        terminal.read()
    assert terminal.leave() == 0
    assert backup_names(path) == ["2026-11-24.db"]
    is_sound(backup_of(path, TODAY))
    with closing(sqlite3.connect(backup_of(path, TODAY))) as connection:
        assert connection.execute("SELECT calm FROM evening").fetchall() == [(7,)]


@pytest.mark.any_day
def test_after_60_evenings_old_backups_are_deleted(path: Path) -> None:
    clock = Clock()
    diary = Diary(Location(path), clock)
    evenings = [ago(back) for back in reversed(range(60))]
    for number, day in enumerate(evenings):
        clock.set_evening(day)
        diary.log("hug", amount=number)
        assert diary.maintenance.back_up_daily() == backup_of(path, day)
        assert diary.maintenance.back_up_daily() is None
    stays = {f"{day.isoformat()}.db" for day in retained_days(reversed(evenings))}
    assert set(backup_names(path)) == stays
    assert len(stays) == 7 + 2 + 2  # 7 daily, the Sundays 8 and 15, and the ends of 2 months
    for number, day in enumerate(evenings):
        if backup_of(path, day).exists():
            is_sound(backup_of(path, day))
            with closing(sqlite3.connect(backup_of(path, day))) as connection:
                newest = connection.execute("SELECT day, amount FROM entry ORDER BY day DESC")
                assert newest.fetchone() == (day.isoformat(), number)


def test_a_file_of_the_user_among_them_stays(diary: Diary, path: Path) -> None:
    own = backup_of(path, TODAY).with_name("before the holidays.db")
    own.write_bytes(b"mine")
    for number in range(1, 30):
        later = Clock(f"{(TODAY + timedelta(days=number)).isoformat()}T21:30:00+01:00")
        Diary(Location(path), later).maintenance.back_up_daily()
    assert own.read_bytes() == b"mine"


# Wrong clocks


def evening(path: Path, clock: Clock, day: date, hugs: int) -> Diary:
    """Logs an evening by a clock that may be wrong, with its backup."""
    clock.set_evening(day)
    diary = Diary(Location(path), clock)
    for _ in range(hugs):
        diary.press("hug")
    diary.maintenance.back_up_daily()
    return diary


def test_after_an_evening_in_2036_doctor_restores_every_evening(path: Path) -> None:
    clock = Clock()
    evening(path, clock, date(2036, 1, 1), 3)
    for back in reversed(range(9)):
        evening(path, clock, ago(back), 2)
    now = rows_of(path)
    assert backup_names(path)[-1] == "2036-01-01.db"
    path.write_bytes(b"")
    ask(path, "doctor", "--repair")
    assert rows_of(path) == now


@pytest.mark.thorough
def test_with_a_clock_a_year_back_each_evening_keeps_its_backup(path: Path) -> None:
    clock = Clock()
    for back in reversed(range(40)):
        evening(path, clock, ago(back), 1)
    for number in range(30):
        wrong = ago(365 - number)
        evening(path, clock, wrong, 1)
        assert rows_of(backup_of(path, wrong)) == rows_of(path)
    assert backup_of(path, ago(365 - 25)).exists()
    path.write_bytes(b"")
    assert str(backup_of(path, ago(365 - 29))) in ask(path, "doctor", code=1).stdout


def test_a_day_that_comes_twice_is_backed_up_twice(path: Path) -> None:
    clock = Clock()
    for day in (ago(0), ago(-1), ago(0)):
        evening(path, clock, day, 1)
    assert rows_of(backup_of(path, TODAY)) == rows_of(path)
    before = backup_of(path, TODAY).read_bytes()
    evening(path, clock, TODAY, 1)
    assert backup_of(path, TODAY).read_bytes() == before


def test_a_restored_diary_in_use_again_is_newer_than_the_replaced_one(
    diary: Diary, path: Path
) -> None:
    ask(path, "restore", str(backup_of(path, ago(2))))
    evening(path, Clock(), ago(-1), 1)
    now = rows_of(path)
    path.write_bytes(b"")
    ask(path, "doctor", "--repair")
    assert rows_of(path) == now


# While the diary is in use


@pytest.mark.thorough
def test_it_works_while_another_process_reads(diary: Diary, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM entry").fetchone()
        ask(path, "backup", "copy.db")
        other.execute("COMMIT")
    assert rows_of(path.parent.parent / "copy.db") == rows_of(path)


@pytest.mark.thorough
def test_each_of_five_backups_made_during_writes_is_sound(tmp_path: Path, path: Path) -> None:
    diary = Diary(Location(path))
    counts = []
    with killable_logger(tmp_path) as logger:
        logger.start()
        for number in range(5):
            copy = tmp_path / f"{number}.db"
            diary.maintenance.back_up_to(copy)
            is_sound(copy)
            rows = rows_of(copy)
            (hugs,) = (int(str(row[3])) for row in rows["entry"])
            assert len(rows["change"]) == len(rows["change_row"]) == hugs
            counts.append(hugs)
            logger.read_line()
        logger.kill()
    assert counts == sorted(counts)
    assert len(set(counts)) > 1


@pytest.mark.thorough
def test_a_locked_diary_is_reported_after_a_limited_wait_and_not_damaged(
    diary: Diary, path: Path
) -> None:
    def start(which: Path, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*command_under_test(), "--diary", str(which), *words],
            env=environment(path.parent.parent, {}),
            cwd=path.parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    written_to = path.with_name("written to.db")
    shutil.copy2(path, written_to)
    before, backup = path.read_bytes(), str(backup_of(path, ago(2)))
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
        closing(sqlite3.connect(written_to, isolation_level=None)) as writer,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        writer.execute("BEGIN EXCLUSIVE")
        children = [
            start(path, "restore", backup),
            start(written_to, "restore", backup),
            start(written_to, "doctor", "--repair"),
            start(written_to, "backup", "copy.db"),
        ]
        for child in children:
            out, errors = child.communicate(timeout=60)
            assert (child.returncode, out) == (1, "")
            assert "Another program is using the diary" in errors
            assert len(errors.splitlines()) == 1
    assert path.read_bytes() == written_to.read_bytes() == before
    assert not (path.parent.parent / "copy.db").exists()
    assert not list(path.parent.rglob("*unfinished*"))


# Backups to a chosen file


@pytest.mark.thorough
def test_a_backup_never_overwrites_a_file(diary: Diary, path: Path) -> None:
    there = path.parent.parent / "there.db"
    there.write_text("mine")
    with nothing_changes_in(path.parent.parent):
        for target in (there, path.parent, path, backup_of(path, TODAY)):
            is_one_sentence(ask(path, "backup", str(target), code=2), 2)


def test_a_nightly_backup_replaces_the_one_of_the_night_before(diary: Diary, path: Path) -> None:
    copy = path.parent.parent / "nightly.db"
    ask(path, "backup", str(copy))
    ask(path, "log", "joy", "--note", "with Anna")
    refused = ask(path, "backup", str(copy), code=2).stderr
    assert "Choose another name, or add --force to replace it." in refused
    assert rows_of(copy) != rows_of(path)
    link = copy.with_name("link.db")
    link.symlink_to(copy)
    for target in (copy, link):
        ask(path, "log", "hug")
        ask(path, "backup", str(target), "--force")
        is_sound(copy)
        assert rows_of(copy) == rows_of(path)
        assert copy.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()
    assert f"{copy}. calmtrack doesn't change it." in ask(path, "forget", "today", "--yes").stdout


def test_force_replaces_nothing_but_an_earlier_backup_of_the_diary(
    diary: Diary, path: Path
) -> None:
    folder = path.parent.parent
    copy, other, letter = (folder / name for name in ("copy.db", "other.db", "letter.txt"))
    ask(path, "backup", str(copy))
    copy.write_text("A letter that is there now.")
    letter.write_text("Dear Anna")
    shutil.copy2(path, other)
    with nothing_changes_in(folder):
        for target in (copy, other, letter, folder, path, backup_of(path, TODAY)):
            refused = ask(path, "backup", str(target), "--force", code=2)
            is_one_sentence(refused, 2)
            assert "isn't a backup that calmtrack made of this diary" in refused.stderr
            assert "--force" not in ask(path, "backup", str(target), code=2).stderr
        assert "--force only works with FILE" in ask(path, "backup", "--force", code=2).stderr


# Restore


@pytest.mark.parametrize("word", ["iso", "yesterday"])
def test_a_backup_is_restored_by_the_day_that_the_list_names(
    diary: Diary, path: Path, word: str
) -> None:
    typed = ago(1).isoformat() if word == "iso" else word
    done = ask(path, "restore", typed)
    assert done.stdout.startswith(f"Restored {backup_of(path, ago(1))}.\n")
    assert Diary(Location(path), Clock()).day(ago(1)).calm == 6
    assert Diary(Location(path), Clock()).day(TODAY).calm is None


def test_a_restore_says_what_the_backup_of_a_day_lacks_and_which_one_has_it(
    diary: Diary, path: Path
) -> None:
    lacks = (
        "It was made with the first change of Sunday 22 November 2026, or before it if that was "
    )
    named = ask(path, "restore", ago(2).isoformat()).stdout.splitlines()
    assert named[1].startswith(lacks)
    assert named[2] == f'To get that whole day, run "calmtrack --diary {path} restore {ago(1)}".'
    by_path = ask(path, "restore", str(backup_of(path, ago(2)))).stdout
    assert by_path.splitlines()[1:3] == named[1:3]
    newest = ask(path, "restore", TODAY.isoformat()).stdout
    assert "isn't in it" in newest
    assert "whole day" not in newest
    copy = path.parent / "copy.db"
    ask(path, "backup", str(copy))
    assert "isn't in it" not in ask(path, "restore", str(copy)).stdout


def test_a_day_without_a_backup_or_with_two_is_not_restored(diary: Diary, path: Path) -> None:
    before = path.read_bytes()
    missing = ask(path, "restore", ago(9).isoformat(), code=2).stderr
    assert "There's no backup of Sunday 15 November 2026." in missing
    one = backup_of(path, ago(1))
    other = one.with_name(f"{one.stem}-{'0a' * 4}.db")
    shutil.copy(one, other)
    several = ask(path, "restore", ago(1).isoformat(), code=2).stderr
    assert "There are several backups of Monday 23 November 2026. Name the file: " in several
    assert {str(one), str(other)} <= set(re.split(r"[ ,]+|\.\n", several))
    assert path.read_bytes() == before


def test_a_file_that_is_named_like_a_day_is_restored(diary: Diary, path: Path) -> None:
    shutil.copy(backup_of(path, ago(2)), path.parent.parent / TODAY.isoformat())
    ask(path, "restore", TODAY.isoformat())
    assert Diary(Location(path), Clock()).day(ago(1)).calm is None


def rows_without_restores(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row but the undo steps that say that a backup was restored."""
    rows = rows_of(path)
    steps = [row for row in rows["change"] if not str(row[2]).startswith("restore ")]
    return rows | {"change": steps}


def test_the_diary_replaced_by_a_restore_is_kept_and_can_be_restored(
    diary: Diary, path: Path
) -> None:
    now, then = rows_of(path), rows_of(backup_of(path, ago(2)))
    assert now != then
    reported = ask(path, "restore", str(backup_of(path, ago(2)))).stdout
    assert rows_without_restores(path) == then
    (replaced,) = replaced_files(path)
    assert str(replaced) in reported
    assert rows_of(replaced) == now
    is_sound(replaced)
    ask(path, "restore", str(replaced))
    assert rows_without_restores(path) == now
    assert [rows_without_restores(one) for one in replaced_files(path)] == [now, then]
    is_sound(path)
    assert ask(path, "doctor").returncode == 0


def test_undo_after_a_restore_says_how_to_get_the_diary_from_before_back(
    diary: Diary, path: Path
) -> None:
    now = rows_of(path)
    ask(path, "restore", str(backup_of(path, ago(2))))
    restored = rows_without_restores(path)
    (replaced,) = replaced_files(path)
    _heading, restore, way_back, *_earlier = ask(path, "undo", "--list").stdout.splitlines()
    assert restore.startswith("   1  restoring a backup (")
    assert way_back == (
        "      Undo can't take this back. To bring back the diary from before, run "
        f'"calmtrack --diary {path} restore {replaced}".'
    )
    refused = ask(path, "undo", "5", code=2)
    assert refused.stdout == ""
    assert f'run "calmtrack --diary {path} restore {replaced}"' in refused.stderr
    assert rows_of(path) == restored
    assert "restoring" not in ask(path, "undo", "--list").stdout
    ask(path, "restore", str(replaced))
    assert rows_without_restores(path) == now


def test_the_second_undo_after_a_restore_undoes_the_change_before_the_backup(
    diary: Diary, path: Path
) -> None:
    ask(path, "restore", str(backup_of(path, ago(2))))
    ask(path, "undo", code=2)
    assert ask(path, "undo").stdout.startswith("Undid: Calm, ")


def test_undo_after_a_restore_undoes_a_later_change_first(diary: Diary, path: Path) -> None:
    ask(path, "restore", str(backup_of(path, ago(2))))
    ask(path, "log", "joy")
    undone = ask(path, "undo", "2", code=2)
    assert undone.stdout.startswith("Undid: Moment of joy, ")
    assert "The last change was restoring a backup." in undone.stderr


def test_undo_after_a_restore_says_that_the_diary_from_before_was_deleted(
    diary: Diary, path: Path
) -> None:
    ask(path, "restore", str(backup_of(path, ago(2))))
    (replaced,) = replaced_files(path)
    replaced.unlink()
    missing = f"The diary from before isn't at {replaced} anymore."
    assert missing in ask(path, "undo", "--list").stdout
    refused = ask(path, "undo", code=2).stderr
    assert missing in refused


def test_a_day_forgotten_after_a_restore_leaves_the_way_back(diary: Diary, path: Path) -> None:
    ask(path, "restore", str(backup_of(path, ago(2))))
    ask(path, "forget", ago(2).isoformat(), "--yes")
    assert f"calmtrack --diary {path} restore" in ask(path, "undo", code=2).stderr


def test_backup_lists_the_diary_that_a_restore_replaced(diary: Diary, path: Path) -> None:
    assert "Put aside" not in ask(path, "backup").stdout
    ask(path, "restore", str(backup_of(path, ago(2))))
    (replaced,) = replaced_files(path)
    listed = ask(path, "backup").stdout
    assert listed.endswith(f"\nPut aside before a restore, a repair or an upgrade:\n{replaced}\n")


@pytest.mark.parametrize("words", [["--format", "json"], [], ["--layout", "days", "--excel"]])
def test_an_export_given_to_restore_is_refused_with_the_command_that_reads_it(
    diary: Diary, path: Path, words: list[str]
) -> None:
    export = path.parent.parent / "my export.txt"
    ask(path, "export", "-o", str(export), *words)
    before = rows_of(path)
    assert (
        f"run \"calmtrack --diary {path} import '{export}'\"."
        in ask(path, "restore", str(export), code=2).stderr
    )
    assert rows_of(path) == before


def test_a_csv_given_to_merge_is_refused_with_the_command_that_reads_it(
    diary: Diary, path: Path
) -> None:
    export = path.parent.parent / "export.csv"
    ask(path, "export", "-o", str(export))
    assert (
        f'run "calmtrack --diary {path} import {export}".'
        in ask(path, "merge", str(export), code=2).stderr
    )


def test_a_diary_given_to_import_is_refused_with_the_commands_that_read_it(
    diary: Diary, path: Path
) -> None:
    copy = path.parent.parent / "copy.db"
    ask(path, "backup", str(copy))
    for words in ([], ["--source", "table"]):
        refused = ask(path, "import", str(copy), *words, code=2).stderr
        assert f'run "calmtrack --diary {path} merge {copy}".' in refused
        assert f'run "calmtrack --diary {path} restore {copy}".' in refused


def a_text_file(backup: Path) -> None:
    backup.write_text("Dear diary, today was fine.\n" * 200)


def another_programs(backup: Path) -> None:
    backup.unlink()
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def another_programs_in_wal_mode(backup: Path) -> None:
    another_programs(backup)
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def a_newer_diary(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version=999")


def a_damaged_one(backup: Path) -> None:
    with backup.open("r+b") as file:
        for page in range(1, backup.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(200))


def a_truncated_one(backup: Path) -> None:
    with backup.open("r+b") as file:
        file.truncate(backup.stat().st_size // 2)


def an_empty_one(backup: Path) -> None:
    backup.write_bytes(b"")


def a_folder(backup: Path) -> None:
    backup.unlink()
    backup.mkdir()


def no_file(backup: Path) -> None:
    backup.unlink()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "spoil",
    [a_text_file, another_programs, another_programs_in_wal_mode, a_newer_diary, a_damaged_one,
     a_truncated_one, an_empty_one, a_folder, no_file],
)  # fmt: skip
def test_an_unsound_backup_is_rejected(
    diary: Diary, path: Path, spoil: Callable[[Path], None]
) -> None:
    backup = backup_of(path, ago(1))
    spoil(backup)
    with nothing_changes_in(path.parent):
        is_one_sentence(ask(path, "restore", str(backup), code=2), 2)


# Doctor


def pid_of_an_ended_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def open_file(path: Path) -> None:
    path.chmod(0o644)


def open_folder(path: Path) -> None:
    path.parent.chmod(0o755)


def half_written(path: Path) -> None:
    number = pid_of_an_ended_process()
    backup_of(path, TODAY).with_name(f"2026-11-25.db.unfinished-{number}").write_bytes(b"half")


def missing(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def wrong_figures(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        other = connection.execute(
            "SELECT state FROM streak_state WHERE practice_id = 'laughter'"
        ).fetchone()
        connection.execute("UPDATE streak_state SET state = '[]' WHERE practice_id = 'hug'")
        connection.commit()
    assert other is not None


def outdated_figures(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE streak_state SET state = json_set(state, '$.strength', 0.5)"
            " WHERE practice_id = 'hug'"
        )
        connection.commit()


@pytest.fixture
def diary_with_cache(path: Path) -> Diary:
    """A diary old enough to have cached streaks, with a backup."""
    clock = Clock()
    diary = Diary(Location(path), clock)
    for back in (20, 10, 0):
        clock.set_evening(ago(back))
        diary.press("hug")
        diary.press("laughter")
    diary.maintenance.back_up_daily()
    return diary


def test_a_sound_diary_is_reported_as_such(diary_with_cache: Diary, path: Path) -> None:
    with nothing_changes_in(path.parent):
        assert ask(path, "doctor").stdout == f"No problems found in the diary at {path}.\n"
        assert (
            ask(path, "doctor", "--repair").stdout == f"No problems found in the diary at {path}.\n"
        )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("harm", "problem", "repair"),
    some_cases(
        [
            (open_file, "Other users on this computer can ", "make the diary private"),
            (open_folder, "Other users on this computer can ", "make the diary private"),
            (half_written, "is incomplete", "remove the incomplete file"),
            (missing, "There's no diary", "restore the newest intact backup"),
            (emptied, "is empty", "restore the newest intact backup"),
            (wrong_figures, "1 row of the diary has a value", "fix the unreadable rows"),
            (outdated_figures, "The stored streaks and totals for Hug", "recalculate the stored"),
        ],
        2,
    ),
)
def test_problems_are_reported_and_repaired_only_with_repair(
    diary_with_cache: Diary, path: Path, harm: Callable[[Path], None], problem: str, repair: str
) -> None:
    before = rows_of(path)
    harm(path)
    with nothing_changes_in(path.parent):
        reported = ask(path, "doctor", code=1).stdout
    assert problem in reported
    assert f'Run "calmtrack --diary {path} doctor --repair" to {repair}' in reported
    assert len(reported.splitlines()) == 2
    assert ask(path, "doctor", "--repair").stdout.endswith(
        f"No problems found in the diary at {path}.\n"
    )
    assert rows_of(path) == before
    assert ask(path, "doctor").stdout == f"No problems found in the diary at {path}.\n"


@pytest.mark.thorough
@pytest.mark.parametrize("harm", [missing, emptied])
def test_a_missing_diary_is_not_created_again_silently(
    diary_with_cache: Diary, path: Path, harm: Callable[[Path], None]
) -> None:
    harm(path)
    with nothing_changes_in(path.parent):
        is_one_sentence(ask(path, "log", "hug", code=1))


def test_a_missing_diary_is_not_shown_as_an_empty_day_silently(diary: Diary, path: Path) -> None:
    path.unlink()
    warning = f"There's no diary at {path}, but there are backups of it."
    for words in (["today"], ["week"], ["status"], ["status", "--quiet"], ["export"], ["where"]):
        done = ask(path, *words)
        assert done.stderr.startswith(warning), words
        assert len(done.stderr.splitlines()) == 1
    assert warning in ask(path, "log", "hug", code=1).stderr
    assert ask(path, "doctor", code=1).stderr == ""
    ask(path, "doctor", "--repair")
    assert ask(path, "today").stderr == ""


def test_an_emptied_diary_with_backups_is_called_empty(diary: Diary, path: Path) -> None:
    path.write_bytes(b"")
    warning = f"The diary at {path} is empty, but there are backups of it."
    for words in (["today"], ["status"], ["undo"]):
        assert ask(path, *words).stderr.startswith(warning), words
    assert warning in ask(path, "log", "hug", code=1).stderr


@pytest.mark.thorough
@pytest.mark.parametrize("occupy", [another_programs, another_programs_in_wal_mode])
def test_a_foreign_file_is_reported_and_never_changed(
    diary_with_cache: Diary, path: Path, occupy: Callable[[Path], None]
) -> None:
    occupy(path)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    with nothing_changes_in(path.parent):
        for words in (["doctor"], ["doctor", "--repair"], ["erase", "--yes"]):
            done = ask(path, *words, code=1)
            (sentence,) = (done.stdout + done.stderr).splitlines()
            assert sentence.startswith(f"{path} isn't a calmtrack diary")


def test_a_text_file_given_as_a_diary_is_not_erased(path: Path) -> None:
    path.parent.mkdir()
    a_text_file(path)
    with nothing_changes_in(path.parent):
        is_one_sentence(ask(path, "erase", "--yes", code=1))


def test_a_damaged_diary_can_be_erased(diary: Diary, path: Path) -> None:
    a_damaged_one(path)
    ask(path, "erase", "--yes")
    assert [p for p in path.parent.rglob("*") if p.is_file()] == []


@pytest.mark.thorough
def test_a_newer_diary_is_reported_and_never_changed(diary_with_cache: Diary, path: Path) -> None:
    a_newer_diary(path)
    with nothing_changes_in(path.parent):
        for words in (["doctor"], ["doctor", "--repair"]):
            reported = ask(path, *words, code=1).stdout
            assert "from a newer version of calmtrack" in reported
            assert len(reported.splitlines()) == 1


@pytest.mark.thorough
def test_a_newer_or_damaged_backup_is_skipped(diary: Diary, path: Path) -> None:
    a_newer_diary(backup_of(path, TODAY))
    a_damaged_one(backup_of(path, ago(1)))
    then = rows_of(backup_of(path, ago(2)))
    a_damaged_one(path)
    assert str(backup_of(path, ago(2))) in ask(path, "doctor", code=1).stdout
    ask(path, "doctor", "--repair")
    assert rows_of(path) == then


@pytest.mark.thorough
@pytest.mark.parametrize("words", [["doctor", "--repair"], ["backup", "copy.db"], ["restore"]])
def test_files_of_a_killed_writer_are_not_damage(
    diary: Diary, path: Path, words: list[str]
) -> None:
    now, then = rows_of(path), rows_of(backup_of(path, ago(1)))
    writer = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)])
    assert writer.returncode == -signal.SIGKILL
    assert path.with_name("diary.db-journal").exists()
    restoring = words == ["restore"]
    ask(path, *words, *([str(backup_of(path, ago(1)))] if restoring else []))
    assert rows_without_restores(path) == (then if restoring else now)
    assert [rows_of(one) for one in replaced_files(path)] == ([now] if restoring else [])
    assert not path.with_name("diary.db-journal").exists()


@pytest.mark.parametrize(
    "spoil", some_of([a_text_file, a_damaged_one, a_truncated_one, an_empty_one], 2)
)
def test_a_corrupt_backup_of_today_is_reported_and_replaced(
    diary: Diary, path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(backup_of(path, TODAY))
    garbage = backup_of(path, TODAY).read_bytes()
    with nothing_changes_in(path.parent):
        assert "is damaged" in ask(path, "doctor", code=1).stdout
    ask(path, "doctor", "--repair")
    assert rows_of(backup_of(path, TODAY)) == rows_of(path)
    assert [one.read_bytes() for one in replaced_files(path)] == [garbage]
    spoil(backup_of(path, TODAY))
    ask(path, "log", "hug")
    assert rows_of(backup_of(path, TODAY)) == rows_of(path)


NOTE = "{what} of {day}, " + "and more " * 20


@pytest.fixture(scope="session")
def long_diary_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a diary of 300 evenings with one backup from their middle, built once."""
    return built_once(tmp_path_factory, "long_diary_folder", _log_300_evenings)


def _log_300_evenings(folder: Path) -> None:
    clock = Clock()
    diary = Diary(Location(folder / "diary.db"), clock)
    diary.create()
    for first, last in ((300, 151), (150, 1)):
        evenings = [ago(back) for back in range(first, last - 1, -1)]
        clock.set_evening(evenings[-1])
        add_entries(
            diary, "hug", [(day, TODAY.toordinal() - day.toordinal()) for day in evenings], NOTE
        )
        add_ratings(diary, [(day, day.toordinal() % 11) for day in evenings], NOTE)
        if last != 1:
            diary.maintenance.back_up_daily()


@pytest.fixture
def long_diary(long_diary_folder: Path, path: Path) -> Diary:
    """A copy of that diary."""
    shutil.copytree(long_diary_folder, path.parent)
    clock = Clock()
    clock.set_evening(TODAY)
    return Diary(Location(path), clock)


def damage_page(path: Path, number: int) -> None:
    """Overwrites the header of a page, by its number from 1, so that nothing on it can be read."""
    with path.open("r+b") as file:
        file.seek((number - 1) * 4096)
        file.write(b"\xff" * 12)


def page_with(path: Path, text: str) -> int:
    """The number of the first page that contains a text."""
    return path.read_bytes().index(text.encode()) // 4096 + 1


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the user's data."""
    return {name: rows_of(path)[name] for name in ("practice", "goal", "entry", "evening", "kept")}


def test_a_repair_loses_no_readable_row(long_diary: Diary, path: Path) -> None:
    before = rows_of(path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_entry_practice_id_day'"
        ).fetchone()
    damage_page(path, root)
    damaged = path.read_bytes()
    assert "save every row that can be read" in ask(path, "doctor", code=1).stdout
    reported = ask(path, "doctor", "--repair").stdout
    assert "nothing is missing from the diary." in reported
    assert {name: rows for name, rows in rows_of(path).items() if name != "streak_state"} == {
        name: rows for name, rows in before.items() if name != "streak_state"
    }
    assert [one.read_bytes() for one in replaced_files(path)] == [damaged]
    assert long_diary.outdated_streak_caches() == []
    is_sound(path)
    with (
        closing(sqlite3.connect(path)) as connection,
        closing(sqlite3.connect(replaced_files(path)[0])) as old,
    ):
        for table in ("alembic_version", "diary_id"):
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            assert rows == old.execute(f"SELECT * FROM {table}").fetchall() != []


def test_unreadable_rows_are_restored_from_the_backup_and_all_others_stay(
    long_diary: Diary, path: Path
) -> None:
    before = content(path)
    for text in (f"hug of {ago(200)}", f"calm of {ago(250)}"):
        damage_page(path, page_with(path, text))
    reported = ask(path, "doctor", "--repair").stdout
    assert "Some of this may be missing: entries, evenings" in reported
    assert str(backup_of(path, ago(151))) in reported
    assert content(path) == before
    ask(path, "log", "hug")


def test_only_unreadable_rows_newer_than_the_backup_are_lost(long_diary: Diary, path: Path) -> None:
    before = content(path)
    damage_page(path, page_with(path, f"calm of {ago(100)}"))
    ask(path, "doctor", "--repair")
    after = content(path)
    lost = [row for row in before["evening"] if row not in after["evening"]]
    assert 0 < len(lost) < 40
    assert after == before | {"evening": [row for row in before["evening"] if row not in lost]}


def test_without_a_backup_the_readable_rows_are_saved(long_diary: Diary, path: Path) -> None:
    before = content(path)
    shutil.rmtree(path.parent / "backups")
    damage_page(path, page_with(path, f"hug of {ago(200)}"))
    ask(path, "doctor", "--repair")
    after = content(path)
    assert after | {"entry": before["entry"]} == before
    assert len(after["entry"]) > 260


def test_the_rows_of_a_truncated_diary_are_saved(long_diary: Diary, path: Path) -> None:
    before = content(path)
    shutil.rmtree(path.parent / "backups")
    os.truncate(path, path.stat().st_size * 3 // 4 + 100)
    assert "save every row that can be read" in ask(path, "doctor", code=1).stdout
    reported = ask(path, "doctor", "--repair").stdout
    assert "Some of this may be missing: entries" in reported
    after = content(path)
    assert all(set(after[table]) <= set(before[table]) for table in before)
    assert after["practice"] == before["practice"]
    assert len(after["evening"]) > 100
    is_sound(path)


def test_an_irreparable_diary_is_reported_with_what_to_do(diary: Diary, path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with path.open("r+b") as file:
        file.write(bytes(4096))
    reported = ask(path, "doctor", "--repair", code=1).stdout
    assert f'restore it with "calmtrack --diary {path} restore FILE"' in reported
    ask(path, "restore", str(copy))
    assert rows_of(path) == rows_of(copy)


# Rows that another program deleted, by table, so that foreign keys lack their targets.
GAPS = {
    "practices": "DELETE FROM practice",
    "practices and goals": "DELETE FROM practice; DELETE FROM goal",
    "steps": "DELETE FROM change",
}


@pytest.mark.parametrize("gap", GAPS)
def test_missing_rows_are_restored_from_the_backup_or_reported(
    long_diary: Diary, path: Path, gap: str
) -> None:
    before = content(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(GAPS[gap])
    damaged = path.read_bytes()
    missing = "undo history" if gap == "steps" else "practices"
    output = ask(path, "doctor", "--repair").stdout
    assert f"Not everything could be saved. Some of this may be missing: {missing}." in output
    assert content(path) == before
    path.write_bytes(damaged)
    shutil.rmtree(path.parent / "backups")
    output = ask(path, "doctor", "--repair").stdout
    assert f"Not everything could be saved. Some of this may be missing: {missing}." in output
    assert content(path)["entry"] == before["entry"]
    assert long_diary.bad_rows() == []
    is_sound(path)


def test_a_repair_by_another_user_never_locks_the_owner_out(
    diary: Diary, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_damaged_one(path)
    damaged = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)
        reported = diary.maintenance.repair()
        assert f"{path} belongs to another user" in "\n".join(reported)
        assert path.read_bytes() == damaged
    if os.geteuid() == 0:
        os.chown(path, 1001, 1002)
        list(diary.maintenance.repair())
        assert diary.maintenance.diagnose() == ()
        for one in (path, *replaced_files(path), path.parent / "aside"):
            assert (one.stat().st_uid, one.stat().st_gid) == (1001, 1002)
        shutil.rmtree(path.parent / "aside")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE entry SET updated_at = 'never'")
            connection.commit()
        list(diary.maintenance.repair())
        for one in (path, *replaced_files(path), path.parent / "aside"):
            assert (one.stat().st_uid, one.stat().st_gid) == (1001, 1002)


def test_evenings_of_an_overwritten_page_are_restored_and_reported(
    long_diary: Diary, path: Path
) -> None:
    before = content(path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'evening'"
        ).fetchone()
    with path.open("r+b") as file:
        # An empty page of a table without rows: read without an error.
        file.seek((root - 1) * 4096)
        file.write(b"\x0d\0\0\0\0\x10\0\0".ljust(4096, b"\0"))
    output = ask(path, "doctor", "--repair").stdout
    assert "nothing is missing" not in output
    assert "Some of this may be missing: evenings." in output
    after = content(path)
    assert after | {"evening": before["evening"]} == before
    assert len(after["evening"]) == 150


# Erasure


def files_with(folder: Path, text: str) -> list[str]:
    """The files that contain a text anywhere in their bytes."""
    return sorted(
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file() and text.encode() in p.read_bytes()
    )


def test_a_forgotten_day_is_removed_from_every_backup_and_others_are_not(
    diary: Diary, path: Path
) -> None:
    ask(path, "restore", str(backup_of(path, TODAY)))
    half_written(path)
    for left in path.parent.rglob("*unfinished*"):
        left.write_text(f"note of {ago(1)}")
    secrets = (f"note of {ago(1)}", f"calm of {ago(1)}")
    assert [len(files_with(path.parent, secret)) for secret in secrets] == [5, 4]
    ask(path, "forget", ago(1).isoformat(), "--yes")
    assert [files_with(path.parent, secret) for secret in secrets] == [[], []]
    for back, files in ((2, 5), (0, 3)):
        for words in (f"note of {ago(back)}", f"calm of {ago(back)}"):
            assert len(files_with(path.parent, words)) == files
    for copy in (path, *replaced_files(path), *(backup_of(path, ago(back)) for back in (0, 1, 2))):
        is_sound(copy)
    assert backup_names(path) == ["2026-11-22.db", "2026-11-23.db", "2026-11-24.db"]
    assert ask(path, "doctor").returncode == 0


@pytest.mark.thorough
@pytest.mark.parametrize("spoil", [a_damaged_one, a_text_file, a_newer_diary])
def test_a_backup_that_cannot_be_rewritten_is_reported_and_the_others_are(
    diary: Diary, path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(backup_of(path, ago(1)))
    damaged = backup_of(path, ago(1)).read_bytes()
    done = ask(path, "forget", ago(2).isoformat(), "--yes", code=1)
    is_one_sentence(done)
    assert str(backup_of(path, ago(1))) in done.stderr
    assert str(backup_of(path, ago(2))) not in done.stderr
    assert set(files_with(path.parent, f"note of {ago(2)}")) <= {"backups/diary/2026-11-23.db"}
    assert backup_of(path, ago(1)).read_bytes() == damaged
    assert len(files_with(path.parent, f"note of {TODAY}")) == 2
    assert not list(path.parent.rglob("*unfinished*"))


def test_forget_and_erase_name_the_copies_that_were_made_and_still_exist(
    diary: Diary, path: Path
) -> None:
    folder = path.parent.parent
    mine, gone, replaced = (folder / name for name in ("mine.db", "gone.db", "replaced.db"))
    for copy in (mine, gone, replaced):
        ask(path, "backup", str(copy))
    gone.unlink()
    replaced.write_text("a letter")
    listed = path.parent / "backups" / "diary" / "copies.json"
    assert listed.stat().st_mode & 0o777 == 0o600
    before = mine.read_bytes()
    for words in (["forget", ago(1).isoformat(), "--yes"], ["erase", "--yes"]):
        reported = ask(path, *words).stdout.splitlines()[2:]
        assert len(reported) == 1
        assert reported[0].startswith(f"A copy you made is still at {mine}.")
    assert mine.read_bytes() == before
    assert [p for p in path.parent.rglob("*") if p.is_file()] == []
    other = path.with_name("other.db")
    ask(other, "merge", str(mine))
    assert "mine.db" not in ask(other, "export", "--format", "json").stdout
    assert len(ask(other, "forget", ago(2).isoformat(), "--yes").stdout.splitlines()) == 2


def test_no_record_of_a_forgotten_day_remains(diary: Diary, path: Path) -> None:
    diary.remember("gentle_shown_on", lambda _: ago(1).isoformat())
    diary.remember("jar_shown", lambda _: [ago(2).isoformat(), ago(1).isoformat()])
    ask(path, "backup", "copy.db")
    shutil.copy2(path.parent.parent / "copy.db", backup_of(path, TODAY))
    ask(path, "forget", ago(1).isoformat(), "--yes")
    backup_of(path, ago(1)).rename(path.with_name("its name.db"))
    assert files_with(path.parent, ago(1).isoformat()) == []
    assert diary.rows().kept["jar_shown"] == [ago(2).isoformat()]


def start_patched(path: Path, code: str, *words: str) -> subprocess.Popen[str]:
    """Starts a command on a diary after running code that delays or kills it at a certain point."""
    return subprocess.Popen(
        [sys.executable, "-c", f"{code}\nfrom tracker.__main__ import main\nmain()",
         "--diary", str(path), *words],
        env=environment(path.parent.parent, {"TMPDIR": str(path.parent.parent)}),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


KILLED_AT_SYNC = """
import os, signal
def sync(_):
    global syncs
    if syncs == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    syncs -= 1
os.fsync = sync
"""
"""Kills the process at the n-th call of fsync."""

SLOW_TO_SYNC = """
import os, time
sync = os.fsync
def slow(handle):
    print("copied", flush=True)
    time.sleep(1)
    sync(handle)
os.fsync = slow
"""

KILLED_WHILE_READING = """
import os, signal
from tracker.store.reader import Reader
Reader.valid_entries_and_times = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def run_until_killed(path: Path, code: str, *words: str) -> None:
    """Runs a command on a diary until it kills itself."""
    with start_patched(path, code, *words) as child:
        assert child.wait(timeout=60) == -signal.SIGKILL


def test_a_day_forgotten_during_a_backup_is_not_in_it(diary: Diary, path: Path) -> None:
    backup_of(path, TODAY).unlink()
    with start_patched(path, SLOW_TO_SYNC, "log", "joy") as child:
        assert child.stdout is not None
        while child.stdout.readline() not in ("copied\n", ""):
            pass
        ask(path, "forget", ago(1).isoformat(), "--yes")
        assert child.wait(timeout=60) == 0
    assert backup_of(path, TODAY).exists()
    assert files_with(path.parent, f"note of {ago(1)}") == []


@pytest.mark.thorough
def test_forget_names_an_unfinished_copy(diary: Diary, path: Path) -> None:
    copy = path.parent.parent / "stick.db"
    with start_patched(path, SLOW_TO_SYNC, "backup", str(copy)) as child:
        assert child.stdout is not None
        while child.stdout.readline() and not list(path.parent.glob("*unfinished*")):
            pass
        reported = ask(path, "forget", ago(1).isoformat(), "--yes").stdout
        assert child.wait(timeout=60) == 0
    assert str(copy) in reported


def test_a_killed_erase_can_be_finished(diary: Diary, path: Path) -> None:
    whole = path.parent.with_name("whole")
    shutil.copytree(path.parent, whole)
    for number in range(by_effort(1, 4)):
        shutil.rmtree(path.parent)
        shutil.copytree(whole, path.parent)
        run_until_killed(path, f"syncs = {number}\n{KILLED_AT_SYNC}", "erase", "--yes")
        ask(path, "erase", "--yes")
        assert [p for p in path.parent.rglob("*") if p.is_file()] == []
    ask(path, "log", "hug")


def test_a_diary_that_calmtrack_1_0_was_killed_erasing_can_be_erased(
    diary: Diary, path: Path
) -> None:
    with path.open("r+b") as file:
        file.write(bytes(5000))
    ask(path, "erase", "--yes")
    assert [p for p in path.parent.rglob("*") if p.is_file()] == []


def test_a_killed_merge_leaves_no_copy_in_the_temporary_folder(diary: Diary, path: Path) -> None:
    run_until_killed(path, KILLED_WHILE_READING, "merge", str(backup_of(path, ago(2))))
    assert [p for p in path.parent.parent.iterdir() if p != path.parent] == []
    assert not list(path.parent.rglob("*unfinished*"))


def test_temporary_files_of_a_killed_copy_are_removed_at_the_next_start(
    diary: Diary, path: Path
) -> None:
    folder = path.parent.parent / "stick"
    folder.mkdir()
    run_until_killed(path, f"syncs = 0\n{KILLED_AT_SYNC}", "backup", str(folder / "copy.db"))
    assert list(folder.iterdir()) == []
    ask(path, "log", "hug")
    assert not list(path.parent.rglob("*unfinished*"))


@pytest.fixture
def namesake(diary: Diary, path: Path) -> Path:
    """A diary of someone else beside the first, whose name differs only in its extension."""
    other = path.with_suffix(".sqlite")
    clock = Clock()
    for back in (2, 1, 0):
        clock.set_evening(ago(back))
        theirs = Diary(Location(other), clock)
        theirs.log("joy", note=f"their note of {ago(back)}")
        theirs.maintenance.back_up_daily()
    return other


def test_two_diaries_with_the_same_name_have_separate_backups(
    diary: Diary, path: Path, namesake: Path
) -> None:
    for one, other in ((path, namesake), (namesake, path)):
        listed = ask(one, "backup").stdout.splitlines()[1:]
        assert len(listed) == 3
        assert not set(listed) & set(ask(other, "backup").stdout.splitlines())
        mine = rows_of(one)
        one.write_bytes(b"")
        ask(one, "doctor", "--repair")
        assert rows_of(one) == mine


def test_erasing_one_of_two_diaries_with_the_same_name_keeps_the_others_backups(
    diary: Diary, path: Path, namesake: Path
) -> None:
    secret, theirs = f": note of {ago(1)}", f"their note of {ago(1)}"
    diary.log("hug", ago(1), note=f"mine: note of {ago(1)}")
    ask(path, "restore", str(backup_of(path, ago(0))))
    before = files_with(path.parent, theirs)
    ask(path, "forget", ago(1).isoformat(), "--yes")
    assert (files_with(path.parent, secret), files_with(path.parent, theirs)) == ([], before)
    ask(path, "erase", "--yes")
    assert files_with(path.parent, theirs) == before
    assert not files_with(path.parent, f"calm of {ago(0)}")
    assert len(ask(namesake, "backup").stdout.splitlines()) == 1 + 3


def test_a_diary_replaced_by_someone_elses_backup_still_finds_its_own_backups(
    diary: Diary, path: Path, namesake: Path
) -> None:
    listed = ask(path, "backup").stdout
    mine = rows_of(path)
    theirs = ask(namesake, "backup").stdout.splitlines()[-1].split("  ")[1]
    ask(path, "restore", theirs)
    assert ask(path, "backup").stdout.startswith(listed)
    ask(path, "restore", str(replaced_files(path)[0]))
    assert rows_without_restores(path) == mine


def test_a_copy_beside_a_diary_does_not_use_its_backups(diary: Diary, path: Path) -> None:
    copy = path.with_suffix(".sqlite")
    before = everything_in(path.parent)
    shutil.copy2(path, copy)
    mine = rows_of(path)
    for words in (("log", "joy"), ("backup",), ("restore", str(backup_of(path, ago(1))))):
        ask(copy, *words)
    ask(path, "doctor", "--repair")
    ask(copy, "forget", ago(1).isoformat(), "--yes")
    ask(copy, "erase", "--yes")
    assert everything_in(path.parent) == before
    shutil.copy2(path, copy)
    ask(copy, "log", "joy")
    path.write_bytes(b"")
    ask(path, "doctor", "--repair")
    assert rows_of(path) == mine
    ask(path, "erase", "--yes")
    assert [str(p.relative_to(path.parent)) for p in path.parent.rglob("*") if p.is_file()] == [
        "diary.sqlite",
        f"backups/diary.sqlite/{TODAY}.db",
    ]


@pytest.fixture
def link(diary: Diary, path: Path) -> Path:
    """A symbolic link to the diary, in another folder."""
    link = path.parent.parent / "linked" / "mine.db"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(path, link.parent))
    return link


def test_forget_through_a_link_changes_the_real_backups(path: Path, link: Path) -> None:
    assert ask(link, "where").stdout.splitlines()[0] == str(path)
    ask(link, "forget", ago(1).isoformat(), "--yes")
    assert files_with(path.parent, f"note of {ago(1)}") == []
    assert [p.name for p in link.parent.iterdir()] == ["mine.db"]
    ask(link, "erase", "--yes")
    assert [p for p in path.parent.rglob("*") if p.is_file()] == []
    assert link.is_symlink()
    ask(link, "log", "hug")
    assert path.is_file()


def test_a_repair_through_a_link_leaves_the_link(path: Path, link: Path) -> None:
    now = rows_of(path)
    path.write_bytes(b"")
    ask(link, "doctor", "--repair")
    assert link.is_symlink()
    assert rows_of(path) == now


def test_a_circular_link_is_reported_in_one_sentence(tmp_path: Path) -> None:
    for one, other in (("a.db", "b.db"), ("b.db", "a.db")):
        (tmp_path / one).symlink_to(other)
    for words, code in ((["log", "hug"], 1), (["today"], 1), (["erase", "--yes"], 2)):
        is_one_sentence(run(tmp_path, "--diary", "a.db", *words, check=False), code)


@pytest.mark.thorough
def test_another_diary_in_the_same_folder_keeps_its_backups(diary: Diary, path: Path) -> None:
    other = path.with_name("diary-work.db")
    shutil.copy2(path, other)
    ask(other, "restore", str(backup_of(path, TODAY)))
    before = everything_in(path.parent)
    ask(path, "forget", ago(1).isoformat(), "--yes")
    ask(path, "erase", "--yes")
    left = everything_in(path.parent)
    assert {name for name in left if "work" in name} == {name for name in before if "work" in name}
    assert len([name for name in left if "work" in name]) == 2
    assert all(left[name] == before[name] for name in left if "work" in name)
