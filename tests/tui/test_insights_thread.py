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
from tests.tui.conftest import AppDriver, OpenApp
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary
from tracker.diary.insights import Insights
from tracker.tui.screens.calm_screen import CalmPanel


class BlockedComputation:
    """A computation of the insights that blocks until `released` is set."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.released = threading.Event()
        self.finished = threading.Event()


@pytest.fixture
def computation(monkeypatch: pytest.MonkeyPatch) -> Iterator[BlockedComputation]:
    one, original = BlockedComputation(), Insights.view

    def blocked_view(*asked: object) -> object:
        one.started.set()
        assert one.released.wait(TIMEOUT_SECONDS)
        try:
            return original(*asked)  # type: ignore[arg-type]
        finally:
            one.finished.set()

    monkeypatch.setattr(Insights, "view", blocked_view)
    yield one
    one.released.set()


async def start_computation(app: AppDriver, computation: BlockedComputation) -> None:
    """Opens the tab with what goes with calmer evenings, and waits until the thread computes it."""
    app.waits_for_threads = False
    await app.press("C", "down", "down", "down", "down")
    await app.until(computation.started.is_set)


async def finish(app: AppDriver, computation: BlockedComputation) -> None:
    """Unblocks the computation and waits until it has finished."""
    computation.released.set()
    await app.until(computation.finished.is_set)
    app.waits_for_threads = True
    await app.settle()


@pytest.mark.parametrize(
    "keys", some_of([("T",), ("escape", "W"), ("P", "C"), ("n", "escape", "Y")], 1)
)
async def test_another_screen_can_be_opened_meanwhile(
    open_app: OpenApp, demo_diary: Diary, computation: BlockedComputation, keys: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await start_computation(app, computation)
        await app.press(*keys, "T", "7")
        await finish(app, computation)
        assert "7 of 10" in app.text
    assert demo_diary.day().calm == 7


async def test_the_app_can_be_closed_meanwhile(
    open_app: OpenApp, demo_diary: Diary, computation: BlockedComputation
) -> None:
    async with open_app() as app:
        await start_computation(app, computation)
        await app.press("q")
        computation.released.set()
        await app.until(lambda: not app.app.is_running)
    assert computation.finished.wait(TIMEOUT_SECONDS)
    assert app.app.return_code == 0


@pytest.mark.thorough
async def test_the_day_can_turn_meanwhile(
    open_app: OpenApp,
    demo_diary: Diary,
    computation: BlockedComputation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_app() as app:
        await start_computation(app, computation)
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await finish(app, computation)
        assert "Calm on days with it" in app.text
        await app.press("T", "C", "down", "down", "down", "down")
        found = app.app.screen.query_one(CalmPanel).insights
        assert found is not None
        assert found.day == date(2026, 11, 25)


def delete_diary(path: Path) -> None:
    path.unlink()


def damage_diary(path: Path) -> None:
    path.write_bytes(b"no diary at all" * 1000)


def replace_diary(path: Path) -> None:
    other = path.with_name("other.db")
    make_demo_year(other)
    shutil.move(other, path)


@pytest.mark.thorough
@pytest.mark.parametrize("change_file", some_of([delete_diary, damage_diary, replace_diary], 1))
async def test_another_program_can_change_the_file_meanwhile(
    open_app: OpenApp,
    demo_diary: Diary,
    computation: BlockedComputation,
    change_file: Callable[[Path], None],
) -> None:
    path = demo_diary.location.path
    assert path is not None
    async with open_app() as app:
        await start_computation(app, computation)
        change_file(path)
        await finish(app, computation)
        assert app.app.is_running
        await app.press("T", "question_mark", "escape", "C")
        assert "calm" in app.text.casefold()
        await app.press("q")
        assert not app.app.is_running
    assert app.app.return_code == 0
