"""A launch agent on macOS."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tracker.files import parse_path
from tracker.reminders.scheduler import NAME, Command, FileScheduler, run, succeeds

LABEL = f"local.{NAME}"


class Launchd(FileScheduler):
    """launchd, configured by a property list."""

    name = "launchd"

    def is_available(self) -> bool:
        return sys.platform == "darwin"

    def paths(self) -> tuple[Path, ...]:
        return (parse_path("~") / "Library" / "LaunchAgents" / f"{LABEL}.plist",)

    def texts(self, command: Command) -> tuple[str, ...]:
        import plistlib

        agent = {
            "Label": LABEL,
            "ProgramArguments": list(command.words),
            "StartCalendarInterval": {"Hour": command.at.hour, "Minute": command.at.minute},
            "ProcessType": "Background",
        }
        return (plistlib.dumps(agent, sort_keys=False).decode("utf-8"),)

    def start_commands(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootstrap", _domain(), str(self.paths()[0])),)

    def stop_commands(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootout", f"{_domain()}/{LABEL}"),)

    def install(self, command: Command) -> None:
        # `bootstrap` fails for an agent that is loaded.
        for words in self.stop_commands():
            run(words)
        super().install(command)

    def is_running(self) -> bool:
        return succeeds("launchctl", "print", f"{_domain()}/{LABEL}")


def _domain() -> str:
    return f"gui/{os.getuid()}"
