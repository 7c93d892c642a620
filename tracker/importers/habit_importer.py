"""Turns the records of another tracker into entries and evenings of a diary.

An importer calls `add_habit` for each habit and one of the other `add_` methods for each record,
with the record's line or number. Every record that is skipped or changed is reported.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tracker.diary import practice_lookup, validation
from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    UnclearDateError,
    order_of,
    parse_order,
    replace_invalid,
    stored_text,
)
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _, format_number, ngettext, round_half_up
from tracker.i18n.units import unit_label
from tracker.importers.import_report import (
    OTHER_UNIT,
    Content,
    ForeignHabit,
    HabitInFile,
    Numbering,
    ParsedFile,
    PracticeInFile,
)
from tracker.importers.row_collector import RowCollector
from tracker.models import CALM_ID, HIGHEST_SCORE, Entry, EntryState, Evening, Practice, Unit
from tracker.rules.folding import fold
from tracker.sanitize import sanitize_line

MAX_SCALE = 1_000
"""The largest scale of a table's calm column."""

LEFT_OUT = ""
"""The target of a habit that the person chose to leave out."""


NOTE = "*note"
"""The target of a column of a table that is the evenings' note; no practice has this id."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """The person's choices on how a file is read."""

    named: Mapping[str, str] = field(default_factory=dict)
    """Practices as typed, `calm` or `note`, by the names of the habits, activities or columns that
    they are for."""
    new_names: Mapping[str, str] = field(default_factory=dict)
    """Names of new practices, by the names of habits or activities."""
    left_out: frozenset[str] = frozenset()
    """The names of habits or activities that are left out."""
    moods: Mapping[str, int] = field(default_factory=dict)
    """Calm scores by the labels of moods, in lower case."""
    activities: bool = False
    """Whether every activity of a mood becomes a practice."""
    date_format: str | None = None
    """The format of dates, such as DD/MM/YYYY, in files whose dates can't settle it; None to detect
    it."""
    scale: int | None = None
    """The highest score of a table's calm column."""
    hide_scores: bool = False
    """Whether no message names the calm score of a day."""
    in_app: bool = False
    """Whether messages name the keys of the Import screen, and not the command's options."""

    def is_about(self, name: str) -> bool:
        """Whether the person chose what becomes of a habit, an activity or a column."""
        chosen = (*self.named, *self.new_names, *self.left_out)
        return name.strip().casefold() in (one.strip().casefold() for one in chosen)


