"""Databases and zips damaged as disks and downloads do it: read, or refused in one sentence that
says what to do, with the diary as it was."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.effort import by_effort
from tests.importers.factories import open_diary
from tests.importers.test_other_trackers import sample
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.importers.import_file import import_file

FILES = [
    "synthetic/synthetic.loop_v25.db",
    "small.tickmate.db",
    "loop/loop_habits_csv_v2.3.1.zip",
    "small.daylio",
    "small.dayone.zip",
    "excel/habits.xlsx",
]
DATABASES = FILES[:2]
DAMAGES = by_effort(6, 200)
"""The number of damaged copies of each file."""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content truncated, with a zeroed page, with random bytes, or with a part moved."""
    at, changed = chance.randrange(len(content)), bytearray(content)
    match chance.randrange(4):
        case 0:
            return content[:at]
        case 1:
            start = at - at % 512
            changed[start : start + 512] = bytes(len(changed[start : start + 512]))
        case 2:
            for _ in range(8):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        case _:
            changed[at:at] = content[: at // 2]
    return bytes(changed)


def is_rejected(diary: Diary, path: Path) -> bool:
    """Whether a file is rejected; asserts a one-sentence message that says what to do."""
    try:
        import_file(diary, path)
    except InputError as error:
        refusal = str(error)
    else:
        return False
    assert "othing was imported" in refusal
    assert "\n" not in refusal
    return True


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_rejected(tmp_path: Path, name: str) -> None:
    content, refusals = sample(name).read_bytes(), 0
    for seed in range(DAMAGES):
        path = tmp_path / f"damaged{Path(name).suffix}"
        path.write_bytes(damaged(content, random.Random(f"{name} {seed}")))
        diary = open_diary(tmp_path / f"{seed}.db")
        if is_rejected(diary, path):
            refusals += 1
            assert not diary.store.exists()
    assert refusals


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_without_a_table_or_a_column_is_read_or_rejected(
    tmp_path: Path, name: str
) -> None:
    with closing(sqlite3.connect(sample(name))) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        columns = [
            (table, row[1])
            for table in tables
            for row in connection.execute(f"PRAGMA table_info('{table}')")
        ]
    changes = [f"DROP TABLE '{table}'" for table in tables if not table.startswith("sqlite_")]
    changes += [f"ALTER TABLE '{t}' RENAME COLUMN '{c}' TO another" for t, c in columns]
    changes += [f"UPDATE '{t}' SET \"{c}\" = x'FF00FE'" for t, c in columns]
    random.Random(name).shuffle(changes)
    for number, change in enumerate(changes[: by_effort(6, 200)]):
        path = tmp_path / f"{number}.db"
        path.write_bytes(sample(name).read_bytes())
        with closing(sqlite3.connect(path)) as connection, connection:
            try:
                connection.execute(change)
            except sqlite3.Error:
                continue
        diary = open_diary(tmp_path / f"diary {number}.db")
        if is_rejected(diary, path):
            assert not diary.store.exists()


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_wrong_format_is_rejected_whatever_its_name(
    missing_diary: Diary, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"wrong{Path(name).suffix}"
    for content in (b"", b"\0" * 4096, b"%PDF-1.7\n%\xe2\xe3", "Größe".encode("latin-1")):
        path.write_bytes(content)
        assert is_rejected(missing_diary, path), content
    assert not missing_diary.store.exists()
