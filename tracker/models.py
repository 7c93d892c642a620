"""Domain models: immutable values that every package shares."""

# Without `from __future__ import annotations`: NamedTuple compiles each annotation that is text,
# and importing this module would take half as long again.

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, Self

CALM_ID = "calm"
"""Used in place of a practice's id for the evening's calm rating."""

COIN_MONTHS = "coin_months"
"""The app_state key of the coin-flip months, oldest first."""

COIN_RESULT_READ = "coin_result_read"
"""The app_state key of the last day of the coin-flip month whose result was read last."""

ANNOUNCED_DAYS = 30
"""Days for which a coin-flip month's result is announced until it is read."""

SOFTENING_ID = "softening"
"""The practice that the Breathe screen is for."""

RESERVED_KEYS = frozenset("qunzex")
"""Letters bound by the screens; no practice can use them."""

PRACTICE_LETTERS = tuple(one for one in "abcdefghijklmnopqrstuvwxyz" if one not in RESERVED_KEYS)
"""The letters that a practice can have."""

PRACTICE_ID = re.compile("[a-z0-9-]+")
"""The form of a practice's id. `status` prints it into a shell's prompt, where other characters
could be run as a command."""

MAX_NOTE_LENGTH = 10_000
"""Characters in a note, after NFC."""

HIGHEST_SCORE = 10
"""The highest calm score; the lowest is 0."""

LOW_SCORE = 3
"""The highest calm score, 0 to 10, of a low evening."""

DAY_TURNS_AT = time(4)
"""When a new day starts, unless the person has chosen a time."""

MAX_AMOUNT = 100_000
"""The largest amount of one day: above any number of minutes or hugs."""


class UnitSpec(NamedTuple):
    """The defaults of a unit."""

    default_amount: int
    """The daily goal of a new practice."""
    default_step: int
    """What a further press adds, in a new practice."""
    is_counted: bool = True
    """Whether amounts beyond 1 exist; where not, amount and step are always 1."""
    logs_goal_first: bool = False
    """Whether the first press of a day logs the whole daily goal, and only later ones a step."""


class Unit(StrEnum):
    """How a practice is counted: the value in code, database, CSV and JSON."""

    YES_NO = "yes/no"
    TIMES = "times"
    MINUTES = "minutes"

    @property
    def spec(self) -> UnitSpec:
        """Its row in UNITS."""
        return UNITS[self]


UNITS = {
    Unit.YES_NO: UnitSpec(1, 1, is_counted=False),
    Unit.TIMES: UnitSpec(1, 1),
    Unit.MINUTES: UnitSpec(10, 10, logs_goal_first=True),
}
"""A new unit is a member of Unit, a row here, its messages, and a migration of the database's
CHECK constraint."""


class UnitChange(StrEnum):
    """What happens to a practice's entries when its unit changes."""

    KEEP_DAYS = "keep-days"
    """Entries are converted: days done stay done, at the new goal's amount."""
    NEW = "new"
    """Entries stay in the old practice, which is archived; a new one begins today."""


class EntryState(StrEnum):
    """The state of an entry's row; `cleared` rows appear only in merges and JSON."""

    LOGGED = "logged"
    REST = "rest"
    CLEARED = "cleared"


class State(StrEnum):
    """The state of a practice on a day; rules/day_states.py derives it."""

    DONE = "done"
    """The daily goal was reached."""
    SOME = "some"
    """An amount below the daily goal was logged."""
    NO = "no"
    """0 was logged, or nothing on a past day with a rated evening."""
    REST = "rest"
    NOT_LOGGED = "not_logged"
    """Nothing was logged on a past day without a rated evening."""
    PENDING = "pending"
    """Nothing was logged yet, and the day isn't over."""


class Goal(NamedTuple):
    """A daily and weekly goal, in force from a day on."""

    from_day: date
    amount: int
    """The daily goal: > 0."""
    days_per_week: int
    """1 to 7."""


class Span(NamedTuple):
    """A range of days on which a practice is archived, out of the list."""

    from_day: date
    to_day: date | None
    """The last day; None while it is archived."""


