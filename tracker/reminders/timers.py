"""Which of the system's timers there are, and which one is used."""

from __future__ import annotations

from tracker.reminders.crontab import Crontab
from tracker.reminders.launchd import Launchd
from tracker.reminders.systemd import Systemd
from tracker.reminders.task import Task
from tracker.reminders.timer import Call, Timer
from tracker.trouble import Trouble
from tracker.words import say

TIMERS: dict[str, Timer] = {
    one.name: one for one in (Launchd(), Task(), Systemd(), Crontab())
}  # fmt: skip
"""By their names, in the order in which they are asked whether they are here."""


def the_timer(name: str | None) -> Timer:
    """The one that was named, or the first one that this system has. Raises Trouble."""
    if name is not None:
        return TIMERS[name]
    for timer in TIMERS.values():
        if timer.is_here():
            return timer
    raise Trouble(say("reminder.no_timer"))


def set_reminder(timer: Timer, call: Call) -> None:
    """Sets it in the place of whatever was set before."""
    others = [other for other in installed() if other is not timer]
    # First, so that what the system refuses leaves the one there was.
    timer.install(call)
    for other in others:
        other.remove()


def installed() -> list[Timer]:
    """Those that are set: none or one, unless somebody set a second by hand."""
    return [timer for timer in TIMERS.values() if timer.installed_at() is not None]
