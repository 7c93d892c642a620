"""A box left while the diary is still at work on it: what was typed is kept, and told of."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.tui.conftest import PATIENCE, TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.store.backups import backups_of


@asynccontextmanager
async def a_busy_diary(evening: Sitting) -> AsyncIterator[None]:
    """What is asked of the diary meanwhile waits until this ends, and then is shown."""
    free = threading.Event()
    evening.app.diary_worker.submit(lambda _: free.wait(PATIENCE), lambda _: None, lambda _: None)
    try:
        yield
    finally:
        free.set()
    await evening.settle()


async def type_only(evening: Sitting, text: str) -> None:
    await evening.pilot.press(*("space" if c == " " else c for c in text))


async def test_a_practice_just_added(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "plus")
        async with a_busy_diary(evening):
            await type_only(evening, "Bare feet")
            await evening.pilot.press("enter", "escape")
            assert "A practice of your own" not in evening.text
            assert "Bare feet" not in evening.text
        assert "Added Bare feet" in evening.words
        assert evening.line_with("Bare feet  ")
        await evening.settle()
    assert "bare-feet" in [practice.id for practice in begun.practices.all()]
    assert len(backups_of(begun.place)) == 1


async def test_a_practice_just_edited(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        async with a_busy_diary(evening):
            await type_only(evening, "s")
            await evening.pilot.press("enter", "escape")
        await evening.settle()
        assert evening.line_with("› h  Hugs")
        assert len(backups_of(begun.place)) == 1


async def test_an_edit_that_has_a_question_changes_nothing_and_says_so(
    sit_down: Open, three_weeks: Diary
) -> None:
    before = three_weeks.practices.all()
    async with sit_down() as evening:
        await evening.press("P", "enter", *["down"] * 6, "end", "ctrl+u")
        async with a_busy_diary(evening):
            await evening.pilot.press("7", "enter", "escape")
        assert "Hug is as it was" in evening.words
    assert three_weeks.practices.all() == before


async def test_days_off(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("plus")
        async with a_busy_diary(evening):
            await evening.pilot.press("enter", "escape")
        await evening.settle()
        assert "rest" in evening.line_with("Hug  ")
    assert {row.state for row in begun.day(TODAY).practices} == {State.REST}
    assert len(backups_of(begun.place)) == 1


async def test_an_amount(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "equals_sign")
        async with a_busy_diary(evening):
            await evening.pilot.press("3", "enter", "escape")
        await evening.settle()
        assert "Hug: 3 times." in evening.words
        assert "3 times" in evening.line_with("› h  Hug")
    assert len(backups_of(begun.place)) == 1


async def test_a_note(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        async with a_busy_diary(evening):
            await evening.pilot.press(*"rain", "enter", "escape")
        await evening.settle()
        assert "Note kept." in evening.words
    assert begun.day().calm_note == "rain"
    assert len(backups_of(begun.place)) == 1


async def test_what_is_refused_is_told_all_the_same(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "equals_sign")
        async with a_busy_diary(evening):
            await evening.pilot.press(*"many", "enter", "escape")
        assert "many" in evening.words
    assert not begun.has_entries()
