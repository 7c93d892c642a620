"""Opens another copy of a diary, a file, a database or a JSON export, and merges it."""

from __future__ import annotations

from pathlib import Path

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.files import is_export_error, not_a_diary_error, refuse_missing, refuse_special
from tracker.formats.input_file import open_input
from tracker.i18n.messages import _
from tracker.importers import calmtrack_json
from tracker.importers.import_report import Report, ReportMessages
from tracker.importers.merge import DiaryCopy, merge_copy
from tracker.importers.row_conflicts import Step
from tracker.location import Location
from tracker.store import integrity, own_files, structure, versioned_rows
from tracker.store.store import Store


def merge(diary: Diary, other: Location, *, dry_run: bool = False) -> Report:
    """Merges another diary into this one as one undo step; the other is only read.

    A dry run returns the same report and writes nothing. Raises InputError for what is not a
    diary, and then has changed nothing.
    """
    name = other.path.name if other.path is not None else other.label
    return _merge(diary, other, Step("merge", name), dry_run=dry_run)


def restore_export(diary: Diary, backup: Path) -> Report:
    """Merges a backup, a JSON export or a diary file, into a diary in a database server as one
    undo step: deleted rows come back, rows that were changed later stay.

    Raises InputError for what is not a diary, and then has changed nothing.
    """
    return _merge(diary, Location(backup), Step("import", backup.name), may_replace=True)


def _merge(
    diary: Diary,
    other: Location,
    step: Step,
    *,
    may_replace: bool = False,
    dry_run: bool = False,
) -> Report:
    if _is_same(diary.location, other):
        raise InputError(
            _("{path} is the diary you're already using. There's nothing to merge.").format(
                path=other.label
            )
        )
    messages = ReportMessages("item")
    copy = _read_copy(diary, other, messages)
    return merge_copy(diary, copy, step, messages, may_replace=may_replace, dry_run=dry_run)


def _is_same(one: Location, other: Location) -> bool:
    if one.path is None or other.path is None:
        return one.url == other.url
    return one.path.resolve() == other.path.resolve()


def _read_copy(diary: Diary, other: Location, messages: ReportMessages) -> DiaryCopy:
    path = other.path
    if path is None:
        return _read_database(other)
    refuse_special(path)
    refuse_missing(path)
    if not path.is_file():
        raise not_a_diary_error(path)
    with open_input(path) as file:
        if file.is_json:
            if not calmtrack_json.matches(file):
                raise not_a_diary_error(path)
            return calmtrack_json.read(file, diary.today(), messages)
    return _read_diary_file(path)


def _read_diary_file(path: Path) -> DiaryCopy:
    if own_files.is_export(path):
        raise is_export_error(path)
    if not integrity.is_diary(path):
        raise not_a_diary_error(path)
    if problem := integrity.find_corruption(path):
        raise InputError(
            _(
                "{path} is damaged ({problem}). Nothing was changed. Repair that diary "
                'first: run "calmtrack doctor --repair" with --diary.'
            ).format(path=path, problem=problem)
        )
    if problem := structure.find_difference(path):
        raise InputError(
            _(
                "{path} can't be merged: {problem}. Nothing was changed. Repair that diary first: "
                'run "calmtrack doctor --repair" with --diary.'
            ).format(path=path, problem=problem)
        )
    # Opening migrates an older schema. So a copy in memory is opened, of which a killed merge
    # leaves nothing behind.
    return _read_database(Location(path), in_memory=True)


def _read_database(location: Location, *, in_memory: bool = False) -> DiaryCopy:
    store = Store(location, in_memory=in_memory)
    store.check_exists()
    with store.reading() as reader:
        copy = DiaryCopy(
            tuple(versioned_rows.stored_practices(reader).values()),
            tuple((key, *row) for key, row in versioned_rows.stored_app_state(reader).items()),
            tuple(versioned_rows.iter_entries(reader)),
            tuple(versioned_rows.iter_evenings(reader)),
        )
        if reader.set_apart:
            names = sorted({str(key) for _, key, _ in reader.set_apart})
            raise InputError(
                _(
                    "{path} has entries that can't be read ({names}). Nothing was "
                    'changed. Repair that diary first: run "calmtrack doctor '
                    '--repair" with --diary.'
                ).format(path=location.label, names=", ".join(names[:5]))
            )
        return copy
