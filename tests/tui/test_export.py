"""`e` writes the diary to a file: what one chooses, where one says, and never over another."""

from __future__ import annotations

import csv
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.conftest import PATIENCE, Open
from tracker.diary.diary import Diary


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's home, where files are proposed."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too, but for the diary's own."""
    return sorted(found.name for found in folder.iterdir() if found.name != "home")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
async def test_all_there_is_to_choose(
    sit_down: Open,
    three_weeks: Diary,
    golden: Callable[[str, str], None],
    width: int,
    height: int,
) -> None:
    async with sit_down(width, height) as evening:
        await evening.press("W", "e")
        golden(f"export_{width}x{height}", evening.text)


async def test_the_whole_diary_as_json_into_the_proposed_file(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    async with sit_down() as evening:
        await evening.press("e", "down", "down", "enter")
        assert "Wrote" in evening.text
        assert "It is plain text" in evening.words
    assert json.loads((home / "calmtrack-2026-11-24.json").read_text("utf-8"))["calmtrack"] == 1


async def test_every_entry_as_csv_as_it_is_proposed(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    async with sit_down() as evening:
        await evening.press("W", "e", "enter")
        assert "Wrote" in evening.text
    written = (home / "calmtrack-2026-11-24.csv").read_bytes()
    assert written.startswith(b"day,kind,practice,name,unit,amount,state,note,logged_at\r\n")


async def test_days_and_a_zip_for_loop(sit_down: Open, three_weeks: Diary, home: Path) -> None:
    async with sit_down() as evening:
        await evening.press("e", "down", "enter")
        await evening.press("e", "down", "down", "down", "enter")
    days = (home / "calmtrack-days-2026-11-24.csv").read_text("utf-8").splitlines()
    assert days[0].startswith("day,weekday,calm,")
    assert zipfile.is_zipfile(home / "calmtrack-loop-2026-11-24.zip")


@pytest.mark.parametrize(
    ("room", "name", "first"),
    [
        ("W", "calmtrack-2026-11-23-to-2026-11-29.csv", "2026-11-23"),
        ("Y", "calmtrack-2026-01-01-to-2026-12-31.csv", "2026-11-03"),
    ],
)
async def test_only_what_is_shown(
    sit_down: Open, three_weeks: Diary, home: Path, room: str, name: str, first: str
) -> None:
    async with sit_down() as evening:
        await evening.press(room, "e", "down", "enter")
    with (home / name).open(encoding="utf-8", newline="") as file:
        days = [row["day"] for row in csv.DictReader(file)]
    assert min(days) == first


async def test_from_the_practices_too(sit_down: Open, three_weeks: Diary, home: Path) -> None:
    async with sit_down() as evening:
        await evening.press("P", "e", "enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv"]


async def test_a_name_of_ones_own_stays_and_its_ending_follows(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    async with sit_down() as evening:
        await evening.press("e", *["backspace"] * len("calmtrack-2026-11-24.csv"))
        await evening.type("mine.csv")
        await evening.press("down", "down")
        assert "~/mine.json" in evening.text
        await evening.press("enter")
    assert names_in(home) == ["mine.json"]


async def test_an_existing_file_is_never_written_over(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    (home / "calmtrack-2026-11-24.csv").write_text("mine")
    async with sit_down() as evening:
        await evening.press("e", "enter")
        assert "is there already; choose another name" in evening.words
        await evening.press("left", "left", "left", "left", "b", "enter")
        assert "Wrote" in evening.text
    assert (home / "calmtrack-2026-11-24.csv").read_text() == "mine"
    assert names_in(home) == ["calmtrack-2026-11-24.csv", "calmtrack-2026-11-24b.csv"]


async def test_a_home_that_is_not_known_is_told(sit_down: Open, three_weeks: Diary) -> None:
    async with sit_down() as evening:
        await evening.press("e", "home", "delete")
        await evening.type("~nobody_of_this_name")
        await evening.press("enter")
        assert "not known here." in evening.text
        assert "“~nobody_of_this_name/calmtrack" in evening.text


async def test_everything_can_be_clicked(sit_down: Open, three_weeks: Diary, home: Path) -> None:
    async with sit_down() as evening:
        await evening.press("e")
        await evening.click("All of the diary, as JSON")
        await evening.click("write")
        assert "Wrote" in evening.text
        await evening.press("e")
        await evening.click("esc")
        assert "Write the diary to a file" not in evening.text
    assert names_in(home) == ["calmtrack-2026-11-24.json"]


async def test_escape_stops_it_and_leaves_no_half_file(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    go_on = threading.Event()
    async with sit_down() as evening:
        # The diary's thread is busy with something else; meanwhile one thinks better of it.
        evening.app.diary_worker.submit(
            lambda _: go_on.wait(PATIENCE), lambda _: None, lambda _: None
        )
        await evening.pilot.press("e", "enter")
        await evening.until(lambda: "0 rows   escape stops it" in evening.text)
        await evening.click_only("escape stops it")
        go_on.set()
        await evening.settle()
        assert "Stopped. Nothing was written." in evening.text
        assert "escape stops it" not in evening.text
        assert names_in(home) == []
        await evening.press("enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv"]


@pytest.mark.any_day
async def test_what_holds_the_whole_diary_is_named_for_the_day_it_is_written(
    sit_down: Open, three_weeks: Diary, home: Path
) -> None:
    async with sit_down() as evening:
        await evening.press("Y", "left", "left", "left", "e", "enter")
        await evening.press("T", "left", "e", "down", "enter")
    assert names_in(home) == ["calmtrack-2026-11-24.csv", "calmtrack-days-2026-11-24.csv"]
