"""Imports a file or folder, written by calmtrack or by another tracker, as one undo step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.input_file import UNKNOWN_SOURCE, InputFile, display_name, open_input
from tracker.i18n.messages import N_, _
from tracker.importers import calmtrack_csv, calmtrack_json, trackers
from tracker.importers.apply_import import apply_import
from tracker.importers.habit_importer import HabitImporter, ImportChoices
from tracker.importers.import_report import DiaryCopy, FileInfo, ParsedFile, Report, ReportMessages
from tracker.importers.merge import merge_copy
from tracker.importers.row_collector import RowCollector
from tracker.importers.row_conflicts import Prefer, Step

OWN = "calmtrack"
"""The source of calmtrack's own files."""

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
        report = merge_copy(diary, parsed, step, messages, may_replace=True, dry_run=dry_run)
    else:
        report = apply_import(diary, parsed, name, dry_run=dry_run, prefer=chosen.prefer)
    return replace(report, file_info=about)


def _parse(
    diary: Diary, path: Path, options: ImportOptions, messages: ReportMessages
) -> tuple[ParsedFile | DiaryCopy, FileInfo]:
    """The rows of a file, and the program that wrote it. Returning frees a JSON document's memory
    before the rows are saved."""
    with open_input(path) as file:
        tracker = _tracker_of(file, options.source)
        if tracker is None:
            return _parse_own(diary, file, options, messages), FileInfo(OWN, OWN)
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
) -> ParsedFile | DiaryCopy:
    date_format = options.choices.date_format
    if replace(options.choices, hide_scores=False, date_format=None) != ImportChoices():
        raise InputError(
            _(
                "--map, --new, --skip, --moods, --activities and --scale are for other trackers. "
                "calmtrack's own files don't need them."
            )
        )
    if file.is_json:
        if date_format is not None:
            raise InputError(
                _("{option} doesn't work with {source} files.").format(
                    option="--date-format", source="JSON"
                )
            )
        if options.prefer != "newest":
            raise InputError(
                _(
                    "--prefer doesn't work with calmtrack's own JSON. Every row in it says "
                    "when it was last changed, and the newest one wins."
                )
            )
        return calmtrack_json.read(file, diary.today(), messages)
    collector = RowCollector(
        diary.practices.all(),
        diary.today(),
        "line",
        takes_days_ahead=True,
        date_order=calmtrack_csv.date_order(file, date_format),
    )
    if file.other_sheets:
        collector.messages.add(_(_OTHER_SHEETS), names=", ".join(file.other_sheets))
    calmtrack_csv.read(file, collector)
    return replace(collector.parsed_file(), lacks_settings=True)


def _tracker_of(file: InputFile, source: str | None) -> trackers.TrackerModule | None:
    """The importer for a file; None for calmtrack's own. Raises InputError for an unknown
    format."""
    if source is not None:
        return _named_tracker(file, source)
    if calmtrack_json.matches(file) or calmtrack_csv.matches(file):
        return None
    tracker = trackers.detect(file)
    if tracker is None:
        raise UnknownSourceError(_(UNKNOWN_SOURCE).format(path=file.path))
    return tracker


def _named_tracker(file: InputFile, source: str) -> trackers.TrackerModule | None:
    """The importer of a source. Raises InputError for a file without the names in its SIGNATURE:
    reading it would add nothing, or wrong rows."""
    if source == OWN:
        if file.is_json and not calmtrack_json.matches(file):
            raise _does_not_fit(file, source, calmtrack_json.SIGNATURE)
        return None
    tracker = trackers.load(source)
    if (tracker.SIGNATURE or file.is_folder) and not tracker.matches(file):
        if file.is_folder:
            raise InputError(_(UNKNOWN_SOURCE).format(path=file.path))
        raise _does_not_fit(file, source, tracker.SIGNATURE)
    return tracker


def _does_not_fit(file: InputFile, source: str, signature: tuple[str, ...]) -> InputError:
    names = ", ".join(signature)
    return InputError(
        _(
            "{path} doesn't look like a {source} file, which would contain {names}. "
            "Nothing was imported. Check which app the file is from, then try again."
        ).format(path=file.path, source=source, names=names)
    )
