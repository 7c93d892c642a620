"""Calm over time: over weeks or years, evening by evening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.render.insight_text import method
from tracker.tui.widgets.calm_panel import CalmPanel

SIZES = [(80, 24), (120, 40), (60, 20)]


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_four_weeks_at_a_glance(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("C", "left")
        await looked(evening)
        golden(f"calm_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_before_the_first_evening_it_says_how_it_begins(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("C")
        await looked(evening)
        golden(f"calm_empty_{width}x{height}", evening.text)


async def test_a_longer_time_is_chosen_by_key_and_by_mouse(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("C", "down", "down")
        await looked(evening)
        golden("calm_a_year_120x40", evening.text)
        await evening.click("all")
        assert "24 Nov 2025 to 24 Nov 2026" in evening.lines[0]
        await evening.press("up", "up")
        assert "26 Aug to 24 Nov 2026" in evening.lines[0]
        await evening.press("down", "down")
        assert "[all]" in evening.text


async def test_each_evening_tells_its_score_and_its_note(sit_down: Open, begun: Diary) -> None:
    begun.rate(6, TODAY - timedelta(days=1), note="rain on the roof")
    begun.rate(3, TODAY - timedelta(days=4))
    async with sit_down() as evening:
        await evening.press("C", "left")
        assert "Monday 23 November 2026. Calm: 6 of 10. Note: rain on the roof" in evening.words
        await evening.press("left", "left", "left")
        assert "Calm: 3 of 10, rated later." in evening.words


async def test_past_the_edge_lies_the_time_before(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("C", "left_square_bracket")
        assert "30 Sep to 27 Oct 2026" in evening.lines[0]
        await evening.press("right")
        assert "28 Oct to 24 Nov 2026" in evening.lines[0]
        assert "Wednesday 28 October 2026" in evening.text
        await evening.press("left")
        assert "30 Sep to 27 Oct 2026" in evening.lines[0]
        await evening.press("right_square_bracket", "right_square_bracket")
        assert "28 Oct to 24 Nov 2026" in evening.lines[0]


async def test_a_date_is_gone_to(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("C", "full_stop")
        await evening.type("2026-03-10")
        await evening.press("enter")
        assert "Tuesday 10 March 2026" in evening.text


async def test_enter_opens_the_evening(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("C", "left", "left", "enter")
        assert "Sunday 22 November" in evening.lines[0]
        assert "how calm did you feel" in evening.text


async def test_x_and_help_tell_how_the_line_comes_about(sit_down: Open, a_year: Diary) -> None:
    async with sit_down(80, 50) as evening:
        await evening.press("C", "x")
        assert "one a week ago counts half" in evening.words
        await evening.press("question_mark")
        assert "rated later: drawn" in evening.text


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_help_tells_the_method_in_ten_lines(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("C", "up", "question_mark", "end")
        golden(f"help_method_{width}x{height}", evening.text)
        assert "need not be cause and effect" in evening.words.replace("│ ", "")
        seen = evening.words
        for _ in range(30):
            await evening.press("up")
            seen += evening.words
        assert all(one.split(".")[0][:40] in seen for one in method())


async def test_it_starts_at_the_day_one_comes_from(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("left", "left", "left", "C")
        assert "Saturday 21 November 2026" in evening.text
        await evening.press("escape")
        assert "Saturday 21 November" in evening.lines[0]


async def test_what_goes_with_calmer_evenings_is_the_last_choice(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down() as evening:
        await evening.press("C", "down", "down", "down", "down", "down")
        await looked(evening)
        golden("calm_goes_with_80x24", evening.text)
        await evening.press("x")
        assert "Compared are evenings with a practice and evenings without it" in evening.words
        await evening.press("escape", "up")
        assert "24 Nov 2025 to 24 Nov 2026" in evening.lines[0]


async def test_on_a_tall_screen_it_stands_below_the_chart(
    sit_down: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("C")
        await looked(evening)
        golden("calm_and_what_goes_with_it_120x40", evening.text)


async def test_of_few_evenings_it_says_how_far_along_they_are(sit_down: Open, begun: Diary) -> None:
    begun.rate(6)
    async with sit_down(60, 18) as evening:
        await evening.press("C", "down", "down", "down")
        await evening.click("what goes with it")
        await looked(evening)
        assert "Hug: 0 of 24 evenings so far." in evening.text
        await evening.press("pagedown", "pagedown")
        assert "Not enough dips to say. Nice." in evening.text
        await evening.press("pageup", "pageup")
        assert "What goes with calmer evenings" in evening.text


async def test_it_is_worked_out_anew_only_when_something_changed(
    sit_down: Open, a_year: Diary
) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("C")
        await looked(evening)
        first = picture(evening).insights
        await evening.press("T", "C")
        await looked(evening)
        assert picture(evening).insights is first
        await evening.press("T", "7", "C")
        await looked(evening)
        assert picture(evening).insights is not first


async def test_keys_are_kept_while_it_is_worked_out(sit_down: Open, a_year: Diary) -> None:
    async with sit_down() as evening:
        await evening.pilot.press("C", "T", "h", "7")
        await evening.settle()
        assert a_year.day().calm == 7
        assert a_year.day().practices[0].amount == 1


def picture(evening: Sitting) -> CalmPanel:
    """The picture on the screen."""
    return evening.app.screen.query_one(CalmPanel)


async def looked(evening: Sitting) -> None:
    """Waits until what goes with calmer evenings is worked out."""
    await evening.app.workers.wait_for_complete()
    await evening.settle()
