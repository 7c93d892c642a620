"""Sets the evening reminder: a scheduler runs `calmtrack nudge`, which shows a desktop notice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.errors import CalmtrackError
from tracker.i18n.messages import _
from tracker.reminders.crontab import Crontab
from tracker.reminders.launchd import Launchd
from tracker.reminders.scheduler import Command, Scheduler, run
from tracker.reminders.systemd import Systemd

SCHEDULERS: dict[str, Scheduler] = {one.name: one for one in (Launchd(), Systemd(), Crontab())}
"""By name, in order of preference."""

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
"""Programs, each with a function from a sentence to its arguments. The sentence is an argument of
its own, never part of a script."""


def default_scheduler(name: str | None) -> Scheduler:
    """The named scheduler, or the first that this system has. Raises CalmtrackError for none."""
    if name is not None:
        return SCHEDULERS[name]
    for scheduler in SCHEDULERS.values():
        if scheduler.is_available():
            return scheduler
    raise CalmtrackError(
        _(
            "Couldn't find a scheduler (systemd, cron or launchd) on this computer. "
            'Have another program run "calmtrack nudge" each evening.'
        )
    )


def set_reminder(scheduler: Scheduler, command: Command) -> None:
    """Sets the reminder, and then removes those of other schedulers: they stay on an error."""
    others = [other for other in installed() if other is not scheduler]
    scheduler.install(command)
    for other in others:
        other.remove()


def installed() -> list[Scheduler]:
    """The schedulers with a reminder; more than one only if the person set one by hand."""
    return [one for one in SCHEDULERS.values() if one.installed_at() is not None]


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