class UnknownScaleError(InputError):
    """A column of scores whose scale its numbers can't settle."""

    def __init__(self, message: str, column: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class HabitTarget:
    """The practice that a habit's records are added to."""

    habit: ForeignHabit
    id: str
    """A practice's id, `calm`, or LEFT_OUT."""
    own: Practice | None
    """The diary's practice; None for a new one."""

    @property
    def is_new(self) -> bool:
        """Whether it is a practice that the diary doesn't have."""
        return self.own is None and self.id not in (CALM_ID, LEFT_OUT)

    def goal_amount(self, day: date) -> int:
        """The daily goal on a day: the amount of a yes without a number."""
        return self.habit.amount if self.own is None else self.own.goal_on(day).amount

    @property
    def unit(self) -> Unit:
        return self.habit.unit if self.own is None else self.own.unit


class HabitImporter:
    """Collects the records of one file. Raises InputError only for a wrong choice of the person:
    a record with an invalid value is skipped and reported."""

    def __init__(
        self,
        known: Sequence[Practice],
        today: date,
        choices: ImportChoices,
        numbering: Numbering,
        *,
        is_pristine: bool = False,
    ) -> None:
        """`known` are the diary's practices; in one that `is_pristine`, their settings are only
        defaults, and those of the file replace them."""
        self.today = today
        self.choices = choices
        self._known = {practice.id: practice for practice in known}
        self._is_pristine = is_pristine
        self._by_name = {practice.name.casefold(): practice for practice in reversed(known)}
        self._by_key = {
            practice_lookup.comparison_key(practice.name): practice for practice in reversed(known)
        }
        self._mapped = {
            habit.strip().casefold(): _find_target(known, to) for habit, to in choices.named.items()
        } | {habit.strip().casefold(): LEFT_OUT for habit in choices.left_out}
        self._new_names = {
            habit.strip().casefold(): validation.name(name)
            for habit, name in choices.new_names.items()
        }
        self._unused_names = {
            habit.strip().casefold(): habit.strip()
            for habit in (*choices.named, *choices.new_names, *choices.left_out)
        }
        self._rows = RowCollector(known, today, numbering, rows_per_kind=1, joins_notes=True)
        self._habits: dict[str, ForeignHabit] = {}
        self._names: list[str] = []
        self._last_day: dict[str, date] = {}
        self._refused: set[str] = set()
        """Practices with a record that could not be imported."""
        self._earlier: dict[date, frozenset[Content]] = {}
        self._read = self._skipped = 0
        self._counted_together: Counter[str] = Counter()
        """Days on which several records of a habit became one entry, by its name."""
        self._left_out_rows: Counter[str] = Counter()
        """Records of the habits that the person leaves out, by their names."""
        self.habits: dict[str, HabitInFile] = {}
        """What habits and activities become, by their names in lower case."""
        self.unclear_date = ""
        """A date that only the person's choice settled; empty for none."""
        self.scale: int | None = None
        """The highest score of a table's calm column."""
        self.moods: dict[str, int | None] = {}
        """The labels of moods with their calm scores; None without one."""
        self.activities: tuple[str, ...] = ()
        """The names of activities of moods."""

    def number_items(self) -> None:
        """Numbers records as items from now on, not as lines. To be called before the first one."""
        self._rows.messages.numbering = "item"

    def date_order(self, dates: Iterable[str]) -> str:
        """The order of day, month and year that the person chose, else the one in which the dates
        are valid. Raises UnclearDateError if that doesn't settle it."""
        chosen = self.choices.date_format
        if chosen is None:
            return order_of(dates)
        order = parse_order(chosen)
        try:
            order_of(dates)
        except UnclearDateError as error:
            self.unclear_date = error.text
        return order

    def add_habit(self, habit: ForeignHabit, *, is_calm: bool = False) -> HabitTarget:
        """Adds a habit, in the order of the file, and matches it to the practice that the person
        chose, else to calm with `is_calm`, to the practice of the same name or id, or to a new
        one."""
        mapped = self.mapped_practice(habit.name)
        if mapped == NOTE:
            raise InputError(
                _('Only a column of a table can become your note, so "{name}" can\'t.').format(
                    name=habit.name.strip()[:60]
                )
            )
        if mapped is None and is_calm and not self.new_name(habit.name):
            mapped = CALM_ID
        if mapped in (CALM_ID, LEFT_OUT):
            self.note_habit(habit.name, mapped, has_numbers=habit.is_counted)
            return HabitTarget(habit, mapped, None)
        target = self._add_practice(habit, mapped)
        new_name = "" if target.own else self._habits[target.id].name
        self.note_habit(habit.name, target.id, new_name, has_numbers=habit.is_counted)
        return target

    def note_habit(
        self,
        name: str,
        target: str,
        new_name: str = "",
        *,
        has_numbers: bool = False,
        has_text: bool = False,
    ) -> None:
        """Records what a habit or an activity becomes: the import screen lists it, and the person
        can change it there."""
        habit = HabitInFile(name.strip(), target, new_name, has_numbers, has_text)
        self.habits.setdefault(name.strip().casefold(), habit)

    def _add_practice(self, habit: ForeignHabit, mapped: str | None) -> HabitTarget:
        new_name = self.new_name(habit.name)
        name = unique_name(new_name or habit.name, len(self._names) + 1, self._names)
        if name != habit.name.strip() and not new_name:
            self.report(
                _('The habit "{name}" becomes the practice "{to}" in your diary.'),
                name=habit.name.strip()[:60],
                to=name,
            )
        self._names.append(name)
        question = _one_line(habit.question)[: validation.MAX_QUESTION_LENGTH].strip()
        if question != habit.question.strip():
            self.report(_("The question for {name} was changed to fit on one line."), name=name)
        habit = replace(habit, question=question)
        if habit.unit is Unit.MINUTES and habit.factor != 1:
            self.report(_("{name}: hours were converted to minutes."), name=name)
        own = self._known.get(mapped) if mapped else self._own_practice(name, is_new=bool(new_name))
        if own is not None:
            self._rows.practice(own.id, "", "")
            if self._is_pristine:
                goal = habit.goal_instead_of(own.goals[0], own.unit)
                own = own._replace(goals=(goal,))
            else:
                self._report_differences(habit, own)
            if habit.is_counted and not habit.at_most and habit.unit is not own.unit:
                self._report_unit(habit, own)
            self._habits.setdefault(own.id, habit)
            return HabitTarget(habit, own.id, own)
        self._report_changed_goal(habit)
        new_id = self._rows.practice("", name, habit.unit.value)
        self._habits[new_id] = replace(habit, name=name)
        return HabitTarget(habit, new_id, None)

    def _own_practice(self, name: str, *, is_new: bool) -> Practice | None:
        """The diary's practice with this name or id, else the one that `practices add` refuses to
        add again by this name. A name that the person chose for a new practice is no id."""
        key = name.casefold()
        own = self._by_name.get(key) or self._by_key.get(practice_lookup.comparison_key(name))
        if own is not None or is_new:
            return own
        # A renamed practice keeps its id, by which an export names it.
        return self._known.get(key) or practice_lookup.find_present(name, self._known.values())

    def mapped_practice(self, name: str) -> str | None:
        """What the person chose for a habit or an activity: the id of a practice, `calm`, NOTE or
        LEFT_OUT; None for no choice or a new practice."""
        key = name.strip().casefold()
        self._unused_names.pop(key, None)
        return self._mapped.get(key)

    def new_name(self, name: str) -> str:
        """The name that the person chose for a habit or an activity as a new practice; empty for
        none."""
        return self._new_names.get(name.strip().casefold(), "")

    def _report_changed_goal(self, habit: ForeignHabit) -> None:
        """Reports a goal that isn't one of whole days per week."""
        times, days = habit.goal or (0, 1)
        weekly = habit.days_per_week or 0
        if not times or (days > 0 and 7 * times == weekly * days):
            return
        self.report(
            ngettext(
                "{name}: calmtrack's goals are per week, so {times} in {days} day "
                "becomes {weekly} of 7 days.",
                "{name}: calmtrack's goals are per week, so {times} in {days} days "
                "becomes {weekly} of 7 days.",
                days,
            ),
            name=habit.name,
            times=times,
            days=days,
            weekly=weekly,
        )

    def add_done(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        note: str = "",
        at: str | None = None,
        *,
        count: bool = True,
    ) -> None:
        """Adds a day on which the habit was done. Without `count` the record isn't counted as read:
        it is part of another one."""
        self._add(line, to, day, EntryState.LOGGED, to.goal_amount(day), note, at)
        if not count:
            self._read -= 1

    def add_not_done(
        self, line: int, to: HabitTarget, day: date, note: str = "", at: str | None = None
    ) -> None:
        """Adds a day that was marked as not done: an explicit no."""
        self._add(line, to, day, EntryState.LOGGED, 0, note, at)

    def add_rest(self, line: int, to: HabitTarget, day: date, note: str = "") -> None:
        """Adds a day that was skipped: a rest day."""
        self._add(line, to, day, EntryState.REST, None, note, None)

    def add_unmarked(self, line: int, to: HabitTarget, day: date, note: str = "") -> None:
        """Adds the note of a day without a mark; one without a note either is skipped."""
        if note or to.id == LEFT_OUT:
            self._add(line, to, day, EntryState.LOGGED, None, note, None)
        else:
            self._read += 1
            self.skip(
                _(
                    "{at}: {name} on {day} isn't marked as done or not done, so it counts as "
                    "not logged."
                ),
                line=line,
                name=to.habit.name,
                day=format_day(day, year=True),
            )

    def add_number(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        number: Decimal,
        note: str = "",
        at: str | None = None,
        *,
        written: str = "",
    ) -> None:
        """Adds a day with a number in the habit's own unit. A number that has to be changed stays
        in the note, as it is `written` in the file, and is reported."""
        if to.id == LEFT_OUT:
            self.leave_out_habit(to.habit.name)
            return
        habit = to.habit
        digits = written or f"{number.normalize():f}"
        original = f"{digits} {habit.unit_word.strip()}".strip()
        if to.id == CALM_ID:
            self._add_score(line, day, number, original, note)
            return
        if habit.at_most:
            amount = to.goal_amount(day) if number <= habit.target else 0
        elif not to.unit.spec.is_counted:
            amount = int(number >= habit.target if habit.target else number > 0)
        else:
            amount = round_half_up(number * habit.factor)
        is_changed = amount != number * habit.factor
        if is_changed:
            note = f"{note} ({original})".strip()
        is_added = self._add(line, to, day, EntryState.LOGGED, amount, note, at)
        if is_changed and is_added:
            if habit.at_most:
                self._report_limit(line, habit, original, is_done=amount > 0)
            else:
                self._report_number(line, habit.name, original, amount)

    def add_value(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        value: Decimal,
        note: str = "",
        at: str | None = None,
        *,
        written: str = "",
    ) -> None:
        """Adds a day with the number of a counted habit; of another one, 0 is not done."""
        if to.habit.is_counted:
            self.add_number(line, to, day, value, note, at, written=written)
        elif value > 0:
            self.add_done(line, to, day, note, at)
        else:
            self.add_not_done(line, to, day, note, at)

    def note_with_number(self, line: int, name: str, note: str, number: Decimal) -> str:
        """The note of a day with a number that can't be its amount, which is reported."""
        text = f"{number.normalize():f}"
        self.report(
            _("{at}: the amount for {name}, {number}, is put in that day's note."),
            line=line,
            name=name,
            number=text,
        )
        return f"{note} ({text})".strip()

    def add_evening(
        self,
        line: int,
        day: date,
        calm: int | None,
        note: str,
        at: str | None = None,
        *,
        records: int = 1,
        earlier: Iterable[Content] = (),
    ) -> None:
        """Adds an evening, made of `records` records of the file. `earlier` are the contents that
        the evening had in exports made before the last of these records."""
        self._read += records
        stored_note = self._rows.note(line, note)
        self._earlier[day] = frozenset((score, stored_text(text)) for score, text in earlier)
        try:
            self._rows.add_evening(line, Evening(day, calm, stored_note, at))
        except InputError as error:
            self._skipped += records
            self.report_invalid(line, error, "day")

    def count_together(self, to: HabitTarget, number: int) -> None:
        """Counts `number` further records of a day that are combined with the one added last."""
        if to.id == LEFT_OUT:
            self.leave_out_habit(to.habit.name, number)
            return
        self._read += number
        if number:
            self._counted_together[to.habit.name] += 1

    def leave_out(self, records: int = 1) -> None:
        """Counts records that were read and skipped; the caller reports them."""
        self._read += records
        self._skipped += records

    def leave_out_habit(self, name: str, records: int = 1) -> None:
        """Counts records of a habit that the person leaves out; they are reported together."""
        self.leave_out(records)
        self._left_out_rows[name.strip()] += records

    def skip_orphan(self, line: int) -> None:
        """Skips a record of a habit that is not in the file."""
        self._read += 1
        self.skip(
            _("{at}: this entry's habit isn't in the file, so the entry is left out."),
            line=line,
        )

    def skip(self, message: str, /, **values: object) -> None:
        """Counts a record that was skipped, and reports why."""
        self._skipped += 1
        self.report(message, **values)

    def report_invalid(self, line: int, problem: object, kind: str = "") -> None:
        """Reports a record that can't be imported; those of a `kind` are reported together."""
        message = _("{at}: {problem} This entry is left out.")
        self.report(message, line=line, problem=problem, kind=kind)

    def report(self, message: str, /, **values: object) -> None:
        """Adds a translated message with the values of its fields to the report; `line` is the
        number of the record that it is about."""
        self._rows.messages.add(message, **values)

    def report_deleted(self, name: str, days: int) -> None:
        """Reports a habit that was deleted in its tracker, and is archived here."""
        self.report(
            ngettext(
                "{name} is deleted in the file. It's archived, and its {rows} day is kept.",
                "{name} is deleted in the file. It's archived, and its {rows} days are kept.",
                days,
            ),
            name=name,
            rows=days,
        )

    def report_text(self, name: str, text: str) -> None:
        """Reports a text of a habit that a diary has no place for."""
        self.report(
            _('{name}: calmtrack has no place for the text "{text}", so it is left out.'),
            name=name,
            text=text[:60],
        )

    def report_unsupported(self, *things: str) -> None:
        """Reports parts of a file that a diary has no place for; empty names are ignored."""
        if names := ", ".join(filter(None, things)):
            self.report(
                _("Left out, because calmtrack has no place for them: {things}."), things=names
            )

    def parsed_file(self) -> ParsedFile:
        for name, days in self._counted_together.items():
            message = ngettext(
                "{name}: on {days} day, several entries were combined into one.",
                "{name}: on {days} days, several entries were combined into one.",
                days,
            )
            self.report(message, name=name, days=format_number(days))
        for name, rows in self._left_out_rows.items():
            message = ngettext(
                "{name}: {count} row left out, as you chose.",
                "{name}: {count} rows left out, as you chose.",
                rows,
            )
            self.report(message, name=name, count=format_number(rows))
        if self._unused_names:
            raise unknown_name_error(min(self._unused_names.values()))
        # A new practice all of whose days are left out would only be an empty one in the list.
        refused = self._refused - self._last_day.keys() - self._known.keys()
        parsed = self._rows.parsed_file(one for one in self._habits if one not in refused)
        return replace(
            parsed,
            practices=tuple(map(self._with_habit, parsed.practices)),
            read=self._read,
            left_out=self._skipped,
            earlier=self._earlier,
            is_from_tracker=True,
        )

    def _with_habit(self, practice: PracticeInFile) -> PracticeInFile:
        last_day = self._last_day.get(practice.id)
        if practice.id in self._known and not self._is_pristine:
            return replace(practice, last_day=last_day)
        return replace(practice, habit=self._habits[practice.id], last_day=last_day)

    def _add(
        self,
        line: int,
        to: HabitTarget,
        day: date,
        state: EntryState,
        amount: int | None,
        note: str,
        at: str | None,
    ) -> bool:
        """Adds an entry; returns whether it can be imported."""
        if to.id == LEFT_OUT:
            self.leave_out_habit(to.habit.name)
            return False
        if to.id == CALM_ID:
            self._add_without_score(line, to, day, note)
            return False
        self._read += 1
        stored_note = self._rows.note(line, note)
        try:
            self._rows.add_entry(line, Entry(day, to.id, state, amount, stored_note, at))
        except InputError as error:
            self._skipped += 1
            self._refused.add(to.id)
            self.report_invalid(line, error, "day" if day > self.today else f"amount of {to.id}")
            return False
        self._last_day[to.id] = max(day, self._last_day.get(to.id, day))
        return True

    def _add_without_score(self, line: int, to: HabitTarget, day: date, note: str) -> None:
        if note:
            self.add_evening(line, day, None, note)
        else:
            self._read += 1
            self.skip(
                _("{at}: {name} has no number that could be a calm score, so it is left out."),
                line=line,
                name=to.habit.name,
            )

    def _add_score(self, line: int, day: date, number: Decimal, original: str, note: str) -> None:
        score = round_half_up(number)
        if not 0 <= score <= HIGHEST_SCORE:
            self.leave_out()
            problem = _("Calm is a whole number from 0 to 10, not {score}.").format(score=original)
            self.report_invalid(line, problem, "score")
            return
        if score != number:
            note = self.note_with_score(line, note, original, score)
        self.add_evening(line, day, score, note)

    def note_with_score(self, line: int, note: str, original: str, score: int) -> str:
        """The note of an evening whose score had to be rounded to `score`, which is reported."""
        if not self.choices.hide_scores:
            self._report_number(line, _("Calm"), original, score)
        return f"{note} ({original})".strip()

    def _report_number(self, line: int, name: str, original: str, amount: int) -> None:
        self.report(
            _('{at}: "{number}" for {name} is imported as {amount}. The original is in the note.'),
            line=line,
            name=name,
            number=original,
            amount=amount,
        )

    def _report_limit(
        self, line: int, habit: ForeignHabit, original: str, *, is_done: bool
    ) -> None:
        self.report(
            _(
                '{at}: "{number}" for {name} is imported as {result}, as its upper limit is '
                "{limit}. The original is in the note."
            ),
            line=line,
            number=original,
            name=habit.name,
            result=_("done") if is_done else _("not done"),
            kind=is_done,
            limit=f"{habit.target.normalize():f}",
        )

    def _report_differences(self, habit: ForeignHabit, own: Practice) -> None:
        now = own.goal_on(self.today).days_per_week
        if habit.days_per_week and habit.days_per_week != now:
            days = habit.days_per_week
            self.report(
                _(
                    "{name}: the goal is {days} of 7 days in the file and {own} in your "
                    "diary. Yours stays."
                ),
                name=own.name,
                days=days,
                own=now,
            )
        if habit.archived and own.archived_since(self.today) is None:
            self.report(_("{name} is archived in the file. It stays in your list."), name=own.name)

    def _report_unit(self, habit: ForeignHabit, own: Practice) -> None:
        """Reports that a habit's numbers are imported in the unit of a practice of the diary."""
        if habit.unit_word.strip():
            self.report(
                _(OTHER_UNIT),
                name=own.name,
                own=unit_label(own.unit),
                other=unit_label(habit.unit),
            )
        # A column called like the practice has its unit, as has one that names it.
        elif not _names_unit(habit.name, own.unit) and practice_lookup.comparison_key(
            habit.name
        ) not in map(practice_lookup.comparison_key, (own.name, own.id)):
            self.report(
                _(
                    "{name}: the file doesn't say what {habit} is counted in. Its numbers are "
                    "imported as {own}."
                ),
                name=own.name,
                habit=habit.name,
                own=unit_label(own.unit),
            )


def _names_unit(heading: str, unit: Unit) -> bool:
    """Whether a heading has the word for a unit, in English or in the current language."""
    words = re.split(r"[\W_]+", fold(heading))
    return not {fold(unit.value), fold(unit_label(unit))}.isdisjoint(words)


def unknown_name_error(name: str) -> InputError:
    """The error for a choice about a habit, an activity or a column that the file doesn't have."""
    return InputError(
        _(
            'Nothing in the file is called "{name}". Nothing was imported. Check the name '
            "you gave with --map, --new or --skip."
        ).format(name=name)
    )


def _find_target(known: Sequence[Practice], text: str) -> str:
    """The id of the practice that the person named, `calm` or NOTE; the words for calm and for a
    note can also be those of the current language. Raises InputError for any other text."""
    if text.strip().casefold() == CALM_ID:
        return CALM_ID
    try:
        return practice_lookup.find_practice(known, text).id
    except InputError:
        if practice_lookup.is_calm(text):
            return CALM_ID
        if text.strip().casefold() in {"note", _("note").casefold()}:
            return NOTE
        raise


def _one_line(text: str) -> str:
    """The text with a space for its line breaks; one that is a line already is left as it is."""
    return re.sub(r"\s*⏎\s*", " ", sanitize_line(replace_invalid(text))).strip()


def unique_name(text: str, number: int, taken: Iterable[str]) -> str:
    """A valid name of a practice that is not `taken`, also with other separators: "Run" or "Run 2",
    "Habit 3" for none."""
    base = _one_line(text)[: validation.MAX_NAME_LENGTH].strip() or f"Habit {number}"
    used = set(map(practice_lookup.comparison_key, taken))
    short = base[: validation.MAX_NAME_LENGTH - 4]
    names = itertools.chain([base], (f"{short} {suffix}" for suffix in itertools.count(2)))
    return next(name for name in names if practice_lookup.comparison_key(name) not in used)
