"""A timer of the user's systemd."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tracker.files import parse_path
from tracker.reminders.scheduler import NAME, Command, FileScheduler, succeeds

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@+-]+")
_USER = ("systemctl", "--user")


class Systemd(FileScheduler):
    """systemd, configured by a service and a timer that starts it."""

    name = "systemd"

    def is_available(self) -> bool:
        return succeeds(*_USER, "show-environment")

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
            (*_USER, "daemon-reload"),
            (*_USER, "enable", f"{NAME}.timer"),
            (*_USER, "restart", f"{NAME}.timer"),
        )

    def stop_commands(self) -> tuple[tuple[str, ...], ...]:
        return ((*_USER, "disable", "--now", f"{NAME}.timer"),)

    def remove(self) -> None:
        super().remove()
        succeeds(*_USER, "daemon-reload")

    def is_running(self) -> bool:
        return succeeds(*_USER, "is-active", f"{NAME}.timer")


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
