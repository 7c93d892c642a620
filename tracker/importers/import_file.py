"""Imports a file or folder, written by calmtrack or by another tracker, as one undo step: finds out
what wrote it, parses it, and saves its rows, or previews what it would save."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from tracker.catalogue import practice_templates
from tracker.diary import practice_lookup
from tracker.diary.day_view import checked_in
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import PracticeHistory, history_with
from tracker.errors import InputError
from tracker.formats.input_file import (
    UNKNOWN_SOURCE,
    InputFile,
    display_name,
    open_input,
    wrong_file_error,
)
from tracker.i18n.messages import N_, _, format_number
from tracker.i18n.units import unit_label
from tracker.importers import calmtrack_csv, calmtrack_json, trackers
from tracker.importers.habit_importer import HabitImporter, ImportChoices
from tracker.importers.import_report import (
    OTHER_UNIT,
    OWN,
    DiaryCopy,
    FileInfo,
    ForeignHabit,
    HabitInFile,
    NumberedRow,
    ParsedFile,
    PracticeInFile,
    Report,
    ReportMessages,
    report_new,
)
from tracker.importers.merge import merge_copy
from tracker.importers.preview import preview_lines
from tracker.importers.row_collector import RowCollector
from tracker.importers.row_conflicts import (
    ImportPolicy,
    IncomingRow,
    Prefer,
    RowConflicts,
    Step,
    apply,
    is_pristine,
)
from tracker.models import (
    CALM_ID,
    Entry,
    EntryState,
    Evening,
    Goal,
    Practice,
    ShadowedWord,
    Span,
    Unit,
)
from tracker.store import own_files
from tracker.store.reader import Reader
from tracker.store.versioned_rows import ENTRIES, EVENINGS
from tracker.store.writer import Writer

_OTHER_SHEETS = N_(
    "Only the first sheet of the Excel file is read, not: {names}. To "
    "import another one, save it as a file of its own."
)

_SOURCES_OF_OPTIONS = {
    "--scale": ("table",),
    "--date-format": ("table", "habitbull"),
    "--moods": ("daylio", "pixels"),
    "--activities": ("daylio", "pixels"),
}
"""The sources for whose files an option has an effect."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is imported."""

    source: str | None = None
    """The program that wrote the file: `calmtrack` or one of `trackers.sources()`; None to detect
    it."""
    choices: ImportChoices = field(default_factory=ImportChoices)
    prefer: Prefer = "newest"
    """Which row counts where the diary and the file both have one."""
    dry_run: bool = False
    """Whether nothing is written."""


class UnknownSourceError(InputError):
    """A file that no importer recognises."""


def import_file(diary: Diary, path: Path, options: ImportOptions | None = None) -> Report:
    """Imports a file or folder, all of it or nothing; `-` is standard input.

    Raises InputError, with the position, for a file that can't be read, and CalmtrackError for
    the disk; the diary is then unchanged.
    """
    chosen = options or ImportOptions()
    messages = ReportMessages("item")
    parsed, about = _parse(diary, path, chosen, messages)
    name, dry_run = display_name(path), chosen.dry_run
    if isinstance(parsed, DiaryCopy):
        step = Step("import", name)
        report = merge_copy(
            diary,
            parsed,
            step,
            messages,
            may_replace=True,
            dry_run=dry_run,
            hides_scores=chosen.choices.hide_scores,
        )
    else:
        report = _apply_import(diary, parsed, name, chosen)
    return replace(report, file_info=about)


def _parse(
    diary: Diary, path: Path, options: ImportOptions, messages: ReportMessages
) -> tuple[ParsedFile | DiaryCopy, FileInfo]:
    """The rows of a file, and the program that wrote it. Returning frees a JSON document's memory
    before the rows are saved."""
    with open_input(path) as file:
        tracker = _tracker_of(file, options.source)
        if tracker is None:
            return _parse_own(diary, file, options, messages)
        practices = diary.practices.all()
        importer = HabitImporter(
            practices,
            diary.today(),
            options.choices,
            numbering="item" if file.is_json or file.is_sqlite else "line",
        )
        _check_choices(options.choices, tracker)
        if file.other_sheets:
            importer.report(_(_OTHER_SHEETS), names=", ".join(file.other_sheets))
        tracker.read(file, importer)
        about = FileInfo(
            tracker.SOURCE,
            _(tracker.NAME),
            importer.moods,
            importer.activities,
            tuple(importer.habits.values()),
            practices,
            importer.unclear_date,
            importer.scale,
        )
        return importer.parsed_file(), about


