"""Input from a terminal besides keys: pastes, and notes left unsaved."""

from __future__ import annotations

import re
import signal
from datetime import timedelta
from itertools import count

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tests.effort import some_of
from tests.tui.conftest import TODAY, OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.i18n.messages import set_language
from tracker.settings import DEFAULTS, LoadedSettings
from tracker.store.backups import backups_of
from tracker.tui.bindings import LINE_BREAK
from tracker.tui.dialogs.note_dialog import NoteDialog
from tracker.tui.terminal import (
    PASTE_BEGINS,
    PASTE_ENDS,
    PastedLines,
    PasteFilter,
    SafeParser,
)

TWO_LINES = f"{PASTE_BEGINS} two\n\n  h\n{PASTE_ENDS}"
HOSTILE = "walk\x1b[D\x1b[D7\x1b and \x1b]52;c;x\x07"


def parse(*reads: str) -> list[events.Event]:
    """The events that the parser returns for these reads; after the last one the input pauses."""
    parser = SafeParser()
    parser.lines = PastedLines(count(step=1.0).__next__)
    messages = [message for read in reads for message in parser.feed(read)]
    return [event for event in (*messages, *parser.tick()) if isinstance(event, events.Event)]


def parsed_keys(read: str) -> list[Message]:
    """The keys that Textual's own parser returns for one read."""
    return list(XTermParser().feed(read))


def test_escape_characters_in_a_paste_press_no_keys() -> None:
    (paste,) = parse(f"{PASTE_BEGINS}{HOSTILE}{PASTE_ENDS}")
    assert isinstance(paste, events.Paste)
    assert paste.text == HOSTILE.replace("\x1b", "")


def test_escape_and_a_digit_right_after_it_are_read_as_alt_and_the_digit() -> None:
    for digit in "0123456789-=":
        parser = SafeParser()
        keys = [*parser.feed(f"\x1b{digit}"), *parser.feed("")]
        pressed = [(one.key, one.character) for one in keys if isinstance(one, events.Key)]
        assert [character for _key, character in pressed] == [digit]
        assert pressed[0][0].startswith("alt+") or not digit.isdigit()


def test_alt_and_enter_is_another_key_than_enter() -> None:
    parser = SafeParser()
    keys = [*parser.feed("\x1b\r"), *parser.feed("")]
    assert [one.key for one in keys if isinstance(one, events.Key)] == ["alt+enter"]
    (enter,) = SafeParser().feed("\r")
    assert isinstance(enter, events.Key)
    assert enter.key == "enter"


def test_a_paste_may_be_read_in_any_pieces(subtests: pytest.Subtests) -> None:
    data = f"a{PASTE_BEGINS}{HOSTILE}{PASTE_ENDS}b"
    for at in range(len(data)):
        with subtests.test(at=at):
            paste_filter = PasteFilter()
            whole = paste_filter.filter(data[:at]) + paste_filter.filter(data[at:])
            assert whole == f"a{PASTE_BEGINS}{HOSTILE.replace(chr(27), '')}{PASTE_ENDS}b"


def test_keys_around_a_paste_are_keys(subtests: pytest.Subtests) -> None:
    data = f"h\x1b[B{PASTE_BEGINS}x\x1b[A{PASTE_ENDS}\x1b[Cq"
    for pieces in ((data,), tuple(data)):
        with subtests.test(pieces=len(pieces)):
            found = parse(*pieces)
            keys = [event.key for event in found if isinstance(event, events.Key)]
            assert keys == ["h", "down", "right", "q"]
            assert sum(isinstance(event, events.Paste) for event in found) == 1


def test_an_impossible_terminal_size_is_replaced_by_a_drawable_one() -> None:
    found = parse("\x1b[48;0;0;0;0t", "\x1b[48;99999;99999;9;9t", "\x1b[48;24;80;0;0t", "h")
    sizes = [tuple(event.size) for event in found if isinstance(event, events.Resize)]
    assert sizes == [(1, 1), (1000, 1000), (80, 24)]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["h"]


