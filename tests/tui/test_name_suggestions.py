"""People mentioned before are suggested while a note is written."""

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
    open_app: Open, friends: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "n")
        await app.type("tea with @a")
        assert app.line_with("tab:").split()[1:] == ["tab:", "Anders", "Anna", "│"]
        await app.press("tab")
        assert "tab:" not in app.text
        await app.type(" and @ann")
        assert "Anders" not in app.line_with("tab:")
        await app.press("tab", "enter")
    assert friends.day().practices[0].note == "tea with @Anders and @Anna"


@pytest.mark.thorough
async def test_a_click_takes_another_of_them(open_app: Open, friends: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("for @An!")
        await app.press("left")
        await app.click("Anna")
        await app.type("-Lena")
        await app.press("enter")
    assert friends.day().calm_note == "for @Anna-Lena!"


@pytest.mark.thorough
async def test_nothing_is_offered_without_a_letter_or_within_an_address(
    open_app: Open, friends: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        for text in ("@", " mail me@an", " @x", " @ann "):
            await app.type(text)
            assert "tab:" not in app.text
        await app.press("enter")
    assert friends.day().calm_note == "@ mail me@an @x @ann "


@pytest.mark.thorough
async def test_accents_and_lines_are_no_hindrance(open_app: Open, friends: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("a long day")
        await app.press("ctrl+j")
        await app.type("@zo")
        await app.press("tab", "enter")
    assert friends.day().calm_note == "a long day\n@Zoë"


@pytest.mark.thorough
async def test_where_nobody_was_named_nothing_is_offered(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("@An")
        assert "tab:" not in app.text
        await app.press("tab", "enter")
    assert begun.day().calm_note == "@An\t"
