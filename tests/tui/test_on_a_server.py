"""The app with a diary on a database server that is slow, or unreachable for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual import events

from tests.postgres import Server
from tests.proxy import Proxy, proxy_to
from tests.tui.conftest import TODAY, AppDriver
from tests.tui.settling import TIMEOUT_SECONDS, PendingWork
from tracker import clock
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.tui import diary_worker
from tracker.tui.app import CalmtrackApp
from tracker.tui.screens.welcome_screen import WelcomeScreen
from tracker.tui.widgets.practice_list import PracticeList


@pytest.fixture(autouse=True)
def short_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shortens the intervals of retries and of the connection's messages."""
    monkeypatch.setattr(diary_worker, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(diary_worker, "MONITOR_SECONDS", 0.05)
    monkeypatch.setattr(diary_worker, "SLOW_AFTER", 0.5)


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """A proxy to the server."""
    with proxy_to(server.socket) as proxy:
        yield proxy


@pytest.fixture
def server_diary(server: Server) -> Diary:
    """A diary on the server, created ten days ago, reached without the proxy."""
    location = server.new_location()
    earlier = clock.now() - timedelta(days=10)
    Diary(location, now=lambda: earlier).create(("hug", "laughter", "nature-walk"))
    return Diary(location)


@pytest.fixture
def proxied(proxy: Proxy, server_diary: Diary) -> Location:
    """The location of the same diary through the proxy."""
    assert server_diary.location.url is not None
    options = server_diary.location.url.partition("options=")[2]
    url = f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres?options={options}"
    return Location(None, url)


@asynccontextmanager
async def open_without_waiting(location: Location) -> AsyncIterator[AppDriver]:
    """Opens the app and returns without waiting for its first page."""
    app = CalmtrackApp(location, None)
    pending = PendingWork(app)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        yield AppDriver(app, pilot, pending)
    app.diary_worker.close()


async def until(condition: Callable[[], bool], driver: AppDriver) -> None:
    """Polls until the condition is true, without waiting for the app to become idle: it may be
    waiting for the server."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while not condition():
        assert time.monotonic() < end, driver.text
        await asyncio.sleep(0.02)


def cursor_of(driver: AppDriver) -> int | None:
    """The index of the row with the cursor."""
    return driver.app.screen.query_one(PracticeList).cursor


async def test_a_slow_server_delays_no_key(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.delay = 1.0
        await app.pilot.press("h", "7")
        await app.pilot.press("down", "down")
        assert cursor_of(app) == 1
        assert "7 of 10" not in app.text
        await until(lambda: "slow right now" in app.words, app)
        proxy.delay = 0
        await until(lambda: "7 of 10" in app.text, app)
    page = server_diary.day()
    assert (page.calm, page.practices[0].amount) == (7, 1)


async def test_keys_pressed_before_the_first_page_are_handled_in_order(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    proxy.delay = 0.01
    async with open_without_waiting(proxied) as app:
        await app.pilot.press("1", "0", "h", "h", "l", "q")
        await until(lambda: not app.app.is_running, app)
    page = server_diary.day()
    assert page.calm == 10
    assert [row.amount for row in page.practices] == [2, 1, None]


async def test_entries_logged_during_an_outage_are_saved_afterwards(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.cut()
        await app.pilot.press("h", "h", "6", "down", "l")
        await until(lambda: "reach" in app.words, app)
        assert cursor_of(app) == 1
        assert "●" not in app.text
        proxy.accept_again()
        await until(lambda: "The database is back" in app.words, app)
        await until(lambda: "Laughter: yes" in app.words or "●" in app.text, app)
        await app.settle()
    page = server_diary.day()
    assert page.calm == 6
    assert [row.amount for row in page.practices] == [2, 1, None]


async def test_a_note_stays_on_the_screen_until_it_is_saved(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        await app.pilot.press("down", "n")
        await app.pilot.press(*"with", "space", *"Anna")
        proxy.cut()
        await app.pilot.press("enter")
        await until(lambda: "reach" in app.words, app)
        assert "with Anna" in app.text
        proxy.accept_again()
        await until(lambda: "Note saved." in app.words, app)
    assert server_diary.day().practices[0].note == "with Anna"


async def lose_connection(proxy: Proxy, app: AppDriver) -> None:
    """Cuts the connection after a moment, and accepts a new one once the app says so."""
    await asyncio.sleep(0.3)
    proxy.cut()
    await until(lambda: "reach" in app.words, app)
    proxy.delay = 0
    proxy.accept_again()


async def test_a_connection_lost_while_the_page_is_read_logs_nothing_twice(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.delay = 0.1
        await app.pilot.press("h")
        await until(lambda: server_diary.day().practices[0].amount == 1, app)
        # The commit was confirmed, and the page is being sent.
        await lose_connection(proxy, app)
        await until(lambda: "Hug: 1 time" in app.words, app)
    assert server_diary.day().practices[0].amount == 1


async def test_a_connection_lost_while_the_message_is_read_takes_nothing_away_twice(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    server_diary.log("hug", amount=3)
    async with open_without_waiting(proxied) as app:
        await until(lambda: "3 times" in app.text, app)
        await app.pilot.press("down")
        proxy.delay = 0.1
        await app.pilot.press("minus")
        await until(lambda: server_diary.day().practices[0].amount == 2, app)
        # The commit was confirmed, and the day is being read again for the message.
        await lose_connection(proxy, app)
        await until(lambda: "2 times" in app.text, app)
    assert server_diary.day().practices[0].amount == 2


async def test_quitting_during_an_outage_warns_about_unsaved_changes_first(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.cut()
        await app.pilot.press("h")
        await until(lambda: "reach" in app.words, app)
        await app.pilot.press("q")
        await until(lambda: "Quit again" in app.words, app)
        assert app.app.is_running
        app.app.clear_notifications()
        await app.pilot.press("l", "q")
        await until(lambda: "Quit again" in app.words, app)
        assert app.app.is_running
        await app.pilot.press("q")
        await until(lambda: not app.app.is_running, app)
    assert server_diary.day().practices[0].amount is None


async def test_the_app_waits_for_a_server_that_is_down_at_the_start(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    proxy.cut()
    async with open_without_waiting(proxied) as app:
        await app.pilot.press("h")
        await until(lambda: "reach" in app.words, app)
        assert "postgres" not in app.words
        proxy.accept_again()
        await until(lambda: "1 time" in app.text, app)
    assert server_diary.day().practices[0].amount == 1


async def test_a_new_user_is_welcomed(server: Server) -> None:
    location = server.new_location()
    async with open_without_waiting(location) as app:
        await app.pilot.press("h", "7")
        await until(lambda: "Good evening," in app.text, app)
        welcome = app.app.screen
        assert isinstance(welcome, WelcomeScreen)
        # Keys pressed before the welcome screen are dropped.
        await until(lambda: welcome._shown_at is not None, app)
        await app.press("enter")
        await until(lambda: "how calm did you feel" in app.text, app)
    assert Diary(location).day().calm is None
    assert not Diary(location).has_entries()


async def test_keys_for_another_day_are_handled_once_it_is_loaded(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.delay = 0.02
        await app.pilot.press("left", "h", "6")
        await until(lambda: "6 of 10" in app.text, app)
        await app.pilot.press("W", "escape", "escape", "l")
        await until(lambda: "Laughter: yes" in app.words, app)
    yesterday = server_diary.day(TODAY - timedelta(days=1))
    assert (yesterday.calm, yesterday.practices[0].amount) == (6, 1)
    today = server_diary.day()
    assert (today.calm, today.practices[0].amount, today.practices[1].amount) == (None, None, 1)


async def test_escape_leaves_a_week_that_does_not_load(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        proxy.cut()
        await app.pilot.press("W")
        await until(lambda: "Hug" not in app.text, app)
        await app.pilot.press("escape")
        await until(lambda: "how calm did you feel" in app.text, app)
        proxy.accept_again()
        await app.press("h")
    assert server_diary.day().practices[0].amount == 1


async def test_a_note_whose_dialog_was_closed_during_an_outage_is_saved(
    proxy: Proxy, proxied: Location, server_diary: Diary
) -> None:
    async with open_without_waiting(proxied) as app:
        await until(lambda: "Hug" in app.text, app)
        await app.pilot.press("n", *"rain")
        proxy.cut()
        await app.pilot.press("enter", "escape")
        proxy.accept_again()
        await until(lambda: app.app.diary_worker.busy_seconds == 0, app)
        await app.press("h")
        assert "1 time" in app.text
    assert server_diary.day().calm_note == "rain"


async def test_a_change_by_another_computer_is_named_once_the_terminal_has_the_focus_again(
    server_diary: Diary,
) -> None:
    async with open_without_waiting(server_diary.location) as app:
        await until(lambda: "Overall, how calm" in app.text, app)
        await app.press("h")
        Diary(server_diary.location).press("laughter")
        app.app.post_message(events.AppFocus())
        await until(lambda: "Changed outside this window: Laughter." in app.text, app)
