"""Calm over time: weeks or years, evening by evening."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location
from tracker.render.insight_text import PatternRow, method
from tracker.tui.screens.calm_screen import CalmPanel, CalmScreen
from tracker.tui.widgets.patterns_panel import OtherRow, PatternsPanel

SIZES = sizes((120, 40), (60, 20))


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_four_weeks_at_a_glance(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("C", "left")
        golden(f"calm_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_without_ratings_it_explains_how_to_begin(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("C")
        golden(f"calm_empty_{width}x{height}", app.text)


async def test_a_longer_time_is_chosen_by_key_and_by_mouse(
    open_app: OpenApp, demo_diary: Diary, golden: Callable[[str, str], None]
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


@pytest.mark.parametrize("tab", [0, 1, 2, 3])
@pytest.mark.parametrize("height", [24, 40])
@pytest.mark.parametrize("is_plain", [False, True])
async def test_a_click_on_the_chart_moves_to_the_evening_there(
    open_app: OpenApp,
    demo_diary: Diary,
    monkeypatch: pytest.MonkeyPatch,
    tab: int,
    height: int,
    is_plain: bool,
) -> None:
    if is_plain:
        monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with open_app(100, height) as app:
        await app.press("C", *["tab"] * tab)
        last = next(y for y, line in enumerate(app.lines) if line.endswith(" 24 Nov"))
        first = next(y for y, line in enumerate(app.lines) if line.startswith("   10"))
        before = app.words
        for column, row in ((20, first), (30, last - 4), (40, last)):
            await app.pilot.click(offset=(column, row))
            await app.settle()
            sign = "^" if is_plain else "▲"
            (pointer,) = (
                line.index(sign) for line in app.lines[last - 1 : last + 1] if sign in line
            )
            # A column is up to three cells wide.
            assert abs(pointer - column) <= 2
        assert app.words != before
        before = app.words
        for row in (first - 1, last + 1):
            await app.pilot.click(offset=(30, row))
            await app.settle()
        assert app.words == before


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_both_ends_of_the_chart_are_dated_wherever_the_cursor_is(
    open_app: OpenApp,
    demo_diary: Diary,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    height: int,
    is_plain: bool,
) -> None:
    if is_plain:
        monkeypatch.setenv("CALMTRACK_ASCII", "1")
    sign = "^" if is_plain else "▲"
    async with open_app(width, height) as app:
        for tab, first in enumerate(("28 Oct", "26 Aug", "25 Nov", "24 Nov")):
            await app.press("T", "C", *["tab"] * tab)
            for _key in range(6):
                (dates,) = (line for line in app.lines if line.endswith(" 24 Nov"))
                assert dates.strip().startswith(first)
                assert app.text.count(sign) == 1
                await app.press("left")


async def test_each_evening_shows_its_score_and_its_note(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6, TODAY - timedelta(days=1), note="rain on the roof")
    new_diary.rate(3, TODAY - timedelta(days=4))
    async with open_app() as app:
        await app.press("C", "left")
        assert "Monday 23 November 2026. Calm: 6 of 10. Note: rain on the roof" in app.words
        await app.press("left", "left", "left")
        assert "Calm: 3 of 10, rated later." in app.words
        assert "○ rated later" in app.line_with("● evenings")
        new_diary.clear("calm", TODAY - timedelta(days=4))
        app.app.refresh_screens()
        await app.settle()
        assert "○" not in app.line_with("● evenings")


async def test_the_legend_fits_a_small_window_in_each_language(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    demo_diary.rate(0, TODAY - timedelta(days=4))
    words_by_language = {"en": "usual range", "de": "üblicher Bereich", "es": "rango habitual"}
    for language, words in words_by_language.items():
        set_language(language)
        async with open_app(60, 26) as app:
            await app.press("C")
            legend = app.line_with("  ⠒⠒ ")
            assert "○" in legend
            assert legend.rstrip().endswith(words)


async def test_the_legend_gives_way_only_to_a_note_in_the_smallest_window(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    demo_diary.rate(0, TODAY - timedelta(days=1), note="A long note. " * 20)
    async with open_app(60, 20) as app:
        await app.press("C")
        assert "usual range" in app.line_with("  ⠒⠒ ")
        await app.press("left")
        assert "A long note." in app.words
        assert "⠒⠒ trend" not in app.text


@pytest.mark.thorough
async def test_moving_past_the_edge_shows_the_period_before(
    open_app: OpenApp, demo_diary: Diary
) -> None:
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


async def test_a_date_can_be_jumped_to(open_app: OpenApp, demo_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("C", "full_stop")
        await app.type("2026-03-10")
        await app.press("enter")
        assert "Tuesday 10 March 2026" in app.text


async def test_keys_faster_than_the_diary_move_one_after_the_other(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("C")
        screen = app.app.screen
        assert isinstance(screen, CalmScreen)
        for by in (-1, -1, -1, -1, 1):
            screen.action_period(by)
        await app.settle()
        assert "5 Aug to 1 Sep 2026" in app.lines[0]
        for _ in range(30):
            screen.action_day(-1)
        await app.settle()
        assert "Sunday 2 August 2026" in app.text


async def test_enter_opens_the_evening(open_app: OpenApp, demo_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("C", "left", "left", "enter")
        assert "Sun 22 Nov · 2 days ago" in app.lines[0]
        assert "How calm did you feel" in app.text


async def test_x_and_help_explain_how_the_line_is_computed(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(80, 50) as app:
        await app.press("C", "x")
        assert "an evening from a week ago counts half" in app.words.replace("│ │ ", "")
        await app.press("escape", "question_mark", "end", "pageup")
        assert "rated on a later" in app.text


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_help_explains_the_method_in_ten_lines(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
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


async def test_it_opens_at_the_day_of_the_screen_before(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("left", "left", "left", "C")
        assert "Saturday 21 November 2026" in app.text
        await app.press("escape")
        assert "Sat 21 Nov · 3 days ago" in app.lines[0]


@pytest.mark.thorough
async def test_what_goes_with_calmer_evenings_is_the_last_tab(
    open_app: OpenApp, demo_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        await app.press("C", "down", "down", "down", "down", "down")
        golden("calm_goes_with_80x24", app.text)
        await app.press("x")
        assert "calmtrack compares how calm you were on evenings with and without" in app.words
        await app.press("escape", "enter")
        own, _gap, research = app.words.partition("Evidence: grade")
        assert "your calm has been about 1.5 points higher (likely 1 to 2)" in own.replace("│ ", "")
        evenings = r"last 52 weeks: \d+ with its daily goal reached, \d+ without\."
        assert re.search(evenings, own.replace("│ ", ""))
        assert research
        await app.press("escape", "up")
        assert "24 Nov 2025 to 24 Nov 2026" in app.lines[0]


@pytest.mark.thorough
async def test_on_a_tall_screen_the_insights_are_below_the_chart(
    open_app: OpenApp, demo_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(120, 52) as app:
        await app.press("C")
        golden("calm_and_what_goes_with_it_120x52", app.text)


async def test_with_few_evenings_it_shows_how_many_are_needed(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6)
    async with open_app(60, 18) as app:
        await app.press("C", "down", "down", "down")
        await app.click("patterns")
        assert "Hug            · not yet" in app.text
        assert " 0/24 rated evenings\n" in app.text
        assert "tab view ↑↓ row" in app.words
        assert "Hug: too early to compare, 0 of at least" in app.text
        await app.press("pagedown", "up")
        assert "Too few evenings well below your usual yet" in app.words
        await app.press("pageup", "up")
        assert "[all]" in app.text


@pytest.mark.thorough
async def test_insights_are_recomputed_only_after_a_change(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(120, 52) as app:
        await app.press("C")
        first = calm_view(app).insights
        await app.press("T", "C")
        assert calm_view(app).insights is first
        await app.press("T", "7", "C")
        assert calm_view(app).insights is not first


async def test_keys_pressed_during_the_computation_are_not_lost(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.pilot.press("C", "T", "h", "7")
        await app.settle()
        assert demo_diary.day().calm == 7
        assert demo_diary.day().practices[0].amount == 1


async def test_a_message_on_patterns_stays_when_the_file_was_only_written_again(
    open_app: OpenApp, demo_diary: Diary, location: Location
) -> None:
    async with open_app() as app:
        await app.press("C", "shift+tab")
        screen = app.app.screen
        assert isinstance(screen, CalmScreen)
        screen.set_message("Undid: Hug.")
        os.utime(location.file, (0, 0))
        app.app._poll_file()
        await app.settle()
        assert "Undid: Hug." in app.text


async def test_the_cursor_on_patterns_stays_on_its_practice_when_one_above_it_leaves(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("C", "shift+tab")
        await app.press(*["down"] * 3)
        patterns = app.app.screen.query_one(PatternsPanel)
        first, *_, row = patterns.rows[:4]
        assert isinstance(first, PatternRow)
        assert isinstance(row, PatternRow)
        demo_diary.practices.archive(first.practice_id)
        app.app._poll_file()
        await app.settle()
        assert patterns.row == row
        assert patterns.cursor == 2


async def test_while_scores_are_hidden_patterns_have_no_row_to_open(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "down", "down", "down", "space", "C", "shift+tab", "down")
        assert "Calm scores are hidden" in app.text
        assert "row" not in app.lines[-1]
        await app.press("enter")
        assert isinstance(app.app.screen, CalmScreen)


def calm_view(app: AppDriver) -> CalmPanel:
    """The Calm screen's main widget."""
    return app.app.screen.query_one(CalmPanel)


