"""A change is written whole or not at all, and every row has its time of change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from tests.diary.factories import (
    TODAY,
    Clock,
    add_practices,
    ago,
    edit_practice,
    make_practice,
    row_of,
    set_setting,
)
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.models import CALM_ID, Entry, EntryState, Evening, State, UndoStep
from tracker.store.writer import Writer


def count(diary: Diary, table: str) -> int:
    """The number of rows of a table."""
    with diary.store.reading() as reader:
        found: int = reader.connection.core.exec_driver_sql(
            f"SELECT count(*) FROM {table}"
        ).scalar_one()
        return found


def updated_at(diary: Diary, table: str, where: str = "TRUE") -> str:
    """The latest time of change in a table's rows."""
    with diary.store.reading() as reader:
        found: str = reader.connection.core.exec_driver_sql(
            f"SELECT max(updated_at) FROM {table} WHERE {where}"
        ).scalar_one()
        return found


class TestAFailedChange:
    def test_leaves_neither_rows_nor_an_undo_step(self, diary: Diary) -> None:
        def act(writer: Writer) -> None:
            writer.save_entries([Entry(TODAY, "hug", EntryState.LOGGED, 1, "", None)])
            writer.save_evenings([Evening(TODAY, 6, "", None)])
            writer.save_practices([make_practice("tea")])
            writer.save_app_state("jar", ["snow"])
            raise KeyError("halfway")

        with pytest.raises(KeyError, match="halfway"):
            diary.change("import", "loop.csv", act)
        assert [count(diary, t) for t in ("entry", "evening", "change", "change_row")] == [0] * 4
        assert "tea" not in [p.id for p in diary.practices.all()]
        assert "jar" not in diary.rows().kept
        assert diary.undo() is None

    def test_at_its_end_leaves_nothing_either(self, diary: Diary) -> None:
        def act(writer: Writer) -> None:
            writer.save_entries([Entry(TODAY, "hug", EntryState.LOGGED, 1, "", None)])
            writer.save_entries([Entry(TODAY, "nobody", EntryState.LOGGED, 1, "", None)])

        with pytest.raises(CalmtrackError) as trouble:
            diary.change("import", "loop.csv", act)
        assert "\n" not in str(trouble.value)
        assert count(diary, "entry") == count(diary, "change") == 0

    def test_of_a_constraint_leaves_nothing(self, diary: Diary) -> None:
        def act(writer: Writer) -> None:
            writer.save_evenings([Evening(ago(1), 6, "", None), Evening(TODAY, 11, "", None)])

        with pytest.raises(CalmtrackError):
            diary.change("import", "x", act)
        assert count(diary, "evening") == count(diary, "change") == 0

    def test_leaves_the_diary_ready_for_the_next_one(self, diary: Diary) -> None:
        def act(writer: Writer) -> None:
            raise KeyError

        with pytest.raises(KeyError):
            diary.change("import", "x", act)
        diary.press("hug")
        assert row_of(diary, "hug").amount == 1

    def test_leaves_the_streak_cache_unchanged(self, diary: Diary) -> None:
        before = diary.rows().settled

        def act(writer: Writer) -> None:
            writer.save_entries([Entry(ago(50), "hug", EntryState.LOGGED, 1, "", None)])
            raise KeyError

        with pytest.raises(KeyError):
            diary.change("import", "x", act)
        assert diary.rows().settled == before


def test_an_entry_and_its_undo_step_are_saved_together(diary: Diary) -> None:
    diary.press("hug")
    assert [count(diary, t) for t in ("entry", "change", "change_row")] == [1, 1, 1]


def test_a_change_without_effect_is_not_an_undo_step(diary: Diary) -> None:
    diary.rate(6)
    assert diary.rate(6).step is None
    assert count(diary, "change") == 1


