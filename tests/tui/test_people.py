"""The dialog of the people mentioned in notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.effort import some_of
from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_people_and_the_notes_that_name_one(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("M")
        golden(f"people_{width}x{height}", app.text)
        await app.press("down", "enter")
        golden(f"person_{width}x{height}", app.text)


async def test_without_mentions_it_explains_how_to_add_them(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        await app.press("M")
        golden("people_nobody_80x24", app.text)


@pytest.mark.thorough
async def test_a_list_that_does_not_fit_scrolls_to_the_cursor(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    demo_diary.log("hug", amount=1, note="@Ben, @Cem, @Dana and @Eli")
    async with open_app(60, 18) as app:
        await app.press("M")
        assert "› Anna" in app.text
        await app.press(*["down"] * 20)
        assert "Anna, " not in app.text
        assert "› Eli" in app.text
        await app.press(*["up"] * 20)
        assert "› Anna" in app.text


@pytest.mark.parametrize("key", some_of(["escape", "q", "M"], 1))
async def test_closing_it_returns_to_the_screen_before(
    open_app: OpenApp, demo_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("W", "M")
        assert "Days on which a note has the name" in app.text
        await app.press(key)
        assert "Days on which a note has the name" not in app.text
        assert "23 – 29 November" in app.lines[0]


@pytest.mark.parametrize("key", some_of(["escape", "q", "enter"], 1))
async def test_from_one_person_it_goes_back_to_all(
    open_app: OpenApp, demo_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("M", "enter")
        assert "Days on which a note has the name" not in app.text
        await app.press(key)
        assert "Days on which a note has the name" in app.text


async def test_a_click_opens_a_persons_notes(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.log("hug", note="@Anna [b]came[/b] \x1b[2J")
    async with open_app() as app:
        await app.press("M")
        await app.click("Anna, 1 day")
        assert "@Anna [b]came[/b] �[2J" in app.text
        assert "Hug, Tuesday 24 November 2026" in app.text


async def test_the_reason_of_a_holiday_is_listed_once_a_day(
    open_app: OpenApp, new_diary: Diary
) -> None:
    ids = tuple(one.id for one in new_diary.practices.all())
    new_diary.rest(ids, TODAY, TODAY, note="Baltic sea with @Anna")
    async with open_app() as app:
        await app.press("M")
        assert app.line_with("Anna, 1 day").split("today")[1].strip(" │") == "rest days 1"
        await app.press("enter")
        assert "8 practices, Tuesday 24 November 2026" in app.text
        assert app.text.count("Baltic sea with @Anna") == 1


async def test_a_note_of_several_lines_keeps_them(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.rate(7, note="a walk\n\n\twith @Anna\n")
    async with open_app() as app:
        await app.press("M", "enter")
        at = app.lines.index(app.line_with("a walk"))
        assert "with @Anna" in app.lines[at + 2]
        assert "⏎" not in app.text


async def test_keys_pressed_in_the_list_log_nothing(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("M", "7", "h", "escape")
    assert not new_diary.has_entries()


@pytest.mark.thorough
async def test_pressed_twice_it_opens_once(open_app: OpenApp, demo_diary: Diary) -> None:
    async with open_app() as app:
        await app.pilot.press("M", "M")
        await app.settle()
        await app.press("escape")
        assert "Days on which a note has the name" not in app.text


async def test_practices_without_room_are_announced_by_an_ellipsis(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("gratitude", note="thanks, @Maria")
    new_diary.log("nature-walk", amount=40, note="with @Maria to the harbour")
    new_diary.write_note("calm", "a call with @Bartolomeu-Dias-de-Novais")
    async with open_app() as app:
        await app.press("M")
        assert "Nature walk 1, …" in app.line_with("Maria, 1 day")
    async with open_app(120, 40) as app:
        await app.press("M")
        assert "Nature walk 1, Gratitude 1" in app.line_with("Maria, 1 day")
