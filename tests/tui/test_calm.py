"""Calm over time: weeks or years, evening by evening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, AppDriver, Open, sizes
from tracker.diary.diary import Diary
from tracker.render.insight_text import method
from tracker.tui.screens.calm_screen import CalmPanel

SIZES = sizes((120, 40), (60, 20))


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_four_weeks_at_a_glance(
    open_app: Open, a_year: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("C", "left")
        golden(f"calm_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_before_the_first_evening_it_says_how_it_begins(
    open_app: Open, begun: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("C")
        golden(f"calm_empty_{width}x{height}", app.text)


async def test_a_longer_time_is_chosen_by_key_and_by_mouse(
    open_app: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(120, 40) as app:
        await app.press("C", "down", "down")
        golden("calm_a_year_120x40", app.text)
        await app.click("all")
        assert "24 Nov 2025 to 24 Nov 2026" in app.lines[0]
        await app.press("up", "up")
        assert "26 Aug to 24 Nov 2026" in app.lines[0]
        await app.press("down", "down")
        assert "[all]" in app.text


async def test_each_evening_tells_its_score_and_its_note(open_app: Open, begun: Diary) -> None:
    begun.rate(6, TODAY - timedelta(days=1), note="rain on the roof")
    begun.rate(3, TODAY - timedelta(days=4))
    async with open_app() as app:
        await app.press("C", "left")
        assert "Monday 23 November 2026. Calm: 6 of 10. Note: rain on the roof" in app.words
        await app.press("left", "left", "left")
        assert "Calm: 3 of 10, rated later." in app.words


@pytest.mark.thorough
async def test_past_the_edge_lies_the_time_before(open_app: Open, a_year: Diary) -> None:
    async with open_app() as app:
        await app.press("C", "left_square_bracket")
        assert "30 Sep to 27 Oct 2026" in app.lines[0]
        await app.press("right")
        assert "28 Oct to 24 Nov 2026" in app.lines[0]
        assert "Wednesday 28 October 2026" in app.text
        await app.press("left")
        assert "30 Sep to 27 Oct 2026" in app.lines[0]
        await app.press("right_square_bracket", "right_square_bracket")
        assert "28 Oct to 24 Nov 2026" in app.lines[0]


async def test_a_date_is_gone_to(open_app: Open, a_year: Diary) -> None:
    async with open_app() as app:
        await app.press("C", "full_stop")
        await app.type("2026-03-10")
        await app.press("enter")
        assert "Tuesday 10 March 2026" in app.text


async def test_enter_opens_the_evening(open_app: Open, a_year: Diary) -> None:
    async with open_app() as app:
        await app.press("C", "left", "left", "enter")
        assert "Sunday 22 November" in app.lines[0]
        assert "How calm did you feel" in app.text


async def test_x_and_help_tell_how_the_line_comes_about(open_app: Open, a_year: Diary) -> None:
    async with open_app(80, 50) as app:
        await app.press("C", "x")
        assert "an evening from a week ago counts half" in app.words.replace("│ │ ", "")
        await app.press("escape", "question_mark", "end", "pageup")
        assert "rated on a later" in app.text


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_help_tells_the_method_in_ten_lines(
    open_app: Open, a_year: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("C", "up", "question_mark", "end")
        golden(f"help_method_{width}x{height}", app.text)
        assert "A coin-flip month can tell" in app.words
        shown = app.words
        for _ in range(6):
            await app.press("pageup")
            shown += app.words
        assert all(one.split(".")[0][:40] in shown for one in method())


async def test_it_starts_at_the_day_one_comes_from(open_app: Open, a_year: Diary) -> None:
    async with open_app() as app:
        await app.press("left", "left", "left", "C")
        assert "Saturday 21 November 2026" in app.text
        await app.press("escape")
        assert "Saturday 21 November" in app.lines[0]


@pytest.mark.thorough
async def test_what_goes_with_calmer_evenings_is_the_last_choice(
    open_app: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        await app.press("C", "down", "down", "down", "down", "down")
        golden("calm_goes_with_80x24", app.text)
        await app.press("x")
        assert "calmtrack compares how calm you were on evenings with and without" in app.words
        await app.press("escape", "enter")
        assert "Evidence: grade" in app.text
        await app.press("escape", "up")
        assert "24 Nov 2025 to 24 Nov 2026" in app.lines[0]


@pytest.mark.thorough
async def test_on_a_tall_screen_it_stands_below_the_chart(
    open_app: Open, a_year: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(120, 52) as app:
        await app.press("C")
        golden("calm_and_what_goes_with_it_120x52", app.text)


async def test_of_few_evenings_it_says_how_far_along_they_are(open_app: Open, begun: Diary) -> None:
    begun.rate(6)
    async with open_app(60, 18) as app:
        await app.press("C", "down", "down", "down")
        await app.click("patterns")
        assert "Hug            · not yet" in app.text
        assert " 0/24 rated evenings\n" in app.text
        assert "Hug: too early to compare, 0 of at least" in app.text
        await app.press("pagedown", "up")
        assert "Too few evenings with low calm yet to tell how soon" in app.words
        await app.press("pageup", "up")
        assert "[all]" in app.text


@pytest.mark.thorough
async def test_it_is_worked_out_anew_only_when_something_changed(
    open_app: Open, a_year: Diary
) -> None:
    async with open_app(120, 52) as app:
        await app.press("C")
        first = picture(app).insights
        await app.press("T", "C")
        assert picture(app).insights is first
        await app.press("T", "7", "C")
        assert picture(app).insights is not first


async def test_keys_are_kept_while_it_is_worked_out(open_app: Open, a_year: Diary) -> None:
    async with open_app() as app:
        await app.pilot.press("C", "T", "h", "7")
        await app.settle()
        assert a_year.day().calm == 7
        assert a_year.day().practices[0].amount == 1


def picture(app: AppDriver) -> CalmPanel:
    """The picture on the screen."""
    return app.app.screen.query_one(CalmPanel)
