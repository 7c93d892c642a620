"""The gratitude jar: opened on request, offered after a low evening, never opened by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.effort import some_cases, some_of
from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary

OFFER = "G: something you were grateful for"


@pytest.fixture
def diary_with_gratitude(new_diary: Diary) -> Diary:
    """A diary with two gratitude notes."""
    for days, note in ((2, "for [b]tea[/b] \x1b[2J\nand a book"), (1, "for Anna's call")):
        new_diary.log("gratitude", TODAY - timedelta(days=days), note=note)
    return new_diary


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_a_note_a_year_old(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    # Shown before the test, as its one-time hint would be drawn where the jar is offered.
    assert demo_diary.insights.new_findings()
    async with open_app(width, height) as app:
        await app.press("2")
        golden(f"jar_offered_{width}x{height}", app.text)
        await app.press("G")
        golden(f"jar_{width}x{height}", app.text)


@pytest.mark.usefixtures("diary_with_gratitude")
async def test_the_offer_goes_when_scores_are_hidden(open_app: OpenApp) -> None:
    async with open_app() as app:
        await app.press("2")
        assert OFFER in app.text
        await app.press("S", "down", "down", "down", "right")
        assert "hidden" in app.line_with("Calm scores")
        await app.press("T")
        assert OFFER not in app.text


async def test_an_empty_jar_explains_how_notes_get_in(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        await app.press("G")
        golden("jar_empty_80x24", app.text)


async def test_the_same_key_shows_another_note(
    open_app: OpenApp, diary_with_gratitude: Diary
) -> None:
    async with open_app() as app:
        await app.press("G")
        assert "for [b]tea[/b] �[2J" in app.text
        assert "and a book" in app.text
        await app.press("G")
        assert "for Anna's call" in app.text
        assert "A day ago, on Monday 23 November 2026" in app.text
        await app.press("G")
        assert "and a book" in app.text


@pytest.mark.parametrize("key", some_of(["escape", "q", "enter"], 1))
async def test_closing_it_returns_to_the_screen_before(
    open_app: OpenApp, diary_with_gratitude: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("W", "G")
        assert "grateful for" in app.text
        await app.press(key)
        assert "grateful for" not in app.text
        assert "23 – 29 November" in app.lines[0]


@pytest.mark.parametrize(
    ("score", "offers"), some_cases([(3, True), (4, False), (0, True), (2, True)], 2)
)
async def test_it_is_offered_after_a_heavy_evening(
    open_app: OpenApp, diary_with_gratitude: Diary, score: int, offers: bool
) -> None:
    async with open_app() as app:
        assert OFFER not in app.text
        await app.press(str(score))
        assert (OFFER in app.text) is offers
        await app.press("8")
        assert OFFER not in app.text


@pytest.mark.thorough
async def test_it_is_not_offered_after_an_undone_rating_or_on_another_day(
    open_app: OpenApp, diary_with_gratitude: Diary
) -> None:
    async with open_app() as app:
        await app.press("2", "u")
        assert OFFER not in app.text
        await app.press("2", "left", "right")
        assert OFFER not in app.text


@pytest.mark.thorough
async def test_a_one_that_may_become_a_ten_offers_nothing_yet(
    open_app: OpenApp, diary_with_gratitude: Diary
) -> None:
    async with open_app() as app:
        await app.pilot.press("1", "0")
        await app.settle()
        assert "10 of 10" in app.text
        assert OFFER not in app.text
        await app.pilot.press("1")
        assert OFFER not in app.text
        await app.until(lambda: OFFER in app.text)


async def test_an_empty_jar_is_not_offered(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("2")
        assert OFFER not in app.text


async def test_a_click_on_the_offer_shows_a_note(
    open_app: OpenApp, diary_with_gratitude: Diary
) -> None:
    async with open_app() as app:
        await app.press("2")
        await app.click(OFFER)
        assert "and a book" in app.text
