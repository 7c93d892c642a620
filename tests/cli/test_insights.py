"""`calmtrack insights` shows what goes with calmer evenings."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.command_line import TODAY, CommandLine, Golden
from tests.effort import some_of
from tests.rules.simulated_evenings import calm_in_runs, habit_in_runs, rated
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import Entry, EntryState, Evening
from tracker.store.writer import Writer

DAYS = 100


@pytest.fixture
def hundred_days(location: Location) -> Diary:
    """A hundred evenings: calmer on days with a hug, while walks are independent of calm."""
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700)
    diary = Diary(location)
    rng = random.Random(11)
    habits = {name: habit_in_runs(rng, DAYS, stay=0.4) for name in ("hug", "nature-walk")}
    calm = rated([
        c + 2.2 * hug for c, hug in zip(calm_in_runs(rng, DAYS, 0.4), habits["hug"], strict=True)
    ], middle=5, spread=1)  # fmt: skip
    days = [TODAY - timedelta(days=DAYS - 1 - location) for location in range(DAYS)]

    def save(writer: Writer) -> None:
        writer.save_evenings([
            Evening(day, int(c or 0), "", f"{day.isoformat()}T20:00:00Z")
            for day, c in zip(days, calm, strict=True)
        ])  # fmt: skip
        writer.save_entries([
            Entry(day, name, EntryState.LOGGED, 20 * amount, "", f"{day.isoformat()}T20:00:00Z")
            for name, habit in habits.items()
            for day, amount in zip(days, habit, strict=True)
        ])  # fmt: skip

    diary.change("import", "a life", save)
    return diary


@pytest.mark.usefixtures("hundred_days")
def test_the_text(type_in: CommandLine, golden: Golden) -> None:
    golden("insights.txt", type_in.ok("insights").out)
    golden("insights_plain.txt", type_in.ok("insights", "--plain").out)
    golden("insights.json", type_in.ok("insights", "--json").out)


@pytest.mark.usefixtures("hundred_days")
def test_numbers_are_printed_only_for_likely_differences(type_in: CommandLine) -> None:
    answer = json.loads(type_in.ok("insights", "--json").out)
    levels = {one["id"]: one["level"] for one in answer["practices"]}
    assert (levels["hug"], levels["nature-walk"]) == ("steady", "not_clear")
    for one in answer["practices"]:
        assert ("(likely" in one["sentence"]) is (one["level"] == "steady")
    output = type_in.ok("insights").out
    assert "p-value" not in output
    assert all(cell_len(line) <= 80 for line in output.splitlines())


@pytest.mark.usefixtures("hundred_days")
def test_another_day_can_be_asked_for(type_in: CommandLine) -> None:
    earlier = json.loads(type_in.ok("insights", "--day", "-80", "--json").out)
    assert earlier["checkpoint"] is None
    assert earlier["day"] == (TODAY - timedelta(days=80)).isoformat()
    assert type_in("insights", "--day", "tomorrow").code == 2


def test_without_a_diary_it_prints_a_text_and_creates_none(
    type_in: CommandLine, tmp_path: Path
) -> None:
    assert (
        "Hug: too early to compare, 0 of at least 24 evenings so far (those rated by the next day, "
        "with the practice in your list and no rest day)."
        in " ".join(type_in.ok("insights").out.split())
    )
    assert not (tmp_path / "home" / "diary.db").exists()


def test_the_method_is_explained_in_eleven_paragraphs(type_in: CommandLine, golden: Golden) -> None:
    answer = type_in.ok("insights", "--how")
    golden("insights_how.txt", answer.out)
    assert all(cell_len(line) <= 80 for line in answer.lines)
    assert len(type_in.ok("insights", "--how", "--plain").lines) == 11


@pytest.mark.parametrize("columns", some_of([60, 76, 100], 1))
def test_a_sentence_with_a_wide_name_is_wrapped_once(
    hundred_days: Diary, type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    hundred_days.practices.add("日本語の散歩")
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = type_in.ok("insights").out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  日本語の散歩: "))
    first, second = lines[at], lines[at + 1]
    assert second.startswith("    ")
    room = min(columns, 80)
    assert cell_len(first) <= room < cell_len(f"{first} {second.split()[0]}")
