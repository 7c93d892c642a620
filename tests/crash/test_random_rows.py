"""Random invalid rows through every input of a diary, then commands and screens: none ends in a
traceback."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.effort import by_effort, some_of
from tests.tui.conftest import TODAY, OpenApp, location, no_animations, open_app
from tracker.cli import app as command_line
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store import integrity

__all__ = ["location", "no_animations", "open_app"]

ROWS = by_effort(40, 500)
"""The number of odd rows per part, in diaries of 1 to 15 each; four parts with --thorough, else
one."""

SCREENS = by_effort(1, 16, 60)
"""The number of diaries, with 5 odd rows each, whose screens are opened."""

VALUES: tuple[object, ...] = (
    *(None, 0, -1, 1, 7, 11, 2**31, 2**63 - 1, 1.5, float("inf"), "", " ", "x", "hug", "calm"),
    *("2026-02-30", "2026-11-20", "20261120", "0001-01-01", "9999-12-31", "2300-01-01"),
    *("9999-12-31T23:59:59.999999Z", "2026-11-20T20:00:00Z", "2026-13-40T99:00:00Z", "04:00"),
    *("null", "5", '"x"', '"2026-11-20"', "{", "[]", "[5]", "[{}]", '["2026-11-20"]', "NaN"),
    *(b"", b"\xff\x00", b"2026-11-20", "\x1b]52;c;eA==\x07", "\u202ex", "$(rm)", "é" * 12_000),
)  # fmt: skip
KEYS = (
    *("begun_on", "welcomed", "day_turns_at", "week_starts_on", "support", "gentle_shown_on"),
    *("gentle_muted", "jar", "coin_months", "unknown"),
)
COMMANDS = (
    "today", "today --json", "today --day yesterday", "week", "week --json", "week --markdown",
    "year", "year --json", "year --of calm", "trend --days 400", "streaks", "streaks --json",
    "month", "month --json",
    "explain hug", "explain laughter", "insights", "insights --json", "coin", "support", "people",
    "jar", "status", "nudge", "practices list --all", "practices --json", "export",
    "export --layout days", "export --format json", "config", "where", "log hug", "log laughter",
    "calm 1", "note hug x", "clear hug", "rest hug", "practices edit hug --days-per-week 3",
    "practices archive laughter", "practices delete laughter", "undo", "undo --list", "undo 9",
    "redo 9", "backup", "doctor", "forget yesterday --yes", "coin begin hug",
    "journal", "journal --json", "search x", "on-this-day", "recap", "recap --json", "prompts",
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A diary with rows in every table."""
    path = tmp_path_factory.mktemp("base") / "diary.db"
    diary = Diary(Location(path))
    diary.create(("hug", "laughter", "gratitude"))
    for back in range(12, -1, -1):
        day = TODAY - timedelta(days=back)
        diary.log("hug", day, note="@Anna")
        diary.rate(back % 11, day, note="fine")
    diary.log("gratitude", TODAY - timedelta(days=3), note="snow")
    diary.practices.archive("laughter")
    diary.coin_month.begin("gratitude")
    diary.support.set_lines(["call Anna"])
    diary.rebuild_streak_cache()
    diary.undo()
    return path


