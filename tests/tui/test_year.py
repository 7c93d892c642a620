"""A year as a heatmap: moved through day by day, for all practices, one of them, or calm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, Open
from tracker.diary.diary import Diary

SIZES = [(80, 24), (120, 40), (60, 20)]


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_year_at_a_glance(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("Y", "left")
        golden(f"year_{width}x{height}", evening.text)


async def test_one_practice_is_drawn(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("Y", "down", "down", "down", "down")
        golden("year_of_a_practice_120x40", evening.text)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_an_empty_year_says_something_kind(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("Y")
        golden(f"year_empty_{width}x{height}", evening.text)
        await evening.press("left_square_bracket")
        assert "A quiet year in the diary. That's all right." in evening.text


async def test_where_scores_are_hidden_a_year_of_ratings_alone_is_no_empty_one(
    sit_down: Open, begun: Diary
) -> None:
    begun.rate(6)
    async with sit_down() as evening:
        evening.app.change_setting("quiet", True)
        await evening.press("Y")
        assert evening.lines[2].strip() == "1 evening rated."
        await evening.press("W", "left", "3", "Y")
        assert evening.lines[2].strip() == "2 evenings rated."
        begun.press("hug")
        evening.app._poll_file()
        await evening.settle()
        assert evening.lines[2].strip() == "1 evening with connection."


async def test_the_days_note_is_read_day_by_day(sit_down: Open, begun: Diary) -> None:
    begun.rate(6, TODAY - timedelta(days=1), note="rain on the roof")
    begun.log("hug", TODAY - timedelta(days=1), note="Mia")
    async with sit_down() as evening:
        await evening.press("Y", "left")
        assert "Calm: 6 of 10. Done: Hug. Note: rain on the roof / Mia" in evening.words
        await evening.press("down")
        assert "Monday 23 November. Calm: 6 of 10. Note: rain on the roof" in evening.words
        await evening.press("down")
        assert "Monday 23 November. Hug:" in evening.words
        await evening.press("up", "right")
        assert "Tuesday 24 November. Calm: not rated" in evening.words


async def test_past_the_edge_lies_the_neighbouring_year(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "full_stop")
        await evening.type("2026-01-01")
        await evening.press("enter", "left")
        assert "2025" in evening.lines[0]
        assert "Wednesday 31 December 2025" in evening.text
        await evening.press("right")
        assert "2026" in evening.lines[0]


async def test_weeks_and_years_are_steps_too(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "pageup", "left_square_bracket")
        assert "Monday 17 November 2025" in evening.text
        await evening.press("pagedown", "right_square_bracket")
        assert "Tuesday 24 November 2026" in evening.text


async def test_a_leap_day_has_its_neighbour_in_other_years(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "full_stop")
        await evening.type("2024-02-29")
        await evening.press("enter")
        assert "Thursday 29 February 2024" in evening.text
        await evening.press("left_square_bracket")
        assert "Tuesday 28 February 2023" in evening.text


async def test_enter_opens_the_day_to_log_it(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "left", "enter")
        assert "how calm did you feel" in evening.text
        assert "Monday 23 November" in evening.lines[0]
        await evening.press("7")
    assert begun.day(TODAY - timedelta(days=1)).calm == 7


async def test_x_explains_the_streak_of_the_practice(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "x")
        assert "at least one practice was done" in evening.words
        await evening.press("down", "x")
        assert "the average of its rated evenings" in evening.words
        await evening.press("down", "x")
        assert "Your rhythm holds." in evening.text


async def test_letters_and_digits_log_nothing_here(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "h", "7", "z")
    assert begun.day().calm is None
    assert not begun.has_entries()


async def test_a_day_and_a_row_are_chosen_with_the_mouse(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y")
        await evening.click("Calm", nth=1)
        assert "9 and 10" in evening.text
        row = next(y for y, line in enumerate(evening.lines) if line.startswith("   Su"))
        await evening.pilot.click(offset=(6, row))
        await evening.settle()
        assert "Sunday 4 January" in evening.text
        await evening.click("‹")
        assert "2025" in evening.lines[0]
        await evening.click("Week")
        assert "30 December 2024" in evening.lines[0]
        assert "Calm" in evening.lines[0]


async def test_what_another_program_wrote_is_shown(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("Y")
        begun.press("hug")
        evening.app._poll_file()
        await evening.settle()
        assert "1 evening with connection." in evening.text


async def test_the_rooms_lead_to_each_other_and_escape_to_tonight(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("W", "Y", "C", "W", "C", "Y")
        assert "Mo" in evening.text
        assert len(evening.app.screen_stack) == 2
        await evening.press("escape")
        assert "how calm did you feel" in evening.text


async def test_help_tells_what_is_drawn(sit_down: Open, begun: Diary) -> None:
    async with sit_down(80, 60) as evening:
        await evening.press("Y", "question_mark")
        assert "What a row" not in evening.text
        assert "all: none; calm: 0 to 2; one practice: nothing" in evening.words.replace("│ ", "")
        assert "named from eight weeks of days on" in evening.words.replace("│ ", "")
