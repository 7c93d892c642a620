"""The app open in one terminal while three command lines write in others."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, environment
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store import integrity

pytestmark = pytest.mark.thorough

LOGS_PER_PROCESS = 60
LOGS = """
import sys
from tracker.cli.app import run
codes = [run(["log", sys.argv[1], "+1"]) for _ in range(int(sys.argv[2]))]
sys.exit(max(codes))
"""


def test_three_processes_write_sixty_times_each_beside_the_open_app(tmp_path: Path) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    diary = Diary(Location(tmp_path / "calm" / "diary.db"))
    diary.create(("hug", "laughter", "gratitude", "good-talk"))
    terminal = Terminal(tmp_path, env=home)
    terminal.wait_for("how calm did you feel")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", LOGS, "hug" if number else "gratitude", str(LOGS_PER_PROCESS)],
            env=environment(tmp_path, home),
            cwd=Path(__file__).parents[2],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    with ExitStack() as running:
        for writer in writers:
            running.enter_context(writer)
            running.callback(writer.kill)
        slowest = 0.0
        while any(writer.poll() is None for writer in writers):
            start = time.monotonic()
            terminal.press("7")
            terminal.wait_for("7 of 10")
            terminal.press("3")
            terminal.wait_for("3 of 10")
            slowest = max(slowest, time.monotonic() - start)
        for writer in writers:
            _, complaint = writer.communicate()
            assert writer.returncode == 0, complaint
            assert complaint == ""
    terminal.wait_for(f"{2 * LOGS_PER_PROCESS} times")
    terminal.wait_for(f"{LOGS_PER_PROCESS} times")
    print(f"two keys beside three writers: {slowest:.2f} s at most")
    assert terminal.leave() == 0
    assert integrity.find_damage(tmp_path / "calm" / "diary.db") is None
    amounts = {p.practice.id: p.amount for p in diary.day().practices}
    assert (amounts["hug"], amounts["gratitude"]) == (2 * LOGS_PER_PROCESS, LOGS_PER_PROCESS)


def test_no_screen_blocks_a_writer(tmp_path: Path) -> None:
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    diary = Diary(Location(tmp_path / "calm" / "diary.db"))
    diary.create(("hug", "laughter", "gratitude", "good-talk"))
    terminal = Terminal(tmp_path, env=home)
    terminal.wait_for("how calm did you feel")
    for number, (key, shows) in enumerate(
        [
            ("h", "Hug: "), ("n", "↵ save"), ("\x1b", "Tonight"), ("=", "how much"),
            ("\x1b", "Tonight"), (".", "Which day"), ("\x1b", "Tonight"), ("x", "esc back"),
            ("\x1b", "Tonight"), ("?", "Keys, symbols"), ("\x1b", "Tonight"), ("W", "Mon "),
            ("e", "Export your diary"), ("\x1b", "Mon "), ("\x10", "Search"), ("\x1b", "Mon "),
            ("Y", "Jan"), ("C", "4 weeks"), ("M", "like @Anna"), ("\x1b", "4 weeks"),
            ("G", "grateful"), ("\x1b", "4 weeks"), ("P", "in this order"), ("\r", "Days a week"),
            ("\x1b", "in this order"), ("S", "A new day starts at"), ("I", "Choose a file"),
            ("T", "how calm"), ("Z", "Rest days"), ("\x1b", "Tonight"), ("B", "breathe"),
        ],
        start=1,
    ):  # fmt: skip
        terminal.press(key)
        if key == "\x1b":
            # A key sent right after escape would be read as alt and that key.
            terminal.read(0.4)
        terminal.wait_for(shows)
        # Raises after 5 seconds of waiting for a lock.
        diary.log("gratitude", amount=number)
    terminal.press("\x1b")
    terminal.read(0.4)
    assert terminal.leave() == 0