async def test_a_new_pattern_is_announced_unless_it_was_read_here(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("C", "shift+tab")
        await app.press("T", "7")
        assert "New pattern" not in app.text
    demo_diary.remember("patterns_mentioned_on", lambda _: "")
    async with open_app() as app:
        await app.press("C", "T", "8")
        assert "New pattern" in app.text


async def test_all_of_calm_is_one_day_on_the_first_evening(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6)
    async with open_app() as app:
        await app.press("C", "tab", "tab", "tab")
        assert "24 Nov 2026" in app.lines[0]
        assert " to " not in app.lines[0]


async def test_enter_on_rest_days_proposes_the_days_that_the_row_names(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    for back in (17, 16, 15):
        for row in demo_diary.day(TODAY - timedelta(days=back)).practices:
            demo_diary.clear(row.practice.id, TODAY - timedelta(days=back))
    async with open_app() as app:
        await app.press("C", "shift+tab")
        assert "↵ read more" in app.text
        rows = app.app.screen.query_one(PatternsPanel).rows
        titles = [row.title if isinstance(row, OtherRow) else "" for row in rows]
        await app.press(*["down"] * titles.index("After low evenings"))
        assert "↵" not in app.lines[-2], "enter does nothing there"
        await app.press("down")
        assert "From 7 November to 9 November you did none of your practices." in app.words
        assert "↵ rest days" in app.text
        await app.press("enter")
        assert "2026-11-07" in app.line_with("From")
        assert "2026-11-09" in app.line_with("To ")
        await app.press("enter")
        assert "7 November to Monday 9 November." in app.words
        await app.press("down")
        assert "↵ read more" in app.text
