"""Saves the parsed rows of a file as one undo step: the practices it adds to the list, its entries
and evenings, and what the report says about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter

from tracker.catalogue import practice_templates
from tracker.diary import practice_lookup
from tracker.diary.day_view import checked_in
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import PracticeHistory, history_with
from tracker.i18n.messages import _, format_number
from tracker.i18n.units import unit_label
from tracker.importers.import_report import (
    OTHER_UNIT,
    IncomingRow,
    ParsedFile,
    PracticeInFile,
    Report,
    ReportMessages,
    RowCounts,
    report_new,
)
from tracker.importers.row_conflicts import (
    ImportPolicy,
    Prefer,
    RowConflicts,
    Step,
    apply,
    is_pristine,
)
from tracker.importers.row_descriptions import preview_lines
from tracker.models import CALM_ID, Entry, EntryState, Evening, Goal, Practice, Span, Unit
from tracker.store.reader import Reader
from tracker.store.row_mapping import SHIPPED_AT
from tracker.store.versioned_rows import ENTRIES, EVENINGS, PRACTICES, RowChange, VersionedRow
from tracker.store.writer import Writer


def save_import(
    diary: Diary,
    parsed: ParsedFile,
    subject: str,
    *,
    prefer: Prefer,
    hides_scores: bool,
    dry_run: bool,
) -> Report:
    """Saves all parsed rows, or none, as one undo step named after `subject`; `prefer` says which
    row counts where the diary and the file both have one.

    A dry run returns the same report, writes nothing and creates no diary.
    """
    step = Step("import", subject)
    own, today, is_begun = diary.practices.all(), diary.today(), diary.store.exists()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        messages = ReportMessages(parsed.numbering)
        practices = own if writer is None else writer.practices()
        is_first = is_pristine(practices, reader)
        new = _new_practices(practices, parsed, today, messages, is_first=is_first)
        after = {practice.id: practice for practice in (*practices, *new)}
        # What a diary that isn't begun will be created with is new to the person, too.
        in_file = set() if is_begun else {one.id for one in parsed.practices}
        had = [practice for practice in practices if practice.id not in in_file]
        _report_new(had, tuple(after.values()), today, messages)
        if in_file and had:
            names = ", ".join(practice.name for practice in had)
            messages.add(_("Also in your list: {names}."), names=names)
        if writer is not None:
            _save_practices(writer, new, parsed.practices)

        before = _RatedDays.of(reader, practices, today)
        derived = _derived_noes(parsed, reader, before)
        rows = _rows_of_days(parsed, reader, derived)
        policy = ImportPolicy(after, prefer, parsed.earlier, hides_scores)
        conflicts = RowConflicts(reader, writer, policy, messages)
        saved = [
            *conflicts.save_days(ENTRIES, _by_day(rows.entries, rows.blank_entries)).values(),
            *conflicts.save_days(EVENINGS, _by_day(parsed.evenings, rows.blank_evenings)).values(),
        ]
        if not is_first or parsed.is_from_tracker or parsed.has_whole_days:
            values = [row.value for row in saved]
            _report_noes(before, after.values(), values, parsed, reader, messages, today)

        report = conflicts.finish(step)
        if not report.added + report.changed:
            # The list of practices is all that the file adds.
            count = len({one.id for one in new} - {one.id for one in had})
            report = replace(report, settings=RowCounts(added=count))
        return replace(
            report,
            read=parsed.read + rows.noes - len(derived),
            messages=(*parsed.messages, *parsed.new_columns, *report.messages),
            preview=preview_lines(
                [after[one.id] for one in parsed.practices],
                rows.shown_entries,
                [row.value for row in parsed.evenings],
                {practice.id for practice in practices} if is_begun else (),
                parsed.new_columns,
            ),
            left_out=parsed.left_out,
            can_prefer=True,
            lacks_settings=bool(new and parsed.practices) and not parsed.is_from_tracker,
            lacks_units=parsed.has_whole_days,
        )

    return apply(diary, step, save_all, dry_run=dry_run or not parsed.has_content)


@dataclass(frozen=True, slots=True)
class _DayRows:
    """The rows of a file that are saved, with the implied noes that contradict the diary."""

    entries: Sequence[IncomingRow]
    shown_entries: Sequence[Entry]
    """The same for the preview: a no with the note that it has in the file."""
    noes: int
    """The contradicting noes without a note, which weren't counted among the rows read."""
    blank_entries: Sequence[IncomingRow]
    """Empty entries and evenings for what the file leaves blank and the diary has: they change
    nothing, and are counted."""
    blank_evenings: Sequence[IncomingRow]