def _check_choices(choices: ImportChoices, tracker: trackers.TrackerModule) -> None:
    """Raises InputError for a choice that the tracker's files have no use for."""
    given = {
        "--scale": choices.scale is not None,
        "--date-format": choices.date_format is not None,
        "--moods": bool(choices.moods),
        "--activities": choices.activities,
    }
    for option, sources in _SOURCES_OF_OPTIONS.items():
        if given[option] and tracker.SOURCE not in sources:
            raise InputError(
                _("{option} doesn't work with {source} files.").format(
                    option=option, source=tracker.SOURCE
                )
            )


def _parse_own(
    diary: Diary, file: InputFile, options: ImportOptions, messages: ReportMessages
) -> tuple[ParsedFile | DiaryCopy, FileInfo]:
    choices = options.choices
    for_own = ImportChoices(
        left_out=choices.left_out,
        date_format=choices.date_format,
        hide_scores=choices.hide_scores,
        in_app=choices.in_app,
    )
    if choices != for_own:
        raise InputError(
            _(
                "--map, --new, --moods, --activities and --scale are for other trackers. "
                "calmtrack's own files don't need them."
            )
        )
    if file.is_json:
        given = {"--date-format": choices.date_format, "--skip": choices.left_out}
        for option in (one for one, value in given.items() if value):
            raise InputError(
                _("{option} doesn't work with {source} files.").format(option=option, source="JSON")
            )
        if options.prefer != "newest":
            raise InputError(
                _(
                    "--prefer doesn't work with calmtrack's own JSON. Every row in it says "
                    "when it was last changed, and the newest one wins."
                )
            )
        return calmtrack_json.read(file, diary.today(), messages), FileInfo(OWN, OWN)
    collector = RowCollector(
        diary.practices.all(),
        diary.today(),
        "line",
        takes_days_ahead=True,
        date_order=calmtrack_csv.date_order(file, choices.date_format),
    )
    if file.other_sheets:
        collector.messages.add(_(_OTHER_SHEETS), names=", ".join(file.other_sheets))
    columns = calmtrack_csv.read(file, collector, choices.left_out)
    _report_new_columns(columns, collector.messages, in_app=choices.in_app)
    habits = tuple(
        HabitInFile(
            column, practice_id, _name_of(practice_id), bool(practice_id), has_numbers=False
        )
        for column, practice_id in columns.items()
    )
    parsed = replace(collector.parsed_file(), lacks_settings=True)
    return parsed, FileInfo(OWN, OWN, habits=habits)


def _report_new_columns(
    columns: Mapping[str, str], messages: ReportMessages, *, in_app: bool
) -> None:
    """Says of the columns that become new practices how to leave them out: they may be what a
    person adds up for themselves."""
    message = (
        _(
            'The column "{column}" becomes a practice. If it isn\'t one, press p before you '
            "import to leave it out."
        )
        if in_app
        else _(
            'The column "{column}" becomes a practice. If it isn\'t one, leave it out with --skip '
            "{quoted}."
        )
    )
    for column in (one for one, practice_id in columns.items() if practice_id):
        messages.add(message, column=column[:60], quoted=shlex.quote(column))


def _tracker_of(file: InputFile, source: str | None) -> trackers.TrackerModule | None:
    """The importer for a file; None for calmtrack's own. Raises InputError for an unknown
    format."""
    if file.is_sqlite and own_files.is_diary_file(file.path):
        raise InputError(
            _(
                "{path} is a whole diary. Nothing was imported. To add it to yours, run "
                '"calmtrack merge {quoted}". To use it instead of yours, run "calmtrack restore '
                '{quoted}".'
            ).format(path=file.path, quoted=shlex.quote(str(file.path)))
        )
    if source is not None:
        return _named_tracker(file, source)
    if calmtrack_json.matches(file):
        return None
    if calmtrack_csv.matches(file):
        if not calmtrack_csv.has_foreign_cells(file):
            return None
        table = trackers.load(trackers.TABLE)
        return table if table.matches(file) else None
    tracker = trackers.detect(file)
    if tracker is None and file.is_folder:
        raise _folder_error(file.path)
    if tracker is None:
        raise UnknownSourceError(_(UNKNOWN_SOURCE).format(path=file.path))
    return tracker


def _named_tracker(file: InputFile, source: str) -> trackers.TrackerModule | None:
    """The importer of a source. Raises InputError for a file without the names in its SIGNATURE:
    reading it would add nothing, or wrong rows."""
    if source == OWN:
        if file.is_json and not calmtrack_json.matches(file):
            raise wrong_file_error(file.path, source)
        return None
    tracker = trackers.load(source)
    if (tracker.SIGNATURE or file.is_folder) and not tracker.matches(file):
        if file.is_folder:
            raise _folder_error(file.path)
        raise wrong_file_error(file.path, tracker.NAME)
    return tracker