async def test_a_paste_on_a_screen_without_a_field_is_only_reported(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        app.app.post_message(events.Paste("7 h l w"))
        await app.settle()
        assert "Nothing was pasted" in app.text
        await app.press("W")
        app.app.post_message(events.Paste("7"))
        await app.settle()
    assert new_diary.day().calm is None
    assert not any(row.amount for row in new_diary.day().practices)


@pytest.mark.parametrize("screen", some_of(["W", "J", "P", "C", "Y", "R", "S"], 3))
async def test_the_keys_named_after_a_paste_open_a_note(
    open_app: OpenApp, three_weeks: Diary, screen: str
) -> None:
    async with open_app() as app:
        await app.press(screen)
        app.app.post_message(events.Paste("7 h l w"))
        await app.settle()
        (keys,) = re.findall(
            r"Nothing was pasted. To paste into a note, press (.+) first", app.words
        )
        assert keys == ("n" if screen in "WJ" else "T and n")
        await app.press(*keys.split(" and "))
        app.app.post_message(events.Paste("7 h l w"))
        await app.settle()
        assert "7 h l w" in app.text


NO_FIELD = "Nothing was pasted, because the cursor isn't in a text field."


@pytest.mark.parametrize(
    "keys",
    [("M",), ("G",), ("question_mark",), ("down", "x"), ("S", "down", "down", "enter"), ("F",),
     ("P", "a", *["tab"] * 3)],
)  # fmt: skip
async def test_a_paste_into_a_dialog_without_a_field_says_so(
    open_app: OpenApp, new_diary: Diary, keys: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press(*keys)
        before = app.words
        app.app.post_message(events.Paste("hi \x1b[B 7 h"))
        await app.settle()
        assert NO_FIELD in app.words
        without = app.words.replace(NO_FIELD, "").replace("▌", "").replace("│", "")
        assert without.split() == before.replace("│", "").split()
    assert new_diary.day().calm is None


@pytest.mark.parametrize("key", ["question_mark", "F"])
@pytest.mark.parametrize(("width", "height"), [(60, 20), *sizes((120, 40))])
async def test_the_notice_of_a_paste_covers_neither_the_title_nor_the_keys_of_a_dialog(
    open_app: OpenApp, new_diary: Diary, key: str, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        await app.press(key)
        before = app.dialog_words
        app.app.post_message(events.Paste("7 h l w"))
        await app.settle()
        assert NO_FIELD in app.words
        assert app.lines[-1].startswith("▌")
        text, _back = app.dialog_words.split(" esc back")
        # The last lines of the text give way.
        assert text.startswith(before[:250])
        assert "╭──" in app.text
        assert "╰──" in app.text


@pytest.mark.parametrize("keys", [("n",), ("slash",), ("full_stop",), ("down", "equals_sign")])
async def test_a_paste_into_a_field_says_nothing(
    open_app: OpenApp, new_diary: Diary, keys: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press(*keys)
        app.app.post_message(events.Paste("12"))
        await app.settle()
        assert "12" in app.text
        assert "Nothing was pasted" not in app.words


async def test_a_paste_on_import_names_the_key_for_a_path(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        app.app.post_message(events.Paste("/tmp/diary.json"))
        await app.settle()
        assert "Nothing was pasted. To paste a path, press / first." in app.words


async def test_n_on_a_screen_without_notes_names_those_with_notes(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "n")
        assert "n works on Tonight (T), Week (W) and Journal (J)." in app.words


async def test_a_pasted_note_keeps_its_lines(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("n")
        app.app.post_message(events.Paste("one\rtwo\r\nthree\tfour"))
        await app.settle()
        await app.press("enter")
    assert new_diary.day().calm_note == "one\ntwo\nthree\tfour"


async def test_a_note_that_was_not_saved_becomes_a_draft(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("half a thought")
        await app.press("escape")
        assert "Not saved." in app.text
        assert new_diary.day().calm_note == ""
        await app.press("down", "n")
        assert "half a thought" not in app.text
        await app.press("escape", "up")
        app.app.clear_notifications()
        await app.press("n")
        assert "half a thought" in app.text
        assert "(draft, not saved)" in app.text
        await app.press("escape", "q")
        assert "Your note isn't saved yet: Evening, Tuesday 24 November. Save it" in app.words
        assert app.app.is_running
        assert "Not saved." not in app.text
        await app.press("n", *"!!", "escape", "n", "backspace", "escape")
        assert app.text.count("Not saved. Your text is kept as a draft until you quit") == 1
        assert "isn't saved yet" not in app.text
        await app.press("n", "backspace")
        assert "Not saved." not in app.text
        await app.press("enter")
        assert new_diary.day().calm_note == "half a thought"
        await app.press("left", "n")
        assert "half a thought" not in app.text
        await app.press("x", "ctrl+q")
        assert "Your note isn't saved yet: Evening, Monday 23 November. Save it" in app.words
        await app.press("n", "enter", "q")
        # Without a draft there is no warning.
        assert not app.app.is_running
    assert new_diary.day(TODAY - timedelta(days=1)).calm_note == "x"


@pytest.mark.parametrize("keys", [("n", "escape"), ("l",), ("W", "T")])
async def test_quitting_warns_of_a_draft_again_after_any_other_key(
    open_app: OpenApp, new_diary: Diary, keys: tuple[str, ...]
) -> None:
    async with open_app() as app:
        await app.press("n", *"tea", "escape", "q", *keys)
        app.app.clear_notifications()
        await app.press("q")
        assert "Your note isn't saved yet: Evening" in app.words
        assert app.app.is_running
        await app.press("q")
        assert not app.app.is_running


async def test_quitting_warns_of_a_draft_again_after_a_click_and_after_a_while(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.tui.app.WARNING_SECONDS", 0.5)
    async with open_app() as app:
        await app.press("down", "n", *"tea", "escape", "q")
        await app.click("Laughter")
        await app.press("q")
        assert app.app.is_running
        app.app.clear_notifications()
        await app.pilot.pause(0.7)
        await app.press("q")
        assert "Your note isn't saved yet: Hug" in app.words
        assert app.app.is_running
        await app.press("q")
        assert not app.app.is_running


async def test_a_letter_of_no_practice_is_not_said_to_work_elsewhere(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen in "YCJS":
            await app.press(screen, "p")
            assert "p does nothing here." in app.words, screen
            await app.press("h")
            assert "h works on Tonight (T) and Week (W)." in app.words


async def test_the_palette_quits_at_the_second_click(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "n", *"tea", "escape")
        for is_running in (True, False):
            await app.press("ctrl+p", *"quit")
            await app.click("Quit calmtrack")
            assert app.app.is_running is is_running


async def test_a_second_warning_holds_as_long_as_the_first(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.tui.app.WARNING_SECONDS", 1.0)
    async with open_app() as app:
        await app.press("down", "n", *"tea", "escape", "q")
        await app.pilot.pause(0.7)
        await app.press("l", "q")
        await app.pilot.pause(0.5)
        await app.press("q")
        assert not app.app.is_running


async def test_the_notice_of_a_draft_goes_when_its_note_is_saved(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n", *"tea", "escape")
        assert "Not saved." in app.text
        await app.press("enter", "enter")
        assert "Note saved." in app.text
        assert "Not saved." not in app.text
        await app.press("n", *"!", "escape", "q", "enter", "enter")
        assert "Note saved." in app.text
        assert "isn't saved yet" not in app.text


async def test_quitting_names_and_counts_the_notes_that_are_not_saved_the_newest_first(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("left", "down", "n", *"with Mia", "escape", "T", "n", *"tired", "escape")
        await app.press("W", "q")
        newest, second = "Evening, Tuesday 24 November", "Hug, Monday 23 November"
        assert f"Your 2 notes aren't saved yet: {newest}; {second}. Save them" in app.words
        await app.press("T", "left", "down", "n", *" today", "escape", "q")
        assert f"Your 2 notes aren't saved yet: {second}; {newest}. Save them" in app.words
        await app.press("left", "n", *"a", "escape", "left", "n", *"b", "escape", "q")
        a, b = "Evening, Sunday 22 November", "Evening, Saturday 21 November"
        assert f"Your 4 notes aren't saved yet: {b}; {a}; {second}; and 1 more. Sav" in app.words
        await app.press("q")
        assert not app.app.is_running


async def test_the_warning_about_a_draft_is_in_the_language_of_now(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n", "x", "escape")
        await app.app.change_language("de")
        await app.settle()
        await app.press("down", "enter", "escape", "T", "q")
        assert "Deine Notiz ist noch nicht gespeichert: Abend, Dienstag, 24. November." in app.words
    set_language("en")


async def test_a_draft_takes_the_line_of_the_message_before_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for screen in ("T", "W"):
            await app.press(screen, "l", "l")
            assert "Laughter is already logged." in app.text
            await app.press("n", "x", "escape")
            assert "Draft, not saved: x" in app.text
            assert "is already logged" not in app.text
            await app.press("n", "enter")
            assert "Note saved." in app.text
            await app.press("n", "y", "escape")
            assert "Draft, not saved: xy" in app.text
            assert "Note saved." not in app.text
            await app.press("n", *["backspace"] * 2, "enter")
            assert "Note removed." in app.text


async def test_blanks_typed_into_an_empty_note_are_neither_a_draft_nor_saved(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("down", "n", "tab", "space", "ctrl+j", "escape")
        assert "Not saved." not in app.text
        assert "~" not in app.line_with("Hug")
        await app.press("n", "tab", "enter")
        assert "Note removed." not in app.text
        await app.press("n")
        await app.type("with Anna")
        await app.press("escape")
        assert "~" in app.line_with("Hug")
        # Of the draft only blanks are left.
        await app.press("n", "ctrl+a", "ctrl+k", "space", "escape")
        assert "~" not in app.line_with("Hug")
        await app.press("q")
        assert not app.app.is_running
    assert new_diary.undo_steps(1) == []


async def test_blanks_in_place_of_a_stored_note_are_a_draft(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Anna")
    async with open_app() as app:
        await app.press("down", "n", "ctrl+a", "ctrl+k", "space", "escape")
        assert "Not saved." in app.text
        assert "~" in app.line_with("Hug")
        await app.press("n", "enter")
        assert "Note removed." in app.text
    assert new_diary.day().practices[0].note == ""


async def test_a_signal_saves_the_note_in_the_editor_and_no_draft(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("angry words")
        await app.press("escape", "down", "n")
        await app.type("half a thought")
        await app.press("escape", "n")
        app.app.push_screen(NoteDialog(None, TODAY - timedelta(days=1), TODAY, ""))
        app.app.leave(128 + signal.SIGTERM)
        await app.until(lambda: not app.app.is_running)
    assert new_diary.day().calm_note == ""
    # The draft was open again.
    assert new_diary.day().practices[0].note == "half a thought"
    assert len(new_diary.undo_steps(9)) == 1


async def test_a_draft_is_marked_on_its_row_until_it_is_saved(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        await app.type("angry words")
        await app.press("escape")
        assert "Draft, not saved: angry words" in app.text
        await app.press("down")
        assert "Draft, not saved" not in app.text
        await app.press("n")
        await app.type("with Anna")
        await app.press("escape")
        assert "Draft, not saved: with Anna" in app.text
        assert "~" in app.line_with("feel today?")
        assert "~" in app.line_with("Hug")
        await app.press("h")
        assert "Hug: 1 time. Draft, not saved: with Anna" in app.words
        await app.press("u")
        await app.press("n", "enter", "left")
        assert "Draft" not in app.text
        await app.press("right")
        assert "Draft, not saved: angry words" in app.text
    assert new_diary.day().practices[0].note == "with Anna"


@pytest.mark.parametrize(("width", "height"), sizes((120, 40), (60, 20)))
async def test_a_draft_is_marked_in_week_too(
    open_app: OpenApp, new_diary: Diary, width: int, height: int
) -> None:
    new_diary.write_note("laughter", "stored")
    async with open_app(width, height) as app:
        await app.press("W", "down", "n")
        await app.type("with Anna")
        await app.press("escape")
        assert "Draft, not saved: with Anna" in app.words
        assert "~" not in next(line for line in app.lines if line.startswith("     Calm"))
        app.app.clear_notifications()
        await app.press("h")
        assert "Hug: 1 time. Draft, not saved: with Anna" in app.words
        await app.press("up", "n")
        await app.type("angry words")
        await app.press("escape", "left")
        app.app.clear_notifications()
        assert "Draft, not saved" not in app.words
        assert "~" in next(line for line in app.lines if line.startswith("   h Hug"))
        assert "~" in next(line for line in app.lines if line.startswith(" ›   Calm"))
        assert "~" not in next(line for line in app.lines if "Laughter" in line)
        assert "~ draft" in app.text
        await app.press("[")
        assert "~" not in app.text
        await app.press("]", "right", "n", "enter")
        assert "~ draft" in app.text
        await app.press("down", "n", "enter")
        assert "~" not in app.text


async def test_a_draft_stands_apart_from_the_note_before_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Ruth")
    async with open_app() as app:
        await app.press("W", "down", "n")
        await app.type(" x")
        await app.press("escape")
        app.app.clear_notifications()
        assert app.line_with("Note: with Ruth").endswith("with Ruth")
        assert app.line_with("Draft, not saved").strip().startswith("Draft, not saved: with Ruth x")
        await app.press("T", "h")
        assert app.line_with("Draft, not saved").strip().startswith("Draft, not saved: with Ruth x")


async def test_a_signal_while_a_note_is_being_opened_saves_nothing(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n", *"half a thought", "escape")
        app.app.push_screen(NoteDialog(None, TODAY - timedelta(days=1), TODAY, ""))
        app.app.leave(128 + signal.SIGTERM)
        await app.until(lambda: not app.app.is_running)
    assert not new_diary.has_entries()
    assert new_diary.day().calm_note == ""


async def test_a_signal_does_not_remove_the_note_whose_text_was_just_deleted(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Anna")
    async with open_app() as app:
        await app.press("down", "n", "ctrl+a", "ctrl+k")
        app.app.leave(128 + signal.SIGHUP)
        await app.until(lambda: not app.app.is_running)
    assert new_diary.day().practices[0].note == "with Anna"
    assert [step.what for step in new_diary.undo_steps(9)] == ["note"]


@pytest.mark.parametrize("meanwhile", ["", "from another terminal"])
async def test_a_signal_saves_the_beginning_of_a_note_that_is_too_long(
    open_app: OpenApp, new_diary: Diary, meanwhile: str
) -> None:
    text = "half a thought " * 800
    async with open_app() as app:
        await app.press("down", "n")
        app.app.post_message(events.Paste(text))
        await app.settle()
        if meanwhile:
            new_diary.write_note("hug", meanwhile)
        app.app.leave(128 + signal.SIGHUP)
        await app.until(lambda: not app.app.is_running)
    assert new_diary.day().practices[0].note == text[:10_000]


async def test_a_note_that_a_signal_saved_is_named_when_the_app_is_opened_again(
    open_app: OpenApp, new_diary: Diary
) -> None:
    notice = (
        "calmtrack was closed while you were writing. It saved your unfinished note for Hug, "
        "Tuesday 24 November. To undo that, press u."
    )
    async with open_app() as app:
        await app.press("down", "n")
        await app.type("with Anna and")
        app.app.leave(128 + signal.SIGHUP)
        await app.until(lambda: not app.app.is_running)
    async with open_app() as app:
        assert notice in app.words
        await app.press("u")
        assert "Undid: unfinished note for Hug" in app.words
    async with open_app() as app:
        assert "while you were writing" not in app.words
    assert not new_diary.has_entries()


async def test_the_notice_of_a_note_that_a_signal_saved_goes_with_the_next_change(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Anna and", is_draft=True)
    async with open_app() as app:
        assert "while you were writing" in app.words
        await app.press("down")
        assert "while you were writing" in app.words
        await app.press("7")
        assert "while you were writing" not in app.words
        await app.press("u")
        assert "while you were writing" not in app.words
    assert new_diary.day().calm is None
    assert new_diary.day().practices[0].note == "with Anna and"


async def test_the_notice_of_a_note_that_a_signal_saved_goes_when_a_command_logs_something(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Anna and", is_draft=True)
    async with open_app() as app:
        assert "while you were writing" in app.words
        new_diary.press("laughter")
        app.app.on_app_focus()
        await app.settle()
        assert "while you were writing" not in app.words


@pytest.mark.parametrize("keys", some_of([("R",), ("W",), ("R", "T")], 1))
async def test_a_notice_goes_when_another_screen_is_opened(
    open_app: OpenApp, demo_diary: Diary, keys: tuple[str, ...]
) -> None:
    demo_diary.write_note("hug", "with Anna and", is_draft=True)
    async with open_app() as app:
        assert "while you were writing" in app.words
        await app.press("down", "question_mark", "escape")
        assert "while you were writing" in app.words
        await app.press(*keys)
        assert "while you were writing" not in app.words


async def test_the_notice_of_an_export_is_gone_after_six_seconds_and_with_a_dialog(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("e", "enter")
        assert "For a complete copy, choose JSON." in app.words
        assert [notice.timeout for notice in app.app._notifications] == [6.0]
        await app.press("ctrl+p")
        assert "choose JSON" not in app.words, "no scrap of it under the palette"
        await app.press("escape")
        assert "For a complete copy, choose JSON." in app.words
        await app.press("slash")
        assert "Search your notes" in app.lines[1]
        assert "Exported" not in app.text
        await app.press("escape")
        assert "Exported" not in app.text


async def test_a_short_notice_is_gone_after_four_seconds(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("U")
        assert [notice.timeout for notice in app.app._notifications] == [4.0]


@pytest.mark.parametrize("key", ["question_mark", "slash", "F"])
async def test_a_warning_covers_no_dialog_and_is_shown_once_it_is_closed(
    open_app: OpenApp, new_diary: Diary, key: str
) -> None:
    loaded = LoadedSettings(DEFAULTS.settings, ("The settings have a mistake.",))
    async with open_app(read=loaded) as app:
        assert "The settings have a mistake." in app.words
        await app.press(key)
        app.app._notify_warning("A backup couldn't be made.")
        await app.settle()
        assert "mistake" not in app.text
        assert "backup couldn't" not in app.text
        await app.press("escape")
        assert "The settings have a mistake." in app.words
        assert "A backup couldn't be made." in app.words


async def test_an_error_about_what_was_asked_for_in_a_dialog_is_shown_above_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("question_mark")
        app.app.notify_error(InputError("The jar couldn't be opened."))
        await app.settle()
        assert "The jar couldn't be opened." in app.words


async def test_a_warning_stays_when_another_screen_is_opened(
    open_app: OpenApp, new_diary: Diary
) -> None:
    loaded = LoadedSettings(DEFAULTS.settings, ("The settings have a mistake.",))
    async with open_app(read=loaded) as app:
        await app.press("R")
        assert "The settings have a mistake." in app.words


async def test_no_notice_of_a_saved_note_tells_to_undo_it_after_a_restore(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("hug", "with Anna and", is_draft=True)
    new_diary.maintenance.back_up_daily()
    (backup,) = backups_of(new_diary.location)
    new_diary.maintenance.restore(backup.path)
    assert new_diary.day().practices[0].note == "with Anna and"
    async with open_app() as app:
        assert "while you were writing" not in app.words


async def test_a_stored_note_keeps_its_tabs_when_it_is_edited(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7, note="tea\tand toast")
    async with open_app() as app:
        await app.press("up", "n", "end")
        await app.type("!")
        await app.press("enter")
    assert new_diary.day().calm_note == "tea\tand toast!"


async def test_a_note_and_its_enter_may_be_part_of_one_read(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        for event in parse("a wlk\x7f\x7falk\x0aby the se\x1b[D\x1b[D\x1b[C\x1b[Ca\r"):
            app.app.post_message(event)
        # Typed while the note is being saved.
        app.app.post_message(events.Key("h", "h"))
        await app.until(lambda: new_diary.day().calm_note == "a walk\nby the sea")
        await app.until(lambda: new_diary.day().practices[0].amount == 1)
        await app.press("up")
        await app.press("n")
        escape = events.Key("escape", None)
        for event in (*parse(" at night"), escape, events.Key("escape", None)):
            app.app.post_message(event)
        await app.until(lambda: "kept as a draft" in app.text)
        await app.press("n")
        assert "by the sea at night" in app.text


def lines_read(reads: list[tuple[float, str]]) -> str:
    """How each enter among reads at these times is interpreted, as `save` or `break`, and the
    texts."""
    clock = [0.0]
    lines = PastedLines(lambda: clock[0])
    found: list[Message] = []
    for clock[0], read in reads:
        found += [*lines.filter(parsed_keys(read)), *lines.due()]
    clock[0] += 1
    found += lines.due()
    meanings = {"\r": "<save>", LINE_BREAK: "<break>"}
    return "".join(
        meanings.get(key.character or "", key.character or key.key)
        for key in found
        if isinstance(key, events.Key)
    )


def test_an_enter_within_text_of_one_read_is_a_line_break(
    subtests: pytest.Subtests,
) -> None:
    cases: list[tuple[list[tuple[float, str]], str]] = [
        ([(0, "one\rtwo\r\rthree\r")], "one<break>two<break><break>three<save>"),
        ([(0, "one\r"), (0.01, "two\r")], "one<break>two<save>"),
        ([(0, "one"), (0.01, "\rtwo")], "one<break>two"),
        ([(0, "one\r"), (0.3, "h")], "one<save>h"),
        ([(0, "one"), (0.3, "\rh")], "one<save>h"),
        ([(0, "one\r\x1b[Bh")], "one<save>downh"),
        ([(0, "\r7")], "<save>7"),
        ([(0, "one\r\ttwo\tthree\r\t\r")], "one<break>\ttwo\tthree<save>\t<save>"),
    ]
    for reads, expected in cases:
        with subtests.test(reads=reads):
            assert lines_read(reads) == expected


async def test_pasted_lines_without_marks_stay_in_the_note(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("n")
        for event in PastedLines().filter(parsed_keys("8 one\r\tq two\r\rh\tthree")):
            app.app.post_message(event)
        app.app.post_message(events.Key("enter", "\r"))
        await app.until(lambda: new_diary.day().calm_note == "8 one\n\tq two\n\nh\tthree")
        await app.settle()
        await app.press("slash")
        for event in (*PastedLines().filter(parsed_keys("8 one\rq")), *parse(TWO_LINES)):
            app.app.post_message(event)
        await app.until(lambda: "8 one qtwo h" in app.text)
    assert new_diary.day().calm is None
    assert not any(row.amount for row in new_diary.day().practices)


async def test_a_note_changed_elsewhere_is_merged_with_the_edited_one(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.write_note("calm", "rain")
    async with open_app(60, 20) as app:
        await app.press("n", *"!")
        new_diary.write_note("calm", "rain, from C")
        await app.press("enter")
        assert "delete what you don't need, then press enter." in app.words.replace("│ │ ", "")
        assert "↵ save" in app.text
        assert new_diary.day().calm_note == "rain, from C"
        await app.press("enter")
        assert new_diary.day().calm_note == "rain!\nrain, from C"
        # A draft includes the stored note that it replaces.
        await app.press("n", "?", "escape")
        new_diary.write_note("calm", "")
        await app.press("n", "enter")
        assert "This note has been removed since." in app.words
        await app.press("enter")
    assert new_diary.day().calm_note == "rain!\nrain, from C?"


async def test_each_answer_of_a_form_may_be_part_of_one_read(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "a")
        for event in parse("Tea\x1b[BHow long?\x1b[Bb\x1b[B\x1b[C\x1b[C\x1b[B1h 5m\r"):
            app.app.post_message(event)
        await app.until(lambda: "Tea" in [one.name for one in new_diary.practices.all()])
    tea = new_diary.practices.find("Tea")
    assert (tea.question, tea.key, tea.goal_on(TODAY).amount) == ("How long?", "b", 65)
