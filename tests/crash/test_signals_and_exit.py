"""How calmtrack behaves when it gets a signal, runs in a tiny terminal, is suspended, or is left
open overnight."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.effort import some_cases, some_of
from tests.journeys.terminal import Terminal, command_under_test, run
from tracker.diary.diary import Diary
from tracker.location import Location

ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
CURSOR_SHOWN = b"\x1b[?25h"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home folder with a diary of the default practices."""
    Diary(Location(tmp_path / "calm" / "diary.db")).create(("hug", "laughter", "good-talk"))
    return {"CALMTRACK_HOME": str(tmp_path / "calm")}


def open_tonight(tmp_path: Path, home: dict[str, str]) -> Terminal:
    """Opens the app on Tonight, with a hug logged."""
    terminal = Terminal(tmp_path, env=home)
    terminal.wait_for("how calm did you feel")
    terminal.press("h")
    terminal.wait_for("Hug: 1 time.")
    return terminal


def check_restored(terminal: Terminal) -> None:
    """Asserts that the terminal's modes were restored."""
    for sequence in (ALTERNATE_SCREEN_LEFT, MOUSE_OFF, CURSOR_SHOWN):
        assert sequence in terminal.raw
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize(
    ("number", "code"),
    some_cases([(signal.SIGTERM, 143), (signal.SIGHUP, 129)], 1),
    ids=["SIGTERM", "SIGHUP"],
)
def test_a_signal_restores_the_terminal(
    tmp_path: Path, home: dict[str, str], number: signal.Signals, code: int
) -> None:
    terminal = open_tonight(tmp_path, home)
    terminal.press("ln")
    terminal.wait_for("save")
    terminal.press("A long day")
    terminal.wait_for("A long day")
    terminal.child.kill(number)
    assert terminal.wait_for_end() == code
    check_restored(terminal)
    today = run(tmp_path, "today", env=home).stdout
    assert "1 time" in today
    assert "A long day" in today


def test_ctrl_c_quits_like_q(tmp_path: Path, home: dict[str, str]) -> None:
    terminal = open_tonight(tmp_path, home)
    assert terminal.leave("\x03") == 0
    check_restored(terminal)


def test_an_interrupted_command_prints_no_traceback(tmp_path: Path, home: dict[str, str]) -> None:
    terminal = Terminal(tmp_path, "log", "hug", "--note", "-", env=home)
    until = time.monotonic() + 60
    while terminal.child.isalive() and time.monotonic() < until:
        # ctrl+c has no effect before the command has its terminal.
        terminal.read(1.0)
        terminal.press("\x03")
    # While Python starts, the signal itself ends it, which a shell reports as 130, too.
    assert terminal.wait_for_end() in (130, -signal.SIGINT)
    assert b"Traceback" not in terminal.raw
    assert "1 time" not in run(tmp_path, "today", env=home).stdout


def test_a_closed_terminal_loses_nothing(tmp_path: Path, home: dict[str, str]) -> None:
    terminal = open_tonight(tmp_path, home)
    pid = terminal.child.pid
    assert pid is not None
    os.close(terminal.child.child_fd)
    until = time.monotonic() + 60
    while _is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_alive(pid)
    assert "1 time" in run(tmp_path, "today", env=home).stdout


@pytest.mark.thorough
@pytest.mark.parametrize("after", some_of([0.7, 0.3, 0.5, 0.9, 1.2, 1.6], 1))
def test_a_terminal_closed_at_any_moment_leaves_nothing_running(
    tmp_path: Path, home: dict[str, str], after: float
) -> None:
    terminal = Terminal(tmp_path, env=home)
    pid = terminal.child.pid
    assert pid is not None
    terminal.read_for(after)
    # A shape that is redrawn all the time, so that Textual writes into the closed terminal, too.
    terminal.press("B")
    terminal.read_for(0.3)
    os.close(terminal.child.child_fd)
    assert _ends(pid)


@pytest.mark.thorough
def test_a_terminal_that_stopped_reading_and_was_closed_leaves_nothing_running(
    tmp_path: Path, home: dict[str, str]
) -> None:
    """Like a connection that stalls and then drops: unwritten output fills every buffer."""
    terminal = open_tonight(tmp_path, home)
    pid = terminal.child.pid
    assert pid is not None
    terminal.press("B")
    time.sleep(10)
    os.close(terminal.child.child_fd)
    assert _ends(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="setsid and /proc are Linux's")
