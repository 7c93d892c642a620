"""Importers of other trackers' files: one module each.

A module is named after its tracker and declares SOURCE, the tracker's name on the command line;
NAME, the name that the tracker calls itself; SIGNATURE, the names of fields or columns by which its
files are recognised; `matches(file)` and `read(file, importer)`. Being in this folder registers it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from tracker.formats.input_file import InputFile
    from tracker.importers.habit_importer import HabitImporter


_MATCHED_FIRST = ("loop", "daylio")
"""The most common sources."""

TABLE = "table"
"""The source that files of many programs would match, so it is matched last."""


class TrackerModule(Protocol):
    """What a module of this package declares."""

    SOURCE: str
    NAME: str
    SIGNATURE: tuple[str, ...]
    """Empty for a tracker whose files have no names of fields or columns."""

    def matches(self, file: InputFile) -> bool:
        """Whether the tracker wrote a file, by its content."""

    def read(self, file: InputFile, importer: HabitImporter) -> None:
        """Adds every record of a file. Raises InputError, with the position, for a file that can't
        be read."""


def sources() -> tuple[str, ...]:
    """The SOURCE of each module in the order in which they are matched, from the names of the
    modules, which are not imported."""
    names = [module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)]
    others = (name for name in names if name not in (*_MATCHED_FIRST, TABLE))
    return *_MATCHED_FIRST, *others, TABLE


def load(source: str) -> TrackerModule:
    """The module of a source."""
    return cast("TrackerModule", import_module(f"{__name__}.{source.replace('-', '_')}"))


def detect(file: InputFile) -> TrackerModule | None:
    """The first module that matches a file; None if none does."""
    modules: Iterator[TrackerModule] = map(load, sources())
    return next((module for module in modules if module.matches(file)), None)
