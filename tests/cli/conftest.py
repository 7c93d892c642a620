"""A person at a command line, on Tuesday 24 November 2026 at 21:30, with a diary of their own."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.command_line import TODAY, CommandLine, Golden, Shell, on_evening
from tests.golden import compare
from tests.shared_file import built_once
from tracker.diary.diary import Diary
from tracker.location import Location


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Makes calmtrack write everything into the test's folder."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))


@pytest.fixture
def location(tmp_path: Path) -> Location:
    """The location of the default diary."""
    return Location(tmp_path / "home" / "diary.db")


@pytest.fixture
def type_in(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Runs a command in this process."""
    return CommandLine(capsys, monkeypatch)


@pytest.fixture
def shell() -> Shell:
    """Runs a command in a child process."""
    return Shell()


@pytest.fixture
def three_weeks(location: Location, three_weeks_file: Path) -> Diary:
    """A diary with three weeks of entries up to yesterday."""
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700)
    shutil.copy(three_weeks_file, location.path)
    return Diary(location)


@pytest.fixture(scope="session")
def three_weeks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of that diary, built once per run."""
    return built_once(tmp_path_factory, "cli_three_weeks.db", _log_three_weeks)


def _log_three_weeks(path: Path) -> None:
    """Writes hugs on most days, and walks at weekends.

    Hugs pause for four days in the first week, and rest for one in the last.
    """
    for back in range(21, 0, -1):
        day = TODAY - timedelta(days=back)
        then = on_evening(Location(path), day)
        if back not in (5, 12):
            then.rate((back * 3) % 5 + 4, note="Long day." if back == 3 else None)
        if back == 4:
            then.toggle_rest_day("hug")
        elif back not in (9, 16, 17, 18, 19):
            then.log("hug", amount=1 + back % 2)
        if back % 2:
            then.press("laughter")
        if day.weekday() >= 4:
            then.log("nature-walk", amount=10 if back == 3 else 30)
        if back % 6 == 0:
            then.log("gratitude", amount=2, note="for Anna's call")


@pytest.fixture
def golden() -> Golden:
    """Compares an output with a stored one; CALMTRACK_WRITE_GOLDENS=1 stores it."""

    return lambda name, text: compare(f"cli/{name}", text)
