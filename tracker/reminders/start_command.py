"""The words that start this installation of calmtrack, and sentences about its reminder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tracker.errors import InputError
from tracker.files import parse_path
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.reminders.scheduler import Scheduler

PROGRAM = "calmtrack"

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
    if path.stem == PROGRAM and path.is_file() and os.access(path, os.X_OK):
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