def _folder_error(folder: Path) -> InputError:
    """The error for a folder that no importer recognises; it may have exports in it."""
    return InputError(
        _(
            "The folder {path} isn't an export itself. Nothing was imported. If there's one in "
            "it, name that file."
        ).format(path=folder),
        in_app=_(
            "The folder {path} isn't an export itself. Nothing was imported. If there's one in "
            "it, choose that file."
        ).format(path=folder),
    )


# Saving the parsed rows


def _apply_import(
    diary: Diary,
    parsed: ParsedFile,
    subject: str,
    options: ImportOptions,
) -> Report:
    """Saves all parsed rows, or none, as one undo step named after `subject`.

    A dry run returns the same report, writes nothing and creates no diary.
    """
    step = Step("import", subject)
    own, today = diary.practices.all(), diary.today()

    is_begun = diary.store.exists()

    def save_all(reader: Reader | None, writer: Writer | None) -> Report:
        messages = ReportMessages(parsed.numbering)
        noes = _contradicting_noes(parsed, reader)
        contradicting = {row[:2] for _line, row in noes}
        entries = sorted(
            (*(one for one in parsed.entries if one[1][:2] not in contradicting), *noes),
            key=lambda numbered: numbered[1][0],
        )
        noted = {row[:2]: row for _line, row in parsed.implied_noes if row[4]}
        practices = own if writer is None else writer.practices()
        is_first = is_pristine(practices, reader)
        is_new_copy = is_first and not (parsed.is_from_tracker or parsed.has_blanks)
        if is_first:
            new = _replace_practices(practices, parsed.practices, today)
        else:
            new = _append_practices(practices, parsed.practices, today)
            _report_differences(practices, parsed, messages)
        _report_new(practices, new, today, messages)
        if writer is not None:
            writer.save_practices(new)
        after = {practice.id: practice for practice in (*practices, *new)}
        policy = ImportPolicy(after, options.prefer, parsed.earlier, options.choices.hide_scores)
        conflicts = RowConflicts(reader, writer, policy, messages)
        before = _RatedDays.of(reader, practices, today)
        saved = conflicts.save_days(ENTRIES, list(map(_entry_row, entries)))
        evenings = conflicts.save_days(EVENINGS, list(map(_evening_row, parsed.evenings)))
        if not is_new_copy:
            values = [row.value for row in (*saved.values(), *evenings.values())]
            _report_noes(before, after.values(), values, parsed, reader, messages, today)
        report = conflicts.finish(step)
        if not report.added + report.changed:
            # The list of practices is all that the file adds.
            count = len({one.id for one in new} - {one.id for one in practices})
            report = replace(report, added=count, added_without_day=count)
        return replace(
            report,
            read=parsed.read + len(contradicting - noted.keys()),
            messages=(*parsed.messages, *report.messages),
            preview=preview_lines(
                [after[one.id] for one in parsed.practices],
                (noted.get(row[:2], row) for _line, row in entries),
                [(row[0], row[3], row[4]) for _line, row in parsed.evenings],
                {practice.id for practice in practices} if is_begun else (),
            ),
            left_out=parsed.left_out,
            can_prefer=True,
            shadowed_words=_newly_shadowed(practices, tuple(after.values())),
            lacks_settings=parsed.lacks_settings and bool(new and parsed.practices),
        )

    return apply(diary, step, save_all, dry_run=options.dry_run or not parsed.has_content)


def _contradicting_noes(parsed: ParsedFile, reader: Reader | None) -> tuple[NumberedRow, ...]:
    """The implied noes of days on which the diary has an amount or a rest day: such a no was typed
    into the file, or the diary's entry was logged after the export."""
    noes = parsed.implied_noes
    if reader is None or not noes:
        return ()
    logged = {
        (entry.day, entry.practice_id)
        for entry in reader.entries(noes[0][1][0], noes[-1][1][0])
        if entry.amount or entry.state is EntryState.REST
    }
    return tuple(numbered for numbered in noes if numbered[1][:2] in logged)


