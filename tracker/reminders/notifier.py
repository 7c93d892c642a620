"""A notice on the desktop, through the system's own notifier."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.reminders.subprocesses import run

APP = "calmtrack"

_APPLE_SCRIPT = (
    "on run words\n"
    "display notification (item 2 of words) with title (item 1 of words)\n"
    "end run"
)  # fmt: skip


def _notify_send(sentence: str) -> list[str]:
    return [f"--app-name={APP}", "--", APP, sentence]


def _osascript(sentence: str) -> list[str]:
    return ["-e", _APPLE_SCRIPT, APP, sentence]


NOTIFIERS: Mapping[str, Callable[[str], list[str]]] = {
    "notify-send": _notify_send,
    "osascript": _osascript,
}
"""Each system's notifier, and the words that hand it a sentence: never put into a script."""


def notify(sentence: str) -> bool:
    """Shows a notice; whether a notifier was found on PATH and took it."""
    for name, words in NOTIFIERS.items():
        program = shutil.which(name)
        if program is None:
            continue
        done = run([program, *words(sentence)], env=_session_bus())
        if done is not None and done.returncode == 0:
            return True
    return False


def _session_bus() -> dict[str, str]:
    """Where the desktop listens: cron doesn't say so to what it starts."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not hasattr(os, "getuid"):
        return {}
    bus = Path(f"/run/user/{os.getuid()}/bus")
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if bus.exists() else {}
