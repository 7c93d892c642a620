"""What another tracker's file says, turned into entries and evenings of a diary.

Each importer tells its records here, one by one with their lines. Nothing is dropped in silence:
what can't be taken is left out with its reason, and what was changed says how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.i18n.dates import format_day
from tracker.i18n.messages import plural_key, say
from tracker.i18n.units import unit_label
from tracker.importers.foreign_habit import (
    ForeignHabit,
    days_per_week,
    fit_question,
    half_up,
    is_weekly,
    unique_name,
)
from tracker.importers.import_report import ParsedFile, PracticeInFile
from tracker.importers.row_collector import RowCollector
from tracker.models import CALM_ID, EntryState, Evening, Practice, Unit


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """How a person wants a file to be read."""

    named: Mapping[str, str] = field(default_factory=dict)
    """Practices as the person names them, or `calm`, by the names of habits or activities."""
    moods: Mapping[str, int] = field(default_factory=dict)
    """Calm scores by the labels of moods, in small letters."""
    activities: bool = False
    """Whether every activity beside a mood becomes a practice."""
    hushed: bool = False
    """Whether nothing that is told names the score of a day: others can see the screen."""


@dataclass(frozen=True, slots=True)
class HabitTarget:
    """Where a habit's days go."""

    habit: ForeignHabit
    id: str
    """A practice's id, or `calm`."""
    own: Practice | None
    """The diary's practice; None for a new one."""

    def aim(self, day: date) -> int:
        """The amount that a bare yes stands for."""
        return self.habit.amount if self.own is None else self.own.goal_on(day).amount

    @property
    def unit(self) -> Unit:
        """How its days are counted in the diary."""
        return self.habit.unit if self.own is None else self.own.unit