@dataclass(frozen=True, slots=True)
class _RatedDays:
    """The days of a diary, and the practices in its list on them, before an import."""

    rated: frozenset[date]
    """Days that are over and whose evening has a score that isn't late."""
    histories: Mapping[str, PracticeHistory]
    """The days on which each practice is in the list, by its id."""
    first_days: Mapping[str, date]
    """The first day with an entry, by practice id."""

    @classmethod
    def of(cls, reader: Reader | None, practices: Iterable[Practice], today: date) -> _RatedDays:
        evenings = () if reader is None else reader.evenings(date.min, today - timedelta(days=1))
        first_days = {} if reader is None else reader.first_entries()
        histories = {one.id: history_with(one, first_days.get(one.id), {}) for one in practices}
        return cls(frozenset(one.day for one in evenings if checked_in(one)), histories, first_days)

    def include(self, practice_id: str, day: date) -> bool:
        """Whether a day without an entry is a no."""
        history = self.histories.get(practice_id)
        return day in self.rated and history is not None and history.listed(day)


def _report_noes(
    before: _RatedDays,
    after: Iterable[Practice],
    saved: Sequence[Entry | Evening],
    parsed: ParsedFile,
    reader: Reader | None,
    messages: ReportMessages,
    today: date,
) -> None:
    """Reports how many noes follow from an import: of each practice the rated evenings on which
    nothing is logged for it, and which weren't noes before.

    `after` are the practices and `saved` the rows of the days of the file, after the import. A 0 in
    the layout of days is none of them. What calmtrack exported has noes of its own, which aren't
    counted either: of days with a note alone, and in the layout of entries of evenings with the
    time of their score.
    """

    def has_answer(entry: Entry) -> bool:
        is_own_note = not parsed.is_from_tracker and bool(entry.note)
        return entry.state is EntryState.REST or entry.amount is not None or is_own_note

    evenings = {one.day: one for one in saved if isinstance(one, Evening)}
    scored = {day for day, one in evenings.items() if day < today and checked_in(one)}
    rated = scored | (before.rated - evenings.keys())
    new_days = rated - before.rated
    if not (parsed.is_from_tracker or parsed.has_blanks):
        exported = {row[0] for _line, row in parsed.evenings if row[5] is not None}
        new_days, rated = new_days - exported, rated - exported
    answered = {(row[1], row[0]) for _line, row in parsed.implied_noes}
    first_days = dict(before.first_days)
    for one in saved:
        if isinstance(one, Entry) and one.state is not EntryState.CLEARED:
            known = first_days.get(one.practice_id, one.day)
            first_days[one.practice_id] = min(known, one.day)
            if has_answer(one):
                answered.add((one.practice_id, one.day))
    candidates: list[tuple[PracticeHistory, Collection[date]]] = []
    for practice in after:
        history = history_with(practice, first_days.get(practice.id), {})
        earlier = before.histories.get(practice.id)
        # Only a practice that is new, or in the list from an earlier day on, has noes on others.
        is_longer = earlier is None or history.first < earlier.first
        candidates.append((history, rated if is_longer else new_days))
    days = set[date]().union(*(one for _history, one in candidates))
    if reader is not None and days:
        own = reader.entries(min(days), max(days))
        answered |= {(one.practice_id, one.day) for one in own if has_answer(one)}
    counts = [
        (
            history.practice.name,
            sum(
                history.listed(day)
                and (history.practice.id, day) not in answered
                and not before.include(history.practice.id, day)
                for day in days
            ),
        )
        for history, days in candidates
    ]
    listed = [f"{name} ({format_number(count)})" for name, count in counts if count]
    if not listed:
        return
    messages.add(
        _(
            "Rated evenings count as not done where nothing is logged (number of evenings in "
            "brackets): {practices}."
        ),
        practices=", ".join(listed),
    )
    if new_days and parsed.has_blanks:
        messages.add(_('For evenings you rated late, write "yes" in the column rated_late.'))
    elif new_days and not parsed.is_from_tracker:
        messages.add(
            _(
                "For evenings you rated late, write when in the column logged_at, like "
                "2026-11-24T20:15:03Z."
            )
        )


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
    report_new(new, today, messages)
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
                    "Two practices are called {name} now, {first} and {second}. If that's a "
                    "mistake, undo the import and use {first} in the file."
                ),
                name=practice.name,
                first=other,
                second=practice.id,
            )


def _newly_shadowed(
    before: Sequence[Practice], after: Sequence[Practice]
) -> tuple[ShadowedWord, ...]:
    """The words of commands that find another practice after an import than before it."""
    known = {(one.word, one.found.id) for one in practice_lookup.shadowed_words(before)}
    now = practice_lookup.shadowed_words(after)
    return tuple(one for one in now if (one.word, one.found.id) not in known)


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


# The practices that a file mentions and the diary does not have


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
