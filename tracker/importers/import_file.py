"""A file or folder read into the diary, whatever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, get_args

from tracker.diary.diary import Diary
from tracker.errors import InputError
from tracker.formats.archive import FolderArchive, open_zip
from tracker.formats.csv_reader import open_rows
from tracker.formats.input_file import (
    STANDARD_INPUT,
    as_text,
    display_name,
    open_input,
    utf8_errors,
)
from tracker.formats.json_stream import JsonStream, JsonSyntaxError
from tracker.i18n.messages import say
from tracker.importers.apply_import import apply_import
from tracker.importers.beaver import read_beaver
from tracker.importers.csv_import import read_csv
from tracker.importers.daylio import read_daylio
from tracker.importers.detect_format import (
    SQLITE,
    ZIP,
    Source,
    detect_source,
    is_json,
    is_log,
    names_in,
)
from tracker.importers.dijo import read_dijo
from tracker.importers.habit_importer import HabitImporter, ImportChoices
from tracker.importers.habitctl import read_habitctl
from tracker.importers.habitkit import read_habitkit
from tracker.importers.habo import read_habo
from tracker.importers.harsh import read_harsh
from tracker.importers.import_report import FileInfo, Report
from tracker.importers.json_import import import_json
from tracker.importers.loop_backup import read_loop_db
from tracker.importers.loop_csv import HABITS, read_loop
from tracker.importers.row_conflicts import Prefer
from tracker.importers.streaks_ios import read_streaks
from tracker.importers.table_habit import read_table_habit

SOURCES: tuple[str, ...] = get_args(Source)

_JSON: Mapping[str, Callable[[Iterable[tuple[str, int, Any]], HabitImporter], None]] = {
    "beaver": read_beaver,
    "table-habit": read_table_habit,
    "habo": read_habo,
    "dijo": read_dijo,
    "habitkit": read_habitkit,
}
_CSV = {"daylio": read_daylio, "streaks": read_streaks}
_LINES = {"harsh": read_harsh, "habitctl": read_habitctl}
_PAIR = ("habits", "log")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read."""

    source: Source | None = None
    """What wrote it; None to tell by what stands in it."""
    wishes: ImportChoices = field(default_factory=ImportChoices)
    prefer: Prefer = "newest"
    """Whose row stays where both have one."""
    dry_run: bool = False
    """Whether it only says what would happen."""


def import_file(diary: Diary, path: Path, options: ImportOptions | None = None) -> Report:
    """Reads a file or a folder into the diary as one step; `-` is standard input.

    All of it, or nothing. Raises WrongInput, with the line, for what can't be read, and Trouble
    for the disk; the diary is then as it was.
    """
    chosen = options or ImportOptions()
    if path != STANDARD_INPUT and path.is_dir():
        return _import_folder(diary, path, chosen)
    with open_input(path) as file, utf8_errors(file, path):
        source = chosen.source or detect_source(file)
        if chosen.source is not None:
            _demand_names(chosen.source, file, path)
        if source == "calmtrack" or (source is None and not is_json(file)):
            return replace(_import_ours(diary, file, path, chosen), about=FileInfo("calmtrack"))
        if source is None:
            raise InputError(say("other.not_known", path=path))
        into = HabitImporter(diary.practices.all(), diary.today(), chosen.wishes)
        _read(source, file, path, into)
        return _take(diary, into, path, source, chosen)


def _demand_names(source: Source, file: BinaryIO, path: Path) -> None:
    """Refuses a file in which there is nothing of what `--source` says it is: it would be read to
    no row at all, or to wrong ones."""
    has_json = is_json(file)
    if source == "loop" or (source == "calmtrack" and not has_json):
        return
    if has_json != (source == "calmtrack" or source in _JSON):
        raise InputError(say("other.not_of", path=path, source=source))
    if source not in _LINES:
        names, are_there = names_in(source, file)
        if not are_there:
            named = ", ".join(names)
            raise InputError(say("other.not_of_names", path=path, source=source, names=named))


