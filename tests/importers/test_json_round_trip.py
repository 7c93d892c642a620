"""An exported JSON file can be imported again: every row, each with its time of change."""

from __future__ import annotations

import json
import tracemalloc
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.effort import by_effort
from tests.importers.factories import TODAY, ago, as_json, create_diary, everything, open_diary
from tests.importers.random_diary import NOTES, diary_contents, diary_with, year_of_entries
from tracker.diary.diary import Diary
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import ImportOptions, import_file
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span, Unit
from tracker.store.writer import Writer

Contents = tuple[tuple[Practice, ...], list[Entry], list[Evening]]

KEPT = st.dictionaries(
    st.sampled_from(["muted", "day_turns_at", "week_starts_on", "jar"]), st.integers(0, 6)
).map(lambda kept: kept | {key: "02:30" for key in kept if key == "day_turns_at"})


@st.composite
def full_contents(draw: st.DrawFn) -> tuple[Contents, list[Practice], list[int], dict[str, object]]:
    """Contents of a diary, edits of its practices, indices of cleared rows, and app state."""
    contents = draw(diary_contents())
    changed = []
    for practice in draw(st.lists(st.sampled_from(contents[0]), max_size=4, unique_by=id)):
        first = practice.goals[0].from_day
        goal = Goal(first + timedelta(days=draw(st.integers(1, 50))), draw(st.integers(1, 9)), 3)
        yes_no = goal._replace(amount=1) if practice.unit is Unit.YES_NO else goal
        to_day = draw(st.none() | st.just(ago(1)))
        spans = (Span(ago(9), ago(5)), Span(ago(2), to_day))
        goals = (*practice.goals, yes_no)
        asked = draw(NOTES.map(lambda text: "".join(filter(str.isprintable, text.strip()))))
        changed.append(practice._replace(goals=goals, out_of_list=spans, question=asked.strip()))
    cleared = draw(st.lists(st.integers(0, 40), max_size=5))
    return contents, changed, cleared, dict(draw(KEPT))


def full_diary(
    path: Path, whole: tuple[Contents, list[Practice], list[int], dict[str, object]]
) -> Diary:
    """Creates a diary with these contents and edits."""
    contents, changed, cleared, kept = whole
    diary = diary_with(path, contents)

    def save(writer: Writer) -> None:
        for practice in changed:
            writer.save_practices([practice])
        for number in cleared:
            for entry in contents[1][number : number + 1]:
                blank = Entry(entry.day, entry.practice_id, EntryState.CLEARED, None, "", None)
                writer.save_entries([blank])
            for evening in contents[2][number : number + 1]:
                writer.save_evenings([Evening(evening.day, None, "", None)])
        for key, value in kept.items():
            writer.save_app_state(key, value)

    diary.change("practice", "all", save)
    return diary


@given(whole=full_contents())
@settings(max_examples=by_effort(5, 40), deadline=None)
def test_any_diary_can_be_restored_from_its_json(
    whole: tuple[Contents, list[Practice], list[int], dict[str, object]],
) -> None:
    with TemporaryDirectory() as folder:
        old, anew = full_diary(Path(folder) / "old.db", whole), open_diary(Path(folder) / "new.db")
        begun = create_diary(Path(folder) / "begun.db")
        path = Path(folder) / "diary.json"
        rows = export_json(old, path).rows
        foreseen = import_file(anew, path, ImportOptions(dry_run=True))
        assert import_file(anew, path) == foreseen
        assert (foreseen.read, foreseen.entries.changed, foreseen.lost) == (rows, 0, 0)
        assert as_json(anew) == path.read_text("utf-8")
        import_file(begun, path)
        assert as_json(begun) == path.read_text("utf-8")
        assert everything(anew) == everything(old)
        assert anew.rows().kept == old.rows().kept
        assert anew.outdated_streak_caches() == []
        again = import_file(anew, path)
        assert (again.added, again.changed, again.lost) == (0, 0, 0)
        assert as_json(anew) == path.read_text("utf-8")
        begun.undo()
        assert everything(begun) == everything(create_diary(Path(folder) / "untouched.db"))


@pytest.mark.thorough
@given(one=diary_contents(), other=diary_contents())
@settings(max_examples=by_effort(8, 30), deadline=None)
def test_two_diaries_merged_both_ways_are_equal(one: Contents, other: Contents) -> None:
    with TemporaryDirectory() as folder:
        first = diary_with(Path(folder) / "1.db", one)
        second = diary_with(Path(folder) / "2.db", other)
        # An empty diary takes over the other's practices and has none of its own to export.
        assume(first.has_entries() and second.has_entries())
        export_json(first, Path(folder) / "1.json")
        export_json(second, Path(folder) / "2.json")
        import_file(first, Path(folder) / "2.json")
        import_file(second, Path(folder) / "1.json")
        assert rows_of(first) == rows_of(second)


def rows_of(diary: Diary) -> dict[str, object]:
    """The rows of a diary, regardless of the order of its list."""
    found = json.loads(as_json(diary))
    return {part: sorted(map(str, rows)) for part, rows in found.items() if part != "calmtrack"}


def many_years(path: Path, years: int) -> Diary:
    """Creates a diary with so many years of entries."""
    diary = create_diary(path)

    def save(writer: Writer) -> None:
        for year in range(years):
            last = TODAY - timedelta(days=366 * year)
            entries, evenings = year_of_entries(["hug", "laughter", "joy"], last)
            writer.save_entries(entries)
            writer.save_evenings(evenings)

    diary.change("import", "years", save)
    return diary


@pytest.mark.thorough
def test_a_long_diary_is_streamed(tmp_path: Path) -> None:
    export_json(create_diary(tmp_path / "warm.db"), tmp_path / "warm.json")
    peaks = []
    for years in (10, 40):
        diary = many_years(tmp_path / f"{years}.db", years)
        tracemalloc.start()
        export_json(diary, tmp_path / f"{years}.json")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (tmp_path / "40.json").stat().st_size > 3 * (tmp_path / "10.json").stat().st_size
    assert peaks[1] < 1.5 * peaks[0]
