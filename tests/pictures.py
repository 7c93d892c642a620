"""The pictures of the README, made by the app itself from the demo's invented year.

    python -m tests.pictures

draws them anew into .github/pictures. A test tells when they no longer show what the app shows.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from tests.demo_year import TONIGHT, make_demo_year
from tracker import clock
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.location import Location
from tracker.settings import LoadedSettings, Settings
from tracker.tui.app import CalmtrackApp

FOLDER = Path(__file__).parent.parent / ".github" / "pictures"

SIZE = 100, 24

PICTURES = {
    "tonight": ("night", ("7", "h", "h", "l", "w", "g", "t")),
    "week": ("night", ("W", "left_square_bracket", "down", "down", "left")),
    "calm": ("day", ("7", "C", "down", "left")),
}
"""For each its colours, and the keys that a person presses to see it."""

_WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_MADE_BY = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_FONT = re.compile(r"font-family: Fira Code, monospace")
_OURS = "font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


async def draw(name: str, folder: Path) -> str:
    """One picture as SVG, which asks no other host for anything; `folder` is for its diary."""
    theme, keys = PICTURES[name]
    path = folder / f"{name}.db"
    make_demo_year(path)
    place = Location(path)
    app = CalmtrackApp(place, today_view(place, clock.now), LoadedSettings(Settings(theme=theme)))
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await _settle(app, pilot)
        for key in keys:
            await pilot.press(key)
            await _settle(app, pilot)
        picture = app.export_screenshot()
    app.diary_worker.close()
    return without_hosts(picture)


def without_hosts(picture: str) -> str:
    """Textual names fonts on a server of others; the reader's own do as well."""
    return _FONT.sub(_OURS, _MADE_BY.sub("", _WEB_FONTS.sub("", picture)))


async def _settle(app: CalmtrackApp, pilot: Pilot[None]) -> None:
    """Waits until what a key did is on the screen."""
    done = asyncio.Event()
    app.submit(_nothing, partial(_set, done))
    await asyncio.wait_for(done.wait(), 30)
    await app.workers.wait_for_complete()
    await pilot.pause()


def _nothing(_: Diary) -> None:
    """A job that only waits its turn."""


def _set(done: asyncio.Event, _: None) -> None:
    done.set()


async def _main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in PICTURES:
            picture = await draw(name, Path(folder))
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
            print(FOLDER / f"{name}.svg")


if __name__ == "__main__":
    os.environ.update(CALMTRACK_NOW=TONIGHT, TERM="xterm-256color", COLORTERM="truecolor")
    asyncio.run(_main())
