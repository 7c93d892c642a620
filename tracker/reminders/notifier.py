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

_POWERSHELL = (
    "Add-Type -AssemblyName System.Windows.Forms, System.Drawing;"
    "$notice = New-Object System.Windows.Forms.NotifyIcon;"
    "$notice.Icon = [System.Drawing.SystemIcons]::Information;"
    "$notice.Visible = $true;"
    "$notice.ShowBalloonTip(10000, $env:CALMTRACK_TITLE, $env:CALMTRACK_NOTICE, 'None');"
    "Start-Sleep -Seconds 6; $notice.Dispose()"
)


def _notify_send(sentence: str) -> list[str]:
    return [f"--app-name={APP}", "--", APP, sentence]


def _osascript(sentence: str) -> list[str]:
    return ["-e", _APPLE_SCRIPT, APP, sentence]


def _powershell(_: str) -> list[str]:
    return ["-NoProfile", "-NonInteractive", "-Command", _POWERSHELL]


NOTIFIERS: Mapping[str, Callable[[str], list[str]]] = {
    "notify-send": _notify_send,
    "osascript": _osascript,
    "powershell": _powershell,
}
"""Each system's notifier, and the words that hand it a sentence: never put into a script."""


def notify(sentence: str) -> bool:
    """Shows a notice; whether a notifier was found on PATH and took it."""
    for name, words in NOTIFIERS.items():
        program = shutil.which(name)
        if program is None:
            continue
        env = {"CALMTRACK_TITLE": APP, "CALMTRACK_NOTICE": sentence, **_session_bus()}
        done = run([program, *words(sentence)], env=env)
        if done is not None and done.returncode == 0:
            return True
    return False


def _session_bus() -> dict[str, str]:
    """Where the desktop listens: cron doesn't say so to what it starts."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not hasattr(os, "getuid"):
        return {}
    bus = Path(f"/run/user/{os.getuid()}/bus")
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if bus.exists() else {}
