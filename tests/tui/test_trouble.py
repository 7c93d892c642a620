"""What a person sees when the diary can't be read or written: one sentence, and nothing typed is
lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.conftest import Open
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.store import diary_file
from tracker.store.backups import backups_of


async def test_a_note_that_could_not_be_kept_stays_and_can_be_kept_again(
    open_app: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begun.location.path is not None
    monkeypatch.setattr(diary_file, "BUSY_SECONDS", 0.3)
    begun.press("hug")
    with closing(sqlite3.connect(begun.location.path, isolation_level=None)) as other:
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
    assert begun.day().practices[0].note == "with Anna"


async def test_a_key_that_could_not_be_kept_shows_no_mark(open_app: Open, begun: Diary) -> None:
    assert begun.location.path is not None
    begun.log("laughter", note="with Anna")
    async with open_app(120, 40) as app:
        assert "─ Notes ─" in app.text
        moved = begun.location.path.rename(begun.location.path.with_name("moved.db"))
        await app.press("h")
        # The side panel covers none of it; a long path is broken anywhere.
        sentence = f"Couldn't open the diary at {begun.location.path}. Check that it exists"
        assert "".join(sentence.split()) in "".join(app.words.split())
        assert "●" not in app.line_with("Hug  ")
        moved.rename(begun.location.path)
        await app.press("h")
        assert "1 time" in app.line_with("Hug  ")


async def test_a_diary_others_can_look_into_is_reported_at_the_start(
    open_app: Open, begun: Diary
) -> None:
    assert begun.location.path is not None
    begun.location.path.chmod(0o644)
    async with open_app() as app:
        assert "doctor" in app.text


async def test_a_second_version_left_by_a_sync_tool_is_reported_at_the_start(
    open_app: Open, begun: Diary
) -> None:
    assert begun.location.path is not None
    begun.location.path.with_name("diary.sync-conflict-20261124-213000-ABC.db").touch()
    async with open_app() as app:
        assert "calmtrack merge" in app.words


async def test_a_start_removes_what_an_interrupted_one_left_half_written(
    open_app: Open, begun: Diary, location: Location
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


async def test_a_key_that_changed_nothing_does_not_use_up_the_days_backup(
    open_app: Open, begun: Diary
) -> None:
    async with open_app() as app:
        await app.press("u")
        assert backups_of(begun.location) == ()
        await app.press("h")
        await app.settle()
    assert len(backups_of(begun.location)) == 1
