"""What ends the evening comes up softly, once; or is simply there, where nothing is to move."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.conftest import Open, Sitting
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings, read_settings
from tracker.tui.screens.breathe_screen import BreatheScreen
from tracker.tui.widgets.status_line import StatusLine

DONE = "That's today. Sleep well."


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's usual: things may move."""
    monkeypatch.setattr("tracker.tui.app.TEXTUAL_ANIMATIONS", "full")


def status(evening: Sitting) -> StatusLine:
    """The line that says it."""
    return evening.app.screen.query_one(StatusLine)


async def ended(evening: Sitting) -> None:
    """Waits until it has come up."""
    for _ in range(60):
        if status(evening).fade_opacity >= 1:
            return
        await asyncio.sleep(0.1)
    pytest.fail("it did not come up")


async def test_it_is_there_at_once_and_comes_up_within_a_second(
    sit_down: Open, begun: Diary, moving: None
) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        assert DONE in evening.text
        assert status(evening).fade_opacity < 1
        await ended(evening)
        moved = status(evening).render()
    begun.undo()
    async with sit_down(read=LoadedSettings(Settings(animations=False))) as evening:
        await evening.press("7")
        assert status(evening).fade_opacity == 1
        assert status(evening).render() == moved


async def test_it_comes_up_once_and_not_for_another_score_or_a_day_shown_again(
    sit_down: Open, begun: Diary, moving: None
) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        await ended(evening)
        for keys in (("6",), ("left", "right"), ("h",), ("W", "T")):
            await evening.press(*keys)
            assert DONE in evening.text
            assert status(evening).fade_opacity == 1, keys
    async with sit_down() as evening:
        assert DONE in evening.text
        assert status(evening).fade_opacity == 1


async def test_the_environment_stands_it_still(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        assert DONE in evening.text
        assert status(evening).fade_opacity == 1


async def test_the_setting_stands_breathing_still_too(
    sit_down: Open, begun: Diary, moving: None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    async with sit_down() as evening:
        await evening.press("S", "down", "down", "down", "down", "right")
        assert "still" in evening.line_with("Motion")
        await evening.press("B")
        assert isinstance(evening.app.screen, BreatheScreen)
        assert "breathe in 1" in evening.text
        await evening.press("escape", "right")
        assert "soft" in evening.line_with("Motion")
        await evening.press("B")
        assert "breathe in 1" not in evening.text
    assert read_settings().settings.animations
