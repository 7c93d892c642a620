"""Imports a file or folder, written by calmtrack or by another tracker, as one undo step: finds out
what wrote it, parses it, and has its rows saved, or previews what would be."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.cell_parsing import line_position
from tracker.formats.input_file import (
    UNKNOWN_SOURCE,
    InputFile,
    display_name,
    open_input,
    wrong_file_error,
)
from tracker.i18n.messages import N_, _
from tracker.importers import calmtrack_csv, calmtrack_json, trackers
from tracker.importers.habit_importer import HabitImporter, ImportChoices
from tracker.importers.import_report import (
    OWN,
    DiaryCopy,
    FileInfo,
    HabitInFile,
    ParsedFile,
    Report,
    ReportMessages,
)
from tracker.importers.merge import merge_copy
from tracker.importers.row_collector import RowCollector
from tracker.importers.row_conflicts import Prefer, Step, is_pristine
from tracker.importers.save_import import name_from_id, save_import
from tracker.importers.trackers.table import TextCell, find_texts
from tracker.models import Practice
from tracker.store import own_files

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
        report = save_import(
            diary,
            parsed,
            name,
            prefer=chosen.prefer,
            hides_scores=chosen.choices.hide_scores,
            dry_run=dry_run,
        )
    return replace(report, file_info=about)


def _parse(
    diary: Diary, path: Path, options: ImportOptions, messages: ReportMessages
) -> tuple[ParsedFile | DiaryCopy, FileInfo]:
    """The rows of a file, and the program that wrote it. Returning frees a JSON document's memory
    before the rows are saved."""
    with open_input(path) as file:
        tracker = _tracker_of(file, options)
        if tracker is None:
            return _parse_own(diary, file, options, messages)
        practices = diary.practices.all()
        importer = HabitImporter(
            practices,
            diary.today(),
            options.choices,
            numbering="item" if file.is_json or file.is_sqlite else "line",
            is_pristine=_is_pristine(diary, practices),
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


def _is_pristine(diary: Diary, practices: Sequence[Practice]) -> bool:
    with diary.store.reading() if diary.store.exists() else nullcontext() as reader:
        return is_pristine(practices, reader)


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
    practices = diary.practices.all()
    collector = RowCollector(
        practices,
        diary.today(),
        "line",
        is_own_export=True,
        takes_units=_is_pristine(diary, practices),
        date_order=calmtrack_csv.date_order(file, choices.date_format),
    )
    if file.other_sheets:
        collector.messages.add(_(_OTHER_SHEETS), names=", ".join(file.other_sheets))
    columns = calmtrack_csv.read(file, collector, choices.left_out)
    new_columns = _new_columns(columns, in_app=choices.in_app, is_preview=options.dry_run)
    parsed = replace(collector.parsed_file(), new_columns=new_columns)
    names = {one.id: one.name or name_from_id(one.id) for one in parsed.practices}
    habits = tuple(
        HabitInFile(column, practice_id, names.get(practice_id, ""), has_numbers=False)
        for column, practice_id in columns.items()
    )
    return parsed, FileInfo(OWN, OWN, habits=habits)


def _new_columns(columns: Mapping[str, str], *, in_app: bool, is_preview: bool) -> tuple[str, ...]:
    """Says of the columns that become new practices how to leave them out: they may be what a
    person adds up for themselves."""
    messages = ReportMessages("line")
    message = _(_COLUMN_MESSAGES[in_app, is_preview])
    for column in (one for one, practice_id in columns.items() if practice_id):
        messages.add(message, column=column[:60], quoted=shlex.quote(column))
    return messages.all()


_COLUMN_MESSAGES = {
    (True, True): N_(
        'The column "{column}" becomes a practice. If it isn\'t one, press p before you '
        "import to leave it out."
    ),
    (True, False): N_(
        'The column "{column}" became a practice. If it isn\'t one, undo the import, and press p '
        "before you import the file again."
    ),
    (False, True): N_(
        'The column "{column}" becomes a practice. If it isn\'t one, leave it out with --skip '
        "{quoted}."
    ),
    (False, False): N_(
        'The column "{column}" became a practice. If it isn\'t one, undo the import, and import '
        "the file again with --skip {quoted}."
    ),
}
"""By whether it's in the app, and whether the file is only previewed."""


def _tracker_of(file: InputFile, options: ImportOptions) -> trackers.TrackerModule | None:
    """The importer for a file; None for calmtrack's own. A column of text makes no table, unless
    the person chose what becomes of it. Raises InputError for an unknown format."""
    if file.is_sqlite and own_files.is_diary_file(file.path):
        raise InputError(
            _(
                "{path} is a whole diary. Nothing was imported. To add it to yours, run "
                '"calmtrack merge {quoted}". To use it instead of yours, run "calmtrack restore '
                '{quoted}".'
            ).format(path=file.path, quoted=shlex.quote(str(file.path)))
        )
    if options.source is not None:
        return _named_tracker(file, options.source)
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
        texts = find_texts(file)
        if not any(map(options.choices.is_about, (cell.column for cell in texts))):
            raise _unknown_source_error(file, texts)
        return trackers.load(trackers.TABLE)
    return tracker


def _unknown_source_error(file: InputFile, texts: Sequence[TextCell]) -> UnknownSourceError:
    """The error for a file that no importer recognises; of one that could be a table it names the
    first of the cells because of which it isn't taken for one."""
    if not texts:
        return UnknownSourceError(_(UNKNOWN_SOURCE).format(path=file.path))
    cell = texts[0]
    return UnknownSourceError(
        _(
            "calmtrack can't tell which tracker {path} is from. Nothing was imported. It could be "
            'a table of days and habits, but the column "{column}" has text that isn\'t a mark or '
            'a number ("{text}" in {at}). To import it without such columns, use --source table; '
            'to keep one as notes, add --map "{column}=note".'
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
