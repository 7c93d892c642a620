"""Sets the evening reminder: a scheduler runs `calmtrack nudge`, which shows a desktop notice."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.errors import CalmtrackError, InputError
from tracker.files import parse_path
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.reminders.schedulers import Command, Crontab, Launchd, Scheduler, Systemd, run

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


# The command of the reminder

_SETTINGS_VARIABLES = ("CALMTRACK_HOME", "XDG_CONFIG_HOME")
"""The environment variables for the folder of the settings; the first one that is set counts."""


def program_words(location: Location, *, is_named: bool) -> tuple[str, ...]:
    """The words that start this installation of calmtrack with this diary; `is_named` says
    whether `--diary` named it.

    A timer doesn't have the environment of this shell: a diary that isn't the default one is named
    by --diary, and the folder of the settings by its variable, through env. Raises InputError for
    a URL with a password, and for characters that can't be written into a timer's file.
    """
    words = _this_program()
    variables = ("CALMTRACK_DATABASE_URL", "CALMTRACK_HOME", "XDG_DATA_HOME")
    if is_named or any(os.environ.get(name) for name in variables):
        words = (*words, "--diary", str(location.path or location.url))
    settings = next((name for name in _SETTINGS_VARIABLES if os.environ.get(name)), None)
    if settings is not None:
        folder = parse_path(os.environ[settings])
        words = ("/usr/bin/env", f"{settings}={folder}", *words)
    if location.holds_password:
        raise InputError(
            _(
                "No reminder was set: the diary's URL contains a password, which would end up "
                "in the scheduler's file. Move it from the URL to ~/.pgpass."
            )
        )
    if not all(word.isprintable() for word in words):
        raise InputError(
            _(
                "No reminder was set: a path contains a line break or another character "
                "that can't be shown. Rename that file or folder, then try again."
            )
        )
    return words


def _this_program() -> tuple[str, ...]:
    path = Path(sys.argv[0])
    if path.stem == APP and path.is_file() and os.access(path, os.X_OK):
        return (str(path.absolute()),)
    return (sys.executable, "-m", "tracker")


def set_sentence(scheduler: Scheduler) -> str:
    """Says that a reminder is set, for when, and by which scheduler."""
    scheduler_name = {
        "systemd": _("your computer's own timer, systemd"),
        "cron": _("your computer's own timer, cron"),
        "launchd": _("your Mac's own timer, launchd"),
    }[scheduler.name]
    return _("The reminder is set for {at}, using {scheduler}.").format(
        at=scheduler.installed_at(), scheduler=scheduler_name
    )