def _rows_of_days(
    parsed: ParsedFile, reader: Reader | None, derived: Collection[tuple[str, date]]
) -> _DayRows:
    noes = _contradicting_noes(parsed, reader)
    contradicting = {row.key for row in noes}
    noted = {row.key: row.value for row in parsed.implied_noes if row.value.note}
    entries = _by_day(
        (row for row in parsed.entries if row.key not in contradicting and row.key not in derived),
        noes,
    )
    return _DayRows(
        entries,
        [noted.get(row.key, row.value) for row in entries],
        len(contradicting - noted.keys()),
        *_blank_rows(parsed, reader),
    )


def _derived_noes(
    parsed: ParsedFile, reader: Reader | None, before: _RatedDays
) -> set[tuple[str, date]]:
    """The noes without a note in a file of whole days that follow from the diary's own score of the
    evening: an export writes what isn't logged there as 0, also if its score is then emptied."""
    if reader is None or not parsed.has_whole_days:
        return set()
    entries = [row.value for row in parsed.entries]
    derived = before.noes() & {
        (one.practice_id, one.day)
        for one in entries
        if one.amount == 0 and not one.note and one.logged_at is None
    }
    if derived:
        days = [day for _id, day in derived]
        derived -= {(one.practice_id, one.day) for one in reader.entries(min(days), max(days))}
    return derived


def _contradicting_noes(parsed: ParsedFile, reader: Reader | None) -> tuple[IncomingRow, ...]:
    """The implied noes of days on which the diary has an amount or a rest day: such a no was typed
    into the file, or the diary's entry was logged after the export."""
    noes = parsed.implied_noes
    if reader is None or not noes:
        return ()
    logged = {
        (entry.practice_id, entry.day)
        for entry in reader.entries(noes[0].day, noes[-1].day)
        if entry.amount or entry.state is EntryState.REST
    }
    return tuple(row for row in noes if row.key in logged)


def _blank_rows(
    parsed: ParsedFile, reader: Reader | None
) -> tuple[Sequence[IncomingRow], Sequence[IncomingRow]]:
    """Empty entries, and empty evenings, where the file is blank and the diary isn't; also where a
    no of the file, which is no entry, lacks the note that the diary's no has."""
    implied = {row.key for row in parsed.implied_noes if not row.value.note}
    days = [day for _id, day in parsed.blanks | implied if day is not None]
    if reader is None or not days:
        return (), ()
    first, last = min(days), max(days)
    return (
        [
            IncomingRow(key, one._replace(state=EntryState.LOGGED, amount=None, note=""))
            for one in reader.entries(first, last)
            if (key := (one.practice_id, one.day)) in parsed.blanks
            or (key in implied and one.note and not one.amount and one.state is EntryState.LOGGED)
        ],
        [
            IncomingRow(key, Evening.blank(one.day))
            for one in reader.evenings(first, last)
            if (key := (CALM_ID, one.day)) in parsed.blanks
        ],
    )


def _by_day(*groups: Iterable[IncomingRow]) -> list[IncomingRow]:
    return sorted(chain(*groups), key=attrgetter("day"))


# The noes that follow from an import


@dataclass(frozen=True, slots=True)
class _RatedDays:
    """The days of a diary on which what isn't logged is a no, before or after an import."""

    rated: frozenset[date]
    """Days that are over and whose evening has a score that isn't late."""
    first_days: Mapping[str, date]
    """The first day with an entry, by practice id."""
    histories: Sequence[PracticeHistory]
    """The days on which each practice is in the list."""

    @classmethod
    def of(cls, reader: Reader | None, practices: Iterable[Practice], today: date) -> _RatedDays:
        evenings = () if reader is None else reader.evenings(date.min, today - timedelta(days=1))
        first_days = {} if reader is None else reader.first_entries()
        histories = [history_with(one, first_days.get(one.id), {}) for one in practices]
        return cls(frozenset(one.day for one in evenings if checked_in(one)), first_days, histories)

    def with_rows(
        self, practices: Iterable[Practice], rows: Iterable[Entry | Evening], today: date
    ) -> _RatedDays:
        """The same after an import that leaves these practices and these rows of days."""
        rated, first_days = set(self.rated), dict(self.first_days)
        for one in rows:
            if isinstance(one, Evening):
                is_rated = one.day < today and checked_in(one)
                (rated.add if is_rated else rated.discard)(one.day)
            elif one.state is not EntryState.CLEARED:
                known = first_days.get(one.practice_id, one.day)
                first_days[one.practice_id] = min(known, one.day)
        histories = [history_with(one, first_days.get(one.id), {}) for one in practices]
        return _RatedDays(frozenset(rated), first_days, histories)

    def noes(self) -> set[tuple[str, date]]:
        """Practices, by their ids, and days which are a no if they have no entry."""
        return {
            (one.practice.id, day)
            for one in self.histories
            for day in self.rated
            if one.listed(day)
        }


