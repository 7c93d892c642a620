"""A dialog is closed while the diary still saves: the input is saved, and a message reports it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.tui.conftest import TODAY, AppDriver, OpenApp
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.store.backups import backups_of
from tracker.tui.dialogs.prompt_dialog import ChoiceDialog


@asynccontextmanager
async def blocked_worker(app: AppDriver) -> AsyncIterator[None]:
    """Blocks the diary's worker thread for the duration of the block, then waits for the queued
    jobs."""
    release = threading.Event()
    app.app.diary_worker.submit(
        lambda _: release.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
    )
    try:
        yield
    finally:
        release.set()
    await app.settle()


async def type_only(app: AppDriver, text: str) -> None:
    await app.pilot.press(*("space" if c == " " else c for c in text))


async def test_an_added_practice_is_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        async with blocked_worker(app):
            await type_only(app, "Bare feet")
            await app.pilot.press("enter", "escape")
            assert "Add a practice" not in app.text
            assert "Bare feet" not in app.text
        assert "Added Bare feet" in app.words
        assert app.line_with("Bare feet  ")
        await app.settle()
    assert "bare-feet" in [practice.id for practice in new_diary.practices.all()]
    assert len(backups_of(new_diary.location)) == 1


@pytest.mark.thorough
async def test_an_edited_practice_is_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        async with blocked_worker(app):
            await app.pilot.press("end")
            await type_only(app, "s")
            await app.pilot.press("enter", "escape")
        await app.settle()
        assert app.line_with("› h  Hugs")
        assert len(backups_of(new_diary.location)) == 1


async def test_an_edit_that_needs_a_question_changes_nothing_and_reports_it(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    before = three_weeks.practices.all()
    async with open_app() as app:
        await app.press("P", "enter", *["down"] * 6, "end", "ctrl+u")
        async with blocked_worker(app):
            await app.pilot.press("7", "enter", "escape")
        assert "Hug wasn't saved" in app.words
    assert three_weeks.practices.all() == before


@pytest.mark.thorough
async def test_days_off_are_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Z")
        async with blocked_worker(app):
            await app.pilot.press("enter", "escape")
        await app.settle()
        assert "rest" in app.line_with("Hug  ")
    assert {row.state for row in new_diary.day(TODAY).practices} == {State.REST}
    assert len(backups_of(new_diary.location)) == 1


@pytest.mark.thorough
async def test_an_amount_is_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "equals_sign")
        async with blocked_worker(app):
            await app.pilot.press("3", "enter", "escape")
        await app.settle()
        assert "Hug: 3 times." in app.words
        assert "3 times" in app.line_with("› h  Hug")
    assert len(backups_of(new_diary.location)) == 1


async def test_a_note_is_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        async with blocked_worker(app):
            await app.pilot.press(*"rain", "enter", "escape")
        await app.settle()
        assert "Note saved." in app.words
    assert new_diary.day().calm_note == "rain"
    assert len(backups_of(new_diary.location)) == 1


async def test_invalid_input_is_still_reported(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "equals_sign")
        async with blocked_worker(app):
            await app.pilot.press(*"many", "enter", "escape")
        assert "many" in app.words
    assert not new_diary.has_entries()


async def test_a_dialog_that_is_answered_below_another_closes_once(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        answers: list[int | None] = []
        dialog = ChoiceDialog("Which one?", ["this", "that"])
        below = app.app.screen
        await app.app.push_screen(dialog, answers.append)
        await app.settle()
        await app.press("ctrl+p")
        assert app.app.screen is not dialog
        # As two clicks on a row, the last of which is handled after the key.
        dialog.action_select()
        dialog.action_select()
        await app.settle()
        assert answers == [0]
        assert app.app.screen is below
        await app.press("7")
    assert new_diary.day().calm == 7