class TestTheTimeOfChange:
    def test_is_when_it_was_written(self, diary: Diary) -> None:
        diary.press("hug")
        assert updated_at(diary, "entry") == "2026-11-24T20:30:00.000000Z"

    def test_of_an_entry_grows_with_a_clock_that_stands_still(self, diary: Diary) -> None:
        results = []
        acts: tuple[Callable[[], object], ...] = (
            lambda: diary.press("hug"),
            lambda: diary.press("hug"),
            lambda: diary.write_note("hug", "Oma"),
            lambda: diary.toggle_rest_day("hug"),
            lambda: diary.clear("hug"),
        )
        for act in acts:
            act()
            results.append(updated_at(diary, "entry"))
        assert results == [f"2026-11-24T20:30:00.00{n}000Z" for n in range(5)]

    def test_of_an_undone_entry_is_a_microsecond_after_what_was_undone(self, diary: Diary) -> None:
        diary.press("hug")
        diary.press("hug")
        results = []
        moves: tuple[Callable[[], UndoStep | None], ...] = (diary.undo, diary.redo, diary.undo)
        for move in moves:
            move()
            results.append(updated_at(diary, "entry"))
        assert results == [f"2026-11-24T20:30:00.00100{n}Z" for n in (1, 2, 3)]

    def test_of_an_entry_whose_clearing_is_undone_is_after_the_clearing(self, diary: Diary) -> None:
        diary.press("hug")
        diary.clear("hug")
        diary.undo()
        assert updated_at(diary, "entry") == "2026-11-24T20:30:00.001001Z"

    def test_of_a_cleared_row_is_what_it_was_when_a_later_entry_is_undone(
        self, diary: Diary, clock: Clock
    ) -> None:
        diary.press("hug")
        diary.clear("hug")
        clock.forward(hours=1)
        diary.press("hug")
        diary.undo()
        assert updated_at(diary, "entry") == "2026-11-24T20:30:00.001000Z"

    def test_does_not_remain_when_the_first_entry_of_a_day_is_undone(self, diary: Diary) -> None:
        diary.press("hug")
        diary.rate(7)
        diary.undo()
        diary.undo()
        assert (count(diary, "entry"), count(diary, "evening")) == (0, 0)

    def test_of_an_evening_grows_with_a_clock_that_goes_back(
        self, diary: Diary, clock: Clock
    ) -> None:
        results = []
        for score in (3, 4, 5):
            diary.rate(score, ago(40))
            clock.forward(days=-1)
            results.append(updated_at(diary, "evening"))
        diary.undo()
        results.append(updated_at(diary, "evening"))
        assert results == sorted(set(results))

    def test_of_a_cleared_row_grows_too(self, diary: Diary) -> None:
        diary.rate(3)
        first = updated_at(diary, "evening")
        diary.clear(CALM_ID)
        assert updated_at(diary, "evening") > first

    def test_of_a_practice_grows_with_a_clock_that_stands_still(self, diary: Diary) -> None:
        results = []
        for name in ("Cuddle", "Squeeze"):
            edit_practice(diary, "hug", name=name)
            results.append((updated_at(diary, "practice"), updated_at(diary, "goal")))
        diary.undo()
        results.append((updated_at(diary, "practice"), updated_at(diary, "goal")))
        assert results == sorted(set(results))

    def test_of_a_setting_increases_even_if_the_clock_stands_still(self, diary: Diary) -> None:
        results = []
        for day in (6, 5, 4):
            set_setting(diary, "week_starts_on", day)
            results.append(updated_at(diary, "kept", "key = 'week_starts_on'"))
        diary.undo()
        results.append(updated_at(diary, "kept", "key = 'week_starts_on'"))
        assert results == sorted(set(results))

    def test_of_an_unchanged_shipped_practice_is_1970(self, diary: Diary) -> None:
        edit_practice(diary, "hug", name="Cuddle")
        assert updated_at(diary, "practice", "id <> 'hug'") == "1970-01-01T00:00:00.000000Z"
        assert updated_at(diary, "practice", "id = 'hug'") > "2026"

    def test_stays_if_nothing_changed(self, diary: Diary, clock: Clock) -> None:
        diary.rate(6)
        before = updated_at(diary, "evening")
        clock.forward(hours=1)
        diary.rate(6)
        assert updated_at(diary, "evening") == before


@pytest.mark.about_a_file
def test_a_change_waits_for_another_program_and_then_reports_a_timeout(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.diary_file.BUSY_SECONDS", 0.1)
    assert diary.location.path is not None
    with closing(sqlite3.connect(diary.location.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CalmtrackError, match="Another program is using"):
            diary.press("hug")
        assert diary.day().calm is None
        other.execute("ROLLBACK")
    diary.press("hug")
    assert row_of(diary, "hug").state is State.DONE


@pytest.mark.about_a_file
def test_deleted_data_is_overwritten_in_the_file(diary: Diary) -> None:
    assert diary.location.path is not None
    diary.write_note("hug", "a very private word")
    assert b"a very private word" in diary.location.path.read_bytes()
    with diary.store.writing("2026-11-24T20:30:00.000000Z") as writer:
        for table in ("entry", "change_row"):
            writer.connection.core.exec_driver_sql(f"DELETE FROM {table}")
    assert b"a very private word" not in diary.location.path.read_bytes()


def test_entries_of_many_years_stream_in_order(diary: Diary) -> None:
    days = [date(1990, 1, 1).fromordinal(date(1990, 1, 1).toordinal() + n) for n in range(5000)]

    def save(writer: Writer) -> None:
        writer.save_entries([Entry(day, "hug", EntryState.LOGGED, 1, "", None) for day in days])
        writer.save_entries(
            [Entry(day, "laughter", EntryState.LOGGED, 1, "", None) for day in days]
        )

    diary.change("import", "x", save)
    with diary.stream() as (_, entries, _evenings):
        results = [(entry.day, entry.practice_id) for entry in entries]
    assert results == [(day, practice_id) for day in days for practice_id in ("hug", "laughter")]


def test_practices_are_added_with_their_goals_and_spans(diary: Diary) -> None:
    tea = make_practice("tea", added_on=ago(3))
    add_practices(diary, tea)
    assert diary.practices.find("tea") == tea
