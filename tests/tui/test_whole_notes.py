"""Long notes of the cursor's day: whole on every screen where there is room for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary

LONG = (
    "Tonight was a long one, with Anna on the phone for an hour, then a walk by the river in the "
    "rain, and soup, and a talk about the summer that we both want to keep, so that this note "
    "needs some more lines than two, and its last word is HERE."
)


@pytest.mark.parametrize("keys", ["T", "W", "YL", "C"])
@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_a_long_note_is_whole_before_any_line_stays_empty(
    open_app: OpenApp, new_diary: Diary, keys: str, width: int, height: int
) -> None:
    new_diary.rate(7, note=LONG)
    async with open_app(width, height) as app:
        await app.press(keys[0])
        if keys == "YL":
            await app.press("tab", "down")
        assert "its last word is HERE." in app.words, app.text


@pytest.mark.parametrize("keys", ["W", "Wl", "Y", "YL"])
async def test_a_note_of_a_thousand_characters_is_cut_only_where_the_window_ends(
    open_app: OpenApp, new_diary: Diary, keys: str
) -> None:
    new_diary.rate(7, note=f"{LONG[:-5]} {LONG * 3}{LONG[:-5]} at the END.")
    async with open_app(140, 45) as app:
        await app.press(keys[0])
        if keys == "YL":
            await app.press("tab", "down")
        assert "at the END." in app.words, app.text


@pytest.mark.parametrize("key", ["Y", "C"])
async def test_blank_lines_give_way_to_a_note_that_is_too_long(
    open_app: OpenApp, demo_diary: Diary, key: str
) -> None:
    demo_diary.rate(7, note=LONG * 3)
    async with open_app(80, 24) as app:
        await app.press(key)
        *_above, last_line, keys = app.lines
        assert last_line.endswith("…")
        assert "? help" in keys


@pytest.mark.parametrize("height", [40, 50])
async def test_the_notes_of_a_week_are_whole_and_the_four_weeks_stay(
    open_app: OpenApp, new_diary: Diary, height: int
) -> None:
    new_diary.rate(7, TODAY - timedelta(days=1), note="A quiet evening.")
    new_diary.rate(7, note=LONG)
    async with open_app(120, height) as app:
        await app.press("W", "left")
        assert "Mon  Evening  A quiet evening." in app.text
        assert "its last word is HERE." in app.words
        assert ("Four weeks" in app.text) == (height == 50)
        await app.click("soup")
        assert "Tuesday 24 November. Calm: 7 of 10." in app.words


async def test_of_more_notes_than_fit_whole_each_has_a_line(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for row in new_diary.day().practices:
        new_diary.write_note(row.practice.id, f"{row.practice.name} first. {LONG}")
    async with open_app(120, 40) as app:
        await app.press("W")
        notes = app.text.partition("Notes")[2]
        for row in new_diary.day().practices:
            assert f"{row.practice.name} first." in notes
        assert "more (J)" not in notes


async def test_the_notes_beside_tonight_are_whole_where_there_is_room(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", LONG, TODAY - timedelta(days=1))
    async with open_app(120, 40) as app:
        beside = " ".join(line.partition("│")[2].strip("│ ") for line in app.lines)
        assert "its last word is HERE." in " ".join(beside.split())
