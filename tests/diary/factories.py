"""Builds a diary for tests: its clock, its evenings, and a practice of the person's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import (
    DayView,
    Entry,
    EntryState,
    Evening,
    Goal,
    Practice,
    PracticeDay,
    StepCounts,
    UndoStep,
    Unit,
)
from tracker.store.store import Store
from tracker.store.writer import Writer
from tracker.views import PracticeWeek, WeekView

TODAY = date(2026, 11, 24)
"""A Tuesday."""

EVENING = "2026-11-24T21:30:00+01:00"


def diary_exists(location: Location) -> bool:
    """Whether a file or schema of a diary exists."""
    if location.path is not None:
        return location.path.exists()
    return Store(location).exists()


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, moment: str = EVENING) -> None:
        self.moment = datetime.fromisoformat(moment)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: str) -> None:
        """Sets the time to an ISO 8601 date-time with its offset."""
        self.moment = datetime.fromisoformat(moment)

    def forward(self, **by: float) -> None:
        """Advances the time by a timedelta's arguments."""
        self.moment += timedelta(**by)

    def set_evening(self, day: date) -> None:
        """Sets the time to 21:30 on a day."""
        self.set(f"{day.isoformat()}T21:30:00+01:00")


@cache
def new_diary_file(moment: datetime) -> bytes:
    """The bytes of a diary file with the default practices, created at a moment.

    Cached per process: creating a schema takes longer than most tests.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        Diary(Location(path), now=lambda: moment).create()
        return path.read_bytes()


def ago(days: int) -> date:
    """The date so many days before TODAY."""
    return TODAY - timedelta(days=days)


def make_practice(
    practice_id: str,
    *,
    unit: Unit = Unit.YES_NO,
    amount: int = 1,
    step: int = 1,
    days_per_week: int = 7,
    added_on: date = TODAY,
) -> Practice:
    """A custom practice."""
    return Practice(
        id=practice_id,
        key=None,
        name=practice_id.capitalize(),
        question="",
        unit=unit,
        step=step,
        position=50,
        overlap=False,
        added_on=added_on,
        goals=(Goal(added_on, amount, days_per_week),),
    )


def add_practices(diary: Diary, *practices: Practice) -> None:
    """Saves practices as one undo step."""

    def save(writer: Writer) -> None:
        for practice in practices:
            writer.save_practices([practice])

    diary.change("practice", ", ".join(p.name for p in practices), save)


def edit_practice(diary: Diary, practice_id: str, **settings: object) -> None:
    """Replaces fields of a practice."""
    old = next(p for p in diary.practices.all() if p.id == practice_id)
    add_practices(diary, old._replace(**settings))  # type: ignore[arg-type]


def what_of(step: UndoStep | None) -> UndoStep | None:
    """What a step did, without its time, its number, the rows before and after, and their
    counts."""
    return step and step._replace(at="", number=0, change=None, counts=StepCounts(), places=None)


def set_setting(diary: Diary, key: str, value: object) -> None:
    """Stores one of the settings that are part of the diary."""

    def save(writer: Writer) -> None:
        writer.save_app_state(key, value)

    diary.change("practice", key, save)


def add_ratings(diary: Diary, scores: Iterable[tuple[date, int]], note: str = "") -> None:
    """Saves calm scores, each set on its own evening. A note can contain {what} and {day}."""
    evenings = [
        Evening(day, calm, note.format(what="calm", day=day), f"{day.isoformat()}T20:30:00Z")
        for day, calm in scores
    ]

    def save(writer: Writer) -> None:
        writer.save_evenings(evenings)

    diary.change("import", "calm", save)


def add_entries(
    diary: Diary, practice_id: str, amounts: Iterable[tuple[date, int]], note: str = ""
) -> None:
    """Saves amounts of a practice as one undo step, as a transaction for each would take most of a
    test. A note can contain {what} and {day}."""
    entries = [
        Entry(day, practice_id, EntryState.LOGGED, n, note.format(what=practice_id, day=day), None)
        for day, n in amounts
    ]

    def save(writer: Writer) -> None:
        writer.save_entries(entries)

    diary.change("import", practice_id, save)


def row_on(page: DayView, practice_id: str) -> PracticeDay:
    """A practice's row of a day view."""
    return next(row for row in page.practices if row.practice.id == practice_id)


def row_of(diary: Diary, practice_id: str, day: date | None = None) -> PracticeDay:
    """A practice's row of a day, read from the diary."""
    return row_on(diary.day(day), practice_id)


def week_of(page: WeekView, practice_id: str) -> PracticeWeek:
    """A practice's row of a week view."""
    return next(row for row in page.practices if row.practice.id == practice_id)
