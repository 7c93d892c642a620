"""Which of the system's timers there are, and which one is used."""

from __future__ import annotations

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.reminders.crontab import Crontab
from tracker.reminders.launchd import Launchd
from tracker.reminders.scheduler import Command, Scheduler
from tracker.reminders.systemd import Systemd

SCHEDULERS: dict[str, Scheduler] = {one.name: one for one in (Launchd(), Systemd(), Crontab())}
"""By their names, in the order in which they are asked whether they are here."""


def default_scheduler(name: str | None) -> Scheduler:
    """The one that was named, or the first one that this system has. Raises Trouble."""
    if name is not None:
        return SCHEDULERS[name]
    for timer in SCHEDULERS.values():
        if timer.is_here():
            return timer
    raise CalmtrackError(say("reminder.no_timer"))


def set_reminder(timer: Scheduler, call: Command) -> None:
    """Sets it in the place of whatever was set before."""
    others = [other for other in installed() if other is not timer]
    # First, so that what the system refuses leaves the one there was.
    timer.install(call)
    for other in others:
        other.remove()


def installed() -> list[Scheduler]:
    """Those that are set: none or one, unless somebody set a second by hand."""
    return [timer for timer in SCHEDULERS.values() if timer.installed_at() is not None]
