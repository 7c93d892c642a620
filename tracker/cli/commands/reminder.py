"""The evening reminder: set, taken away, asked about."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tracker.cli import PROGRAM
from tracker.cli.confirm import confirm
from tracker.cli.context import get_location, parse_time
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.reminders.registry import SCHEDULERS, default_scheduler, installed, set_reminder
from tracker.reminders.scheduler import Command, Scheduler
from tracker.sanitize import sanitize_line


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
    timer = default_scheduler(using)
    call = Command(_program(get_location(context), context.find_root().obj), when)
    for piece in timer.pieces(call):
        print_lines(say("reminder.will_write", where=sanitize_line(piece.where)), "")
        print_lines(*(f"  {line}".rstrip() for line in piece.text.splitlines()), "")
    for words in timer.starts():
        print_lines(say("reminder.will_run", command=" ".join(words)))
    confirm(say("reminder.ask"), yes)
    set_reminder(timer, call)
    print_lines(_told(timer))


@reminder_command.command("remove")
def remove_command() -> None:
    """Take the reminder away."""
    found = installed()
    for timer in found:
        timer.remove()
    print_lines(say("reminder.removed") if found else say("reminder.none"))


@reminder_command.command("status")
def status_command() -> None:
    """Whether a reminder is set, and for when."""
    found = installed()
    for timer in found:
        print_lines(_told(timer))
        if not timer.is_running():
            print_lines(say("reminder.asleep", at=timer.installed_at()))
    if not found:
        print_lines(say("reminder.none"))


def _told(timer: Scheduler) -> str:
    return say("reminder.is_set", at=timer.installed_at(), by=say(f"reminder.by_{timer.name}"))


def _program(place: Location, named: str | None) -> tuple[str, ...]:
    """The words that start this very calmtrack with this very diary.

    Where the diary is not the usual one it is named: a timer knows nothing of the environment
    it was set in. Raises WrongInput for what has no place in a timer's file.
    """
    words = _this_command()
    surroundings = ("CALMTRACK_DATABASE_URL", "CALMTRACK_HOME", "XDG_DATA_HOME")
    if named is not None or any(os.environ.get(name) for name in surroundings):
        words = (*words, "--diary", str(place.path or place.url))
    if place.holds_password:
        raise InputError(say("reminder.password"))
    if not all(word.isprintable() for word in words):
        raise InputError(say("reminder.odd_path"))
    return words


def _this_command() -> tuple[str, ...]:
    command = Path(sys.argv[0])
    if command.stem == PROGRAM and command.is_file() and os.access(command, os.X_OK):
        return (str(command.absolute()),)
    return (sys.executable, "-m", "tracker")
