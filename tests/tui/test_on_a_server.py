"""The app with a diary on a database server that is slow, or unreachable for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.postgres import Server
from tests.proxy import Line, a_line_to
from tests.tui.conftest import TODAY, AppDriver
from tests.tui.settling import PATIENCE, PendingWork
from tracker import clock
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.tui import diary_worker
from tracker.tui.app import CalmtrackApp
from tracker.tui.screens.welcome_screen import WelcomeScreen
from tracker.tui.widgets.practice_list import PracticeList


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again, or told, comes sooner than for a person."""
    monkeypatch.setattr(diary_worker, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(diary_worker, "MONITOR_SECONDS", 0.05)
    monkeypatch.setattr(diary_worker, "SLOW_AFTER", 0.5)


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The line to the server."""
    with a_line_to(server.socket) as line:
        yield line


@pytest.fixture
def server_diary(server: Server) -> Diary:
    """The diary there, begun ten days ago, reached without the line."""
    place = server.new_place()
    earlier = clock.now() - timedelta(days=10)
    Diary(place, now=lambda: earlier).create(("hug", "laughter", "nature-walk"))
    return Diary(place)


@pytest.fixture
def far(line: Line, server_diary: Diary) -> Location:
    """The same diary, reached by the line."""
    assert server_diary.location.url is not None
    options = server_diary.location.url.partition("options=")[2]
    url = f"postgresql://postgres@127.0.0.1:{line.port}/postgres?options={options}"
    return Location(None, url)


@asynccontextmanager
async def sitting_at(location: Location) -> AsyncIterator[AppDriver]:
    """The app, open; nothing is waited for."""
    app = CalmtrackApp(location, None)
    pending = PendingWork(app)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        yield AppDriver(app, pilot, pending)
    app.diary_worker.close()


async def until(holds: Callable[[], bool], driver: AppDriver) -> None:
    """Waits until something holds; not for the screen, which can be waiting itself."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, driver.text
        await asyncio.sleep(0.02)


def cursor_of(driver: AppDriver) -> int | None:
    """The row the cursor is on."""
    return driver.app.screen.query_one(PracticeList).cursor


async def test_a_slow_server_holds_no_key_up(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.delay = 1.0
        await app.pilot.press("h", "7")
        await app.pilot.press("down", "down")
        assert cursor_of(app) == 1
        assert "7 of 10" not in app.text
        await until(lambda: "slow right now" in app.words, app)
        line.delay = 0
        await until(lambda: "7 of 10" in app.text, app)
    page = server_diary.day()
    assert (page.calm, page.practices[0].amount) == (7, 1)


async def test_keys_typed_before_the_first_page_take_their_turn(
    line: Line, far: Location, server_diary: Diary
) -> None:
    line.delay = 0.01
    async with sitting_at(far) as app:
        await app.pilot.press("1", "0", "h", "h", "l", "q")
        await until(lambda: not app.app.is_running, app)
    page = server_diary.day()
    assert page.calm == 10
    assert [row.amount for row in page.practices] == [2, 1, None]


async def test_a_server_that_is_gone_for_a_while_gets_what_was_typed_when_it_is_back(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.cut()
        await app.pilot.press("h", "h", "6", "down", "l")
        await until(lambda: "reach" in app.words, app)
        assert cursor_of(app) == 1
        assert "●" not in app.text
        line.mend()
        await until(lambda: "The database is back" in app.words, app)
        await until(lambda: "Laughter: yes" in app.words or "●" in app.text, app)
        await app.settle()
    page = server_diary.day()
    assert page.calm == 6
    assert [row.amount for row in page.practices] == [2, 1, None]


async def test_a_note_stays_on_the_screen_until_it_is_written(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        await app.pilot.press("down", "n")
        await app.pilot.press(*"with", "space", *"Anna")
        line.cut()
        await app.pilot.press("enter")
        await until(lambda: "reach" in app.words, app)
        assert "with Anna" in app.text
        line.mend()
        await until(lambda: "Note saved." in app.words, app)
    assert server_diary.day().practices[0].note == "with Anna"


async def test_a_line_cut_while_the_page_is_read_presses_nothing_twice(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.delay = 0.1
        await app.pilot.press("h")
        await until(lambda: server_diary.day().practices[0].amount == 1, app)
        # The word that it is kept has come through, and the page is on its way.
        await asyncio.sleep(0.3)
        line.cut()
        await until(lambda: "reach" in app.words, app)
        line.delay = 0
        line.mend()
        await until(lambda: "Hug: 1 time" in app.words, app)
    assert server_diary.day().practices[0].amount == 1


async def test_leaving_while_it_is_gone_says_what_that_means_and_then_leaves(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.cut()
        await app.pilot.press("h")
        await until(lambda: "reach" in app.words, app)
        await app.pilot.press("q")
        await until(lambda: "Quit again" in app.words, app)
        assert app.app.is_running
        await app.pilot.press("q")
        await until(lambda: not app.app.is_running, app)
    assert server_diary.day().practices[0].amount is None


async def test_a_server_that_is_gone_at_the_start_is_waited_for(
    line: Line, far: Location, server_diary: Diary
) -> None:
    line.cut()
    async with sitting_at(far) as app:
        await app.pilot.press("h")
        await until(lambda: "reach" in app.words, app)
        assert "postgres" not in app.words
        line.mend()
        await until(lambda: "1 time" in app.text, app)
    assert server_diary.day().practices[0].amount == 1


async def test_somebody_new_is_welcomed(server: Server) -> None:
    place = server.new_place()
    async with sitting_at(place) as app:
        await app.pilot.press("h", "7")
        await until(lambda: "Good evening," in app.text, app)
        welcome = app.app.screen
        assert isinstance(welcome, WelcomeScreen)
        # Keys that were pressed before are dropped.
        await until(lambda: welcome._shown_at is not None, app)
        await app.press("enter")
        await until(lambda: "how calm did you feel" in app.text, app)
    assert Diary(place).day().calm is None
    assert not Diary(place).has_entries()


async def test_what_is_typed_for_another_day_waits_until_that_day_is_here(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.delay = 0.02
        await app.pilot.press("left", "h", "6")
        await until(lambda: "6 of 10" in app.text, app)
        await app.pilot.press("W", "escape", "escape", "l")
        await until(lambda: "Laughter: yes" in app.words, app)
    yesterday = server_diary.day(TODAY - timedelta(days=1))
    assert (yesterday.calm, yesterday.practices[0].amount) == (6, 1)
    today = server_diary.day()
    assert (today.calm, today.practices[0].amount, today.practices[1].amount) == (None, None, 1)


async def test_one_can_go_back_from_a_week_that_does_not_come(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        line.cut()
        await app.pilot.press("W")
        await until(lambda: "Hug" not in app.text, app)
        await app.pilot.press("escape")
        await until(lambda: "how calm did you feel" in app.text, app)
        line.mend()
        await app.press("h")
    assert server_diary.day().practices[0].amount == 1


async def test_a_note_box_left_while_its_note_waits_is_written_all_the_same(
    line: Line, far: Location, server_diary: Diary
) -> None:
    async with sitting_at(far) as app:
        await until(lambda: "Hug" in app.text, app)
        await app.pilot.press("n", *"rain")
        line.cut()
        await app.pilot.press("enter", "escape")
        line.mend()
        await until(lambda: app.app.diary_worker.busy_seconds == 0, app)
        await app.press("h")
        assert "1 time" in app.text
    assert server_diary.day().calm_note == "rain"
