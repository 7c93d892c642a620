"""Imports a file or folder, written by calmtrack or by another tracker, as one undo step: finds out
what wrote it, parses it, and saves its rows, or previews what it would save."""

from __future__ import annotations

import itertools
import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path

from tracker.catalogue import practice_templates
from tracker.diary import practice_lookup
from tracker.diary.day_view import checked_in
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import PracticeHistory, history_with
from tracker.errors import InputError
from tracker.formats.cell_parsing import line_position
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
    HabitInFile,
    IncomingRow,
    ParsedFile,
    PracticeInFile,
    Report,
    ReportMessages,
    RowCounts,
    report_new,
)
from tracker.importers.merge import merge_copy
from tracker.importers.row_collector import RowCollector
from tracker.importers.row_conflicts import (
    ImportPolicy,
    Prefer,
    RowConflicts,
    Step,
    apply,
    is_pristine,
)
from tracker.importers.row_descriptions import preview_lines
from tracker.importers.trackers.table import find_text
from tracker.models import (
    CALM_ID,
    Entry,
    EntryState,
    Evening,
    Goal,
    Practice,
    Span,
    Unit,
)
from tracker.store import own_files
from tracker.store.reader import Reader
from tracker.store.row_mapping import SHIPPED_AT
from tracker.store.versioned_rows import ENTRIES, EVENINGS, PRACTICES, RowChange, VersionedRow
from tracker.store.writer import Writer

_OTHER_SHEETS = N_(
    "Only the first sheet of the Excel file is read, not: {names}. To "
    "import another one, save it as a file of its own."
)

_JSON = "JSON"
"""What messages call calmtrack's own JSON."""

_SOURCES_OF_OPTIONS = {
    "--scale": ("table",),
    "--date-format": ("table", "habitbull", OWN),
    "--moods": ("daylio", "pixels"),
    "--activities": ("daylio", "pixels"),
}
"""The sources for whose files an option has an effect."""

_SOURCES_WITHOUT_OPTIONS = {"--map": (OWN, _JSON), "--new": (OWN, _JSON), "--skip": (_JSON,)}
"""The sources for whose files an option has none."""


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
        _check_choices(options.choices, tracker.SOURCE)
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


def _check_choices(choices: ImportChoices, source: str) -> None:
    """Raises InputError for a choice that files of a source have no use for."""
    given = {
        "--map": choices.named,
        "--new": choices.new_names,
        "--skip": choices.left_out,
        "--scale": choices.scale,
        "--date-format": choices.date_format is not None,
        "--moods": choices.moods,
        "--activities": choices.activities,
    }
    for option in (one for one, value in given.items() if value):
        is_used = source not in _SOURCES_WITHOUT_OPTIONS.get(option, ())
        if not is_used or source not in _SOURCES_OF_OPTIONS.get(option, (source,)):
            raise InputError(
                _("{option} doesn't work with {source} files.").format(option=option, source=source)
            )


def _parse_own(
    diary: Diary, file: InputFile, options: ImportOptions, messages: ReportMessages
) -> tuple[ParsedFile | DiaryCopy, FileInfo]:
    choices = options.choices
    _check_choices(choices, _JSON if file.is_json else OWN)
    if file.is_json:
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
        is_own_export=True,
        date_order=calmtrack_csv.date_order(file, choices.date_format),
    )
    if file.other_sheets:
        collector.messages.add(_(_OTHER_SHEETS), names=", ".join(file.other_sheets))
    columns = calmtrack_csv.read(file, collector, choices.left_out)
    new_columns = _new_columns(columns, in_app=choices.in_app)
    parsed = replace(collector.parsed_file(), new_columns=new_columns)
    names = {one.id: one.name or _name_of(one.id) for one in parsed.practices}
    habits = tuple(
        HabitInFile(column, practice_id, names.get(practice_id, ""), has_numbers=False)
        for column, practice_id in columns.items()
    )
    return parsed, FileInfo(OWN, OWN, habits=habits)


def _new_columns(columns: Mapping[str, str], *, in_app: bool) -> tuple[str, ...]:
    """Says of the columns that become new practices how to leave them out: they may be what a
    person adds up for themselves."""
    messages = ReportMessages("line")
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
    return messages.all()


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
        raise _unknown_source_error(file)
    return tracker