class HabitImporter:
    """Takes the records of one file. Raises WrongInput only for what the person asked for."""

    def __init__(self, known: Sequence[Practice], today: date, wishes: ImportChoices) -> None:
        self.today = today
        self.wishes = wishes
        self._known = {practice.id: practice for practice in known}
        self._by_name = {practice.name.casefold(): practice for practice in reversed(known)}
        self._named = {
            habit.strip().casefold(): CALM_ID
            if to.strip() == CALM_ID
            else practice_lookup.find_practice(known, to).id
            for habit, to in wishes.named.items()
        }
        self._unused = set(self._named)
        self._gathering = RowCollector(known, today)
        self._habits: dict[str, ForeignHabit] = {}
        self._names: list[str] = []
        self._last_day: dict[str, date] = {}
        self._read = self._left_out = 0
        self.moods: dict[str, int | None] = {}
        """The labels of moods, and the calm score that each stands for."""
        self.activities: tuple[str, ...] = ()
        """The names of what was done beside a mood."""

    def habit(self, habit: ForeignHabit) -> HabitTarget:
        """A habit of the file, in the order of its list; matched by its name or as asked for."""
        name = unique_name(habit.name, len(self._names) + 1, self._names)
        if name != habit.name.strip():
            self.said("other.name_changed", name=habit.name.strip()[:60], to=name)
        self._names.append(name)
        question = fit_question(habit.question)
        if question != habit.question.strip():
            self.said("other.question_changed", name=name)
        habit = replace(habit, question=question)
        if habit.unit is Unit.MINUTES and habit.per_number > 1:
            self.said("other.hours", name=name)
        asked = self.asked_for(habit.name)
        own = self._known.get(asked) if asked else self._by_name.get(name.casefold())
        if asked == CALM_ID:
            return HabitTarget(habit, CALM_ID, None)
        if own is not None:
            self._gathering.practice(own.id, "", "")
            self._tell_unlike(habit, own)
            self._habits.setdefault(own.id, habit)
            return HabitTarget(habit, own.id, own)
        made = self._gathering.practice("", name, habit.unit.value)
        self._habits[made] = replace(habit, name=name)
        return HabitTarget(habit, made, None)

    def asked_for(self, name: str) -> str | None:
        """The practice that the person named for a habit or an activity, or `calm`."""
        key = name.strip().casefold()
        self._unused.discard(key)
        return self._named.get(key)

    def yes(
        self, line: int, to: HabitTarget, day: date, note: str = "", at: str | None = None
    ) -> None:
        """A day on which it was done."""
        self._mark(line, to, day, EntryState.LOGGED, to.aim(day), note, at)

    def no(
        self, line: int, to: HabitTarget, day: date, note: str = "", at: str | None = None
    ) -> None:
        """A day on which it was not, and the person said so."""
        self._mark(line, to, day, EntryState.LOGGED, 0, note, at)

    def rest(self, line: int, to: HabitTarget, day: date, note: str = "") -> None:
        """A day that was skipped: neutral."""
        self._mark(line, to, day, EntryState.REST, None, note, None)

    def unknown(self, line: int, to: HabitTarget, day: date, note: str = "") -> None:
        """A day of which nothing is known but perhaps a note."""
        if note:
            self._mark(line, to, day, EntryState.LOGGED, None, note, None)
        else:
            self._read += 1
            self.left_out("other.unknown", line=line, name=to.habit.name, day=_spoken(day))

    def number(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        number: Decimal,
        note: str = "",
        at: str | None = None,
    ) -> None:
        """A day with a number, as the habit counts it."""
        habit = to.habit
        original = f"{number.normalize():f} {habit.unit_word.strip()}".strip()
        if to.id == CALM_ID:
            self._score(line, day, number, original, note)
            return
        whole = half_up(number * habit.per_number)
        if habit.at_most:
            amount = to.aim(day) if number <= habit.target else 0
        elif not to.unit.spec.is_counted:
            amount = int(number >= habit.target if habit.target else number > 0)
        else:
            amount = whole
        if amount != number * habit.per_number:
            self.said("other.number", line=line, name=habit.name, number=original, amount=amount)
            note = f"{note} ({original})".strip()
        self._mark(line, to, day, EntryState.LOGGED, amount, note, at)

    def evening(self, line: int, day: date, calm: int | None, note: str, *, rows: int = 1) -> None:
        """An evening that `rows` records of the file tell of."""
        self._read += rows
        with_note = self._gathering.note(line, note)
        try:
            self._gathering.evening(line, Evening(day, calm, with_note, None))
        except InputError as error:
            self._left_out += rows - 1
            self.left_out("other.left_out", line=line, problem=error)

    def says_nothing(self, line: int) -> None:
        """A record in which nothing was written."""
        self._read += 1
        self.left_out("other.says_nothing", line=line)

    def beside(self, line: int, to: HabitTarget, day: date) -> None:
        """A day on which it was done, told in a record that counts as read already."""
        self.yes(line, to, day)
        self._read -= 1

    def orphan(self, line: int) -> None:
        """A record of a habit that the file doesn't tell of."""
        self._read += 1
        self.left_out("other.orphan", line=line)

    def left_out(self, name: str, /, **gaps: object) -> None:
        """A record that could not be taken, and why."""
        self._left_out += 1
        self.said(name, **gaps)

    def said(self, name: str, /, **gaps: object) -> None:
        """Something that the person is told."""
        self._gathering.sayings.add(name, **gaps)

    def no_place(self, *things: str) -> None:
        """Parts of a file that a diary has no place for."""
        if things:
            self.said("other.no_place", things=", ".join(things))

    def weekly(self, name: str, times: int, days: int) -> int:
        """`times` in so many `days` as days a week, which is said where it is not the same."""
        found = days_per_week(times, days)
        if not is_weekly(times, days):
            self.said(
                plural_key("other.weekly", days), name=name, times=times, days=days, weekly=found
            )
        return found

    def incoming(self) -> ParsedFile:
        """All that was collected."""
        for name in sorted(self._unused):
            self.said("other.unused_name", name=name)
        gathered = self._gathering.incoming(self._habits)
        return replace(
            gathered,
            practices=tuple(map(self._with_habit, gathered.practices)),
            read=self._read,
            left_out=self._left_out,
        )

    def _with_habit(self, seen: PracticeInFile) -> PracticeInFile:
        if seen.id in self._known:
            return seen
        return replace(seen, habit=self._habits[seen.id], last_day=self._last_day.get(seen.id))

    def _mark(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        state: EntryState,
        amount: int | None,
        note: str,
        at: str | None,
    ) -> None:
        if to.id == CALM_ID:
            self._without_score(line, to, day, note)
            return
        self._read += 1
        kept = self._gathering.note(line, note)
        try:
            self._gathering.entry(line, day, to.id, state.value, _fitting(amount), kept, at)
        except InputError as error:
            self.left_out("other.left_out", line=line, problem=error)
            return
        self._last_day[to.id] = max(day, self._last_day.get(to.id, day))

    def _without_score(self, line: int, to: HabitTarget, day: date, note: str) -> None:
        if note:
            self.evening(line, day, None, note)
        else:
            self._read += 1
            self.left_out("other.no_score", line=line, name=to.habit.name)

    def _score(self, line: int, day: date, number: Decimal, original: str, note: str) -> None:
        score = half_up(number)
        if not 0 <= score <= 10:
            self._read += 1
            self.left_out("other.left_out", line=line, problem=say("check.score", score=original))
            return
        if score != number:
            self.said("other.number", line=line, name=CALM_ID, number=original, amount=score)
            note = f"{note} ({original})".strip()
        self.evening(line, day, score, note)

    def _tell_unlike(self, habit: ForeignHabit, own: Practice) -> None:
        now = own.goal_on(self.today).days_per_week
        if habit.days_per_week != now:
            days = habit.days_per_week
            self.said("other.goal_stays", name=own.name, days=days, own=now)
        if habit.is_counted and not habit.at_most and habit.unit is not own.unit:
            self.said(
                "csv.other_unit",
                name=own.name,
                own=unit_label(own.unit),
                other=unit_label(habit.unit),
            )
        if habit.archived:
            self.said("other.still_listed", name=own.name)


def _fitting(amount: int | None) -> int | None:
    return None if amount is None else validation.amount(amount)


def _spoken(day: date) -> str:
    return format_day(day, year=True)
