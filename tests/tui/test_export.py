"""`e` exports the diary: a chosen format and path, never over another file."""

from __future__ import annotations

import csv
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import some_cases
from tests.tui.conftest import OpenApp, sizes
from tests.tui.settling import TIMEOUT_SECONDS
from tracker.diary.diary import Diary
from tracker.tui.widgets.safe_input import SafeInput


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's home folder, the proposed folder for exports."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def names_in(folder: Path) -> list[str]:
    """The names in a folder, hidden ones too, without the diary's own files."""
    return sorted(found.name for found in folder.iterdir() if found.name != "home")


@pytest.mark.parametrize(("width", "height"), sizes((120, 40)))
async def test_the_dialog_with_all_formats(
    open_app: OpenApp,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with open_app(width, height) as app:
        await app.press("W", "e")
        golden(f"export_{width}x{height}", app.text)


async def test_the_whole_diary_as_json_into_the_proposed_file(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("e", "down", "down", "enter")
        await app.until(lambda: "Exported" in app.text)
        assert "The file isn't encrypted" in app.words
    assert json.loads((home / "calmtrack-2026-11-24.json").read_text("utf-8"))["calmtrack"] == 1


async def test_every_entry_as_csv_as_it_is_proposed(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("W", "e", "enter")
        await app.until(lambda: "Exported" in app.text)
        assert "It doesn't contain goals, letters, questions or archive dates." in app.words
        assert "For a complete copy, choose JSON." in app.words
    written = (home / "calmtrack-2026-11-24.csv").read_bytes()
    assert written.startswith(b"day,kind,practice,name,unit,amount,state,note,logged_at\r\n")


async def test_days_and_a_zip_for_loop(open_app: OpenApp, three_weeks: Diary, home: Path) -> None:
    async with open_app() as app:
        await app.press("e", "down", "enter")
        await app.until(lambda: "Exported" in app.text)
        assert "It doesn't contain names, units, goals, letters, questions" in app.words
        await app.press("e", "down", "down", "down", "enter")
    days = (home / "calmtrack-days-2026-11-24.csv").read_text("utf-8").splitlines()
    assert days[0].startswith("day,weekday,calm,")
    assert zipfile.is_zipfile(home / "calmtrack-loop-2026-11-24.zip")


@pytest.mark.parametrize(
    ("screen_key", "name", "first"),
    some_cases(
        [
            ("W", "calmtrack-2026-11-23-to-2026-11-29.csv", "2026-11-23"),
            ("Y", "calmtrack-2026-01-01-to-2026-12-31.csv", "2026-11-03"),
        ],
        1,
    ),
)
async def test_only_the_data_on_the_screen_is_exported(
    open_app: OpenApp, three_weeks: Diary, home: Path, screen_key: str, name: str, first: str
) -> None:
    async with open_app() as app:
        await app.press(screen_key, "e", "down", "enter")
        await app.until(lambda: "Exported" in app.text)
        assert "doesn't contain" not in app.text
    with (home / name).open(encoding="utf-8", newline="") as file:
        days = [row["day"] for row in csv.DictReader(file)]
    assert min(days) == first


@pytest.mark.thorough
async def test_it_opens_from_the_practices_screen_too(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("P", "e", "enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv"]


async def test_after_midnight_the_proposed_name_has_the_day_on_the_screen(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T02:30:00+01:00")
    async with open_app() as app:
        assert "Tuesday 24 November" in app.lines[0]
        await app.press("e")
        assert "calmtrack-2026-11-24.csv" in app.text


async def test_a_typed_name_stays_and_its_extension_follows_the_format(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("e", *["backspace"] * len("calmtrack-2026-11-24.csv"))
        await app.type("mine.csv")
        await app.press("down", "down")
        assert "~/mine.json" in app.text
        await app.press("enter")
    assert names_in(home) == ["mine.json"]


async def test_an_existing_file_is_never_overwritten(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    (home / "calmtrack-2026-11-24.csv").write_text("mine")
    async with open_app() as app:
        await app.press("e")
        assert "~/calmtrack-2026-11-24-2.csv" in app.text
        await app.press(*["left"] * 4, *["backspace"] * 2, "enter")
        assert "already exists, so nothing was written." in app.words.replace("│ │ ", "")
        assert "--force" not in app.text
        await app.press("b", "enter")
        await app.until(lambda: "Exported" in app.text)
    assert (home / "calmtrack-2026-11-24.csv").read_text() == "mine"
    assert names_in(home) == ["calmtrack-2026-11-24.csv", "calmtrack-2026-11-24b.csv"]


async def test_a_name_that_ends_as_another_format_is_refused(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("e", *["backspace"] * 3)
        await app.type("json")
        await app.press("enter")
        assert "Choose one that ends in .csv, or the other format above." in app.words.replace(
            "│ │ ", ""
        )
        await app.press(*["backspace"] * 4)
        await app.type("xlsx")
        await app.press("enter")
        assert "calmtrack doesn't write .xlsx files." in app.words.replace("│ │ ", "")
        assert "--excel" not in app.text
    assert names_in(home) == []


async def test_a_file_name_typed_on_the_import_screen_writes_no_file(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("I")
        await app.type("edit.csv")
        await app.press("enter")
        assert "Choose a name that has .csv only once." in app.words.replace("│ │ ", "")
    assert names_in(home) == []


async def test_a_sentence_typed_where_no_note_was_open_writes_no_file(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.type("New year with Mia")
        await app.press("enter")
        assert "Nothing was written yet. Choose a name that ends in .csv." in app.words.replace(
            "│ │ ", ""
        )
        await app.press("escape")
    assert names_in(home) == []


async def test_a_second_export_on_the_same_day_gets_another_name(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        for _ in range(2):
            await app.press("e", "enter")
            await app.until(lambda: "Exported" in app.text)
        await app.press("e", "down")
        assert "~/calmtrack-days-2026-11-24.csv" in app.text
        await app.press("up")
        assert "~/calmtrack-2026-11-24-3.csv" in app.text
    assert names_in(home) == ["calmtrack-2026-11-24-2.csv", "calmtrack-2026-11-24.csv"]


@pytest.mark.thorough
async def test_an_unknown_home_folder_is_reported(open_app: OpenApp, three_weeks: Diary) -> None:
    async with open_app() as app:
        await app.press("e", "home", "delete")
        await app.type("~nobody_of_this_name")
        await app.press("enter")
        assert "on this computer." in app.words
        assert '"~nobody_of_this_name/calmtrack' in app.text


@pytest.mark.thorough
async def test_everything_can_be_clicked(open_app: OpenApp, three_weeks: Diary, home: Path) -> None:
    async with open_app() as app:
        await app.press("e")
        await app.click("The whole diary as JSON")
        await app.click("↵ export")
        await app.until(lambda: "Exported" in app.text)
        await app.press("e")
        await app.click("esc")
        assert "Export your diary" not in app.text
    assert names_in(home) == ["calmtrack-2026-11-24.json"]


async def test_escape_cancels_the_export_and_leaves_no_partial_file(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    go_on = threading.Event()
    async with open_app() as app:
        # The diary's thread is blocked when escape is pressed.
        app.app.diary_worker.submit(
            lambda _: go_on.wait(TIMEOUT_SECONDS), lambda _: None, lambda _: None
        )
        await app.pilot.press("e", "enter")
        await app.until(lambda: "0 rows   escape to cancel" in app.text)
        await app.click_only("escape to cancel")
        go_on.set()
        await app.settle()
        assert "Cancelled. Nothing was saved." in app.text
        assert "escape to cancel" not in app.text
        assert names_in(home) == []
        await app.press("enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv"]


@pytest.mark.thorough
@pytest.mark.any_day
async def test_an_export_of_the_whole_diary_is_named_after_the_day_it_is_written(
    open_app: OpenApp, three_weeks: Diary, home: Path
) -> None:
    async with open_app() as app:
        await app.press("Y", "left", "left", "left", "e", "enter")
        await app.press("T", "left", "e", "down", "enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv", "calmtrack-days-2026-11-24.csv"]


async def test_a_missing_home_folder_is_reported_in_one_sentence(
    open_app: OpenApp, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    async with open_app(120, 40) as app:
        await app.press("e")
        field = app.app.screen.query_one(SafeInput)
        assert field.value == f"{tmp_path}/calmtrack-2026-11-24.csv"
        field.value = "~nosuchuser/calmtrack-2026-11-24.csv"
        await app.press("down", "enter")
        await app.until(lambda: "starts with a home folder" in app.text)
