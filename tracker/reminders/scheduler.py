"""What the system's timers have in common: they call `calmtrack nudge` each evening."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import ClassVar

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.reminders.subprocesses import run

NAME = "calmtrack-nudge"

_AT = re.compile(r"--at\D{1,30}([0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be called, and when."""

    program: tuple[str, ...]
    """The words that start calmtrack with the right diary, paths whole; without line breaks."""
    at: time
    """The time of day, in the zone of the machine."""

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the call. The time in them tells later for when it was set."""
        return (*self.program, "nudge", "--at", f"{self.at:%H:%M}")


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A text that is written, and where."""

    where: str
    text: str


class Scheduler(ABC):
    """One of the system's ways to run something on time."""

    name: ClassVar[str]

    @abstractmethod
    def is_here(self) -> bool:
        """Whether this system has it, for this person."""

    @abstractmethod
    def pieces(self, call: Command) -> tuple[UnitFile, ...]:
        """What would be written."""

    @abstractmethod
    def starts(self) -> tuple[tuple[str, ...], ...]:
        """The programs that are run then."""

    @abstractmethod
    def install(self, call: Command) -> None:
        """Writes and starts it. Raises Trouble when the system refuses; what was set before is
        set again then, as far as the system lets it."""

    @abstractmethod
    def written(self) -> str:
        """The text that was written before; empty where there is none."""

    @abstractmethod
    def remove(self) -> None:
        """Stops it and takes away what was written."""

    def is_running(self) -> bool:
        """Whether the system knows of what is written."""
        return True

    def installed_at(self) -> str | None:
        """For when it is set, like 21:30; None where it is not."""
        found = _AT.search(self.written())
        return found[1] if found else None


class FileScheduler(Scheduler):
    """A timer told of by files in a folder of the person's own."""

    @abstractmethod
    def paths(self) -> tuple[Path, ...]:
        """Its files; the first one holds the call."""

    @abstractmethod
    def texts(self, call: Command) -> tuple[str, ...]:
        """What each of them holds."""

    @abstractmethod
    def stops(self) -> tuple[tuple[str, ...], ...]:
        """The programs that are run before the files go."""

    def pieces(self, call: Command) -> tuple[UnitFile, ...]:
        return tuple(
            UnitFile(str(path), text)
            for path, text in zip(self.paths(), self.texts(call), strict=True)
        )

    def install(self, call: Command) -> None:
        before = {path: _bytes_of(path) for path in self.paths()}
        try:
            for path, text in zip(self.paths(), self.texts(call), strict=True):
                _write(path, text.encode())
            for words in self.starts():
                run_checked(*words)
        except CalmtrackError:
            self._put_back(before)
            raise

    def _put_back(self, before: Mapping[Path, bytes | None]) -> None:
        if all(one is None for one in before.values()):
            with suppress(OSError):
                self.remove()
            return
        for path, one in before.items():
            with suppress(OSError, CalmtrackError):
                if one is None:
                    path.unlink(missing_ok=True)
                elif _bytes_of(path) != one:
                    _write(path, one)
        for words in self.starts():
            run(words)

    def written(self) -> str:
        try:
            return self.paths()[0].read_text("utf-8")
        except (OSError, UnicodeError):
            return ""

    def remove(self) -> None:
        for words in self.stops():
            run(words)
        for path in self.paths():
            path.unlink(missing_ok=True)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or "unknown"
        raise CalmtrackError(say("csv.cannot_write", path=path, reason=reason)) from error


def run_checked(*words: str, typed: str = "") -> str:
    """What a program answers. Raises Trouble with its own words when it refuses."""
    done = run(words, typed=typed)
    if done is None:
        raise CalmtrackError(say("reminder.no_program", program=words[0]))
    if done.returncode != 0:
        reason = " ".join(done.stderr.split()) or str(done.returncode)
        raise CalmtrackError(say("reminder.refused", program=words[0], reason=reason))
    return done.stdout


def home_folder() -> Path:
    """The person's home folder. Raises Trouble where the system knows of none."""
    try:
        return Path.home()
    except RuntimeError as error:
        raise CalmtrackError(say("cli.no_home", text="~")) from error
