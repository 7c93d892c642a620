"""The farewell of a completed evening fades in once, unless animations are off."""

from __future__ import annotations

import pytest

from tests.tui.conftest import AppDriver, Open
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings, read_settings
from tracker.tui.screens.breathe_screen import BreatheScreen
from tracker.tui.screens.tonight_screen import FADE_FRAMES, FADE_FROM, FRAME_SECONDS, StatusLine

DONE = "Now tap what connected you."


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's usual: things may move."""
    monkeypatch.setattr("tracker.tui.app.TEXTUAL_ANIMATIONS", "full")


def status(app: AppDriver) -> StatusLine:
    """The line that says it."""
    return app.app.screen.query_one(StatusLine)


async def ended(app: AppDriver) -> None:
    """Waits until it has come up."""
    await app.until(lambda: status(app).fade_opacity >= 1)


async def test_it_is_there_at_once_and_comes_up_within_a_second(
    open_app: Open, begun: Diary, moving: None
) -> None:
    shown: list[float] = []

    def opacity_changed(opacity: float) -> None:
        shown.append(opacity)

    async with open_app() as app:
        app.app.watch(status(app), "fade_opacity", opacity_changed, init=False)
        await app.press("7")
        assert DONE in app.text
        await ended(app)
        assert shown[0] == FADE_FROM
        assert len(shown) <= 1 + FADE_FRAMES
        assert FADE_FRAMES * FRAME_SECONDS < 1
        moved = status(app).render()
    begun.undo()
    async with open_app(read=LoadedSettings(Settings(animations=False))) as app:
        await app.press("7")
        assert status(app).fade_opacity == 1
        assert status(app).render() == moved


async def test_it_comes_up_once_and_not_for_another_score_or_a_day_shown_again(
    open_app: Open, begun: Diary, moving: None
) -> None:
    async with open_app() as app:
        await app.press("7")
        await ended(app)
        for keys in (("6",), ("left", "right"), ("h",), ("W", "T")):
            await app.press(*keys)
            assert DONE in app.text or "1 practice. Sleep well." in app.text
            assert status(app).fade_opacity == 1, keys
    async with open_app() as app:
        assert "1 practice. Sleep well." in app.text
        assert status(app).fade_opacity == 1


async def test_the_environment_stands_it_still(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("7")
        assert DONE in app.text
        assert status(app).fade_opacity == 1


@pytest.mark.thorough
async def test_the_setting_stands_breathing_still_too(
    open_app: Open, begun: Diary, moving: None, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    async with open_app() as app:
        await app.press("S", "down", "down", "down", "down", "right")
        assert "off ›" in app.line_with("Animations")
        await app.press("B")
        assert isinstance(app.app.screen, BreatheScreen)
        assert "breathe in 1" in app.text
        await app.press("escape", "right")
        assert "on ›" in app.line_with("Animations")
        await app.press("B")
        assert "breathe in 1" not in app.text
    assert read_settings().settings.animations
