"""The app opened on a diary of three weeks, on Tuesday 24 November 2026 at 21:30."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.demo_year import make_demo_year
from tests.golden import compare
from tests.isolation import EVENING
from tests.shared_file import built_once
from tests.tui.screen_text import lines_of, text_of
from tests.tui.settling import TIMEOUT_SECONDS, PendingWork, wait_until_idle
from tracker import clock
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.location import Location
from tracker.models import DayView
from tracker.settings import DEFAULTS, LoadedSettings
from tracker.tui.app import CalmtrackApp

TODAY = date(2026, 11, 24)


def sizes(*others: tuple[int, int]) -> list[object]:
    """Parametrizes width and height: 80×24 always, the other sizes with --thorough."""
    return [(80, 24), *(pytest.param(*size, marks=pytest.mark.thorough) for size in others)]


@pytest.fixture(autouse=True)
def no_animations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns animations off by a patch, as Textual reads TEXTUAL_ANIMATIONS when it is imported."""
    monkeypatch.setattr("tracker.tui.app.TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def pilot_without_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces the Pilot's wait, which sleeps 20 ms at a time, six times for each key, until the
    process uses hardly any processor time: that depends on what else the machine does."""
    monkeypatch.setattr("textual.app.wait_for_idle", wait_until_idle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_until_idle)


@pytest.fixture
def location(tmp_path: Path) -> Location:
    return Location(tmp_path / "home" / "diary.db")


@pytest.fixture
def diary(location: Location) -> Diary:
    """The same diary as the app's, opened beside it."""
    return Diary(location)


@pytest.fixture(scope="session")
def new_diary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a diary created today, built once per run."""

    def begin(path: Path) -> None:
        Diary(Location(path), lambda: datetime.fromisoformat(EVENING)).create(
            ("hug", "laughter", "nature-walk", "gratitude", "good-talk", "safe-moment",
             "joy", "softening"))  # fmt: skip

    return built_once(tmp_path_factory, "tui_begun.db", begin)


@pytest.fixture
def new_diary(location: Location, new_diary_file: Path) -> Diary:
    """A diary created today with eight practices, nothing logged yet."""
    return copy_diary(new_diary_file, location)


@pytest.fixture(scope="session")
def three_weeks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a diary with three weeks of entries up to yesterday, built once per run."""
    return built_once(
        tmp_path_factory,
        "tui_three_weeks.db",
        lambda path: write_three_weeks(Location(path), "for Anna's call"),
    )


@pytest.fixture
def three_weeks(location: Location, three_weeks_file: Path) -> Diary:
    """A diary with three weeks of entries up to yesterday."""
    return copy_diary(three_weeks_file, location)


def copy_diary(diary_file: Path, location: Location) -> Diary:
    """Copies a diary that was built once per run to the location, and opens it."""
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(diary_file, location.path)
    return Diary(location)


def write_three_weeks(location: Location, note: str) -> Diary:
    """Writes hugs nearly daily, walks at weekends, gratitude with a note, and a rest day."""
    for back in range(21, 0, -1):
        day = TODAY - timedelta(days=back)
        evening = datetime.fromisoformat(f"{day.isoformat()}T21:00:00+01:00")
        then = Diary(location, lambda evening=evening: evening)  # type: ignore[misc]
        if back not in (5, 12):
            then.rate((back * 3) % 5 + 4)
            then.press("hug")
        if back % 2:
            then.press("laughter")
        if day.weekday() >= 4:
            then.log("nature-walk", amount=10 if back == 3 else 30)
        if back % 6 == 0:
            then.log("gratitude", amount=2, note=note)
        if back == 8:
            then.toggle_rest_day("good-talk")
    return Diary(location)


@pytest.fixture(scope="session")
def demo_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo's year, built once per run."""
    return built_once(tmp_path_factory, "demo_year.db", make_demo_year)


@pytest.fixture
def demo_diary(location: Location, demo_year: Path) -> Diary:
    """A diary with the demo's year in it."""
    return copy_diary(demo_year, location)


@dataclass
class AppDriver:
    """Drives the open app: presses keys, clicks, and reads what the screen shows."""

    app: CalmtrackApp
    pilot: Pilot[None]
    pending: PendingWork
    waits_for_threads: bool = True
    """Whether `settle` waits for the threads that compute the insights."""

    async def press(self, *keys: str) -> None:
        """Presses keys, each after the diary's worker has answered the one before, then waits until
        the screen shows the result."""
        for key in keys[:-1]:
            await self.pilot.press(key)
            await self.pending.wait_for_jobs()
        await self.pilot.press(*keys[-1:])
        await self.settle()

    async def type(self, text: str) -> None:
        """Types a text. It doesn't wait for the diary after each character, as nothing is saved
        before enter."""
        await self.pilot.press(*("space" if c == " " else c for c in text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Resizes the terminal, and waits until the app has its new layout."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Waits until the diary's thread and the insights' threads are idle, and the screen shows
        their results."""
        await (self.pending.wait() if self.waits_for_threads else self.pending.wait_for_jobs())

    async def until(self, condition: Callable[[], bool]) -> None:
        """Polls until the condition is true; fails with the screen's text after TIMEOUT_SECONDS."""
        end = time.monotonic() + TIMEOUT_SECONDS
        while not condition():
            assert time.monotonic() < end, self.text
            await self.pilot.pause(0.01)

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return lines_of(self.app)

    @property
    def text(self) -> str:
        """The lines on the screen as one text."""
        return text_of(self.app)

    @property
    def dialog_words(self) -> str:
        """The words in the dialog, separated by single spaces."""
        inside = (line.rsplit("│", 2)[1] for line in self.lines if line.count("│") >= 2)
        return " ".join(" ".join(inside).split())

    @property
    def words(self) -> str:
        """The words on the screen separated by single spaces, as a notification's text is
        wrapped."""
        return " ".join(self.text.replace("▌", " ").split())

    def line_with(self, text: str) -> str:
        """The one line that contains a text."""
        (line,) = [line for line in self.lines if text in line]
        return line

    async def click(self, text: str, nth: int = 0) -> None:
        """Clicks on a text on the screen, then waits until the screen shows the result."""
        await self.click_only(text, nth)
        await self.settle()

    async def click_only(self, text: str, nth: int = 0) -> None:
        """Clicks on a text on the screen without waiting for the diary's thread."""
        found = [(y, line.index(text)) for y, line in enumerate(self.lines) if text in line]
        y, x = found[nth]
        await self.pilot.click(offset=(x + len(text) // 2, y))


OpenApp = Callable[..., Any]


@pytest.fixture
def open_app(location: Location) -> OpenApp:
    """Opens the app as the command does: `async with open_app(80, 24) as app`."""

    @asynccontextmanager
    async def run(
        width: int = 80, height: int = 24, read: LoadedSettings = DEFAULTS
    ) -> AsyncIterator[AppDriver]:
        first: DayView | None = today_view(location, clock.now)
        app = CalmtrackApp(location, first, read)
        pending = PendingWork(app)
        async with app.run_test(size=(width, height), notifications=True, tooltips=True) as pilot:
            driver = AppDriver(app, pilot, pending)
            await driver.settle()
            yield driver
        app.diary_worker.close()

    return run


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with a stored one; CALMTRACK_WRITE_GOLDENS=1 stores it."""

    return lambda name, text: compare(f"tui/{name}.txt", text)
