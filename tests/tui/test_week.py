"""Week: reading it, and changing a day in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.render.week_text import week_facts
from tracker.tui.bindings import SCREENS

MONDAY = TODAY.replace(day=23)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_a_week_at_a_glance(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("W", "left_square_bracket", "down")
        golden(f"week_{width}x{height}", app.text)


async def test_the_mark_of_today_shifts_no_date(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(60, 20) as app:
        await app.press("W")
        names = app.line_with("Mo Tu We")
        dates = app.line_with("24 25")
    assert "23›24 25 26" in dates
    assert [dates.index(day) for day in ("24", "29")] == [names.index(day) for day in ("Tu", "Su")]


@pytest.mark.parametrize(("day", "number"), [("2026-11-06", "6"), ("2026-11-27", "27")])
async def test_the_date_of_today_is_above_its_score(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch, day: str, number: str
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", f"{day}T21:00+01:00")
    async with open_app(80, 24) as app:
        await app.press("7", "W")
        score = app.line_with("[7]").index("7")
        assert app.line_with(f"›{number} ").index(number) == score


async def test_the_legend_tells_the_mark_of_today_from_the_cursor(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W")
        assert "› today" in app.text
        await app.press("left_square_bracket")
        assert "› today" not in app.text


async def test_an_empty_week_has_an_encouraging_text(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W")
        assert "Tonight is a good evening to start." in app.text
        await app.press("right_square_bracket")
        assert "This week is still ahead. You can plan rest days in it." in app.text
        await app.press("left_square_bracket", "left_square_bracket")
        assert "Before your diary began." in app.text


async def test_any_cell_can_be_changed(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "left", "6", "h", "h", "l", "z")
    day = new_diary.day(MONDAY)
    states = {p.practice.id: p.state for p in day.practices}
    assert day.calm == 6
    assert day.practices[0].amount == 2
    assert states["laughter"] is State.REST


async def test_a_message_about_another_day_than_today_names_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "h")
        assert "Hug: 1 time." in app.text
        assert "November. Hug" not in app.text
        await app.press("left", "h")
        assert "Monday 23 November. Hug: 1 time." in app.text
        await app.press("equals_sign", "3", "enter")
        assert "Monday 23 November. Hug: 3 times. It was 1 time." in app.text
        await app.press("backspace")
        assert "Monday 23 November. Hug: cleared." in app.text
        await app.press("6", "5")
        assert "Monday 23 November. Calm 5. It was 6." in app.text
        await app.press("right", "right", "down", "z")
        assert "Wednesday 25 November. Hug: rest day." in app.text


async def test_arrows_never_overtake_letters(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "left", "l", "right", "t", "left", "g")
    on_monday = {p.practice.id for p in new_diary.day(MONDAY).practices if p.amount}
    today = {p.practice.id for p in new_diary.day().practices if p.amount}
    assert (on_monday, today) == ({"laughter", "gratitude"}, {"good-talk"})


async def test_moving_past_the_edge_shows_the_neighbouring_week(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "left", "left")
        assert "16 – 22 November 2026" in app.lines[0]
        assert "Sunday 22 November" in app.text
        # The diary starts on the 24th; days before it can be filled in.
        await app.press("l")
        assert "[●]" in app.line_with("› l Laughter")
        await app.press("right")
        assert "23 – 29 November 2026" in app.lines[0]
    assert new_diary.week(TODAY - timedelta(days=7)).practices[0].practice.id == "laughter"
    assert len(new_diary.week(TODAY - timedelta(days=7)).practices) == 1


async def test_a_future_week_shows_no_figures(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app(120, 40) as app:
        await app.press("W")
        assert "19 days" in app.line_with("Hug  ")
        await app.press("right_square_bracket")
        assert "30 November" in app.lines[0]
        assert not any(character.isdigit() for character in app.line_with("h Hug"))


async def test_a_day_ahead_in_this_week_offers_only_rest_days(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "right")
        assert "z rest day" in app.lines[-1]
        assert "↵ note" not in app.lines[-1]
        await app.press("left")
        assert "↵ note" in app.lines[-1]


async def test_a_day_ahead_takes_no_note_but_the_reason_of_a_rest_day(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "right_square_bracket", "down", "n")
        assert "is in the future. You can only plan rest days ahead." in app.words
        assert "↵ save" not in app.text
        await app.press("z", "n")
        await app.type("sea")
        await app.press("enter")
    assert new_diary.day(TODAY + timedelta(days=7)).practices[0].note == "sea"


async def test_the_days_of_a_past_week_are_not_called_this_week(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("hug", TODAY - timedelta(days=7))
    async with open_app() as app:
        await app.press("W")
        assert "this week" in app.text
        await app.press("left_square_bracket")
        assert "this week" not in app.text
        assert "that week" in app.text
        assert "1/5" in app.line_with("Hug")
    facts = list(week_facts(new_diary.week(TODAY - timedelta(days=7))))
    assert "Hug: 1 day that week (goal 5)." in facts


@pytest.mark.thorough
async def test_a_week_across_the_new_year(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "full_stop")
        await app.type("2026-01-01")
        await app.press("enter")
        assert "‹ 29 Dec – 4 Jan 2026 ›" in app.lines[0]
        await app.resize(120, 24)
        assert "29 December 2025 – 4 January 2026" in app.lines[0]


@pytest.mark.thorough
async def test_a_long_period_leaves_space_for_the_screens_that_fit(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app(60, 20) as app:
        await app.press("W", "full_stop")
        await app.type("2026-01-01")
        await app.press("enter")
        assert "‹ 29 December 2025 – 4 January 2026 ›" in app.lines[0]
        assert app.lines[0].endswith(f" {' '.join(e.binding.key for e in SCREENS if e.in_top_bar)}")


async def test_a_note_is_written_in_a_cell(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "left", "down", "enter")
        await app.type("Mia")
        await app.press("enter")
    assert new_diary.day(MONDAY).practices[0].note == "Mia"


async def test_escape_goes_back_to_tonight(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "escape")
        assert "how calm did you feel" in app.text


async def test_a_click_selects_a_cell_and_a_second_one_logs(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W")
        row = next(y for y, line in enumerate(app.lines) if "Hug" in line)
        monday = app.lines[5].index("23")
        for message in ("Hug: click it again to log it.", "Hug: 1 time."):
            await app.pilot.click(offset=(monday, row))
            await app.settle()
            assert message in app.text
        await app.press("right_square_bracket")
        await app.click("Laughter")
        assert "click it again" not in app.text
    assert new_diary.day(MONDAY).practices[0].amount == 1


async def test_a_click_on_a_logged_cell_says_what_the_next_one_adds(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("nature-walk", MONDAY, amount=25, note="with Anna")
    new_diary.log("softening", MONDAY)
    async with open_app() as app:
        await app.press("W")
        monday = app.lines[5].index("23")
        for name, message in (
            ("Nature walk", "click it again to add 10 minutes. Monday 23 November. Nature walk: "),
            ("Softening", "Monday 23 November. Softening: yes"),
        ):
            row = next(y for y, line in enumerate(app.lines) if name in line)
            await app.pilot.click(offset=(monday, row))
            await app.settle()
            assert message in app.words
            assert ("Note: with Anna" in app.words) == ("click it again" in app.words)
    assert [row.amount for row in new_diary.day(MONDAY).practices if row.note] == [25]


async def test_a_click_on_a_date_or_a_note_moves_to_its_day_and_logs_nothing(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(6, MONDAY, note="rain on the roof")
    async with open_app() as app:
        await app.press("W", "down", "left")
        for text in (" 23 ", "Mon", "rain on the roof"):
            await app.press("right")
            for _again in range(2):
                await app.click(text, nth=-1)
                assert "Monday 23 November. Hug: not tracked then." in app.words
    assert new_diary.day(MONDAY).practices[0].amount is None


async def test_the_names_and_figures_fit_beside_each_other(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(80, 24) as app:
        await app.press("W")
        line = app.line_with("Leaning on someone ")
        assert line.rstrip().endswith("2 weeks")
        assert len(line.rstrip()) < 80


async def test_x_on_calm_explains_a_score_only_where_there_is_one(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen in ("T", "W"):
            await app.press(screen, "x")
            assert "Calm: not rated yet." in app.text
        await app.press("T", "7", "x")
        assert "Calm has no streak to explain: it's the score you gave" in app.words


async def test_x_on_calm_explains_the_average_of_a_week_whole_in_a_small_window(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app(60, 20) as app:
        await app.press("W", "x")
        assert "This week's calm is the average of its scores" in app.words
        assert "this week's average agrees." in app.words.replace("│ │ ", "")
        await app.press("escape")
        assert "average of its scores" not in app.words


async def test_x_explains_the_streak(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "down", "x")
        assert "Thu 19 Nov" in app.text
        assert "Your streak goes on." in app.text
        assert "as of" not in app.text
        await app.press("escape", "left", "x")
        assert "as of Mon 23 Nov" in app.text
        await app.press("escape")
        assert "23 – 29 November" in app.lines[0]


async def test_notes_that_have_no_room_below_many_practices_are_pointed_to(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for name in ("Choir", "Tea", "Letters"):
        new_diary.practices.add(name)
    new_diary.write_note("calm", "rain")
    new_diary.write_note("calm", "sun", TODAY - timedelta(days=1))
    async with open_app() as app:
        await app.press("W")
        assert "… more (J)" in app.text


async def test_the_legend_names_the_sign_of_an_evenings_note(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7)
    async with open_app() as app:
        await app.press("h", "W")
        assert "” note" not in app.text
    new_diary.write_note("calm", "rain")
    async with open_app() as app:
        await app.press("W")
        assert "” note" in app.line_with("● done")


async def test_days_are_closer_where_that_shows_a_name_whole(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add("Read a paper book", days_per_week=7)
    new_diary.log("hug", MONDAY)
    new_diary.rate(10, MONDAY)
    new_diary.rate(7, note="rain")
    async with open_app(80, 24) as app:
        await app.press("W")
        line = app.line_with("Read a paper book ")
        assert len(app.line_with("this week").rstrip()) < 80
        tuesday = app.line_with("Mon Tue Wed").index("Tue") + 1
        assert line[tuesday] == "·"
        assert (
            app.line_with("Calm  ")[tuesday - 1 : tuesday + 3]
            == "[7]\N{RIGHT DOUBLE QUOTATION MARK}"
        )
        await app.press("left")
        assert "[10] 7" in app.line_with("Calm  ")
        assert app.line_with("Calm  ")[tuesday] == "7"


async def test_the_cursor_on_a_10_moves_no_day_of_a_narrow_week(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(10, MONDAY)
    new_diary.rate(7)
    async with open_app(60, 20) as app:
        await app.press("W")
        column = app.line_with("Calm  ").index("[7]")
        await app.press("left")
        assert app.line_with("Calm  ").index(" 7", column) == column


async def test_the_sign_of_a_note_stays_beside_the_cursor(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, note="rain")
    new_diary.press("hug")
    new_diary.write_note("hug", "with Anna")
    async with open_app() as app:
        await app.press("W")
        assert "[7]”" in app.line_with("Calm  ")
        assert "●”" in app.line_with("h Hug")
        await app.press("down")
        assert "[●]”" in app.line_with("h Hug")
        assert "7”" in app.line_with("Calm  ")
        await app.resize(60, 20)
        assert "[●]" in app.line_with("h Hug")
        assert "Note: with Anna" in app.words


async def test_the_letter_of_an_archived_practice_does_not_log_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for practice_id in ("hug", "joy"):
        new_diary.log(practice_id, TODAY - timedelta(days=1))
        new_diary.practices.archive(practice_id)
    async with open_app() as app:
        await app.press("W", "h")
        assert "Hug is archived. To bring it back, press P for Practices." in app.words
        # On the day before it was in the list.
        await app.press("left", "h")
        assert "Hug: 2 times." in app.words
    assert {row.practice.id for row in new_diary.day().practices}.isdisjoint({"hug", "joy"})


@pytest.mark.parametrize("practices", [8, 7, 6])
async def test_no_message_moves_the_table(
    open_app: OpenApp, new_diary: Diary, practices: int
) -> None:
    for practice_id in ("joy", "softening")[: 8 - practices]:
        new_diary.practices.archive(practice_id)
    async with open_app() as app:
        await app.press("W")
        rows = [app.lines.index(app.line_with(name)) for name in (" Hug ", " Safe moment ")]
        for keys in (("z",), ("h",), ("backspace",), ("down",), ("z",), ("x", "escape"), ("up",)):
            await app.press(*keys)
            now = [app.lines.index(app.line_with(name)) for name in (" Hug ", " Safe moment ")]
            assert now == rows, keys


@pytest.mark.parametrize("practices", [6, 5])
async def test_a_message_is_whole_at_every_height(
    open_app: OpenApp, new_diary: Diary, practices: int
) -> None:
    for practice_id in ("joy", "softening", "safe-moment")[: 8 - practices]:
        new_diary.practices.archive(practice_id)
    new_diary.press("hug")
    async with open_app() as app:
        for height in range(18, 31):
            await app.resize(80, height)
            await app.press("W", "down", "z")
            assert "Press z again to bring it back." in app.words, height
            await app.press("u", "T")
