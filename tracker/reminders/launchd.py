"""A launch agent on macOS."""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path

from tracker.reminders.scheduler import NAME, Command, FileScheduler, home_folder
from tracker.reminders.subprocesses import run, succeeds

LABEL = f"local.{NAME}"


class Launchd(FileScheduler):
    """A property list that launchd reads."""

    name = "launchd"

    def is_here(self) -> bool:
        return sys.platform == "darwin"

    def paths(self) -> tuple[Path, ...]:
        return (home_folder() / "Library" / "LaunchAgents" / f"{LABEL}.plist",)

    def texts(self, call: Command) -> tuple[str, ...]:
        told = {
            "Label": LABEL,
            "ProgramArguments": list(call.words),
            "StartCalendarInterval": {"Hour": call.at.hour, "Minute": call.at.minute},
            "ProcessType": "Background",
        }
        return (plistlib.dumps(told, sort_keys=False).decode("utf-8"),)

    def starts(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootstrap", _domain(), str(self.paths()[0])),)

    def stops(self) -> tuple[tuple[str, ...], ...]:
        return (("launchctl", "bootout", f"{_domain()}/{LABEL}"),)

    def install(self, call: Command) -> None:
        # An agent that is loaded already would be kept as it is.
        for words in self.stops():
            run(words)
        super().install(call)

    def is_running(self) -> bool:
        return succeeds("launchctl", "print", f"{_domain()}/{LABEL}")


def _domain() -> str:
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui/0"
