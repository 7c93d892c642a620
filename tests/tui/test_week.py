"""The review of a week, and changing a day where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary
from tracker.models import State

MONDAY = TODAY.replace(day=23)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_a_week_at_a_glance(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("W", "left_square_bracket", "down")
        golden(f"week_{width}x{height}", evening.text)


async def test_an_empty_week_says_something_kind(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W")
        assert "Tonight is a good evening to begin." in evening.text
        await evening.press("left_square_bracket")
        assert "A quiet week in the diary. That's all right." in evening.text


async def test_any_cell_can_be_changed(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "left", "6", "h", "h", "l", "z")
    day = begun.day(MONDAY)
    states = {p.practice.id: p.state for p in day.practices}
    assert day.calm == 6
    assert day.practices[0].amount == 2
    assert states["laughter"] is State.REST


async def test_arrows_never_overtake_letters(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "left", "l", "right", "t", "left", "g")
    on_monday = {p.practice.id for p in begun.day(MONDAY).practices if p.amount}
    today = {p.practice.id for p in begun.day().practices if p.amount}
    assert (on_monday, today) == ({"laughter", "gratitude"}, {"good-talk"})


async def test_past_the_edge_lies_the_neighbouring_week(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "left", "left")
        assert "16 – 22 November 2026" in evening.lines[0]
        assert "Sunday 22 November" in evening.text
        await evening.press("right")
        assert "23 – 29 November 2026" in evening.lines[0]


async def test_a_week_over_the_turn_of_the_year(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "full_stop")
        await evening.type("2026-01-01")
        await evening.press("enter")
        assert "29 December 2025 – 4 January 2026" in evening.lines[0]


async def test_a_long_period_leaves_room_for_rooms_that_fit(sit_down: Open, begun: Diary) -> None:
    async with sit_down(60, 20) as evening:
        await evening.press("W", "full_stop")
        await evening.type("2026-01-01")
        await evening.press("enter")
        assert "‹ 29 December 2025 – 4 January 2026 ›" in evening.lines[0]
        assert evening.lines[0].endswith(" T W Y C")


async def test_a_note_is_written_in_a_cell(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "left", "down", "enter")
        await evening.type("Mia")
        await evening.press("enter")
    assert begun.day(MONDAY).practices[0].note == "Mia"


async def test_escape_goes_back_to_tonight(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "escape")
        assert "how calm did you feel" in evening.text


async def test_a_cell_is_clicked_to_go_there_and_again_to_log(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W")
        row = next(y for y, line in enumerate(evening.lines) if "Hug" in line)
        monday = evening.lines[5].index("23")
        for _ in range(2):
            await evening.pilot.click(offset=(monday, row))
            await evening.settle()
    assert begun.day(MONDAY).practices[0].amount == 1


async def test_x_explains_the_streak(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "down", "x")
        assert "Thu 19 Nov" in evening.text
        assert "Your rhythm holds." in evening.text
        await evening.press("escape")
        assert "23 – 29 November" in evening.lines[0]
