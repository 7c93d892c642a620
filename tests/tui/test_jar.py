"""The gratitude jar: taken out on request, offered after a heavy evening, never pushed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.a_demo_year import make_demo_year
from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary
from tracker.location import Location

OFFER = "G: something you were glad of"


@pytest.fixture
def glad(begun: Diary) -> Diary:
    """A diary with two notes of gratitude."""
    for days, note in ((2, "for [b]tea[/b] \x1b[2J\nand a book"), (1, "for Anna's call")):
        begun.log("gratitude", TODAY - timedelta(days=days), note=note)
    return begun


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_a_note_a_year_old(
    sit_down: Open, place: Location, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    assert place.path is not None
    make_demo_year(place.path)
    async with sit_down(width, height) as evening:
        await evening.press("2")
        golden(f"jar_offered_{width}x{height}", evening.text)
        await evening.press("G")
        golden(f"jar_{width}x{height}", evening.text)


async def test_an_empty_jar_says_how_it_fills(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down() as evening:
        await evening.press("G")
        golden("jar_empty_80x24", evening.text)


async def test_another_note_with_the_same_key(sit_down: Open, glad: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("G")
        assert "for [b]tea[/b] �[2J" in evening.text
        assert "and a book" in evening.text
        await evening.press("G")
        assert "for Anna's call" in evening.text
        assert "A day ago, on Monday 23 November 2026" in evening.text
        await evening.press("G")
        assert "and a book" in evening.text


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_it_is_left_to_where_one_was(sit_down: Open, glad: Diary, key: str) -> None:
    async with sit_down() as evening:
        await evening.press("W", "G")
        assert "glad of" in evening.text
        await evening.press(key)
        assert "glad of" not in evening.text
        assert "23 – 29 November" in evening.lines[0]


@pytest.mark.parametrize(("score", "offers"), [(0, True), (2, True), (3, True), (4, False)])
async def test_it_is_offered_after_a_heavy_evening(
    sit_down: Open, glad: Diary, score: int, offers: bool
) -> None:
    async with sit_down() as evening:
        assert OFFER not in evening.text
        await evening.press(str(score))
        assert (OFFER in evening.text) is offers
        await evening.press("8")
        assert OFFER not in evening.text


async def test_it_is_not_offered_when_the_rating_is_taken_back_or_on_another_day(
    sit_down: Open, glad: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("2", "u")
        assert OFFER not in evening.text
        await evening.press("2", "left", "right")
        assert OFFER not in evening.text


async def test_a_one_that_may_become_a_ten_offers_nothing_yet(sit_down: Open, glad: Diary) -> None:
    async with sit_down() as evening:
        await evening.pilot.press("1", "0")
        await evening.settle()
        assert "10 of 10" in evening.text
        assert OFFER not in evening.text
        await evening.pilot.press("1")
        assert OFFER not in evening.text
        await evening.until(lambda: OFFER in evening.text)


async def test_an_empty_jar_is_not_offered(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("2")
        assert OFFER not in evening.text


async def test_a_click_on_the_offer_takes_a_note_out(sit_down: Open, glad: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("2")
        await evening.click(OFFER)
        assert "and a book" in evening.text
