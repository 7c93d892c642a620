"""Another diary of the same person joined to this one: a file, a database, or an export in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.diary.diary import Diary
from tracker.exchange.copies import OtherCopy, Step, join_copy
from tracker.exchange.files_in import as_text, opened, plainly
from tracker.exchange.incoming import Report
from tracker.exchange.json_import import copy_in
from tracker.exchange.recognising import is_json, source_of
from tracker.exchange.sayings import Sayings
from tracker.exchange.watching import counted
from tracker.places import Place
from tracker.store import backups, soundness, timed
from tracker.store.store import Store
from tracker.trouble import WrongInput
from tracker.words import say


def merge(diary: Diary, other: Place, *, dry_run: bool = False) -> Report:
    """Joins another diary to this one as one step, which can be undone; the other is only read.

    With `dry_run` it says the same and writes nothing. Raises WrongInput for what is no diary,
    and then has changed nothing.
    """
    name = other.path.name if other.path is not None else other.label
    return _join(diary, other, Step("merge", name), dry_run=dry_run)


def bring_back(diary: Diary, backup: Path) -> Report:
    """Joins a backup, an export in JSON or a diary file, to a diary in a database server as one
    step: what is gone there comes back, and what was changed later stays.

    Raises WrongInput for what is no diary, and then has changed nothing.
    """
    return _join(diary, Place(backup), Step("import", backup.name, takes_over=True))


def _join(diary: Diary, other: Place, step: Step, *, dry_run: bool = False) -> Report:
    if _is_same(diary.place, other):
        raise WrongInput(say("merge.itself", path=other.label))
    sayings = Sayings()
    with _copy_at(diary, other, sayings) as copy:
        return join_copy(diary, copy, step, sayings, dry_run=dry_run)


def _is_same(one: Place, other: Place) -> bool:
    if one.path is None or other.path is None:
        return one.url is not None and one.url == other.url
    return one.path.resolve() == other.path.resolve()


@contextmanager
def _copy_at(diary: Diary, other: Place, sayings: Sayings) -> Iterator[OtherCopy]:
    if other.path is None:
        with _in_database(other) as copy:
            yield copy
        return
    if not other.path.is_file():
        raise WrongInput(say("care.not_a_backup", path=other.path))
    with opened(other.path) as file, plainly(file, other.path):
        if is_json(file):
            if source_of(file) != "calmtrack":
                raise WrongInput(say("care.not_a_backup", path=other.path))
            with as_text(file) as text:
                yield copy_in(text, diary.today(), sayings)
            return
    with _in_file(other.path) as copy:
        yield copy


@contextmanager
def _in_file(path: Path) -> Iterator[OtherCopy]:
    if not soundness.is_diary(path):
        raise WrongInput(say("care.not_a_backup", path=path))
    if problem := soundness.damage_in(path):
        raise WrongInput(say("merge.damaged", path=path, problem=problem))
    # A copy, since an older one is brought up to date before it is read.
    with TemporaryDirectory() as folder:
        place = Place(Path(folder) / "other.db")
        assert place.path is not None
        backups.copy(Place(path), place.path)
        with _in_database(place) as copy:
            yield copy


@contextmanager
def _in_database(place: Place) -> Iterator[OtherCopy]:
    store = Store(place)
    if not store.begun():
        raise WrongInput(say("care.not_begun", path=place.label))
    with store.reading() as reader:
        yield OtherCopy(
            tuple(timed.practices_and_times(reader).values()),
            tuple((key, *one) for key, one in timed.kept_and_times(reader).items()),
            lambda: counted(chain(timed.every_entry(reader), timed.every_evening(reader))),
        )
