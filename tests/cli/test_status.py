"""`calmtrack status`: one line for a prompt, quick, and without notes."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.command_line import TODAY, CommandLine, on_evening
from tracker.diary.diary import Diary
from tracker.location import Location

README = Path(__file__).parents[2] / "README.md"

pytestmark = pytest.mark.any_day


def test_tonight_is_open_until_calm_is_rated(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.press("hug")
    assert type_in.ok("status").out == "tonight is open\n"
    assert '"tonight is open"' in " ".join(type_in.ok("status", "--help").out.split())
    type_in.ok("calm", "7", "--note", "secret")
    assert type_in.ok("status").out == "calm 7 · 1 of 8 · Hug 14\n"
    assert type_in.ok("status", "--quiet").out == "1 of 8 · Hug 14\n"
    type_in.ok("practices", "edit", "hug", "--name", "Long Hugs")
    assert type_in.ok("status", "--quiet").out == "1 of 8 · Long Hugs 14\n"


def test_the_help_and_the_readme_say_that_the_streak_is_in_days(type_in: CommandLine) -> None:
    words = "calm, practices done, longest current streak in days"
    assert words in " ".join(type_in.ok("status", "--help").out.split())
    assert words in README.read_text("utf-8")


def test_a_rest_day_for_all_practices_is_not_open(type_in: CommandLine, three_weeks: Diary) -> None:
    type_in.ok("rest", "--all")
    assert type_in.ok("status").out == "rest day\n"
    type_in.ok("calm", "7")
    assert type_in.ok("status").out == "calm 7 · rest day · Hug 13\n"
    type_in.ok("rest", "--off", "joy")
    assert type_in.ok("status").out == "calm 7 · 0 of 8 · Hug 13\n"


def test_tonight_is_open_without_a_diary(type_in: CommandLine, location: Location) -> None:
    assert location.path is not None
    assert type_in.ok("status").out == "tonight is open\n"
    location.path.parent.mkdir()
    assert type_in.ok("status").out == "tonight is open\n"
    location.path.touch()
    assert type_in.ok("status").out == "tonight is open\n"
    assert location.path.stat().st_size == 0


def test_a_streak_of_one_day_is_not_shown(type_in: CommandLine, location: Location) -> None:
    on_evening(location, TODAY).press("hug")
    type_in.ok("calm", "5")
    assert type_in.ok("status").out == "calm 5 · 1 of 8\n"


def test_status_agrees_with_the_day(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.rate(4)
    three_weeks.press("joy")
    view = three_weeks.day()
    done = sum(row.state == "done" for row in view.practices)
    longest = max(row.figures.streak for row in view.practices if row.days_per_week >= 5)
    assert type_in.ok("status").out == f"calm 4 · {done} of {len(view.practices)} · Hug {longest}\n"


def test_a_locked_diary_prints_nothing_and_does_not_delay_a_prompt(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    path = three_weeks.location.path
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert type_in.ok("status").out == ""
    finally:
        other.close()


@pytest.mark.parametrize("content", [b"not a diary" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_not_a_diary_is_reported_in_one_sentence(
    type_in: CommandLine, location: Location, content: bytes
) -> None:
    assert location.path is not None
    location.path.parent.mkdir()
    location.path.write_bytes(content)
    answer = type_in("status")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert location.path.read_bytes() == content


def test_a_folder_is_reported_as_not_a_diary(type_in: CommandLine, location: Location) -> None:
    assert location.path is not None
    location.path.mkdir(parents=True)
    answer = type_in("status")
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