def _report_noes(
    before: _RatedDays,
    after: Collection[Practice],
    saved: Sequence[Entry | Evening],
    parsed: ParsedFile,
    reader: Reader | None,
    messages: ReportMessages,
    today: date,
) -> None:
    """Reports how many noes follow from an import: of each practice the rated evenings on which
    nothing is logged for it but a note, and which weren't noes before. A 0 in the layout of days is
    none of them.

    `after` are the practices and `saved` the rows of the days of the file, after the import.
    """
    now = before.with_rows(after, saved, today)
    noes = now.noes() - before.noes() - {row.key for row in parsed.implied_noes}
    entries = [one for one in saved if isinstance(one, Entry)]
    if reader is not None and noes:
        days = [day for _practice_id, day in noes]
        entries += reader.entries(min(days), max(days))
    noes -= {
        (one.practice_id, one.day)
        for one in entries
        if one.state is EntryState.REST or one.amount is not None
    }
    if not noes:
        return
    counts = Counter(practice_id for practice_id, _day in noes)
    listed = [f"{one.name} ({format_number(counts[one.id])})" for one in after if counts[one.id]]
    messages.add(
        _(
            "Rated evenings count as not done where nothing is logged (number of evenings in "
            "brackets): {practices}."
        ),
        practices=", ".join(listed),
    )
    # In calmtrack's layout of entries, a score with its time says whether it is a late one.
    has_time = {row.day for row in parsed.evenings if row.value.logged_at is not None}
    new_days = now.rated - before.rated
    if new_days and parsed.has_whole_days:
        messages.add(_('For evenings you rated late, write "yes" in the column rated_late.'))
    elif new_days - has_time and not parsed.is_from_tracker:
        messages.add(
            _(
                "For evenings you rated late, write when in the column logged_at, like "
                "2026-11-24T20:15:03Z."
            )
        )


# The practices that a file adds to the list


def _new_practices(
    practices: Sequence[Practice],
    parsed: ParsedFile,
    today: date,
    messages: ReportMessages,
    *,
    is_first: bool,
) -> tuple[Practice, ...]:
    """The practices that the file adds, or with `is_first` the whole list in its order; reports how
    those that the list already has differ."""
    if is_first:
        return _replace_practices(practices, parsed.practices, today)
    _report_differences(practices, parsed, messages)
    return _append_practices(practices, parsed.practices, today)


def _report_new(
    own: Sequence[Practice], after: Sequence[Practice], today: date, messages: ReportMessages
) -> None:
    new = report_new(own, after, today, messages)
    if without := [one.name for one in new if not one.key and one.archived_since(today) is None]:
        messages.add(
            _("Without a letter for now: {names}. Choose one in Practices."),
            names=", ".join(without),
        )
    by_name = {practice.name.casefold(): practice.id for practice in reversed(own)}
    for practice in new:
        if (other := by_name.get(practice.name.casefold())) is not None:
            messages.add(
                _(
                    "With this import, two practices are called {name}: {first} and {second}. "
                    "If that's a mistake, use {first} in the file; if the import is done, undo it "
                    "first."
                ),
                name=practice.name,
                first=other,
                second=practice.id,
            )


def _report_differences(
    own: Sequence[Practice], parsed: ParsedFile, messages: ReportMessages
) -> None:
    """Reports names and units that differ: an import never changes an existing practice."""
    by_id = {practice.id: practice for practice in own}
    for other in parsed.practices:
        practice = by_id.get(other.id)
        if practice is None:
            continue
        if other.name not in (None, practice.name):
            messages.add(
                _('{own} is called "{other}" in the file. The name in your diary stays.'),
                own=practice.name,
                other=other.name,
            )
        if other.unit not in (None, practice.unit):
            messages.add(
                _(OTHER_UNIT),
                name=practice.name,
                own=unit_label(practice.unit),
                other=unit_label(other.unit),
            )


