"""The fast reader: it never blocks a writer, never waits long, and is right after a crash."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.diary.factories import TODAY, Clock, ago
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.models import Entry, EntryState
from tracker.store.fast_reader import read_today
from tracker.store.writer import Writer

pytestmark = [pytest.mark.about_a_file, pytest.mark.any_day]

DIE_HALFWAY = """
import os, signal, sqlite3, sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=DELETE")
connection.execute("PRAGMA synchronous=EXTRA")
connection.execute("PRAGMA cache_size=1")
connection.execute("PRAGMA cache_spill=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE entry SET amount = 99, note = hex(randomblob(900))")
connection.execute("UPDATE evening SET calm = 0")
connection.execute("UPDATE practice SET name = 'half'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def path_of(diary: Diary) -> Path:
    """The path of a diary's file."""
    assert diary.location.path is not None
    return diary.location.path


def test_gives_up_on_a_locked_file_within_half_a_second(diary: Diary, clock: Clock) -> None:
    diary.rate(7)
    with closing(sqlite3.connect(path_of(diary), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        taken: list[float] = []
        while min(taken, default=1.0) >= 0.5 and len(taken) < 20:
            started = time.monotonic()
            assert today_view(diary.location, clock) is None
            taken.append(time.monotonic() - started)
        # The fastest of up to 20: a busy machine delays some calls, a slow reader all of them.
        assert min(taken) < 0.5


def test_reads_beside_a_writer_that_has_not_committed_yet(diary: Diary, clock: Clock) -> None:
    diary.rate(7)
    with closing(sqlite3.connect(path_of(diary), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE evening SET calm = 0")
        page = today_view(diary.location, clock)
    assert page is not None
    assert page.calm == 7


def test_leaves_no_lock_and_changes_nothing(diary: Diary, clock: Clock) -> None:
    before = path_of(diary).read_bytes()
    today_view(diary.location, clock)
    assert path_of(diary).read_bytes() == before
    with closing(sqlite3.connect(path_of(diary), timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")


def test_reads_a_limited_number_of_days_of_a_long_diary(diary: Diary) -> None:
    def save(writer: Writer) -> None:
        writer.save_entries(
            [Entry(ago(n), "hug", EntryState.LOGGED, 1, "", None) for n in range(4000)]
        )

    diary.change("import", "x", save)
    rows = read_today(diary.location, lambda _: TODAY)
    assert rows is not None
    assert len(rows.entries) < 10
    assert rows.first_entry["hug"] == ago(3999)


def test_returns_nothing_for_an_older_revision(diary: Diary, clock: Clock) -> None:
    with closing(sqlite3.connect(path_of(diary))) as other:
        other.execute("PRAGMA user_version = 0")
    assert today_view(diary.location, clock) is None


def test_returns_nothing_for_what_is_not_a_file(tmp_path: Path, clock: Clock) -> None:
    assert today_view(Location(tmp_path), clock) is None
    with pytest.raises(CalmtrackError, match="is a folder, not a diary"):
        Diary(Location(tmp_path), now=clock).day()


class TestAfterAWriterWasKilled:
    @pytest.fixture
    def killed(self, diary: Diary) -> Diary:
        """A diary of many pages whose writer was killed by SIGKILL in the middle of a change."""

        def save(writer: Writer) -> None:
            writer.save_entries(
                [Entry(ago(n), "hug", EntryState.LOGGED, n % 3, "x" * 900, None) for n in range(60)]
            )

        diary.change("import", "x", save)
        diary.rate(7)
        before = path_of(diary).read_bytes()
        died = subprocess.run([sys.executable, "-c", DIE_HALFWAY, path_of(diary)], timeout=120)
        assert died.returncode == -signal.SIGKILL
        assert journal_of(diary).stat().st_size > 0
        assert path_of(diary).read_bytes() != before
        return diary

    def test_sqlite_refuses_a_read_only_connection(self, killed: Diary) -> None:
        with closing(sqlite3.connect(f"file:{path_of(killed)}?mode=ro", uri=True)) as connection:
            with pytest.raises(sqlite3.OperationalError) as refused:
                connection.execute("SELECT * FROM practice")
            assert refused.value.sqlite_errorname == "SQLITE_READONLY_ROLLBACK"

    def test_the_fast_reader_returns_what_was_acknowledged(
        self, killed: Diary, clock: Clock
    ) -> None:
        page = today_view(killed.location, clock)
        assert page is not None
        assert (page.calm, page.practices[0].practice.name) == (7, "Hug")
        assert page.practices[0].amount == 0
        assert not journal_of(killed).exists()
        assert page == killed.day()

    def test_the_diary_returns_it_too(self, killed: Diary, clock: Clock) -> None:
        assert Diary(killed.location, now=clock).day().calm == 7
        assert not journal_of(killed).exists()

    def test_the_next_change_is_saved(self, killed: Diary, clock: Clock) -> None:
        again = Diary(killed.location, now=clock)
        again.rate(9)
        assert again.day().calm == 9
        with again.store.reading() as reader:
            assert (
                reader.connection.core.exec_driver_sql("PRAGMA integrity_check").scalar_one()
                == "ok"
            )

    def test_the_fast_reader_gives_up_while_another_program_rolls_back(
        self, killed: Diary, clock: Clock, tmp_path: Path
    ) -> None:
        with closing(sqlite3.connect(path_of(killed), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert today_view(killed.location, clock) is None


def journal_of(diary: Diary) -> Path:
    """The rollback journal beside the file."""
    return path_of(diary).with_name("diary.db-journal")
