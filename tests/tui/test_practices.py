"""Practices: every key of the screen, and every click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual import events

from tests.cli.command_line import on_evening
from tests.diary.factories import week_of
from tests.effort import some_cases, some_of
from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tracker.catalogue import practice_templates
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Practice, State, Unit
from tracker.tui.screens.practices_screen import PracticesScreen

LONG = "A very long name of a practice that takes all sixty of them."
CJK = "長い名前の習慣を毎晩つけるという練習をする"


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


def ids(diary: Diary) -> list[str]:
    return [p.id for p in diary.practices.all()]


async def fill(app: AppDriver, index: int, text: str) -> None:
    """Replaces the text of the form's field with this index, counted from 0."""
    await app.press(*["down"] * index, "end", "ctrl+u")
    await app.type(text)


# Layout


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_the_practices_at_a_glance(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    three_weeks.practices.archive("joy")
    async with open_app(width, height) as app:
        await app.press("P", "down")
        golden(f"practices_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_form_of_a_practice(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("P", "w", "enter")
        golden(f"practice_form_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_dialog_that_asks_when_a_new_goal_starts(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("P", "enter")
        await fill(app, 6, "7")
        await app.press("enter")
        golden(f"practice_goal_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_evidence_card(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("P", "space")
        golden(f"practice_card_{width}x{height}", app.text)


@pytest.mark.thorough
async def test_thirty_practices_scroll_past_what_fits(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    for number in range(20):
        new_diary.practices.add(f"Habit {number}", key="")
    new_diary.practices.add(LONG)
    new_diary.practices.add(CJK)
    async with open_app() as app:
        await app.press("P")
        assert "› h  Hug" in app.text
        assert "…" in app.line_with("   …").strip()
        await app.press(*["down"] * 29)
        golden("practices_thirty_80x24", app.text)
        await app.press(*["up"] * 29)
        assert "› h  Hug" in app.text


async def test_every_practice_archived(open_app: OpenApp, new_diary: Diary) -> None:
    for practice_id in ids(new_diary):
        new_diary.practices.archive(practice_id)
    async with open_app() as app:
        assert "Press P to add or restore one" in app.text
        await app.press("P")
        assert (
            "All your practices are archived. Press d to restore one, or a to add one." in app.text
        )
        await app.press("down", "d")
        assert "Restored Laughter, from today on." in app.text
        await app.press("T")
        assert "Laughter" in app.text


async def test_no_practices_at_all(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P")
        for _ in range(8):
            await app.press("delete")
        assert ids(new_diary) == []
        assert "No practices yet. Press a to add one." in app.text
        await app.press("delete", "d", "enter", "space", "right_square_bracket")
        assert "No practices here yet" in app.text
        await app.press("u")
        assert "Softening" in app.text


async def test_a_name_that_is_the_id_of_another_practice_says_which_one_it_means(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.edit("hug", name="Hug & kiss")
    async with open_app() as app:
        await app.press("P", "a")
        await app.type("Hug")
        await app.press("enter")
        assert 'In commands, "hug" means Hug. For Hug & kiss, type "h".' in app.words
        await app.press("u", "l", "enter")
        await fill(app, 0, "Hug")
        await app.press("enter")
        assert 'Laughter is now called Hug. In commands, "hug" means Hug.' in app.words


# Order, archive, delete


async def test_a_practice_moves_up_and_down(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "right_square_bracket", "right_square_bracket")
        assert ids(new_diary)[:3] == ["laughter", "nature-walk", "hug"]
        assert app.line_with("› h").strip().startswith("› h  Hug")
        await app.press("left_square_bracket", "shift+up", "left_square_bracket")
        assert "Hug can't move any further." in app.text
        await app.press("shift+down")
        assert "Moved Hug to position 2." in app.text
    assert ids(new_diary)[:2] == ["laughter", "hug"]


async def test_it_is_archived_and_restored_with_the_same_key(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "l", "d")
        assert "Archived Laughter. Its days are kept." in app.text
        assert practice(new_diary, "laughter").archived_since(TODAY) == TODAY
        assert "since Tuesday 24 November" in app.line_with("› l")
        assert "d restore" in app.words
        assert "[ up" not in app.words
        await app.press("h")
        assert "[ up ] down d archive" in app.words
        await app.press("l")
        await app.press("right_square_bracket")
        assert "Restore it first" in app.text
        await app.press("a")
        await app.type("laughter")
        await app.press("enter")
        assert "select it in Practices and press d" in app.words.replace("│ │ ", "")
        await app.press("escape", "d")
        assert practice(new_diary, "laughter").out_of_list == ()
        await app.press("u", "ctrl+r")
    assert practice(new_diary, "laughter").archived_since(TODAY) is None


async def test_archived_it_is_no_longer_shown_on_its_planned_rest_days(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("laughter", TODAY - timedelta(days=1))
    new_diary.rest(("laughter", "hug"), TODAY, TODAY + timedelta(days=2))
    async with open_app() as app:
        await app.press("P", "l", "d")
        assert "Archived Laughter. Its days are kept." in app.text
        await app.press("T")
        assert "Laughter" not in app.words
        assert "z" in app.line_with("Hug  ")
        await app.press("W", "l")
        assert "Laughter is archived. To bring it back, press P for Practices." in app.words
        await app.press("down", "down", "backspace")
        assert "Nothing to clear: Laughter." in app.words
        await app.press("z")
        assert "Laughter is archived. To bring it back, press P for Practices." in app.words
        await app.press("P", "l", "d", "T")
        assert "Laughter" in app.words
    states = week_of(new_diary.week(), "laughter").states
    assert states == (State.DONE, *[State.REST] * 3, *[State.PENDING] * 3)


async def test_archiving_it_stops_its_coin_flip_month_and_undo_continues_that(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.coin_month.begin("nature-walk")
    async with open_app() as app:
        await app.press("P", "w", "d")
        assert "Its coin-flip month is stopped, too." in app.words
        await app.press("d")
        assert "from today on. Its coin-flip month goes on." in app.words
        await app.press("u", "u", "T", "7")
        assert new_diary.coin_month.tomorrow() in app.text
    assert new_diary.coin_month.tomorrow()


@pytest.mark.parametrize(("width", "height"), sizes((60, 20)))
async def test_a_new_unit_in_a_new_practice_says_that_the_coin_flip_month_is_stopped(
    open_app: OpenApp, three_weeks: Diary, width: int, height: int
) -> None:
    three_weeks.coin_month.begin("nature-walk")
    async with open_app(width, height) as app:
        await app.press("P", "w", "enter", "down", "down", "down", "y", "enter", "down", "enter")
        assert "Earlier days stay in the old practice, which is now archived." in app.words
        assert "Its coin-flip month is stopped, too." in app.words


async def test_it_can_be_deleted_only_while_nothing_was_logged(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("hug")
    new_diary.rest(("nature-walk",), TODAY, TODAY + timedelta(days=1))
    async with open_app() as app:
        await app.press("P", "delete")
        assert "Hug has days in your diary" in app.words
        await app.press("down", "backspace")
        assert "Deleted Laughter. Nothing had been logged for it." in app.words
        await app.press("delete")
        assert "Deleted Nature walk and its 2 rest days." in app.words
        await app.press("u")
        assert "Nature walk" in app.words
    assert "hug" in ids(new_diary)
    assert "laughter" not in ids(new_diary)


async def test_digits_and_letters_log_nothing_here(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "7", "t", "w")
        assert "› w  Nature walk" in app.text
        await app.press("X")
        assert "Caps Lock" in app.words
    assert not new_diary.has_entries()


# The form


@pytest.mark.thorough
async def test_the_form_changes_only_the_edited_fields(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "w", "enter")
        await fill(app, 0, "Wood")
        await fill(app, 1, "Under trees?")
        await fill(app, 1, "d")
        await fill(app, 2, "30")
        await fill(app, 1, "5")
        await fill(app, 1, "2")
        await app.press("enter")
        assert "Nature walk is now called Wood." in app.text
        assert "30 minutes, 2 days a week" in app.line_with("› d  Wood")
    wood = practice(new_diary, "nature-walk")
    assert (wood.name, wood.question, wood.key, wood.step) == ("Wood", "Under trees?", "d", 5)


async def test_invalid_input_is_reported_and_stays_in_the_form(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 0, "Cuddle")
        await fill(app, 2, "l")
        await app.press("enter")
        assert "The letter l already logs Laughter" in app.text
        assert "Cuddle" in app.text
        await fill(app, 0, "c")
        await fill(app, 4, "often")
        await app.press("enter")
        assert '"often" isn\'t a whole number.' in app.text
        await app.press("escape")
    assert practice(new_diary, "hug").name == "Hug"


async def test_a_field_that_was_changed_elsewhere_is_not_replaced_silently(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "w", "enter")
        await fill(app, 0, "Wood")
        new_diary.practices.edit("nature-walk", name="Forest", question="Where?")
        await app.press("enter")
        assert 'Name was changed to "Forest" somewhere else meanwhile.' in app.words
        assert practice(new_diary, "nature-walk").name == "Forest"
        await app.press("enter")
        assert "Nature walk is now called Wood." in app.text
    wood = practice(new_diary, "nature-walk")
    assert (wood.name, wood.question) == ("Wood", "Where?")


async def test_saving_an_unedited_form_changes_nothing(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "enter", "enter")
        assert "Nothing was changed." in app.text
        await app.press("u")
        assert "Nothing to undo." in app.text


@pytest.mark.parametrize(
    ("keys", "all_days"), some_cases([(["down", "enter"], True), (["enter"], False)], 1)
)
async def test_a_goal_counts_from_the_chosen_day(
    open_app: OpenApp, three_weeks: Diary, keys: list[str], all_days: bool
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 6, "7")
        await app.press("enter")
        assert "When should the new goal for Hug start?" in app.text
        await app.press(*keys)
        assert "Saved Hug." in app.text
    assert practice(three_weeks, "hug").goal_on(TODAY).days_per_week == 7
    before = practice(three_weeks, "hug").goal_on(TODAY - timedelta(days=1)).days_per_week
    assert before == (7 if all_days else 5)


async def test_figures_that_are_the_same_for_both_days_are_shown_once(
    open_app: OpenApp, location: Location
) -> None:
    on_evening(location, TODAY - timedelta(days=30)).log("nature-walk")
    for back in range(20):
        amount = 20 if back in (0, 5) else 0
        on_evening(location, TODAY - timedelta(days=back)).log("nature-walk", amount=amount)
    async with open_app() as app:
        await app.press("P", "down", "down", "enter")
        await fill(app, 6, "4")
        await app.press("enter")
        assert "When should the new goal for Nature walk start?" in app.text
        assert "Your figures are the same either way: 3 days in total." in app.words
        assert app.text.count("in total") == 1
        await app.press("enter")
        assert "Saved Nature walk." in app.text


async def test_figures_that_a_new_goal_changes_from_any_day_are_shown_before_it_is_saved(
    open_app: OpenApp, location: Location
) -> None:
    on_evening(location, TODAY).log("nature-walk", amount=20)
    async with open_app() as app:
        await app.press("P", "down", "down", "enter")
        await fill(app, 4, "30")
        await app.press("enter")
        assert (
            "Your figures now: 1 day in total. With the new goal, from either day: no days yet."
        ) in app.dialog_words
        await app.press("escape", "escape")
    assert practice(Diary(location), "nature-walk").goal_on(TODAY).amount == 20


async def test_a_goal_with_which_a_streak_of_days_becomes_one_of_weeks_says_so_before_it_is_saved(
    open_app: OpenApp, location: Location
) -> None:
    for back in range(3):
        on_evening(location, TODAY - timedelta(days=back)).log("hug")
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 6, "4")
        await app.press("enter")
        assert (
            "Your figures now: streak 3 days, longest 3 days, 3 days in total. With the new goal, "
            "from either day: 3 days in total. With a goal of 1 to 4 days a week, the streak "
            "counts weeks on goal."
        ) in app.dialog_words
        await app.press("enter", "enter")
        await fill(app, 6, "6")
        await app.press("enter")
        assert (
            "Your figures now: 3 days in total. With the new goal, from either day: streak 3 days, "
            "longest 3 days, 3 days in total. With a goal of 5 to 7 days a week, the streak counts "
            "days."
        ) in app.dialog_words


async def test_the_preview_of_a_new_goal_agrees_with_its_result(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 6, "7")
        await app.press("enter")
        assert "From your first day:" in app.text
        shown = app.words
        await app.press("down", "enter")
    (hug,) = [view for view in three_weeks.streaks() if view.practice.id == "hug"]
    assert f"longest {hug.figures.longest_streak} days" in shown
    assert f"{hug.figures.days_total} days in total" in shown


@pytest.mark.thorough
async def test_leaving_the_question_leaves_the_form_open(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 6, "7")
        await app.press("enter", "escape")
        assert "Days a week" in app.text
        await app.press("enter", "enter")
        assert "Saved Hug." in app.text


async def test_a_new_unit_converts_the_done_days_or_starts_a_new_practice(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "w", "enter")
        await fill(app, 3, "y")
        await app.press("enter")
        assert "Nature walk already has days tracked as minutes. What should" in app.text
        await app.press("enter")
        assert "Days that were done stay done" in app.text
        assert 'Its question is still "How many minutes were you outside' in app.words
        assert practice(three_weeks, "nature-walk").unit is Unit.YES_NO
        await app.press("u")
        await app.press("enter")
        await fill(app, 3, "t")
        await app.press("enter", "down", "enter")
        assert "Nature walk (nature-walk-2) starts today, tracked as times" in app.words
        assert "Nature walk (minutes)" in app.text
        assert "1 time, 3 days a week" in app.line_with("› w")


async def test_d_asks_before_it_archives_where_another_practice_has_that_letter(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add("Dog walk", key="d")
    async with open_app() as app:
        await app.press("P", "h", "d")
        asked = "Here, d archives. Press it again to archive Hug, or go to Dog walk with ↑↓."
        assert asked in app.words
        await app.press("l", "d", "d")
        assert "Archived Laughter." in app.text
        await app.press("end", "d")
        assert "Restored Laughter" in app.text
        await app.press("w")
        while "› d" not in app.text:
            await app.press("down")
        await app.press("d")
        assert "Archived Dog walk." in app.text
        await app.press("h", "d")
        assert asked in app.words


async def test_a_practice_is_added_and_the_cursor_is_on_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        assert "Feet on the earth, Leaning on someone." in app.words.replace("│ │ ", "")
        assert "a free letter of its name" in app.line_with("Letter")
        assert "7" in app.line_with("Days a week")
        await app.type("Call home")
        await fill(app, 3, "min")
        await app.press("enter")
        assert "The letter c logs it. Its goal: 10 minutes, 7 days a week." in app.words
        assert "› c  Call home" in app.text
        await app.press("a", "enter")
        assert "1 to 60 characters" in app.text
        await app.type("bare-feet")
        await app.press("enter")
        assert "Added Feet on the earth (bare-feet)" in app.text
        # The file is polled between the change and the message about it.
        new_diary.practices.edit("hug", name="Cuddle")
        app.app.refresh_screens(after_others=True)
        screen = app.app.screen
        assert isinstance(screen, PracticesScreen)
        screen.set_message("Saved.")
        app.app.refresh_screens()
        await app.settle()
        assert "Cuddle" in app.text
        assert "Saved." in app.text
    (earth,) = (one for one in practice_templates() if one.id == "bare-feet")
    assert practice(new_diary, "bare-feet").goals[0].days_per_week == earth.days_per_week
    home = practice(new_diary, "call-home")
    assert (home.unit, home.goals[0].amount, home.step) == (Unit.MINUTES, 10, 10)


@pytest.mark.thorough
async def test_keys_pressed_fast_are_handled_in_order(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "enter", "tab", "tab", "tab", "tab", "tab", "backspace", "4",
                            "tab", "3", "shift+tab", "end", "5", "enter")  # fmt: skip
    hug = practice(new_diary, "hug")
    assert (hug.step, hug.goal_on(TODAY).days_per_week) == (45, 3)


async def test_a_name_with_control_characters_is_sanitized(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add("[red]Tea[/red] {x}", question="[b]Tea?[/b]")
    async with open_app() as app:
        await app.press("P", "up", *["down"] * 9)
        assert "[red]Tea[/red] {x}" in app.text
        assert "[b]Tea?[/b]" in app.text
        await app.press("enter", "escape", "space")
        assert "You added this practice yourself" in app.text


@pytest.mark.thorough
async def test_a_practice_deleted_by_another_program_is_reported(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        new_diary.practices.edit("laughter", name="Hoot")
        await fill(app, 0, "Hoot")
        await app.press("enter")
        assert "already a practice called Hoot" in app.text


# Navigation


@pytest.mark.parametrize("key", some_of(["escape", "T"], 1))
async def test_tonight_shows_the_changed_list(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("P", "d", key)
        assert "how calm did you feel" in app.text
        assert "Hug" not in app.text


@pytest.mark.thorough
async def test_from_screen_to_screen(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "P", "P", "W")
        assert "23 – 29 November" in app.lines[0]
        await app.press("P", "escape")
        assert "how calm did you feel" in app.text


@pytest.mark.parametrize("name", ["Leaning on someone", "Nature walk", "Gratitude"])
async def test_the_form_shows_the_goal_that_a_built_in_practice_is_saved_with(
    open_app: OpenApp, location: Location, name: str
) -> None:
    diary = Diary(location)
    diary.create(("hug",))
    built_in = next(one for one in practice_templates() if one.name == name)
    async with open_app() as app:
        await app.press("P", "a")
        assert app.line_with("Days a week").split()[-2] == "7"
        await app.type(name)
        shown = app.line_with("Days a week").split()[-2]
        unit = " ".join(app.line_with(" Unit ").split()[2:-2])
        await app.type("s")
        assert app.line_with("Days a week").split()[-2] == "7"
        await app.press("backspace", "enter")
        await app.settle()
    practice = diary.practices.find(name)
    assert practice.goals[-1].days_per_week == built_in.days_per_week == int(shown)
    assert unit.startswith(f"‹ {practice.unit.value}")


async def test_a_unit_that_was_chosen_stays_when_a_built_in_name_is_typed(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a", "down", "down", "down", "t")
        await app.press("up", "up", "up")
        await app.type("Leaning on someone")
        assert "‹ times" in app.line_with(" Unit ")
        await app.press("enter")
        await app.settle()
    assert new_diary.practices.find("leaning").unit is Unit.TIMES


async def test_help_lists_the_keys_and_no_marks(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(80, 40) as app:
        await app.press("P", "question_mark")
        golden("help_practices_80x40", app.text)


@pytest.mark.parametrize("key", some_of(["escape", "x", "enter", "q"], 1))
async def test_the_card_closes(open_app: OpenApp, new_diary: Diary, key: str) -> None:
    async with open_app() as app:
        await app.press("P", "space")
        assert "Evidence: grade A for" in app.text
        await app.press(key)
        assert "Shown on Tonight in this order." in app.text


# By mouse


@pytest.mark.thorough
async def test_each_hint_can_be_clicked(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(120, 30) as app:
        await app.click("Practices")
        await app.click("] down")
        assert ids(new_diary)[:2] == ["laughter", "hug"]
        await app.click("[ up")
        assert ids(new_diary)[:2] == ["hug", "laughter"]
        await app.click("d archive")
        assert practice(new_diary, "hug").archived_since(TODAY) == TODAY
        await app.click("u undo")
        assert practice(new_diary, "hug").archived_since(TODAY) is None
        await app.click("del delete")
        assert "hug" not in ids(new_diary)
        await app.click("space research")
        assert "Evidence: grade " in app.text
        await app.click("esc back")
        await app.click("a add")
        assert "Add a practice" in app.text
        await app.click("esc cancel")
        await app.click("↵ edit")
        assert "Days a week" in app.text
        await app.click("esc cancel")
        await app.click("? help")
        assert "Keys, symbols and numbers" in app.text
        await app.press("escape")
        await app.click("T tonight")
        assert "how calm did you feel" in app.text


async def test_a_click_selects_a_row_and_a_second_one_edits_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P")
        await app.click("Good talk")
        assert "› t  Good talk" in app.text
        await app.click("Good talk")
        assert "Days a week" in app.text


@pytest.mark.thorough
async def test_a_form_is_filled_by_mouse(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        row = next(y for y, line in enumerate(app.lines) if "Days a week" in line)
        await app.pilot.click(offset=(60, row))
        await app.press("backspace", "7")
        await app.click("↵ save")
        await app.click("From your first day")
        assert "Saved Hug." in app.text
    assert len(practice(three_weeks, "hug").goals) == 1


@pytest.mark.thorough
async def test_the_form_is_submitted_by_mouse_and_the_choice_is_cancelled(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "enter")
        await app.click("tab next")
        await app.press("end", *"?!")
        await app.click("tab next")
        await app.click("↵ save")
        assert practice(three_weeks, "hug").question.endswith("?!")
        await app.press("enter")
        await fill(app, 6, "7")
        await app.press("enter")
        await app.click("esc back")
        assert "Days a week" in app.text
        await app.press("enter")
        await app.click("↵ choose")
        assert "Saved Hug." in app.text


async def test_a_long_question_shows_its_start_once_one_leaves_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    start, end = "Did you go outside for a while", "or along the river, with or without Anna?"
    new_diary.practices.edit("nature-walk", question=f"{start}, in the woods {end}")
    async with open_app() as app:
        await app.press("P", "w", "enter")
        assert start in app.text
        await app.press("tab")
        assert end in app.text
        await app.press("tab")
        assert start in app.text
        await app.press("shift+tab")
        assert end in app.text
        await app.press("end")
        await app.type(" Or Ben?")
        assert "without Anna? Or Ben?" in app.text
        app.app.post_message(events.AppBlur())
        app.app.post_message(events.AppFocus())
        await app.settle()
        assert "without Anna? Or Ben?" in app.text
        await app.type(" Or both?")
        assert "Or Ben? Or both?" in app.text
        await app.press("up")
        assert start in app.text


async def test_the_wheel_moves_the_cursor(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P")
        table = app.app.screen.query_one("PracticeTable")
        for kind in (events.MouseScrollDown, events.MouseScrollDown, events.MouseScrollUp):
            table.post_message(kind(None, 1, 1, 0, 0, 0, False, False, False))
            await app.settle()
        assert "› l  Laughter" in app.text


async def test_the_form_shows_what_a_new_unit_changes(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "down", "enter", "down", "down", "down")
        assert "Daily goal" not in app.text
        assert "Next presses add" not in app.text
        for letter, number in (("m", "10"), ("t", "1"), ("m", "10")):
            await app.press("y")
            assert "Daily goal" not in app.text, "a yes/no practice has none"
            await app.press(letter)
            assert app.line_with("Daily goal").split()[-2] == number
            assert app.line_with("Next presses add").split()[-2] == number
        await app.press("down", "backspace")
        await app.type("5")
        await app.press("up", "t", "m")
        assert app.line_with("Daily goal").split()[-2] == "5", "what was typed stays"
        await app.press("enter")
        assert "The goal is now 5 minutes, 5 days a week. It was 5 days a week." in app.words
    laughter = practice(new_diary, "laughter")
    assert (laughter.unit, laughter.goals[-1].amount, laughter.step) == (Unit.MINUTES, 5, 10)


async def test_the_form_of_a_new_practice_asks_for_amounts_only_of_a_counted_unit(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        await app.type("Call home")
        await app.press("down", "down", "down")
        assert "Daily goal" not in app.text
        assert "Next presses add" not in app.text
        for letter, number in (("m", "10"), ("t", "1")):
            await app.press(letter)
            assert app.line_with("Daily goal").split()[-2] == number
            assert app.line_with("Next presses add").split()[-2] == number
        await app.press("down")
        await app.type("5")
        await app.press("up", "y", "enter")
        assert "Its goal: 7 days a week." in app.words, "what was typed for times is gone"


async def test_the_old_number_typed_for_a_new_unit_is_saved(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.edit("hug", amount=15, step=5)
    async with open_app() as app:
        await app.press("P", "enter", "down", "down", "down", "m", "down", "ctrl+u")
        await app.type("15")
        await app.press("down", "ctrl+u")
        await app.type("5")
        await app.press("enter")
        assert "Saved Hug" in app.text
    hug = practice(new_diary, "hug")
    assert (hug.unit, hug.goals[-1].amount, hug.step) == (Unit.MINUTES, 15, 5)


async def test_an_error_in_a_form_goes_once_a_field_is_corrected(
    open_app: OpenApp, new_diary: Diary
) -> None:
    error = "must be a whole number from 1 to"
    async with open_app() as app:
        await app.press("P", "enter")
        await fill(app, 4, "0")
        await app.press("enter")
        assert error in app.words
        await app.press("up", "m")
        assert error not in app.words
        await app.press("t", "enter")
        assert error in app.words
        await app.press("down", "backspace")
        assert error not in app.words
        await app.press("escape", "T", "Z", "backspace")
        await app.type("30.13.")
        await app.press("enter")
        assert "I don't recognise the date" in app.words
        await app.type("mon")
        assert "I don't recognise the date" not in app.words


async def test_the_date_of_an_archived_practice_is_shown_whole_in_the_next_year(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_diary.practices.archive("laughter")
    monkeypatch.setenv("CALMTRACK_NOW", "2027-01-05T21:30:00+01:00")
    async with open_app() as app:
        await app.press("P")
        assert "since Tuesday 24 November 2026" in app.text


async def test_one_that_is_archived_with_an_entry_today_says_that_it_stays_until_tomorrow(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("laughter")
    async with open_app() as app:
        await app.press("P", "l", "d")
        assert "It has an entry today, so it stays on Tonight until tomorrow." in app.words
        await app.press("up", "down")
        assert "it stays on Tonight until tomorrow. Press d to restore it." in app.words
        await app.press("T")
        assert "●" in app.line_with(" Laughter ")
