"""The values that pass between the rooms: frozen, and in the person's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

CALM_ID = "calm"
"""Stands where a practice's id stands when the evening's calm is meant."""

SOFTENING_ID = "softening"
"""The practice that `B` is a minute of."""

RESERVED_KEYS = frozenset("qunzex")
"""Letters with a meaning of their own on the screens; no practice can have them."""

MAX_NOTE_LENGTH = 10_000
"""Characters in a note, after NFC."""

MAX_AMOUNT = 100_000
"""The largest amount of one day: above any number of minutes or hugs."""


class Unit(StrEnum):
    """How a practice is counted: the value in code, database, CSV and JSON."""

    YES_NO = "yes/no"
    TIMES = "times"
    MINUTES = "minutes"

    @property
    def spec(self) -> UnitSpec:
        """Its row in UNITS."""
        return UNITS[self]


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """The defaults and the messages of a unit."""

    default_amount: int
    """The daily goal of a new practice."""
    default_step: int
    """What a further press adds, in a new practice."""
    singular: str
    """Key among the `amount` messages for an amount of 1."""
    plural: str
    """Key among the `amount` messages for any other amount."""
    is_counted: bool = True
    """Whether amounts beyond 1 exist; where not, amount and step are always 1."""
    logs_goal_first: bool = False
    """Whether the first press of a day logs the whole daily goal, and only later ones a step."""


UNITS = {
    Unit.YES_NO: UnitSpec(1, 1, "yes", "yes", is_counted=False),
    Unit.TIMES: UnitSpec(1, 1, "time", "times"),
    Unit.MINUTES: UnitSpec(10, 10, "minute", "minutes", logs_goal_first=True),
}
"""A new unit is a member of Unit, a row here, its messages, and a migration of the database's
CHECK constraint."""


class UnitChange(StrEnum):
    """What becomes of the days of a practice that is to be counted in another unit."""

    KEEP_DAYS = "keep-days"
    """Days done stay done, at the new goal's amount."""
    NEW = "new"
    """They stay as they are in the old practice, archived; a new one begins today."""


class EntryState(StrEnum):
    """What an entry's row says; `cleared` is seen only by merge and JSON."""

    LOGGED = "logged"
    REST = "rest"
    CLEARED = "cleared"


class State(StrEnum):
    """What a day is to a practice."""

    DONE = "done"
    SOME = "some"
    NO = "no"
    REST = "rest"
    NOT_LOGGED = "not_logged"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed for from a day on."""

    from_day: date
    amount: int
    """How much makes a day done: > 0."""
    days_per_week: int
    """1 to 7."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a practice is out of the list."""

    from_day: date
    to_day: date | None
    """The last such day; None while it lasts."""


@dataclass(frozen=True, slots=True)
class Practice:
    """An act of connection, as this diary keeps it."""

    id: str
    key: str | None
    """The letter that logs it, or None."""
    name: str
    question: str
    unit: Unit
    step: int
    """What one further press adds: > 0."""
    position: int
    overlap: bool
    """A state close to calm itself, left out of what goes with calmer evenings."""
    added_on: date
    goals: tuple[Goal, ...]
    """At least one, oldest first."""
    out_of_list: tuple[Span, ...] = ()

    def goal_on(self, day: date) -> Goal:
        """The goal in force on a day; before the first one, the first."""
        chosen = self.goals[0]
        for goal in self.goals[1:]:
            if goal.from_day <= day:
                chosen = goal
        return chosen

    def archived_since(self, day: date) -> date | None:
        """Since when it is out of the list, if it is on a day that has no entry."""
        for span in self.out_of_list:
            if span.from_day <= day and (span.to_day is None or day <= span.to_day):
                return span.from_day
        return None


@dataclass(frozen=True, slots=True)
class Entry:
    """What was logged for one practice on one day."""

    day: date
    practice_id: str
    state: EntryState
    amount: int | None
    """>= 0; 0 is an explicit no; None a note only."""
    note: str
    logged_at: str | None
    """When the present amount was set: UTC, `2026-11-24T20:15:03Z`, or None when unknown."""

    @property
    def empty(self) -> bool:
        """Whether nothing is said by it any more."""
        return self.state is EntryState.CLEARED or (
            self.state is EntryState.LOGGED and self.amount is None and not self.note
        )


@dataclass(frozen=True, slots=True)
class Evening:
    """One day's calm rating and its note."""

    day: date
    calm: int | None
    """0 to 10, or None when only a note was written."""
    note: str
    logged_at: str | None
    """When the present score was set: UTC, as in Entry."""

    @property
    def empty(self) -> bool:
        """Whether nothing is said by it any more."""
        return self.calm is None and not self.note


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page is made of, as it lies in the diary, for a bounded time."""

    practices: tuple[Practice, ...]
    """In their order in the list."""
    first_entry: Mapping[str, date]
    """The first day with an entry, by practice id."""
    entries: Mapping[tuple[str, date], Entry]
    evenings: Mapping[date, Evening]
    settled: Mapping[str, str]
    """The newest kept fold of the streak rules from before the page's day, as JSON, by practice
    id."""
    kept: Mapping[str, Any]

    @property
    def begun(self) -> bool:
        """Whether a diary with tables has its practices: a first act that was refused leaves
        none."""
        return "begun_on" in self.kept


@dataclass(frozen=True, slots=True)
class Figures:
    """The streak figures of one practice as of a day, computed by rules/streaks.py."""

    streak: int
    """Done days of the running streak."""
    longest_streak: int
    weeks_in_rhythm: int
    """Consecutive weeks that reached the weekly goal, the current one once it is reached."""
    longest_weeks_in_rhythm: int
    strength: float
    """0 to 1."""
    days_total: int
    """Done days in all."""
    done_this_week: int


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """One practice on one day."""

    practice: Practice
    state: State
    amount: int | None
    target: int
    note: str
    days_per_week: int
    """The weekly goal in force on the day."""
    figures: Figures
    """As of the day."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day: how calm, and what connected."""

    day: date
    today: date
    calm: int | None
    calm_note: str
    checked_in: bool
    """Whether it has a calm rating that is not late."""
    practices: tuple[PracticeDay, ...]
    yesterday_open: bool
    """Whether the day before is unrated though the diary had begun."""
    day_turns_at: time
    """When a new day begins for this person, local time."""

    @property
    def answered(self) -> bool:
        """Whether the calm question is answered, or passed over by logging first: streaks shown
        before that would colour the answer."""
        return (
            self.calm is not None
            or self.day != self.today
            or any(row.amount is not None for row in self.practices)
        )


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One step of the undo log, as a person would name it."""

    what: str
    """`log`, `rate`, `note`, `rest`, `clear`, `import`, `merge`, `practice`, `setting`, `support`
    or `coin`."""
    subject: str
    """The practice's name, `calm`, or a file's name."""
    first_day: date | None
    last_day: date | None
    rows: int


@dataclass(frozen=True, slots=True)
class RestResult:
    """What declaring days off came to."""

    days: int
    """How many days of practices changed."""
    skipped: tuple[tuple[str, date], ...]
    """Practice names and days that were logged already, left as they are."""
