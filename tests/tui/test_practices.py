"""The list a person shapes: every key of it, and a click on everything that can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.tui.conftest import TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.models import Practice, Unit

LONG = "A very long name of a practice that takes all sixty of them."
CJK = "長い名前の習慣を毎晩つけるという練習をする"


def practice(diary: Diary, practice_id: str) -> Practice:
    return next(p for p in diary.practices.all() if p.id == practice_id)


def ids(diary: Diary) -> list[str]:
    return [p.id for p in diary.practices.all()]


async def fill(evening: Sitting, place: int, text: str) -> None:
    """Writes a text in the form's line at a place, counted from 0, in place of what was there."""
    await evening.press(*["down"] * place, "end", "ctrl+u")
    await evening.type(text)


# How it looks


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_the_practices_at_a_glance(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    three_weeks.practices.archive("joy")
    async with sit_down(width, height) as evening:
        await evening.press("P", "down")
        golden(f"practices_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_the_form_of_a_practice(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("P", "w", "enter")
        golden(f"practice_form_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_a_goal_that_matters_since_when(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("P", "enter")
        await fill(evening, 6, "7")
        await evening.press("enter")
        golden(f"practice_goal_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_the_evidence_card(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("P", "space")
        golden(f"practice_card_{width}x{height}", evening.text)


async def test_thirty_practices_scroll_past_what_fits(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None]
) -> None:
    for number in range(20):
        begun.practices.add(f"Habit {number}", key="")
    begun.practices.add(LONG)
    begun.practices.add(CJK)
    async with sit_down() as evening:
        await evening.press("P")
        assert "› h  Hug" in evening.text
        assert "…" in evening.line_with("   …").strip()
        await evening.press(*["down"] * 29)
        golden("practices_thirty_80x24", evening.text)
        await evening.press(*["up"] * 29)
        assert "› h  Hug" in evening.text


async def test_every_practice_archived(sit_down: Open, begun: Diary) -> None:
    for practice_id in ids(begun):
        begun.practices.archive(practice_id)
    async with sit_down() as evening:
        assert "P is where they are" in evening.text
        await evening.press("P")
        assert "Every practice is archived. - brings one back, + adds one." in evening.text
        await evening.press("down", "minus")
        assert "Laughter is back in the list from today on." in evening.text
        await evening.press("T")
        assert "Laughter" in evening.text


async def test_no_practices_at_all(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P")
        for _ in range(8):
            await evening.press("delete")
        assert ids(begun) == []
        assert "No practices in the list. + adds one." in evening.text
        await evening.press("delete", "minus", "enter", "space", "right_square_bracket")
        assert "There is no practice here yet" in evening.text
        await evening.press("u")
        assert "Softening" in evening.text


# Order, archive, delete


async def test_a_practice_moves_up_and_down(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "right_square_bracket", "right_square_bracket")
        assert ids(begun)[:3] == ["laughter", "nature-walk", "hug"]
        assert evening.line_with("› h").strip().startswith("› h  Hug")
        await evening.press("left_square_bracket", "shift+up", "left_square_bracket")
        assert "Hug is as far as it goes." in evening.text
        await evening.press("shift+down")
        assert "Hug is at place 2 now." in evening.text
    assert ids(begun)[:2] == ["laughter", "hug"]


async def test_it_is_archived_and_brought_back_with_the_same_key(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "l", "minus")
        assert "Laughter is archived; its days stay." in evening.text
        assert practice(begun, "laughter").archived_since(TODAY) == TODAY
        assert "since Tuesday 24 November" in evening.line_with("› l")
        await evening.press("right_square_bracket")
        assert "has no place in the list; bring it back first" in evening.text
        await evening.press("minus")
        assert practice(begun, "laughter").out_of_list == ()
        await evening.press("u", "ctrl+r")
    assert practice(begun, "laughter").archived_since(TODAY) is None


async def test_it_goes_only_while_nothing_was_logged(sit_down: Open, begun: Diary) -> None:
    begun.press("hug")
    async with sit_down() as evening:
        await evening.press("P", "delete")
        assert "Hug has days in the diary, and they stay" in evening.words
        await evening.press("down", "backspace")
        assert "Laughter is taken away; nothing was logged for it." in evening.text
    assert "hug" in ids(begun)
    assert "laughter" not in ids(begun)


async def test_digits_and_letters_log_nothing_here(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "7", "t", "w")
        assert "› w  Nature walk" in evening.text
        await evening.press("X")
        assert "Caps Lock" in evening.words
    assert not begun.has_entries()


# The form


async def test_a_form_changes_what_is_typed_anew(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "w", "enter")
        await fill(evening, 0, "Wood")
        await fill(evening, 1, "Under trees?")
        await fill(evening, 1, "d")
        await fill(evening, 2, "30")
        await fill(evening, 1, "5")
        await fill(evening, 1, "2")
        await evening.press("enter")
        assert "Wood is changed." in evening.text
        assert "30 minutes, 2 of 7 days" in evening.line_with("› d  Wood")
    wood = practice(begun, "nature-walk")
    assert (wood.name, wood.question, wood.key, wood.step) == ("Wood", "Under trees?", "d", 5)


async def test_what_is_refused_is_said_and_what_was_typed_stays(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        await fill(evening, 0, "Cuddle")
        await fill(evening, 2, "l")
        await evening.press("enter")
        assert "The letter l already logs Laughter" in evening.text
        assert "Cuddle" in evening.text
        await fill(evening, 0, "c")
        await fill(evening, 4, "often")
        await evening.press("enter")
        assert "“often” is no whole number." in evening.text
        await evening.press("escape")
    assert practice(begun, "hug").name == "Hug"


async def test_nothing_typed_changes_nothing(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter", "enter")
        assert "Nothing was changed." in evening.text
        await evening.press("u")
        assert "Nothing to undo." in evening.text


@pytest.mark.parametrize(("keys", "all_days"), [(["enter"], False), (["down", "enter"], True)])
async def test_a_goal_counts_since_when_one_says(
    sit_down: Open, three_weeks: Diary, keys: list[str], all_days: bool
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        await fill(evening, 6, "7")
        await evening.press("enter")
        assert "Since when does the new goal of Hug count?" in evening.text
        await evening.press(*keys)
        assert "Hug is changed." in evening.text
    assert practice(three_weeks, "hug").goal_on(TODAY).days_per_week == 7
    before = practice(three_weeks, "hug").goal_on(TODAY - timedelta(days=1)).days_per_week
    assert before == (7 if all_days else 5)


async def test_what_is_shown_before_is_what_it_becomes(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        await fill(evening, 6, "7")
        await evening.press("enter")
        told = evening.line_with("For all days:")
        await evening.press("down", "enter")
    (hug,) = [view for view in three_weeks.streaks() if view.practice.id == "hug"]
    assert f"longest {hug.figures.longest_streak} days" in told
    assert f"{hug.figures.days_total} days in all" in told


async def test_leaving_the_question_leaves_the_form_open(
    sit_down: Open, three_weeks: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        await fill(evening, 6, "7")
        await evening.press("enter", "escape")
        assert "Days a week, 1 to 7" in evening.text
        await evening.press("enter", "enter")
        assert "Hug is changed." in evening.text


async def test_days_in_another_unit_stay_done_or_a_new_practice_begins(
    sit_down: Open, three_weeks: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "w", "enter")
        await fill(evening, 3, "y")
        await evening.press("enter")
        assert "Nature walk has days in minutes. What becomes of them?" in evening.text
        await evening.press("enter")
        assert "A day done stays done" in evening.text
        assert practice(three_weeks, "nature-walk").unit is Unit.YES_NO
        await evening.press("u")
        await evening.press("enter")
        await fill(evening, 3, "t")
        await evening.press("enter", "down", "enter")
        assert "Nature walk (nature-walk-2) begins today, counted in times" in evening.words
        assert "Nature walk (minutes)" in evening.text
        assert "1 time, 3 of 7 days" in evening.line_with("› w")


async def test_a_practice_is_added_and_the_cursor_is_on_it(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "plus")
        assert "Feet on the earth, Leaning on someone." in evening.words.replace("│ │ ", "")
        await evening.type("Call home")
        await fill(evening, 3, "min")
        await evening.press("enter")
        assert "Added Call home (call-home); the letter c logs it." in evening.text
        assert "› c  Call home" in evening.text
        await evening.press("plus", "enter")
        assert "1 to 60 characters" in evening.text
        await evening.type("bare-feet")
        await evening.press("enter")
        assert "Added Feet on the earth (bare-feet)" in evening.text
    home = practice(begun, "call-home")
    assert (home.unit, home.goals[0].amount, home.step) == (Unit.MINUTES, 10, 10)


async def test_keys_in_a_hurry_keep_their_order(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter", "tab", "tab", "tab", "tab", "tab", "backspace", "4",
                            "tab", "backspace", "3", "shift+tab", "5", "enter")  # fmt: skip
    hug = practice(begun, "hug")
    assert (hug.step, hug.goals[0].days_per_week) == (45, 3)


async def test_a_name_that_could_steer_the_terminal_does_not(sit_down: Open, begun: Diary) -> None:
    begun.practices.add("[red]Tea[/red] {x}", question="[b]Tea?[/b]")
    async with sit_down() as evening:
        await evening.press("P", "up", *["down"] * 9)
        assert "[red]Tea[/red] {x}" in evening.text
        assert "[b]Tea?[/b]" in evening.text
        await evening.press("enter", "escape", "space")
        assert "A practice of your own" in evening.text


async def test_a_practice_that_went_elsewhere_is_told(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        begun.practices.edit("laughter", name="Hoot")
        await fill(evening, 0, "Hoot")
        await evening.press("enter")
        assert "already a practice called Hoot" in evening.text


# Ways in and out


@pytest.mark.parametrize("key", ["escape", "T"])
async def test_back_to_tonight_as_the_list_is_by_now(
    sit_down: Open, begun: Diary, key: str
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "minus", key)
        assert "how calm did you feel" in evening.text
        assert "Hug" not in evening.text


async def test_between_the_rooms(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("W", "P", "P", "W")
        assert "23 – 29 November" in evening.lines[0]
        await evening.press("P", "escape")
        assert "how calm did you feel" in evening.text


async def test_help_tells_the_keys_and_no_marks(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(80, 40) as evening:
        await evening.press("P", "question_mark")
        golden("help_practices_80x40", evening.text)


@pytest.mark.parametrize("key", ["escape", "space", "enter", "q"])
async def test_the_card_closes(sit_down: Open, begun: Diary, key: str) -> None:
    async with sit_down() as evening:
        await evening.press("P", "space")
        assert "Grade A for touch" in evening.text
        await evening.press(key)
        assert "Tonight asks them in this order." in evening.text


# By mouse


async def test_each_hint_can_be_clicked(sit_down: Open, begun: Diary) -> None:
    async with sit_down(120, 30) as evening:
        await evening.click("Practices")
        await evening.click("] down")
        assert ids(begun)[:2] == ["laughter", "hug"]
        await evening.click("[ up")
        assert ids(begun)[:2] == ["hug", "laughter"]
        await evening.click("- archive")
        assert practice(begun, "hug").archived_since(TODAY) == TODAY
        await evening.click("u undo")
        assert practice(begun, "hug").archived_since(TODAY) is None
        await evening.click("del delete")
        assert "hug" not in ids(begun)
        await evening.click("space card")
        assert "Grade A, small" in evening.text
        await evening.click("esc back")
        await evening.click("+ add")
        assert "A practice of your own" in evening.text
        await evening.click("esc leave")
        await evening.click("↵ edit")
        assert "Days a week, 1 to 7" in evening.text
        await evening.click("esc leave")
        await evening.click("? help")
        assert "Keys, marks and figures" in evening.text
        await evening.press("escape")
        await evening.click("T tonight")
        assert "how calm did you feel" in evening.text


async def test_a_row_is_clicked_to_go_there_and_again_to_change_it(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P")
        await evening.click("Good talk")
        assert "› t  Good talk" in evening.text
        await evening.click("Good talk")
        assert "Days a week, 1 to 7" in evening.text


async def test_a_form_is_filled_by_mouse(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        row = next(y for y, line in enumerate(evening.lines) if "Days a week" in line)
        await evening.pilot.click(offset=(60, row))
        await evening.press("backspace", "7")
        await evening.click("↵ keep")
        await evening.click("For all days")
        assert "Hug is changed." in evening.text
    assert len(practice(three_weeks, "hug").goals) == 1


async def test_the_form_goes_on_by_mouse_and_the_choice_is_left(
    sit_down: Open, three_weeks: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("P", "enter")
        await evening.click("tab next")
        await evening.press("end", *"?!")
        await evening.click("tab next")
        await evening.click("↵ keep")
        assert practice(three_weeks, "hug").question.endswith("?!")
        await evening.press("enter")
        await fill(evening, 6, "7")
        await evening.press("enter")
        await evening.click("esc leave")
        assert "Days a week, 1 to 7" in evening.text
        await evening.press("enter")
        await evening.click("↵ choose")
        assert "Hug is changed." in evening.text


async def test_the_wheel_moves_the_cursor(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("P")
        from textual import events

        table = evening.app.screen.query_one("PracticeTable")
        for kind in (events.MouseScrollDown, events.MouseScrollDown, events.MouseScrollUp):
            table.post_message(kind(None, 1, 1, 0, 0, 0, False, False, False))
            await evening.settle()
        assert "› l  Laughter" in evening.text
