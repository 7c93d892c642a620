"""Odd diaries and odd terminals: nothing breaks, nothing is gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary
from tracker.models import Entry, EntryState, Evening, State
from tracker.store.writer import Writer

ROOMS = ("T", "W", "Y", "C", "P", "S")

LONG = "An evening walk along the canal with whoever would like, slow"
CJK = "深呼吸をして、今日いちばん嬉しかったことを三つ書く"


async def test_names_of_sixty_characters_and_of_wide_ones(sit_down: Open, begun: Diary) -> None:
    begun.practices.add(LONG[:60])
    begun.practices.add(CJK)
    for width, height in ((60, 20), (80, 24), (120, 40)):
        async with sit_down(width, height) as evening:
            for room in ROOMS:
                await evening.press(room)
                assert evening.text.count("\n") == height
            await evening.press("P")
            assert "An evening walk" in evening.text
            assert "深呼吸" in evening.text


async def test_thirty_practices_are_all_reached(sit_down: Open, begun: Diary) -> None:
    for number in range(22):
        begun.practices.add(f"Thing {number}")
    async with sit_down() as evening:
        await evening.press(*["down"] * 30, "space")
        assert "Thing 21" in evening.text
        await evening.press("W", *["down"] * 30, "left", "space")
        assert "Thing 21" in evening.text
        await evening.press("Y", *["down"] * 31)
        assert "Thing 21" in evening.text
    for day in (TODAY, TODAY - timedelta(days=1)):
        assert begun.day(day).practices[-1].state is State.DONE


async def test_no_practices_at_all(sit_down: Open, begun: Diary) -> None:
    for practice in begun.practices.all():
        begun.practices.archive(practice.id)
    async with sit_down() as evening:
        await evening.press("7", "down", "space", "z", "x", "minus", "n", "escape")
        assert "7 of 10" in evening.text
        for room in ROOMS:
            await evening.press(room, "down", "right", "left")
            assert evening.app.is_running
    assert begun.day().calm == 7


async def test_a_diary_that_starts_today_has_something_to_say_everywhere(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        for room, words in (
            ("W", "Tonight is a good evening to begin."),
            ("Y", "Tonight is a good evening to begin."),
            ("C", "The first one begins the line."),
            ("M", "@Anna"),
            ("escape", "The first one begins the line."),
            ("G", "jar"),
        ):
            await evening.press(room)
            assert words in evening.words.replace("│ ", ""), room


async def test_a_diary_of_sixty_years(sit_down: Open, begun: Diary) -> None:
    days = [TODAY - timedelta(days=n) for n in range(60 * 365)]

    def live(writer: Writer) -> None:
        writer.put_evenings([Evening(day, day.toordinal() * 7 % 11, "", None) for day in days])
        writer.put_entries([Entry(day, "hug", EntryState.LOGGED, 1, "", None) for day in days])

    begun.change("import", "a life", live)
    async with sit_down() as evening:
        assert "21,900" in evening.text or "21900" in evening.text
        await evening.press("C", "down", "down", "down")
        assert "to 24 Nov 2026" in evening.lines[0]
        assert "One column stands for" in evening.text
        await evening.press("Y", *["left_square_bracket"] * 50)
        assert "‹ 1976 ›" in evening.lines[0]
        assert "366 days done" not in evening.text
        await evening.press("down", "down")
        assert "Hug: 366 days done" in evening.text


async def test_the_29th_of_february(sit_down: Open, begun: Diary) -> None:
    begun.press("hug", date(2024, 2, 29))
    async with sit_down() as evening:
        await evening.press("full_stop")
        await evening.type("2024-02-29")
        await evening.press("enter")
        assert "Thursday 29 February 2024" in evening.lines[0]
        await evening.press("W")
        assert "26 February – 3 March 2024" in evening.lines[0]
        await evening.press("Y")
        assert "Thursday 29 February 2024. Done: Hug." in evening.text


async def test_a_week_over_a_years_end_shows_both_years_days(sit_down: Open, begun: Diary) -> None:
    begun.press("hug", date(2025, 12, 31))
    begun.press("hug", date(2026, 1, 1))
    async with sit_down() as evening:
        await evening.press("W", "full_stop")
        await evening.type("2026-01-01")
        await evening.press("enter")
        assert "2 evenings with connection." in evening.text
        await evening.press("Y")
        assert "1 evening with connection." in evening.text


async def test_an_archived_practice_is_in_the_weeks_in_which_it_lived(
    sit_down: Open, begun: Diary
) -> None:
    begun.press("joy", TODAY - timedelta(days=7))
    begun.practices.archive("joy")
    async with sit_down() as evening:
        assert "Moment of joy" not in evening.text
        await evening.press("W", "left_square_bracket")
        assert "●" in evening.line_with("Moment of joy")


@pytest.mark.parametrize(("width", "height"), [(60, 15), (59, 24), (20, 5)])
@pytest.mark.parametrize("room", ["T", "W", "Y", "C", "P", "S"])
async def test_a_terminal_that_is_too_small_asks_for_more_room_and_nothing_is_gone(
    sit_down: Open, begun: Diary, width: int, height: int, room: str
) -> None:
    async with sit_down() as evening:
        await evening.press("h", room)
        before = evening.text
        await evening.pilot.resize_terminal(width, height)
        await evening.settle()
        assert "needs a little more room" in evening.words
        # What can't be seen is not logged either.
        await evening.press("l", "5")
        await evening.pilot.resize_terminal(80, 24)
        await evening.settle()
        assert evening.text == before
    page = begun.day()
    assert [one.practice.id for one in page.practices if one.amount] == ["hug"]
    assert page.calm is None


async def test_in_a_small_terminal_import_keeps_to_what_it_showed(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await evening.until(lambda: "this whole folder" in evening.text)
        await evening.settle()
        before = evening.text
        for size in ((50, 15), (80, 24)):
            await evening.pilot.resize_terminal(*size)
            await evening.settle()
        assert evening.text == before


async def test_a_small_terminal_can_be_left(sit_down: Open, begun: Diary) -> None:
    async with sit_down(60, 15) as evening:
        await evening.press("q")
        assert not evening.app.is_running