def _save_practices(
    writer: Writer, practices: Iterable[Practice], in_file: Iterable[PracticeInFile]
) -> None:
    """Saves practices, in which only the settings that a file has are a change of the person's: the
    defaults of a new one lose to every other copy of the diary, and a new place in the list doesn't
    count."""
    with_settings = {one.id for one in in_file if one.habit and one.habit.has_settings}
    stored = PRACTICES.load_all(writer)
    changes: list[RowChange] = []
    for practice in practices:
        previous = stored.get((practice.id, None))
        if practice.id in with_settings:
            at = writer.at
        else:
            at = SHIPPED_AT if previous is None else previous.updated_at
        if previous is None or previous.value != practice:
            row = VersionedRow(practice, at)
            changes.append(RowChange((practice.id, None), row, previous))
    writer.save(PRACTICES, changes)


def _append_practices(
    practices: Sequence[Practice], in_file: Iterable[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The practices of a file that are new to the diary, at the end of its list."""
    existing = {practice.id for practice in practices}
    new = [one for one in in_file if one.id not in existing]
    position = max((p.position for p in practices), default=0)
    return _create_all(new, _shipped(today), practices, position, today)


def _replace_practices(
    practices: Sequence[Practice], in_file: Sequence[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The list of a pristine diary after an import: the file's practices in its order, then the
    diary's others. Those of the diary keep the language in which it was created."""
    ids = {one.id for one in in_file}
    others = [practice for practice in practices if practice.id not in ids]
    templates = _shipped(today) | {practice.id: practice for practice in practices}
    first = _create_all(in_file, templates, others, 0, today)
    rest = (p._replace(position=n) for n, p in enumerate(others, start=len(first) + 1))
    return (*first, *rest)


def _shipped(today: date) -> dict[str, Practice]:
    """The shipped practices by id, in the language of this run."""
    return {one.id: one.practice(0, today) for one in practice_templates()}


def _create_all(
    in_file: Sequence[PracticeInFile],
    shipped: Mapping[str, Practice],
    others: Iterable[Practice],
    position: int,
    today: date,
) -> tuple[Practice, ...]:
    # Shipped practices of the file get their own letters first, the others what is left.
    taken: set[str | None] = {practice.key for practice in others}
    keys: dict[str, str | None] = {}
    for one in sorted(in_file, key=lambda one: one.id not in shipped):
        own = shipped[one.id].key if one.id in shipped else None
        name = one.name or name_from_id(one.id)
        keys[one.id] = own if own and own not in taken else practice_lookup.suggest_key(name, taken)
        taken.add(keys[one.id])
    return tuple(
        _create(one, shipped.get(one.id), today)._replace(key=keys[one.id], position=number)
        for number, one in enumerate(in_file, start=position + 1)
    )


def _create(in_file: PracticeInFile, shipped: Practice | None, today: date) -> Practice:
    # The first day can be a planned rest day.
    added_on = min(in_file.first_day, today)
    habit = in_file.habit
    spans: tuple[Span, ...] = ()
    if habit is not None and habit.archived:
        # Only the last marked day is known: it leaves the list on the day after.
        spans = (Span(min((in_file.last_day or today) + timedelta(days=1), today), None),)
    if shipped is not None and in_file.unit in (None, shipped.unit):
        goal = shipped.goals[0]._replace(from_day=added_on)
        if habit is not None:
            goal = habit.goal_instead_of(goal, shipped.unit)
        return shipped._replace(
            name=in_file.name or shipped.name,
            added_on=added_on,
            goals=(goal,),
            out_of_list=spans,
        )
    unit = in_file.unit or (Unit.YES_NO if in_file.largest <= 1 else Unit.TIMES)
    amount, days_per_week, question = unit.spec.default_amount, 7, ""
    if habit is not None:
        amount, question = habit.amount, habit.question
        if habit.days_per_week is not None:
            # For a habit without a goal one day a week, which any day meets.
            days_per_week = max(habit.days_per_week, 1)
    elif shipped is not None:
        question = shipped.question
    return Practice(
        id=in_file.id,
        key=None,
        name=in_file.name or name_from_id(in_file.id),
        question=question,
        unit=unit,
        step=unit.spec.default_step,
        position=0,
        overlap=shipped is not None and shipped.overlap,
        added_on=added_on,
        goals=(Goal(added_on, amount, days_per_week),),
        out_of_list=spans,
    )


def name_from_id(practice_id: str) -> str:
    """The name of a practice of which a file has the id alone."""
    return practice_id.replace("-", " ").capitalize()[:60].rstrip()