class Practice(NamedTuple):
    """An act of connection that a diary tracks."""

    id: str
    key: str | None
    """The letter that logs it, or None."""
    name: str
    question: str
    unit: Unit
    step: int
    """What a further press adds: > 0."""
    position: int
    overlap: bool
    """Whether it overlaps with calm itself and so is left out of the insights."""
    added_on: date
    goals: tuple[Goal, ...]
    """At least one, oldest first."""
    out_of_list: tuple[Span, ...] = ()

    def first_day(self, first_entry: date | None) -> date:
        """Its first day in the list: that of its first entry, or an earlier `added_on`."""
        return self.added_on if first_entry is None else min(self.added_on, first_entry)

    def goal_on(self, day: date) -> Goal:
        """The goal in force on a day; before the first one, the first."""
        current = self.goals[0]
        for goal in self.goals[1:]:
            if goal.from_day <= day:
                current = goal
        return current

    def archived_since(self, day: date) -> date | None:
        """Since when it is archived, as of a day without an entry; None if it is in the list."""
        for span in self.out_of_list:
            if span.from_day <= day and (span.to_day is None or day <= span.to_day):
                return span.from_day
        return None

    def hides(self, day: date, state: str, amount: int | None) -> bool:
        """Whether an entry is a rest day with nothing logged below it, on a day on which the
        practice is archived: it stays stored, and is shown again if the practice is restored by
        then, but doesn't bring an archived practice into the list."""
        return state == EntryState.REST and amount is None and self.archived_since(day) is not None


class Entry(NamedTuple):
    """What was logged for one practice on one day."""

    day: date
    practice_id: str
    state: EntryState
    amount: int | None
    """>= 0; 0 is an explicit no; None a note only."""
    note: str
    logged_at: str | None
    """When the present amount was set: UTC, `2026-11-24T20:15:03Z`, or None when unknown."""

    @classmethod
    def blank(cls, practice_id: str, day: date) -> Self:
        """The entry of a day without one."""
        return cls(day, practice_id, EntryState.CLEARED, None, "", None)

    @property
    def empty(self) -> bool:
        """Whether it was cleared, or is logged without amount and note."""
        return self.state is EntryState.CLEARED or (
            self.state is EntryState.LOGGED and self.amount is None and not self.note
        )

    @property
    def holds_log(self) -> bool:
        """Whether it has an amount, also beside a rest day, or the note of a day that isn't one."""
        return not self.empty and (self.state is not EntryState.REST or self.amount is not None)


class EntryChange(NamedTuple):
    """The entry of a practice's day before and after a change; a cleared one for none."""

    before: Entry
    now: Entry

    @property
    def removed_reason(self) -> str:
        """The note of a rest day that ended with it; "" for none."""
        before, now = self
        return before.note if self.ends_rest and not now.note else ""

    @property
    def ends_rest(self) -> bool:
        """Whether it was a rest day before and no longer is."""
        return self.before.state is EntryState.REST and self.now.state is not EntryState.REST

    @property
    def begins_rest(self) -> bool:
        """Whether it's a rest day now and wasn't before."""
        return self.before.state is not EntryState.REST and self.now.state is EntryState.REST


class Evening(NamedTuple):
    """One day's calm rating and its note."""

    day: date
    calm: int | None
    """0 to 10, or None when only a note was written."""
    note: str
    logged_at: str | None
    """When the present score was set: UTC, as in Entry."""

    @classmethod
    def blank(cls, day: date) -> Self:
        """The evening of a day without one."""
        return cls(day, None, "", None)

    @property
    def empty(self) -> bool:
        """Whether it has neither a score nor a note."""
        return self.calm is None and not self.note

    @property
    def holds_log(self) -> bool:
        """Whether it has a score or a note."""
        return not self.empty


class Rating(NamedTuple):
    """A rating that was saved."""

    before: Evening
    """The evening as it was."""
    now: Evening
    step: int | None
    """The number of its undo step; None where nothing changed."""


class DiarySettings(NamedTuple):
    """The settings that define a day and a week; stored in the diary itself."""

    day_turns_at: time = DAY_TURNS_AT
    week_starts_on: int = 0
    """Monday = 0."""


def settings_of(stored: Mapping[str, Any]) -> DiarySettings:
    """The settings among a diary's app_state values, or the defaults."""
    turn = stored.get("day_turns_at")
    return DiarySettings(
        DAY_TURNS_AT if turn is None else time.fromisoformat(turn), stored.get("week_starts_on", 0)
    )


