"""About calmtrack: what it is and isn't, and what the article that inspired it overstates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.conftest import AppDriver, OpenApp, sizes
from tracker.catalogue import claims
from tracker.diary.diary import Diary

OPENS = "It doesn't measure oxytocin or any other hormone."


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_it_opens_from_the_help_of_every_screen(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("question_mark", "a")
        golden(f"about_{width}x{height}", app.text)
        await app.press("escape")
        assert "Keys, symbols and numbers" in app.text
        await app.click("a about calmtrack")
        assert "About calmtrack" in app.text
        await app.press("escape", "escape", "C", "question_mark", "a")
        assert "About calmtrack" in app.text


@pytest.mark.thorough
async def test_it_opens_from_the_settings_by_key_and_by_mouse(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", *["down"] * 12)
        assert "and what research says" in app.text
        await app.press("enter")
        assert OPENS in _words_in_frame(app)
        await app.press("escape", "up")
        await app.click("About calmtrack")
        assert OPENS in _words_in_frame(app)
        await app.click("esc back")
        assert "A week starts on" in app.text


@pytest.mark.thorough
async def test_it_opens_from_the_palette_once(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type("about")
        await app.press("enter")
        assert OPENS in _words_in_frame(app)
        boxes = len(app.app.screen_stack)
        app.app.show_about()
        await app.settle()
        assert len(app.app.screen_stack) == boxes


async def test_space_scrolls_it_as_it_scrolls_help(open_app: OpenApp) -> None:
    """Also on the first evening, where escape would then close the app."""
    async with open_app() as app:
        await app.press("question_mark")
        assert OPENS in _words_in_frame(app)
        await app.press("space")
        assert "About calmtrack" in app.text
        assert OPENS not in _words_in_frame(app)
        await app.press(*["space"] * 20)
        assert "space to read more about one" in _words_in_frame(app)
        await app.press("escape", "enter", "question_mark")
        top = app.text
        await app.press("space")
        assert "Keys, symbols and numbers" in app.text
        assert app.text != top


@pytest.mark.thorough
async def test_it_scrolls_through_every_claim_and_its_sources(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("question_mark", "a")
        shown = _words_in_frame(app)
        for _ in range(90):
            await app.press("down", "down")
            shown += " " + _words_in_frame(app)
        assert "space to read more about one" in _words_in_frame(app)
    for claim in claims():
        assert claim.claim[:30] in shown
        assert all(reference[:30] in shown for reference in claim.references)


def _words_in_frame(app: AppDriver) -> str:
    """The words on the screen without the dialog's frame."""
    return " ".join(app.text.replace("│", " ").split())
