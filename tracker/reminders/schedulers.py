"""The system's schedulers, which run `calmtrack nudge` each evening: a launch agent on macOS, a
timer of the user's systemd, or a line in the user's crontab."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import ClassVar

from tracker.errors import CalmtrackError
from tracker.files import atomic_binary_file, os_reason, parse_path, private_folder
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


# macOS

AGENT = f"local.{NAME}"


class Launchd(FileScheduler):
    """launchd, configured by a property list."""

    name = "launchd"

    def is_available(self) -> bool:
        return sys.platform == "darwin"

    def paths(self) -> tuple[Path, ...]:
        return (parse_path("~") / "Library" / "LaunchAgents" / f"{AGENT}.plist",)

    def texts(self, command: Command) -> tuple[str, ...]:
        import plistlib

        agent = {
            "Label": AGENT,
            "ProgramArguments": list(command.words),
            "StartCalendarInterval": {"Hour": command.at.hour, "Minute": command.at.minute},
            "ProcessType": "Background",
        }
        return (plistlib.dumps(agent, sort_keys=False).decode("utf-8"),)

    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootstrap", _domain(), str(self.paths()[0])),)

    def stop_commands(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootout", f"{_domain()}/{AGENT}"),)

    def install(self, command: Command) -> None:
        # `bootstrap` fails for an agent that is loaded.
        for words in self.stop_commands():
            run(words)
        super().install(command)

    def is_running(self) -> bool:
        return succeeds("launchctl", "print", f"{_domain()}/{AGENT}")


def _domain() -> str:
    return f"gui/{os.getuid()}"


# systemd

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@+-]+")
_SYSTEMCTL = ("systemctl", "--user")


class Systemd(FileScheduler):
    """systemd, configured by a service and a timer that starts it."""

    name = "systemd"

    def is_available(self) -> bool:
        return succeeds(*_SYSTEMCTL, "show-environment")

    def paths(self) -> tuple[Path, ...]:
        folder = _unit_folder()
        return (folder / f"{NAME}.service", folder / f"{NAME}.timer")

    def texts(self, command: Command) -> tuple[str, ...]:
        program, *others = command.words
        if set(program) & set("\"'\\"):
            # systemd allows none of these in the path of a program, quoted or not.
            program, *others = ("/usr/bin/env", *command.words)
        # Variables are expanded in the arguments, but not in the path of the program.
        words = (quoted(program), *(quoted(word).replace("$", "$$") for word in others))
        service = (
            "[Unit]\n"
            "Description=Remind you of tonight's check-in in calmtrack\n"
            "\n"
            "[Service]\n"
            "Type=oneshot\n"
            f"ExecStart={' '.join(words)}\n"
        )
        timer = (
            "[Unit]\n"
            "Description=Evening reminder of calmtrack\n"
            "\n"
            "[Timer]\n"
            f"OnCalendar=*-*-* {command.at:%H:%M}:00\n"
            "\n"
            "[Install]\n"
            "WantedBy=timers.target\n"
        )
        return service, timer

    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        return (
            (*_SYSTEMCTL, "daemon-reload"),
            (*_SYSTEMCTL, "enable", f"{NAME}.timer"),
            (*_SYSTEMCTL, "restart", f"{NAME}.timer"),
        )

    def stop_commands(self) -> tuple[tuple[str, ...], ...]:
        return ((*_SYSTEMCTL, "disable", "--now", f"{NAME}.timer"),)

    def remove(self) -> None:
        super().remove()
        succeeds(*_SYSTEMCTL, "daemon-reload")

    def is_running(self) -> bool:
        return succeeds(*_SYSTEMCTL, "is-active", f"{NAME}.timer")


def quoted(word: str) -> str:
    """A word escaped for a unit file, where `%`, quotation marks and `\\` have a meaning."""
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unit_folder() -> Path:
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(chosen) if chosen.startswith("/") else parse_path("~") / ".config"
    return folder / "systemd" / "user"


# cron

_LINE_END = "# calmtrack reminder"


class Crontab(Scheduler):
    """cron. Its line in the crontab is recognised by the comment at its end.

    The crontab is edited as text and not by python-crontab, which rewrites all other lines in its
    own form (it turned a commented `0 0 * * *` into `@daily` when it was tried).
    """

    name = "cron"

    def is_available(self) -> bool:
        return shutil.which("crontab") is not None

    def units(self, command: Command) -> tuple[UnitFile, ...]:
        # To cron an unescaped % ends the command.
        words = shlex.join(command.words).replace("%", "\\%")
        line = f"{command.at.minute} {command.at.hour} * * * {words} {_LINE_END}\n"
        return (
            UnitFile(
                _("your crontab, the list of timed commands (its other lines stay as they are)"),
                line,
            ),
        )

    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        return ()

    def install(self, command: Command) -> None:
        others = _other_lines(_crontab())
        if others and not others.endswith("\n"):
            others += "\n"
        (unit,) = self.units(command)
        _write_crontab(others + unit.text)

    def installed_text(self) -> str:
        try:
            text = _crontab() if self.is_available() else ""
        except CalmtrackError:
            return ""
        return "".join(line for line in text.splitlines(keepends=True) if _is_ours(line))

    def remove(self) -> None:
        _write_crontab(_other_lines(_crontab()))


def _crontab() -> str:
    """The crontab. Raises CalmtrackError when it can't be read and must not be overwritten."""
    return run_checked("crontab", "-l", harmless="no crontab")


def _write_crontab(text: str) -> None:
    run_checked("crontab", "-", stdin=text)


def _other_lines(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not _is_ours(line))


def _is_ours(line: str) -> bool:
    return line.rstrip().endswith(_LINE_END)


# The programs of the system, and their files


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
        raise CalmtrackError(
            _("Couldn't write {path}: {reason}. Nothing there was changed.").format(
                path=path, reason=os_reason(error)
            )
        ) from error
    with atomic_binary_file(path, force=True) as file:
        file.write(content)
