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
from tests.importers.factories import TODAY, a_diary, ago, as_json, everything, new
from tests.importers.random_diary import NOTES, a_year, anyone, written
from tracker.diary.diary import Diary
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import ImportOptions, import_file
from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span, Unit
from tracker.store.writer import Writer

Life = tuple[tuple[Practice, ...], list[Entry], list[Evening]]

KEPT = st.dictionaries(
    st.sampled_from(["muted", "day_turns_at", "week_starts_on", "jar"]), st.integers(0, 6)
).map(lambda kept: kept | {key: "02:30" for key in kept if key == "day_turns_at"})


@st.composite
def whole_lives(draw: st.DrawFn) -> tuple[Life, list[Practice], list[int], dict[str, object]]:
    """A diary, how its practices were changed since, which entries and evenings were cleared,
    and what the app remembers."""
    life = draw(anyone())
    changed = []
    for practice in draw(st.lists(st.sampled_from(life[0]), max_size=4, unique_by=id)):
        first = practice.goals[0].from_day
        goal = Goal(first + timedelta(days=draw(st.integers(1, 50))), draw(st.integers(1, 9)), 3)
        yes_no = goal._replace(amount=1) if practice.unit is Unit.YES_NO else goal
        to_day = draw(st.none() | st.just(ago(1)))
        spans = (Span(ago(9), ago(5)), Span(ago(2), to_day))
        goals = (*practice.goals, yes_no)
        asked = draw(NOTES.map(lambda text: "".join(filter(str.isprintable, text.strip()))))
        changed.append(practice._replace(goals=goals, out_of_list=spans, question=asked.strip()))
    cleared = draw(st.lists(st.integers(0, 40), max_size=5))
    return life, changed, cleared, dict(draw(KEPT))


def lived(path: Path, whole: tuple[Life, list[Practice], list[int], dict[str, object]]) -> Diary:
    """A diary in a file that all this happened in."""
    life, changed, cleared, kept = whole
    diary = written(path, life)

    def act(writer: Writer) -> None:
        for practice in changed:
            writer.save_practice(practice)
        for number in cleared:
            for entry in life[1][number : number + 1]:
                blank = Entry(entry.day, entry.practice_id, EntryState.CLEARED, None, "", None)
                writer.save_entries([blank])
            for evening in life[2][number : number + 1]:
                writer.save_evenings([Evening(evening.day, None, "", None)])
        for key, value in kept.items():
            writer.save_app_state(key, value)

    diary.change("practice", "all", act)
    return diary


@given(whole=whole_lives())
@settings(max_examples=by_effort(5, 40), deadline=None)
def test_any_diary_comes_back_from_its_json(
    whole: tuple[Life, list[Practice], list[int], dict[str, object]],
) -> None:
    with TemporaryDirectory() as folder:
        old, anew = lived(Path(folder) / "old.db", whole), a_diary(Path(folder) / "new.db")
        begun = new(Path(folder) / "begun.db")
        path = Path(folder) / "diary.json"
        rows = export_json(old, path)
        foreseen = import_file(anew, path, ImportOptions(dry_run=True))
        assert import_file(anew, path) == foreseen
        assert (foreseen.read, foreseen.changed, foreseen.lost) == (rows, 0, 0)
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
        assert everything(begun) == everything(new(Path(folder) / "untouched.db"))


@pytest.mark.thorough
@given(one=anyone(), other=anyone())
@settings(max_examples=by_effort(8, 30), deadline=None)
def test_two_diaries_joined_both_ways_end_equal(one: Life, other: Life) -> None:
    with TemporaryDirectory() as folder:
        first = written(Path(folder) / "1.db", one)
        second = written(Path(folder) / "2.db", other)
        # One that holds nothing takes the other's practices, and has none of its own to give.
        assume(first.has_entries() and second.has_entries())
        export_json(first, Path(folder) / "1.json")
        export_json(second, Path(folder) / "2.json")
        import_file(first, Path(folder) / "2.json")
        import_file(second, Path(folder) / "1.json")
        assert rows_of(first) == rows_of(second)


def rows_of(diary: Diary) -> dict[str, object]:
    """What stands in a diary, whatever the order of its list."""
    found = json.loads(as_json(diary))
    return {part: sorted(map(str, rows)) for part, rows in found.items() if part != "calmtrack"}


def a_long_life(path: Path, years: int) -> Diary:
    """A diary of so many years."""
    diary = new(path)

    def act(writer: Writer) -> None:
        for year in range(years):
            last = TODAY - timedelta(days=366 * year)
            entries, evenings = a_year(["hug", "laughter", "joy"], last)
            writer.save_entries(entries)
            writer.save_evenings(evenings)

    diary.change("import", "years", act)
    return diary


@pytest.mark.thorough
def test_it_streams_out_whatever_its_length(tmp_path: Path) -> None:
    export_json(new(tmp_path / "warm.db"), tmp_path / "warm.json")
    peaks = []
    for years in (10, 40):
        diary = a_long_life(tmp_path / f"{years}.db", years)
        tracemalloc.start()
        export_json(diary, tmp_path / f"{years}.json")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (tmp_path / "40.json").stat().st_size > 3 * (tmp_path / "10.json").stat().st_size
    assert peaks[1] < 1.5 * peaks[0]
