"""Keys typed faster than the diary answers, and dialogs closed before it does."""

from __future__ import annotations

import ast
import time
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.effort import some_of
from tests.tui.conftest import TODAY, AppDriver, OpenApp
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.models import State
from tracker.store.backups import backups_of
from tracker.tui.dialogs.note_dialog import NoteDialog
from tracker.tui.screens import base, tonight_screen
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.screens.week_screen import WeekScreen


async def burst(app: AppDriver, *keys: str) -> None:
    """Sends keys without waiting between them, as a terminal does that buffered them."""
    for key in keys:
        app.app.simulate_key(key)
    await app.settle()
    await app.settle()


def block_worker(app: AppDriver) -> None:
    """Blocks the diary's worker thread for half a second."""
    app.app.submit(lambda _: time.sleep(0.5), lambda _: None)


@pytest.mark.parametrize("key", ["W", "Y", "C", "J", "P", "S", "R", "I"])
async def test_a_screen_left_before_it_is_read_is_harmless(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        block_worker(app)
        await burst(app, key, "T")
        await app.press("7")
        assert new_diary.day().calm == 7


async def test_a_page_down_right_after_the_palette_is_opened_is_harmless(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await burst(app, "ctrl+p", "pagedown")
        await app.press("escape", "7")
    assert new_diary.day().calm == 7


async def test_wrong_keys_in_a_row_are_answered_by_one_notice(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await burst(app, "k", "v", "x", "k", "k")
        assert app.text.count("does nothing here") == 1
        assert "k does nothing here." in app.text


async def test_keys_after_an_arrow_apply_to_the_day_it_opens(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await burst(app, "left", "5", "h")
    assert (new_diary.day().calm, new_diary.day(TODAY - timedelta(days=1)).calm) == (None, 5)
    assert new_diary.day(TODAY - timedelta(days=1)).practices[0].state is State.DONE


@pytest.mark.parametrize("slowly", [False, True])
async def test_keys_after_practices_is_opened_are_for_its_list(
    open_app: OpenApp, three_weeks: Diary, slowly: bool
) -> None:
    async with open_app() as app:
        if slowly:
            block_worker(app)
        await burst(app, "P", "down", "d")
        await app.until(lambda: "Archived Laughter." in app.words)
        await app.press("T")
        if slowly:
            block_worker(app)
        await burst(app, "P", "a")
        await app.until(lambda: "Add a practice" in app.words)
        assert "type its name: Feet on the earth, Leaning" in app.words


async def test_arrows_in_a_row_are_all_counted(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await burst(app, "left", "left", "left")
        assert "Sat 21 Nov · 3 days ago" in app.lines[0]
        await app.press("right", "right", "right", "W")
        await burst(app, "left_square_bracket", "left_square_bracket")
        assert "9 – 15 November" in app.lines[0]
        await app.press("S")
        await burst(app, "right", "right", "right")
        assert "07:00" in app.line_with("A new day starts at")


async def test_the_second_of_two_ones_can_still_become_a_ten(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The wait for a second digit must not end during the test.
    monkeypatch.setattr(tonight_screen, "TEN_WITHIN", TIMEOUT_SECONDS)
    async with open_app() as app:
        for digit, at in (("1", 0.0), ("1", 0.85), ("0", 1.25)):
            key = events.Key(digit, digit)
            key.time = at
            app.app.screen.post_message(key)
            await app.settle()
    assert new_diary.day().calm == 10


async def test_keys_after_an_enter_that_saves_go_to_the_dialog_open_afterwards(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        await app.type("Tea")
        block_worker(app)
        await burst(app, "enter", "T", "7", "h")
        await app.until(lambda: new_diary.day().practices[0].amount == 1)
        assert new_diary.day().calm == 7
        await app.press("w", "equals_sign", "4")
        block_worker(app)
        # The second enter, of a repeated key or a pasted text, doesn't open a note.
        await burst(app, "enter", "enter", "l")
        await app.until(lambda: new_diary.day().practices[1].amount == 1)
        assert [row.amount for row in new_diary.day().practices][2] == 4
        # Keys typed after invalid input can correct it.
        await app.press("P", "a")
        block_worker(app)
        await burst(app, "enter", "T", "o", "y", "enter")
        await app.until(lambda: "Toy" in [one.name for one in new_diary.practices.all()])
        # The focus is on the invalid field.
        await app.press("a", *"Ball", *["down"] * 4, "9", "up", "up", "enter")
        assert "A weekly goal can be 1 to 7 days, not 9." in app.words
        await app.press("backspace", "3", "enter")
        assert new_diary.practices.find("Ball").goal_on(TODAY).days_per_week == 3
    assert "Tea" in [one.name for one in new_diary.practices.all()]


@pytest.mark.parametrize("key", some_of(["Z", "x", "M", "G"], 1))
async def test_a_dialog_closed_before_the_diary_answers_is_harmless(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    async with open_app() as app:
        await app.press("down")
        if key == "Z":
            await app.press("Z", "tab", *["backspace"] * 12)
            await app.type("nonsense")
            block_worker(app)
            await burst(app, "enter", "escape")
        else:
            block_worker(app)
            await burst(app, key, "escape", "n", "a", "b")
            await app.press("escape")
        assert app.app.is_running


@pytest.mark.parametrize("key", some_of(["M", "G", "x", "F"], 2))
async def test_keys_right_after_one_that_opens_a_dialog_are_for_that_dialog(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    new_diary.press("hug")
    async with open_app() as app:
        await app.press("down")
        below = app.app.screen
        block_worker(app)
        await burst(app, key, "u", "7")
        assert app.app.screen is not below
        assert new_diary.day().practices[0].amount == 1
        await app.press("escape")
        assert app.app.screen is below
        block_worker(app)
        # Closed at once, the dialog leaves no key waiting.
        await burst(app, key, "escape")
        assert app.app.screen is below
        await app.press("7")
    assert new_diary.day().calm == 7
    assert new_diary.day().practices[0].amount == 1


async def test_keys_right_after_one_that_opens_a_list_or_a_form_are_for_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("calm", "with @Anna")
    new_diary.write_note("calm", "alone", TODAY - timedelta(days=1))
    async with open_app() as app:
        await app.press("J")
        block_worker(app)
        await burst(app, "f", "down", "enter")
        assert "Shown: @Anna." in app.words
        await app.press("S", *["down"] * 6)
        assert "› Your own questions" in app.text
        block_worker(app)
        await burst(app, "enter", *"Who?", "enter")
    assert new_diary.prompts.own() == ("Who?",)


def test_no_screen_opens_a_dialog_in_the_callback_of_a_job() -> None:
    """It would not hold the keys that are typed meanwhile: that is what `read_then_open` does."""
    screens = Path(base.__file__).parent
    found = [
        (path.stem, method.name)
        for path in screens.glob("*.py")
        for method in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        for nested in ast.walk(method)
        if nested is not method and isinstance(nested, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in ast.walk(nested)
        if isinstance(call, ast.Attribute) and call.attr == "push_screen"
    ]
    # No key opens the question whether to translate practices.
    assert sorted(found) == [("base", "read_then_open"), ("settings_screen", "offer_translation")]


async def test_keys_after_one_whose_dialog_cannot_be_read_are_dropped(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:

        def fail(_: Diary) -> None:
            raise CalmtrackError("It can't be read.")

        def dialog(_: None) -> None:
            raise AssertionError

        block_worker(app)
        screen = app.app.screen
        assert isinstance(screen, DiaryScreen)
        screen.read_then_open(fail, dialog)
        await burst(app, "h")
        assert "It can't be read." in app.text
        assert not new_diary.has_entries()
        await app.press("7")
    assert new_diary.day().calm == 7


async def test_a_change_of_a_note_makes_the_daily_backup_too(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("rain")
        await app.press("enter")
        await app.settle()
    assert backups_of(new_diary.location)


@pytest.mark.thorough
async def test_days_off_for_a_practice_with_a_comma_in_its_name(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.practices.add("Tea, slowly")
    async with open_app() as app:
        await app.press("Z", "tab", "tab")
        await app.type("Tea, slowly")
        await app.press("enter")
        assert "Added 1 rest day" in app.text


async def test_hidden_scores_give_no_hint_of_a_low_one(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        app.app.change_setting("quiet", True)
        await app.press("2")
        assert "Thank you" not in app.text
        assert "grateful for" not in app.text


async def test_the_message_of_undo_is_shown_on_the_insights_tab(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "C", "down", "down", "down", "down", "u")
        assert "Undid: Hug" in app.text


async def test_a_dialog_that_is_dismissed_twice_closes_no_other_screen(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("W", "n")
        dialog = app.app.screen
        assert isinstance(dialog, NoteDialog)
        dialog.dismiss(None)
        dialog.dismiss(None)
        await app.settle()
        assert isinstance(app.app.screen, WeekScreen)


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        (("n",), "my note"),
        (("slash",), "abc"),
        (("full_stop",), "2026-11"),
        (("w", "equals_sign"), "2"),
        (("e",), "more"),
        (("Z",), "fri"),
        (("P", "enter"), "Tea"),
    ],
)
async def test_a_letter_right_after_escape_is_not_typed_into_a_field(
    open_app: OpenApp, new_diary: Diary, keys: tuple[str, ...], typed: str
) -> None:
    async with open_app() as app:
        await app.press(*keys)
        await app.type(typed)
        field = app.app.focused
        assert isinstance(field, Input | TextArea)
        before = text_of(field)
        # Textual's parser returns these for escape and the letter within 200 ms.
        for key, letter in (("alt+q", "q"), ("alt+shift+w", "W"), ("alt+7", "7")):
            app.app.post_message(events.Key(key, letter))
            await app.settle()
            assert f"alt+{letter} does nothing here. If you pressed esc and then {letter}" in (
                app.dialog_words
            )
        assert text_of(field) == before
        await app.type("å")
        assert text_of(field) == f"{before}å"
        assert "does nothing here" not in app.dialog_words


async def test_a_letter_right_after_escape_is_answered_in_a_dialog_without_a_field_too(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        for keys in (("x",), ("question_mark",), ("question_mark", "a"), ("F",), ("G",), ("M",)):
            await app.press("down", *keys)
            dialog = app.app.screen
            app.app.post_message(events.Key("alt+q", "q"))
            await app.settle()
            assert app.app.screen is dialog
            assert "alt+q does nothing here. If you pressed esc and then q" in app.words, keys
            await app.press("escape")
            assert "alt+q" not in app.words
            await app.press("T")


async def test_keys_with_alt_that_edit_a_field_still_do(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for opens in ("n", "slash"):
            await app.press(opens)
            await app.type("one two")
            # Textual's parser returns these for alt+b, alt+f and alt+backspace.
            await app.press("ctrl+left", "x", "ctrl+right", "ctrl+w")
            field = app.app.focused
            assert isinstance(field, Input | TextArea)
            assert text_of(field) == "one "
            assert "does nothing here" not in app.words
            await app.press("escape")


async def test_a_letter_right_after_escape_chooses_no_value_of_a_form(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("Z", "up")
        assert "add rest days" in app.text
        app.app.post_message(events.Key("alt+r", "r"))
        await app.settle()
        assert "alt+r does nothing here." in app.dialog_words
        assert "remove rest days" not in app.text


def text_of(field: Input | TextArea) -> str:
    return field.value if isinstance(field, Input) else field.text
