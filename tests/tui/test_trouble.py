"""What a person sees when the diary can't be read or written: one sentence, and nothing typed is
lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.conftest import OpenApp
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store import diary_file
from tracker.store.backups import backups_of


async def test_a_note_that_could_not_be_saved_stays_and_can_be_saved_again(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert new_diary.location.path is not None
    monkeypatch.setattr(diary_file, "BUSY_SECONDS", 0.3)
    new_diary.press("hug")
    with closing(sqlite3.connect(new_diary.location.path, isolation_level=None)) as other:
        async with open_app() as app:
            await app.press("down", "n")
            await app.type("with Anna")
            other.execute("BEGIN IMMEDIATE")
            await app.pilot.press("enter")
            await app.until(lambda: "Another program" in app.text)
            assert "with Anna" in app.text
            other.execute("ROLLBACK")
            await app.press("enter")
            assert "Note saved." in app.text
    assert new_diary.day().practices[0].note == "with Anna"


async def test_an_entry_that_could_not_be_saved_shows_no_mark(
    open_app: OpenApp, new_diary: Diary
) -> None:
    assert new_diary.location.path is not None
    new_diary.log("laughter", note="with Anna")
    async with open_app(120, 40) as app:
        assert "─ Notes ─" in app.text
        moved = new_diary.location.path.rename(new_diary.location.path.with_name("moved.db"))
        await app.press("h")
        # The side panel doesn't cover the message; a long path may be broken anywhere.
        sentence = f"Couldn't open the diary at {new_diary.location.path}. Check that it exists"
        assert "".join(sentence.split()) in "".join(app.words.split())
        assert "●" not in app.line_with("Hug  ")
        moved.rename(new_diary.location.path)
        await app.press("h")
        assert "1 time" in app.line_with("Hug  ")
        whole = new_diary.location.path.read_bytes()
        new_diary.location.path.write_bytes(b"")
        await app.press("h")
        assert "was emptied or replaced while calmtrack was open." in app.words
        assert new_diary.location.path.read_bytes() == b""
        new_diary.location.path.write_bytes(whole)
        await app.press("h")
        assert "2 times" in app.line_with("Hug  ")


async def test_a_diary_that_other_users_can_read_is_reported_at_the_start(
    open_app: OpenApp, new_diary: Diary
) -> None:
    assert new_diary.location.path is not None
    new_diary.location.path.chmod(0o644)
    async with open_app() as app:
        assert "doctor" in app.text


async def test_a_conflict_copy_of_a_sync_tool_is_reported_at_the_start(
    open_app: OpenApp, new_diary: Diary
) -> None:
    assert new_diary.location.path is not None
    new_diary.location.path.with_name("diary.sync-conflict-20261124-213000-ABC.db").touch()
    async with open_app() as app:
        assert "calmtrack merge" in app.words


async def test_temporary_files_of_an_interrupted_run_are_removed_at_the_start(
    open_app: OpenApp, new_diary: Diary, location: Location
) -> None:
    assert location.path is not None
    ended = 2**22 - 7
    left = location.path.with_name(f"diary.db.unfinished-{ended}")
    ours = location.path.with_name(f"diary.db.unfinished-{os.getppid()}")
    for path in (left, ours):
        path.write_bytes(b"half")
    async with open_app():
        pass
    assert not Path(left).exists()
    assert ours.exists()


async def test_a_key_that_changes_nothing_does_not_make_the_daily_backup(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("u")
        assert backups_of(new_diary.location) == ()
        await app.press("h")
        await app.settle()
    assert len(backups_of(new_diary.location)) == 1


async def test_u_after_a_restore_says_how_to_get_the_diary_from_before_back(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path
) -> None:
    new_diary.press("laughter")
    copy = tmp_path / "copy.db"
    new_diary.maintenance.back_up_to(copy)
    new_diary.press("hug")
    replaced = new_diary.maintenance.restore(copy)
    async with open_app(120, 40) as app:
        await app.press("u")
        text = "".join(app.words.split())
        assert f'run"calmtrackrestore{replaced}".' in text
        assert "●" in app.line_with("Laughter  ")
        await app.press("u")
        assert "Undid: Laughter, " in app.text
        assert "●" not in app.line_with("Laughter  ")
