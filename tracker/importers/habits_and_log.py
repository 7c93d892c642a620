"""A pair of text files, `habits` and `log`, as habit trackers for the terminal have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tracker.errors import InputError
from tracker.formats.input_file import InputFile, as_text, numbered_lines, open_input
from tracker.i18n.messages import _

_NAMES = ("habits", "log")

Lines = Iterator[tuple[int, str]]
"""The lines of a file with their numbers."""


def matches_pair(file: InputFile, *patterns: re.Pattern[str]) -> bool:
    """Whether the first line of a file and more than half of the others match one of the patterns;
    of a folder, those of its `log` or else of its `habits`."""
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


@contextmanager
def open_pair(
    file: InputFile, log_line: re.Pattern[str], source: str
) -> Iterator[tuple[Lines, Lines]]:
    """Yields the lines of `habits` and of `log`: both of a folder, or the given file, which is the
    log if a line matches `log_line`, and the other one next to it. Either may be missing."""
    own = ""
    with ExitStack() as stack:
        if file.is_folder:
            paths = _files_in(file.path)
        elif file.is_json or file.is_zip or file.is_sqlite:
            raise InputError(
                _(
                    "{path} doesn't look like a {source} file. Nothing was imported. "
                    "Check which app the file is from, then try again."
                ).format(path=file.path, source=source)
            )
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
    """The files of a pair in a folder, by their names."""
    return {name: folder / name for name in _NAMES if (folder / name).is_file()}


def _other_file(path: Path, own: str) -> dict[str, Path]:
    """The other file of a pair by its name, if it exists: `old_log` belongs to `old_habits`."""
    other = next(name for name in _NAMES if name != own)
    if not path.name.endswith(own):
        return {}
    other_path = path.with_name(path.name.removesuffix(own) + other)
    return {other: other_path} if other_path.is_file() else {}
