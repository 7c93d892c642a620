"""A timer of the person's own systemd."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tracker.reminders.scheduler import NAME, Command, FileScheduler, home_folder
from tracker.reminders.subprocesses import succeeds

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@+-]+")
_USER = ("systemctl", "--user")


class Systemd(FileScheduler):
    """A service that says it, and a timer that calls it."""

    name = "systemd"

    def is_here(self) -> bool:
        return succeeds(*_USER, "show-environment")

    def paths(self) -> tuple[Path, ...]:
        folder = _units()
        return (folder / f"{NAME}.service", folder / f"{NAME}.timer")

    def texts(self, call: Command) -> tuple[str, ...]:
        program, *others = call.words
        if set(program) & set("\"'\\"):
            # Not allowed in the name of what is run, however it is quoted.
            program, *others = ("/usr/bin/env", *call.words)
        # The program's own path is taken without variables, so a $ in it stays one.
        words = (quoted(program), *(quoted(word).replace("$", "$$") for word in others))
        service = (
            "[Unit]\n"
            "Description=Say that tonight is open in calmtrack\n"
            "\n"
            "[Service]\n"
            "Type=oneshot\n"
            f"ExecStart={' '.join(words)}\n"
        )
        timer = (
            "[Unit]\n"
            "Description=The evening reminder of calmtrack\n"
            "\n"
            "[Timer]\n"
            f"OnCalendar=*-*-* {call.at:%H:%M}:00\n"
            "\n"
            "[Install]\n"
            "WantedBy=timers.target\n"
        )
        return service, timer

    def starts(self) -> tuple[tuple[str, ...], ...]:
        return (
            (*_USER, "daemon-reload"),
            (*_USER, "enable", f"{NAME}.timer"),
            (*_USER, "restart", f"{NAME}.timer"),
        )

    def stops(self) -> tuple[tuple[str, ...], ...]:
        return ((*_USER, "disable", "--now", f"{NAME}.timer"),)

    def remove(self) -> None:
        super().remove()
        succeeds(*_USER, "daemon-reload")

    def is_running(self) -> bool:
        return succeeds(*_USER, "is-active", f"{NAME}.timer")


def quoted(word: str) -> str:
    """A word as a unit file takes it: `%` has a meaning there, quotation marks and `\\` too."""
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _units() -> Path:
    chosen = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(chosen) if chosen.startswith("/") else home_folder() / ".config"
    return folder / "systemd" / "user"
