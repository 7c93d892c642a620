"""Random sequences of entries, undo, redo, reopening and merging agree with a model of two
dictionaries."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.effort import by_effort
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions, export_csv
from tracker.exporters.json_export import export_json
from tracker.importers.import_file import import_file
from tracker.location import Location
from tracker.models import CALM_ID, EntryState

NOW = datetime.fromisoformat("2026-11-24T21:30:00+01:00")
TODAY = NOW.date()
GOAL = {"hug": 1, "laughter": 1, "nature-walk": 20}
STEP = {"hug": 1, "laughter": 1, "nature-walk": 10}

practices = st.sampled_from(sorted(GOAL))
days = st.integers(0, 4).map(lambda back: TODAY - timedelta(days=back))
notes = st.sampled_from(["", "with Anna", "=1+1", "[/]", "a\nb", "'quoted", "schön"])


@dataclass(frozen=True)
class Day:
    """The model's state of a practice on a day."""

    rests: bool = False
    amount: int | None = None
    note: str = ""


Snapshot = tuple[dict[tuple[str, date], Day], dict[date, tuple[int | None, str]]]


class Evenings(RuleBasedStateMachine):
    """A state machine on a real file, compared with a model."""

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds = 0
        self.folder = tempfile.TemporaryDirectory()
        self.place = Location(Path(self.folder.name) / "diary.db")
        self.diary = Diary(self.place, self.now)
        assert self.place.path is not None
        self.place.path.write_bytes(_new_diary_file())
        self.days: dict[tuple[str, date], Day] = {}
        self.evenings: dict[date, tuple[int | None, str]] = {}
        self.undone: list[Snapshot] = []
        self.done: list[Snapshot] = []
        self.copies = 0
        self.second: Snapshot = ({}, {})
        self.undone_to_nothing: set[object] = set()
        """Keys of `days` and `evenings` that are empty because of an undo."""

    def now(self) -> datetime:
        """A clock that advances with every call, as a real one does."""
        self.milliseconds += 1
        return NOW + timedelta(milliseconds=self.milliseconds)

    def teardown(self) -> None:
        self.folder.cleanup()

    # The model

    def snapshot(self) -> Snapshot:
        return dict(self.days), dict(self.evenings)

    def expect(self, practice: str, day: date, new: Day) -> None:
        """Updates the model after a step on a practice's day."""
        before = self.snapshot()
        self.days[practice, day] = new
        self.undone_to_nothing.discard((practice, day))
        if new == Day():
            del self.days[practice, day]
        self._stepped(before)

    def expect_evening(self, day: date, calm: int | None, note: str) -> None:
        before = self.snapshot()
        self.evenings[day] = (calm, note)
        self.undone_to_nothing.discard(day)
        if (calm, note) == (None, ""):
            del self.evenings[day]
        self._stepped(before)

    def _stepped(self, before: Snapshot) -> None:
        self.done.append(before)
        self.undone.clear()

    def of(self, practice: str, day: date) -> Day:
        return self.days.get((practice, day), Day())

    def note_without_rest(self, practice: str, day: date) -> str:
        """The note once the day is no rest day anymore: the reason for the rest goes with it; one
        from before it, or other than that of the other practices, stays."""
        old = self.of(practice, day)
        if not old.rests or old.amount is not None:
            return old.note
        earlier = (days.get((practice, day), Day()) for days, _ in reversed(self.done))
        before = next((one for one in earlier if one != old), Day())
        others = [self.of(one, day) for one in GOAL if one != practice]
        reasons = {one.note for one in others}
        is_shared = len(reasons) == 1 and all(one.rests for one in others)
        is_older = not before.rests and before.note == old.note
        return old.note if is_older or (is_shared and old.note not in reasons) else ""

    # Rules

    @rule(practice=practices, day=days)
    def press(self, practice: str, day: date) -> None:
        old = self.of(practice, day)
        if practice == "laughter":
            amount = old.amount or 1
        elif practice == "nature-walk" and not old.amount:
            amount = GOAL[practice]
        else:
            amount = (old.amount or 0) + STEP[practice]
        self.diary.press(practice, day)
        if (False, amount) != (old.rests, old.amount):
            self.expect(practice, day, Day(False, amount, self.note_without_rest(practice, day)))

    @rule(practice=practices, day=days)
    def less(self, practice: str, day: date) -> None:
        old = self.of(practice, day)
        if not old.amount:
            amount: int | None = 0
        else:
            amount = old.amount - STEP[practice] if old.amount > STEP[practice] else None
        self.diary.less(practice, day)
        if (False, amount) != (old.rests, old.amount):
            self.expect(practice, day, Day(False, amount, self.note_without_rest(practice, day)))

    @rule(practice=practices, day=days)
    def rest(self, practice: str, day: date) -> None:
        old = self.of(practice, day)
        self.diary.toggle_rest_day(practice, day)
        note = self.note_without_rest(practice, day) if old.rests else old.note
        self.expect(practice, day, Day(not old.rests, old.amount, note))

    @rule(practice=practices, day=days, note=notes)
    def note(self, practice: str, day: date, note: str) -> None:
        old = self.of(practice, day)
        self.diary.write_note(practice, note, day)
        if note != old.note:
            self.expect(practice, day, Day(old.rests, old.amount, note))

    @rule(practice=practices, day=days)
    def clear(self, practice: str, day: date) -> None:
        old = self.of(practice, day)
        self.diary.clear(practice, day)
        if old.rests or old.amount is not None:
            self.expect(practice, day, Day(False, None, self.note_without_rest(practice, day)))

    @rule(day=days, score=st.integers(0, 10))
    def rate(self, day: date, score: int) -> None:
        old = self.evenings.get(day, (None, ""))
        self.diary.rate(score, day)
        if old[0] != score:
            self.expect_evening(day, score, old[1])

    @rule(day=days, note=notes)
    def write_of_the_evening(self, day: date, note: str) -> None:
        old = self.evenings.get(day, (None, ""))
        self.diary.write_note(CALM_ID, note, day)
        if old[1] != note:
            self.expect_evening(day, old[0], note)

    @rule()
    def undo(self) -> None:
        step = self.diary.undo()
        assert (step is None) == (not self.done)
        if self.done:
            was = self.snapshot()
            self.undone.append(was)
            self.days, self.evenings = self.done.pop()
            self.undone_to_nothing |= {*was[0], *was[1]} - {*self.days, *self.evenings}

    @rule()
    def redo(self) -> None:
        step = self.diary.redo()
        assert (step is None) == (not self.undone)
        if self.undone:
            was = self.snapshot()
            self.done.append(was)
            self.days, self.evenings = self.undone.pop()
            self.undone_to_nothing -= {*was[0], *was[1]} - {*self.days, *self.evenings}

    @rule()
    def reopen(self) -> None:
        self.diary = Diary(self.place, self.now)

    def another_diary(self) -> tuple[Path, Diary]:
        """A path for an export, and a diary that doesn't exist yet."""
        self.copies += 1
        folder = Path(self.folder.name)
        return folder / f"{self.copies}", Diary(Location(folder / f"{self.copies}.db"), self.now)

    @rule()
    def import_csv_into_another_diary(self) -> None:
        file, other = self.another_diary()
        export_csv(self.diary, file, CsvOptions())
        import_file(other, file)
        assert _contents_of(other) == self.snapshot()

    @rule()
    def import_json_into_another_diary(self) -> None:
        file, other = self.another_diary()
        export_json(self.diary, file)
        import_file(other, file)
        assert _contents_of(other) == self.snapshot()
        assert other.practices.all() == self.diary.practices.all()
        assert other.outdated_streak_caches() == []
        export_json(other, file.with_suffix(".again"))
        assert file.with_suffix(".again").read_bytes() == file.read_bytes()

    @rule()
    def merge_with_a_second_diary(self) -> None:
        folder = Path(self.folder.name)
        file, _ = self.another_diary()
        second = Diary(Location(folder / "second.db"), self.now)
        export_json(self.diary, file)
        import_file(second, file)
        # All its rows came from here, so each was last changed here. What became empty by
        # undo alone has no later row that could remove it there.
        days, evenings = self.second
        self.second = (
            {key: day for key, day in days.items() if key in self.undone_to_nothing} | self.days,
            {day: one for day, one in evenings.items() if day in self.undone_to_nothing}
            | self.evenings,
        )
        assert _contents_of(second) == self.second
        assert second.outdated_streak_caches() == []

    # Invariants

    @invariant()
    def the_file_agrees_with_the_model(self) -> None:
        assert _contents_of(self.diary) == self.snapshot()

    @invariant()
    def the_streak_cache_agrees_with_the_entries(self) -> None:
        assert self.diary.outdated_streak_caches() == []


@cache
def _new_diary_file() -> bytes:
    """The file of a new diary with the practices of the model."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        Diary(Location(path), lambda: NOW).create(tuple(GOAL))
        return path.read_bytes()


def _contents_of(diary: Diary) -> Snapshot:
    with diary.stream() as (_, entries, evenings):
        found = {
            (e.practice_id, e.day): Day(e.state is EntryState.REST, e.amount, e.note)
            for e in entries
        }
        return found, {e.day: (e.calm, e.note) for e in evenings}


TestEvenings = Evenings.TestCase
TestEvenings.settings = settings(
    max_examples=by_effort(2, 30, 60),
    stateful_step_count=by_effort(15, 25),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
