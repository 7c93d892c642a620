"""An evening in a browser: the page, the app in it, and how both end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.postgres import Server
from tests.web.serving import Page, ServerProcess, have_ended, serving
from tracker.diary.diary import Diary
from tracker.location import Location

pytestmark = pytest.mark.thorough

QUESTION = "how calm did you feel"


@asynccontextmanager
async def page_of(server: ServerProcess) -> AsyncIterator[Page]:
    """Opens the URL as a browser does, and its websocket."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(server.address) as response:
            assert response.status == 200
        origin = {"Origin": f"http://{server.name}"}
        address = f"ws://{server.name}{server.base_path}ws?width=80&height=24"
        async with browser.ws_connect(address, headers=origin) as websocket:
            yield Page(websocket)


def create_diary(location: Location) -> Diary:
    """Creates a diary, so that no welcome screen is shown."""
    diary = Diary(location)
    diary.press("laughter")
    return diary


async def test_keys_pressed_in_a_browser_are_saved(tmp_path: Path) -> None:
    # A name with spaces and shell characters.
    place = Location(tmp_path / "Anna's diary; touch me $(date)" / "diary.db")
    diary = create_diary(place)
    with serving(tmp_path, "--diary", str(place.path)) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            await page.press("h")
            await page.wait_for("1 time")
            await page.press("7")
            await page.wait_for("Sleep well")
            apps = server.apps
            assert len(apps) == 1
            assert diary.day().practices[0].amount == 1
            assert await asyncio.to_thread(server.ends) == 0
            await page.wait_for_end()
        assert have_ended(apps)
    assert diary.day().calm == 7
    assert [path.name for path in tmp_path.iterdir()] == [place.path.parent.name]  # type: ignore[union-attr]


async def test_a_diary_in_a_database_and_its_password_is_in_no_list_of_processes(
    tmp_path: Path, server: Server
) -> None:
    place = server.new_location()
    diary = create_diary(place)
    url = str(place.url) + "&password=sesame"
    with serving(tmp_path, env={"CALMTRACK_DATABASE_URL": url}) as running:
        async with page_of(running) as page:
            await page.wait_for(QUESTION)
            await page.press("h")
            await page.wait_for("1 time")
            for process in (running.process.pid, *running.apps):
                words = Path(f"/proc/{process}/cmdline")
                assert not words.exists() or b"sesame" not in words.read_bytes()
    assert diary.day().practices[0].amount == 1


async def test_leaving_the_app_closes_its_page(tmp_path: Path) -> None:
    create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            apps = server.apps
            await page.press("q")
            await page.wait_for_end()
            assert have_ended(apps)


async def test_closing_a_page_saves_the_input_and_ends_its_app(tmp_path: Path) -> None:
    diary = create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            apps = server.apps
            await page.press("hhl")
            await page.wait_for("2 times")
        assert have_ended(apps)
        assert server.process.poll() is None
    assert [row.amount for row in diary.day().practices[:2]] == [2, 1]


async def test_an_app_ends_when_its_server_is_killed(tmp_path: Path) -> None:
    diary = create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            apps = server.apps
            await page.press("h")
            await page.wait_for("1 time")
            assert server.ends(signal.SIGKILL) == -signal.SIGKILL
            assert have_ended(apps)
    assert diary.day().practices[0].amount == 1


async def test_an_app_that_fails_to_start_closes_its_page(tmp_path: Path) -> None:
    path = tmp_path / "diary.db"
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        path.write_text("a letter that was saved under the wrong name")
        async with page_of(server) as page:
            await page.wait_for_end()
        assert server.ends() == 0
        assert server.process.stdout is not None
        assert "isn't a calmtrack diary" in server.process.stdout.read()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_stops_the_server(tmp_path: Path, number: int, code: int) -> None:
    with serving(tmp_path) as server:
        assert server.ends(number) == code


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "[]",
        '["resize", 7]',
        '["stdin", 7]',
        '["resize", {"width": "x", "height": 9}]',
        '["resize", {"width": 1.5, "height": 9}]',
        '["resize", {"width": null, "height": true}]',
    ],
)
async def test_an_invalid_message_ends_the_session(tmp_path: Path, message: str) -> None:
    create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            apps = server.apps
            await page.send(message)
            await page.wait_for_end()
            assert have_ended(apps)
        assert server.ends() == 0
        assert server.process.stdout is not None
        assert "Traceback" not in server.process.stdout.read()


async def test_an_app_survives_every_size_of_its_page(tmp_path: Path) -> None:
    diary = create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            for width, height in ((0, 0), (-5, 10), (1, 1), (10**30, 1), (80, 24)):
                size = json.dumps({"width": width, "height": height})
                await page.send(f'["resize", {size}]')
            await page.press("")
            # Like a terminal that reports its size, and a paste with an escape sequence in it.
            await page.press("\x1b[48;0;0;0;0t\x1b[48;24;80;0;0t")
            await page.press("\x1b[200~\x1b[B\x1b[201~")
            await page.press("h")
            await page.wait_for("1 time")
    assert diary.day().practices[0].amount == 1


async def test_an_unresponsive_app_is_killed_with_its_server(tmp_path: Path) -> None:
    create_diary(Location(tmp_path / "diary.db"))
    with serving(tmp_path, env={"CALMTRACK_HOME": str(tmp_path)}) as server:
        async with page_of(server) as page:
            await page.wait_for(QUESTION)
            apps = server.apps
            for app in apps:
                os.kill(app, signal.SIGSTOP)
            server.process.send_signal(signal.SIGINT)
            code = await asyncio.to_thread(server.process.wait, 60)
            assert server.process.stdout is not None
            assert code == 0
            assert "Traceback" not in server.process.stdout.read()
    assert have_ended(apps)
