"""Imports the parsed rows of a file into a diary, in one undo step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.catalogue import practice_templates
from tracker.diary import practice_lookup
from tracker.diary.diary import Diary
from tracker.i18n.date_format import format_date, format_range
from tracker.i18n.messages import _, format_number, ngettext
from tracker.i18n.units import format_amount, unit_label
from tracker.importers.import_report import (
    OTHER_UNIT,
    ForeignHabit,
    NumberedRow,
    ParsedFile,
    PracticeInFile,
    Report,
    ReportMessages,
    RowTuple,
)
from tracker.importers.row_conflicts import (
    ImportPolicy,
    IncomingRow,
    Prefer,
    RowConflicts,
    Step,
    apply,
    is_pristine,
)
from tracker.models import CALM_ID, Entry, EntryState, Evening, Goal, Practice, Span, Unit
from tracker.sanitize import sanitize_line
from tracker.store.reader import Reader
from tracker.store.versioned_rows import ENTRIES, EVENINGS
from tracker.store.writer import Writer


def apply_import(
    diary: Diary,
    parsed: ParsedFile,
    subject: str,
    *,
    dry_run: bool = False,
    prefer: Prefer = "newest",
) -> Report:
    """Saves all parsed rows, or none, as one undo step named after `subject`.

    `prefer` decides where the file and the diary differ. A dry run returns the same report,
    writes nothing and creates no diary.
    """
    step = Step("import", subject)
    own, today = diary.practices.all(), diary.today()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        messages = ReportMessages(parsed.numbering)
        practices = own if writer is None else writer.practices()
        if is_pristine(practices, reader):
            new = _replace_practices(practices, parsed.practices, today)
        else:
            new = _append_practices(practices, parsed.practices, today)
            _report_differences(practices, parsed, messages)
        _report_new(practices, new, today, messages)
        if writer is not None:
            for practice in new:
                writer.save_practice(practice)
        after = {practice.id: practice for practice in (*practices, *new)}
        names = {CALM_ID: _("Calm")} | {one.id: one.name for one in after.values()}
        policy = ImportPolicy(names, prefer, parsed.earlier)
        conflicts = RowConflicts(reader, writer, policy, messages)
        conflicts.save_days(ENTRIES, list(map(_entry_row, parsed.entries)))
        conflicts.save_days(EVENINGS, list(map(_evening_row, parsed.evenings)))
        report = conflicts.finish(step)
        return replace(
            report,
            read=parsed.read,
            messages=(*parsed.messages, *report.messages),
            preview=_preview_lines(parsed, after, {practice.id for practice in practices}),
            left_out=parsed.left_out,
            can_prefer=True,
            lacks_settings=parsed.lacks_settings and bool(new and parsed.practices),
        )

    return apply(diary, step, save_all, dry_run=dry_run or not parsed.has_content)


def _entry_row(numbered: NumberedRow) -> IncomingRow:
    line, (day, practice_id, state, amount, note, logged_at) = numbered
    entry = Entry(day, practice_id, _STATES[state], amount, note, logged_at)
    return IncomingRow((practice_id, day), entry, line=line)


def _evening_row(numbered: NumberedRow) -> IncomingRow:
    line, (day, _, _, calm, note, logged_at) = numbered
    return IncomingRow((CALM_ID, day), Evening(day, calm, note, logged_at), line=line)


_STATES = {state.value: state for state in EntryState}


def _report_new(
    own: Sequence[Practice], saved: Iterable[Practice], today: date, messages: ReportMessages
) -> None:
    existing = {practice.id for practice in own}
    new = [practice for practice in saved if practice.id not in existing]
    archived = [one.name for one in new if one.archived_since(today) is not None]
    if listed := [one.name for one in new if one.archived_since(today) is None]:
        messages.add(_("New in your list: {names}."), names=", ".join(listed))
    if archived:
        messages.add(
            _("New practices, archived as in the file: {names}."), names=", ".join(archived)
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


# The preview: a sentence for each practice of a file, and one for its evenings


def _preview_lines(
    parsed: ParsedFile, practices: Mapping[str, Practice], own: Collection[str]
) -> tuple[str, ...]:
    """A sentence for each practice of a file, with the number of days, the first, the last, and
    their states, and one for the evenings. `practices` are those after the import, by id; `own` are
    the ids of the diary's practices before it."""
    rows_of: dict[str, list[RowTuple]] = defaultdict(list)
    for _line, row in parsed.entries:
        rows_of[row[1]].append(row)
    lines = [
        _practice_line(practices[one.id], rows_of[one.id], is_new=one.id not in own)
        for one in parsed.practices
    ]
    return (*lines, *_evening_line(parsed.evenings))


def _practice_line(practice: Practice, rows: Sequence[RowTuple], *, is_new: bool) -> str:
    name = sanitize_line(practice.name)
    origin = _("new") if is_new else _("already in your diary")
    if not rows:
        return _("{name} ({origin}): no days in the file.").format(name=name, origin=origin)
    message = ngettext(
        "{name} ({origin}): {days} day, {range}. {states}.",
        "{name} ({origin}): {days} days, {range}. {states}.",
        len(rows),
    )
    last, states = rows[-1][0], ", ".join(_states(practice, rows))
    if practice.unit.spec.is_counted:
        goal = format_amount(practice.unit, practice.goal_on(last).amount)
        states += " " + _("(goal: {goal})").format(goal=goal)
    return message.format(
        name=name,
        origin=origin,
        days=format_number(len(rows)),
        range=_range(rows[0][0], last),
        states=states,
    )


