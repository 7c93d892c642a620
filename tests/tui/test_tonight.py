"""An evening on Tonight, key by key."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.tui.conftest import PATIENCE, TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import State


def states(diary: Diary) -> dict[str, State]:
    return {p.practice.id: p.state for p in diary.day().practices}


async def test_six_keys_log_the_whole_evening(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("7", "h", "l", "w", "g", "t")
        assert "7 of 10" in evening.text
        assert "That's today. Sleep well." in evening.text
    assert begun.day().calm == 7
    done = {name for name, state in states(begun).items() if state is State.DONE}
    assert done == {"hug", "laughter", "nature-walk", "gratitude", "good-talk"}


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_tonight_before_the_question_is_answered(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        golden(f"tonight_unanswered_{width}x{height}", evening.text)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
async def test_tonight_when_all_is_said(
    sit_down: Open, three_weeks: Diary, golden: Callable[[str, str], None], width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("7", "h", "h", "w", "s", "z", "g")
        golden(f"tonight_answered_{width}x{height}", evening.text)


async def test_a_new_diary_shows_no_figures_and_no_zero(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        hug = evening.line_with("Hug")
    assert "0" not in hug
    assert "streak" not in hug


async def test_streaks_wait_until_the_question_is_answered(
    sit_down: Open, three_weeks: Diary
) -> None:
    async with sit_down() as evening:
        assert "streak" not in evening.text
        await evening.press("5")
        assert "streak" in evening.text
        assert "19 days" in evening.line_with("Hug")


@pytest.mark.parametrize("key", ["down", "escape", "l"])
async def test_the_question_can_be_skipped(sit_down: Open, three_weeks: Diary, key: str) -> None:
    async with sit_down() as evening:
        await evening.press(key)
        assert "streak" in evening.text


async def test_a_one_and_at_once_a_zero_make_ten_in_one_step(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("1", "0")
        assert "10 of 10" in evening.text
        await evening.press("u")
        assert "of 10" not in evening.text
    assert begun.day().calm is None


async def test_a_zero_after_something_else_is_a_zero(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("1", "h", "0")
        assert " 0 of 10" in evening.text
    assert begun.day().calm == 0


async def test_a_one_alone_is_answered_only_when_it_can_no_longer_be_a_ten(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.pilot.press("1")
        await evening.until(lambda: "1 of 10" in evening.text)
        assert "Sleep well" not in evening.text
        await evening.until(lambda: "Sleep well" in evening.text)
        assert "Thank you for saying so." in evening.text


async def test_a_low_evening_is_thanked_for(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("2")
        assert "Thank you for saying so." in evening.text


async def test_a_yes_no_practice_pressed_twice_is_taken_back(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("l")
        assert "●" in evening.line_with("Laughter  ")
        await evening.press("l")
        assert "·" in evening.line_with("Laughter  ")


async def test_minutes_begin_with_the_goal_and_grow_by_the_step(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("w")
        assert "20 minutes" in evening.line_with("Nature walk  ")
        await evening.press("w")
        assert "30 minutes" in evening.line_with("Nature walk  ")
        await evening.press("minus", "minus")
        assert "◐  10 of 20 minutes" in evening.line_with("Nature walk  ")


async def test_one_less_than_nothing_is_an_explicit_no(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "minus")
        assert "○  no" in evening.line_with("Hug  ")
    assert states(begun)["hug"] is State.NO


async def test_an_amount_can_be_typed(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("w", "equals_sign")
        await evening.type("45")
        await evening.press("enter")
        assert "45 minutes" in evening.line_with("Nature walk  ")


async def test_a_wrong_amount_is_told_and_can_be_typed_again(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("w", "equals_sign")
        await evening.type("-4")
        await evening.press("enter")
        assert "can't be below zero" in evening.text
        await evening.press("backspace", "backspace", "4", "0", "enter")
        assert "40 minutes" in evening.line_with("Nature walk  ")


async def test_a_note_is_written_on_the_row_one_is_in(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("h", "enter")
        await evening.type("with Anna")
        await evening.press("enter")
        assert "”" in evening.line_with("1 time")
        assert "Note kept." in evening.text
        await evening.press("up", "down")
        assert "Note: with Anna" in evening.text


async def test_the_evenings_own_note_is_written_on_the_question(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        await evening.type("a long day")
        await evening.press("ctrl+j")
        await evening.type("but fine")
        await evening.press("enter")
        assert "Note kept." in evening.text
        await evening.press("down", "up")
        assert "Note: a long day⏎but fine" in evening.text
    assert begun.day().calm_note == "a long day\nbut fine"


async def test_escape_leaves_a_note_as_it_was(sit_down: Open, begun: Diary) -> None:
    begun.write_note("hug", "kept")
    async with sit_down() as evening:
        await evening.press("down", "n")
        await evening.type("changed")
        await evening.press("escape")
    assert begun.day().practices[0].note == "kept"


async def test_a_hostile_note_shows_as_what_it_is(sit_down: Open, begun: Diary) -> None:
    note = "[/] \x1b[2J =1+1 [@click=app.quit]x[/] \u202eabc"
    begun.log("hug", note=note)
    begun.rate(5, note=note)
    async with sit_down(120, 40) as evening:
        await evening.press("down")
        shown = "[/] �[2J =1+1 [@click=app.quit]x[/] ◌abc"
        assert shown in evening.line_with("Note:")
        assert "[/] �[2J =1+1" in evening.line_with("1 time")
        await evening.press("W", "up")
        assert shown in evening.line_with("Note:")


async def test_rest_is_toggled_and_keeps_what_was_logged(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("h", "h", "z")
        assert "z  rest" in evening.line_with("Hug  ")
        await evening.press("z")
        assert "2 times" in evening.line_with("Hug  ")


async def test_undo_works_after_a_restart_and_redo_brings_it_back(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("h", "l")
    async with sit_down() as evening:
        await evening.press("u")
        assert "Undone: Laughter, Tuesday 24 November." in evening.text
        await evening.press("u")
        assert "Undone: Hug, Tuesday 24 November." in evening.text
        await evening.press("u")
        assert "Nothing to undo." in evening.text
        await evening.press("ctrl+r")
        assert "Done again: Hug, Tuesday 24 November." in evening.text
    assert states(begun)["hug"] is State.DONE


async def test_backspace_clears_and_the_note_stays(sit_down: Open, begun: Diary) -> None:
    begun.log("hug", note="kept")
    async with sit_down() as evening:
        await evening.press("down", "backspace")
    hug = begun.day().practices[0]
    assert (hug.amount, hug.note) == (None, "kept")


async def test_space_logs_the_row(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "down", "space")
        assert "●" in evening.line_with("Laughter  ")


async def test_yesterday_is_logged_after_going_left(sit_down: Open, three_weeks: Diary) -> None:
    three_weeks.clear("calm", TODAY.replace(day=23))
    async with sit_down() as evening:
        assert "Yesterday is still open: ←" in evening.text
        await evening.press("left", "6", "t")
        assert "Monday 23 November" in evening.text
        await evening.press("escape")
        assert "Tuesday 24 November" in evening.text
        assert "still open" not in evening.text
    yesterday = three_weeks.day(TODAY.replace(day=23))
    assert yesterday.calm == 6
    assert {p.practice.id: p.state for p in yesterday.practices}["good-talk"] is State.DONE


async def test_a_day_to_come_takes_only_rest(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("right", "down", "h")
        assert "has yet to" in evening.words
        await evening.press("z")
        assert "z  rest" in evening.line_with("Hug  ")


async def test_a_date_can_be_typed(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("full_stop")
        await evening.type("2026-11-10")
        await evening.press("enter")
        assert "Tuesday 10 November" in evening.text


async def test_a_date_that_is_none_is_told(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("full_stop")
        await evening.type("2026-02-30")
        await evening.press("enter")
        assert "is no day I know" in evening.text
        await evening.press("escape")
        assert "Tuesday 24 November" in evening.text


async def test_an_unknown_capital_asks_about_caps_lock(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("H")
        assert "Caps Lock" in evening.text
    assert not begun.has_entries()


async def test_what_another_terminal_logs_appears(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        begun.press("hug")
        await evening.until(lambda: "1 time" in evening.line_with("Hug  "))


@pytest.mark.any_day
async def test_when_the_day_turns_the_next_key_only_moves_on(
    sit_down: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit_down() as evening:
        await evening.press("7")
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await evening.press("h")
        assert "Wednesday 25 November" in evening.lines[0]
        await evening.press("l")
    assert begun.day(TODAY).practices[0].amount is None
    assert states(begun)["laughter"] is State.DONE


@pytest.mark.any_day
async def test_half_past_midnight_is_still_tonight(
    sit_down: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:30:00+01:00")
    async with sit_down() as evening:
        await evening.press("8")
        assert "Tuesday 24 November" in evening.lines[0]
    assert begun.day(TODAY).calm == 8


async def test_keys_pressed_before_the_diary_is_there_are_kept(
    place: Location, begun: Diary
) -> None:
    from tracker.diary.fast_today import today_view
    from tracker.tui.app import CalmtrackApp

    app = CalmtrackApp(place, today_view(place))
    async with app.run_test() as pilot:
        there = threading.Event()
        app.diary_worker.submit(lambda _: there.wait(PATIENCE), lambda _: None, lambda _: None)
        await pilot.press("1", "0", "h", "h", "q")
        assert begun.day().calm is None
        there.set()
        await Sitting(app, pilot).until(lambda: not app.is_running)
    app.diary_worker.close()
    assert begun.day().calm == 10
    assert begun.day().practices[0].amount == 2


async def test_everything_can_be_clicked(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.click(" 8 ")
        assert "8 of 10" in evening.text
        await evening.click("Laughter")
        assert "›" in evening.line_with("Laughter  ")
        await evening.click("Laughter")
        assert "●" in evening.line_with("Laughter  ")
        await evening.click("undo")
        assert "·" in evening.line_with("Laughter  ")
        await evening.click("‹")
        assert "Monday 23 November" in evening.lines[0]
        await evening.click("Week")
        assert "23 – 29 November 2026" in evening.lines[0]
        await evening.click("Tonight")
        assert "how calm did you feel" in evening.text


async def test_help_tells_every_key_of_the_screen(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None]
) -> None:
    async with sit_down(80, 50) as evening:
        await evening.press("question_mark")
        golden("help_tonight_80x50", evening.text)
        await evening.press("escape")
        assert "how calm did you feel" in evening.text


async def test_on_another_day_the_cursor_is_on_the_question(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "down", "left")
        assert evening.line_with("how calm did you feel").startswith(" › ")


@pytest.mark.parametrize(
    ("typed", "amount"), [("yes", 1), ("N", 0), ("1", 1), ("", None), ("maybe", None)]
)
async def test_a_yes_or_no_can_be_typed_as_it_is_asked_for(
    sit_down: Open, begun: Diary, typed: str, amount: int | None
) -> None:
    async with sit_down() as evening:
        await evening.press("down", "down", "equals_sign", *typed, "enter")
        assert ("is no whole number" in evening.text) == (typed == "maybe")
    assert begun.day().practices[1].amount == amount


async def test_a_number_too_large_is_called_that(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "equals_sign", *"99999999999999999999", "enter")
        assert "An amount of one day can be at most" in evening.text


@pytest.mark.parametrize("key", ["space", "minus", "equals_sign", "z"])
async def test_a_key_for_a_practice_asks_for_its_row(
    sit_down: Open, begun: Diary, key: str
) -> None:
    async with sit_down() as evening:
        await evening.press(key)
        assert "Choose a practice first, with the arrow keys." in evening.text
        assert "how much in all" not in evening.text
    assert not begun.has_entries()
