"""Another diary of the same person joined to this one: a file, a database, or an export in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.input_file import open_input
from tracker.formats.progress import track
from tracker.i18n.messages import say
from tracker.importers import calmtrack_json
from tracker.importers.import_report import Report
from tracker.importers.merge import DiaryCopy, Step, merge_copy
from tracker.importers.report_messages import ReportMessages
from tracker.location import Location
from tracker.store import backups, integrity, versioned_rows
from tracker.store.store import Store


def merge(diary: Diary, other: Location, *, dry_run: bool = False) -> Report:
    """Joins another diary to this one as one step, which can be undone; the other is only read.

    With `dry_run` it says the same and writes nothing. Raises WrongInput for what is no diary,
    and then has changed nothing.
    """
    name = other.path.name if other.path is not None else other.label
    return _join(diary, other, Step("merge", name), dry_run=dry_run)


def restore_export(diary: Diary, backup: Path) -> Report:
    """Joins a backup, an export in JSON or a diary file, to a diary in a database server as one
    step: what is gone there comes back, and what was changed later stays.

    Raises WrongInput for what is no diary, and then has changed nothing.
    """
    return _join(diary, Location(backup), Step("import", backup.name, takes_over=True))


def _join(diary: Diary, other: Location, step: Step, *, dry_run: bool = False) -> Report:
    if _is_same(diary.place, other):
        raise InputError(say("merge.itself", path=other.label))
    sayings = ReportMessages("item")
    with _copy_at(diary, other, sayings) as copy:
        return merge_copy(diary, copy, step, sayings, dry_run=dry_run)


def _is_same(one: Location, other: Location) -> bool:
    if one.path is None or other.path is None:
        return one.url is not None and one.url == other.url
    return one.path.resolve() == other.path.resolve()


@contextmanager
def _copy_at(diary: Diary, other: Location, sayings: ReportMessages) -> Iterator[DiaryCopy]:
    if other.path is None:
        with _in_database(other) as copy:
            yield copy
        return
    if not other.path.is_file():
        raise InputError(say("care.not_a_backup", path=other.path))
    with open_input(other.path) as file:
        if file.is_json:
            if not calmtrack_json.matches(file):
                raise InputError(say("care.not_a_backup", path=other.path))
            yield calmtrack_json.read(file, diary.today(), sayings)
            return
    with _in_file(other.path) as copy:
        yield copy


@contextmanager
def _in_file(path: Path) -> Iterator[DiaryCopy]:
    if not integrity.is_diary(path):
        raise InputError(say("care.not_a_backup", path=path))
    if problem := integrity.find_corruption(path):
        raise InputError(say("merge.damaged", path=path, problem=problem))
    # A copy, since an older one is brought up to date before it is read.
    with TemporaryDirectory() as folder:
        place = Location(Path(folder) / "other.db")
        assert place.path is not None
        backups.copy(Location(path), place.path)
        with _in_database(place) as copy:
            yield copy


@contextmanager
def _in_database(place: Location) -> Iterator[DiaryCopy]:
    store = Store(place)
    if not store.begun():
        raise InputError(say("care.not_begun", path=place.label))
    with store.reading() as reader:
        yield DiaryCopy(
            tuple(versioned_rows.practices_and_times(reader).values()),
            tuple((key, *one) for key, one in versioned_rows.kept_and_times(reader).items()),
            lambda: track(
                chain(versioned_rows.iter_entries(reader), versioned_rows.iter_evenings(reader))
            ),
        )