def damage(path: Path, chance: random.Random, rows: int) -> None:
    """Changes or adds so many rows by SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        query = "SELECT name FROM sqlite_master WHERE type='table' AND name <> 'alembic_version'"
        tables = [name for (name,) in connection.execute(f"{query} ORDER BY name")]
        while rows:
            with suppress(sqlite3.Error, OverflowError):
                rows -= _damage_one(connection, chance, chance.choice(tables))
        connection.commit()


def _damage_one(connection: sqlite3.Connection, chance: random.Random, table: str) -> int:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    stored = connection.execute(f"SELECT * FROM {table}").fetchall()
    row = list(chance.choice(stored)) if stored else [chance.choice(VALUES) for _ in columns]
    place = chance.randrange(len(columns))
    where = " AND ".join(f"{name} IS ?" for name in columns)
    if table == "kept" and chance.random() < 0.7:
        new = [chance.choice(KEYS), chance.choice(VALUES), row[2]]
        sql, values = f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", new
    elif stored and chance.random() < 0.7:
        sql = f"UPDATE {table} SET {columns[place]} = ? WHERE {where}"
        values = [chance.choice(VALUES), *row]
    else:
        row[place] = chance.choice(VALUES)
        sql, values = f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row
    return connection.execute(sql, values).rowcount


def odd_json(base: Path, chance: random.Random, rows: int, folder: Path) -> Path:
    """A JSON export with so many odd rows."""
    file = folder / "in.json"
    run(base, "export", "--format", "json", "-o", str(file), "--force")
    whole: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for _ in range(rows):
        part = chance.choice(("practices", "entries", "evenings", "kept"))
        row = chance.choice(whole[part])
        if part == "kept" and chance.random() < 0.7:
            row["key"] = chance.choice(KEYS)
        row[chance.choice(list(row))] = _json_value(chance)
    file.write_text(json.dumps(whole), "utf-8")
    return file


def _json_value(chance: random.Random) -> object:
    value = chance.choice((*VALUES, True, [], [5], [{}], {}, {"a": 1}, ["2026-11-20"], "\ud800"))
    return value.decode("latin-1") if isinstance(value, bytes) else value


def odd_csv(base: Path, chance: random.Random, rows: int, folder: Path) -> Path:
    """A CSV export with so many odd rows."""
    file = folder / "in.csv"
    run(base, "export", "-o", str(file), "--force")
    table = list(csv.reader(io.StringIO(file.read_text("utf-8"), newline="")))
    for _ in range(rows):
        row = chance.choice(table[1:])
        row[chance.randrange(len(row))] = str(chance.choice(VALUES))
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(table)
    return file


def run(diary: Path, *arguments: str) -> int:
    """Runs a command in this process; returns its exit code."""
    return command_line.run(["--diary", str(diary), *arguments])


def cases(part: int) -> Iterator[tuple[int, int]]:
    """The seed and number of rows of each diary of a part."""
    left = ROWS
    for seed in count(part * ROWS):
        rows = min(left, random.Random(seed).randint(1, 15))
        yield seed, rows
        left -= rows
        if not left:
            return


@pytest.mark.parametrize("part", some_of(range(4), 1))
def test_no_command_ends_in_a_traceback_with_random_rows(
    part: int, base: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for seed, rows in cases(part):
        chance = random.Random(seed)
        diary, other = tmp_path / "diary.db", tmp_path / "other.db"
        shutil.rmtree(tmp_path / "backups", ignore_errors=True)
        for path in (diary, other):
            shutil.copy(base, path)
        entrance = chance.choice(("raw", "raw", "raw", "json", "csv", "merge", "restore"))
        if entrance == "raw":
            damage(diary, chance, rows)
        elif entrance == "json":
            run(diary, "import", str(odd_json(other, chance, rows, tmp_path)))
        elif entrance == "csv":
            run(diary, "import", str(odd_csv(other, chance, rows, tmp_path)))
        else:
            damage(other, chance, rows)
            run(diary, entrance, str(other))
        chosen = [command.split() for command in chance.sample(COMMANDS, 7)]
        for arguments in (*chosen, ["doctor", "--repair"], chosen[0]):
            code = run(diary, *arguments)
            written = capfd.readouterr()
            unexpected = "Traceback" in written.err or "went wrong in calmtrack" in written.err
            assert not unexpected, (seed, entrance, arguments, written.err)
            assert code in (0, 1, 2), (seed, entrance, arguments)
        if diary.exists() and integrity.find_damage(diary) is None:
            assert Diary(Location(diary)).bad_rows() == [], (seed, entrance)


KEYS_PRESSED = (
    *("down", "h", "n", "escape", "left", "7", "W", "down", "left", "Y", "left", "C", "down", "m"),
    *(
        "P",
        "down",
        "enter",
        "escape",
        "S",
        "escape",
        "M",
        "escape",
        "G",
        "escape",
        "u",
        "U",
        "J",
        "R",
        "T",
    ),
)


@pytest.mark.parametrize("part", range(min(4, SCREENS)))
async def test_no_screen_ends_in_a_traceback_with_random_rows(
    base: Path, location: Location, open_app: OpenApp, part: int
) -> None:
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700)
    for seed in range(part, SCREENS, 4):
        shutil.rmtree(location.path.parent)
        location.path.parent.mkdir(mode=0o700)
        shutil.copy(base, location.path)
        damage(location.path, random.Random(10_000 + seed), 5)
        async with open_app(100, 30) as app:
            for key in KEYS_PRESSED:
                if not app.app.is_running:
                    break
                await app.press(key)
