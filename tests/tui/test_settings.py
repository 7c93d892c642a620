"""Settings: each change takes effect at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.test_reminder import CRONTAB
from tests.tui.conftest import OpenApp, sizes
from tracker import clock
from tracker.diary.diary import Diary
from tracker.i18n import messages
from tracker.location import settings_path
from tracker.settings import LoadedSettings, Settings, read_settings, write_setting
from tracker.tui.screens.settings_screen import SettingsScreen


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sets the folder of settings and diary."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_all_settings_at_a_glance(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("S")
        # The path's length varies, and so do the number of lines that it takes and whether
        # there are empty lines between the settings.
        without = re.sub(r"( Your diary).*\n( +(?!About)\S.*\n)*", r"\1\n", app.text)
        golden(f"settings_{width}x{height}", re.sub(r"\n{2,}", "\n", without))


async def test_when_a_day_turns_is_changed_by_the_hour_and_undone(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "left")
        assert "03:00" in app.line_with("A new day starts at ")
        await app.press("right", "right", "right")
        assert new_diary.settings().day_turns_at.hour == 6
        await app.press("u")
        assert 'Undid: the setting "A new day starts at".' in app.text
        assert "05:00" in app.line_with("A new day starts at ")


async def test_a_value_can_be_typed_and_an_invalid_one_stays_in_the_dialog(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "enter", *["backspace"] * 5)
        await app.type("13:00")
        await app.press("enter")
        assert "A new day can start between 00:00 and 12:00. Use a time like" in app.text
        await app.press(*["backspace"] * 5)
        await app.type("0:30")
        await app.press("enter")
        assert "00:30" in app.line_with("A new day starts at ")


async def test_the_value_that_is_already_there_is_no_change(
    open_app: OpenApp, new_diary: Diary
) -> None:
    steps = len(new_diary.undo_steps(9))
    async with open_app() as app:
        await app.press("S", "enter", "enter", "down", "enter", "enter", "u")
        assert "the setting" not in app.text
    assert len(new_diary.undo_steps(9)) == steps
    assert not {"day_turns_at", "week_starts_on"} & new_diary.rows().kept.keys()


async def test_a_day_can_end_at_midnight(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("S")
        assert "Until 04:00 it still counts as the evening before. Days" in app.words
        await app.press("enter", "backspace", "0", "enter")
        assert "The day ends at midnight. Days you've already logged" in app.words
        assert "Until" not in app.text


async def test_the_first_day_of_the_week_can_be_chosen(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("S", "down", "left")
        assert "Sunday" in app.line_with("A week starts on")
        await app.press("W")
        assert "22 – 28 November" in app.lines[0]


async def test_a_theme_is_applied_at_once_and_saved(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("S", "down", "down", "right")
        assert app.app.theme == "calmtrack-day"
        # An undo without any change to undo adds nothing for ctrl+r to redo.
        await app.press("u", "u")
        assert "Nothing to undo." in app.text
        await app.press("ctrl+r")
        assert app.app.theme == "calmtrack-day"
        await app.press("left", "left")
        assert app.app.theme == "tokyo-night"
    assert read_settings().settings == Settings(theme="tokyo-night")


async def test_enter_lists_the_themes_and_previews_each(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "down", "down", "enter")
        assert "› night" in app.text
        await app.press("down")
        assert app.app.theme == "calmtrack-day"
        await app.press("escape")
        assert app.app.theme == "calmtrack-night"
        await app.press("enter", "down", "enter")
        assert "‹ day (light) " in app.line_with("Colours")
        await app.press("up", "enter", "down", "enter")
        assert "Tuesday" in app.line_with("A week starts on")
    assert read_settings().settings == Settings(theme="day")


async def test_the_line_about_an_undo_goes_when_the_setting_is_changed_again(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "down", "down", "down", "right", "u")
        undone = 'Undid: the setting "Calm scores". It was hidden; now it\'s shown.'
        assert undone in app.words
        await app.press("right")
        assert "hidden" in app.line_with("Calm scores")
        assert "Undid" not in app.text
        await app.press("u")
        assert undone in app.words
        await app.press("enter", "down", "enter")
        assert "hidden" in app.line_with("Calm scores")
        assert "Undid" not in app.text
        await app.press("u")
        assert undone in app.words
        write_setting("quiet", value=True)
        app.app._poll_file()
        await app.settle()
        assert "hidden" in app.line_with("Calm scores")
        assert "Undid" not in app.text


async def test_the_line_about_an_undo_goes_when_a_time_is_typed(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "right", "u")
        assert 'Undid: the setting "A new day starts at".' in app.text
        await app.press("enter", *["backspace"] * 5)
        await app.type("0:30")
        await app.press("enter")
        assert "00:30" in app.line_with("A new day starts at ")
        assert "Undid" not in app.text


async def test_u_in_settings_undoes_settings_only(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("h", "S", "left", "u")
        assert 'Undid: the setting "A new day starts at".' in app.text
        await app.press("u")
        assert (
            "The last change in your diary wasn't in Settings: Hug, Tuesday 24 November."
            in app.words
        )
        await app.press("P", "u")
        assert "Your last change wasn't in Practices: Hug, Tuesday 24 November." in app.words
        await app.press("ctrl+r")
        assert "Nothing to redo in Practices." in app.text
        assert new_diary.day().practices[0].amount == 1
        await app.press("S", "ctrl+r")
        assert "03:00" in app.line_with("A new day starts at ")
        await app.press("T", "u", "u", "S", "ctrl+r")
        assert "Nothing to redo in Settings." in app.text
        # Theme, then week, then scores: the newest is undone first, in whichever file it is saved.
        await app.press("down", "down", "right", "up", "right", "down", "down", "right")
        for key, message in (
            ("u", '"Calm scores". It was hidden; now it\'s shown.'),
            ("u", '"A week starts on". It was Tuesday; now it\'s Monday.'),
            ("u", '"Colours". It was day (light); now it\'s night (dark).'),
            ("ctrl+r", '"Colours". It was night (dark); now it\'s day (light).'),
            ("ctrl+r", '"A week starts on". It was Monday; now it\'s Tuesday.'),
            ("u", '"A week starts on". It was Tuesday; now it\'s Monday.'),
            ("u", '"Colours". It was day (light); now it\'s night (dark).'),
        ):
            await app.press(key)
            assert message in app.words
        assert app.app.theme == "calmtrack-night"
        # Neither undo nor redo forgets a change that could not be saved.
        settings_path().rename(saved := settings_path().with_name("saved.toml"))
        settings_path().mkdir()
        await app.press("ctrl+r")
        assert app.app.theme == "calmtrack-night"
        settings_path().rmdir()
        saved.rename(settings_path())
        await app.press("ctrl+r")
        assert app.app.theme == "calmtrack-day"
    assert new_diary.day().practices[0].amount is None


async def test_hidden_scores_are_on_no_screen(open_app: OpenApp, demo_diary: Diary) -> None:
    demo_diary.rate(8)
    async with open_app() as app:
        await app.press("S", "down", "down", "down", "space", "T")
        assert "rated" in app.line_with("how calm did you feel")
        assert "of 10" not in app.text
        assert "[8]" not in app.text
        assert "Now tap what connected you." in app.text
        await app.press("W")
        assert "calm" not in app.lines[2]
        assert "●" in app.line_with("Calm   ")
        assert not any(sign in app.text for sign in "▁▂▃▄▅▆▇█")
        await app.press("Y", "down")
        assert "on average" not in app.text
        assert "Calm: rated." in app.text
        await app.press("C")
        assert "Calm scores are hidden." in app.text
        assert "●" not in app.text
    assert read_settings().settings.quiet


@pytest.mark.thorough
async def test_a_note_can_still_be_read_where_scores_are_hidden(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(8, note="rain on the roof")
    async with open_app() as app:
        app.app.change_setting("quiet", True)
        await app.press("Y")
        assert "rain on the roof" in app.text
        assert "8" not in app.line_with("rain on the roof")


@pytest.mark.parametrize("width", [80, 120])
async def test_lines_and_arrows_can_be_clicked(
    open_app: OpenApp, new_diary: Diary, width: int
) -> None:
    async with open_app(width, 40) as app:
        await app.press("S")
        await app.click("A week starts on")
        row = next(y for y, line in enumerate(app.lines) if "A week starts on" in line)
        arrow = app.lines[row].index("›", 4)
        for day in ("Tuesday", "Wednesday", "Thursday", "Friday"):
            await app.pilot.click(offset=(arrow, row))
            await app.settle()
            assert day in app.line_with("A week starts on")


async def test_a_click_on_a_value_lists_the_values(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("S")
        await app.click("Monday")
        assert "› Monday" in app.text
        await app.click("Wednesday")
        assert "‹ Wednesday ›" in app.line_with("A week starts on")
    assert new_diary.settings().week_starts_on == 2


async def test_the_location_of_the_diary_is_read_only(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        await app.press("S")
        assert "←→ change ↵ edit u undo" in app.words
        await app.press(*["down"] * 11, "right", "enter")
        assert "calmtrack config diary PATH" in app.words
        assert "↑↓ choose u undo" in app.words
        assert str(new_diary.location.path) in app.text.replace("\n   ", "")
        await app.press("down")
        assert "↑↓ choose ↵ open u undo" in app.words


async def test_an_invalid_settings_file_is_reported_at_the_start(
    open_app: OpenApp, new_diary: Diary
) -> None:
    read = LoadedSettings(Settings(), ("Line 3 of the file is odd.",))
    async with open_app(read=read) as app:
        assert "Line 3 of the file is odd." in app.words


TO_GERMAN = ("right", "down", "enter", "right", "down", "enter")
"""On the row of the language: English, then Deutsch, each from the list."""


async def test_arrows_on_the_language_list_all_of_them(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    async with open_app() as app:
        await app.press("S", *["down"] * 7, "left")
        for language in ("English", "Deutsch", "Español"):
            assert language in app.dialog_words
        await app.press("escape")
        assert "system default" in app.line_with("Language")
        await app.press("question_mark")
        assert "Next value, or the list" in app.line_with("→ space")


async def test_another_language_is_used_at_once_and_saved(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    # Clears the notification instead of waiting until it expires.
    monkeypatch.setattr("tracker.tui.app.MIN_NOTICE_SECONDS", 600)
    async with open_app() as app:
        await app.press("S", *["down"] * 7)
        assert "system default" in app.line_with("Language")
        await app.press(*TO_GERMAN)
        assert "Neue Namen: Umarmung, Lachen" in app.words
        await app.press("down", "enter", "u")
        undone = 'Undid: the setting "Language". It was Deutsch; now it\'s English.'
        await app.until(lambda: undone in app.words)
        await app.press("ctrl+r")
        redone = "Wiederholt: die Einstellung „Sprache“. Vorher: English, jetzt: Deutsch."
        await app.until(lambda: redone in app.words)
        app.app.clear_notifications()
        assert "Deutsch" in app.line_with("Sprache   ")
        assert "rückgängig" in app.text
        assert read_settings().settings.language == "de"
        await app.press("escape")
        assert "Wie ruhig warst du heute, alles in allem?" in app.text
        assert "Gestern: Hug, Laughter" in app.text
        await app.press("h")
        assert "Umarmung" not in app.text, "what is in the diary keeps its name"
        await app.press("S", "up", "up")
        assert "Sprache" in app.text


async def test_a_reminder_is_set_changed_and_removed(
    open_app: OpenApp, new_diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "sh"):
        (folder / name).symlink_to(str(shutil.which(name)))
    (folder / "crontab").write_text(f"#!{folder}/sh\n{CRONTAB}")
    (folder / "crontab").chmod(0o700)
    monkeypatch.setenv("PATH", str(folder))
    async with open_app() as app:
        await app.press("S", *["down"] * 8)
        assert "off" in app.line_with("Evening reminder")
        await app.press("enter")
        await app.type("late")
        await app.press("enter")
        assert '"late" isn\'t a time of day.' in app.text
        await app.press(*["backspace"] * 4)
        await app.type("9:30 pm")
        await app.press("enter")
        assert "The reminder is set for 21:30, using your computer's own timer, cron." in app.words
        assert "21:30" in app.line_with("Evening reminder")
        assert str(new_diary.location.path) in (folder / "crontab.tab").read_text("utf-8")
        await app.press("enter", *["backspace"] * 5, "enter")
        assert "Removed the reminder." in app.text
        assert "off" in app.line_with("Evening reminder")
        (folder / "crontab").chmod(0o600)
        await app.press("u")
        assert '"calmtrack nudge" each evening.' in app.words
        assert "off" in app.line_with("Evening reminder")
        (folder / "crontab").chmod(0o700)
        await app.press("u")
        assert 'Undid: the setting "Evening reminder". It was off; now it\'s 21:30.' in app.words
        await app.press("u", "ctrl+r")
        assert 'Redid: the setting "Evening reminder". It was off; now it\'s 21:30.' in app.words
        assert str(new_diary.location.path) in (folder / "crontab.tab").read_text("utf-8")


async def test_clearing_a_hidden_score_does_not_name_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    new_diary.rate(7)
    async with open_app(read=LoadedSettings(Settings(quiet=True))) as app:
        await app.press("backspace")
        assert "Calm: cleared." in app.text
        assert "It was 7" not in app.text


async def test_u_outside_settings_names_a_setting_that_was_changed_last(
    open_app: OpenApp, new_diary: Diary
) -> None:
    def hugs() -> int | None:
        return new_diary.day().practices[0].amount

    async with open_app() as app:
        for screen in ("T", "P"):
            await app.press("T", "h", "S", *["down"] * 2, "right", screen, "u")
            assert "Your last change was in Settings. To undo it, press S, then u." in app.words
            assert hugs() == 1
            await app.press("S", "u")
            assert app.app.theme == "calmtrack-night"
            await app.press("T", "u")
            assert not hugs()
        await app.press("h", "S", *["down"] * 2, "right", "T", "u", "u")
        assert not hugs()
        await app.press("S", "left", "T", "h", "u")
        assert not hugs()
        # What was undone in Settings is no last change.
        await app.press("h", "S", *["down"] * 2, "right", "u", "T", "u")
        assert not hugs()


async def test_a_change_undone_elsewhere_cannot_be_undone_in_settings(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", *["down"] * 2, "right")
        assert app.app.theme == "calmtrack-day"
        await app.press("up", "right")
        assert new_diary.settings().week_starts_on == 1
        await app.press("T", "h", "S", "u")
        assert "The last change in your diary wasn't in Settings: Hug" in app.words
        assert new_diary.settings().week_starts_on == 1
        await app.press("T", "u", "u")
        assert new_diary.settings().week_starts_on == 0
        await app.press("S", "u")
        assert app.app.theme == "calmtrack-night"


async def test_support_messages_can_be_edited_and_reset(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", *["down"] * 9, "enter")
        assert "While all fields are empty, the menu (ctrl+p) shows: You don't" in app.words
        await app.type("Call Anna, any time")
        await app.press("down")
        await app.type("Tea, then bed")
        await app.press("enter")
        assert "Your messages are shown instead of calmtrack's own." in app.words
        assert "2 of your own" in app.line_with("Support messages")
        assert new_diary.support.own_lines() == ("Call Anna, any time", "Tea, then bed")
        await app.press("enter", *"!")
        new_diary.support.set_lines(["Call Ben"])
        await app.press("enter")
        assert "These lines were changed somewhere else meanwhile." in app.words
        await app.press("escape")
        assert new_diary.support.own_lines() == ("Call Ben",)
        new_diary.undo()
        await app.press("u")
        assert "Undid: changes to your support messages." in app.text
        assert "calmtrack's own" in app.line_with("Support messages")
        await app.press("ctrl+r")
        new_diary.support.set_lines([])
        await app.until(lambda: "calmtrack's own" in app.line_with("Support messages"))


async def test_questions_for_notes_can_be_edited_and_undone(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", *["down"] * 6, "enter")
        assert "While all fields are empty, calmtrack asks" in app.words
        await app.type("What was new?")
        await app.press("down")
        await app.type("Who called?")
        await app.press("enter")
        assert "Your questions are saved." in app.text
        assert "2 questions" in app.line_with("Your own questions")
        assert new_diary.prompts.own() == ("What was new?", "Who called?")
        await app.press("enter", *["backspace"] * 13, "enter")
        assert new_diary.prompts.own() == ("Who called?",)
        await app.press("u")
        assert "Undid: changes to your questions for notes." in app.text
        assert 'It was "Who called?"; now it\'s "What was new?", "Who called?".' in app.words
        assert "2 questions" in app.line_with("Your own questions")


async def test_a_form_says_what_its_empty_fields_mean(open_app: OpenApp, new_diary: Diary) -> None:
    new_diary.prompts.add(["What was new?"])
    new_diary.support.set_lines(["Call Anna."])
    async with open_app() as app:
        await app.press("S", *["down"] * 6, "enter", *["backspace"] * 13, "enter")
        assert "calmtrack asks its own questions again." in app.text
        await app.press("down", "down", "down", "enter", *["backspace"] * 10, "enter")
        assert "calmtrack shows its own messages again." in app.text
        await app.press("u")
        assert "It was calmtrack's own; now it's \"Call Anna.\"." in app.words
        # Saved as they are, the fields change nothing and say nothing.
        await app.press("enter", "enter")
        assert "saved" not in app.words.replace("Saved in your diary", "")
        await app.press("u")
        assert "Undid: changes to your questions for notes." in app.text
    assert (new_diary.prompts.own(), new_diary.support.own_lines()) == (
        ("What was new?",),
        ("Call Anna.",),
    )


async def test_each_setting_says_what_it_was_and_is_now(
    open_app: OpenApp, new_diary: Diary, subtests: pytest.Subtests
) -> None:
    was_and_is = re.compile('(Undid|Redid): the setting ".+". It was (.+); now it\'s (.+?)[.]')
    async with open_app(60, 20) as app:
        await app.press("S")
        screen = app.app.screen
        assert isinstance(screen, SettingsScreen)
        for row in screen.rows():
            if row.id != "language" and row.can_change:
                with subtests.test(row=row.id):
                    await app.press("right", "right")
                    changes = []
                    for key in ("u", "u", "ctrl+r", "ctrl+r", "u", "u"):
                        await app.press(key)
                        found = was_and_is.search(app.words)
                        assert found is not None, app.text
                        changes.append(found.groups())
                    (_, last, second), (_, _, first) = changes[:2]
                    assert changes[1:4] == [
                        ("Undid", second, first),
                        ("Redid", first, second),
                        ("Redid", second, last),
                    ]
                    assert changes[4:] == changes[:2]
                    assert first == row.value
            await app.press("down")


async def test_another_language_offers_to_rename_shipped_practices(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    new_diary.practices.edit("laughter", name="Giggling")
    new_diary.practices.edit("joy", question="What made you smile?")
    new_diary.coin_month.begin("nature-walk")
    new_diary.rate(7)
    async with open_app() as app:
        assert "Coin-flip month: " in app.text
        await app.press("S", *["down"] * 7, *TO_GERMAN)
        assert "Neue Namen: Umarmung, Spaziergang" in app.words
        assert "nur die Fragen ändern sich: Giggling" in app.words
        await app.press("enter")
        assert "7 Gewohnheiten umbenannt. 7 Fragen übersetzt." in app.text
        await app.press("escape")
        assert "Münzmonat: " in app.text
        assert "walk" not in app.text.casefold()
    names = {one.id: one.name for one in new_diary.practices.all()}
    assert (names["hug"], names["laughter"]) == ("Umarmung", "Giggling")
    joy = new_diary.practices.find("joy")
    assert (joy.name, joy.question) == ("Glücksmoment", "What made you smile?")
    assert new_diary.practices.find("laughter").question.startswith("Hast du heute")
    new_diary.undo()
    assert new_diary.practices.find("hug").name == "Hug"


async def test_undo_takes_back_the_new_names_and_then_the_language(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    new_diary.rate(7)
    async with open_app() as app:
        await app.press("S", *["down"] * 7, *TO_GERMAN, "enter")
        assert new_diary.practices.find("hug").name == "Umarmung"
        await app.press("u")
        assert "Namen der Gewohnheiten" in app.words
        assert new_diary.practices.find("hug").name == "Hug"
        assert "Deutsch" in app.line_with("Sprache   ")
        await app.press("ctrl+r")
        assert new_diary.practices.find("hug").name == "Umarmung"
        await app.press("u", "u")
        await app.until(lambda: "English" in app.line_with("Language   "))
    assert new_diary.practices.find("hug").name == "Hug"


async def test_u_on_tonight_names_the_language_after_the_new_names_are_undone(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    async with open_app() as app:
        await app.press("h", "S", *["down"] * 7, *TO_GERMAN, "enter", "T", "u")
        assert new_diary.practices.find("hug").name == "Hug"
        await app.press("u")
        assert "Deine letzte Änderung war in den Einstellungen." in app.words
        assert new_diary.day().practices[0].amount == 1
        await app.press("u")
        assert not new_diary.day().practices[0].amount


async def test_u_names_no_setting_before_a_step_with_the_number_of_an_undone_one(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        await app.press("h", "l", "S", *["down"] * 2, "right", "T")
        elsewhere = Diary(new_diary.location, lambda: clock.now() + timedelta(minutes=1))
        elsewhere.undo()
        elsewhere.undo()
        elsewhere.log("good-talk")
        await app.press("u")
        assert "Your last change was in Settings." not in app.words
    assert not any(one.amount for one in new_diary.day().practices)


async def test_undo_leaves_a_setting_that_a_command_has_changed_since(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", *["down"] * 2, "right", "down", "right")
        assert read_settings().settings.quiet
        write_setting("theme", "nord")
        await app.until(lambda: "nord" in app.line_with("Colours"))
        await app.press("u")
        assert 'Undid: the setting "Calm scores".' in app.words
        await app.press("u")
        assert "Nothing to undo." in app.words
    assert read_settings().settings.theme == "nord"


async def test_u_names_a_setting_once_whatever_was_logged_and_undone_since(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("h", "S", *["down"] * 2, "right", "T", "l", "u", "u")
        assert "Your last change was in Settings." in app.words
        assert [one.amount for one in new_diary.day().practices[:2]] == [1, None]
        await app.press("l", "u", "u")
        assert new_diary.day().practices[0].amount is None


async def test_escape_goes_back_to_the_language_that_i_can_read(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    async with open_app() as app:
        await app.press("S", *["down"] * 7, *TO_GERMAN)
        assert "Auch die Gewohnheiten in der neuen Sprache benennen?" in app.words
        assert "Press esc to go back to English." in app.words
        await app.press("escape")
        undone = 'Undid: the setting "Language". It was Deutsch; now it\'s English.'
        await app.until(lambda: undone in app.words)
        assert "English" in app.line_with("Language   ")
        assert read_settings().settings.language == "en"
    assert three_weeks.practices.find("hug").name == "Hug"


async def test_another_language_offers_questions_alone_where_all_practices_were_renamed(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_current", {})
    for number, one in enumerate(new_diary.practices.all()):
        new_diary.practices.edit(one.id, name=f"Mine {number}")
    async with open_app() as app:
        await app.press("S", *["down"] * 7, *TO_GERMAN)
        assert "Neue Fragen: Mine 0, Mine 1" in app.words
        await app.press("enter")
        assert "8 Fragen übersetzt." in app.text
        assert "umbenannt" not in app.text
    assert new_diary.practices.find("Mine 1").question.startswith("Hast du heute")


async def test_what_another_program_sets_reaches_the_open_app(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    async with open_app() as app:
        await app.press("S", "down", "down", "down")
        assert "shown" in app.line_with("Calm scores")
        write_setting("quiet", value=True)
        write_setting("low_on_this_day", value=True)
        app.app._poll_file()
        await app.settle()
        assert "hidden" in app.line_with("Calm scores")
        assert app.app.settings == Settings(quiet=True, low_on_this_day=True)
        write_setting("animations", value=False)
        await app.press("S")
        app.app.change_setting("prompts", value=False)
        app.app._poll_file()
        await app.settle()
        assert app.app.settings == read_settings().settings
        assert not app.app.settings.animations
        assert not app.app.settings.prompts


async def test_a_settings_file_that_breaks_or_goes_leaves_scores_hidden(
    open_app: OpenApp, three_weeks: Diary
) -> None:
    write_setting("quiet", value=True)
    async with open_app(read=read_settings()) as app:
        for breaks in (lambda: settings_path().write_text("quiet = "), settings_path().unlink):
            breaks()
            app.app._poll_file()
            await app.settle()
            assert app.app.settings.quiet
