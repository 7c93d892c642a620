"""How a diary file is opened: the PRAGMAs of every real connection."""

from __future__ import annotations

import importlib
import logging
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from tests import sqlite_trace
from tests.diary.factories import TODAY, Clock, ago
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.store import sqlite_statements
from tracker.store.diary_file import journal_of

pytestmark = pytest.mark.about_a_file

AT = "2026-11-24T20:30:00.000000Z"


def path_of(diary: Diary) -> Path:
    """The path of a diary's file."""
    assert diary.location.path is not None
    return diary.location.path


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5000),
    ],
)
def test_a_setting_is_in_force_for_readers_and_writers(
    diary: Diary, setting: str, value: object
) -> None:
    with diary.store.reading() as reader:
        assert reader.connection.core.exec_driver_sql(f"PRAGMA {setting}").scalar_one() == value
    with diary.store.writing(AT) as writer:
        assert writer.connection.core.exec_driver_sql(f"PRAGMA {setting}").scalar_one() == value


def test_a_write_transaction_begins_with_a_lock(diary: Diary) -> None:
    diary.press("laughter")
    with sqlite_trace.statements() as executed:
        diary.press("hug")
    assert [s for s in executed if s.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]


def test_a_read_transaction_begins_without_a_lock(diary: Diary) -> None:
    with sqlite_trace.statements() as executed:
        diary.day()
    assert {s for s in executed if s.startswith("BEGIN")} == {"BEGIN"}


def can_write_now(path: Path) -> bool:
    """Whether another connection can write to the file at this moment."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")
    return True


def test_no_query_and_no_change_leaves_a_lock(diary: Diary, clock: Clock) -> None:
    path = path_of(diary)
    for ask in (
        diary.day,
        diary.week,
        diary.streaks,
        diary.practices.all,
        diary.today,
        diary.has_entries,
        diary.undo,
        lambda: diary.explain("hug"),
        lambda: diary.press("hug"),
        lambda: today_view(diary.location, clock),
    ):
        ask()
        assert can_write_now(path)


def test_a_stream_that_is_closed_early_leaves_no_lock(
    diary: Diary,
) -> None:
    for n in range(3000, 0, -1000):
        diary.rest(("hug", "laughter"), ago(n), ago(n - 366))
    with diary.stream() as (_, entries, evenings):
        assert next(entries).day == ago(3000)
        assert list(evenings) == []
    assert can_write_now(path_of(diary))
    diary.press("hug")


def test_an_error_while_reading_leaves_no_lock(diary: Diary) -> None:
    diary.press("hug")
    with pytest.raises(ZeroDivisionError), diary.stream() as (_, entries, _evenings):
        _ = next(entries).day.year / 0
    assert can_write_now(path_of(diary))


def test_a_query_never_creates_a_missing_file(location: Location, clock: Clock) -> None:
    diary = Diary(location, now=clock)
    for ask in (diary.day, diary.week, diary.streaks, diary.undo, diary.redo, diary.is_new):
        ask()
    assert today_view(location, clock) is None
    assert location.path is not None
    assert list(location.path.parent.iterdir()) == []


def test_a_file_deleted_while_the_app_is_open_is_not_created_again(diary: Diary) -> None:

    diary.day()
    path_of(diary).unlink()
    with pytest.raises(CalmtrackError, match="Couldn't open"):
        diary.day()
    with pytest.raises(CalmtrackError, match="Couldn't open"):
        diary.press("hug")
    assert not path_of(diary).exists()


def test_a_file_replaced_while_the_app_is_open_is_read(
    diary: Diary, tmp_path: Path, clock: Clock
) -> None:
    other = Diary(Location(tmp_path / "other.db"), now=clock)
    other.rate(9)
    diary.rate(1)
    path_of(other).rename(path_of(diary))
    assert diary.day(TODAY).calm == 9


def test_log_records_of_sqlalchemy_are_not_printed(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module("tracker.store.engine")
    # Without pytest's own log handlers, as in production.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    logging.getLogger("sqlalchemy.pool.impl.NullPool").error("Exception closing connection")
    assert capfd.readouterr() == ("", "")


def test_sqlalchemy_never_closes_the_connection_of_a_transaction(diary: Diary) -> None:
    diary.rate(7)
    unfinished: list[Generator[object, None, None]] = []

    def change() -> None:
        with diary.store.writing(AT) as writer:
            writer.remember("gentle_muted", True)
            unfinished.append(writer.connection.batches(sqlite_statements.PRACTICES, 1))
            next(unfinished[0])
            # SQLAlchemy can't register its SQL functions while a statement is unfinished.
            assert writer.connection.core is None

    with pytest.raises(CalmtrackError):
        change()
    assert not journal_of(path_of(diary)).exists()
    with diary.store.reading() as reader:
        assert "gentle_muted" not in reader.app_state()


def test_an_interrupted_statement_of_sqlalchemy_is_rolled_back(diary: Diary) -> None:
    diary.rate(7)

    def change() -> None:
        with diary.store.writing(AT) as writer, pytest.MonkeyPatch.context() as patch:
            core = writer.connection.core
            core.exec_driver_sql("DELETE FROM evening")
            patch.setattr(core.dialect, "do_execute", interrupt)
            core.exec_driver_sql("DELETE FROM entry")

    with pytest.raises(KeyboardInterrupt):
        change()
    assert not journal_of(path_of(diary)).exists()
    assert diary.day().calm == 7


def interrupt(*_: object, **__: object) -> None:
    """Interrupts a statement like ctrl+c."""
    raise KeyboardInterrupt