class PageData(NamedTuple):
    """The stored rows of a range of days, from which a view is built."""

    practices: tuple[Practice, ...]
    """In their order in the list."""
    first_entry: Mapping[str, date]
    """The first day with an entry, by practice id."""
    entries: Mapping[tuple[str, date], Entry]
    evenings: Mapping[date, Evening]
    settled: Mapping[str, str]
    """The newest cached streak state from before the first day, as JSON, by practice id."""
    kept: Mapping[str, Any]

    @property
    def begun(self) -> bool:
        """Whether the diary was initialised: a refused first write leaves tables without
        practices."""
        return "begun_on" in self.kept

    @property
    def begun_on(self) -> date | None:
        """The day the diary was created; None before that."""
        day = self.kept.get("begun_on")
        return None if day is None else date.fromisoformat(day)

    @property
    def settings(self) -> DiarySettings:
        """The settings that define a day and a week."""
        return settings_of(self.kept)

    def entry(self, practice_id: str, day: date) -> Entry:
        """A practice's entry of a day; a blank one for none."""
        return self.entries.get((practice_id, day)) or Entry.blank(practice_id, day)

    def evening(self, day: date) -> Evening:
        """The evening of a day; a blank one for none."""
        return self.evenings.get(day) or Evening.blank(day)

    def with_days(self, entries: Iterable[Entry], evenings: Iterable[Evening] = ()) -> Self:
        """The same practices and app state with these entries and evenings, without the rest days
        that `Practice.hides`."""
        archived = {one.id: one for one in self.practices if one.out_of_list}
        return self._replace(
            entries={
                (entry.practice_id, entry.day): entry
                for entry in entries
                if entry.practice_id not in archived
                or not archived[entry.practice_id].hides(entry.day, entry.state, entry.amount)
            },
            evenings={evening.day: evening for evening in evenings},
        )


class Figures(NamedTuple):
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
    week_goal: int
    """The done days that this week needs: the weekly goal, or as many as its rest days leave."""


NO_FIGURES = Figures(0, 0, 0, 0, 0.0, 0, 0, 0)
"""The figures of a future day or week: shown as blanks, and null in JSON."""


DAILY_FROM = 5
"""The weekly goal from which a streak counts days; below it counts weeks on goal."""


class HasFigures(Protocol):
    """A row of a view: a practice's figures and its weekly goal."""

    @property
    def figures(self) -> Figures:
        """The streak figures."""

    @property
    def days_per_week(self) -> int:
        """The weekly goal, 1 to 7."""


def counts_in_weeks(row: HasFigures) -> bool:
    """Whether the streak counts weeks on goal, as it does for a goal of 1 to 4 days a week."""
    return row.days_per_week < DAILY_FROM


def streak_shown(row: HasFigures) -> int:
    """The running streak in days or weeks; 0 for a single day, which isn't shown."""
    figures = row.figures
    return _shown(figures.streak, figures.weeks_in_rhythm, row)


def longest_shown(row: HasFigures) -> int:
    """The longest streak, in the unit of the running one; 0 for a single day."""
    figures = row.figures
    return _shown(figures.longest_streak, figures.longest_weeks_in_rhythm, row)


def _shown(days: int, weeks: int, row: HasFigures) -> int:
    if counts_in_weeks(row):
        return weeks
    return days if days >= 2 else 0


class PracticeDay(NamedTuple):
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


class DayView(NamedTuple):
    """A day: its calm rating and its practices."""

    day: date
    today: date
    calm: int | None
    calm_note: str
    checked_in: bool
    """Whether the day has a calm rating that is not late."""
    practices: tuple[PracticeDay, ...]
    yesterday_open: bool
    """Whether the day before is unrated and the diary existed then."""
    day_turns_at: time
    """When a new day begins for this person, local time."""

    @property
    def answered(self) -> bool:
        """Whether the calm question is answered, or was skipped by logging a practice. Streaks are
        hidden until then, as they would colour the answer."""
        return (
            self.calm is not None
            or self.day != self.today
            or any(row.amount is not None for row in self.practices)
        )

    @property
    def all_rest(self) -> bool:
        """Whether it's a rest day for every practice in the list."""
        return {row.state for row in self.practices} == {State.REST}


RESTORE = "restore"
"""`UndoStep.what` where a backup replaced the diary: a step without rows, which isn't undone but
reported. Its subject is the name of the copy set aside of what was replaced."""


