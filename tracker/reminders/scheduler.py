"""Base classes of the system's schedulers, which run `calmtrack nudge` each evening."""

from __future__ import annotations

import os
import re
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import ClassVar

from tracker.errors import CalmtrackError
from tracker.files import atomic_binary_file, private_folder
from tracker.i18n.messages import _

NAME = "calmtrack-nudge"

TIMEOUT_SECONDS = 15
"""Seconds after which a program of the system is killed and counts as failed."""

_AT = re.compile(r"--at\D{1,30}([0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Command:
    """The command that a scheduler runs, and when."""

    program: tuple[str, ...]
    """The words that start calmtrack with the right diary: absolute paths, no line breaks."""
    at: time
    """The time of day, in the zone of the machine."""

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command line; `installed_at` reads the time back from it."""
        return (*self.program, "nudge", "--at", f"{self.at:%H:%M}")


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A text to install."""

    where: str
    """The path of its file, or a description of its place."""
    text: str


class Scheduler(ABC):
    """A service of the operating system that runs a command at a time of day."""

    name: ClassVar[str]

    @abstractmethod
    def is_available(self) -> bool:
        """Whether this user can use it on this system."""

    @abstractmethod
    def units(self, command: Command) -> tuple[UnitFile, ...]:
        """The texts that `install` writes."""

    @abstractmethod
    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        """The commands that `install` runs after it has written them."""

    @abstractmethod
    def install(self, command: Command) -> None:
        """Writes and starts the reminder.

        Raises CalmtrackError when the system refuses, after restoring what was installed before.
        """

    @abstractmethod
    def installed_text(self) -> str:
        """The installed text that has the command; empty without a reminder."""

    @abstractmethod
    def remove(self) -> None:
        """Stops the reminder and removes its texts."""

    def is_running(self) -> bool:
        """Whether the system will run the installed command."""
        return True

    def installed_at(self) -> str | None:
        """The time of the installed reminder, like 21:30; None without one."""
        match = _AT.search(self.installed_text())
        return match[1] if match else None


class FileScheduler(Scheduler):
    """A scheduler configured by files of the user's own."""

    @abstractmethod
    def paths(self) -> tuple[Path, ...]:
        """Its files; the first contains the command."""

    @abstractmethod
    def texts(self, command: Command) -> tuple[str, ...]:
        """The content of each file."""

    @abstractmethod
    def stop_commands(self) -> tuple[tuple[str, ...], ...]:
        """The commands that are run before the files are removed."""

    def units(self, command: Command) -> tuple[UnitFile, ...]:
        return tuple(
            UnitFile(str(path), text)
            for path, text in zip(self.paths(), self.texts(command), strict=True)
        )

    def install(self, command: Command) -> None:
        before = {path: _read(path) for path in self.paths()}
        try:
            for path, text in zip(self.paths(), self.texts(command), strict=True):
                _write(path, text.encode())
            for words in self.start_commands():
                run_checked(*words)
        except CalmtrackError:
            self._restore(before)
            raise

    def _restore(self, before: Mapping[Path, bytes | None]) -> None:
        if all(content is None for content in before.values()):
            with suppress(OSError):
                self.remove()
            return
        for path, content in before.items():
            with suppress(OSError, CalmtrackError):
                if content is None:
                    path.unlink(missing_ok=True)
                elif _read(path) != content:
                    _write(path, content)
        for words in self.start_commands():
            run(words)

    def installed_text(self) -> str:
        return (_read(self.paths()[0]) or b"").decode("utf-8", "replace")

    def remove(self) -> None:
        for words in self.stop_commands():
            run(words)
        for path in self.paths():
            path.unlink(missing_ok=True)


def run(
    words: Sequence[str], *, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Runs a program to its end, its messages in English; None when it can't be run."""
    try:
        return subprocess.run(  # noqa: S603  no shell, and the words are ours
            words,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_SECONDS,
            env={**os.environ, "LC_ALL": "C", **(env or {})},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def succeeds(*words: str) -> bool:
    """Whether a program can be run and exits with 0."""
    process = run(words)
    return process is not None and process.returncode == 0


def run_checked(*words: str, stdin: str = "", harmless: str = "") -> str:
    """A program's output. Raises CalmtrackError with its error output when it fails, unless that
    contains the `harmless` text."""
    process = run(words, stdin=stdin)
    if process is None:
        raise CalmtrackError(
            _(
                "Couldn't run {program}. Nothing was changed. Check that the program is installed."
            ).format(program=words[0])
        )
    is_harmless = bool(harmless) and harmless in process.stderr
    if process.returncode != 0 and not is_harmless:
        reason = " ".join(process.stderr.split()) or str(process.returncode)
        raise CalmtrackError(
            _(
                '{program}, which runs the reminder, reported a problem: "{reason}". '
                "Once that's fixed, try again."
            ).format(program=words[0], reason=reason)
        )
    return process.stdout


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, content: bytes) -> None:
    try:
        private_folder(path.parent)
    except OSError as error:
        reason = error.strerror or "unknown"
        raise CalmtrackError(
            _("Couldn't write {path}: {reason}. Nothing there was changed.").format(
                path=path, reason=reason
            )
        ) from error
    with atomic_binary_file(path, force=True) as file:
        file.write(content)
