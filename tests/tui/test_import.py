"""`I`: choose a file, see what it would bring, let it in, take it back."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.test_other_trackers import SAMPLES
from tests.tui.conftest import PATIENCE, Open, Sitting
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.settings import with_setting


@pytest.fixture(autouse=True)
def me(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's home, with files of other trackers in it."""
    me = tmp_path / "me"
    (me / "old").mkdir(parents=True)
    shutil.copy(SAMPLES / "daylio/MichaelCurrin/sample_multiple_moods.csv", me / "daylio.csv")
    shutil.copy(SAMPLES / "loop/loop_habits_csv_v2.3.1.zip", me / "old" / "loop.zip")
    for name in ("habits", "log"):
        shutil.copy(SAMPLES / "harsh" / name, me / "old" / name)
    (me / ".hidden").write_text("")
    monkeypatch.setenv("HOME", str(me))
    return me


async def until(evening: Sitting, text: str) -> None:
    """Waits until a text is on the screen: folders are read beside everything else."""
    await evening.until(lambda: text in evening.words)
    await evening.settle()


def without(text: str, path: Path) -> str:
    """A screen without a path that is another each time."""
    return "\n".join(
        line[:3] + "~" + line.split(path.name, 1)[1] if f"{path.name}" in line[:90] and "/" in line
        else line
        for line in text.split("\n")
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_the_files_and_what_one_would_bring(
    sit_down: Open,
    begun: Diary,
    golden: Callable[[str, str], None],
    me: Path,
    width: int,
    height: int,
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        golden(f"import_files_{width}x{height}", without(evening.text, me))
        await evening.press("down", "enter")
        await until(evening, "Which calm score")
        golden(f"import_moods_{width}x{height}", without(evening.text, me))
        await evening.press("escape")
        golden(f"import_report_{width}x{height}", without(evening.text, me))


async def test_moods_get_scores_the_file_comes_in_and_u_takes_it_back(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        await evening.press("down", "enter")
        await until(evening, "Which calm score")
        # OK, Refreshed, good, ok but sleepy, bad, Anxious, and the activities.
        await evening.press("6", "down", "1", "0", "down", "down", "right", "left")
        await evening.press("down", "down", "down", "space", "enter")
        assert "Would read 7 rows" in evening.words
        assert "Nothing was written." in evening.text
        assert begun.day(date(2021, 5, 12)).calm is None
        await evening.press("enter")
        assert "Read 7 rows" in evening.words
        assert "u takes it back." in evening.words
        assert begun.day(date(2021, 5, 12)).calm == 6
        assert begun.day(date(2020, 8, 31)).calm == 10
        assert begun.day(date(2020, 8, 25)).calm == 4
        assert begun.day(date(2020, 7, 21)).calm == 3
        assert "good meal" in [practice.name for practice in begun.practices.all()]
        await evening.press("u")
        assert "Undone: the import of daylio.csv" in evening.words
        assert "New in your list" not in evening.text
        assert begun.day(date(2021, 5, 12)).calm is None


async def test_m_opens_the_table_again_with_what_was_said(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        await evening.press("down", "enter")
        await until(evening, "Which calm score")
        await evening.press("6", "enter", "m")
        assert "6" in evening.line_with("  OK  ")
        await evening.press("up", "9", "backspace", "enter")
        assert "OK 6" in evening.words


async def test_folders_open_with_the_arrows_and_a_zip_is_recognised(
    sit_down: Open, begun: Diary
) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "+ old")
        assert ".hidden" not in evening.text
        await evening.press("right")
        await until(evening, "loop.zip")
        await evening.press("left")
        await until(evening, "+ old")
        await evening.press("right")
        await until(evening, "loop.zip")
        await evening.press("down", "down", "down", "enter")
        await until(evening, "Would read")
        assert "from Loop Habit Tracker" in evening.text
        await evening.press("escape")
        assert "Choose a file" in evening.text
        await evening.press("escape")
        assert "how calm did you feel" in evening.text
    assert [p.name for p in begun.practices.all()][:2] == ["Hug", "Laughter"]
    assert len(begun.practices.all()) == 8


@pytest.mark.parametrize("how", ["keys", "mouse"])
async def test_a_folder_comes_in_whole(
    sit_down: Open, begun: Diary, golden: Callable[[str, str], None], me: Path, how: str
) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "+ old")
        await (evening.press("enter") if how == "keys" else evening.click("+ old"))
        await until(evening, "loop.zip")
        shown = evening.lines
        assert shown[2].endswith("/old")
        golden("import_folder_80x24", "\n".join([*shown[:2], "   ~/old", *shown[3:], ""]))
        await (evening.press("enter") if how == "keys" else evening.click("this whole folder"))
        await until(evening, "Would read 19 rows")
        assert "from harsh" in evening.text
        await (evening.press("enter") if how == "keys" else evening.click("↵ import"))
        assert "Read 19 rows" in evening.words
        await evening.press("u", "escape")
        assert "this whole folder" in evening.text
    assert len(begun.practices.all()) == 8


async def test_a_folder_of_nothing_known_is_told_of_and_stays_in_view(
    sit_down: Open, begun: Diary, me: Path
) -> None:
    (me / "empty").mkdir()
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "+ empty")
        await evening.press("enter")
        await until(evening, "me/empty")
        assert "daylio.csv" not in evening.text
        await evening.press("enter", "enter", "down")
        assert "me/empty" in evening.lines[2]
        assert "nothing was imported" in evening.words.casefold()
        await evening.press("left")
        await until(evening, "+ empty")


async def test_left_goes_to_the_folder_above(sit_down: Open, begun: Diary, me: Path) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        await evening.press("left")
        await until(evening, "+ me")
        assert evening.lines[2].endswith(me.parent.name)


async def test_a_path_can_be_typed_and_one_that_is_not_there_is_told(
    sit_down: Open, begun: Diary, me: Path
) -> None:
    async with sit_down() as evening:
        await evening.press("I", "slash")
        await evening.type("old/nothing")
        await evening.press("enter")
        assert "could not be read" in evening.text
        await evening.press(*["backspace"] * len("nothing"))
        await evening.type("log")
        await evening.press("enter")
        assert "from harsh" in evening.text
        await evening.press("enter")
        assert "Read 19 rows" in evening.words
        await evening.press("escape", "slash")
        await evening.type("old")
        await evening.press("enter")
        await until(evening, "loop.zip")


async def test_what_is_no_file_of_a_tracker_is_told_in_one_sentence(
    sit_down: Open, begun: Diary, me: Path
) -> None:
    (me / "a").write_text("hello")
    (me / "b").write_bytes(b"\xff\xfe\x00")
    async with sit_down() as evening:
        for name in "ab":
            await evening.press("I", "slash", name, "enter")
            await until(evening, "Nothing was imported.")
            assert "a" in evening.text


async def test_a_name_can_neither_steer_the_terminal_nor_the_screen(
    sit_down: Open, begun: Diary, me: Path
) -> None:
    for name in (b"\x1b]0;hello\x07.csv", b"[bold]x.csv", b"\xff.csv", "re\u202evsc.csv".encode()):
        with open(os.fsencode(me) + b"/" + name, "w") as file:  # noqa: PTH123  a name in bytes
            file.write("hello")
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "[bold]x.csv")
        drawn = "".join(strip.text for strip in evening.app.screen._compositor.render_strips())
        assert not set(drawn) & {"\x1b", "\x07", "\udcff", "\u202e"}
        await evening.press("down", "down", "enter")
        await until(evening, "Nothing was imported.")


