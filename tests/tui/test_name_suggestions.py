"""People mentioned before are suggested while a note is written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, OpenApp
from tracker.diary.diary import Diary


@pytest.fixture
def diary_with_names(new_diary: Diary) -> Diary:
    """A diary whose notes mention Anders twice, Anna and Zoë once."""
    new_diary.log("laughter", TODAY - timedelta(days=2), note="@Anders")
    new_diary.log("laughter", TODAY - timedelta(days=1), note="@Anders, @Anna and @Zoë")
    return new_diary


async def test_names_are_suggested_while_typing_and_tab_takes_one_after_the_other(
    open_app: OpenApp, diary_with_names: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "n")
        await app.type("tea with @a")
        assert app.line_with("tab:").split()[1:] == ["tab:", "Anders", "Anna", "│"]
        await app.press("tab")
        assert app.line_with("tab:").split()[1:] == ["tab:", "Anna", "│"]
        await app.press("tab")
        assert "tea with @Anna" in app.text
        await app.press("tab")
        await app.type(" and @ann")
        assert "Anders" not in app.line_with("tab:")
        await app.press("tab", "tab", "enter")
    assert diary_with_names.day().practices[0].note == "tea with @Anders and @Anna"


@pytest.mark.thorough
async def test_a_click_inserts_another_suggestion(
    open_app: OpenApp, diary_with_names: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("for @An!")
        await app.press("left")
        await app.click("Anna")
        await app.type("-Lena")
        await app.press("enter")
    assert diary_with_names.day().calm_note == "for @Anna-Lena!"


@pytest.mark.thorough
async def test_no_name_is_suggested_without_a_letter_or_within_an_address(
    open_app: OpenApp, diary_with_names: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        for text in ("@", " mail me@an", " @x", " @ann "):
            await app.type(text)
            assert "tab:" not in app.text
        await app.press("enter")
    assert diary_with_names.day().calm_note == "@ mail me@an @x @ann "


@pytest.mark.thorough
async def test_names_are_suggested_regardless_of_accents_and_line_breaks(
    open_app: OpenApp, diary_with_names: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("a long day")
        await app.press("ctrl+j")
        await app.type("@zo")
        await app.press("tab", "enter")
    assert diary_with_names.day().calm_note == "a long day\n@Zoë"


@pytest.mark.thorough
async def test_without_mentions_no_name_is_suggested(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("@An")
        assert "tab:" not in app.text
        await app.press("tab", "enter")
    assert new_diary.day().calm_note == "@An\t"
