"""The demo without a terminal: it prints a day of an invented year, and doesn't touch the person's
diary."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.location import Location


@pytest.fixture(autouse=True)
def temporary_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary folders."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def everything_in(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


def test_it_prints_an_invented_day_and_says_so(
    type_in: CommandLine, temporary_folders: Path
) -> None:
    output = type_in.ok("demo").lines
    assert "made-up" in output[0]
    assert output[2] == "Tuesday 24 November 2026"
    assert any("Nature walk" in line for line in output)
    assert list(temporary_folders.iterdir()) == []


def test_it_does_not_change_the_users_diary(
    type_in: CommandLine, location: Location, three_weeks: Diary
) -> None:
    assert location.path is not None
    before = everything_in(location.path.parent)
    type_in.ok("demo")
    assert everything_in(location.path.parent) == before


def test_it_creates_no_diary_and_no_folder(type_in: CommandLine, location: Location) -> None:
    assert location.path is not None
    type_in.ok("demo")
    assert not location.path.parent.exists()


def test_a_diary_given_by_option_is_not_opened_either(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    type_in.ok("demo")
    assert not (tmp_path / "other.db").exists()


def test_an_invalid_time_is_reported_in_a_sentence(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, temporary_folders: Path
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "tonight")
    answer = type_in("demo")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert list(temporary_folders.iterdir()) == []


def test_a_signal_before_the_first_screen_removes_the_temporary_diary(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, temporary_folders: Path
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(
        "tracker.cli.commands.screens.launch", lambda *_: os.kill(os.getpid(), signal.SIGTERM)
    )
    assert type_in("demo").code == 128 + signal.SIGTERM
    assert list(temporary_folders.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before
