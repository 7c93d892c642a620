"""A calmtrack that is killed loses nothing it had acknowledged."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.crash.commands import run
from tests.crash.killable_logger import killable_logger
from tests.effort import by_effort
from tests.journeys.terminal import Terminal
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.location import Location

KILLS = int(os.environ.get("CALMTRACK_KILLS", by_effort(2, 40)))
"""The number of kills per loop: 40 in the gate, CALMTRACK_KILLS=500 for the long run."""

IN_THE_APP = max(1, KILLS // 5)


def check_diary(home: Path, acknowledged: int) -> int:
    """Asserts that every acknowledged hug is stored and none partially; returns their number."""
    place = Location(home / "calm" / "diary.db")
    run(home, "status", env={"CALMTRACK_HOME": str(home / "calm")})
    view = today_view(place)
    assert view is not None
    hugs = view.practices[0].amount or 0
    assert acknowledged <= hugs <= acknowledged + 1
    assert place.path is not None
    with closing(sqlite3.connect(place.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        steps = connection.execute("SELECT count(*) FROM change").fetchone()[0]
        (before,) = connection.execute(
            "SELECT before FROM change_row ORDER BY change_id DESC LIMIT 1"
        ).fetchone()
    assert steps == hugs
    assert before is None or f'"amount": {hugs - 1}' in before
    return int(hugs)


def test_a_command_killed_at_any_moment_has_saved_what_it_acknowledged(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261124)
    hugs, in_mid_write = 0, 0
    with killable_logger(tmp_path) as logger:
        for _ in range(KILLS - IN_THE_APP):
            logger.start()
            time.sleep(chance.random() * 0.15)
            acknowledged = re.findall(r"Hug, (\d+) times?\b", " ".join(logger.kill()))
            in_mid_write += (tmp_path / "calm" / "diary.db-journal").exists()
            hugs = check_diary(tmp_path, int(acknowledged[-1]))
    assert hugs >= KILLS - IN_THE_APP
    print(f"{KILLS - IN_THE_APP} kills, {in_mid_write} in mid-write, {hugs} hugs, none lost")
    diary = Diary(Location(tmp_path / "calm" / "diary.db"))
    undone = 0
    while diary.undo() is not None:
        undone += 1
    assert undone == hugs
    assert diary.day().practices[0].amount is None


def test_the_app_killed_at_any_moment_has_saved_what_it_showed(tmp_path: Path) -> None:
    chance = random.Random(7)
    home = {"CALMTRACK_HOME": str(tmp_path / "calm")}
    run_home = tmp_path
    hugs = 0
    Diary(Location(tmp_path / "calm" / "diary.db")).create(("hug",))
    for _ in range(IN_THE_APP):
        terminal = Terminal(run_home, env=home)
        terminal.wait_for("how calm did you feel")
        terminal.press("h" * 30)
        terminal.wait_for("Hug: ")
        terminal.read(chance.random() * 0.03)
        terminal.child.kill(signal.SIGKILL)
        terminal.read()
        terminal.child.close(force=True)
        shown = [int(n) for n in re.findall(r"Hug: (\d+) time", terminal.text)]
        place = Location(tmp_path / "calm" / "diary.db")
        now = today_view(place)
        assert now is not None
        assert (now.practices[0].amount or 0) >= max(shown, default=0) >= 1
        hugs = check_diary(tmp_path, now.practices[0].amount or 0)
    assert hugs >= IN_THE_APP
