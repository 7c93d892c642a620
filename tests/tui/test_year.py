"""Year as a heatmap: moving day by day, for all practices, one of them, or calm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.diary.factories import add_entries
from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.render.year_text import year_table
from tracker.settings import LoadedSettings, Settings

SIZES = sizes((120, 40), (60, 20))


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_year_at_a_glance(
    open_app: OpenApp,
    demo_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("Y", "left")
        golden(f"year_{width}x{height}", app.text)
        column = app.line_with("Days done").index("days")
        await app.press("left_square_bracket")
        assert app.line_with("Days done").index("days") == column, "the columns moved"


async def test_the_cursor_and_both_ends_of_the_legend_are_visible_at_60_columns(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(60, 20) as app:
        await app.press("Y")
        assert app.line_with("Tu ").count("◆") == 1
        assert app.line_with("· 0  ").endswith("▇ 8–10  ◆ here")


@pytest.mark.parametrize(
    ("language", "practice", "ends"),
    [
        ("en", "nature-walk", ("Minutes: · 0  ", "▇ 40+  z rest  ◆ here")),
        ("de", "nature-walk", ("Minuten: · 0  ", "▇ 40+  z Ruhetag  ◆ hier")),
        ("es", "nature-walk", ("Minutos: · 0  ", "▇ 40+  z descanso  ◆ aquí")),
        ("en", "laughter", ("· no, or not logged  ", "▇ done  z rest  ◆ here")),
        ("de", "laughter", ("· nein oder kein Eintrag  ", "▇ geschafft  z Ruhetag  ◆ hier")),
        ("es", "laughter", ("· no, o sin anotar  ", "▇ hecho  z descanso  ◆ aquí")),
    ],
)
async def test_both_ends_of_a_legend_keep_their_meanings_at_60_columns(
    open_app: OpenApp, demo_diary: Diary, language: str, practice: str, ends: tuple[str, str]
) -> None:
    set_language(language)
    lowest, highest = ends
    rows = [one.id for one in demo_diary.practices.all()]
    async with open_app(60, 20) as app:
        await app.press("Y", *["down"] * (2 + rows.index(practice)))
        assert app.line_with(lowest).endswith(highest)


async def test_without_colours_each_sign_of_calm_has_its_scores_at_60_columns(
    open_app: OpenApp, demo_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(60, 20) as app:
        await app.press("Y", "down")
        legend = app.line_with("0–2")
        assert [f" {one}" in legend for one in ("3–4", "5–6", "7–8", "9–10")] == [True] * 4


async def test_the_column_of_the_best_weekday_appears_with_the_first_one(
    open_app: OpenApp, new_diary: Diary
) -> None:
    sundays = [TODAY - timedelta(days=2 + 7 * week) for week in range(14)]
    add_entries(new_diary, "joy", [(day, 1) for day in sundays[:6]])
    async with open_app(120, 40) as app:
        await app.press("Y")
        assert app.line_with("Days done").endswith("longest")
    assert "best day" not in "".join(year_table(new_diary.year(), "all"))
    add_entries(new_diary, "joy", [(day, 1) for day in sundays[6:]])
    async with open_app(120, 40) as app:
        await app.press("Y")
        assert app.line_with("Days done").endswith("best day")
        assert app.line_with("Moment of joy").rstrip().endswith("Sun")
    assert "best day" in "".join(year_table(new_diary.year(), "all"))


async def test_one_practice_can_be_shown(
    open_app: OpenApp, demo_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(120, 40) as app:
        await app.press("Y", "down", "down", "down", "down")
        golden("year_of_a_practice_120x40", app.text)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
async def test_an_empty_year_has_an_encouraging_text(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("Y")
        golden(f"year_empty_{width}x{height}", app.text)
        await app.press("left_square_bracket")
        assert "Before your diary began." in app.text


@pytest.mark.thorough
async def test_with_hidden_scores_a_year_of_ratings_is_not_empty(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6)
    async with open_app() as app:
        app.app.change_setting("quiet", True)
        await app.press("Y")
        assert app.lines[2].strip() == "1 evening rated."
        await app.press("W", "left", "3", "Y")
        assert app.lines[2].strip() == "2 evenings rated."
        new_diary.press("hug")
        app.app._poll_file()
        await app.settle()
        assert app.lines[2].strip() == "1 evening with connection."


async def test_with_hidden_scores_rated_evenings_are_marked_as_in_week(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6, TODAY - timedelta(days=1))
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("Y", "down")
        assert "● rated" in app.text
        await app.press("tab")
        assert "23 is the date,  ●  means you rated your calm." in app.text
        week = app.line_with("[24]")
        above_and_below = app.lines[app.lines.index(week) + 1]
        assert (week + above_and_below).count("●") == 1
        assert "6" not in above_and_below


async def test_the_note_of_the_selected_day_is_shown(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.rate(6, TODAY - timedelta(days=1), note="rain on the roof")
    new_diary.log("hug", TODAY - timedelta(days=1), note="Mia")
    async with open_app() as app:
        await app.press("Y", "left")
        assert "Calm: 6 of 10. Done: Hug. Note: rain on the roof / Mia" in app.words
        await app.press("down")
        assert "Monday 23 November. Calm: 6 of 10. Note: rain on the roof" in app.words
        await app.press("down")
        assert "Monday 23 November. Hug:" in app.words
        await app.press("up", "right")
        assert "Tuesday 24 November. Calm: not rated" in app.words


async def test_a_rest_day_is_not_described_as_quiet(open_app: OpenApp, new_diary: Diary) -> None:
    every = tuple(one.id for one in new_diary.practices.all())
    yesterday, the_day_before = TODAY - timedelta(days=1), TODAY - timedelta(days=2)
    new_diary.log("laughter", TODAY - timedelta(days=3))
    new_diary.rest(every, yesterday, yesterday, note="visiting mum")
    new_diary.rest(("hug", "joy"), the_day_before, the_day_before)
    async with open_app() as app:
        await app.press("Y", "left")
        assert "Monday 23 November 2026. Rest day. Note: visiting mum" in app.words
        await app.press("left")
        assert "Sunday 22 November 2026. Rest day: Hug, Moment of joy." in app.words
        new_diary.log("laughter", the_day_before)
        app.app._poll_file()
        await app.settle()
        assert "Sunday 22 November 2026. Done: Laughter." in app.words


async def test_only_a_past_day_of_the_diary_is_described_as_quiet(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("laughter", TODAY - timedelta(days=2))
    async with open_app() as app:
        await app.press("Y")
        assert "Tuesday 24 November 2026. Nothing logged yet." in app.text
        await app.press("left")
        assert "Monday 23 November 2026. A quiet day." in app.text
        await app.press("left", "left")
        assert "Saturday 21 November 2026. Before your diary began." in app.text


async def test_the_cursor_stops_today_in_year_and_month(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    ahead = "That's still ahead. To see the days ahead, press W for Week."
    async with open_app() as app:
        await app.press("Y")
        for key in ("right", "pagedown", "right_square_bracket"):
            await app.press("left", "right", key)
            assert "2026" in app.lines[0]
            assert ahead in app.words
        await app.press("left", "left", "pagedown")
        assert "Tuesday 24 November 2026" in app.words
        assert ahead not in app.words
        # The same day of this year is still ahead: today, the last one there is.
        await app.press("left_square_bracket", "right", "right_square_bracket")
        assert "Tuesday 24 November 2026" in app.words
        await app.press("tab", "right_square_bracket")
        assert ahead in app.words
        assert "November 2026" in app.lines[0]
        await app.press("left_square_bracket", "right", "right_square_bracket")
        assert "Tuesday 24 November 2026" in app.words


@pytest.mark.parametrize("screen", ["C", "J", "Y"])
async def test_a_typed_day_ahead_is_answered_where_there_are_none(
    open_app: OpenApp, demo_diary: Diary, screen: str
) -> None:
    async with open_app() as app:
        await app.press(screen, "full_stop", *"2026-12-09", "enter")
        assert "That's still ahead. To see the days ahead, press W for Week." in app.words
        await app.press("full_stop", *"yesterday", "enter")
        assert "still ahead" not in app.words


async def test_year_opens_today_from_a_day_ahead(open_app: OpenApp, demo_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "right", "right", "right", "Y")
        assert "Tuesday 24 November 2026" in app.words


async def test_a_day_below_its_goals_is_not_quiet(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.log("nature-walk", TODAY - timedelta(days=1), amount=5)
    async with open_app() as app:
        await app.press("Y", "left")
        assert "Monday 23 November 2026. Below the goal: Nature walk." in app.words
        new_diary.press("hug", TODAY - timedelta(days=1))
        await app.press("W", "Y")
        assert "Done: Hug. Below the goal: Nature walk." in app.words


async def test_a_month_names_the_year_of_its_totals(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.press("hug")
    async with open_app() as app:
        await app.press("Y")
        assert "Practices done: · 0" in app.text
        await app.press("down", "down")
        assert "Hug: 1 day done" in app.text
        await app.press("tab")
        assert "Hug, 2026: 1 day done" in app.text


async def test_moving_past_the_edge_shows_the_neighbouring_year(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Y", "full_stop")
        await app.type("2026-01-01")
        await app.press("enter", "left")
        assert "2025" in app.lines[0]
        assert "Wednesday 31 December 2025" in app.text
        await app.press("right")
        assert "2026" in app.lines[0]


@pytest.mark.thorough
async def test_keys_also_move_by_weeks_and_years(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Y", "pageup", "left_square_bracket")
        assert "Monday 17 November 2025" in app.text
        await app.press("pagedown", "right_square_bracket")
        assert "Tuesday 24 November 2026" in app.text


@pytest.mark.thorough
async def test_a_leap_day_moves_to_the_nearest_day_of_another_year(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Y", "full_stop")
        await app.type("2024-02-29")
        await app.press("enter")
        assert "Thursday 29 February 2024" in app.text
        await app.press("left_square_bracket")
        assert "Tuesday 28 February 2023" in app.text


async def test_enter_opens_the_day_to_log_it(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Y", "left", "enter")
        assert "How calm did you feel" in app.text
        assert "Mon 23 Nov · yesterday" in app.lines[0]
        await app.press("7")
    assert new_diary.day(TODAY - timedelta(days=1)).calm == 7


@pytest.mark.thorough
async def test_x_explains_the_streak_of_the_practice(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("Y", "x")
        assert "at least one practice done" in app.words
        await app.press("down", "x")
        assert "the average of its rated evenings" in app.words
        await app.press("down", "x")
        assert "Your streak goes on." in app.text


@pytest.mark.thorough
async def test_letters_and_digits_log_nothing_here(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Y", "h", "7", "z")
    assert new_diary.day().calm is None
    assert not new_diary.has_entries()


@pytest.mark.thorough
async def test_a_day_and_a_row_are_chosen_with_the_mouse(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Y")
        await app.click("Calm", nth=2)
        assert "■ 9  ■ 10" in app.text
        row = next(y for y, line in enumerate(app.lines) if line.startswith("   Su"))
        await app.pilot.click(offset=(6, row))
        await app.settle()
        assert "Sunday 4 January" in app.text
        # With two cells a day, and blank lines above and within the page.
        await app.resize(120, 62)
        row = next(y for y, line in enumerate(app.lines) if line.startswith("   Mo"))
        for x, day in ((10, "12 January"), (9, "5 January"), (7, "5 January")):
            await app.pilot.click(offset=(x, row))
            await app.settle()
            assert f"Monday {day}" in app.text
        await app.click("‹")
        assert "2025" in app.lines[0]
        await app.click("Week")
        assert "30 December 2024 – 5 January 2025" in app.lines[0]
        assert "Calm" in app.lines[0]


@pytest.mark.parametrize("view", ["year", "month"])
async def test_a_click_selects_a_day_and_a_second_one_opens_it(
    open_app: OpenApp, new_diary: Diary, view: str
) -> None:
    async with open_app(120, 40) as app:
        await app.press("Y", *(["tab"] if view == "month" else []))
        day = " 22" if view == "month" else "   Su"
        row = next(y for y, line in enumerate(app.lines) if day in line)
        at = app.lines[row].index(day) + (1 if view == "month" else 6 + 2 * 46)
        for _again in range(2):
            assert "feel on Sunday" not in app.text
            await app.pilot.click(offset=(at, row))
            await app.settle()
            assert "Sunday 22 November" in app.text
        assert "How calm did you feel on Sunday" in app.text


@pytest.mark.thorough
async def test_what_another_program_wrote_is_shown(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("Y")
        new_diary.press("hug")
        app.app._poll_file()
        await app.settle()
        assert "1 evening with connection." in app.text


@pytest.mark.thorough
async def test_every_screen_opens_the_others_and_escape_returns_to_tonight(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "Y", "C", "W", "C", "Y")
        assert "Mo" in app.text
        assert len(app.app.screen_stack) == 2
        await app.press("escape")
        assert "how calm did you feel" in app.text


async def test_help_explains_the_heatmap(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(80, 62) as app:
        await app.press("Y", "question_mark")
        assert "What a row" not in app.text
        assert "all practices: none done; one practice: nothing logged" in app.words.replace(
            "│ ", ""
        )
        assert "shown after eight weeks of entries" in app.words.replace("│ ", "")


async def test_tab_shows_the_month_as_a_calendar(
    open_app: OpenApp, demo_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app() as app:
        await app.press("Y", "left", "down", "tab")
        golden("month_80x24", app.text)
        await app.click("19", nth=0)
        assert "Thursday 19 November. Calm: 7 of 10." in app.text
        await app.press("left_square_bracket")
        assert "October 2026" in app.lines[0]
        assert "Monday 19 October" in app.text
        await app.press("down", "down", "tab")
        assert "‹ 2026 ›" in app.lines[0]
        assert "Monday 19 October. Laughter" in app.text


async def test_a_month_marks_the_days_on_which_every_practice_rested(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    two_days_ago, yesterday = TODAY - timedelta(days=2), TODAY - timedelta(days=1)
    for day in (two_days_ago, yesterday):
        three_weeks.maintenance.forget(day)
    three_weeks.rest(None, two_days_ago, yesterday)
    three_weeks.rate(4, yesterday)
    planned = TODAY + timedelta(days=3)
    three_weeks.rest(None, planned, planned)
    async with open_app(60, 20) as app:
        await app.press("Y", "tab")
        assert f"{planned.day} z" in app.text
        assert f"{two_days_ago.day} z" in app.text
        assert f"{yesterday.day} z" in app.text
        await app.press("down")
        assert f"{two_days_ago.day} z" in app.text
        assert f"{yesterday.day} 4" in app.text
        await app.press("question_mark", "end")
        assert "rest" in app.line_with("│  z ")


@pytest.mark.thorough
async def test_every_day_of_a_month_is_shown_at_every_size(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    for width, height in ((60, 18), (60, 20), (120, 40), (200, 60)):
        async with open_app(width, height) as app:
            await app.press("Y", "tab", "left_square_bracket")
            shown = " ".join(app.lines[4:-6]).split()
            assert [str(day) for day in range(1, 32) if str(day) not in " ".join(shown)] == []
            assert "is the date, " in app.line_with("is how many practices you did.")


@pytest.mark.thorough
async def test_the_cursor_is_framed_where_the_width_allows(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(120, 40) as app:
        await app.press("Y", "left", "down")
        assert "[■]" in app.text
