"""The demo in a real terminal: it says that it is invented, and leaves no file behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.journeys.terminal import Terminal, run


@pytest.fixture
def temporary_folders(tmp_path: Path) -> Path:
    """The folder for temporary folders."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    return folder


def open_demo(home: Path, temporary_folders: Path) -> Terminal:
    """Opens the demo and waits for Tonight."""
    terminal = Terminal(home, "demo", env={"TMPDIR": str(temporary_folders)})
    terminal.wait_for("how calm did you feel")
    terminal.wait_for("This is a demo")
    return terminal


def test_changes_in_the_demo_are_discarded(tmp_path: Path, temporary_folders: Path) -> None:
    run(tmp_path, "log", "hug")
    path = Path(run(tmp_path, "where").stdout.splitlines()[0])
    before = {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()}
    terminal = open_demo(tmp_path, temporary_folders)
    assert terminal.text.splitlines()[0].startswith(" demo")
    assert len(list(temporary_folders.iterdir())) == 1
    terminal.press("2")
    terminal.wait_for("2 of 10")
    assert terminal.leave() == 0
    assert list(temporary_folders.iterdir()) == []
    assert {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("number", some_of([signal.SIGTERM, signal.SIGHUP], 1))
def test_a_signal_removes_its_files(tmp_path: Path, temporary_folders: Path, number: int) -> None:
    terminal = open_demo(tmp_path, temporary_folders)
    terminal.child.kill(number)
    assert terminal.wait_for_end() == 128 + number
    assert list(temporary_folders.iterdir()) == []


@pytest.mark.thorough
def test_ctrl_c_removes_its_files(tmp_path: Path, temporary_folders: Path) -> None:
    terminal = open_demo(tmp_path, temporary_folders)
    assert terminal.leave("\x03") == 0
    assert list(temporary_folders.iterdir()) == []


def test_a_closed_terminal_removes_its_files(tmp_path: Path, temporary_folders: Path) -> None:
    terminal = open_demo(tmp_path, temporary_folders)
    os.close(terminal.child.child_fd)
    until = time.monotonic() + 60
    while list(temporary_folders.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(temporary_folders.iterdir()) == []