async def test_everything_can_be_clicked(sit_down: Open, begun: Diary, me: Path) -> None:
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        await evening.click("+ old")
        await until(evening, "loop.zip")
        await evening.click("folder above")
        await until(evening, "+ old")
        await evening.click("type a path")
        assert "Which file or folder?" in evening.text
        await evening.press("escape")
        await evening.click(me.name, nth=0)
        assert "Which file or folder?" in evening.text
        await evening.press("escape")
        await evening.click("daylio.csv")
        await until(evening, "Which calm score")
        await evening.click("Anxious")
        row = next(y for y, line in enumerate(evening.lines) if "› Anxious" in line)
        for _ in range(2):
            await evening.pilot.click(offset=(evening.lines[row].rindex("›"), row))
            await evening.settle()
        assert "6" in evening.line_with("› Anxious")
        await evening.click("keep")
        await evening.click("m moods")
        await evening.click("leave")
        await evening.click("↵ import")
        assert "Read 7 rows" in evening.words
        await evening.click("u undo")
        assert "Undone" in evening.text
        await evening.click("other file")
        assert "Choose a file" in evening.text


async def test_a_long_report_scrolls_by_key_and_by_click(
    sit_down: Open, three_weeks: Diary, me: Path
) -> None:
    export_csv(three_weeks, me / "diary.csv", CsvOptions())
    for back in range(2, 20):
        three_weeks.log("hug", three_weeks.today().replace(day=back), amount=back)
    async with sit_down() as evening:
        await evening.press("I", "slash")
        await evening.type("diary.csv")
        await evening.press("enter")
        assert "from calmtrack" in evening.text
        shown = next(line for line in evening.lines if "Line 3:" in line)
        await evening.press("down")
        assert shown not in evening.lines
        await evening.press("up")
        await evening.click("…", nth=-1)
        assert shown not in evening.lines
        await evening.press("pageup")
        assert shown in evening.lines
        await evening.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "…" not in evening.lines[-3]


