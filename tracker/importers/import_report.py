"""What a file brings, checked and ready to be held against a diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.i18n.messages import format_number, plural_key, say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.report_messages import Numbering
from tracker.importers.row_buffer import RowBuffer
from tracker.models import Unit


@dataclass(frozen=True, slots=True)
class PracticeInFile:
    """A practice as a file speaks of it."""

    id: str
    name: str | None
    """None where the file gives no name."""
    unit: Unit | None
    """None where the file gives no unit."""
    first_day: date
    """The first day on which the file knows anything of it."""
    largest: int
    """The largest amount of a day; 0 where there is none."""
    habit: ForeignHabit | None = None
    """What it is in another tracker; None for a practice of the diary or of our own files."""
    last_day: date | None = None
    """The last day on which it was marked there."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A whole file; each row with the line it stands on."""

    practices: tuple[PracticeInFile, ...]
    """In an order that every day's rows agree with."""
    entries: RowBuffer
    evenings: RowBuffer
    read: int
    """Rows that say something."""
    said: tuple[str, ...]
    """What was replaced, cut or left out in reading."""
    left_out: int = 0
    """Rows among those read that could not be taken."""
    numbering: Numbering = "line"
    """What the numbers of the rows count."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to write: habits alone make practices, too."""
        habits = any(practice.habit is not None for practice in self.practices)
        return bool(self.entries or self.evenings or habits)


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What was found out about a file, and what a person could be asked about it."""

    source: str = ""
    """What wrote it, as `--source` names it."""
    name: str = ""
    """What wrote it, as it calls itself."""
    moods: Mapping[str, int | None] = field(default_factory=dict)
    """The moods in it as they are written, with their calm scores; None without one."""
    activities: tuple[str, ...] = ()
    """What stands beside the moods, and could become practices."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import comes to, in rows."""

    read: int
    added: int
    changed: int
    unchanged: int
    """The diary says the same already."""
    kept: int
    """The diary says something else, and keeps it."""
    said: tuple[str, ...]
    """Sentences to show to the person."""
    left_out: int = 0
    """Rows that could not be taken; each was said with its line and why."""
    about: FileInfo = field(default_factory=FileInfo)
    """What kind of file it was."""


def summary_lines(report: Report, *, dry_run: bool) -> list[str]:
    """The sentences that count what came in, or would."""
    done, would = (
        plural_key("cli.imported", report.read),
        plural_key("cli.would_import", report.read),
    )
    said = [
        say(
            would if dry_run else done,
            read=format_number(report.read),
            added=format_number(report.added),
            changed=format_number(report.changed),
            unchanged=format_number(report.unchanged),
            kept=format_number(report.kept),
        )
    ]
    if report.left_out:
        said.append(say("cli.left_out", count=format_number(report.left_out)))
    return said
