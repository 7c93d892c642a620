"""Every screen uses the width of the terminal, marks where it cuts text, and can be clicked."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from textual.scrollbar import ScrollBar

import tracker
from tests.effort import some_cases
from tests.test_catalogs import catalogs_by_language, forms, template
from tests.tui.conftest import OpenApp, sizes
from tracker.diary.diary import Diary
from tracker.render.insight_text import PatternRow, layout
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.styled_text import MOST_MESSAGE_LINES, message_lines
from tracker.tui.widgets.patterns_panel import row_content

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


@pytest.mark.parametrize("width", [80, 110, 120, 200])
async def test_no_mark_moves_when_the_figures_are_shown_beside_a_long_name(
    open_app: OpenApp, three_weeks: Diary, width: int
) -> None:
    three_weeks.practices.edit("laughter", name="A talk with Margit about books")
    async with open_app(width, 40) as app:
        before = app.line_with("l  A talk with").index("·")
        await app.press("7")
        assert "this week" in app.text
        assert app.line_with("l  A talk with").index("·") == before
        await app.press("l", "down", "down", "z")
        assert app.line_with("l  A talk with").index("●") == before


@pytest.mark.parametrize("width", [80, 120])
async def test_a_long_name_has_the_room_that_amounts_and_figures_do_not_need(
    open_app: OpenApp, three_weeks: Diary, width: int
) -> None:
    three_weeks.practices.edit("laughter", name="A talk with Margit about books")
    three_weeks.log("nature-walk", amount=10)
    async with open_app(width, 40) as app:
        await app.press("7")
        assert "A talk with Margit about books" in app.text
        assert "10 of 20  " in app.line_with("w  Nature walk")
        three_weeks.practices.edit("laughter", name="Laughter")
        await app.press("W", "T")
        assert "10 of 20 minutes" in app.line_with("w  Nature walk")


async def test_a_long_name_leaves_a_gap_before_the_panel_on_the_right(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    demo_diary.practices.edit("nature-walk", name="Nature walk in the evening light with Anna")
    demo_diary.rate(6)
    for width in (110, 115, 119, 120, 121, 130):
        async with open_app(width, 40) as app:
            assert "Nature walk in th" in app.text
            rows = [line for line in app.lines if "│" in line]
            assert len(rows) > 10
            assert {line[line.index("│") - 1] for line in rows} == {" "}, width


@pytest.mark.parametrize(("width", "height"), sizes((60, 20), (120, 40), (100, 30)))
async def test_the_tabs_stay_in_place_between_calm_and_patterns(
    open_app: OpenApp, demo_diary: Diary, width: int, height: int
) -> None:
    demo_diary.rate(6)
    async with open_app(width, height) as app:
        await app.press("C")
        places = set()
        for _tab in range(5):
            places.add(next(y for y, line in enumerate(app.lines) if "3 months" in line))
            await app.press("tab")
        assert len(places) == 1


async def test_the_axis_of_the_patterns_stays_above_rows_that_are_scrolled(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app(60, 20) as app:
        await app.press("C", "shift+tab")
        axis = app.line_with("+1")
        first = app.lines[app.lines.index(axis) + 1]
        assert "›" in first
        await app.press(*["down"] * 12)
        assert first.replace("›", " ") not in app.lines
        assert app.line_with("+1") == axis


@pytest.mark.parametrize("width", [60, 70, 71, 80, 81, 82])
async def test_what_else_the_evenings_show_is_never_cut_within_a_word(
    open_app: OpenApp, new_diary: Diary, width: int
) -> None:
    new_diary.rate(6)
    sentence = "Too few evenings well below your usual yet to tell how soon you feel calmer again."
    async with open_app(width, 24) as app:
        await app.press("C", "shift+tab", "end", "pagedown")
        shown, dots, _rest = app.line_with("  After low evenings  ").split("  ")[-1].partition("…")
        assert dots
        assert sentence.startswith(f"{shown} ")


def test_why_a_practice_is_not_compared_is_cut_between_words_where_it_has_no_room() -> None:
    row = PatternRow("Choir", "? can't tell", "muted", "always with something else", "")
    drawn = {
        row_content(row, layout([row], 56), width, is_current=False).plain.partition("tell")[2]
        for width in range(36, 60)
    }
    assert {line.strip() for line in drawn} == {
        "always…",
        "always with…",
        "always with something…",
        "always with something else",
    }


async def test_the_legend_of_week_is_whole_at_sixty_columns(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.press("hug")
    new_diary.log("nature-walk", amount=5)
    new_diary.toggle_rest_day("joy")
    new_diary.write_note("hug", "with Anna")
    async with open_app(60, 20) as app:
        await app.press("W")
        assert "▰ weekly goal ” note" in app.words
        assert "● done" in app.words


async def test_a_truncated_text_ends_with_an_ellipsis(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.write_note("hug", LONG)
    async with open_app(60, 20) as app:
        await app.press("down")
        assert "…" in app.lines[18]
        await app.press("W", "down")
        assert "…" in app.text.rpartition("We walked")[2]


LONG_MESSAGE = (
    "Nature walk in the evening light (nature-walk-in-the-evening-2) starts today, tracked as "
    "yes/no. Earlier days stay in the old practice, which is now archived. Its coin-flip month is "
    "stopped, too, says the end."
)


@pytest.mark.parametrize(("width", "height"), [(60, 18), *sizes((60, 20), (120, 40))])
async def test_a_message_of_several_lines_is_whole_on_every_screen(
    open_app: OpenApp, demo_diary: Diary, width: int, height: int
) -> None:
    demo_diary.rate(6)
    async with open_app(width, height) as app:
        for keys in (["T"], ["W"], ["Y"], ["Y", "tab"], ["C"], ["C", "tab"], ["C", "shift+tab"],
                     ["J"], ["P"], ["S"], ["R"], ["I"]):  # fmt: skip
            for key in ("T", *keys):
                await app.press(key)
            screen = app.app.screen
            assert isinstance(screen, DiaryScreen)
            screen.set_message(LONG_MESSAGE)
            await app.settle()
            assert set(LONG_MESSAGE.split()) <= set(app.words.split()), keys
            assert "? help" in app.lines[-1], keys


@pytest.mark.parametrize(("width", "height"), [(60, 18), *sizes((60, 20), (120, 40))])
async def test_a_notice_covers_neither_the_keys_nor_the_message(
    open_app: OpenApp, demo_diary: Diary, width: int, height: int
) -> None:
    notice = "Your backup of today couldn't be made, as the disk is full. It will be tried again."
    async with open_app(width, height) as app:
        for screen, message in (
            ("T", "Yesterday: "),
            ("W", "not rated"),
            ("Y", "Tuesday 24 November 2026. Nothing logged yet."),
            ("C", "Tuesday 24 November 2026. Calm: not rated."),
            ("S", "Until 04:00 it still counts as the evening before."),
        ):
            await app.press(screen)
            app.app.notify(notice)
            await app.settle()
            assert notice in app.words.replace("▌ ", "")
            assert message in app.words, screen
            assert "? help" in app.lines[-1], screen
            app.app.clear_notifications()
        for keys, hint in (("Tn", "↵ save"), ("T?", "esc back"), ("TF", "↵ choose"),
                           ("TZ", "esc cancel"), ("T/", "↵ read"), ("Cx", "esc back")):  # fmt: skip
            await app.press(*keys)
            app.app.notify(notice)
            await app.settle()
            assert notice in app.words.replace("▌ ", "")
            assert hint in app.text, keys
            app.app.clear_notifications()
            await app.press("escape")


@pytest.mark.parametrize("width", [60, 120])
async def test_a_new_notice_replaces_the_one_before_it_about_the_same(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path, width: int
) -> None:
    new_diary.press("hug")
    for name in ("first.db", "second.db"):
        new_diary.maintenance.back_up_to(tmp_path / name)
        new_diary.maintenance.restore(tmp_path / name)
    async with open_app(width, 24) as app:
        for _export in range(2):
            await app.press("e", "enter")
            assert app.text.count("Exported ") == 1
        await app.press("W", "T")
        for _restore in range(2):
            await app.press("u")
            assert app.text.count("The last change was restoring") == 1
            assert "Press u again to undo the change before that." in app.words


def test_every_message_about_a_key_fits_the_lines_there_are_in_each_language() -> None:
    package = Path(tracker.__file__).parent
    keywords = {"_": None, "ngettext": (1, 2)}
    ids = {
        text
        for module in ("render/entry_text.py", "diary/coin_months.py")
        for _, message, _, _ in extract_from_file("python", package / module, keywords=keywords)
        for text in forms(message)
    }
    filled = {"name": "Nature walk with a friend", "practice": "Nature walk with a friend"}
    cut, measured = [], 0
    for code, catalog in [("en", template()), *catalogs_by_language()]:
        for one in catalog:
            for text in forms(one.id if code == "en" else one.string):
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
                if ids.isdisjoint(forms(one.id)):
                    continue
                measured += 1
                words = text.format(**{name: filled.get(name, "12 min") for name in names})
                if message_lines(words, 60, MOST_MESSAGE_LINES) != message_lines(words, 60, 99):
                    cut.append((code, words))
    assert cut == []
    assert measured > 300


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
