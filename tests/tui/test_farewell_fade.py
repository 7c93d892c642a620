"""The farewell of a completed evening fades in once, unless animations are off."""

from __future__ import annotations

import pytest

from tests.tui.conftest import AppDriver, OpenApp
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings, read_settings
from tracker.tui.screens.breathe_screen import BreatheScreen
from tracker.tui.screens.tonight_screen import FADE_FROM, FADE_SECONDS, StatusLine

MESSAGE = "Now tap what connected you."


@pytest.fixture
def animations_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns animations on."""
    monkeypatch.setattr("tracker.tui.app.TEXTUAL_ANIMATIONS", "full")


def status_line(app: AppDriver) -> StatusLine:
    """The widget that shows the message."""
    return app.app.screen.query_one(StatusLine)


async def wait_for_fade(app: AppDriver) -> None:
    """Waits until the message is opaque."""
    await app.until(lambda: status_line(app).fade_opacity >= 1)


async def test_the_message_is_shown_at_once_and_fades_in_within_a_second(
    open_app: OpenApp, new_diary: Diary, animations_on: None
) -> None:
    shown: list[float] = []

    def opacity_changed(opacity: float) -> None:
        shown.append(opacity)

    async with open_app() as app:
        app.app.watch(status_line(app), "fade_opacity", opacity_changed, init=False)
        await app.press("7")
        assert MESSAGE in app.text
        await wait_for_fade(app)
        assert shown[0] == FADE_FROM
        assert len(shown) <= 10
        assert FADE_SECONDS < 1
        moved = status_line(app).render()
    new_diary.undo()
    async with open_app(read=LoadedSettings(Settings(animations=False))) as app:
        await app.press("7")
        assert status_line(app).fade_opacity == 1
        assert status_line(app).render() == moved


async def test_it_fades_in_once_and_not_for_another_score_or_a_redrawn_day(
    open_app: OpenApp, new_diary: Diary, animations_on: None
) -> None:
    async with open_app() as app:
        await app.press("7")
        await wait_for_fade(app)
        for keys in (("6",), ("left", "right"), ("h",), ("W", "T")):
            await app.press(*keys)
            assert MESSAGE in app.text or "1 practice logged. Sleep well." in app.text
            assert status_line(app).fade_opacity == 1, keys
    async with open_app() as app:
        assert "1 practice logged. Sleep well." in app.text
        assert status_line(app).fade_opacity == 1


async def test_the_environment_can_turn_the_fade_off(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("7")
        assert MESSAGE in app.text
        assert status_line(app).fade_opacity == 1


@pytest.mark.thorough
async def test_the_setting_turns_the_breathing_animation_off_too(
    open_app: OpenApp,
    new_diary: Diary,
    animations_on: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: object,
) -> None:
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    async with open_app() as app:
        await app.press("S", "down", "down", "down", "down", "right")
        assert "off ›" in app.line_with("Animations")
        await app.press("B")
        assert isinstance(app.app.screen, BreatheScreen)
        assert "breathe in 1" in app.text
        await app.press("escape", "right")
        assert "‹ on  ›" in app.line_with("Animations")
        await app.press("B")
        assert "breathe in 1" not in app.text
    assert read_settings().settings.animations
