"""Keys that are quicker than the diary: no screen shows another day than the chosen one, and a key
acts on that one."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.tui.conftest import TODAY, AppDriver, OpenApp
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary


@asynccontextmanager
async def slow_diary(app: AppDriver) -> AsyncIterator[None]:
    """Holds the diary's thread; at the end waits until it has answered all that came meanwhile."""
    released = threading.Event()
    app.app.diary_worker.submit(
        lambda _: released.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
    )
    try:
        yield
    finally:
        released.set()
        await app.settle()


async def press(app: AppDriver, *keys: str) -> None:
    """Presses keys without waiting for the diary."""
    await app.pilot.press(*keys)


async def test_a_day_opened_from_another_screen_is_never_shown_as_another_day(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    three_weeks.log("hug", TODAY, amount=4)
    for screen in "YCJ":
        async with open_app() as app:
            await app.press(screen, "left" if screen != "J" else "down")
            async with slow_diary(app):
                await press(app, "enter")
                assert "Mon 23 Nov" in app.lines[0] or "Monday 23 November" in app.lines[0]
                assert "4 times" not in app.text
                assert "Overall, how calm" not in app.text
                await press(app, "9")
            assert "How calm did you feel on Monday" in app.text
            assert "9 of 10" in app.text
            await app.press("T")
            assert "4 times" in app.text
            await app.press("q")
    assert three_weeks.day(TODAY - timedelta(days=1)).calm == 9
    assert three_weeks.day(TODAY).calm is None


async def test_tonight_is_never_shown_as_a_past_day(open_app: OpenApp, three_weeks: Diary) -> None:
    three_weeks.log("hug", TODAY - timedelta(days=1), amount=4)
    async with open_app() as app:
        await app.press("left")
        assert "4 times" in app.text
        await app.press("W")
        async with slow_diary(app):
            await press(app, "T")
            assert "24 Nov" in app.lines[0]
            assert "4 times" not in app.text
        assert "Overall, how calm did you feel today?" in app.text


async def test_enter_opens_the_day_that_was_chosen_before_its_page_is_read(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    for keys, day in (
        (("Y", "["), "Mon 24 Nov 2025 · past day"),
        (("C", "["), "Tue 27 Oct · 28 d"),
    ):
        async with open_app() as app:
            await app.press(keys[0])
            async with slow_diary(app):
                await press(app, *keys[1:], "enter")
            assert day in app.text
            await app.press("q")


async def test_a_dialog_that_takes_long_to_read_says_so_and_no_earlier_key_answers_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        async with slow_diary(app):
            await press(app, "F")
            await app.until(lambda: "One moment…" in app.text)
            await press(app, "enter", "7")
        assert "Coin-flip month: which practice?" in app.text
        assert "One moment…" not in app.text
        await app.press("escape", "F", "enter")
    assert new_diary.day().calm is None
    month = new_diary.coin_month.active()
    assert month is not None, "an enter once it is shown does answer it"
