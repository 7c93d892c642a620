"""The evening reminder: the group `reminder`, and `nudge`, which the system runs."""

from __future__ import annotations

import os
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import click

from tracker import clock
from tracker.cli import PROGRAM
from tracker.cli.context import get_location, is_begun, today_view
from tracker.cli.output import print_lines
from tracker.cli.params import confirm, parse_time
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.reminders import SCHEDULERS, default_scheduler, installed, notify, set_reminder
from tracker.reminders.scheduler import Command, Scheduler
from tracker.sanitize import sanitize_line

MAX_LATE = timedelta(hours=3)
"""A machine that slept runs its timers when it wakes up, which may be the next morning."""
MAX_EARLY = timedelta(minutes=5)
"""Timers may run a little too early."""


@click.group("reminder")
def reminder_command() -> None:
    """Have the system say each evening that tonight is open."""


@reminder_command.command("install")
@click.option("--at", metavar="HH:MM", required=True, help="When, on the clock of this machine.")
@click.option(
    "--using", type=click.Choice(list(SCHEDULERS)), help="Another timer than the one found here."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def install_command(context: click.Context, at: str, using: str | None, yes: bool) -> None:
    """Set the reminder; shows first what is written and where."""
    when = parse_time(at)
    scheduler = default_scheduler(using)
    command = Command(_program(get_location(context), context.find_root().obj), when)
    for unit in scheduler.units(command):
        print_lines(say("reminder.will_write", where=sanitize_line(unit.where)), "")
        print_lines(*(f"  {line}".rstrip() for line in unit.text.splitlines()), "")
    for words in scheduler.start_commands():
        print_lines(say("reminder.will_run", command=" ".join(words)))
    confirm(say("reminder.ask"), yes)
    set_reminder(scheduler, command)
    print_lines(_set_sentence(scheduler))


@reminder_command.command("remove")
def remove_command() -> None:
    """Take the reminder away."""
    schedulers = installed()
    for scheduler in schedulers:
        scheduler.remove()
    print_lines(say("reminder.removed") if schedulers else say("reminder.none"))


@reminder_command.command("status")
def status_command() -> None:
    """Whether a reminder is set, and for when."""
    schedulers = installed()
    for scheduler in schedulers:
        print_lines(_set_sentence(scheduler))
        if not scheduler.is_running():
            print_lines(say("reminder.asleep", at=scheduler.installed_at()))
    if not schedulers:
        print_lines(say("reminder.none"))


def _set_sentence(scheduler: Scheduler) -> str:
    return say(
        "reminder.is_set", at=scheduler.installed_at(), by=say(f"reminder.by_{scheduler.name}")
    )


def _program(location: Location, chosen: str | None) -> tuple[str, ...]:
    """The words that start this installation of calmtrack with this diary.

    A diary that isn't the default one is named by --diary, since a timer doesn't have the
    environment of this shell. Raises InputError for a URL with a password, and for characters
    that can't be written into a timer's file.
    """
    words = _this_program()
    variables = ("CALMTRACK_DATABASE_URL", "CALMTRACK_HOME", "XDG_DATA_HOME")
    if chosen is not None or any(os.environ.get(name) for name in variables):
        words = (*words, "--diary", str(location.path or location.url))
    if location.holds_password:
        raise InputError(say("reminder.password"))
    if not all(word.isprintable() for word in words):
        raise InputError(say("reminder.odd_path"))
    return words


def _this_program() -> tuple[str, ...]:
    path = Path(sys.argv[0])
    if path.stem == PROGRAM and path.is_file() and os.access(path, os.X_OK):
        return (str(path.absolute()),)
    return (sys.executable, "-m", "tracker")


@click.command("nudge")
@click.option("--at", metavar="HH:MM", help="Only within three hours from then on.")
@click.option(
    "--print", "only_print", is_flag=True, help="Print it, where a notice could be shown."
)
@click.pass_context
def nudge_command(context: click.Context, at: str | None, only_print: bool) -> None:
    """Say once that tonight is open; silent when it is done.

    It is a notice where the system has a notifier, else a line. It holds no note and no score.
    """
    if at is not None and not _is_due(parse_time(at), clock.now()):
        return
    if _is_rated(get_location(context)):
        return
    sentence = say("nudge.open")
    if only_print or not notify(sentence):
        print_lines(sentence)


def _is_due(at: time, now: datetime) -> bool:
    """Whether the time of day is from MAX_EARLY before now to MAX_LATE after, across midnight."""
    since = datetime.combine(now.date(), now.time()) - datetime.combine(now.date(), at)
    return (since + MAX_EARLY) % timedelta(days=1) <= MAX_LATE + MAX_EARLY


def _is_rated(location: Location) -> bool:
    if location.path is not None and not is_begun(location.path):
        return False
    return today_view(location).calm is not None
