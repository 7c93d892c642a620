"""Naming people in a note: names used before are offered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary


@pytest.fixture
def friends(begun: Diary) -> Diary:
    """A diary in which Anders was named twice, Anna and Zoë once."""
    begun.log("laughter", TODAY - timedelta(days=2), note="@Anders")
    begun.log("laughter", TODAY - timedelta(days=1), note="@Anders, @Anna and @Zoë")
    return begun


async def test_a_begun_name_is_offered_and_tab_takes_the_first(
    sit_down: Open, friends: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("h", "n")
        await evening.type("tea with @a")
        assert evening.line_with("tab:").split()[1:] == ["tab:", "Anders", "Anna", "│"]
        await evening.press("tab")
        assert "tab:" not in evening.text
        await evening.type(" and @ann")
        assert "Anders" not in evening.line_with("tab:")
        await evening.press("tab", "enter")
    assert friends.day().practices[0].note == "tea with @Anders and @Anna"


async def test_a_click_takes_another_of_them(sit_down: Open, friends: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        await evening.type("for @An!")
        await evening.press("left")
        await evening.click("Anna")
        await evening.type("-Lena")
        await evening.press("enter")
    assert friends.day().calm_note == "for @Anna-Lena!"


async def test_nothing_is_offered_without_a_letter_or_within_an_address(
    sit_down: Open, friends: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        for text in ("@", " mail me@an", " @x", " @ann "):
            await evening.type(text)
            assert "tab:" not in evening.text
        await evening.press("tab", "enter")
    assert friends.day().calm_note == "@ mail me@an @x @ann "


async def test_accents_and_lines_are_no_hindrance(sit_down: Open, friends: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        await evening.type("a long day")
        await evening.press("ctrl+j")
        await evening.type("@zo")
        await evening.press("tab", "enter")
    assert friends.day().calm_note == "a long day\n@Zoë"


async def test_where_nobody_was_named_nothing_is_offered(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        await evening.type("@An")
        assert "tab:" not in evening.text
        await evening.press("tab", "enter")
    assert begun.day().calm_note == "@An"