def _unknown_source_error(file: InputFile) -> UnknownSourceError:
    """The error for a file that no importer recognises; of one that could be a table it names the
    cell because of which it isn't taken for one."""
    cell = find_text(file)
    if cell is None:
        return UnknownSourceError(_(UNKNOWN_SOURCE).format(path=file.path))
    return UnknownSourceError(
        _(
            "calmtrack can't tell which tracker {path} is from. Nothing was imported. It could be "
            'a table of days and habits, but the column "{column}" has text that isn\'t a mark or '
            'a number ("{text}" in {at}). To import it without such columns, use --source table.'
        ).format(
            path=file.path,
            column=cell.column[:60],
            text=cell.text[:40],
            at=line_position(cell.line, in_sentence=True),
        )
    )


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
        contradicting = {row.key for row in noes}
        others = (row for row in parsed.entries if row.key not in contradicting)
        entries = _by_day(others, noes)
        blank_entries, blank_evenings = _blank_rows(parsed, reader)
        noted = {row.key: row.value for row in parsed.implied_noes if row.value.note}
        practices = own if writer is None else writer.practices()
        is_first = is_pristine(practices, reader)
        is_new_copy = is_first and not (parsed.is_from_tracker or parsed.has_blanks)
        if is_first:
            new = _replace_practices(practices, parsed.practices, today)
        else:
            new = _append_practices(practices, parsed.practices, today)
            _report_differences(practices, parsed, messages)
        after = {practice.id: practice for practice in (*practices, *new)}
        _report_new(practices, tuple(after.values()), today, messages)
        if writer is not None:
            _save_practices(writer, new, parsed.practices)
        policy = ImportPolicy(after, options.prefer, parsed.earlier, options.choices.hide_scores)
        conflicts = RowConflicts(reader, writer, policy, messages)
        before = _RatedDays.of(reader, practices, today)
        saved = conflicts.save_days(ENTRIES, _by_day(entries, blank_entries))
        evenings = conflicts.save_days(EVENINGS, _by_day(parsed.evenings, blank_evenings))
        if not is_new_copy:
            values = [row.value for row in (*saved.values(), *evenings.values())]
            _report_noes(before, after.values(), values, parsed, reader, messages, today)
        report = conflicts.finish(step)
        if not report.added + report.changed:
            # The list of practices is all that the file adds.
            count = len({one.id for one in new} - {one.id for one in practices})
            report = replace(report, settings=RowCounts(added=count))
        return replace(
            report,
            read=parsed.read + len(contradicting - noted.keys()),
            messages=(*parsed.messages, *parsed.new_columns, *report.messages),
            preview=preview_lines(
                [after[one.id] for one in parsed.practices],
                (noted.get(row.key, row.value) for row in entries),
                [row.value for row in parsed.evenings],
                {practice.id for practice in practices} if is_begun else (),
                parsed.new_columns,
            ),
            left_out=parsed.left_out,
            can_prefer=True,
            lacks_settings=bool(new and parsed.practices) and not parsed.is_from_tracker,
        )

    return apply(diary, step, save_all, dry_run=options.dry_run or not parsed.has_content)


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
    """Empty entries and evenings for what the file leaves blank and the diary has: they change
    nothing, and are counted."""
    if reader is None or not parsed.blanks:
        return (), ()
    days = [day for _id, day in parsed.blanks if day is not None]
    first, last = min(days), max(days)
    return (
        [
            IncomingRow(key, one._replace(state=EntryState.LOGGED, amount=None, note=""))
            for one in reader.entries(first, last)
            if (key := (one.practice_id, one.day)) in parsed.blanks
        ],
        [
            IncomingRow(key, Evening.blank(one.day))
            for one in reader.evenings(first, last)
            if (key := (CALM_ID, one.day)) in parsed.blanks
        ],
    )


def _by_day(*groups: Iterable[IncomingRow]) -> list[IncomingRow]:
    return sorted(itertools.chain(*groups), key=attrgetter("day"))


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
    if new_days and parsed.has_blanks:
        messages.add(_('For evenings you rated late, write "yes" in the column rated_late.'))
    elif new_days - has_time and not parsed.is_from_tracker:
        messages.add(
            _(
                "For evenings you rated late, write when in the column logged_at, like "
                "2026-11-24T20:15:03Z."
            )
        )


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


# The practices that a file mentions and the diary does not have


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
        at = writer.at if practice.id in with_settings else SHIPPED_AT
        if previous is not None:
            at = previous.updated_at
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
    habit = in_file.habit
    unit = in_file.unit or (Unit.YES_NO if in_file.largest <= 1 else Unit.TIMES)
    amount, days_per_week, question = unit.spec.default_amount, 7, ""
    spans: tuple[Span, ...] = ()
    if habit is not None:
        amount, question = habit.amount, habit.question
        if habit.days_per_week is not None:
            # For a habit without a goal one day a week, which any day meets.
            days_per_week = max(habit.days_per_week, 1)
        if habit.archived:
            # Only the last marked day is known: it leaves the list on the day after.
            spans = (Span(min((in_file.last_day or today) + timedelta(days=1), today), None),)
    elif shipped is not None:
        question = shipped.question
    return Practice(
        id=in_file.id,
        key=None,
        name=in_file.name or _name_of(in_file.id),
        question=question,
        unit=unit,
        step=unit.spec.default_step,
        position=0,
        overlap=shipped is not None and shipped.overlap,
        added_on=added_on,
        goals=(Goal(added_on, amount, days_per_week),),
        out_of_list=spans,
    )


def _name_of(practice_id: str) -> str:
    return practice_id.replace("-", " ").capitalize()[:60].rstrip()
