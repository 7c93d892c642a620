"""Everything can be undone and redone, one named step at a time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import (
    TODAY,
    Clock,
    add_entries,
    add_practices,
    ago,
    edit_practice,
    make_practice,
    row_of,
    set_setting,
    what_of,
)
from tests.diary.random_diary import Action, actions, perform, random_diary
from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.location import Location
from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, State, UndoStep, Unit
from tracker.store import versioned_rows
from tracker.store.writer import Writer

Everything = tuple[PageData, list[Entry], list[Evening]]


def everything(diary: Diary) -> Everything:
    """All rows and views that a user could see."""
    with diary.stream() as (rows, entries, evenings):
        return rows._replace(settled={}), list(entries), list(evenings)


def test_undo_names_the_step_and_its_day(diary: Diary) -> None:
    diary.press("hug", ago(3))
    assert what_of(diary.undo()) == UndoStep("log", "hug", ago(3), ago(3), 1)


def test_undo_of_a_rating_names_calm(diary: Diary) -> None:
    diary.rate(7)
    assert what_of(diary.undo()) == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)


def test_undo_of_an_edited_practice_names_no_day(diary: Diary) -> None:
    edit_practice(diary, "hug", name="Cuddle")
    assert what_of(diary.undo()) == UndoStep("practice", "Cuddle", None, None, 1)


def test_without_changes_undo_and_redo_return_nothing(diary: Diary) -> None:
    assert diary.undo() is None
    assert diary.redo() is None


def test_undo_and_redo_go_back_and_forth_step_by_step(diary: Diary) -> None:
    for amount in (1, 2, 3):
        diary.log("hug", amount=amount)
    back = [diary.undo() and row_of(diary, "hug").amount for _ in range(3)]
    forth = [diary.redo() and row_of(diary, "hug").amount for _ in range(3)]
    assert (back, forth) == ([2, 1, None], [1, 2, 3])


def test_undo_restores_a_cleared_entry_completely(diary: Diary, clock: Clock) -> None:
    diary.log("hug", amount=2, note="Oma")
    before = everything(diary)
    clock.forward(hours=1)
    diary.clear("hug")
    diary.write_note("hug", "")
    diary.undo()
    diary.undo()
    assert everything(diary) == before


def test_undo_and_redo_work_after_a_restart(diary: Diary, location: Location, clock: Clock) -> None:
    diary.press("hug")
    diary.rate(7)
    tomorrow = Diary(location, now=clock)
    assert what_of(tomorrow.undo()) == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)
    assert what_of(Diary(location, now=clock).undo()) == UndoStep("log", "hug", TODAY, TODAY, 1)
    assert what_of(Diary(location, now=clock).redo()) == UndoStep("log", "hug", TODAY, TODAY, 1)
    assert row_of(Diary(location, now=clock), "hug").amount == 1


def test_undo_includes_changes_of_another_window(
    diary: Diary, location: Location, clock: Clock
) -> None:
    diary.press("hug")
    Diary(location, now=clock).press("laughter")
    assert what_of(diary.undo()) == UndoStep("log", "laughter", TODAY, TODAY, 1)


def test_a_new_change_ends_redo(diary: Diary) -> None:
    diary.press("hug")
    diary.rate(7)
    diary.undo()
    diary.press("laughter")
    assert diary.redo() is None
    assert diary.day().calm is None


def test_an_action_that_changes_nothing_does_not_end_redo(diary: Diary) -> None:
    diary.press("hug")
    diary.rate(7)
    diary.undo()
    diary.clear(CALM_ID)
    diary.log("hug", amount=1)
    assert what_of(diary.redo()) == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)


def test_a_rejected_change_does_not_end_redo(diary: Diary) -> None:
    diary.rate(7)
    diary.undo()
    with pytest.raises(InputError):
        diary.press("hug", ago(-1))
    assert diary.redo() is not None


def test_undo_of_the_first_change_leaves_an_empty_diary(location: Location, clock: Clock) -> None:
    diary = Diary(location, now=clock)
    fresh = diary.day()
    diary.press("hug", ago(9))
    diary.undo()
    assert diary.day() == fresh
    assert everything(diary)[1:] == ([], [])
    assert diary.rows().first_entry == {}
    assert diary.streaks()[0].figures.days_total == 0


def test_undo_removes_a_new_practice_and_redo_adds_it_again(diary: Diary) -> None:
    add_practices(diary, make_practice("tea", unit=Unit.TIMES, amount=3))
    diary.press("tea")
    before = everything(diary)
    diary.undo()
    diary.undo()
    assert "tea" not in [p.id for p in diary.practices.all()]
    diary.redo()
    diary.redo()
    assert everything(diary) == before


def test_undo_of_an_import_removes_practices_entries_and_evenings_at_once(diary: Diary) -> None:
    before = everything(diary)

    def save(writer: Writer) -> None:
        writer.save_practices([make_practice("tea", added_on=ago(30))])
        entry = row_entry("tea", ago(20))
        writer.save_entries([entry, row_entry("hug", ago(20))])
        writer.save_evenings([Evening(ago(20), 6, "", None)])
        writer.save_app_state("jar", ["2026-11-20"])

    diary.change("import", "loop.csv", save)
    after = everything(diary)
    assert what_of(diary.undo()) == UndoStep("import", "loop.csv", ago(20), ago(20), 5)
    assert everything(diary) == before
    diary.redo()
    assert everything(diary) == after


def test_undo_of_a_setting_restores_the_old_one(diary: Diary) -> None:
    set_setting(diary, "week_starts_on", 6)
    set_setting(diary, "week_starts_on", 5)
    diary.undo()
    assert diary.rows().kept["week_starts_on"] == 6
    diary.undo()
    assert "week_starts_on" not in diary.rows().kept


def test_undo_restores_the_streak(diary: Diary) -> None:
    add_entries(diary, "laughter", [(ago(n), 1) for n in range(1, 41)])
    longest = row_of(diary, "laughter").figures.streak
    diary.rest(("laughter",), ago(20), ago(20))
    diary.less("laughter", ago(30))
    diary.undo()
    assert row_of(diary, "laughter").figures.streak == longest == 40


def test_an_undone_yes_is_pending_and_not_a_no(diary: Diary) -> None:
    diary.rate(7)
    diary.press("laughter")
    diary.undo()
    assert row_of(diary, "laughter").state is State.PENDING


def row_entry(practice_id: str, day: date) -> Entry:
    """A done day as an importer would save it."""
    return Entry(day, practice_id, EntryState.LOGGED, 1, "", None)


@settings(max_examples=by_effort(5, 25), deadline=None)
@given(actions(most=12), st.integers(1, 12))
def test_as_many_redos_as_undos_change_nothing(history: list[Action], steps: int) -> None:
    with random_diary(history) as (diary, _clock):
        before = everything(diary)
        taken = [_undone(diary) for _ in range(steps)]
        again = [what_of(diary.redo()) for step in taken if step is not None]
        assert [what_of(s) for s in reversed(taken) if s is not None] == again
        after = everything(diary)
        assert after == before


def _undone(diary: Diary) -> UndoStep | None:
    with suppress(CalmtrackError):
        return diary.undo()
    # It would change a coin-flip month that is over.
    return None


@settings(max_examples=by_effort(5, 100), deadline=None)
@given(actions(most=25))
def test_each_undo_returns_to_the_state_before_its_step(history: list[Action]) -> None:
    # While the clock stands still, no coin-flip month ends.
    acts = [act for act in history if act.kind not in ("undo", "redo", "wait", "wait long", "back")]
    with random_diary([]) as (diary, clock):
        states = [stored(diary)]
        for act in acts:
            last = diary.undo_steps(1)
            perform(diary, clock, act)
            if diary.undo_steps(1) != last:
                states.append(stored(diary))
            else:
                assert stored(diary) == states[-1]
        for state in reversed(states[:-1]):
            diary.undo()
            assert stored(diary) == state
        for state in states[1:]:
            diary.redo()
            assert stored(diary) == state
        assert diary.redo() is None
        assert diary.bad_rows() == []
        assert diary.outdated_streak_caches() == []


def stored(diary: Diary) -> list[object]:
    """All that is stored, without times of change and cleared rows."""
    with diary.store.reading() as reader:
        return [
            reader.practices(),
            reader.app_state(),
            [one for one, _at in versioned_rows.iter_entries(reader) if not one.empty],
            [one for one, _at in versioned_rows.iter_evenings(reader) if not one.empty],
        ]
