"""The command on the machine's own clock: on any date, every part shows the same day."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.terminal import Terminal, run
from tracker import clock
from tracker.rules.days import day_of, week_of

pytestmark = [pytest.mark.real_clock, pytest.mark.any_day]


def current_day() -> date:
    """The day of the machine's clock, which turns at 04:00."""
    return day_of(clock.now(), time(4))


def on_one_day(tmp_path: Path, action: Callable[[Path], None]) -> tuple[Path, date]:
    """Performs an action in a home folder, and again in another one if the day turned meanwhile."""
    for attempt in ("home", "home after the day turned"):
        home = tmp_path / attempt
        home.mkdir()
        today = current_day()
        action(home)
        if current_day() == today:
            break
    return home, today


def answer(home: Path, *words: str) -> Any:
    """The JSON output of a command."""
    return json.loads(run(home, *words, "--json").stdout)


def log_evening(home: Path) -> None:
    """Logs a hug and calm today, and laughter yesterday."""
    run(home, "log", "hug")
    run(home, "calm", "7")
    run(home, "log", "laughter", "--day", "yesterday")


def test_every_part_names_the_same_day(tmp_path: Path) -> None:
    home, today = on_one_day(tmp_path, log_evening)
    _check_answers(home, today)
    _check_what_is_stored(home, today)
    _check_the_screen(home, today)


def _check_answers(home: Path, today: date) -> None:
    day, week, year = (answer(home, word) for word in ("today", "week", "year"))
    assert (day["day"], day["calm"]) == (today.isoformat(), 7)
    assert run(home, "status").stdout.startswith("calm 7 · 1 of ")
    assert week["week_start"] == week_of(today, 0).isoformat()
    assert {"day": today.isoformat(), "calm": 7} in week["days"]
    assert year["year"] == today.year
    hug = next(practice for practice in year["practices"] if practice["id"] == "hug")
    assert hug["days"] == [[today.isoformat(), "done", 1]]


def _check_what_is_stored(home: Path, today: date) -> None:
    rows = list(csv.DictReader(run(home, "export").stdout.splitlines()))
    yesterday = today - timedelta(days=1)
    days = {row["practice"] or "calm": row["day"] for row in rows}
    assert days == {
        "laughter": yesterday.isoformat(),
        "calm": today.isoformat(),
        "hug": today.isoformat(),
    }
    for row in rows:
        at = datetime.fromisoformat(row["logged_at"])
        assert abs(clock.now() - at) < timedelta(minutes=10), row
    (backup,) = home.rglob("backups/*/*.db")
    assert backup.stem == today.isoformat()


def _check_the_screen(home: Path, today: date) -> None:
    terminal = Terminal(home)
    terminal.wait_for("7 of 10")
    assert f"{today:%A} {today.day} {today:%B}" in terminal.text
    terminal.press("l")
    terminal.wait_for("Laughter: yes.")
    assert terminal.leave() == 0
    logged = [row["state"] for row in answer(home, "today")["practices"]]
    assert logged.count("done") == 2
