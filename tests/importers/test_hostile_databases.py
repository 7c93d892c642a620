"""Databases and tables made so that reading them would never end, or take quadratic time."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats import sqlite_database
from tracker.importers.import_file import import_file
from tracker.location import Location
from tracker.store.row_mapping import practice_of

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
HABITS = "CREATE TABLE Habits (id, archived, freq_num, freq_den, name, position)"
REPETITIONS = "CREATE TABLE Repetitions (id, habit, timestamp, value)"
HOSTILE = {
    "repetitions": f"{HABITS}; CREATE VIEW Repetitions AS {ENDLESS} SELECT i AS id, 1 AS habit,"
    " 0 AS timestamp, 2 AS value FROM n",
    "habits": f"{REPETITIONS}; CREATE VIEW Habits AS {ENDLESS} SELECT i AS id, 0 AS archived,"
    " 1 AS freq_num, 1 AS freq_den, 'x' AS name, i AS position FROM n",
    "a computed column": f"{HABITS}; CREATE TABLE Repetitions (id, habit, timestamp,"
    " value AS (zeroblob(1000000000)))",
    "no repetitions": HABITS,
}


def database(path: Path, statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)
    return path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_backup_of_loop_is_rejected_at_once(tmp_path: Path, hostile: str) -> None:
    file = database(tmp_path / "loop.db", HOSTILE[hostile])
    began = time.process_time()
    with pytest.raises(InputError):
        import_file(Diary(Location(tmp_path / "diary.db")), file)
    assert time.process_time() - began < 5


def test_a_slow_query_is_interrupted_and_reported_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_database, "MAX_SECONDS", 0)
    file = database(tmp_path / "loop.db", HABITS)
    with pytest.raises(InputError), sqlite_database.open_database(file) as connection:
        connection.execute(f"{ENDLESS} SELECT max(i) FROM n").fetchall()


@pytest.fixture
def python_raises_on_ctrl_c() -> Iterator[None]:
    """Installs Python's handler of SIGINT, which shells make background processes ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("python_raises_on_ctrl_c")
def test_ctrl_c_interrupts_a_slow_query(tmp_path: Path) -> None:
    file = database(tmp_path / "loop.db", HABITS)
    interrupt = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt), sqlite_database.open_database(file) as connection:
        connection.execute(f"{ENDLESS} SELECT max(i) FROM n").fetchall()
    interrupt.join()


def test_an_import_of_many_practices_reads_each_only_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, read = 60, 0

    def counted(*arguments: object) -> object:
        nonlocal read
        read += 1
        return practice_of(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("tracker.store.reader.practice_of", counted)
    file = tmp_path / "in.csv"
    rows = "".join(f"2026-11-20,practice,p{i},Practice {i},times,1\n" for i in range(count))
    file.write_text(f"day,kind,practice,name,unit,amount\n{rows}")
    import_file(Diary(Location(tmp_path / "diary.db")), file)
    assert read < 10 * count
