"""What goes with calmer evenings is read in a thread of its own: whatever happens meanwhile, it
ends in no more than a sentence."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.a_demo_year import make_demo_year
from tests.tui.conftest import PATIENCE, Open, Sitting
from tracker.diary.diary import Diary
from tracker.diary.insights import Insights
from tracker.tui.widgets.calm_panel import CalmPanel


class Reading:
    """A reading that has begun and, until it is let go on, does not end."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.goes_on = threading.Event()
        self.ended = threading.Event()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reading]:
    one, whole = Reading(), Insights.view

    def slow(*asked: object) -> object:
        one.begun.set()
        assert one.goes_on.wait(PATIENCE)
        try:
            return whole(*asked)  # type: ignore[arg-type]
        finally:
            one.ended.set()

    monkeypatch.setattr(Insights, "view", slow)
    yield one
    one.goes_on.set()


async def open_it(evening: Sitting, reading: Reading) -> None:
    """Goes to what goes with calmer evenings, which is being read then."""
    await evening.pilot.press("C", "down", "down", "down", "down")
    await evening.until(reading.begun.is_set)


async def end(evening: Sitting, reading: Reading) -> None:
    """Lets it go on, to its end."""
    reading.goes_on.set()
    await evening.until(reading.ended.is_set)
    await evening.app.workers.wait_for_complete()
    await evening.settle()


@pytest.mark.parametrize("keys", [("T",), ("escape", "W"), ("P", "C"), ("n", "escape", "Y")])
async def test_one_has_gone_on(
    sit_down: Open, a_year: Diary, reading: Reading, keys: tuple[str, ...]
) -> None:
    async with sit_down() as evening:
        await open_it(evening, reading)
        await evening.press(*keys, "T", "7")
        await end(evening, reading)
        assert "7 of 10" in evening.text
    assert a_year.day().calm == 7


async def test_one_has_left_the_app(sit_down: Open, a_year: Diary, reading: Reading) -> None:
    async with sit_down() as evening:
        await open_it(evening, reading)
        threading.Timer(0.5, reading.goes_on.set).start()
        await evening.press("q")
        await evening.until(lambda: not evening.app.is_running)
    assert reading.ended.wait(PATIENCE)
    assert evening.app.return_code == 0


async def test_the_day_has_turned(
    sit_down: Open, a_year: Diary, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit_down() as evening:
        await open_it(evening, reading)
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await end(evening, reading)
        assert "What goes with calmer evenings" in evening.text
        await evening.press("T", "C", "down", "down", "down", "down")
        await evening.app.workers.wait_for_complete()
        await evening.settle()
        found = evening.app.screen.query_one(CalmPanel).insights
        assert found is not None
        assert found.day == date(2026, 11, 25)


def deleted(path: Path) -> None:
    path.unlink()


def spoilt(path: Path) -> None:
    path.write_bytes(b"no diary at all" * 1000)


def replaced(path: Path) -> None:
    other = path.with_name("other.db")
    make_demo_year(other)
    shutil.move(other, path)


@pytest.mark.parametrize("happens", [deleted, spoilt, replaced])
async def test_the_file_is_another_one(
    sit_down: Open, a_year: Diary, reading: Reading, happens: Callable[[Path], None]
) -> None:
    path = a_year.place.path
    assert path is not None
    async with sit_down() as evening:
        await open_it(evening, reading)
        happens(path)
        await end(evening, reading)
        assert evening.app.is_running
        await evening.press("T", "question_mark", "escape", "C")
        assert "calm" in evening.text.casefold()
        await evening.press("q")
        assert not evening.app.is_running
    assert evening.app.return_code == 0