def test_a_terminal_closed_without_a_signal_leaves_nothing_running(
    tmp_path: Path, home: dict[str, str]
) -> None:
    noted = tmp_path / "pid"
    in_a_session_of_its_own = (
        "setsid",
        "--wait",
        "sh",
        "-c",
        f'echo $$ > {noted}; exec "$@"',
        "sh",
    )
    terminal = Terminal(
        tmp_path, env=home, program=(*in_a_session_of_its_own, *command_under_test())
    )
    terminal.wait_for("how calm did you feel")
    terminal.press("B")
    terminal.read_for(0.5)
    pid = int(noted.read_text())
    terminal.child.kill(signal.SIGKILL)
    os.close(terminal.child.child_fd)
    assert _ends(pid)


def _ends(pid: int) -> bool:
    """Whether a process ends by itself within some seconds; if not, it is killed."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not _is_alive(pid):
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False


def _is_alive(pid: int) -> bool:
    try:
        found, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        # It is no child of this process any more; a zombie has ended.
        stat = Path(f"/proc/{pid}/stat")
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    return found == 0


@pytest.mark.thorough
def test_resized_to_20_by_5_and_back_the_screen_is_complete(
    tmp_path: Path, home: dict[str, str]
) -> None:
    terminal = open_tonight(tmp_path, home)
    before = terminal.text
    terminal.child.setwinsize(5, 20)
    terminal.screen.resize(5, 20)
    terminal.read(0.5)
    terminal.press("l")
    terminal.read(0.5)
    terminal.screen.resize(24, 80)
    terminal.child.setwinsize(24, 80)
    terminal.wait_for("how calm did you feel")
    terminal.press("l")
    # Pressed once while invisible, and once while visible.
    terminal.wait_for("Laughter: yes.")
    terminal.press("\x1b[A")
    terminal.read(0.3)
    assert "Traceback" not in terminal.text
    for words in ("how calm did you feel today?", "not at all", "Hug", "0-10 calm"):
        assert words in before
        assert words in terminal.text
    assert terminal.leave() == 0


@pytest.mark.parametrize("term", ["dumb", ""])
def test_on_a_terminal_that_shows_no_screens_it_prints_today(
    tmp_path: Path, home: dict[str, str], term: str
) -> None:
    terminal = Terminal(tmp_path, env={**home, "TERM": term})
    assert terminal.wait_for_end() == 0
    assert "Calm: not rated yet." in terminal.text
    assert b"\x1b[" not in terminal.raw


@pytest.mark.thorough
@pytest.mark.parametrize("term", some_of(["linux", "xterm-mono", "vt100", "xterm"], 1))
def test_on_other_terminals_it_opens(tmp_path: Path, home: dict[str, str], term: str) -> None:
    terminal = Terminal(tmp_path, env={**home, "TERM": term, "COLORTERM": ""})
    terminal.wait_for("how calm did you feel")
    assert terminal.leave() == 0


@pytest.mark.parametrize(("dialog", "close"), [("", ""), ("/", "\x1b")])
def test_suspended_and_resumed_it_continues(
    tmp_path: Path, home: dict[str, str], dialog: str, close: str
) -> None:
    terminal = open_tonight(tmp_path, home)
    if dialog:
        terminal.press(dialog)
        terminal.wait_for("Search")
    terminal.press("\x1a")
    terminal.read(0.5)
    stat = Path(f"/proc/{terminal.child.pid}/stat").read_text()
    assert stat.rsplit(") ", 1)[1][0] == "T"
    terminal.child.kill(signal.SIGCONT)
    terminal.read(0.5)
    if close:
        terminal.press(close)
        terminal.read(0.5)
    terminal.press("h")
    terminal.wait_for("Hug: 2 times.")
    assert terminal.leave() == 0


@pytest.mark.real_clock
@pytest.mark.any_day
def test_the_day_is_right_after_the_time_zone_changes(
    tmp_path: Path, home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock reads the zone each time, whereas a C library reads it once."""
    from tracker import clock

    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    east = clock.now()
    monkeypatch.setenv("TZ", "Pacific/Niue")
    west = clock.now()
    assert (east.date() - west.date()).days >= 1
