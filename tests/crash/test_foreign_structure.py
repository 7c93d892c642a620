"""Diary files with tables or indexes that calmtrack never makes: refused, named, repaired."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.effort import some_of
from tracker.cli import app as command_line
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.importers.merge import merge
from tracker.location import Location
from tracker.store import integrity

TRIGGER = "CREATE TRIGGER bomb AFTER INSERT ON entry BEGIN DELETE FROM evening; END"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
FOREIGN = {
    "a trigger that deletes evenings": TRIGGER,
    "an endless view": f"CREATE VIEW endless AS {ENDLESS}",
    "a view in the place of a table": f"DROP TABLE kept; CREATE VIEW kept AS {ENDLESS}",
    "a table of someone else": "CREATE TABLE theirs (a)",
    "an index of someone else": "CREATE INDEX theirs ON entry (note)",
    "an index on an expression": "CREATE INDEX theirs ON entry (abs(amount))",
    "no index": "DROP INDEX ix_entry_practice_id_day",
    "one column more": "ALTER TABLE entry ADD COLUMN more TEXT",
    "a column that is computed": "ALTER TABLE entry ADD COLUMN more AS (abs(amount))",
    "a column less": "ALTER TABLE evening DROP COLUMN note",
    "no table": "DROP TABLE streak_state",
    "another type": "DROP TABLE kept; CREATE TABLE kept (key BLOB PRIMARY KEY, value TEXT NOT NULL,"
                    " updated_at TEXT NOT NULL)",
    "one check more": "DROP TABLE kept; CREATE TABLE kept (key TEXT NOT NULL,"
                      " value TEXT NOT NULL CHECK (abs(1)), updated_at TEXT NOT NULL,"
                      " CONSTRAINT pk_kept PRIMARY KEY (key))",
}  # fmt: skip


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    diary = Diary(Location(tmp_path / "diary.db"))
    diary.log("hug")
    diary.rate(6)
    return diary


def changed_copy(diary: Diary, statements: str) -> Path:
    """A copy of the diary's file, changed by SQL."""
    assert diary.location.path is not None
    copy = diary.location.path.with_name("copy.db")
    shutil.copy(diary.location.path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(statements)
    return copy


@pytest.mark.parametrize("foreign", some_of(FOREIGN, 4))
def test_a_backup_with_a_foreign_structure_is_neither_restored_nor_merged(
    diary: Diary, foreign: str
) -> None:
    copy = changed_copy(diary, FOREIGN[foreign])
    reason = "isn't the one calmtrack creates|a part of the database is missing"
    with pytest.raises(InputError, match=reason):
        diary.maintenance.restore(copy)
    with pytest.raises(InputError, match=reason):
        merge(diary, Location(copy))
    assert diary.day().calm == 6


def test_a_diary_of_every_released_schema_has_calmtracks_structure(diary: Diary) -> None:
    fixture = Path(__file__).parents[1] / "fixtures" / "diary-schema-1.db"
    diary.maintenance.restore(fixture)
    assert diary.maintenance.diagnose() == ()


def test_a_diary_that_was_analysed_by_sqlite_can_be_restored(diary: Diary) -> None:
    diary.maintenance.restore(changed_copy(diary, "ANALYZE"))
    assert diary.day().calm == 6


@pytest.mark.parametrize("command", ["status", "today", "log hug", "export", "undo"])
def test_a_diary_with_a_trigger_is_not_opened_until_it_is_repaired(
    diary: Diary, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(changed_copy(diary, TRIGGER))
    assert command_line.run(["--diary", copy, *command.split()]) == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "triggers or views" in error
    assert command_line.run(["--diary", copy, "doctor"]) == 1
    assert "trigger bomb" in capsys.readouterr().out
    assert command_line.run(["--diary", copy, "doctor", "--repair"]) == 0
    assert command_line.run(["--diary", copy, *command.split()]) == 0
    assert Diary(Location(Path(copy))).day().calm == (None if command == "undo" else 6)


def test_a_view_named_like_a_table_does_not_hang_doctor(
    diary: Diary, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(changed_copy(diary, FOREIGN["a view in the place of a table"]))
    assert command_line.run(["--diary", copy, "doctor"]) == 1
    assert "view kept" in capsys.readouterr().out


IN_USE = (
    "a table of someone else",
    "an index of someone else",
    "one column more",
    "one check more",
)


@pytest.mark.parametrize("foreign", some_of(IN_USE, 2))
def test_doctor_reports_and_removes_a_foreign_structure_in_a_diary_in_use(
    diary: Diary, foreign: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = changed_copy(diary, FOREIGN[foreign])
    assert command_line.run(["--diary", str(path), "calm", "7"]) == 0
    assert command_line.run(["--diary", str(path), "doctor"]) == 1
    out = capfd.readouterr().out
    assert f"Another program changed the diary at {path}: its " in out
    assert command_line.run(["--diary", str(path), "doctor", "--repair"]) == 0
    repaired = Diary(Location(path))
    assert repaired.day().calm == 7
    assert integrity.structure_difference(path) is None
    copy = path.with_name("one.db")
    assert command_line.run(["--diary", str(path), "backup", str(copy)]) == 0
    assert command_line.run(["--diary", str(path), "restore", str(copy)]) == 0
    assert repaired.undo() is not None
    assert repaired.day().calm == 6


@pytest.mark.parametrize("table", ["streak_state", "kept", "conflict_record", "diary_id"])
def test_a_missing_table_is_recreated_and_every_evening_stays(
    diary: Diary, table: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = diary.location.path
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"DROP TABLE {table}")
    assert command_line.run(["--diary", str(path), "doctor"]) == 1
    assert "a part of the database is missing" in capfd.readouterr().out
    assert command_line.run(["--diary", str(path), "doctor", "--repair"]) == 0
    lost = {"kept": "settings", "conflict_record": "undo history"}.get(table)
    missing = (
        f"Some of this may be missing: {lost}." if lost else "nothing is missing from the diary."
    )
    assert missing in capfd.readouterr().out
    assert integrity.diary_id(path) is not None
    evening = Diary(Location(path)).day()
    assert evening.calm == 6
    assert next(row for row in evening.practices if row.practice.id == "hug").amount == 1
