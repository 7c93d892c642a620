"""The demo in a real terminal: it says that it is invented, and leaves no file behind."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.journeys.terminal import Terminal, run


@pytest.fixture
def throw_away(tmp_path: Path) -> Path:
    """Where folders to be thrown away are made."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    return folder


def open_demo(home: Path, throw_away: Path) -> Terminal:
    """The demo, with Tonight before one's eyes."""
    terminal = Terminal(home, "demo", env={"TMPDIR": str(throw_away)})
    terminal.wait_for("how calm did you feel")
    terminal.wait_for("This is a demo")
    return terminal


def test_what_is_done_there_is_gone_afterwards(tmp_path: Path, throw_away: Path) -> None:
    run(tmp_path, "log", "hug")
    path = Path(run(tmp_path, "where").stdout.splitlines()[0])
    before = {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()}
    terminal = open_demo(tmp_path, throw_away)
    assert terminal.text.splitlines()[0].startswith(" demo")
    assert len(list(throw_away.iterdir())) == 1
    terminal.press("2")
    terminal.wait_for("2 of 10")
    assert terminal.leave() == 0
    assert list(throw_away.iterdir()) == []
    assert {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("number", some_of([signal.SIGTERM, signal.SIGHUP], 1))
def test_asked_to_end_it_clears_up(tmp_path: Path, throw_away: Path, number: int) -> None:
    terminal = open_demo(tmp_path, throw_away)
    terminal.child.kill(number)
    assert terminal.wait_for_end() == 128 + number
    assert list(throw_away.iterdir()) == []


@pytest.mark.thorough
def test_ctrl_c_clears_up(tmp_path: Path, throw_away: Path) -> None:
    terminal = open_demo(tmp_path, throw_away)
    assert terminal.leave("\x03") == 0
    assert list(throw_away.iterdir()) == []
