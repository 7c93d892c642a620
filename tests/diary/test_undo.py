"""Everything can be undone and redone, one named step at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diary.factories import TODAY, Clock, a_practice, add, ago, edit, keep, logged, row_of
from tests.diary.random_diary import Act, a_life, acts
from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.location import Location
from tracker.models import CALM_ID, Entry, EntryState, Evening, PageData, State, UndoStep, Unit
from tracker.store.writer import Writer

Everything = tuple[PageData, list[Entry], list[Evening]]


def everything(diary: Diary) -> Everything:
    """All a person could be shown."""
    with diary.stream() as (rows, entries, evenings):
        return rows._replace(settled={}), list(entries), list(evenings)


def test_undo_names_the_step_and_its_day(diary: Diary) -> None:
    diary.press("hug", ago(3))
    assert diary.undo() == UndoStep("log", "hug", ago(3), ago(3), 1)


def test_undo_of_a_rating_names_calm(diary: Diary) -> None:
    diary.rate(7)
    assert diary.undo() == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)


def test_undo_of_an_edited_practice_names_no_day(diary: Diary) -> None:
    edit(diary, "hug", name="Cuddle")
    assert diary.undo() == UndoStep("practice", "Cuddle", None, None, 1)


def test_with_nothing_to_take_back_undo_and_redo_say_nothing(diary: Diary) -> None:
    assert diary.undo() is None
    assert diary.redo() is None


def test_undo_goes_back_step_by_step_and_redo_forth_again(diary: Diary) -> None:
    for amount in (1, 2, 3):
        diary.log("hug", amount=amount)
    back = [diary.undo() and row_of(diary, "hug").amount for _ in range(3)]
    forth = [diary.redo() and row_of(diary, "hug").amount for _ in range(3)]
    assert (back, forth) == ([2, 1, None], [1, 2, 3])


def test_undo_brings_a_cleared_entry_back_with_all_it_held(diary: Diary, clock: Clock) -> None:
    diary.log("hug", amount=2, note="Oma")
    before = everything(diary)
    clock.forward(hours=1)
    diary.clear("hug")
    diary.write_note("hug", "")
    diary.undo()
    diary.undo()
    assert everything(diary) == before


def test_undo_and_redo_reach_across_closing_the_app(
    diary: Diary, location: Location, clock: Clock
) -> None:
    diary.press("hug")
    diary.rate(7)
    tomorrow = Diary(location, now=clock)
    assert tomorrow.undo() == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)
    assert Diary(location, now=clock).undo() == UndoStep("log", "hug", TODAY, TODAY, 1)
    assert Diary(location, now=clock).redo() == UndoStep("log", "hug", TODAY, TODAY, 1)
    assert row_of(Diary(location, now=clock), "hug").amount == 1


def test_undo_takes_back_what_another_window_did(
    diary: Diary, location: Location, clock: Clock
) -> None:
    diary.press("hug")
    Diary(location, now=clock).press("laughter")
    assert diary.undo() == UndoStep("log", "laughter", TODAY, TODAY, 1)


def test_a_new_change_ends_redo(diary: Diary) -> None:
    diary.press("hug")
    diary.rate(7)
    diary.undo()
    diary.press("laughter")
    assert diary.redo() is None
    assert diary.day().calm is None


def test_what_changes_nothing_does_not_end_redo(diary: Diary) -> None:
    diary.press("hug")
    diary.rate(7)
    diary.undo()
    diary.clear(CALM_ID)
    diary.log("hug", amount=1)
    assert diary.redo() == UndoStep("rate", CALM_ID, TODAY, TODAY, 1)


def test_a_refused_act_does_not_end_redo(diary: Diary) -> None:
    diary.rate(7)
    diary.undo()
    with pytest.raises(InputError):
        diary.press("hug", ago(-1))
    assert diary.redo() is not None


def test_undo_of_the_very_first_act_leaves_nothing_to_be_seen(
    location: Location, clock: Clock
) -> None:
    diary = Diary(location, now=clock)
    fresh = diary.day()
    diary.press("hug", ago(9))
    diary.undo()
    assert diary.day() == fresh
    assert everything(diary)[1:] == ([], [])
    assert diary.rows().first_entry == {}
    assert diary.streaks()[0].figures.days_total == 0


def test_undo_of_a_new_practice_takes_it_and_redo_brings_it(diary: Diary) -> None:
    add(diary, a_practice("tea", unit=Unit.TIMES, amount=3))
    diary.press("tea")
    before = everything(diary)
    diary.undo()
    diary.undo()
    assert "tea" not in [p.id for p in diary.practices.all()]
    diary.redo()
    diary.redo()
    assert everything(diary) == before


def test_undo_of_an_import_takes_practices_entries_and_evenings_at_once(diary: Diary) -> None:
    before = everything(diary)

    def bring(writer: Writer) -> None:
        writer.save_practice(a_practice("tea", added_on=ago(30)))
        entry = row_entry("tea", ago(20))
        writer.save_entries([entry, row_entry("hug", ago(20))])
        writer.save_evenings([Evening(ago(20), 6, "", None)])
        writer.save_app_state("jar", ["2026-11-20"])

    diary.change("import", "loop.csv", bring)
    after = everything(diary)
    assert diary.undo() == UndoStep("import", "loop.csv", ago(20), ago(20), 5)
    assert everything(diary) == before
    diary.redo()
    assert everything(diary) == after


def test_undo_of_a_setting_puts_the_old_one_back(diary: Diary) -> None:
    keep(diary, "week_starts_on", 6)
    keep(diary, "week_starts_on", 5)
    diary.undo()
    assert diary.rows().kept["week_starts_on"] == 6
    diary.undo()
    assert "week_starts_on" not in diary.rows().kept


def test_undo_makes_an_old_streak_right_again(diary: Diary) -> None:
    logged(diary, "laughter", [(ago(n), 1) for n in range(1, 41)])
    longest = row_of(diary, "laughter").figures.streak
    diary.rest(("laughter",), ago(20), ago(20))
    diary.less("laughter", ago(30))
    diary.undo()
    assert row_of(diary, "laughter").figures.streak == longest == 40


def test_a_yes_taken_back_is_pending_again_and_no_no(diary: Diary) -> None:
    diary.rate(7)
    diary.press("laughter")
    diary.undo()
    assert row_of(diary, "laughter").state is State.PENDING


def row_entry(practice_id: str, day: date) -> Entry:
    """A done day as another tracker would hand it over."""
    return Entry(day, practice_id, EntryState.LOGGED, 1, "", None)


@settings(max_examples=by_effort(5, 25), deadline=None)
@given(acts(most=12), st.integers(1, 12))
def test_as_many_redos_as_undos_change_nothing(life: list[Act], steps: int) -> None:
    with a_life(life) as (diary, _clock):
        before = everything(diary)
        taken = [diary.undo() for _ in range(steps)]
        again = [diary.redo() for step in taken if step is not None]
        assert [s for s in reversed(taken) if s is not None] == again
        after = everything(diary)
        assert after == before
