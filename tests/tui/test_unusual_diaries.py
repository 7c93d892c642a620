"""Unusual diaries and terminals: nothing breaks, nothing is missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.effort import some_cases, some_of
from tests.tui.conftest import TODAY, OpenApp
from tracker.diary.diary import Diary
from tracker.models import Entry, EntryState, Evening, State
from tracker.store.writer import Writer
from tracker.tui.screens.import_screen import ImportScreen

SCREEN_KEYS = ("T", "W", "Y", "C", "J", "R", "P", "S")

LONG = "An evening walk along the canal with whoever would like, slow"
CJK = "深呼吸をして、今日いちばん嬉しかったことを三つ書く"


@pytest.mark.thorough
async def test_names_of_sixty_characters_and_of_wide_ones(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add(LONG[:60])
    new_diary.practices.add(CJK)
    for width, height in ((60, 20), (80, 24), (120, 40)):
        async with open_app(width, height) as app:
            for screen_key in SCREEN_KEYS:
                await app.press(screen_key)
                assert app.text.count("\n") == height
            await app.press("P")
            assert "An evening walk" in app.text
            assert "深呼吸" in app.text


@pytest.mark.thorough
async def test_the_cursor_reaches_all_of_thirty_practices(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for number in range(22):
        new_diary.practices.add(f"Thing {number}")
    async with open_app() as app:
        await app.press(*["down"] * 30, "space")
        assert "Thing 21" in app.text
        await app.press("W", *["down"] * 30, "left", "space")
        assert "Thing 21" in app.text
        await app.press("Y", *["down"] * 31)
        assert "Thing 21" in app.text
    for day in (TODAY, TODAY - timedelta(days=1)):
        assert new_diary.day(day).practices[-1].state is State.DONE


@pytest.mark.thorough
async def test_no_practices_at_all(open_app: OpenApp, new_diary: Diary) -> None:
    for practice in new_diary.practices.all():
        new_diary.practices.archive(practice.id)
    async with open_app() as app:
        await app.press("7", "down", "space", "z", "x", "minus", "n", "escape")
        assert "7 of 10" in app.text
        for screen_key in SCREEN_KEYS:
            await app.press(screen_key, "down", "right", "left")
            assert app.app.is_running
    assert new_diary.day().calm == 7


async def test_every_screen_of_a_diary_created_today_has_a_text(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen_key, words in (
            ("W", "Tonight is a good evening to start."),
            ("Y", "Tonight is a good time to start."),
            ("C", "The chart starts with the first one"),
            ("M", "@Anna"),
            ("escape", "The chart starts with the first one"),
            ("G", "jar"),
        ):
            await app.press(screen_key)
            assert words in app.words.replace("│ ", ""), screen_key


@pytest.mark.thorough
async def test_a_diary_of_sixty_years(open_app: OpenApp, new_diary: Diary) -> None:
    days = [TODAY - timedelta(days=n) for n in range(60 * 365)]

    def save(writer: Writer) -> None:
        writer.save_evenings([Evening(day, day.toordinal() * 7 % 11, "", None) for day in days])
        writer.save_entries([Entry(day, "hug", EntryState.LOGGED, 1, "", None) for day in days])

    new_diary.change("import", "a life", save)
    async with open_app() as app:
        assert "21,900" in app.text or "21900" in app.text
        await app.press("C", "down", "down", "down")
        assert "to 24 Nov 2026" in app.lines[0]
        assert "Each dot is the average of" in app.text
        await app.press("Y", *["left_square_bracket"] * 50)
        assert "‹ 1976 ›" in app.lines[0]
        assert "366 days done" not in app.text
        await app.press("down", "down")
        assert "Hug: 366 days done" in app.text


async def test_the_29th_of_february(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.press("hug", date(2024, 2, 29))
    async with open_app() as app:
        await app.press("full_stop")
        await app.type("2024-02-29")
        await app.press("enter")
        assert "29 Feb 2024" in app.lines[0]
        await app.press("W")
        assert "26 Feb – 3 Mar 2024" in app.lines[0]
        await app.press("Y")
        assert "Thursday 29 February 2024. Done: Hug." in app.text


@pytest.mark.thorough
async def test_a_week_across_the_new_year_shows_days_of_both_years(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("hug", date(2025, 12, 31))
    new_diary.press("hug", date(2026, 1, 1))
    async with open_app() as app:
        await app.press("W", "full_stop")
        await app.type("2026-01-01")
        await app.press("enter")
        assert "2 evenings with connection." in app.text
        await app.press("Y")
        assert "1 evening with connection." in app.text


@pytest.mark.thorough
async def test_an_archived_practice_is_shown_in_the_weeks_before_it_was_archived(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("joy", TODAY - timedelta(days=7))
    new_diary.practices.archive("joy")
    async with open_app() as app:
        assert "Moment of joy" not in app.text
        await app.press("W", "left_square_bracket")
        assert "●" in app.line_with("Moment of joy")


@pytest.mark.parametrize(("width", "height"), some_cases([(59, 24), (60, 15), (20, 5)], 1))
@pytest.mark.parametrize("screen_key", some_of(["T", "W", "Y", "C", "P", "S"], 1))
async def test_a_terminal_that_is_too_small_shows_a_message_and_loses_nothing(
    open_app: OpenApp, new_diary: Diary, width: int, height: int, screen_key: str
) -> None:
    async with open_app() as app:
        await app.press("h", screen_key)
        before = app.text
        await app.resize(width, height)
        assert "window is too small" in app.words
        # Keys don't log anything on an invisible screen.
        await app.press("l", "5")
        await app.resize(80, 24)
        assert app.text == before
    page = new_diary.day()
    assert [one.practice.id for one in page.practices if one.amount] == ["hug"]
    assert page.calm is None


async def test_in_a_small_terminal_the_import_screen_keeps_its_state(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await app.until(lambda: "this whole folder" in app.text)
        await app.settle()
        before = app.text
        for size in ((50, 15), (80, 24)):
            await app.resize(*size)
        assert app.text == before
        # A file is read while the window is too small, and refused in a large one.
        screen = app.app.screen
        assert isinstance(screen, ImportScreen)
        await app.resize(50, 15)
        screen._path = Path("list.csv")
        screen._update("list.csv", "Reading")
        await app.settle()
        assert "Reading" not in app.text
        await app.resize(80, 24)
        assert "Reading" in app.text
        assert "this whole folder" not in app.text
        screen._show_files()
        await app.settle()
        assert app.text == before


async def test_the_app_can_be_quit_in_a_small_terminal(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(60, 15) as app:
        await app.press("q")
        assert not app.app.is_running
