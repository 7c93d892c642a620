"""The table of screens, and the keys named in the bottom line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import TODAY, OpenApp
from tracker.diary.diary import Diary
from tracker.i18n.messages import _, pgettext, set_language
from tracker.tui.bindings import SCREENS, ScreenEntry
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.screens.settings_screen import SettingsScreen
from tracker.tui.widgets.bars import KeyHints, TopBar
from tracker.tui.widgets.choice_list import ChoiceList


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
async def test_each_screen_opens_by_its_key_and_binds_every_key_it_hints_at(
    open_app: OpenApp, new_diary: Diary, entry: ScreenEntry
) -> None:
    async with open_app() as app:
        await app.press(entry.binding.key)
        screen = app.app.screen
        assert type(screen) is entry.load_class()
        hinted = [key for _, _, key in screen.query_one(KeyHints).hints if key]
        keys = {one for key in hinted for one in ([key] if isinstance(key, str) else key)}
        assert keys - screen.active_bindings.keys() == set()


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
async def test_a_date_can_be_gone_to_on_screens_with_days_only(
    open_app: OpenApp, new_diary: Diary, entry: ScreenEntry
) -> None:
    has_days = entry.takes_day
    async with open_app(height=60) as app:
        await app.press(entry.binding.key, "full_stop")
        assert ("Which day?" in app.text) is has_days
        assert (". works on screens with days, like Tonight" in app.words) is (
            entry.name in ("practices", "settings")
        )
        await app.press("escape", "T", entry.binding.key, "question_mark")
        assert ("Go to a date" in app.text) is has_days


@pytest.mark.parametrize("language", ["en", "de", "es"])
async def test_all_screens_are_always_in_the_top_line(
    open_app: OpenApp, new_diary: Diary, language: str
) -> None:
    set_language(language)
    keys = [entry.binding.key for entry in SCREENS if entry.in_top_bar]
    async with open_app() as app:
        bar = app.app.screen.query_one(TopBar)
        for width, are_names in ((60, False), (80, True), (200, True)):
            await app.resize(width, 24)
            words = app.lines[0].partition("›")[2].split()
            assert ([word for word in words if word in keys] == keys) is not are_names
            names = pgettext("in the top line", "Settings") if width == 80 else _("Settings")
            assert (words[-1] == names) is are_names
        # A key that isn't the first letter of the screen's name precedes the name.
        assert all(f" {key}" in f" {bar.render().plain}" for key in keys)
        # As in an empty journal, where the title of a demo leaves no room for all names.
        await app.resize(80, 24)
        app.app.diary_worker.location = new_diary.location._replace(is_demo=True)
        bar.screen_key, bar.period, bar.short_period, bar.has_periods = "J", _("Journal"), "", False
        for cells in range(40):
            app.app.title = " " * cells
            assert bar.render().plain.count(_("Journal")) <= 1
    set_language("en")


async def test_the_palette_names_the_keys(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app(width=120) as app:
        await app.press("ctrl+p")
        await app.type("previous day")
        assert app.app.screen.query_one("#--container").styles.max_width.value == 84
        assert "← [  Previous day, to log what you forgot" in app.text


async def test_the_palette_finds_a_command_by_what_it_does(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type("plan rest")
        await app.until(lambda: "Plan or remove rest days, for a holiday or illness" in app.text)
        await app.press("enter")
        await app.until(lambda: "Reason (optional)" in app.text)


@pytest.mark.parametrize(("row", "is_offered"), [("hug", True), ("laughter", False)])
async def test_the_palette_offers_an_amount_only_where_there_is_one(
    open_app: OpenApp, new_diary: Diary, row: str, is_offered: bool
) -> None:
    async with open_app() as app:
        ids = [practice.id for practice in new_diary.practices.all()]
        await app.press(*["down"] * (ids.index(row) + 1))
        offered = {one.title for one in app.app.get_system_commands(app.app.screen)}
        assert ("Amount" in offered) is is_offered


async def test_a_holiday_can_be_planned_by_the_palette_of_every_screen(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for key in "JCYPS":
            await app.press(key, "ctrl+p")
            await app.type("holiday")
            await app.until(lambda: "Plan or remove rest days" in app.text)
            await app.press("enter")
            await app.until(lambda: "Reason (optional)" in app.text)
            await app.press("escape")
            assert "how calm did you feel" in app.words


async def test_a_word_of_what_a_command_does_comes_before_its_letters_in_a_title(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type("plan")  # Explain has these letters.
        await app.until(lambda: "How this streak is counted" in app.text)
        assert app.text.index("Plan or remove") < app.text.index("How this streak is counted")


async def test_the_palette_finds_each_setting_by_its_name(
    open_app: OpenApp, new_diary: Diary, subtests: pytest.Subtests
) -> None:
    async with open_app() as app:
        await app.press("S")
        screen = app.app.screen
        assert isinstance(screen, SettingsScreen)
        names = [row.name for row in screen.rows() if row.id != "about"]
        for number, name in enumerate(names):
            with subtests.test(name=name):
                await app.press("S" if number % 2 else "W", "ctrl+p")
                assert f"Settings: {name}" not in app.text, "only when it is searched for"
                await app.type(f"settings: {name}")
                await app.until(lambda name=name: f"Settings: {name}" in app.text)
                await app.press("enter")
                await app.until(lambda name=name: f"› {name} " in app.text)


async def test_the_palette_finds_a_setting_in_the_language_chosen(
    open_app: OpenApp, new_diary: Diary
) -> None:
    set_language("es")
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type("idioma")
        await app.until(lambda: "Ajustes: Idioma" in app.text)
    set_language("en")


@pytest.mark.parametrize(
    ("word", "found"),
    [("month", "Y  Heatmap of a year or a month"), ("patterns", "C  Calm over")],
)
async def test_the_palette_finds_the_views_of_a_screen(
    open_app: OpenApp, new_diary: Diary, word: str, found: str
) -> None:
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type(word)
        await app.until(lambda: found in app.text)


async def test_the_palette_says_in_the_language_chosen_that_it_finds_nothing(
    open_app: OpenApp, new_diary: Diary
) -> None:
    set_language("de")
    async with open_app() as app:
        await app.press("ctrl+p")
        await app.type("xyzxyz")
        await app.until(lambda: "Kein passender Befehl" in app.text)
        await app.press("enter")
        assert "Kein passender Befehl" not in app.text
    set_language("en")


@pytest.mark.parametrize("opens", ["P", "W", "Y", "S", "I", "C", "T"])
async def test_end_goes_to_the_last_row_of_every_list_and_home_back_to_the_first(
    open_app: OpenApp,
    three_weeks: Diary,
    opens: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    three_weeks.rate(6)
    monkeypatch.setenv("HOME", str(tmp_path))
    for number in range(30):
        (tmp_path / f"sheet{number}.csv").touch()
    async with open_app() as app:
        await app.press(opens, *["down"] * 4 * (opens == "C"))  # Calm's patterns come last.
        # The files are listed, and the patterns computed, in threads of their own.
        awaited = {"I": "sheet0.csv", "C": "pattern update"}.get(opens, "")
        await app.until(lambda: awaited in app.text)
        first = app.text
        await app.press(*["down"] * 40)
        last = app.text
        await app.press(*["up"] * 3, "end")
        assert app.text == last != first
        await app.press("home")
        await app.press(*["down"] * 40)
        assert app.text == last


async def test_d_after_end_archives_the_last_practice_not_the_first(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("P", "end", "d")
        (archived,) = (one.id for one in three_weeks.practices.all() if one.archived_since(TODAY))
        assert archived == three_weeks.practices.all()[-1].id


async def test_home_and_end_are_in_the_help_of_a_list(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app(height=60) as app:
        await app.press("P", "question_mark")
        assert "home       First row" in app.text
        assert "end        Last row" in app.text


async def test_home_and_end_reach_the_ends_of_a_list_in_a_dialog(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("F", "end", "up", "end", "home", "end")
        dialog = app.app.screen.query_one(ChoiceList)
        assert dialog.cursor == dialog.option_count - 1
        await app.press("home")
        assert dialog.cursor == 0


async def test_an_arrow_that_moves_nothing_says_so(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("P", "right")
        assert "→ does nothing here. Press ? for help." in app.words


async def test_a_key_of_the_patterns_says_how_to_get_there_from_each_period(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("C")
        for period, keys in enumerate(("shift+tab", "shift+tab twice", "tab twice", "tab")):
            await app.press("end")
            assert f"This key moves in Patterns. Press {keys} to get there." in app.words
            key, *twice = keys.split()
            await app.press(key, *(key for _ in twice))
            assert "Patterns" in app.lines[0]
            # After the patterns comes the first period.
            await app.press(*["tab"] * (period + 2))


async def test_the_arrows_of_a_recap_go_where_its_title_points(
    open_app: OpenApp, demo_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("R")
        shown = app.lines[0]
        await app.press("left")
        assert "October" in app.lines[0]
        await app.press("right")
        assert app.lines[0] == shown


async def test_the_notice_about_what_came_before_covers_no_dialog(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        for before, notice in (("U",), "Caps Lock"), (("n", "o", "escape"), "Not saved."):
            for opens in ("question_mark", "F", "x", "e", "slash"):
                await app.press("T", "down", *before)
                assert notice in app.words
                await app.press(opens)
                assert isinstance(app.app.screen, Dialog)
                assert notice not in app.words
                await app.press("escape")
