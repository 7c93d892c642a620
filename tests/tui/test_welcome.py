"""The first evening of a new person."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.tui.conftest import OpenApp
from tracker.diary.diary import Diary


async def test_the_first_evening_begins_with_one_screen(
    open_app: OpenApp, diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        golden("welcome_80x24", app.text)
        # The diary is created while this screen is shown.
        app.app.submit(lambda _: time.sleep(0.3), lambda _: None)
        for key in ("enter", "7", "h"):
            app.app.simulate_key(key)
        await app.until(lambda: "how calm did you feel" in app.text)
        await app.until(lambda: diary.day().practices[0].amount == 1)
    assert diary.day().calm == 7


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 16)])
async def test_a_small_window_says_that_there_are_more_practices(
    open_app: OpenApp, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        assert "… more (↑↓)" in app.text
        assert "Leaning on someone" not in app.text
        assert "esc quit" in app.lines[-1]
        await app.press(*["down"] * 9)
        assert "Leaning on someone" in app.text
    async with open_app(width, 30) as app:
        assert "more (" not in app.text


@pytest.mark.parametrize("height", [18, 20, 22])
async def test_in_a_small_window_the_text_above_the_practices_is_whole_or_hidden(
    open_app: OpenApp, height: int
) -> None:
    async with open_app(60, height) as app:
        first = app.text
        assert "You can change your practices" in app.text
        await app.press("end")
        assert "Leaning on someone" in app.text
        assert "more" not in app.text
        await app.press("home")
        assert app.text == first


async def test_letters_and_digits_do_nothing_on_the_welcome_screen(
    open_app: OpenApp, diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("7", "h", "l")
        assert "Good evening," in app.text
        await app.press("enter")
    assert not diary.has_entries()


async def test_the_practices_are_chosen_on_the_welcome_screen(
    open_app: OpenApp, diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("space", "up", "down", "down", "space")
        await app.click("Leaning on someone")
        await app.press("enter")
        assert "Leaning on someone" in app.text
    assert [p.id for p in diary.practices.all()] == [
        "laughter", "gratitude", "good-talk", "safe-moment", "joy", "softening", "leaning",
    ]  # fmt: skip


async def test_it_is_not_shown_if_there_are_entries(open_app: OpenApp, diary: Diary) -> None:
    diary.press("hug")
    async with open_app() as app:
        assert "how calm did you feel" in app.text


async def test_it_is_not_shown_twice(open_app: OpenApp, diary: Diary) -> None:
    async with open_app() as app:
        await app.press("enter")
    async with open_app() as app:
        assert "how calm did you feel" in app.text


async def test_closing_it_creates_no_diary_and_warns_about_a_lost_choice(
    open_app: OpenApp, diary: Diary
) -> None:
    async with open_app() as app:
        assert "esc quit" in app.text
        await app.press("space", "escape")
        assert "Nothing is saved yet. Press enter to start, or esc again" in app.words
        assert app.app.is_running
        await app.press("space", "q")
        assert not app.app.is_running
    assert diary.location.path is not None
    assert not diary.location.path.exists()


async def test_a_missing_diary_with_backups_is_reported_instead_of_a_welcome(
    open_app: OpenApp, diary: Diary
) -> None:
    diary.press("hug")
    diary.maintenance.back_up_daily()
    path = diary.location.path
    assert path is not None
    path.unlink()
    async with open_app() as app:
        assert "There's no diary at" in app.words
        assert 'Restore the newest with "calmtrack doctor --repair"' in app.words
        assert "welcome" not in app.text
        await app.press("enter")
        assert not path.exists()
        list(diary.maintenance.repair())
        await app.press("enter")
        assert "how calm did you feel" in app.text
        assert "1 time" in app.line_with("Hug  ")