def _states(practice: Practice, rows: Sequence[RowTuple]) -> Iterator[str]:
    """The number of days in each state that occurs."""
    counts = Counter(_state(practice, row) for row in rows)
    if count := counts["done"]:
        yield _("{count} done").format(count=format_number(count))
    if count := counts["some"]:
        yield _("{count} partly done").format(count=format_number(count))
    if count := counts["no"]:
        yield _("{count} not done").format(count=format_number(count))
    if count := counts["rest"]:
        yield ngettext("{count} rest day", "{count} rest days", count).format(
            count=format_number(count)
        )
    if count := counts["note"]:
        yield _("{count} with only a note").format(count=format_number(count))


def _state(practice: Practice, row: RowTuple) -> str:
    day, _id, state, amount, *_rest = row
    if state == EntryState.REST:
        return "rest"
    if amount is None:
        return "note"
    if amount == 0:
        return "no"
    return "done" if amount >= practice.goal_on(day).amount else "some"


def _evening_line(evenings: Sequence[NumberedRow]) -> Iterator[str]:
    if not evenings:
        return
    message = ngettext(
        "Calm: {days} evening, {range}. {scores} with a score, {notes} with a note.",
        "Calm: {days} evenings, {range}. {scores} with a score, {notes} with a note.",
        len(evenings),
    )
    yield message.format(
        days=format_number(len(evenings)),
        range=_range(evenings[0][1][0], evenings[-1][1][0]),
        scores=format_number(sum(row[3] is not None for _line, row in evenings)),
        notes=format_number(sum(bool(row[4]) for _line, row in evenings)),
    )


def _range(first: date, last: date) -> str:
    return format_range(first, last, "–") if first != last else format_date(first, year=True)


# The practices that a file mentions and the diary does not have


def _append_practices(
    practices: Sequence[Practice], in_file: Iterable[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The practices of a file that are new to the diary, at the end of its list."""
    existing = {practice.id for practice in practices}
    new = [one for one in in_file if one.id not in existing]
    return _create_all(new, practices, max((p.position for p in practices), default=0), today)


def _replace_practices(
    practices: Sequence[Practice], in_file: Sequence[PracticeInFile], today: date
) -> tuple[Practice, ...]:
    """The list of a pristine diary after an import: the file's practices in its order, then the
    diary's others."""
    ids = {one.id for one in in_file}
    others = [practice for practice in practices if practice.id not in ids]
    first = _create_all(in_file, others, 0, today)
    rest = (p._replace(position=n) for n, p in enumerate(others, start=len(first) + 1))
    return (*first, *rest)


def _create_all(
    in_file: Sequence[PracticeInFile], others: Iterable[Practice], position: int, today: date
) -> tuple[Practice, ...]:
    shipped = {one.id: one.practice(0, today) for one in practice_templates()}
    # Shipped practices of the file get their own letters first, the others what is left.
    taken: set[str | None] = {practice.key for practice in others}
    keys: dict[str, str | None] = {}
    for one in sorted(in_file, key=lambda one: one.id not in shipped):
        own = shipped[one.id].key if one.id in shipped else None
        name = one.name or _name_of(one.id)
        keys[one.id] = own if own and own not in taken else practice_lookup.suggest_key(name, taken)
        taken.add(keys[one.id])
    return tuple(
        _create(one, shipped.get(one.id), today)._replace(key=keys[one.id], position=number)
        for number, one in enumerate(in_file, start=position + 1)
    )


def _create(in_file: PracticeInFile, shipped: Practice | None, today: date) -> Practice:
    # The first day can be a planned rest day.
    added_on = min(in_file.first_day, today)
    if shipped is not None and in_file.unit in (None, shipped.unit):
        goal = shipped.goals[0]._replace(from_day=added_on)
        return shipped._replace(name=in_file.name or shipped.name, added_on=added_on, goals=(goal,))
    if in_file.habit is not None:
        return _from_habit(in_file, in_file.habit, added_on, today)
    unit = in_file.unit or (Unit.YES_NO if in_file.largest <= 1 else Unit.TIMES)
    return Practice(
        id=in_file.id,
        key=None,
        name=in_file.name or _name_of(in_file.id),
        question="" if shipped is None else shipped.question,
        unit=unit,
        step=unit.spec.default_step,
        position=0,
        overlap=shipped is not None and shipped.overlap,
        added_on=added_on,
        goals=(Goal(added_on, unit.spec.default_amount, 7),),
    )


def _from_habit(
    in_file: PracticeInFile, habit: ForeignHabit, added_on: date, today: date
) -> Practice:
    """A new practice with its settings in the other tracker. Of an archived one only the last
    marked day is known: it leaves the list on the day after."""
    # For a habit without a goal one day a week, which any day meets.
    days_per_week = 7 if habit.days_per_week is None else max(habit.days_per_week, 1)
    archived_from = min((in_file.last_day or today) + timedelta(days=1), today)
    return Practice(
        id=in_file.id,
        key=None,
        name=habit.name,
        question=habit.question,
        unit=habit.unit,
        step=habit.unit.spec.default_step,
        position=0,
        overlap=False,
        added_on=added_on,
        goals=(Goal(added_on, habit.amount, days_per_week),),
        out_of_list=(Span(archived_from, None),) if habit.archived else (),
    )


def _name_of(practice_id: str) -> str:
    return practice_id.replace("-", " ").capitalize()[:60].rstrip()
