"""Every screen uses the width of the terminal, marks where it cuts text, and can be clicked."""

from __future__ import annotations

import pytest
from textual.scrollbar import ScrollBar

from tests.effort import some_cases
from tests.tui.conftest import OpenApp, sizes
from tracker.diary.diary import Diary

LONG = "We walked to the old mill with @Anna, and sat there until the bats came out. " * 4


@pytest.mark.thorough
async def test_the_content_is_centred_in_a_very_wide_terminal(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(200, 60) as app:
        for room in ("T", "W", "Y", "C", "J", "P", "S"):
            await app.press(room)
            shown = [line for line in app.lines if line.strip()]
            assert min(len(line) - len(line.lstrip()) for line in shown) >= 16, room
            assert max(len(line) for line in shown) <= 184, room


async def test_the_closing_message_is_near_the_list(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(120, 40) as app:
        await app.press("7")
        lines = app.lines
        last = max(y for y, line in enumerate(lines) if "Softening" in line)
        done = next(y for y, line in enumerate(lines) if "Now tap" in line)
        assert done - last <= 5
        assert "help" in lines[-1]


async def test_rows_are_spaced_where_all_of_them_fit(open_app: OpenApp, new_diary: Diary) -> None:
    for height, apart in ((24, 1), (40, 2)):
        async with open_app(120, height) as app:
            rows = [y for y, line in enumerate(app.lines) if "Hug" in line or "Laugh" in line]
            assert rows[1] - rows[0] == apart


async def test_a_truncated_text_ends_with_an_ellipsis(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.write_note("hug", LONG)
    async with open_app(60, 20) as app:
        await app.press("down")
        assert "…" in app.lines[18]
        await app.press("W", "down")
        assert "…" in app.text.rpartition("We walked")[2]


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), sizes((60, 20), (120, 40)))
async def test_the_explanation_of_a_streak_ends_with_today(
    open_app: OpenApp, demo_diary: Diary, width: int, height: int
) -> None:
    async with open_app(width, height) as app:
        for row in range(8):
            await app.press("down", "x")
            assert "Tue 24 Nov" in app.text, row
            await app.press("escape")


async def test_settings_explain_each_choice_where_there_is_space(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app(120, 40) as app:
        await app.press("S")
        assert "The first day of the week also applies" in app.words
        assert "Until 04:00 it still counts as the evening" in app.words


@pytest.mark.thorough
async def test_on_a_small_terminal_the_welcome_follows_the_cursor(
    open_app: OpenApp, diary: Diary
) -> None:
    async with open_app(60, 20) as app:
        assert "↵ start" in app.text
        await app.press(*["down"] * 9)
        assert "› [ ] Leaning on someone" in app.text
        await app.click("↵ start")
        assert "how calm did you feel" in app.text


@pytest.mark.parametrize(
    ("keys", "title", "hint"),
    some_cases(
        [
            ("M", "People", "back"),
            ("G", "Something you were grateful for", "back"),
            ("?", "Keys, symbols and numbers", "back"),
            (".", "Which day?", "cancel"),
        ],
        1,
    ),
)
async def test_a_click_on_the_hint_closes_the_dialog(
    open_app: OpenApp, new_diary: Diary, keys: str, title: str, hint: str
) -> None:
    async with open_app() as app:
        await app.press({"?": "question_mark", ".": "full_stop"}.get(keys, keys))
        assert title in app.text
        await app.click(f"esc {hint}")
        assert title not in app.text


async def test_a_note_is_saved_by_a_click(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("down", "enter")
        await app.type("hello")
        await app.click("↵ save")
        assert "Note saved." in app.text
    assert new_diary.day().practices[0].note == "hello"
    new_diary.undo()
    assert new_diary.day().practices[0].note == ""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("line", "then"),
    some_cases(
        [
            ("Enter the day's", "how much in total"),
            ("Plan or remove rest days", "Rest days"),
            ("Export your diary", "Every entry as CSV"),
            ("Add and edit practices", "Shown on Tonight in this order."),
        ],
        1,
    ),
)
async def test_a_click_on_a_key_in_help_runs_its_action(
    open_app: OpenApp, new_diary: Diary, line: str, then: str
) -> None:
    async with open_app(80, 60) as app:
        await app.press("down")
        await app.click("? help")
        await app.click(line)
        assert "Keys, symbols and numbers" not in app.text
        assert then in app.text


@pytest.mark.thorough
async def test_breathing_is_made_longer_by_a_click(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("B")
        await app.click("1-5")
        assert "breath 1 of 12" in app.text


async def test_the_palette_names_everything_once(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        offered = [one.title for one in app.app.get_system_commands(app.app.screen)]
        assert len(offered) == len(set(offered))
        assert "Clear" in offered
        assert "Copy selected text" not in offered


async def test_the_welcome_and_truncated_texts_are_ascii_with_the_setting(
    open_app: OpenApp, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with open_app(width=60) as app:
        assert app.text.isascii(), app.text
        assert "+--" not in app.text
        await app.press("enter", "S")
        assert app.text.isascii(), app.text
        assert "..." in app.line_with("Your diary"), "a long path is cut"


@pytest.mark.thorough
async def test_scroll_bars_are_ascii_with_the_setting(
    open_app: OpenApp, demo_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with open_app() as app:
        for keys in (("question_mark", "escape"), ("M", "escape"), ("down", "x", "escape")):
            await app.press(*keys[:-1])
            assert app.text.isascii() or "ë" in app.text, app.text
            await app.press(keys[-1])
        await app.press("W")
        assert app.text.isascii(), app.text
        await app.press("Q")
        assert "Caps Lock" in app.text
        assert app.text.isascii(), app.text
    monkeypatch.delenv("CALMTRACK_ASCII")
    async with open_app():
        assert "▁" in ScrollBar.renderer.VERTICAL_BARS
