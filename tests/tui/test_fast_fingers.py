"""Keys that come faster than the diary answers, and boxes that are left before it does."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from textual import events

from tests.tui.conftest import PATIENCE, TODAY, Open, Sitting
from tracker.diary.diary import Diary
from tracker.models import State
from tracker.store.backups import backups_of
from tracker.tui.screens import tonight_screen


async def burst(evening: Sitting, *keys: str) -> None:
    """Keys without a pause between them, as a buffered terminal hands them on."""
    for key in keys:
        evening.app.simulate_key(key)
    await evening.settle()
    await evening.settle()


def slow(evening: Sitting) -> None:
    """The diary is busy with something else for a while."""
    evening.app.submit(lambda _: time.sleep(0.5), lambda _: None)


async def test_what_is_typed_behind_an_arrow_is_for_the_day_it_goes_to(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await burst(evening, "left", "5", "h")
    assert (begun.day().calm, begun.day(TODAY - timedelta(days=1)).calm) == (None, 5)
    assert begun.day(TODAY - timedelta(days=1)).practices[0].state is State.DONE


async def test_arrows_in_a_row_are_all_counted(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await burst(evening, "left", "left", "left")
        assert "Saturday 21 November" in evening.lines[0]
        await evening.press("right", "right", "right", "W")
        await burst(evening, "left_square_bracket", "left_square_bracket")
        assert "9 – 15 November" in evening.lines[0]
        await evening.press("S")
        await burst(evening, "right", "right", "right")
        assert "07:00" in evening.line_with("A day turns at")


async def test_a_second_1_becomes_a_10_in_its_own_time(
    sit_down: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test has its own seconds.
    monkeypatch.setattr(tonight_screen, "TEN_WITHIN", PATIENCE)
    async with sit_down() as evening:
        for digit, at in (("1", 0.0), ("1", 0.85), ("0", 1.25)):
            key = events.Key(digit, digit)
            key.time = at
            evening.app.screen.post_message(key)
            await evening.settle()
    assert begun.day().calm == 10


@pytest.mark.parametrize("key", ["plus", "x", "M", "G"])
async def test_a_box_left_before_the_diary_answers_does_no_harm(
    sit_down: Open, begun: Diary, key: str
) -> None:
    async with sit_down() as evening:
        await evening.press("down")
        if key == "plus":
            await evening.press("plus", "tab", *["backspace"] * 12)
            await evening.type("nonsense")
            slow(evening)
            await burst(evening, "enter", "escape")
        else:
            slow(evening)
            await burst(evening, key, "n", "a", "b")
            assert "ab" in evening.text
            await evening.press("escape")
        assert evening.app.is_running


async def test_a_note_alone_has_the_days_backup_made_too(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("n")
        await evening.type("rain")
        await evening.press("enter")
        await evening.settle()
    assert backups_of(begun.place)


async def test_days_off_for_a_practice_with_a_comma_in_its_name(
    sit_down: Open, begun: Diary
) -> None:
    begun.practices.add("Tea, slowly")
    async with sit_down() as evening:
        await evening.press(*["down"] * 9, "plus", "enter")
        assert "1 set." in evening.text


async def test_where_scores_are_hidden_nothing_tells_a_low_one(
    sit_down: Open, a_year: Diary
) -> None:
    async with sit_down() as evening:
        evening.app.change_setting("quiet", True)
        await evening.press("2")
        assert "Thank you" not in evening.text
        assert "glad of" not in evening.text


async def test_what_undo_took_back_is_told_beside_what_goes_with_calm(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("h", "C", "down", "down", "down", "down", "u")
        assert "Undone: Hug" in evening.text
