"""Killed half way, erase, forget, merge and a repair can be finished, and lose nothing else."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.test_backups import damage_page, holding, page_with
from tests.crash.test_upgrade import rows_of
from tests.crash.test_whole_or_absent import killed, nothing_half_written, state_of, took
from tests.diary.factories import Clock, ago
from tests.journeys.terminal import run
from tracker.diary.diary import Diary
from tracker.location import Location

pytestmark = pytest.mark.thorough

KILLS = int(os.environ.get("CALMTRACK_KILLS", "50"))
"""For each of the four."""

SECRET = f"note of {ago(3)}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A diary of 200 evenings with backups."""
    path = tmp_path / "calm" / "diary.db"
    clock = Clock()
    diary = Diary(Location(path), clock)
    for back in range(200, -1, -1):
        clock.on_the_evening_of(ago(back))
        diary.log("hug", amount=back + 1, note=f"note of {ago(back)}")
        if back in (100, 6, 2, 0):
            diary.maintenance.back_up_daily()
    return path


def kills(
    home: Path, path: Path, command: tuple[str, ...], check: Callable[[], str]
) -> Counter[str]:
    """Kills a command at random moments, each time on the same files; counts what `check` finds."""
    whole = home / "whole"
    shutil.copytree(path.parent, whole)
    words = ("--diary", str(path), *command)
    longest = took(lambda: run(home, *words, check=False))
    chance = random.Random(5)
    seen: Counter[str] = Counter()
    for _ in range(KILLS):
        shutil.rmtree(path.parent, ignore_errors=True)
        shutil.copytree(whole, path.parent)
        killed(home, chance.uniform(0.4, 1.1) * longest, *words)
        seen[check()] += 1
    print(f"{command[0]}: {KILLS} kills, {dict(seen)}")
    # Kills that all came too early, or too late, would have proved nothing.
    assert len(seen) > 1
    return seen


def test_erase(tmp_path: Path, path: Path) -> None:
    def check() -> str:
        left = [one for one in path.parent.rglob("*") if one.is_file()]
        outcome = "all there" if path.exists() else "begun" if left else "done"
        if path.exists():
            assert state_of(path)[0] == 201
        again = run(tmp_path, "--diary", str(path), "erase", "--yes", check=False)
        assert again.returncode == (0 if left else 2), again.stderr
        assert [one for one in path.parent.rglob("*") if one.is_file()] == []
        return outcome

    kills(tmp_path, path, ("erase", "--yes"), check)


def test_forget(tmp_path: Path, path: Path) -> None:
    def check() -> str:
        entries = state_of(path)[0]
        assert entries in (200, 201)
        left = holding(path.parent, SECRET)
        outcome = "all there" if entries == 201 else "begun" if left else "done"
        run(tmp_path, "--diary", str(path), "forget", ago(3).isoformat(), "--yes")
        assert holding(path.parent, SECRET) == []
        assert state_of(path)[0] == 200
        assert len(holding(path.parent, f"note of {ago(150)}")) == 5
        nothing_half_written(path)
        return outcome

    kills(tmp_path, path, ("forget", ago(3).isoformat(), "--yes"), check)


def test_merge(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "other" / "diary.db"
    clock = Clock()
    theirs = Diary(Location(other), clock)
    for back in range(400):
        clock.on_the_evening_of(ago(back))
        theirs.press("joy")
    before = state_of(path)
    files = sorted(tmp_path.iterdir())

    def check() -> str:
        state = state_of(path)
        assert state in (before, (before[0] + 400, before[1], before[2] + 1))
        nothing_half_written(path)
        assert {one.name for one in tmp_path.iterdir()} - {one.name for one in files} <= {"whole"}
        return "all of it" if state != before else "none of it"

    kills(tmp_path, path, ("merge", str(other)), check)


def test_a_repair(tmp_path: Path, path: Path) -> None:
    now = rows_of(path)["entry"]
    damage_page(path, page_with(path, f"note of {ago(150)}"))
    damaged = path.read_bytes()

    def check() -> str:
        outcome = "not yet" if path.read_bytes() == damaged else "done"
        run(tmp_path, "--diary", str(path), "doctor", "--repair")
        assert rows_of(path)["entry"] == now
        aside = [one.read_bytes() for one in (path.parent / "aside").iterdir()]
        assert damaged in aside
        nothing_half_written(path)
        return outcome

    kills(tmp_path, path, ("doctor", "--repair"), check)
