"""Killed half way, an import, a restore, an undo or a beginning is whole, or not there at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.journeys.terminal import environment, run, the_command
from tracker.diary.diary import Diary
from tracker.location import Location

pytestmark = pytest.mark.thorough

KILLS = int(os.environ.get("CALMTRACK_KILLS", "40"))
"""For each of the four; CALMTRACK_KILLS=500 for the long run."""


def killed(home: Path, seconds: float, *arguments: str) -> None:
    """Starts a command and kills it after a while, if it has not ended by then."""
    child = subprocess.Popen(
        [*the_command(), *arguments],
        env=environment(home, {}),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()


def state_of(path: Path) -> tuple[int, int, int]:
    """How many entries say something, evenings and steps a diary holds; asserts it is sound."""
    if not path.exists() or path.stat().st_size == 0:
        return (0, 0, 0)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,)
        if not has_tables:
            return (0, 0, 0)
        counted = [
            connection.execute(question).fetchone()[0]
            for question in (
                "SELECT count(*) FROM entry WHERE state <> 'cleared'",
                "SELECT count(*) FROM evening WHERE calm IS NOT NULL",
                "SELECT count(*) FROM change WHERE NOT undone",
            )
        ]
    return (counted[0], counted[1], counted[2])


def nothing_half_written(path: Path) -> None:
    """Asserts that after the next start no unfinished file is left beside the diary."""
    run(path.parent, "--diary", str(path), "doctor", "--repair", check=False)
    left = [p.name for p in path.parent.rglob("*") if "unfinished" in p.name]
    assert left == []


def many_killings(
    act: Callable[[float], tuple[int, int, int]], allowed: set[tuple[int, int, int]], longest: float
) -> None:
    """Kills an act at random moments; each time the state is one of those allowed."""
    chance = random.Random(3)
    seen = [act(chance.uniform(0.1, longest)) for _ in range(KILLS)]
    assert set(seen) <= allowed
    print({state: seen.count(state) for state in allowed})
    # A run in which every kill came too early, or too late, would have proved nothing.
    assert len(set(seen)) == len(allowed)


@pytest.fixture
def csv_of_two_years(tmp_path: Path) -> Path:
    """8 practices on 730 days, as a CSV file."""
    path = tmp_path / "two_years.csv"
    first = date(2024, 11, 1)
    names = ("hug", "laughter", "nature-walk", "gratitude", "good-talk", "safe-moment", "joy")
    lines = ["day,kind,practice,name,unit,amount,state,note,logged_at"]
    for number in range(730):
        day = (first + timedelta(days=number)).isoformat()
        lines.append(f"{day},calm,,,0-10,{number % 11},logged,,{day}T21:00:00Z")
        lines.extend(f"{day},practice,{n},,,1,logged,{n} note,{day}T21:00:00Z" for n in names)
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def took(act: Callable[[], object]) -> float:
    """How long an act takes, in seconds."""
    start = time.monotonic()
    act()
    return time.monotonic() - start


def test_an_import(tmp_path: Path, csv_of_two_years: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    Diary(Location(path)).rate(7, date(2023, 1, 5))
    before = path.read_bytes()
    command = ("--diary", str(path), "import", str(csv_of_two_years))
    longest = took(lambda: run(tmp_path, *command))
    whole = state_of(path)
    assert whole == (5110, 731, 2)

    def act(seconds: float) -> tuple[int, int, int]:
        path.write_bytes(before)
        killed(tmp_path, seconds, *command)
        return state_of(path)

    many_killings(act, {(0, 1, 1), whole}, longest * 1.2)
    nothing_half_written(path)


def test_undoing_an_import(tmp_path: Path, csv_of_two_years: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    Diary(Location(path)).rate(7, date(2023, 1, 5))
    run(tmp_path, "--diary", str(path), "import", str(csv_of_two_years))
    before = path.read_bytes()
    command = ("--diary", str(path), "undo")
    longest = took(lambda: run(tmp_path, *command))
    assert state_of(path) == (0, 1, 1)

    def act(seconds: float) -> tuple[int, int, int]:
        path.write_bytes(before)
        killed(tmp_path, seconds, *command)
        return state_of(path)

    many_killings(act, {(0, 1, 1), (5110, 731, 2)}, longest * 1.2)


def test_a_restore(tmp_path: Path, csv_of_two_years: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    Diary(Location(path)).rate(7, date(2023, 1, 5))
    small = path.read_bytes()
    run(tmp_path, "--diary", str(path), "import", str(csv_of_two_years))
    backup = tmp_path / "backup.db"
    run(tmp_path, "--diary", str(path), "backup", str(backup))
    command = ("--diary", str(path), "restore", str(backup))
    path.write_bytes(small)
    longest = took(lambda: run(tmp_path, *command))

    def act(seconds: float) -> tuple[int, int, int]:
        path.write_bytes(small)
        killed(tmp_path, seconds, *command)
        return state_of(path)

    many_killings(act, {(0, 1, 1), (5110, 731, 2)}, longest * 1.2)
    nothing_half_written(path)


def test_a_beginning(tmp_path: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    command = ("--diary", str(path), "log", "hug")
    longest = took(lambda: run(tmp_path, *command))
    assert state_of(path) == (1, 0, 1)

    def act(seconds: float) -> tuple[int, int, int]:
        for left in (path, path.with_name("diary.db-journal")):
            left.unlink(missing_ok=True)
        for backup in path.parent.rglob("*.db*"):
            backup.unlink()
        killed(tmp_path, seconds, *command)
        state = state_of(path)
        again = run(tmp_path, "--diary", str(path), "log", "hug", check=False)
        assert again.returncode == 0, again.stderr
        return state

    many_killings(act, {(0, 0, 0), (1, 0, 1)}, longest * 1.2)
