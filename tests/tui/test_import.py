"""`I`: choose a file, preview it, import it, undo it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events

from tests.effort import some_of
from tests.importers.factories import everything
from tests.importers.test_other_trackers import SAMPLES
from tests.tui.conftest import AppDriver, OpenApp, sizes
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.models import Entry
from tracker.settings import with_setting
from tracker.tui.screens.import_screen import FileTree, ImportScreen


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's home folder, with files of other trackers in it."""
    home = tmp_path / "me"
    (home / "old").mkdir(parents=True)
    shutil.copy(SAMPLES / "daylio/MichaelCurrin/sample_multiple_moods.csv", home / "daylio.csv")
    shutil.copy(SAMPLES / "loop/loop_habits_csv_v2.3.1.zip", home / "old" / "loop.zip")
    for name in ("habits", "log"):
        shutil.copy(SAMPLES / "harsh" / name, home / "old" / name)
    (home / ".hidden").write_text("")
    monkeypatch.setenv("HOME", str(home))
    return home


async def until(app: AppDriver, text: str) -> None:
    """Waits until a text is on the screen: folders are read in a worker."""
    await app.until(lambda: text in app.words)
    await app.settle()


async def choose_file(app: AppDriver, path: str) -> None:
    """Opens Import and types a path there."""
    await app.press("I", "slash")
    await app.type(path)
    await app.press("enter")


