"""Every screen uses the room there is, says where something is cut, and can be clicked."""

from __future__ import annotations

import pytest
from textual.scrollbar import ScrollBar

from tests.tui.conftest import Open
from tracker.diary.diary import Diary

LONG = "We walked to the old mill with @Anna, and sat there until the bats came out. " * 4


async def test_a_very_wide_terminal_has_everything_in_its_middle(
    sit_down: Open, a_year: Diary
) -> None:
    async with sit_down(200, 60) as evening:
        for room in ("T", "W", "Y", "C", "P", "S"):
            await evening.press(room)
            shown = [line for line in evening.lines if line.strip()]
            assert min(len(line) - len(line.lstrip()) for line in shown) >= 16, room
            assert max(len(line) for line in shown) <= 184, room


async def test_what_ends_the_evening_stands_near_the_list(sit_down: Open, begun: Diary) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("7")
        lines = evening.lines
        last = max(y for y, line in enumerate(lines) if "Softening" in line)
        done = next(y for y, line in enumerate(lines) if "That's today." in line)
        assert done - last <= 5
        assert "help" in lines[-1]


async def test_where_all_rows_fit_there_is_air_between_them(sit_down: Open, begun: Diary) -> None:
    for height, apart in ((24, 1), (40, 2)):
        async with sit_down(120, height) as evening:
            rows = [y for y, line in enumerate(evening.lines) if "Hug" in line or "Laugh" in line]
            assert rows[1] - rows[0] == apart


async def test_a_text_that_is_cut_says_so(sit_down: Open, begun: Diary) -> None:
    begun.write_note("hug", LONG)
    async with sit_down(60, 20) as evening:
        await evening.press("down")
        assert "…" in evening.lines[16]
        await evening.press("W", "down")
        assert "…" in evening.text.rpartition("We walked")[2]


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (120, 40)])
async def test_how_a_streak_came_about_ends_with_today(
    sit_down: Open, a_year: Diary, width: int, height: int
) -> None:
    async with sit_down(width, height) as evening:
        for row in range(8):
            await evening.press("down", "x")
            assert "Tue 24 Nov" in evening.text, row
            await evening.press("escape")


async def test_settings_tell_what_each_means_where_there_is_room(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down(120, 40) as evening:
        await evening.press("S")
        assert "Weeks are counted from this day" in evening.words
        assert "Until 04:00 the evening before goes on." in evening.words


async def test_on_a_small_terminal_the_welcome_follows_the_cursor(
    sit_down: Open, diary: Diary
) -> None:
    async with sit_down(60, 20) as evening:
        assert "begin" in evening.text
        await evening.press(*["down"] * 9)
        assert "› [ ] Leaning on someone" in evening.text
        await evening.click("begin")
        assert "how calm did you feel" in evening.text


@pytest.mark.parametrize(
    ("keys", "title", "hint"),
    [
        ("M", "People", "back"),
        ("G", "Something you were glad of", "back"),
        ("?", "Keys, marks and figures", "back"),
        (".", "Which day?", "leave"),
    ],
)
async def test_a_click_on_the_hint_leaves_the_box(
    sit_down: Open, begun: Diary, keys: str, title: str, hint: str
) -> None:
    async with sit_down() as evening:
        await evening.press({"?": "question_mark", ".": "full_stop"}.get(keys, keys))
        assert title in evening.text
        await evening.click(f"esc {hint}")
        assert title not in evening.text


async def test_a_note_is_kept_by_a_click(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("down", "enter")
        await evening.type("hello")
        await evening.click("keep")
        assert "Note kept." in evening.text
    assert begun.day().practices[0].note == "hello"
    begun.undo()
    assert begun.day().practices[0].note == ""


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("Type the day's amount", "how much in all"),
        ("Rest over more days", "Days off"),
        ("Write the diary to a file", "Every entry, as CSV"),
        ("Your practices, to shape", "Tonight asks them in this order."),
    ],
)
async def test_whatever_has_a_key_is_done_by_a_click_in_help(
    sit_down: Open, begun: Diary, line: str, then: str
) -> None:
    async with sit_down(80, 60) as evening:
        await evening.press("down")
        await evening.click("? help")
        await evening.click(line)
        assert "Keys, marks and figures" not in evening.text
        assert then in evening.text


async def test_breathing_is_made_longer_by_a_click(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("B")
        await evening.click("1-5")
        assert "breath 1 of 12" in evening.text


async def test_the_palette_names_everything_once(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        offered = [one.title for one in evening.app.get_system_commands(evening.app.screen)]
        assert len(offered) == len(set(offered))
        assert "Clear" in offered
        assert "Copy selected text" not in offered


async def test_the_first_evening_and_what_is_cut_are_plain_where_that_is_asked_for(
    sit_down: Open, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with sit_down() as evening:
        assert evening.text.isascii(), evening.text
        assert "..." in evening.text
        assert "+--" not in evening.text


async def test_scroll_bars_are_plain_where_that_is_asked_for(
    sit_down: Open, a_year: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with sit_down() as evening:
        for keys in (("question_mark", "escape"), ("M", "escape"), ("down", "x", "escape")):
            await evening.press(*keys[:-1])
            assert evening.text.isascii() or "ë" in evening.text, evening.text
            await evening.press(keys[-1])
        await evening.press("W")
        assert evening.text.isascii(), evening.text
        await evening.press("Q")
        assert "Caps Lock" in evening.text
        assert evening.text.isascii(), evening.text
    monkeypatch.delenv("CALMTRACK_ASCII")
    async with sit_down():
        assert "▁" in ScrollBar.renderer.VERTICAL_BARS
