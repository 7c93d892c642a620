"""Builds a diary for tests: its clock, its evenings, and a practice of the person's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.models import DayView, Entry, EntryState, Evening, Goal, Practice, PracticeDay, Unit
from tracker.store.store import Store
from tracker.store.writer import Writer
from tracker.views import PracticeWeek, WeekView

TODAY = date(2026, 11, 24)
"""A Tuesday."""

EVENING = "2026-11-24T21:30:00+01:00"


def is_begun(location: Location) -> bool:
    """Whether anything at all of a diary is there."""
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
        """Sets it to an ISO date-time with its offset."""
        self.moment = datetime.fromisoformat(moment)

    def forward(self, **by: float) -> None:
        """Moves it on by a timedelta's arguments."""
        self.moment += timedelta(**by)

    def on_the_evening_of(self, day: date) -> None:
        """Sets it to half past nine on a day."""
        self.set(f"{day.isoformat()}T21:30:00+01:00")


@cache
def begun_diary(moment: datetime) -> bytes:
    """The file of a diary that was begun at a moment with the usual practices.

    Created once in a process, and copied for each test: a new schema takes longer than most tests.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diary.db"
        Diary(Location(path), now=lambda: moment).create()
        return path.read_bytes()


def ago(days: int) -> date:
    """The day so many days before TODAY."""
    return TODAY - timedelta(days=days)


def a_practice(
    practice_id: str,
    *,
    unit: Unit = Unit.YES_NO,
    amount: int = 1,
    step: int = 1,
    days_per_week: int = 7,
    added_on: date = TODAY,
) -> Practice:
    """A practice of the person's own."""
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


def add(diary: Diary, *practices: Practice) -> None:
    """Puts practices into the diary as one step."""

    def act(writer: Writer) -> None:
        for practice in practices:
            writer.save_practice(practice)

    diary.change("practice", ", ".join(p.name for p in practices), act)


def edit(diary: Diary, practice_id: str, **settings: object) -> None:
    """Changes settings of a practice."""
    old = next(p for p in diary.practices.all() if p.id == practice_id)
    add(diary, replace(old, **settings))  # type: ignore[arg-type]


def keep(diary: Diary, key: str, value: object) -> None:
    """Keeps one of the settings that the diary holds itself."""

    def act(writer: Writer) -> None:
        writer.save_app_state(key, value)

    diary.change("practice", key, act)


def rated(diary: Diary, scores: Iterable[tuple[date, int]], note: str = "") -> None:
    """Puts calm scores that were given on their own evenings. A note can name {what} and {day}."""
    evenings = [
        Evening(day, calm, note.format(what="calm", day=day), f"{day.isoformat()}T20:30:00Z")
        for day, calm in scores
    ]

    def act(writer: Writer) -> None:
        writer.save_evenings(evenings)

    diary.change("import", "calm", act)


def logged(
    diary: Diary, practice_id: str, amounts: Iterable[tuple[date, int]], note: str = ""
) -> None:
    """Adds amounts of a practice as one step: a transaction for each takes most of a test. A note
    can name {what} and {day}."""
    entries = [
        Entry(day, practice_id, EntryState.LOGGED, n, note.format(what=practice_id, day=day), None)
        for day, n in amounts
    ]

    def act(writer: Writer) -> None:
        writer.save_entries(entries)

    diary.change("import", practice_id, act)


def on_page(page: DayView, practice_id: str) -> PracticeDay:
    """A practice's row of a day's page."""
    return next(row for row in page.practices if row.practice.id == practice_id)


def row_of(diary: Diary, practice_id: str, day: date | None = None) -> PracticeDay:
    """A practice's row as the diary shows it."""
    return on_page(diary.day(day), practice_id)


def week_of(page: WeekView, practice_id: str) -> PracticeWeek:
    """A practice's row of a week's page."""
    return next(row for row in page.practices if row.practice.id == practice_id)
