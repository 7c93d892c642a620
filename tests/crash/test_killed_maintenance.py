"""An erase, forget, merge or repair that was killed half way can be run again, and loses nothing
else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.killed_commands import (
    Commands,
    check_no_partial_files,
    commands,
    kills,
    state_of,
)
from tests.crash.test_backups import damage_page, files_with, page_with
from tests.crash.test_upgrade import rows_of
from tests.diary.factories import Clock, ago
from tracker.diary.diary import Diary
from tracker.location import Location

__all__ = ["commands"]

pytestmark = pytest.mark.thorough

SECRET = f"note of {ago(3)}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a diary of 60 evenings with backups."""
    path = tmp_path / "calm" / "diary.db"
    clock = Clock()
    diary = Diary(Location(path), clock)
    for back in range(60, -1, -1):
        clock.set_evening(ago(back))
        diary.log("hug", amount=back + 1, note=f"note of {ago(back)}")
        if back in (40, 6, 2, 0):
            diary.maintenance.back_up_daily()
    return path


def test_a_killed_erase_can_be_finished(commands: Commands, path: Path) -> None:
    def check() -> str:
        left = [one for one in path.parent.rglob("*") if one.is_file()]
        outcome = "all there" if path.exists() else "begun" if left else "done"
        if path.exists():
            assert state_of(path)[0] == 61
        code, _ = commands.run("--diary", str(path), "erase", "--yes")
        assert code == (0 if left else 2)
        assert [one for one in path.parent.rglob("*") if one.is_file()] == []
        return outcome

    kills(commands, path, ("erase", "--yes"), check)


def test_a_killed_forget_can_be_finished(commands: Commands, path: Path) -> None:
    forget = ("--diary", str(path), "forget", ago(3).isoformat(), "--yes")

    def check() -> str:
        entries = state_of(path)[0]
        assert entries in (60, 61)
        left = files_with(path.parent, SECRET)
        outcome = "all there" if entries == 61 else "begun" if left else "done"
        assert commands.run(*forget)[0] == 0
        assert files_with(path.parent, SECRET) == []
        assert state_of(path)[0] == 60
        assert len(files_with(path.parent, f"note of {ago(50)}")) == 5
        check_no_partial_files(commands, path)
        return outcome

    kills(commands, path, forget[2:], check)


def test_a_killed_merge_can_be_finished(commands: Commands, tmp_path: Path, path: Path) -> None:
    other = tmp_path / "other" / "diary.db"
    clock = Clock()
    theirs = Diary(Location(other), clock)
    for back in range(100):
        clock.set_evening(ago(back))
        theirs.press("joy")
    before = state_of(path)
    files = sorted(tmp_path.iterdir())

    def check() -> str:
        state = state_of(path)
        assert state in (before, (before[0] + 100, before[1], before[2] + 1))
        check_no_partial_files(commands, path)
        assert {one.name for one in tmp_path.iterdir()} - {one.name for one in files} <= {"whole"}
        return "all of it" if state != before else "none of it"

    kills(commands, path, ("merge", str(other)), check)


def test_a_killed_repair_can_be_finished(commands: Commands, path: Path) -> None:
    now = rows_of(path)["entry"]
    damage_page(path, page_with(path, f"note of {ago(50)}"))
    damaged = path.read_bytes()

    def check() -> str:
        outcome = "not yet" if path.read_bytes() == damaged else "done"
        assert commands.run("--diary", str(path), "doctor", "--repair")[0] == 0
        assert rows_of(path)["entry"] == now
        aside = [one.read_bytes() for one in (path.parent / "aside").iterdir()]
        assert damaged in aside
        check_no_partial_files(commands, path)
        return outcome

    kills(commands, path, ("doctor", "--repair"), check)
