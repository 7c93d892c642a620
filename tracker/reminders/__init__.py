"""Evening reminders: the system's schedulers that run `calmtrack nudge`, and desktop notices."""

from __future__ import annotations

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say
from tracker.reminders.crontab import Crontab
from tracker.reminders.launchd import Launchd
from tracker.reminders.scheduler import Command, Scheduler
from tracker.reminders.systemd import Systemd

SCHEDULERS: dict[str, Scheduler] = {one.name: one for one in (Launchd(), Systemd(), Crontab())}
"""By name, in order of preference."""


def default_scheduler(name: str | None) -> Scheduler:
    """The named scheduler, or the first that this system has. Raises CalmtrackError for none."""
    if name is not None:
        return SCHEDULERS[name]
    for scheduler in SCHEDULERS.values():
        if scheduler.is_available():
            return scheduler
    raise CalmtrackError(say("reminder.no_timer"))


def set_reminder(scheduler: Scheduler, command: Command) -> None:
    """Sets the reminder, then removes those of other schedulers, so that an error keeps them."""
    others = [other for other in installed() if other is not scheduler]
    scheduler.install(command)
    for other in others:
        other.remove()


def installed() -> list[Scheduler]:
    """The schedulers with a reminder; more than one only if the person set one by hand."""
    return [one for one in SCHEDULERS.values() if one.installed_at() is not None]