def _import_ours(diary: Diary, file: BinaryIO, path: Path, options: ImportOptions) -> Report:
    if replace(options.wishes, hushed=False) != ImportChoices():
        raise InputError(say("other.ours_as_it_is"))
    if not is_json(file):
        return read_csv(diary, file, path, prefer=options.prefer, dry_run=options.dry_run)
    if options.prefer != "newest":
        raise InputError(say("other.json_prefers"))
    with as_text(file) as text:
        return import_json(diary, text, display_name(path), dry_run=options.dry_run)


def _import_folder(diary: Diary, path: Path, options: ImportOptions) -> Report:
    bundle = FolderArchive(path)
    into = HabitImporter(diary.practices.all(), diary.today(), options.wishes)
    found = set(bundle.names())
    source: Source | None = None
    if any(name.split("/")[-1] == HABITS for name in found) and options.source in (None, "loop"):
        source = "loop"
        read_loop(bundle, into)
    else:
        # Habits alone, beside a log in which nothing stands yet, make practices.
        for name in reversed([one for one in _PAIR if one in found]):
            source = source or _read_pair(path / name, options, into)
    if source is None:
        raise InputError(say("other.not_known", path=path))
    return _take(diary, into, path, source, options)


def _read_pair(path: Path, options: ImportOptions, into: HabitImporter) -> Source | None:
    """Reads the files of a pair; None where nothing known wrote them."""
    with open_input(path) as file, utf8_errors(file, path):
        source = options.source or detect_source(file)
        if source in _LINES:
            _read_lines(source, file, path, into)
            return source
    return None


def _take(
    diary: Diary, into: HabitImporter, path: Path, source: Source, options: ImportOptions
) -> Report:
    report = apply_import(
        *(diary, into.incoming(), display_name(path)),
        dry_run=options.dry_run,
        prefer=options.prefer,
    )
    return replace(report, about=FileInfo(source, into.moods, into.activities))


def _read(source: Source, file: BinaryIO, path: Path, into: HabitImporter) -> None:
    """Reads one file by what wrote it."""
    file.seek(0)
    beginning = file.read(len(SQLITE))
    if source == "loop":
        _read_loop(beginning, file, path, into)
    elif source in _JSON:
        with as_text(file) as text:
            _read_json(source, JsonStream(text), into)
    elif source in _CSV:
        with open_rows(file) as (_, rows):
            _CSV[source](rows, into)
    else:
        _read_lines(source, file, path, into)


def _read_loop(beginning: bytes, file: BinaryIO, path: Path, into: HabitImporter) -> None:
    if beginning.startswith(ZIP):
        with open_zip(file) as bundle:
            read_loop(bundle, into)
    elif beginning == SQLITE and path != STANDARD_INPUT:
        read_loop_db(path, into)
    elif path.name == HABITS:
        read_loop(FolderArchive(path.parent), into)
    else:
        raise InputError(say("other.not_of", path=path, source="loop"))


def _read_json(source: str, reading: JsonStream, into: HabitImporter) -> None:
    def pieces() -> Iterator[tuple[str, int, Any]]:
        for part, value in reading.pieces():
            yield part, reading.line, value

    try:
        _JSON[source](pieces(), into)
    except JsonSyntaxError:
        raise
    except InputError as error:
        raise InputError(say("csv.line", line=reading.line, problem=error)) from error


def _read_lines(source: str, file: BinaryIO, path: Path, into: HabitImporter) -> None:
    """Reads one file of a pair, and the other where it lies beside it."""
    holds_log = is_log(file)
    other = _other_of(path, "log" if holds_log else "habits")
    with ExitStack() as stack:
        beside: Iterable[str] = ()
        if other is not None:
            beside = stack.enter_context(_lines_of(other))
        own = stack.enter_context(as_text(file))
        habits, log = (beside, own) if holds_log else (own, beside)
        _LINES[source](habits, log, into)


def _other_of(path: Path, ending: str) -> Path | None:
    """The other file of a pair, if it lies beside one whose name ends as its content does."""
    if not path.name.endswith(ending):
        return None
    other = next(one for one in _PAIR if one != ending)
    beside = path.with_name(path.name.removesuffix(ending) + other)
    return beside if beside.is_file() else None


@contextmanager
def _lines_of(path: Path) -> Iterator[Iterable[str]]:
    with open_input(path) as file, utf8_errors(file, path), as_text(file) as text:
        yield text
