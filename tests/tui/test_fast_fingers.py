"""Keys typed faster than the diary answers, and dialogs closed before it does."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from textual import events

from tests.effort import some_of
from tests.tui.conftest import TODAY, AppDriver, Open
from tests.tui.settling import PATIENCE
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.store.backups import backups_of
from tracker.tui.dialogs.note_dialog import NoteDialog
from tracker.tui.screens import tonight_screen
from tracker.tui.screens.week_screen import WeekScreen


async def burst(app: AppDriver, *keys: str) -> None:
    """Keys without a pause between them, as a buffered terminal hands them on."""
    for key in keys:
        app.app.simulate_key(key)
    await app.settle()
    await app.settle()


def slow(app: AppDriver) -> None:
    """The diary is busy with something else for a while."""
    app.app.submit(lambda _: time.sleep(0.5), lambda _: None)


async def test_what_is_typed_behind_an_arrow_is_for_the_day_it_goes_to(
    open_app: Open, begun: Diary
) -> None:
    async with open_app() as app:
        await burst(app, "left", "5", "h")
    assert (begun.day().calm, begun.day(TODAY - timedelta(days=1)).calm) == (None, 5)
    assert begun.day(TODAY - timedelta(days=1)).practices[0].state is State.DONE


async def test_arrows_in_a_row_are_all_counted(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await burst(app, "left", "left", "left")
        assert "Saturday 21 November" in app.lines[0]
        await app.press("right", "right", "right", "W")
        await burst(app, "left_square_bracket", "left_square_bracket")
        assert "9 – 15 November" in app.lines[0]
        await app.press("S")
        await burst(app, "right", "right", "right")
        assert "07:00" in app.line_with("A new day starts at")


async def test_a_second_1_becomes_a_10_in_its_own_time(
    open_app: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test has its own seconds.
    monkeypatch.setattr(tonight_screen, "TEN_WITHIN", PATIENCE)
    async with open_app() as app:
        for digit, at in (("1", 0.0), ("1", 0.85), ("0", 1.25)):
            key = events.Key(digit, digit)
            key.time = at
            app.app.screen.post_message(key)
            await app.settle()
    assert begun.day().calm == 10


async def test_keys_behind_an_enter_that_saves_wait_for_what_is_open_then(
    open_app: Open, begun: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        await app.type("Tea")
        slow(app)
        await burst(app, "enter", "T", "7", "h")
        await app.until(lambda: begun.day().practices[0].amount == 1)
        assert begun.day().calm == 7
        await app.press("w", "equals_sign", "4")
        slow(app)
        await burst(app, "enter", "l")
        await app.until(lambda: begun.day().practices[1].amount == 1)
        assert [row.amount for row in begun.day().practices][2] == 4
        # What is refused can be corrected by what was typed behind it.
        await app.press("P", "a")
        slow(app)
        await burst(app, "enter", "T", "o", "y", "enter")
        await app.until(lambda: "Toy" in [one.name for one in begun.practices.all()])
        # The cursor goes to what was refused.
        await app.press("a", *"Ball", *["down"] * 6, "9", "up", "up", "enter")
        assert "A weekly goal can be 1 to 7 days, not 9." in app.words
        await app.press("backspace", "3", "enter")
        assert begun.practices.find("Ball").goal_on(TODAY).days_per_week == 3
    assert "Tea" in [one.name for one in begun.practices.all()]


@pytest.mark.parametrize("key", some_of(["Z", "x", "M", "G"], 1))
async def test_a_box_left_before_the_diary_answers_does_no_harm(
    open_app: Open, begun: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("down")
        if key == "Z":
            await app.press("Z", "tab", *["backspace"] * 12)
            await app.type("nonsense")
            slow(app)
            await burst(app, "enter", "escape")
        else:
            slow(app)
            await burst(app, key, "n", "a", "b")
            assert "ab" in app.text
            await app.press("escape")
        assert app.app.is_running


async def test_a_note_alone_has_the_days_backup_made_too(open_app: Open, begun: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("rain")
        await app.press("enter")
        await app.settle()
    assert backups_of(begun.location)


@pytest.mark.thorough
async def test_days_off_for_a_practice_with_a_comma_in_its_name(
    open_app: Open, begun: Diary
) -> None:
    begun.practices.add("Tea, slowly")
    async with open_app() as app:
        await app.press("Z", "tab", "tab")
        await app.type("Tea, slowly")
        await app.press("enter")
        assert "Added 1 rest day" in app.text


async def test_where_scores_are_hidden_nothing_tells_a_low_one(
    open_app: Open, a_year: Diary
) -> None:
    async with open_app() as app:
        app.app.change_setting("quiet", True)
        await app.press("2")
        assert "Thank you" not in app.text
        assert "grateful for" not in app.text


async def test_what_undo_took_back_is_reported_beside_what_goes_with_calm(
    open_app: Open, begun: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "C", "down", "down", "down", "down", "u")
        assert "Undid: Hug" in app.text


async def test_a_dialog_that_is_dismissed_twice_closes_no_other_screen(
    open_app: Open, begun: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "n")
        dialog = app.app.screen
        assert isinstance(dialog, NoteDialog)
        dialog.dismiss(None)
        dialog.dismiss(None)
        await app.settle()
        assert isinstance(app.app.screen, WeekScreen)
