"""An import, restore, undo or a first start that was killed half way took effect whole or not at
all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.crash.killed_commands import (
    Commands,
    check_no_partial_files,
    commands,
    kills,
    state_of,
)
from tracker.diary.diary import Diary
from tracker.location import Location

__all__ = ["commands"]

pytestmark = pytest.mark.thorough

EVENING_BEFORE, TWO_YEARS = (0, 1, 1), (5110, 731, 2)
"""The states of the diary without and with the import."""

RESTORED = (5110, 731, 3)
"""The state with a backup of the import: the restore is a step of the undo log, too."""


@pytest.fixture
def csv_of_two_years(tmp_path: Path) -> Path:
    """A CSV file with 8 practices on 730 days."""
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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of a diary of one evening."""
    path = tmp_path / "calm" / "diary.db"
    Diary(Location(path)).rate(7, date(2023, 1, 5))
    return path


def one_of_two(path: Path, complete: tuple[int, int, int] = TWO_YEARS) -> Callable[[], str]:
    """Checks that the import, or the restore, is complete or absent."""

    def check() -> str:
        state = state_of(path)
        assert state in (EVENING_BEFORE, complete)
        return "whole" if state == complete else "absent"

    return check


def test_a_killed_import(commands: Commands, path: Path, csv_of_two_years: Path) -> None:
    kills(commands, path, ("import", str(csv_of_two_years)), one_of_two(path))
    check_no_partial_files(commands, path)


def test_a_killed_undo_of_an_import(commands: Commands, path: Path, csv_of_two_years: Path) -> None:
    assert commands.run("--diary", str(path), "import", str(csv_of_two_years))[0] == 0
    assert state_of(path) == TWO_YEARS
    kills(commands, path, ("undo",), one_of_two(path))


def test_a_killed_restore(
    commands: Commands, tmp_path: Path, path: Path, csv_of_two_years: Path
) -> None:
    small, backup = path.read_bytes(), tmp_path / "backup.db"
    assert commands.run("--diary", str(path), "import", str(csv_of_two_years))[0] == 0
    assert commands.run("--diary", str(path), "backup", str(backup))[0] == 0
    path.write_bytes(small)
    kills(commands, path, ("restore", str(backup)), one_of_two(path, RESTORED))
    check_no_partial_files(commands, path)


def test_a_killed_creation_of_a_diary(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "calm" / "diary.db"
    path.parent.mkdir(mode=0o700)

    def check() -> str:
        state = state_of(path)
        assert state in ((0, 0, 0), (1, 0, 1))
        assert commands.run("--diary", str(path), "log", "hug")[0] == 0
        return "whole" if state[0] else "absent"

    kills(commands, path, ("log", "hug"), check)
