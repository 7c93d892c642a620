"""After a power failure nothing acknowledged is lost; and without the syncs this test fails."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import sqlite_trace
from tests.crash.power import Recorder, disk_with, replay
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store.diary_file import PRAGMAS

TRANSACTIONS = 60
CUTS = 1500


@dataclass(frozen=True)
class Outcome:
    """The result of 1,500 power cuts."""

    lost: int
    damaged: int


def record_transactions(path: Path) -> list[list[str]]:
    """The SQL statements of sixty transactions of a diary; the file itself is not changed."""
    diary = Diary(Location(path))
    for _ in range(3):
        diary.log("hug", note="w" * 5000)
    before = path.read_bytes()
    transactions = []
    with sqlite_trace.statements() as executed:
        for number in range(TRANSACTIONS):
            executed.clear()
            practice_id = ("hug", "gratitude", "good-talk")[number % 3]
            diary.log(practice_id, note=chr(97 + number % 26) * 4000)
            # The diary reads before it writes; only the write transaction changes the disk.
            transactions.append(executed[_last("BEGIN IMMEDIATE", executed) :])
    path.write_bytes(before)
    return transactions


def _last(text: str, executed: list[str]) -> int:
    return len(executed) - 1 - executed[::-1].index(text)


def cut_power(tmp_path: Path, pragmas: tuple[str, ...]) -> Outcome:
    """Records the transactions with these settings, and cuts the power at random moments."""
    path = tmp_path / "diary.db"
    transactions = record_transactions(path)
    for pragma in pragmas:
        if "journal_mode" in pragma:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute(pragma)
    start = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    with closing(sqlite3.connect(path)) as connection:
        (steps,) = connection.execute("SELECT count(*) FROM change").fetchone()
    recorder = Recorder()
    replay(path, recorder, pragmas, transactions)
    recorder.unregister()
    assert sum(op[0] == "acknowledged" for op in recorder.ops) == TRANSACTIONS
    chance = random.Random(20261124)
    moments = sorted(chance.randrange(len(recorder.ops)) for _ in range(CUTS))
    disk, done, acknowledged = disk_with(start), 0, 0
    lost = damaged = 0
    for moment in moments:
        for op in recorder.ops[done:moment]:
            if op[0] == "acknowledged":
                acknowledged = op[1]
            else:
                disk.do(op)
        done = moment
        folder = tmp_path / "after"
        folder.mkdir()
        disk.cut(chance, folder)
        found = _steps_after(folder / "diary.db")
        shutil.rmtree(folder)
        if found is None:
            damaged += 1
        elif found - steps < acknowledged:
            lost += 1
    return Outcome(lost, damaged)


def _steps_after(path: Path) -> int | None:
    """The number of undo steps of a reopened diary; None if it is damaged."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            (steps,) = connection.execute("SELECT count(*) FROM change").fetchone()
    except sqlite3.DatabaseError:
        return None
    return int(steps)


@pytest.mark.thorough
def test_with_calmtracks_settings_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    outcome = cut_power(tmp_path, PRAGMAS)
    print(f"{CUTS} power cuts, {TRANSACTIONS} transactions, DELETE + EXTRA: {outcome}")
    assert outcome == Outcome(lost=0, damaged=0)


@pytest.mark.thorough
def test_with_sqlites_defaults_the_same_cuts_lose_acknowledged_data(tmp_path: Path) -> None:
    pragmas = ("PRAGMA foreign_keys=ON", "PRAGMA journal_mode=DELETE", "PRAGMA synchronous=FULL")
    outcome = cut_power(tmp_path, pragmas)
    print(f"{CUTS} power cuts, {TRANSACTIONS} transactions, DELETE + FULL: {outcome}")
    assert outcome.lost > 0


@pytest.mark.thorough
def test_with_wal_and_normal_the_same_cuts_lose_acknowledged_data(tmp_path: Path) -> None:
    pragmas = ("PRAGMA foreign_keys=ON", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")
    outcome = cut_power(tmp_path, pragmas)
    print(f"{CUTS} power cuts, {TRANSACTIONS} transactions, WAL + NORMAL: {outcome}")
    assert outcome.lost > 0
