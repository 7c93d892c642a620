"""An evening on Tonight, key by key."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import TextArea

from tests.diary.factories import add_entries
from tests.effort import some_of
from tests.tui.conftest import TODAY, AppDriver, OpenApp, sizes
from tests.tui.screen_text import lines_of, words_of
from tests.tui.settling import TIMEOUT_SECONDS, PendingWork
from tracker import clock
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.i18n.messages import set_language
from tracker.location import Location
from tracker.models import State
from tracker.settings import LoadedSettings, Settings
from tracker.tui.app import CalmtrackApp
from tracker.tui.screens.tonight_screen import TonightScreen, new_patterns_sentence
from tracker.tui.widgets.practice_list import PracticeList


def states(diary: Diary) -> dict[str, State]:
    return {p.practice.id: p.state for p in diary.day().practices}


async def test_six_keys_log_the_whole_evening(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("7", "h", "l", "w", "g", "t")
        assert "7 of 10" in app.text
        assert "Calm 7, 5 practices logged. Sleep well." in app.text
    assert new_diary.day().calm == 7
    done = {name for name, state in states(new_diary).items() if state is State.DONE}
    assert done == {"hug", "laughter", "nature-walk", "gratitude", "good-talk"}


async def test_practices_below_their_goal_are_summed_up_with_the_others(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.log("nature-walk", amount=12)
    async with open_app() as app:
        await app.press("7")
        assert "Calm 7, 1 practice logged. Sleep well." in app.text
        await app.press("h", "l")
        assert "Calm 7, 3 practices logged. Sleep well." in app.text
        new_diary.log("nature-walk", amount=30)
        app.app.refresh_screens()
        await app.settle()
        assert "Calm 7, 3 practices logged. Sleep well." in app.text


async def test_the_list_keeps_the_height_of_the_first_frame(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    heights: list[int] = []

    def note_height(_list: PracticeList, event: events.Resize) -> None:
        heights.append(event.size.height)

    monkeypatch.setattr(PracticeList, "on_resize", note_height, raising=False)
    async with open_app(80, 24) as app:
        assert heights == [app.app.screen.query_one(PracticeList).size.height]


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_tonight_before_the_question_is_answered(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        golden(f"tonight_unanswered_{width}x{height}", app.text)


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_tonight_when_all_is_logged(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("7", "h", "h", "w", "s", "z", "g")
        golden(f"tonight_answered_{width}x{height}", app.text)


async def test_a_long_note_is_shown_whole_where_it_fits_and_covered_by_its_dialog(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7)
    new_diary.write_note("hug", f"It {'was a long and very good day, ' * 12}and that is the end.")
    for height, is_whole in ((24, False), (30, True)):
        async with open_app(80, height) as app:
            await app.press("down")
            assert ("that is the end." in app.words) is is_whole
            assert ("…" in app.text) is not is_whole
            await app.press("W", "down")
            assert "that is the end." in app.words
            await app.press("n")
            # Neither the cursor nor anything else of the screen below is visible.
            assert not [line for line in app.lines if line.strip() and line[:3].strip(" ╭│╰")]


async def test_recent_days_are_beside_tonight_without_scores_until_the_rating(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app(110, 30) as app:
        assert "│ Mon  " not in app.text
        assert "for Anna's call" in app.text
        assert "Four weeks" not in app.text
        await app.press("7")
        assert "Four weeks" in app.text
        assert "24 Nov" in app.text
        await app.press("down", "n")
        await app.type("by the stairs")
        await app.press("enter")
        assert [line for line in app.lines if "│ Tue  Hug: by the stairs" in line]
        await app.press("left", "0", "T")
        low = [line[70:] for line in app.lines[2:14]]
        await app.press("u")
        assert [line[70:] for line in app.lines[2:14]] != low
        await app.press("ctrl+r")
        assert [line[70:] for line in app.lines[2:14]] == low
        await app.resize(100, 30)
        assert "Four weeks" not in app.text


async def test_before_anything_is_logged_yesterday_is_summarised_without_its_score(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        assert "Yesterday: Hug, Laughter" in app.text
        assert "of 10" not in app.text
        await app.press("l")
        assert "Yesterday" not in app.text
    for back in (1, 2):
        three_weeks.maintenance.forget(TODAY - timedelta(days=back))
    three_weeks.clear("laughter")
    async with open_app() as app:
        assert "Welcome back. Just tonight is fine." in app.text
        await app.press("7")
        assert "Welcome back" not in app.text


async def test_the_hundredth_day_of_a_practice_is_mentioned_once(
    open_app: OpenApp, new_diary: Diary
) -> None:
    add_entries(new_diary, "hug", [(TODAY - timedelta(days=back), 1) for back in range(99, 0, -1)])
    async with open_app() as app:
        await app.press("h")
        assert "Hug: 100 days. Nice." in app.text
        await app.press("h")
        assert "Nice." not in app.text
        await app.press("u", "u", "W", "h")
        assert "Hug: 100 days. Nice." in app.text


async def test_a_new_diary_shows_no_figures_and_no_zero(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("7")
        hug = app.line_with("Hug")
    assert "0" not in hug
    assert "streak" not in hug


async def test_streaks_are_hidden_until_the_question_is_answered(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        assert "19 days" not in app.text
        await app.press("5")
        assert "this week    streak" in app.text
        assert "19 days" in app.line_with("Hug")


@pytest.mark.parametrize("key", some_of(["down", "l"], 1))
async def test_the_question_can_be_skipped(open_app: OpenApp, three_weeks: Diary, key: str) -> None:
    async with open_app() as app:
        await app.press(key)
        assert "streak" in app.text


async def test_a_one_and_at_once_a_zero_are_a_ten_in_one_undo_step(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("1", "0")
        assert "10 of 10" in app.text
        await app.press("u")
        assert "Undid: Calm, Tuesday 24 November. It was 10 of 10; now it's empty." in app.text
    assert new_diary.day().calm is None


async def test_a_zero_after_something_else_is_a_zero(open_app: OpenApp, new_diary: Diary) -> None:
    late = "Calm is 0 now. For 10, press 1 and then 0 within a second."
    async with open_app() as app:
        await app.press("1", "h", "0")
        assert " 0 of 10" in app.text
        assert late not in app.text
        for seconds, is_explained in ((2.0, True), (30.0, False)):
            for digit, at in (("1", 0.0), ("0", seconds)):
                key = events.Key(digit, digit)
                key.time = at
                app.app.post_message(key)
            await app.settle()
            assert (late in app.text) is is_explained
    assert new_diary.day().calm == 0


async def test_a_one_alone_is_answered_only_when_it_can_no_longer_be_a_ten(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.pilot.press("1")
        await app.until(lambda: "1 of 10" in app.text)
        assert "Now tap" not in app.text
        await app.until(lambda: "Now tap what connected you." in app.text)
        await app.until(lambda: "Thanks for checking in, even on a hard day." in app.text)


async def test_a_low_rating_is_followed_by_thanks_and_the_users_own_messages(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.support.set_lines(["Call Ben.", "Tea, then bed."])
    own = "Thanks for checking in, even on a hard day. Call Ben. / Tea, then bed."
    async with open_app() as app:
        await app.press("2")
        assert own in app.words
        await app.press("4")
        assert "Call Ben." not in app.words
        await app.press("1")
        await app.until(lambda: own in app.words)
        await app.press("W", "0")
        assert own in app.words
        await app.press("ctrl+p")
        await app.type("support")
        await app.until(lambda: "What you'd like to read on a hard day" in app.words)
        await app.press("enter")
        assert app.line_with("Call Ben.") != app.line_with("Tea, then bed.")


@pytest.mark.parametrize("screen", some_of([(), ("W", "left")], 1))
async def test_a_letter_never_reduces_an_amount(
    open_app: OpenApp, new_diary: Diary, screen: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press(*screen, "l")
        await app.press("l")
        assert "●" in app.line_with("Laughter  ")
        assert "Laughter is already logged. Backspace clears it." in app.text
        await app.press("space")
        assert "●" in app.line_with("Laughter  ")
        await app.press("u")
        assert "●" not in app.line_with("Laughter  ")
        await app.press("u")
        assert "Nothing to undo." in app.text


async def test_minutes_begin_with_the_goal_and_grow_by_the_step(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("w")
        assert "20 minutes" in app.line_with("Nature walk  ")
        await app.press("w")
        assert "30 minutes" in app.line_with("Nature walk  ")
        await app.press("minus", "minus")
        assert "◐  10 of 20 minutes" in app.line_with("Nature walk  ")
        await app.press("minus", "minus", "plus")
        assert "◐  10 of 20 minutes" in app.line_with("Nature walk  ")
        await app.press("l", "plus")
        assert "Laughter is already logged. Backspace clears it." in app.text


async def test_minus_on_an_empty_row_logs_an_explicit_no(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("down", "minus")
        assert "○  no" in app.line_with("Hug  ")
    assert states(new_diary)["hug"] is State.NO


async def test_an_amount_can_be_typed(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("w", "equals_sign")
        await app.type("45")
        await app.press("enter")
        assert "45 minutes" in app.line_with("Nature walk  ")
        await app.press("equals_sign", *"+1h20", "enter")
        assert "125 minutes" in app.line_with("Nature walk  ")
        await app.press("equals_sign", *"1,5 h", "enter")
        assert "90 minutes" in app.line_with("Nature walk  ")
        await app.press("equals_sign", *"25h", "enter")
        assert "1,500 minutes is more than the 24 hours of a day" in app.words


async def test_a_wrong_amount_is_reported_and_can_be_typed_again(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("w", "equals_sign")
        await app.type("-4")
        await app.press("enter")
        assert "must be 0 or more" in app.text
        await app.press("backspace", "backspace", "4", "0", "enter")
        assert "40 minutes" in app.line_with("Nature walk  ")


async def test_a_note_is_written_for_the_row_with_the_cursor(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "enter")
        await app.type("with Anna")
        await app.press("enter")
        assert "”" in app.line_with("1 time")
        assert "Note saved." in app.text
        await app.press("up", "down")
        assert "Note: with Anna" in app.text


async def test_a_note_of_only_spaces_removes_it(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("h", "n", "W", "enter")
        assert "”" in app.line_with("1 time")
        await app.press("n", "ctrl+a", "delete", *["space"] * 4, "enter")
        assert "Note removed." in app.text
        assert "”" not in app.line_with("1 time")
    assert new_diary.day().practices[0].note == ""


@pytest.mark.usefixtures("new_diary")
async def test_ctrl_z_in_a_note_says_how_its_text_comes_back(open_app: OpenApp) -> None:
    async with open_app() as app:
        await app.press("n", "ctrl+z")
        assert "Took back" not in app.text
        await app.type("a long day")
        await app.press("ctrl+z")
        assert "a long day" not in app.text
        assert "Took back what you typed last. Press ctrl+y to redo it." in app.words
        await app.press("ctrl+y")
        assert "a long day" in app.text


async def test_the_evenings_own_note_is_written_on_the_question(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("a long day")
        await app.press("ctrl+j")
        await app.type("but fine")
        await app.press("enter")
        assert "Note saved." in app.text
        await app.press("down", "up")
        assert "Note: a long day⏎but fine" in app.text
    assert new_diary.day().calm_note == "a long day\nbut fine"


async def test_line_breaks_at_the_end_of_a_note_are_not_saved(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        app.app.screen.query_one(TextArea).insert("one\n\n  two\n\n")
        await app.press("enter")
    assert new_diary.day().calm_note == "one\n\n  two"


async def test_escape_leaves_a_note_as_it_was(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.write_note("hug", "kept")
    async with open_app() as app:
        await app.press("down", "n")
        await app.type("changed")
        await app.press("escape")
    assert new_diary.day().practices[0].note == "kept"


@pytest.mark.thorough
async def test_a_note_with_control_characters_is_sanitized(
    open_app: OpenApp, new_diary: Diary
) -> None:
    note = "[/] \x1b[2J =1+1 [@click=app.quit]x[/] \u202eabc"
    new_diary.log("hug", note=note)
    new_diary.rate(5, note=note)
    async with open_app(120, 40) as app:
        await app.press("down")
        shown = "[/] �[2J =1+1 [@click=app.quit]x[/] ◌abc"
        assert shown in app.line_with("Note:")
        assert [line for line in app.lines if "│ Tue  Hug: [/] �[2J =1+1" in line]
        await app.press("W", "up")
        assert shown in app.line_with("Note:")


async def test_rest_is_toggled_and_keeps_what_was_logged(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("z")
        assert "Choose one with the arrow keys first, or press Z for several." in app.words
        await app.press("h", "h", "z")
        assert "z  rest" in app.line_with("Hug  ")
        assert "What you logged (2 times) doesn't count now. Press z again" in app.words
        await app.press("z")
        assert "2 times" in app.line_with("Hug  ")
        assert "rest day removed. What you logged counts again (2 times)." in app.words


async def test_undo_works_after_a_restart_and_redo_brings_it_back(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "l")
    async with open_app() as app:
        await app.press("u")
        assert "Undid: Laughter, Tuesday 24 November." in app.text
        await app.press("u")
        assert "Undid: Hug, Tuesday 24 November." in app.text
        await app.press("u")
        assert "Nothing to undo." in app.text
        await app.press("ctrl+r")
        assert "Redid: Hug, Tuesday 24 November." in app.text
    assert states(new_diary)["hug"] is State.DONE


async def test_backspace_clears_and_the_note_stays(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.log("hug", note="kept")
    async with open_app() as app:
        await app.press("7", "backspace")
        assert "Calm: cleared. It was 7. Press u to get that back." in app.text
        await app.press("down", "backspace")
        assert "Hug: cleared. It was 1 time. Press u to get that back." in app.text
        await app.press("backspace")
        assert "Nothing to clear: Hug." in app.text
    hug = new_diary.day().practices[0]
    assert (hug.amount, hug.note) == (None, "kept")


async def test_space_logs_the_row(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "down", "space")
        assert "●" in app.line_with("Laughter  ")


async def test_yesterday_is_logged_after_going_left(open_app: OpenApp, three_weeks: Diary) -> None:
    three_weeks.clear("calm", TODAY.replace(day=23))
    async with open_app() as app:
        assert "You can still fill in yesterday (←)" in app.text
        await app.press("left", "6", "t")
        assert "Monday 23 November" in app.text
        await app.press("escape")
        assert "Tuesday 24 November" in app.text
        assert "Yesterday: Hug, Laughter, Good talk" in app.text
        three_weeks.practices.edit("laughter", name="Giggles")
        await app.press("P", "T")
        assert "Yesterday: Hug, Giggles, Good talk" in app.text
    yesterday = three_weeks.day(TODAY.replace(day=23))
    assert yesterday.calm == 6
    assert {p.practice.id: p.state for p in yesterday.practices}["good-talk"] is State.DONE


async def test_a_holiday_is_no_gap_to_fill_in(open_app: OpenApp, three_weeks: Diary) -> None:
    before, yesterday = (TODAY - timedelta(days=back) for back in (2, 1))
    for day in (before, yesterday):
        three_weeks.maintenance.forget(day)
    three_weeks.rest(None, yesterday, yesterday)
    three_weeks.clear("laughter")
    async with open_app() as app:
        assert "Welcome back. Just tonight is fine." in app.text
        three_weeks.rest(None, TODAY, TODAY)
        await app.press("W", "T")
        assert "Welcome back" not in app.text
        assert "yesterday" not in app.text
    three_weeks.log("hug", day=before)
    three_weeks.rest(None, TODAY, TODAY, off=True)
    async with open_app() as app:
        assert "yesterday" not in app.text


@pytest.mark.parametrize(
    "screen", some_of([("W", "left"), (), ("S",), ("W",), ("Y",), ("C",), ("P",), ("I",)], 1)
)
async def test_capital_t_goes_to_today_from_everywhere(
    open_app: OpenApp, new_diary: Diary, screen: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press("left", "left", *screen, "T", "7", "l")
        assert "Tuesday 24 November" in app.lines[0]
    assert (new_diary.day().calm, states(new_diary)["laughter"]) == (7, State.DONE)
    assert not new_diary.day(TODAY.replace(day=22)).checked_in


async def test_capital_t_waits_for_the_keys_before_it(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        there = threading.Event()
        app.app.diary_worker.submit(
            lambda _: there.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
        )
        await app.pilot.press("left", "7", "T", "8")
        there.set()
        await app.settle()
        await app.until(lambda: "8 of 10" in app.text)
    assert (new_diary.day(TODAY.replace(day=23)).calm, new_diary.day().calm) == (7, 8)


@pytest.mark.thorough
@pytest.mark.parametrize("back", ["T", "escape"])
async def test_a_message_is_gone_when_tonight_is_shown_again(
    open_app: OpenApp, new_diary: Diary, back: str
) -> None:
    async with open_app() as app:
        await app.press("h", "u")
        assert "Undid: Hug" in app.text
        await app.press("P", back)
        assert "how calm did you feel today?" in app.text
        assert "Undid" not in app.text


async def test_a_click_on_tonight_goes_to_today(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(120, 40) as app:
        await app.press("left")
        assert "Monday 23 November" in app.lines[0]
        await app.click("Tonight")
        assert "Tuesday 24 November" in app.lines[0]


async def test_escape_goes_back_to_the_day_that_was_open(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("left", "S", "escape")
        assert "Mon 23 Nov · yesterday" in app.lines[0]


@pytest.mark.parametrize("key", some_of(["right", "right_square_bracket"], 1))
async def test_the_arrow_does_not_go_past_today(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("left", key, key)
        assert "Tuesday 24 November" in app.lines[0]
        assert "This is today." in app.text
        await app.press("h")
    assert states(new_diary)["hug"] is State.DONE


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
async def test_a_day_to_come_asks_nothing_and_offers_only_rest_days(
    open_app: OpenApp, new_diary: Diary, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press("full_stop")
        await app.type("tomorrow")
        await app.press("enter")
        assert "25 Nov" in app.lines[0]
        assert " · tomorrow" in app.lines[0]
        assert "Wednesday 25 November is in the future." in app.lines[2]
        assert app.lines[3].startswith("   You can plan rest days: press z on a practice")
        await app.press("down")
        for asked in ("?", "not at all", "this week", "that week", "0-10", "a-z", "·  "):
            assert asked not in "\n".join(app.lines[1:-1]), asked
        assert "0-10" not in app.lines[-1]
        assert "z rest day" in app.lines[-1]
        await app.press("z")
        assert "z  rest" in app.line_with("Hug  ")
        for key in ("7", "equals_sign"):
            await app.press("up", "down", key)
            assert "is in the future. You can only plan rest days ahead." in app.words
        await app.press("right")
        assert "To see more of the days ahead, press W for Week." in app.words
        await app.press("left")
        assert "how calm did you feel today?" in app.text
    assert states(new_diary)["hug"] is State.PENDING


async def test_a_rating_on_a_day_to_come_can_be_corrected(
    open_app: OpenApp, new_diary: Diary, location: Location
) -> None:
    ahead = clock.now() + timedelta(days=3)
    Diary(location, lambda: ahead).rate(4)
    async with open_app() as app:
        await app.press("full_stop")
        await app.type("+3")
        await app.press("enter")
        assert "[4]" in app.text
        await app.press("6")
        assert "[6]" in app.text
        await app.press("backspace")
        assert "You can plan rest days" in app.words


@pytest.mark.parametrize("code", ["en", "de", "es"])
@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
async def test_the_header_says_that_a_day_is_another_one_than_today(
    open_app: OpenApp, three_weeks: Diary, code: str, width: int, height: int
) -> None:
    marks = {
        "en": ("yesterday", "9 days ago", "past day", "in 3 days", "in the future"),
        "de": ("gestern", "vor 9 Tagen", "vergangener Tag", "in 3 Tagen", "in der Zukunft"),
        "es": ("ayer", "hace 9 días", "día pasado", "dentro de 3 días", "en el futuro"),
    }[code]
    set_language(code)
    settings = Settings(language=code)
    async with open_app(width, height, LoadedSettings(settings, ())) as app:
        of_today = date_color(app)
        assert " · " not in app.lines[0]
        for day, mark in zip(("-1", "-9", "-200", "+3", "+200"), marks, strict=True):
            await app.press("full_stop")
            await app.type(day)
            await app.press("enter")
            assert f" · {mark} ›" in app.lines[0]
            assert date_color(app) != of_today
            assert re.search(r" S(ettings| \w+\.?)?$", app.lines[0])
        await app.press("T")
        assert " · " not in app.lines[0]


def date_color(app: AppDriver) -> str:
    """The colour of the day in the top line."""
    return next(
        word.color for word in words_of(app.app) if word.line == 0 and re.search("[0-9]", word.text)
    )


async def test_the_figures_of_a_past_day_are_said_to_be_as_of_that_day(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    three_weeks.rate(5)
    async with open_app() as app:
        assert "this week    streak   total" in app.text
        assert "as of that day" not in app.text
        await app.press("left")
        assert "as of that day:  that week    streak   total" in app.text
        await app.press("W", "left_square_bracket")
        assert "as of Sun 22 Nov" in app.text
        assert "that week    streak" in app.text
        await app.press("right_square_bracket")
        assert "as of" not in app.text


async def test_what_happened_a_week_before_today_is_not_shown_beside_another_day(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app(120, 40) as app:
        assert "On this day" in app.text
        await app.press("left")
        assert "On this day" not in app.text
        await app.press("right")
        assert "On this day" in app.text


async def test_a_future_day_accepts_only_rest(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("W", "right", "down", "h")
        assert "in the future" in app.words
        await app.press("z")
        assert "[z]" in app.line_with("Hug  ")


async def test_a_date_can_be_typed(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("full_stop")
        await app.type("2026-11-10")
        await app.press("enter")
        assert "Tue 10 Nov · 14 days ago" in app.text


async def test_an_invalid_date_is_reported(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("full_stop")
        await app.type("2026-02-30")
        await app.press("enter")
        assert "I don't recognise the date" in app.text
        await app.press("escape")
        assert "Tuesday 24 November" in app.text


async def test_an_unknown_capital_asks_about_caps_lock(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        # Textual's parser returns this for escape and H within 200 ms.
        app.app.post_message(events.Key("alt+shift+h", "H"))
        await app.settle()
        assert "alt+H does nothing here. If you pressed esc and then H" in app.words
        await app.press("ctrl+right")
        assert "ctrl+→ does nothing here. If you pressed esc and then f" in app.words
        assert "alt+H" not in app.words
        await app.press("H")
        assert "Caps Lock" in app.text
        await app.press("y")
        assert "No practice here has the letter y." in app.text
        await app.press("f1")
        assert "F1 does nothing here. Press ? for help." in app.words
        assert "letter y" not in app.text
        await app.press("S", "Z")
        assert "Z works on Tonight (T) and Week (W)." in app.words
    assert not new_diary.has_entries()


async def test_wrong_keys_take_no_lines_from_the_practices(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app(60, 20) as app:
        await app.press("f1")
        before = app.lines[:-2]
        await app.press(*("f2", "f3", "W", "f6", "T", "f7", "f8", "f9"))
        assert "F9 does nothing here" in app.words
        assert app.lines[:-2] == before


async def test_the_demo_is_marked_and_shows_its_streaks_after_the_rating_as_a_diary_does(
    demo_diary: Diary,
) -> None:
    location = demo_diary.location._replace(is_demo=True)
    app = CalmtrackApp(location, today_view(location, clock.now))
    async with app.run_test(size=(80, 24)):
        lines = lines_of(app)
        assert lines[0].startswith(" demo ")
        assert "Your streaks show once you rate" in "\n".join(lines)
    app.diary_worker.close()


async def test_what_another_terminal_logs_appears(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        new_diary.press("hug")
        await app.until(lambda: "1 time" in app.line_with("Hug  "))


@pytest.fixture
def day_checked_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.tui.screens.tonight_screen.CHECK_DAY_SECONDS", 0.1)


@pytest.mark.any_day
async def test_after_the_day_has_turned_the_next_key_only_opens_the_new_day(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("7")
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await app.press("h")
        assert "Wednesday 25 November" in app.lines[0]
        await app.press("l")
    assert new_diary.day(TODAY).practices[0].amount is None
    assert states(new_diary)["laughter"] is State.DONE


@pytest.mark.any_day
@pytest.mark.usefixtures("day_checked_often")
async def test_the_key_that_opens_the_new_day_is_said_to_have_logged_nothing(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await app.until(lambda: "Press any key to move on to it" in app.text)
        await app.press("h")
        assert "It's Wednesday 25 November now. Nothing was logged." in app.text
        assert "Press any key" not in app.text
        await app.press("h")
        assert "Nothing was logged." not in app.text
    assert states(new_diary)["hug"] is State.DONE


async def test_no_second_key_is_asked_for_before_the_page_of_the_new_day_is_there(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        tonight = app.app.screen
        assert isinstance(tonight, TonightScreen)
        assert tonight.day_has_turned()
        tonight._check_day()
        assert not tonight._turned


@pytest.mark.any_day
async def test_a_note_saved_after_the_day_has_turned_names_its_day(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("late")
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await app.press("enter")
        assert "Note saved for Tuesday 24 November." in app.text
        assert "Wednesday 25 November" in app.lines[0]
        await app.press("l")
    assert new_diary.day(TODAY).calm_note == "late"
    assert states(new_diary)["laughter"] is State.DONE


@pytest.mark.any_day
@pytest.mark.usefixtures("day_checked_often")
async def test_after_a_note_over_which_the_day_turned_the_next_key_logs_on_the_new_day(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("down", "n")
        await app.type("late")
        tonight = app.app.screen_stack[-2]
        monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T07:00:00+01:00")
        await app.until(lambda: "Press any key to move on to it" in message_of(tonight))
        await app.press("enter")
        assert "Note saved for Tuesday 24 November." in app.text
        assert "Wednesday 25 November" in app.lines[0]
        await app.press("l")
    assert new_diary.day(TODAY).practices[0].note == "late"
    assert states(new_diary)["laughter"] is State.DONE


def message_of(tonight: Screen[object]) -> str:
    """The message below the practices, also while a dialog is above them."""
    return tonight.query_one(PracticeList).message


@pytest.mark.any_day
async def test_half_past_midnight_is_still_tonight(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:30:00+01:00")
    async with open_app() as app:
        await app.press("8")
        assert "Tuesday 24 November" in app.lines[0]
    assert new_diary.day(TODAY).calm == 8


async def test_keys_pressed_before_the_diary_is_loaded_are_not_lost(
    location: Location, new_diary: Diary
) -> None:
    app = CalmtrackApp(location, today_view(location))
    pending = PendingWork(app)
    async with app.run_test() as pilot:
        there = threading.Event()
        app.diary_worker.submit(
            lambda _: there.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
        )
        await pilot.press("1", "0", "h", "h", "q")
        assert new_diary.day().calm is None
        there.set()
        await AppDriver(app, pilot, pending).until(lambda: not app.is_running)
    app.diary_worker.close()
    assert new_diary.day().calm == 10
    assert new_diary.day().practices[0].amount == 2


async def test_everything_can_be_clicked(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app(100) as app:
        await app.click(" 8 ")
        assert "8 of 10" in app.text
        await app.click("Laughter")
        assert "›" in app.line_with("Laughter  ")
        await app.click("Laughter")
        assert "●" in app.line_with("Laughter  ")
        await app.click("undo")
        assert "·" in app.line_with("Laughter  ")
        await app.click("‹")
        assert "Monday 23 November" in app.lines[0]
        await app.click("Week")
        assert "23 – 29 November 2026" in app.lines[0]
        await app.click("Tonight")
        assert "how calm did you feel" in app.text


async def test_what_another_day_cannot_take_is_said_on_that_day_only(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for key in ("5", "n"):
            await app.press("full_stop", *"24 dec", "enter", key)
            assert "Thursday 24 December 2026 is in the future." in app.words
            await app.press("escape")
            assert "is in the future" not in app.words
    assert not new_diary.has_entries()


async def test_a_click_that_only_selects_a_row_says_how_to_log(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("joy", "the first snow")
    async with open_app() as app:
        await app.click("Hug")
        assert "Hug: click it again to log it." in app.text
        assert new_diary.day().practices[0].amount is None
        await app.click("Moment of joy")
        assert "Note: the first snow" in app.text
        await app.click("Hug")
        await app.click("Hug")
        assert "Hug: 1 time." in app.text
        await app.click("Laughter")
        await app.click("Hug")
        assert "Hug: click it again to add 1 time. How many hugs today?" in app.words


async def test_a_first_click_on_the_row_that_a_key_logged_only_selects_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h")
        await app.click("Hug")
        assert "Hug: click it again to add 1 time." in app.words
        await app.press("h")
        await app.click("Hug")
        assert new_diary.day().practices[0].amount == 2
        await app.click("Hug")
        await app.click("Hug")
        assert "Hug: 4 times." in app.words
        await app.press("down", "up")
        await app.click("Laughter")
        await app.click("Hug")
    assert new_diary.day().practices[0].amount == 4


async def test_help_lists_every_key_of_the_screen(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None]
) -> None:
    async with open_app(80, 61) as app:
        await app.press("question_mark")
        golden("help_tonight_80x61", app.text)
        await app.press("escape")
        assert "how calm did you feel" in app.text


async def test_space_scrolls_the_help_by_a_page_as_pagedown_does(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("question_mark", "pagedown")
        second_page = app.text
        await app.press("home")
        assert app.text != second_page
        await app.press("space")
        assert app.text == second_page


async def test_on_another_day_the_cursor_is_on_the_question(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("down", "down", "left")
        assert app.line_with("How calm did you feel").startswith(" › ")


async def test_the_question_about_a_past_day_names_it(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(60, 20) as app:
        assert "how calm did you feel today?" in app.text
        assert app.line_with("f  Softening")
        await app.press("left")
        assert "How calm did you feel on Monday?" in app.text
        await app.press(*["left"] * 5)
        assert "How calm did you feel on Wednesday?" in app.text
        await app.press("left")
        assert "How calm did you feel on 17 November?" in app.text
        await app.press("full_stop", *"2025-09-12", "enter")
        assert "How calm did you feel on 12 September 2025?" in app.text
        assert "today?" not in app.text
        await app.press("down", "down")
        assert "Did you laugh with someone that day?" in app.text
        await app.press("n")
        assert "What made you laugh?" in app.text
        await app.press("escape", "up", "n")
        assert "Who was in your arms that day?" in app.text
        await app.press("escape")
        new_diary.practices.edit("hug", question="Whose hug did you like best today?")
        new_diary.prompts.add(["Was today good?"])
        app.app.refresh_screens()
        await app.until(lambda: "Whose hug did you like best today?" in app.text)
        await app.press("n")
        assert "Was today good?" in app.text
        await app.press("escape", "T")
        assert "how calm did you feel today?" in app.text


async def test_a_change_by_another_terminal_is_detected(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("j")
        app.app._poll_file()
        await app.settle()
        assert "Moment of joy: yes." in app.text
        new_diary.undo()
        app.app._poll_file()
        await app.settle()
        assert "Moment of joy: yes." not in app.text
        assert "Changed outside this window: Moment of joy." in app.text
        new_diary.practices.edit("hug", key="y")
        new_diary.practices.edit("laughter", key="h")
        await app.press("h")
        assert "Hug was just changed outside this window, so nothing was logged." in app.words
        assert not new_diary.has_entries()
        await app.press("h")
        assert "Laughter: yes." in app.text


async def test_what_another_terminal_changed_is_named(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("g")
        await app.press("down")
        assert "Changed outside" not in app.text
        new_diary.rate(7)
        new_diary.rest(("hug",), TODAY, TODAY)
        new_diary.press("nature-walk", TODAY - timedelta(days=1))
        app.app._poll_file()
        await app.settle()
        assert "Changed outside this window: Calm, Hug." in app.text
        await app.press("left")
        new_diary.clear("nature-walk", TODAY - timedelta(days=1))
        app.app._poll_file()
        await app.settle()
        assert "Changed outside this window on Monday: Nature walk." in app.words
        await app.press("W")
        new_diary.rest(tuple(one.id for one in new_diary.practices.all()), TODAY, TODAY)
        app.app._poll_file()
        await app.settle()
        assert "Changed outside this window: 6 entries." in app.words
        # What was done in this window isn't.
        await app.press("up", "7")
        app.app._poll_file()
        await app.settle()
        assert "Changed outside" not in app.text


async def test_what_another_terminal_logs_for_an_archived_practice_is_named(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.archive("softening")
    async with open_app() as app:
        for change in (new_diary.press, new_diary.clear):
            await app.press("down")
            assert "Changed outside" not in app.text
            change("softening")
            app.app._poll_file()
            await app.settle()
            assert "Changed outside this window: Softening." in app.text


async def test_what_another_terminal_renamed_and_changed_has_its_new_name(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen, name in (("T", "Cuddle"), ("W", "Embrace")):
            await app.press(screen)
            new_diary.practices.edit("hug", name=name)
            new_diary.press("hug")
            app.app._poll_file()
            await app.settle()
            assert f"Changed outside this window: {name}." in app.words


async def test_a_practice_called_calm_is_not_taken_for_the_score(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add("Calm")
    async with open_app() as app:
        new_diary.rate(7)
        app.app._poll_file()
        await app.settle()
        assert "Changed outside this window: Calm." in app.text


async def test_what_another_terminal_changed_is_named_together_with_a_key(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("g")
        new_diary.press("joy")
        await app.press("h")
        assert "Hug: 1 time. Changed outside this window: Moment of joy." in app.words
        await app.press("h")
        assert "Hug: 2 times." in app.text
        assert "Changed outside" not in app.text
        new_diary.rate(7)
        await app.press("n", *"Anna", "enter")
        assert "Note saved." in app.text
        await app.press("l")
        assert "Changed outside" not in app.text
        new_diary.clear("hug")
        await app.press("n", "escape")
        assert "Changed outside this window: Hug." in app.text
        await app.press("W")
        new_diary.press("softening")
        await app.press("u")
        assert "Changed outside this window: Softening." in app.words


async def test_what_was_changed_outside_while_a_dialog_was_open_is_named_after_it(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    new_diary.maintenance.back_up_to(copy)
    async with open_app() as app:
        await app.press("g")
        for is_noticed in (True, False):
            await app.press("n", "x")
            new_diary.press("hug")
            if is_noticed:
                app.app._poll_file()
                await app.settle()
            new_diary.press("nature-walk")
            await app.press("enter")
            words = "Note saved. Changed outside this window: Hug, Nature walk."
            assert words in app.words
        await app.press("down", "question_mark")
        new_diary.press("hug")
        app.app._poll_file()
        await app.settle()
        await app.press("escape")
        assert "Changed outside this window: Hug." in app.words
        await app.press("h")
        assert "Changed outside" not in app.text, "it was read"
        await app.press("equals_sign", "5")
        new_diary.press("joy")
        await app.press("enter")
        assert "Hug: 5 times. It was" in app.words
        assert "Changed outside this window: Moment of joy." in app.words
        await app.press("n", "x")
        assert new_diary.maintenance.restore(copy)
        app.app._poll_file()
        await app.settle()
        await app.press("enter")
        assert "Note saved. Changed outside this window: " in app.words


async def test_a_future_day_asks_for_no_score(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("full_stop", *"2026-11-27", "enter")
        assert "Friday 27 November is in the future." in app.text
        assert "did you feel" not in app.text
        await app.press("full_stop", *"2027-01-02", "enter")
        assert "Saturday 2 January 2027 is in the future." in app.text
        await app.press("full_stop", *"2025-11-24", "enter", "down", "n")
        assert "Hug, Monday 24 November 2025" in app.text


@pytest.mark.parametrize("screen", some_of([(), ("W",)], 1))
async def test_a_yes_no_practice_has_no_amount_to_type(
    open_app: OpenApp, new_diary: Diary, screen: tuple[str, ...]
) -> None:
    new_diary.rate(6)
    refused = "Laughter is a yes/no practice, so there's no amount to enter."
    async with open_app() as app:
        await app.press(*screen, "down", "down", "equals_sign")
        assert refused in app.text
        await app.press("4", "5")
        assert refused in app.text, "its digits don't rate the evening"
        assert new_diary.day().calm == 6
        await app.press("down", "4")
        assert new_diary.day().calm == 4
    assert not new_diary.day().practices[1].amount


@pytest.mark.thorough
async def test_a_number_that_is_too_large_is_reported_as_such(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("down", "equals_sign", *"99999999999999999999", "enter")
        assert "The amount for one day can be at most" in app.text


@pytest.mark.parametrize("key", some_of(["space", "minus", "equals_sign"], 1))
async def test_a_key_for_a_practice_on_the_question_asks_for_a_row(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press(key)
        assert "Choose a practice with the arrow keys first." in app.text
        assert "how much in total" not in app.text
    assert not new_diary.has_entries()


async def test_a_small_window_shows_all_rows_rather_than_hints(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("gratitude", "Soup", TODAY - timedelta(days=1))
    new_diary.log("gratitude", TODAY - timedelta(days=1))
    async with open_app(60, 20) as app:
        # With eight there is room for the offer, but not for a second line about a row.
        await app.press("2", "down")
        assert "G: something you were grateful for" in app.text
        assert "and so does a hand…" in app.text
        assert app.line_with("f  Softening")
        new_diary.practices.add("Piano", key="p")
        app.app.refresh_screens()
        await app.until(lambda: "Piano" in app.text)
        await app.press("s")
        assert "Safe moment: yes." in app.text
        assert "G: something" not in app.text
        for name, key in (("Xylophone", "y"), ("Yoga", "o")):
            new_diary.practices.add(name, key=key)
        app.app.refresh_screens()
        await app.until(lambda: "Piano" not in app.text)
        await app.press("up")
        assert app.line_with("o  Yoga")
        assert new_diary.practices.find("good-talk").question not in app.words
        # A message about what was just done has its line.
        await app.press("t")
        assert "Good talk: yes." in app.text
        assert "o  Yoga" not in app.text
        await app.press("up", *["down"] * 9)
        assert "› o  Yoga" in app.text


def selected(app: AppDriver) -> str:
    """The row of the cursor, without its marks."""
    return next(line[:25] for line in app.lines if line.lstrip().startswith("›"))


async def test_the_cursor_stays_on_its_practice_when_a_row_above_it_is_archived(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen in ("T", "W"):
            await app.press(screen, *["up"] * 9, *["down"] * 3)
            row = selected(app)
            for change in (new_diary.practices.archive, new_diary.practices.restore):
                change("hug")
                app.app._poll_file()
                await app.settle()
                assert selected(app) == row
    assert not new_diary.has_entries()


async def test_the_cursor_of_a_practice_that_is_archived_goes_to_the_next_row_or_to_calm(
    open_app: OpenApp, new_diary: Diary
) -> None:
    practices = [row.practice for row in new_diary.day().practices]
    (*_, second_last, last) = practices
    async with open_app() as app:
        for screen in ("T", "W"):
            await app.press(screen, *["up"] * 9, *["down"] * (len(practices) - 1))
            assert second_last.name in selected(app)
            for archived, following in ((second_last, last.name), (last, "")):
                new_diary.practices.archive(archived.id)
                app.app._poll_file()
                await app.settle()
                assert following in selected(app)
            assert not any(one.name in selected(app) for one in practices)
            new_diary.practices.restore(second_last.id)
            new_diary.practices.restore(last.id)
            app.app._poll_file()
            await app.settle()
    assert not new_diary.has_entries()


async def test_the_letter_of_a_practice_that_was_archived_moves_no_cursor(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.archive("joy")
    async with open_app() as app:
        for screen in ("T", "W", "P"):
            await app.press(screen, "down", "down")
            row = next(line for line in app.lines if "›" in line)
            for letter in ("j", "k"):
                if (screen, letter) != ("P", "j"):
                    await app.press(letter)
                    assert f"No practice here has the letter {letter}." in app.text
                    assert row in app.lines


async def test_a_score_corrected_days_later_says_that_what_was_not_logged_stays_open(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    late = (
        "As you changed it days later, it counts as rated later, and what you didn't log that day "
        "isn't a no anymore."
    )
    three_weeks.support.set_lines(["Ring Anna 0171"])
    before = three_weeks.day(TODAY - timedelta(days=3)).calm
    async with open_app() as app:
        await app.press("left", "9")
        assert late not in app.words, "yesterday is in time"
        await app.press("left", "left")
        assert "○" in app.line_with(" Softening ")
        await app.press("3")
        thanks = "Thanks for checking in, even on a hard day."
        replaced = f"Calm 3. It was {before}. Press u to get that back."
        assert f"{replaced} {late} {thanks} Ring Anna 0171" in app.words
        assert "·" in app.line_with(" Softening ")
        await app.press("u")
        assert "○" in app.line_with(" Softening ")


async def test_a_late_rating_of_a_day_of_rest_says_nothing_about_what_was_not_logged(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    day = TODAY - timedelta(days=4)
    three_weeks.rest(tuple(one.id for one in three_weeks.practices.all()), day, day)
    async with open_app() as app:
        await app.press("left", "left", "left", "left", "7")
        assert three_weeks.day(day).calm == 7
        assert "As you changed it days later, it counts as rated later." in app.words
        assert "what you didn't log" not in app.words
        await app.press("down", "backspace", "up", "5")
        assert "Rated later, so what you didn't log that day doesn't count as a no." in app.words


async def test_on_a_day_with_only_rest_days_a_rating_is_not_followed_by_a_request_to_log(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rest(tuple(one.id for one in new_diary.practices.all()), TODAY, TODAY)
    async with open_app() as app:
        await app.press("6")
        assert "That's it for today. Sleep well." in app.text
        assert "Now tap" not in app.text
        await app.press("down", "backspace")
        assert "Now tap what connected you." in app.text


async def test_a_digit_that_replaces_a_score_names_it(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("6")
        assert "Press u" not in app.text
        await app.press("6")
        assert "Calm is already 6." in app.text
        await app.press("down", "3")
        assert "Calm 3. It was 6. Press u to get that back. Thanks for checking in" in app.words
        await app.press("1", "0")
        assert "Calm 10. It was 3. Press u to get that back." in app.words
        await app.press("1", "0")
        assert "Calm is already 10." in app.text
        await app.press("u", "u", "u", "1", "0")
        assert "10 of 10" in app.text
        assert "It was" not in app.text
        await app.press("W", "down", "4")
        assert "Calm 4. It was 10. Press u to get that back." in app.words
        await app.press("u")
    assert new_diary.day().calm == 10


async def test_an_amount_that_replaces_another_one_names_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "equals_sign", "4", "enter")
        assert "Hug: 4 times. It was 1 time. Press u to get that back." in app.words
        await app.press("equals_sign", "4", "enter")
        assert "Hug: already 4 times." in app.text
        await app.press("equals_sign", "plus", "1", "enter")
        assert "Hug: 5 times." in app.text
        assert "It was" not in app.text
        await app.press("l", "minus")
        assert "Laughter: not logged. It was yes. Press u to get that back." in app.words
        await app.press("minus")
        assert "Laughter: not this time. That's fine." in app.words
        assert "It was" not in app.text
        await app.press("minus")
        assert "Laughter: already no." in app.text


async def test_a_note_that_replaces_another_one_says_how_to_get_it_back(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n", *"Anna", "enter")
        await app.press("n", *"Ben", "enter")
        assert "Press u" not in app.text
        await app.press("n", "ctrl+u", *"Cleo", "enter")
        assert "Note saved. Press u to get the earlier text back." in app.words
        await app.press("u", "n", "ctrl+u", "enter")
        assert "Note removed. Press u to get the earlier text back." in app.words
        await app.press("u")
    assert new_diary.day().calm_note == "AnnaBen"


async def test_where_scores_are_hidden_a_rating_says_that_it_was_made(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        assert "Calm: rated." not in app.text
        await app.press("5")
        assert "Calm: rated." in app.text
        await app.press("down", "5")
        assert "Calm: that's your score already." in app.text
        await app.press("down", "1")
        assert "Calm: rated again. Press u to get your earlier score back." in app.words


async def test_a_note_without_spaces_is_shown_as_far_as_it_fits(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for name in ("Tea", "Music", "Garden", "Letters", "Stars"):
        new_diary.practices.add(name)
    new_diary.log(
        "hug", note="日本語のメモ、とても長い文章を書いてみるテスト。今日は@花子と散歩しました。"
    )
    async with open_app() as app:
        await app.press("down")
        assert "Note: 日本語のメモ、とても長い文章" in app.text


async def test_beside_tonight_notes_older_than_a_week_have_a_date(
    open_app: OpenApp, new_diary: Diary
) -> None:
    for back in (1, 6, 7):
        new_diary.rate(7, TODAY - timedelta(days=back), note=f"{back} days ago")
    async with open_app(120, 40) as app:
        assert "Wed    Evening: 6 days ago" in app.text
        assert "17 Nov Evening: 7 days ago" in app.text


async def test_before_the_rating_a_line_says_where_the_streaks_are(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    later = "Your streaks show once you rate or log something."
    async with open_app() as app:
        assert later in app.text
        await app.press("7")
        assert later not in app.text
        assert "this week" in app.text
    three_weeks.undo()
    for moves_on in ("down", "h"):
        async with open_app(60, 20) as app:
            await app.press("question_mark", "escape", "escape")
            assert later in app.text
            await app.press(moves_on)
            assert later not in app.text


async def test_one_step_less_on_a_rated_evening_says_that_it_counts_as_a_no(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("left", "down", "down", "space", "minus")
        assert "○" in app.line_with(" Laughter ")
        assert "Laughter: cleared. As you rated that evening, it counts as a no." in app.words
        await app.press("minus")
        assert "Laughter: not this time." in app.words


async def test_undo_of_a_score_quotes_no_note_that_stays(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(9, note="the lake")
    async with open_app() as app:
        await app.press("2", "u")
        assert "It was 2 of 10; now it's 9 of 10." in app.words
        await app.press("u")
        assert 'It was 9 of 10 "the lake"; now it\'s empty.' in app.words


def test_new_patterns_are_announced_by_up_to_three_names() -> None:
    end = "(C, then shift+tab)."
    assert new_patterns_sentence(["Hug"]) == f"New pattern: Hug {end}"
    assert new_patterns_sentence(["Hug", "Joy"]) == f"New patterns: Hug and Joy {end}"
    assert new_patterns_sentence(["A", "B", "C"]) == f"New patterns: A, B and C {end}"
    assert new_patterns_sentence(["A", "B", "C", "D"]) == f"New patterns: A, B and 2 more {end}"
