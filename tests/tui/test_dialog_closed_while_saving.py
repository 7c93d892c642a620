"""A dialog is closed while the diary still saves: what was typed is saved, and a message says so."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.tui.conftest import TODAY, AppDriver, Open
from tests.tui.settling import PATIENCE
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.store.backups import backups_of


@asynccontextmanager
async def a_busy_diary(app: AppDriver) -> AsyncIterator[None]:
    """What is asked of the diary meanwhile waits until this ends, and then is shown."""
    free = threading.Event()
    app.app.diary_worker.submit(lambda _: free.wait(PATIENCE), lambda _: None, lambda _: None)
    try:
        yield
    finally:
        free.set()
    await app.settle()


async def type_only(app: AppDriver, text: str) -> None:
    await app.pilot.press(*("space" if c == " " else c for c in text))


async def test_a_practice_just_added(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        async with a_busy_diary(app):
            await type_only(app, "Bare feet")
            await app.pilot.press("enter", "escape")
            assert "Add a practice" not in app.text
            assert "Bare feet" not in app.text
        assert "Added Bare feet" in app.words
        assert app.line_with("Bare feet  ")
        await app.settle()
    assert "bare-feet" in [practice.id for practice in begun.practices.all()]
    assert len(backups_of(begun.location)) == 1


@pytest.mark.thorough
async def test_a_practice_just_edited(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        async with a_busy_diary(app):
            await app.pilot.press("end")
            await type_only(app, "s")
            await app.pilot.press("enter", "escape")
        await app.settle()
        assert app.line_with("› h  Hugs")
        assert len(backups_of(begun.location)) == 1


async def test_an_edit_that_has_a_question_changes_nothing_and_says_so(
    open_app: Open, three_weeks: Diary
) -> None:
    before = three_weeks.practices.all()
    async with open_app() as app:
        await app.press("P", "enter", *["down"] * 6, "end", "ctrl+u")
        async with a_busy_diary(app):
            await app.pilot.press("7", "enter", "escape")
        assert "Hug wasn't saved" in app.words
    assert three_weeks.practices.all() == before


@pytest.mark.thorough
async def test_days_off(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("Z")
        async with a_busy_diary(app):
            await app.pilot.press("enter", "escape")
        await app.settle()
        assert "rest" in app.line_with("Hug  ")
    assert {row.state for row in begun.day(TODAY).practices} == {State.REST}
    assert len(backups_of(begun.location)) == 1


@pytest.mark.thorough
async def test_an_amount(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "equals_sign")
        async with a_busy_diary(app):
            await app.pilot.press("3", "enter", "escape")
        await app.settle()
        assert "Hug: 3 times." in app.words
        assert "3 times" in app.line_with("› h  Hug")
    assert len(backups_of(begun.location)) == 1


async def test_a_note(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        async with a_busy_diary(app):
            await app.pilot.press(*"rain", "enter", "escape")
        await app.settle()
        assert "Note saved." in app.words
    assert begun.day().calm_note == "rain"
    assert len(backups_of(begun.location)) == 1


async def test_what_is_refused_is_reported_all_the_same(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "equals_sign")
        async with a_busy_diary(app):
            await app.pilot.press(*"many", "enter", "escape")
        assert "many" in app.words
    assert not begun.has_entries()