async def test_escape_stops_an_import_and_the_diary_is_as_it_was(
    sit_down: Open, begun: Diary
) -> None:
    go_on = threading.Event()
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        await evening.press("down", "enter")
        await until(evening, "Which calm score")
        await evening.press("escape")
        evening.app.diary_worker.submit(
            lambda _: go_on.wait(PATIENCE), lambda _: None, lambda _: None
        )
        await evening.pilot.press("enter")
        await evening.until(lambda: "0 rows   escape stops it" in evening.text)
        await evening.pilot.press("T")
        assert "The file is being read; escape stops it." in evening.text
        await evening.pilot.press("escape")
        go_on.set()
        await evening.settle()
        assert "Stopped. Nothing was written." in evening.text
    assert begun.day(date(2021, 5, 12)).calm is None


async def test_leaving_while_it_only_looks_is_no_trouble(sit_down: Open, begun: Diary) -> None:
    go_on = threading.Event()
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        evening.app.diary_worker.submit(
            lambda _: go_on.wait(PATIENCE), lambda _: None, lambda _: None
        )
        await evening.pilot.press("down", "enter", "T")
        await evening.until(lambda: "how calm did you feel" in evening.text)
        go_on.set()
        await evening.press("7")
        assert "Stopped" not in evening.text
    assert begun.day().calm == 7


async def test_the_same_file_twice_is_once(sit_down: Open, begun: Diary) -> None:
    async with sit_down() as evening:
        for added in (5, 0):
            await evening.press("I", "slash")
            await evening.type("daylio.csv")
            await evening.press("enter")
            await until(evening, "Which calm score")
            await evening.press("escape", "enter")
            assert f"{added} added" in evening.words
            assert ("u takes it back." in evening.words) == bool(added)


async def test_where_scores_are_hidden_the_report_names_none(
    sit_down: Open, begun: Diary, me: Path
) -> None:
    export_csv(begun, me / "ours.csv", CsvOptions())
    async with sit_down() as evening:
        for hidden in (False, True):
            evening.app.settings = with_setting(evening.app.settings, "quiet", hidden)
            await evening.press("I", "slash")
            await evening.type("daylio.csv")
            await evening.press("enter")
            await until(evening, "Which calm score")
            await evening.press("escape")
            told = evening.line_with("Tuesday 21 July 2020")
            assert told.strip().endswith("one evening." if hidden else "one evening, 3.")
        await evening.press("escape", "slash")
        await evening.type("ours.csv")
        await evening.press("enter")
        assert "from calmtrack" in evening.text


async def test_in_plain_characters_too(
    sit_down: Open, begun: Diary, monkeypatch: pytest.MonkeyPatch, me: Path
) -> None:
    monkeypatch.setenv("CALMTRACK_ASCII", "1")
    async with sit_down() as evening:
        await evening.press("I")
        await until(evening, "daylio.csv")
        assert evening.text.isascii()
        assert ">   daylio.csv" not in evening.text
        await evening.press("down")
        assert ">   daylio.csv" in evening.text
