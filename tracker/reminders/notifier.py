"""Desktop notices, by the system's own notifier."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.reminders.scheduler import run

APP = "calmtrack"

_APPLE_SCRIPT = (
    "on run words\n"
    "display notification (item 2 of words) with title (item 1 of words)\n"
    "end run"
)  # fmt: skip

NOTIFIERS: Mapping[str, Callable[[str], list[str]]] = {
    "notify-send": lambda sentence: [f"--app-name={APP}", "--", APP, sentence],
    "osascript": lambda sentence: ["-e", _APPLE_SCRIPT, APP, sentence],
}
"""Programs, and their arguments for a sentence, which is never made part of a script."""


def notify(sentence: str) -> bool:
    """Shows a notice; returns whether a notifier on PATH succeeded."""
    for name, arguments in NOTIFIERS.items():
        program = shutil.which(name)
        if program is None:
            continue
        process = run([program, *arguments(sentence)], env=_session_bus())
        if process is not None and process.returncode == 0:
            return True
    return False


def _session_bus() -> dict[str, str]:
    """The address of the desktop's D-Bus, which cron leaves out of the environment."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return {}
    bus = Path(f"/run/user/{os.getuid()}/bus")
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if bus.exists() else {}
