"""Insights are computed in a thread of their own; whatever happens meanwhile, at most one sentence
is shown."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.demo_year import make_demo_year
from tests.effort import some_of
from tests.tui.conftest import AppDriver, Open
from tests.tui.settling import PATIENCE
from tracker.diary.diary import Diary
from tracker.diary.insights import Insights
from tracker.tui.screens.calm_screen import CalmPanel


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


async def open_it(app: AppDriver, reading: Reading) -> None:
    """Goes to what goes with calmer evenings, which is being read then."""
    app.waits_for_threads = False
    await app.press("C", "down", "down", "down", "down")
    await app.until(reading.begun.is_set)


async def end(app: AppDriver, reading: Reading) -> None:
    """Lets it go on, to its end."""
    reading.goes_on.set()
    await app.until(reading.ended.is_set)
    app.waits_for_threads = True
    await app.settle()


@pytest.mark.parametrize(
    "keys", some_of([("T",), ("escape", "W"), ("P", "C"), ("n", "escape", "Y")], 1)
)
async def test_one_has_gone_on(
    open_app: Open, a_year: Diary, reading: Reading, keys: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await open_it(app, reading)
        await app.press(*keys, "T", "7")
        await end(app, reading)
        assert "7 of 10" in app.text
    assert a_year.day().calm == 7


async def test_one_has_left_the_app(open_app: Open, a_year: Diary, reading: Reading) -> None:
    async with open_app() as app:
        await open_it(app, reading)
        await app.press("q")
        reading.goes_on.set()
        await app.until(lambda: not app.app.is_running)
    assert reading.ended.wait(PATIENCE)
    assert app.app.return_code == 0


@pytest.mark.thorough
async def test_the_day_has_turned(
    open_app: Open, a_year: Diary, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await open_it(app, reading)
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await end(app, reading)
        assert "Calm on days with it" in app.text
        await app.press("T", "C", "down", "down", "down", "down")
        found = app.app.screen.query_one(CalmPanel).insights
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


@pytest.mark.thorough
@pytest.mark.parametrize("happens", some_of([deleted, spoilt, replaced], 1))
async def test_the_file_is_another_one(
    open_app: Open, a_year: Diary, reading: Reading, happens: Callable[[Path], None]
) -> None:
    path = a_year.location.path
    assert path is not None
    async with open_app() as app:
        await open_it(app, reading)
        happens(path)
        await end(app, reading)
        assert app.app.is_running
        await app.press("T", "question_mark", "escape", "C")
        assert "calm" in app.text.casefold()
        await app.press("q")
        assert not app.app.is_running
    assert app.app.return_code == 0
