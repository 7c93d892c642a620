"""Each text of every screen and dialog, in both own themes, has a contrast of 4.5 to 1 or more with
its background (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.color import Color
from textual.command import CommandInput, CommandList, CommandPalette
from textual.theme import Theme

from tests.effort import some_of
from tests.tui.conftest import AppDriver, OpenApp
from tests.tui.screen_text import Word, words_of
from tests.tui.test_contrast import contrast
from tracker.diary.diary import Diary
from tracker.settings import LoadedSettings, Settings
from tracker.tui.dialogs.dialog import Dialog

SHADES = set("·░▒▓█▁▂▃▄▅▆▇│┃╭╮╰╯─●○◐▲■┊▰▱ ")
"""Decorative characters next to a text with the same information."""


def low_contrast(app: AppDriver) -> Iterator[tuple[float, Word]]:
    """Words with too little contrast; the dimmed screen behind a dialog isn't counted."""
    screen = app.app.screen
    regions = [screen.region]
    if isinstance(screen, CommandPalette):
        # Not their container: it is hidden, and the list is drawn above it.
        regions = [screen.query_one(part).region for part in (CommandInput, CommandList)]
    elif isinstance(screen, Dialog) and screen.query(".box"):
        regions = [screen.query(".box").first().region]
    for word in words_of(app.app):
        ratio = contrast(Color.parse(word.color), Color.parse(word.background))
        inside = any(region.contains_point((word.column, word.line)) for region in regions)
        if inside and ratio < 4.5 and not set(word.text) <= SHADES:
            yield round(ratio, 2), word


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["night", "day"])
async def test_text_has_enough_contrast_on_every_screen_and_dialog(
    open_app: OpenApp, demo_diary: Diary, theme: str
) -> None:
    demo_diary.write_note("hug", "by the door, with @Anna")
    async with open_app(100, 40, LoadedSettings(Settings(theme=theme))) as app:
        for keys in (
            *(("7", "h"), ("down", "enter"), ("escape", "x"), ("escape", "equals_sign")),
            *(("escape", "Z"), ("escape", "full_stop"), ("x", "enter"), ("escape", "e")),
            *(("escape", "question_mark"), ("escape", "M"), ("enter",), ("escape", "escape", "G")),
            *(("escape", "ctrl+p"), ("escape", "W"), ("down", "left"), ("Y",), ("down",)),
            *(("C",), ("down", "down", "down", "down"), ("P",), ("space",), ("escape", "enter")),
            *(("escape", "Z"), ("escape", "S"), ("down", "down"), ("I",), ("T", "B")),
            *(
                ("escape", "Q"),
                ("escape", "R"),
                ("tab", "pagedown"),
                ("e",),
                ("escape", "J"),
                ("slash",),
            ),
        ):
            await app.press(*keys)
            assert list(low_contrast(app)) == [], keys


@pytest.mark.parametrize("theme", some_of(["night", "day"], 1))
async def test_text_has_enough_contrast_on_the_first_evening(
    open_app: OpenApp, diary: Diary, theme: str
) -> None:
    async with open_app(read=LoadedSettings(Settings(theme=theme))) as app:
        assert list(low_contrast(app)) == []


async def test_low_contrast_is_detected(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        pieces = [word for word in words_of(app.app) if "how calm did you feel" in word.text]
        assert [(word.color, word.background) for word in pieces] == [("#e0d6c8", "#1b1916")]
        fog = Theme(name="fog", primary="#776655", foreground="#665544", background="#443322")
        app.app.register_theme(fog)
        app.app.theme = "fog"
        await app.settle()
        assert list(low_contrast(app))
        await app.press("ctrl+p")
        low = [word.text.strip() for _, word in low_contrast(app)]
        assert {"Amount", "=  Enter the day's amount"} <= set(low), low
        assert not any("how calm did you feel" in text for text in low)  # dimmed behind it
