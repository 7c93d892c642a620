"""habitctl: two text files, `habits` and `log`, the log with fields separated by tabs.

harsh writes such a pair, too; `matches_pair` and `read_pair` read it for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tracker.errors import InputError
from tracker.formats.cell_parsing import errors_at_line, parse_day
from tracker.formats.input_file import (
    InputFile,
    as_text,
    numbered_lines,
    open_input,
    wrong_file_error,
)
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit

SOURCE, NAME = "habitctl", "habitctl"
SIGNATURE = ()

_NAMES = ("habits", "log")

Lines = Iterator[tuple[int, str]]
"""The lines of a file with their numbers."""

_HABIT = re.compile(r"(?P<every>[0-9]{1,3})\s+(?P<name>.+)")
_LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[+-][0-9]{2}:?[0-9]{2}|Z)?\t(?P<name>[^\t]+)"
    "\t(?P<result>[yns])"
)
"""Older versions append the offset from UTC to the day, which is the local one."""


def matches(file: InputFile) -> bool:
    """Whether most lines are habits of habitctl, or most are entries of its log."""
    return matches_pair(file, _LOG, _HABIT)


def read(file: InputFile, importer: HabitImporter) -> None:
    read_pair(file, importer, SOURCE, _LOG, _habit)


def _habit(text: str) -> ForeignHabit:
    fields = _HABIT.fullmatch(text)
    if fields is None:
        raise InputError(_("I can't read this line as a habit."))
    name, every = fields["name"].strip(), int(fields["every"])
    return ForeignHabit(name, goal=(1, every) if every else (0, 1))


# The pair of files


def matches_pair(file: InputFile, *patterns: re.Pattern[str]) -> bool:
    """Whether the first line and more than half of all lines of a file match one of the patterns;
    for a folder, whether those of its `habits` or its `log` do."""
    if file.is_folder:
        return any(_matches_path(path, patterns) for path in _files_in(file.path).values())
    lines = [line for _, line in numbered_lines(file.sample) if not line.startswith("!")]
    return any(
        lines
        and pattern.fullmatch(lines[0]) is not None
        and sum(pattern.fullmatch(line) is not None for line in lines) * 2 > len(lines)
        for pattern in patterns
    )


def _matches_path(path: Path, patterns: tuple[re.Pattern[str], ...]) -> bool:
    with open_input(path) as file:
        return matches_pair(file, *patterns)


def read_pair(
    file: InputFile,
    importer: HabitImporter,
    source: str,
    log_line: re.Pattern[str],
    habit_in: Callable[[str], ForeignHabit | None],
    note_of: Callable[[int, re.Match[str]], str] = lambda _line, _fields: "",
) -> None:
    """Reads both files; a habit that only the log names is added with its first entry.

    `log_line` matches a line of the log, with the groups `day`, `name` and `result`, which is y, n
    or s. `habit_in` parses a line of `habits`, None where it has none; `note_of` returns the note
    of a line of the log by its number and its groups.
    """
    targets: dict[str, HabitTarget] = {}
    adders = {"y": importer.add_done, "n": importer.add_not_done, "s": importer.add_rest}
    with _open_pair(file, log_line, source) as (habits, log):
        for line, text in habits:
            with errors_at_line(line):
                habit = habit_in(text)
            if habit is not None:
                targets[habit.name] = importer.add_habit(habit)
        for line, text in log:
            with errors_at_line(line):
                fields = log_line.fullmatch(text)
                if fields is None:
                    raise InputError(_("I can't read this line of the habit log."))
                day, name = parse_day(fields["day"]), fields["name"].strip()
                if name not in targets:
                    targets[name] = importer.add_habit(ForeignHabit(name))
                adders[fields["result"]](line, targets[name], day, note_of(line, fields))


@contextmanager
def _open_pair(
    file: InputFile, log_line: re.Pattern[str], source: str
) -> Iterator[tuple[Lines, Lines]]:
    """Yields the lines of `habits` and of `log`: both in a folder, or the given file and the other
    one beside it. The given one is the log if a line matches `log_line`. Either may be missing."""
    own = ""
    with ExitStack() as stack:
        if file.is_folder:
            paths = _files_in(file.path)
        elif file.is_json or file.is_zip or file.is_sqlite:
            raise wrong_file_error(file.path, source)
        else:
            lines = numbered_lines(file.sample)
            own = "log" if any(log_line.fullmatch(line) for _, line in lines) else "habits"
            paths = _other_file(file.path, own)
        opened = {name: stack.enter_context(open_input(path)) for name, path in paths.items()}
        if own:
            opened[own] = file
        habits, log = (
            numbered_lines(
                stack.enter_context(as_text(opened[name].stream)) if name in opened else ()
            )
            for name in _NAMES
        )
        yield habits, log


def _files_in(folder: Path) -> dict[str, Path]:
    return {name: folder / name for name in _NAMES if (folder / name).is_file()}


def _other_file(path: Path, own: str) -> dict[str, Path]:
    """The other file of a pair by its name, if it exists: `old_log` belongs to `old_habits`."""
    other = next(name for name in _NAMES if name != own)
    if not path.name.endswith(own):
        return {}
    other_path = path.with_name(path.name.removesuffix(own) + other)
    return {other: other_path} if other_path.is_file() else {}
