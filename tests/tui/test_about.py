"""About calmtrack: what it is and is not, and what the article that inspired it overstates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.conftest import Open, Sitting
from tracker.catalogue.evidence import claims
from tracker.diary.diary import Diary

OPENS = "It doesn't measure oxytocin or any hormone."


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_it_opens_from_the_help_of_every_room(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("question_mark", "a")
        golden(f"about_{width}x{height}", evening.text)
        await evening.press("escape")
        assert "Keys, marks and figures" in evening.text
        await evening.click("a about calmtrack")
        assert "About calmtrack" in evening.text
        await evening.press("escape", "escape", "C", "question_mark", "a")
        assert "About calmtrack" in evening.text


async def test_it_opens_from_the_settings_by_key_and_by_mouse(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("S", *["down"] * 7)
        assert "enter tells it" in evening.text
        await evening.press("enter")
        assert OPENS in _flat(evening)
        await evening.press("escape", "up")
        await evening.click("About calmtrack")
        assert OPENS in _flat(evening)
        await evening.click("esc back")
        assert "A week starts on" in evening.text


async def test_it_opens_from_the_palette_once(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("ctrl+p")
        await evening.type("about")
        await evening.press("enter")
        assert OPENS in _flat(evening)
        boxes = len(evening.app.screen_stack)
        evening.app.show_about()
        await evening.settle()
        assert len(evening.app.screen_stack) == boxes


async def test_it_scrolls_through_every_claim_and_its_sources(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("question_mark", "a")
        seen = _flat(evening)
        for _ in range(60):
            await evening.press("down", "down")
            seen += " " + _flat(evening)
        assert "space tells more of one" in _flat(evening)
    for claim in claims():
        assert claim.claim[:30] in seen
        assert all(reference[:30] in seen for reference in claim.references)


def _flat(evening: Sitting) -> str:
    """The words within the frame."""
    return " ".join(evening.text.replace("│", " ").split())