def without(text: str, path: Path) -> str:
    """The screen's text without a temporary path."""
    return "\n".join(
        line[:3] + "~" + line.split(path.name, 1)[1] if f"{path.name}" in line[:90] and "/" in line
        else line
        for line in text.split("\n")
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_files_and_the_preview_of_one(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    home: Path,
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("I")
        await until(app, "daylio.csv")
        golden(f"import_files_{width}x{height}", without(app.text, home))
        await app.press("down", "enter")
        await until(app, "What calm score")
        golden(f"import_moods_{width}x{height}", without(app.text, home))
        await app.press("escape")
        golden(f"import_report_{width}x{height}", without(app.text, home))


async def test_moods_get_scores_the_file_is_imported_and_u_undoes_it(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.press("down", "enter")
        await until(app, "What calm score")
        # OK, Refreshed, good, ok but sleepy, bad, Anxious, and the activities.
        await app.press("6", "down", "1", "0", "down", "down", "right", "left")
        await app.press("down", "down", "down", "space", "enter")
        assert "Preview: this would add 11 new entries." in app.words
        assert "Nothing has been changed yet. Press enter to import." in app.words
        assert new_diary.day(date(2021, 5, 12)).calm is None
        await app.press("enter")
        assert "Imported 11 new entries." in app.words
        assert "Press u to undo the import." in app.words
        assert new_diary.day(date(2021, 5, 12)).calm == 6
        assert new_diary.day(date(2020, 8, 31)).calm == 10
        assert new_diary.day(date(2020, 8, 25)).calm == 4
        # Its other mood, Anxious, has no score.
        assert new_diary.day(date(2020, 7, 21)).calm is None
        assert "good meal" in [practice.name for practice in new_diary.practices.all()]
        await app.press("u")
        assert "Undid: import from daylio.csv" in app.words
        assert "New in your list" not in app.text
        assert new_diary.day(date(2021, 5, 12)).calm is None
        assert "ctrl+r redo" in app.words
        assert "u undo" not in app.words
        assert "scroll" not in app.words
        await app.press("ctrl+r")
        assert "Redid: import from daylio.csv" in app.words
        assert "u undo" in app.words


async def test_a_files_name_that_is_typed_without_a_slash_undoes_nothing(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    """The u of "stimmung.csv" took back the last log."""
    (home / "days.csv").write_text("day,calm\n2026-11-20,7\n")
    new_diary.log("hug", amount=3)
    async with open_app() as app:
        await app.press("I", "u")
        no_import = "There's no import to undo here. To undo your last change, press T, then u."
        assert no_import in app.words
        await app.press("ctrl+r")
        assert "There's no import to redo here." in app.words
        await app.press("slash")
        await app.type("days.csv")
        await app.press("enter")
        await until(app, "would add 1 new entry")
        await app.press("enter", "u")
        assert "Undid: import from days.csv" in app.words
        await app.press("u")
        assert no_import in app.words
        assert new_diary.day().practices[0].amount == 3
        await app.press("ctrl+r")
        assert "Redid: import from days.csv" in app.words


async def test_m_opens_the_table_again_with_the_previous_scores(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.press("down", "enter")
        await until(app, "What calm score")
        await app.press("6", "enter", "m")
        assert "6" in app.line_with("  OK  ")
        await app.press("up", "9", "backspace", "enter")
        assert "OK 6" in app.words


async def test_keys_that_do_nothing_move_nothing_and_are_answered_one_at_a_time(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "+ old")
        line = app.lines.index(app.line_with("+ old"))
        for key, character in {"h": "h", "m": "m", "8": "8", "D": "D", "full_stop": "."}.items():
            await app.press("y", key)
            assert "Choose a file or folder" in app.text
            assert app.lines.index(app.line_with("+ old")) == line
            assert f"{character} does nothing here. Press / to type a path." in app.words
            assert app.text.count("does nothing here") == 1


async def test_a_file_saved_meanwhile_is_listed_when_one_is_back(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.press("down", "enter")
        await until(app, "What calm score")
        (home / "from a preview.csv").write_text("")
        await app.press("escape", "escape")
        await until(app, "from a preview.csv")
        assert app.line_with("daylio.csv").startswith("   ›")
        (home / "from a terminal.csv").write_text("")
        for event in (events.AppBlur(), events.AppFocus()):
            app.app.post_message(event)
        await until(app, "from a terminal.csv")
        (home / "from a dialog.csv").write_text("")
        await app.press("question_mark", "escape")
        await until(app, "from a dialog.csv")
        (home / "from an error").mkdir()
        await app.press("home", "enter")
        await until(app, "isn't an export itself")
        await until(app, "+ from an error")


async def test_the_list_stays_while_nothing_is_saved_so_that_the_next_key_finds_its_file(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        tree = app.app.screen.query_one(FileTree)
        files = list(tree.root.children)
        await app.press("question_mark", "escape")
        for event in (events.AppBlur(), events.AppFocus()):
            app.app.post_message(event)
        await app.press("down")
        assert list(tree.root.children) == files


async def test_folders_open_with_the_arrows_and_a_zip_is_recognised(
    open_app: OpenApp, new_diary: Diary
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "+ old")
        assert ".hidden" not in app.text
        await app.press("right")
        await until(app, "loop.zip")
        await app.press("left")
        await until(app, "+ old")
        await app.press("right")
        await until(app, "loop.zip")
        await app.press("down", "down", "down", "enter")
        await until(app, "Preview: ")
        assert "(Loop Habit Tracker)" in app.text
        await app.press("escape")
        assert "Choose a file" in app.text
        await app.press("escape")
        assert "how calm did you feel" in app.text
    assert [p.name for p in new_diary.practices.all()][:2] == ["Hug", "Laughter"]
    assert len(new_diary.practices.all()) == 8


@pytest.mark.parametrize("how", some_of(["keys", "mouse"], 1))
async def test_a_whole_folder_is_imported(
    open_app: OpenApp, new_diary: Diary, golden: Callable[[str, str], None], home: Path, how: str
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "+ old")
        await (app.press("enter") if how == "keys" else app.click("+ old"))
        await until(app, "loop.zip")
        shown = app.lines
        assert shown[2].endswith("/old")
        golden("import_folder_80x24", "\n".join([*shown[:2], "   ~/old", *shown[3:], ""]))
        await (app.press("enter") if how == "keys" else app.click("this whole folder"))
        await until(app, "would add 19 new entries")
        assert "(harsh)" in app.text
        await (app.press("enter") if how == "keys" else app.click("↵ import"))
        assert "Imported 19 new entries." in app.words
        await app.press("u", "escape")
        assert "this whole folder" in app.text
    assert len(new_diary.practices.all()) == 8


async def test_a_folder_without_known_files_is_reported_and_stays_visible(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "empty").mkdir()
    async with open_app() as app:
        await app.press("I")
        await until(app, "+ empty")
        await app.press("enter")
        await until(app, "me/empty")
        assert "daylio.csv" not in app.text
        await app.press("enter")
        await until(app, "isn't an export itself. Nothing was imported.")
        assert "If there's one in it, choose that file." in app.words
        assert "me/empty" in app.lines[2]
        await app.press("left")
        await until(app, "+ empty")


async def test_left_goes_to_the_folder_above_with_the_cursor_on_the_one_left(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.press("left")
        await until(app, "+ me")
        assert app.lines[2].endswith(home.parent.name)
        await until(app, "› + me")
        await app.press("enter")
        await until(app, "daylio.csv")
        assert app.lines[2].endswith("/me")


async def test_a_path_can_be_typed_and_a_missing_one_is_reported(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    async with open_app() as app:
        await choose_file(app, "old/nothing")
        assert "Couldn't find" in app.text
        await app.press(*["backspace"] * len("nothing"))
        await app.type("log")
        await app.press("enter")
        assert "(harsh)" in app.text
        await app.press("enter")
        assert "Imported 19 new entries." in app.words
        await app.press("escape", "slash")
        await app.type("old")
        await app.press("enter")
        await until(app, "loop.zip")


@pytest.mark.parametrize(
    "form", ["{path}", "'{path}'", "~/a b", "{bare}", "{url}", "{escaped}", "{bare_escaped}"]
)
async def test_a_whole_path_typed_behind_the_folder_counts_alone(
    open_app: OpenApp, new_diary: Diary, home: Path, form: str
) -> None:
    path = home / "a b"
    path.write_text("hello")
    bare = str(path).removeprefix("/")  # Its slash opened the field.
    escaped, bare_escaped = (text.replace(" ", "\\ ") for text in (str(path), bare))
    forms = {"path": path, "bare": bare, "escaped": escaped, "bare_escaped": bare_escaped}
    async with open_app() as app:
        await choose_file(app, form.format(**forms, url=path.as_uri()))
        await until(app, "calmtrack can't tell which app made a b. Where is it from?")


async def test_a_long_file_name_is_cut_in_its_middle_without_a_scroll_bar(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    name = f"export-{'of-everything-' * 8}2026-11-24.csv"
    (home / name).write_text("")
    (home / "new").mkdir()
    (home / "new" / name).write_text("")
    (home / f"{'日' * 70}.csv").write_text("")
    async with open_app(80, 24) as app:
        await app.press("I")
        await until(app, "export-of")
        tree = app.app.screen.query_one(FileTree)
        for width, height in ((80, 24), (60, 20), (150, 30), (60, 18)):
            await app.resize(width, height)
            is_cut = width < 130
            assert app.line_with("export-of").rstrip().endswith("2026-11-24.csv"), width
            assert ("…" in app.line_with("export-of")) == is_cut, width
            assert len(app.line_with("export-of")) <= width
            assert app.line_with("日").rstrip().endswith("日.csv")
            assert not tree.show_horizontal_scrollbar
        await app.press("right")
        await app.until(lambda: app.text.count("export-of") == 2)
        lines = [line for line in app.lines if "export-of" in line]
        assert all("…" in line and line.rstrip().endswith("24.csv") for line in lines)
        assert not tree.show_horizontal_scrollbar
        await app.press("down", "down", "down", "down")
        assert "this whole folder" in app.text
        assert app.line_with("this whole folder").startswith("   ")


async def test_a_file_of_no_known_tracker_is_reported_in_one_sentence(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "a").write_bytes(b"\xff\xfe\x00")
    async with open_app() as app:
        await app.press("I", "slash", "a", "enter")
        await until(app, "isn't UTF-8 text. Nothing was imported.")


async def test_the_app_asks_which_tracker_wrote_an_ambiguous_file(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "a").write_text("hello")
    async with open_app() as app:
        await app.press("I", "slash", "a", "enter")
        await until(app, "calmtrack can't tell which app made a. Where is it from?")
        assert "› A table of days and habits" in app.text
        assert "Habitica" in app.text
        await app.press("escape")
        assert "Choose a file" in app.text
        await app.press("slash", "a", "enter")
        await until(app, "Where is it from")
        await app.press("enter")
        assert "Nothing was imported." in app.words


async def test_a_file_that_is_not_of_the_chosen_app_says_so_in_the_words_of_the_list(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "a").write_text("hello")
    async with open_app() as app:
        await app.press("I", "slash", "a", "enter")
        await until(app, "Where is it from")
        await app.click("Beaver Habits")
        await until(
            app,
            "a doesn't look like an export of Beaver Habits. Nothing was imported. Choose the "
            'file again, then another app or "A table of days and habits".',
        )
        assert "email" not in app.text


TABLE = "Day,Walk,Hug,mood\n3/4/2026,x,2,4\n5/4/2026,no,3,5\n"


@pytest.mark.parametrize(("width", "height"), sizes((60, 20)))
async def test_the_columns_of_a_spreadsheet_are_chosen(
    open_app: OpenApp,
    new_diary: Diary,
    golden: Callable[[str, str], None],
    home: Path,
    width: int,
    height: int,
) -> None:
    (home / "table.csv").write_text(TABLE)
    async with open_app(width, height) as app:
        await choose_file(app, "table.csv")
        await until(app, 'Which day is "3/4/2026" in this file?')
        await app.press("enter")
        await until(app, "What's the highest possible score")
        await app.press("1", "enter")
        assert "Type a whole number from 2 to 1000." in app.words
        await app.press("backspace", "5", "enter")
        assert "Walk (new): 2 days, 3 – 5 April 2026." in app.words
        await app.press("p")
        golden(f"import_match_{width}x{height}", without(app.text, home))
        # March, a scale of 6, no mood, Walk as Hug, Hug as a new practice.
        await app.press("right", "down", "right", "down", "right", "down", "right", "down", "left")
        assert "new: Hug 2" in app.text
        await app.press("left", "backspace", "left", "enter")
        assert "mood: 2 rows left out, as you chose." in app.words
        assert "Hug 2 (new): 2 days, 4 March – 4 May 2026" in app.words
        await app.press("enter")
        assert "Imported 4 new entries." in app.words
    assert [(p.amount, p.day.month) for p in entries_named(new_diary, "hug-2")] == [(2, 3), (3, 5)]
    assert [(p.amount, p.day.month) for p in entries_named(new_diary, "hug")][:2] == [
        (1, 3),
        (0, 5),
    ]


async def test_a_column_of_text_can_become_the_note(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "table.csv").write_text("Date,Calm,Remarks\n2026-11-01,7,by the lake\n")
    async with open_app() as app:
        await choose_file(app, "table.csv")
        await until(app, "Where is it from?")
        await app.press("enter")
        assert "To import a column of text as your note, press p before" in app.words
        await app.press("p", "down", "right", "enter")
        assert "1 with a score, 1 with a note." in app.words
        await app.press("p", "down", "left", "enter")
        assert "Remarks: 1 row left out, as you chose." in app.words
        await app.press("p", "down", "right", "enter", "enter")
        assert "Imported 1 new entry." in app.words
    with new_diary.stream() as (_rows, _entries, evenings):
        assert [one.note for one in evenings if one.note] == ["by the lake"]


async def test_a_column_added_to_the_days_layout_is_left_out(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "days.csv").write_text("day,calm,hug,weekno\n2026-11-20,7,2,47\n")
    async with open_app() as app:
        await choose_file(app, "days.csv")
        await until(app, "Weekno (new): 1 day")
        assert "If it isn't one, press p before you import to leave it out." in app.words
        await app.press("p")
        assert "For each column, choose whether it becomes a practice." in app.words
        assert "new: Weekno" in app.line_with("› weekno")
        await app.press("right", "enter")
        assert 'The column "weekno" is left out, as you chose.' in app.words
        await app.press("p", "right", "enter")
        assert "Weekno (new): 1 day" in app.words
        await app.press("p", "left", "enter", "enter")
        assert "Imported 2 new entries." in app.words
        await app.press("u", "escape", "slash")
        await app.type("days.csv")
        await app.press("enter")
        await until(app, "Weekno (new): 1 day")
        await app.press("enter")
        assert 'The column "weekno" became a practice.' in app.words
        assert "undo the import, and press p before you import the file again." in app.words
        await app.press("u")
    assert "weekno" not in {practice.id for practice in new_diary.practices.all()}


async def test_a_column_added_to_the_days_layout_has_one_name(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "days.csv").write_text("day,weekday,calm,KW\n2026-11-20,Friday,7,47\n")
    async with open_app() as app:
        await choose_file(app, "days.csv")
        await until(app, "KW (new): 1 day")
        await app.press("p")
        assert "new: KW" in app.line_with("› KW")


async def test_only_one_column_is_calm_and_the_other_is_seen_to_become_a_practice(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "mine.csv").write_text("Day,Calm,Coffee\n2026-11-20,4,2\n2026-11-21,5,1\n")
    async with open_app() as app:
        await choose_file(app, "mine.csv")
        await until(app, "What's the highest possible score")
        await app.press("1", "0", "enter")
        await until(app, "p match")
        await app.press("p", "end", "left", "left")
        assert "calm" in app.line_with("› Coffee")
        assert "new: Calm" in app.line_with("  Calm  ")
        await app.press("left")
        assert "calm" in app.line_with("  Calm  ")
        await app.press("right", "enter")
        await until(app, "Calm (new)")


async def test_the_practices_of_an_unchanged_export_need_no_matching(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    (home / "days.csv").write_text("day,calm,hug\n2026-11-20,7,2\n")
    async with open_app() as app:
        await choose_file(app, "days.csv")
        await until(app, "Hug (already in your diary): 1 day")
        await app.press("p")
        assert "This file is calmtrack's own, so its practices are matched already." in app.words


async def test_a_practice_named_new_is_not_the_choice_of_a_new_one(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    new_diary.practices.add("New")
    (home / "table.csv").write_text("Day,Walk\n2026-04-03,x\n")
    async with open_app() as app:
        await choose_file(app, "table.csv")
        await until(app, "Walk (new): 1 day")
        await app.press("p")
        assert "new: Walk" in app.line_with("› Walk")
        await app.press("enter", "enter")
        assert "Imported 1 new entry." in app.words
        assert "T tonight" in app.words
    assert "Walk" in [practice.name for practice in new_diary.practices.all()]


async def test_the_preview_names_a_word_that_finds_the_new_practice_in_commands(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    new_diary.practices.edit("hug", name="Cuddles", key="c")
    (home / "table.csv").write_text("Day,Hüg\n2026-04-03,x\n", encoding="utf-8")
    async with open_app() as app:
        await choose_file(app, "table.csv")
        await until(app, "Hüg (new): 1 day")
        for keys in ([], ["enter"]):
            await app.press("up", *keys)
            assert 'In commands, "hug" means Hüg. For Cuddles, type "cuddles".' in app.words


async def test_escape_after_a_refused_file_stays_and_the_folder_is_remembered(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    school = home / "school"
    school.mkdir()
    (school / "bad.csv").write_text("day,calm\n2026-11-02,eleven\n")
    async with open_app() as app:
        await choose_file(app, "school")
        await until(app, "bad.csv")
        await app.press("down", "enter")
        assert '"eleven" isn\'t a whole number.' in app.words
        await app.press("escape")
        assert "eleven" not in app.words
        await until(app, "bad.csv")
        await app.press("escape")
        assert "Import" not in app.text.split("\n")[0]
        await app.press("I")
        await until(app, "bad.csv")
        school.rename(home / "moved")
        await app.press("escape", "I")
        await until(app, "daylio.csv")


async def test_f_uses_the_entries_of_the_file_or_keeps_those_of_the_diary(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    day = new_diary.today()
    new_diary.log("hug", day, amount=1)
    (home / "days.csv").write_text(f"day,calm,hug\n{day},,3\n")
    async with open_app() as app:
        await choose_file(app, "days.csv")
        assert "1 entry is different in your diary and stays as it is there." in app.words
        assert "Press f to use the file's entries instead." in app.words
        await app.press("enter")
        assert "To use the file's entries instead, open it again and press f" in app.words
        assert "calmtrack undo" not in app.words
        await app.press("escape", "slash", "ctrl+u")
        # A path without a folder is one in the folder that is shown.
        await app.type("days.csv")
        await app.press("enter", "f")
        assert "Preview: this would update 1 entry." in app.words
        await app.press("f")
        assert "f use the file's" in app.words
        await app.press("f", "enter")
        assert "Updated 1 entry." in app.words
        assert "keep yours" not in app.words
        assert [one.amount for one in entries_named(new_diary, "hug")] == [3]
        await app.press("escape", "slash")
        await app.type("days.csv")
        await app.press("enter", "f")
        assert "There's nothing to choose: the file has no entry" in app.words


async def test_the_key_for_the_files_entries_says_that_in_json_the_newest_win(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    new_diary.rate(8)
    export_json(new_diary, home / "laptop.json")
    new_diary.rate(7)
    async with open_app() as app:
        await app.press("I", "slash")
        await app.type("laptop.json")
        await app.press("enter", "f")
        assert "in calmtrack's own JSON, every entry says when it was changed" in app.words
    assert new_diary.day().calm == 7


async def test_a_long_summary_of_a_preview_ends_with_its_keys(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    day = new_diary.today()
    new_diary.log("hug", day, amount=1)
    new_diary.log("laughter", day)
    (home / "days.csv").write_text(
        f"day,calm,hug,laughter,sauna\n{day},,3,1,2\n{day + timedelta(days=2)},5,,,\n"
    )
    async with open_app(60, 20) as app:
        await choose_file(app, "days.csv")
        assert "Preview: this would add 2 new " in app.words
        assert "Press f to use the file's entries instead. Press enter to import." in app.words


def entries_named(diary: Diary, practice_id: str) -> list[Entry]:
    """The entries of a practice, by day."""
    return [one for one in everything(diary)[1] if one.practice_id == practice_id]


async def test_a_name_can_control_neither_the_terminal_nor_markup(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    for name in (b"\x1b]0;hello\x07.csv", b"[bold]x.csv", b"\xff.csv", "re\u202evsc.csv".encode()):
        with open(os.fsencode(home) + b"/" + name, "w") as file:  # noqa: PTH123  a name in bytes
            file.write("hello")
    async with open_app() as app:
        await app.press("I")
        await until(app, "[bold]x.csv")
        drawn = "".join(strip.text for strip in app.app.screen._compositor.render_strips())
        assert not set(drawn) & {"\x1b", "\x07", "\udcff", "\u202e"}
        await app.press("down", "down", "enter")
        await until(app, "Where is it from")


@pytest.mark.thorough
async def test_everything_can_be_clicked(open_app: OpenApp, new_diary: Diary, home: Path) -> None:
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.click("+ old")
        await until(app, "loop.zip")
        await app.click("parent folder")
        await until(app, "+ old")
        await app.click("type a path")
        assert "Which file or folder?" in app.text
        await app.press("escape")
        await app.click(home.name, nth=0)
        assert "Which file or folder?" in app.text
        await app.press("escape")
        await app.click("daylio.csv")
        await until(app, "What calm score")
        await app.click("Anxious")
        row = next(y for y, line in enumerate(app.lines) if "› Anxious" in line)
        for _ in range(2):
            await app.pilot.click(offset=(app.lines[row].rindex("›"), row))
            await app.settle()
        assert "6" in app.line_with("› Anxious")
        await app.click("↵ save")
        await app.click("m moods")
        await app.click("cancel")
        await app.click("↵ import")
        assert "Imported 5 new entries." in app.words
        await app.click("u undo")
        assert "Undid" in app.text
        await app.click("other file")
        assert "Choose a file" in app.text


@pytest.mark.thorough
async def test_a_long_report_scrolls_by_key_and_by_wheel(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    export_csv(three_weeks, home / "diary.csv", CsvOptions())
    for back in range(2, 20):
        three_weeks.log("hug", three_weeks.today().replace(day=back), amount=back)
    async with open_app() as app:
        await choose_file(app, "diary.csv")
        assert "(calmtrack)" in app.text
        shown = next(
            line for line in app.lines if line.startswith("   Hug (already in your diary)")
        )
        await app.press("down")
        assert shown not in app.lines
        await app.press("up")
        report = app.app.screen.query_one("ImportReport")
        report.post_message(events.MouseScrollDown(None, 1, 1, 0, 0, 0, False, False, False))
        await app.until(lambda: shown not in app.lines)
        await app.press("pageup")
        assert shown in app.lines
        await app.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "↑↓ scroll" in app.lines[-1]
        await app.resize(120, 60)
        assert "scroll" not in app.lines[-1]


async def test_escape_cancels_an_import_and_the_diary_is_unchanged(
    open_app: OpenApp, new_diary: Diary
) -> None:
    go_on = threading.Event()
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        await app.press("down", "enter")
        await until(app, "What calm score")
        await app.press("escape")
        app.app.diary_worker.submit(
            lambda _: go_on.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
        )
        await app.pilot.press("enter")
        await app.until(lambda: "0 rows   escape to cancel" in app.text)
        await app.pilot.press("T")
        assert "The import is running. Press escape to cancel it." in app.text
        await app.pilot.press("escape")
        go_on.set()
        await app.settle()
        assert "Cancelled. Nothing was saved." in app.text
    assert new_diary.day(date(2021, 5, 12)).calm is None


@pytest.mark.thorough
async def test_the_screen_can_be_closed_during_the_preview(
    open_app: OpenApp, new_diary: Diary
) -> None:
    go_on = threading.Event()
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        app.app.diary_worker.submit(
            lambda _: go_on.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
        )
        await app.pilot.press("down", "enter", "T")
        await app.until(lambda: "how calm did you feel" in app.text)
        go_on.set()
        await app.press("7")
        assert "Stopped" not in app.text
    assert new_diary.day().calm == 7


async def test_importing_a_file_twice_adds_nothing(open_app: OpenApp, new_diary: Diary) -> None:
    async with open_app() as app:
        for added in (5, 0):
            await app.press("I", "slash")
            await app.type("daylio.csv")
            await app.press("enter")
            await until(app, "What calm score")
            await app.press("escape", "enter")
            assert ("Imported 5 new entries." in app.words) == bool(added)
            assert ("Press u to undo the import." in app.words) == bool(added)
            assert ("u undo" in app.words) == bool(added)


async def test_hidden_scores_are_hidden_in_the_report(
    open_app: OpenApp, new_diary: Diary, home: Path
) -> None:
    export_csv(new_diary, home / "ours.csv", CsvOptions())
    async with open_app() as app:
        app.app.settings = with_setting(app.app.settings, "quiet", True)
        await app.press("I")
        screen = app.app.screen
        assert isinstance(screen, ImportScreen)
        assert screen._choices.hide_scores
        await app.press("slash")
        await app.type("ours.csv")
        await app.press("enter")
        assert "(calmtrack)" in app.text


@pytest.mark.thorough
async def test_it_is_drawn_in_ascii_too(
    open_app: OpenApp, new_diary: Diary, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with open_app() as app:
        await app.press("I")
        await until(app, "daylio.csv")
        assert app.text.isascii()
        assert ">   daylio.csv" not in app.text
        await app.press("down")
        assert ">   daylio.csv" in app.text