class StepCounts(NamedTuple):
    """How many entries and evenings undo or redo changed in a step."""

    practice_ids: tuple[str, ...] = ()
    """The practices of the entries, and those that were changed themselves."""
    added_or_removed: tuple[str, ...] = ()
    """The names of those that are there only now, or were only before."""
    edited_practices: tuple[str, ...] = ()
    """The present names of those that were there before and are now, but were changed themselves,
    other than in their place."""
    entries: int = 0
    evenings: int = 0
    rest_days: tuple[int, int] | None = None
    """How many of the entries of a `rest` step were rest days before and are now."""


class UndoStep(NamedTuple):
    """One step of the undo log."""

    what: str
    """`log`, `rate`, `note`, `draft`, `rest`, `clear`, `import`, `merge`, `practice`,
    `translation`, `setting`, `support`, `prompts`, `coin`, `record` or `restore`."""
    subject: str
    """The practice's id, `calm`, or a file's name; the ids of several practices that were logged
    together, with spaces between them."""
    first_day: date | None
    last_day: date | None
    rows: int
    at: str = ""
    """When it was made: UTC with microseconds."""
    change: tuple[Any, Any] | None = None
    """The row before and after undo or redo, in a step of one row: an Entry, an Evening, a
    Practice (also where its days changed with it) or the value of a setting; None for a row that
    doesn't exist. In a list of steps only a Practice, before and after the step itself."""
    number: int = 0
    """Its id in the undo log; a new step can reuse the id of an undone one."""
    counts: StepCounts = StepCounts()
    """What undo or redo changed."""
    changes: tuple[tuple[Entry | None, Entry | None], ...] = ()
    """As `change`, of each of a few practices that were logged, cleared or noted together."""
    places: tuple[int, int] | None = None
    """Where the practice that undo or redo moved was in the list, from 1, and is now."""


class ConflictRecord(NamedTuple):
    """A row that lost a conflict in an import or merge: one that was left out, or the diary's own
    that was replaced."""

    number: int
    at: str
    """When it lost: UTC with microseconds."""
    what: str
    """`import` or `merge`."""
    subject: str
    """The name of that file or diary."""
    kind: str
    """`entry`, `evening`, `practice` or `kept`."""
    key: str
    """A practice's id, `calm` or a key of what the app remembers."""
    day: date | None
    row: Any
    """An Entry, an Evening, a Practice, or a JSON value."""


class BroughtBack(NamedTuple):
    """A row that lost a conflict, and was saved."""

    record: ConflictRecord
    before: Any
    """The row that it replaced; None where there was none."""
    now: Any
    """The row that was saved: the record's, with what that leaves blank as it was before."""
    is_changed: bool


class ShadowedWord(NamedTuple):
    """An id or letter of a practice by which another one is found, whose name or id it is, too."""

    word: str
    owner: Practice
    """The practice whose id or letter it is."""
    found: Practice
    instead: str
    """What to type for the owner."""


class RestResult(NamedTuple):
    """The result of adding or removing rest days."""

    changes: tuple[EntryChange, ...] = ()
    """The entries that became rest days or no longer are, and rest days with another note."""
    skipped: tuple[tuple[str, date], ...] = ()
    """Practice names and days that are logged and so were skipped."""
    own_notes: tuple[str, ...] = ()
    """The notes about a day that stay in place of the given one, one for each entry."""
    practice: str = ""
    """The name of the only practice whose rest days changed; "" for several or none."""

    @property
    def rest_days(self) -> list[EntryChange]:
        """The entries that became rest days or no longer are."""
        return [one for one in self.changes if one.ends_rest or one.begins_rest]

    @property
    def noted(self) -> list[EntryChange]:
        """The rest days that were there already and have another note now."""
        return [
            one
            for one in self.changes
            if one.now.state is EntryState.REST
            and one.now.note != one.before.note
            and not one.begins_rest
        ]

    @property
    def replaced(self) -> list[str]:
        """The notes in whose place others were written, one for each entry."""
        return [one.before.note for one in self.noted if one.before.note]

    @property
    def reasons(self) -> list[str]:
        """The notes that were removed with rest days, one for each entry."""
        return [one.removed_reason for one in self.changes if one.removed_reason]
