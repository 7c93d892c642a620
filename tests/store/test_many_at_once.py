"""Several windows, prompts and scripts use one diary at the same time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.diary.factories import Clock, row_of
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store import integrity
from tracker.store.fast_reader import read_today

ROOT = Path(__file__).parents[2]

LOG_THIRTY_TIMES = """
import sys
from tests.diary.factories import Clock
from tracker.diary.diary import Diary
from tracker.location import resolve_location

for n in range(30):
    Diary(resolve_location(sys.argv[1]), now=Clock()).press("hug")
"""

BEGIN = """
import sys
from tests.diary.factories import Clock
from tracker.diary.diary import Diary
from tracker.location import resolve_location

diary = Diary(resolve_location(sys.argv[1]), now=Clock())
print("ready", flush=True)
sys.stdin.readline()
diary.press("hug")
"""


def start(script: str, location: Location) -> subprocess.Popen[str]:
    """Starts a child process that runs a script on a diary."""
    return subprocess.Popen(
        [sys.executable, "-c", script, location.url or str(location.path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.thorough
def test_three_writers_lose_nothing(diary: Diary) -> None:
    running = [start(LOG_THIRTY_TIMES, diary.location) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    assert row_of(diary, "hug").amount == 90
    for _ in range(90):
        diary.undo()
    assert row_of(diary, "hug").amount is None
    assert diary.undo() is None


def test_writers_in_one_process_lose_nothing(diary: Diary) -> None:
    with ThreadPoolExecutor(4) as pool:
        for pressed in [pool.submit(diary.press, "hug") for _ in range(60)]:
            pressed.result()
    assert row_of(diary, "hug").amount == 60


def test_readers_beside_a_writer_see_whole_steps(diary: Diary) -> None:
    def read_day() -> None:
        for _ in range(20):
            with diary.stream() as (_, entries, _evenings):
                assert len(list(entries)) % 7 == 0

    with ThreadPoolExecutor(3) as pool:
        reading = [pool.submit(read_day) for _ in range(2)]
        for _ in range(10):
            diary.rest(("hug",), diary.today(), diary.today().fromordinal(_log_six_days(diary)))
            diary.undo()
        for one in reading:
            one.result()


def _log_six_days(diary: Diary) -> int:
    return diary.today().toordinal() + 6


TRY_TO_WRITE = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    other.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error.sqlite_errorname)
"""


@pytest.mark.about_a_file
@pytest.mark.parametrize(
    "read_day",
    [
        lambda diary: Diary(diary.location).day(),
        lambda diary: read_today(diary.location, lambda _: diary.today()),
        lambda diary: diary.maintenance.clean_up(),
        lambda diary: diary.maintenance.diagnose(),
        lambda diary: diary.maintenance.remarks(),
        lambda diary: diary.maintenance.back_up_daily(),
        lambda diary: integrity.has_application_id(diary.location.path),
        lambda diary: integrity.find_damage(diary.location.path),
    ],
    ids=["store", "first frame", "start", "doctor", "remarks", "backup", "erase", "damage"],
)
def test_reading_the_file_drops_no_lock_of_another_thread(
    diary: Diary, read_day: Callable[[Diary], object]
) -> None:
    # Closing a file drops every POSIX lock of the process on it, whichever thread holds it.
    path = str(diary.location.path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE kept SET updated_at = updated_at")
        read_day(diary)
        other = subprocess.run(
            [sys.executable, "-S", "-c", TRY_TO_WRITE, path],
            capture_output=True,
            text=True,
            check=True,
        )
        assert other.stdout == "SQLITE_BUSY\n"
        writing.execute("COMMIT")


@pytest.mark.thorough
def test_two_processes_can_create_the_same_diary_at_once(location: Location) -> None:
    running = [start(BEGIN, location) for _ in range(2)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    diary = Diary(location, now=Clock())
    assert row_of(diary, "hug").amount == 2
    assert len({p.id for p in diary.practices.all()}) == len(diary.practices.all()) > 0


def test_threads_can_create_the_same_diary_at_once(location: Location) -> None:
    with ThreadPoolExecutor(4) as pool:
        for pressed in [pool.submit(Diary(location, now=Clock()).press, "hug") for _ in range(4)]:
            pressed.result()
    assert row_of(Diary(location, now=Clock()), "hug").amount == 4
