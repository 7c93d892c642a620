"""Only its owner can read the diary: file modes, no network, no note in any other file."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.crash.commands import run
from tests.crash.test_backups import files_with
from tests.journeys.terminal import Terminal, environment
from tracker.diary.diary import Diary
from tracker.location import Location

WATCHED = """
import os, sys
def watch(event, arguments):
    wrong = event in ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
    wrong = wrong or event == "socket.__new__" and arguments[1] in (2, 10)
    if wrong and not (event != "socket.__new__" and isinstance(arguments[-1], (str, bytes))):
        os.write(2, f"NETWORK {event} {arguments}".encode())
        os._exit(99)
sys.addaudithook(watch)
"""

COMMANDS = """
from tracker.cli.app import run
for arguments in (["log", "hug"], ["calm", "7"], ["rest", "joy"], ["undo"], ["redo"], ["today"],
                  ["week"], ["streaks"], ["explain", "hug"], ["status"], ["export"], ["backup"],
                  ["doctor"], ["practices"], ["where"], ["clear", "hug"],
                  ["forget", "today", "--yes"]):
    assert run(arguments) == 0, arguments
"""

SCREENS = """
from tracker.__main__ import main
main()
"""


def modes(folder: Path) -> dict[str, str]:
    """The modes of a folder and of everything in it."""
    return {
        str(path.relative_to(folder.parent)): oct(path.stat().st_mode & 0o777)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.thorough
def test_folders_are_0700_and_files_0600_whatever_the_umask(tmp_path: Path) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    old = os.umask(0)
    try:
        run(tmp_path, "log", "hug", env=home)
        run(tmp_path, "export", "-o", str(tmp_path / "calm" / "out.csv"), env=home)
        run(tmp_path, "backup", str(tmp_path / "calm" / "copy.db"), env=home)
        run(tmp_path, "restore", str(tmp_path / "calm" / "copy.db"), env=home)
    finally:
        os.umask(old)
    found = modes(tmp_path / "calm")
    assert len(found) > 7
    for name, mode in found.items():
        path = tmp_path / name
        assert mode == ("0o700" if path.is_dir() else "0o600"), name


def test_the_journal_is_0600_too(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    from tracker.diary.diary import Diary
    from tracker.location import Location

    path = tmp_path / "calm" / "diary.db"
    Diary(Location(path)).press("hug")
    old = os.umask(0)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE entry SET amount = 5")
            mode = path.with_name("diary.db-journal").stat().st_mode & 0o777
            connection.execute("ROLLBACK")
    finally:
        os.umask(old)
    assert mode == 0o600


@pytest.mark.parametrize("script", [COMMANDS], ids=["commands"])
def test_no_command_touches_a_network(tmp_path: Path, script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + script],
        env=environment(tmp_path, {}),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_no_screen_touches_a_network(tmp_path: Path) -> None:
    script = tmp_path / "watched.py"
    script.write_text(WATCHED + SCREENS)
    terminal = Terminal(tmp_path, program=(sys.executable, str(script)))
    terminal.wait_for("↵ start")
    terminal.press("\r")
    terminal.wait_for("how calm did you feel")
    terminal.press("7hx")
    terminal.wait_for("esc back")
    terminal.press("q")
    terminal.wait_for("Sleep well")
    terminal.press("W")
    terminal.wait_for("Mon ")
    assert terminal.leave() == 0
    assert b"NETWORK" not in terminal.raw


def test_the_network_check_detects_a_connection(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + "import socket; socket.socket()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 99
    assert "NETWORK" in done.stderr


def test_only_serve_opens_a_port_and_only_on_this_machine(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + "from tracker.cli.app import run\nrun(['serve'])"],
        env=environment(tmp_path, {}),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 99
    assert "NETWORK socket.__new__" in done.stderr


def test_forget_leaves_no_trace_of_a_day(tmp_path: Path) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    secret = "a-word-that-must-go"
    run(tmp_path, "log", "hug", "--note", "-", "--day", "yesterday", env=home, typed=secret)
    run(tmp_path, "calm", "3", "--note", "-", "--day", "yesterday", env=home, typed=secret * 300)
    run(tmp_path, "log", "hug", "--note", "-", "--day", "yesterday", env=home, typed="changed")
    run(tmp_path, "log", "laughter", "--note", "this-one-stays", env=home)
    assert files_with(tmp_path / "calm", secret)
    run(tmp_path, "forget", "yesterday", "--yes", env=home)
    assert files_with(tmp_path / "calm", secret) == []
    assert files_with(tmp_path / "calm", "this-one-stays")
    assert run(tmp_path, "doctor", env=home).returncode == 0
    while "Nothing" not in run(tmp_path, "undo", env=home).stdout:
        pass


def test_forget_and_erase_leave_no_trace_of_replaced_rows_and_unfinished_notes(
    tmp_path: Path,
) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    laptop = str(tmp_path / "laptop.db")
    words = ("replaced-by-merge", "left-out-by-merge", "an-unfinished-note")
    run(tmp_path, "calm", "3", "--note", words[0], "--day", "yesterday", env=home)
    run(tmp_path, "--diary", laptop, "log", "hug", "--note", words[1], "--day", "yesterday")
    run(tmp_path, "--diary", laptop, "calm", "8", "--note", "newer", "--day", "yesterday")
    run(tmp_path, "log", "hug", "--note", "newest", "--day", "yesterday", env=home)
    run(tmp_path, "merge", laptop, env=home)
    path = next((tmp_path / "calm").rglob("diary.db"))
    diary = Diary(Location(path))
    yesterday = diary.today() - timedelta(days=1)
    diary.write_note("laughter", words[2], yesterday, is_draft=True)
    diary.undo()
    records = diary.conflict_records()
    assert {record.row.note for record in records} == {words[0], words[1]}
    assert all(files_with(tmp_path / "calm", word) for word in words)
    run(tmp_path, "forget", "yesterday", "--yes", env=home)
    assert [files_with(tmp_path / "calm", word) for word in words] == [[], [], []]
    assert diary.conflict_records() == []
    run(tmp_path, "merge", laptop, env=home)
    assert files_with(tmp_path / "calm", words[1])
    run(tmp_path, "erase", "--yes", env=home)
    assert [path for path in (tmp_path / "calm").rglob("*") if path.is_file()] == []


def test_erase_leaves_nothing(tmp_path: Path) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    run(tmp_path, "log", "hug", "--note", "a-word-that-must-go", env=home)
    asked = run(tmp_path, "erase", env=home, check=False)
    assert asked.returncode == 1
    assert files_with(tmp_path / "calm", "a-word-that-must-go")
    run(tmp_path, "erase", "--yes", env=home)
    assert [path for path in (tmp_path / "calm").rglob("*") if path.is_file()] == []


@pytest.mark.thorough
def test_a_note_from_standard_input_is_in_no_list_of_processes(tmp_path: Path) -> None:
    done = run(tmp_path, "log", "hug", "--note", "-", typed="kept to myself\n")
    assert "kept to myself" not in " ".join(done.args)
    assert "Note: kept to myself" in run(tmp_path, "today").stdout


@pytest.mark.thorough
def test_status_never_prints_a_note(tmp_path: Path) -> None:
    run(tmp_path, "log", "hug", "--note", "kept to myself")
    run(tmp_path, "calm", "6", "--note", "mine")
    shown = run(tmp_path, "status").stdout
    assert "mine" not in shown
    assert "kept" not in shown
    assert "6" not in run(tmp_path, "status", "--quiet").stdout


@pytest.mark.thorough
def test_files_of_other_programs_beside_the_diary_are_not_changed(tmp_path: Path) -> None:
    ended = 2**22 - 7
    others = [
        tmp_path / f"film.mkv.unfinished-{ended}",
        tmp_path / "aside" / f"film.unfinished-{ended}",
        tmp_path / "backups" / "diary" / f"letters.db.unfinished-{ended}",
    ]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not ours")
    ours = tmp_path / f"diary.db.unfinished-{ended}"
    ours.write_bytes(b"half")
    command = ("--diary", str(tmp_path / "diary.db"))
    run(tmp_path, *command, "log", "hug")
    assert not ours.exists()
    run(tmp_path, *command, "doctor", "--repair", check=False)
    run(tmp_path, *command, "forget", "today", "--yes")
    run(tmp_path, *command, "erase", "--yes")
    assert [path.read_bytes() for path in others] == [b"not ours"] * 3
