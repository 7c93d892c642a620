"""The evening reminder: set, taken away, asked about."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tracker.cli.app import NAME
from tracker.cli.asking import ask
from tracker.cli.printing import put
from tracker.cli.reach import place_of, time_typed
from tracker.places import Place
from tracker.reminders.timer import Call, Timer
from tracker.reminders.timers import TIMERS, installed, set_reminder, the_timer
from tracker.trouble import WrongInput
from tracker.visible import visible
from tracker.words import say


@click.group("reminder")
def reminder_command() -> None:
    """Have the system say each evening that tonight is open."""


@reminder_command.command("install")
@click.option("--at", metavar="HH:MM", required=True, help="When, on the clock of this machine.")
@click.option(
    "--using", type=click.Choice(list(TIMERS)), help="Another timer than the one found here."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def install_command(context: click.Context, at: str, using: str | None, yes: bool) -> None:
    """Set the reminder; shows first what is written and where."""
    when = time_typed(at)
    timer = the_timer(using)
    call = Call(_program(place_of(context), context.find_root().obj), when)
    for piece in timer.pieces(call):
        put(say("reminder.will_write", where=visible(piece.where)), "")
        put(*(f"  {line}".rstrip() for line in piece.text.splitlines()), "")
    for words in timer.starts():
        put(say("reminder.will_run", command=" ".join(words)))
    ask(say("reminder.ask"), yes)
    set_reminder(timer, call)
    put(_told(timer))


@reminder_command.command("remove")
def remove_command() -> None:
    """Take the reminder away."""
    found = installed()
    for timer in found:
        timer.remove()
    put(say("reminder.removed") if found else say("reminder.none"))


@reminder_command.command("status")
def status_command() -> None:
    """Whether a reminder is set, and for when."""
    found = installed()
    for timer in found:
        put(_told(timer))
        if not timer.is_running():
            put(say("reminder.asleep", at=timer.installed_at()))
    if not found:
        put(say("reminder.none"))


def _told(timer: Timer) -> str:
    return say("reminder.is_set", at=timer.installed_at(), by=say(f"reminder.by_{timer.name}"))


def _program(place: Place, named: str | None) -> tuple[str, ...]:
    """The words that start this very calmtrack with this very diary.

    Where the diary is not the usual one it is named: a timer knows nothing of the environment
    it was set in. Raises WrongInput for what has no place in a timer's file.
    """
    words = _this_command()
    surroundings = ("CALMTRACK_DATABASE_URL", "CALMTRACK_HOME", "XDG_DATA_HOME")
    if named is not None or any(os.environ.get(name) for name in surroundings):
        words = (*words, "--diary", str(place.path or place.url))
    if place.holds_password:
        raise WrongInput(say("reminder.password"))
    if not all(word.isprintable() for word in words):
        raise WrongInput(say("reminder.odd_path"))
    return words


def _this_command() -> tuple[str, ...]:
    command = Path(sys.argv[0])
    if command.stem == NAME and command.is_file() and os.access(command, os.X_OK):
        return (str(command.absolute()),)
    return (sys.executable, "-m", "tracker")
