"""The evening reminder: the group `reminder`, and `nudge`, which the system runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

import click

from tracker import clock
from tracker.cli.context import get_location, get_today_view
from tracker.cli.output import (
    print_done,
    print_exact,
    print_json,
    print_lines,
    print_result,
)
from tracker.cli.params import SuggestsSubcommands, confirm, json_option, require_option
from tracker.diary.validation import time_of_day
from tracker.files import is_missing_or_empty
from tracker.i18n.messages import N_, _
from tracker.location import Location
from tracker.reminders import (
    SCHEDULERS,
    default_scheduler,
    installed,
    notify,
    program_words,
    set_reminder,
    set_sentence,
)
from tracker.reminders.schedulers import Command, Scheduler
from tracker.sanitize import sanitize_line

_NO_REMINDER = N_('No reminder is set. Set one with "calmtrack reminder install --at 21:30".')

MAX_LATE = timedelta(hours=3)
"""A machine that slept runs its timers when it wakes up, which may be the next morning."""
MAX_EARLY = timedelta(minutes=5)
"""Timers may run a little too early."""


@click.group(
    "reminder",
    cls=SuggestsSubcommands,
    invoke_without_command=True,
    help=N_("Set up an evening reminder. Without a command, it shows whether one is set."),
)
@json_option
@click.pass_context
def reminder_command(context: click.Context, json: bool) -> None:  # noqa: ARG001
    if context.invoked_subcommand is None:
        context.forward(status_command)


@reminder_command.command(
    "install", help=N_("Set the reminder. Shows what it will write, and asks first.")
)
@click.option(
    "--at", metavar="HH:MM", required=True, help=N_("The time of day, on this computer's clock.")
)
@click.option(
    "--using",
    type=click.Choice(list(SCHEDULERS)),
    help=N_(
        "The program that starts the reminder (default: the first one found on this computer)."
    ),
)
@click.option("--yes", is_flag=True, help=N_("Don't ask first."))
@json_option
@click.pass_context
def install_command(
    context: click.Context, at: str, using: str | None, yes: bool, json: bool
) -> None:
    if json and not yes:
        # What it will write isn't JSON.
        require_option("--json", "--yes")
    when = time_of_day(at)
    scheduler = default_scheduler(using)
    is_named = context.find_root().obj is not None
    command = Command(program_words(get_location(context), is_named=is_named), when)
    if not json:
        _print_preview(scheduler, command)
    confirm(_("Set this reminder? (yes/no)"), yes)
    set_reminder(scheduler, command)
    print_done(set_sentence(scheduler), json=_as_json([scheduler]) if json else None)


def _print_preview(scheduler: Scheduler, command: Command) -> None:
    """Prints what setting the reminder will write and run."""
    for unit in scheduler.units(command):
        print_lines(
            _("This will be written to {where}:").format(where=sanitize_line(unit.where)),
            "",
            whole=[unit.where],
        )
        print_exact(*(f"  {line}".rstrip() for line in unit.text.splitlines()), "")
    for words in scheduler.start_commands():
        line = " ".join(words)
        print_lines(_("Then this command will run: {command}").format(command=line), whole=[line])


def _as_json(schedulers: Iterable[Scheduler]) -> dict[str, object]:
    """The reminders that are set."""
    return {
        "reminders": [
            {"at": one.installed_at(), "using": one.name, "running": one.is_running()}
            for one in schedulers
        ]
    }


@reminder_command.command("remove", help=N_("Remove the reminder."))
@json_option
def remove_command(json: bool) -> None:
    schedulers = installed()
    for scheduler in schedulers:
        scheduler.remove()
    answer = {"removed": [one.name for one in schedulers]} if json else None
    if schedulers:
        print_done(_("Removed the reminder."), json=answer)
    else:
        print_result(_(_NO_REMINDER), json=answer)


@reminder_command.command("status", help=N_("Show whether a reminder is set, and for when."))
@json_option
def status_command(json: bool) -> None:
    schedulers = installed()
    if json:
        print_json(_as_json(schedulers))
        return
    for scheduler in schedulers:
        print_lines(set_sentence(scheduler))
        if not scheduler.is_running():
            print_lines(
                _(
                    "The reminder's timer isn't running. Start the timer with "
                    '"calmtrack reminder install --at {at}".'
                ).format(at=scheduler.installed_at())
            )
    if not schedulers:
        print_lines(_(_NO_REMINDER))


@click.command(
    "nudge",
    help=N_(
        "Send tonight's reminder, unless you've rated the evening or all your practices rest "
        "today.\n\n"
        "It's a desktop notification where possible, otherwise a printed line. It never "
        "contains a note or a score."
    ),
)
@click.option(
    "--at", metavar="HH:MM", help=N_("Send the reminder only within three hours after this time.")
)
@click.option(
    "--print",
    "only_print",
    is_flag=True,
    help=N_("Print the reminder, even where a notification could be shown."),
)
@click.pass_context
def nudge_command(context: click.Context, at: str | None, only_print: bool) -> None:
    if at is not None and not _is_due(time_of_day(at), clock.now()):
        return
    if not _is_open(get_location(context)):
        return
    sentence = _("How calm was today? Checking in takes a few seconds, whenever you like.")
    if only_print or not notify(sentence):
        print_lines(sentence)


def _is_due(at: time, now: datetime) -> bool:
    """Whether the time of day is from MAX_EARLY before now to MAX_LATE after, across midnight."""
    since = datetime.combine(now.date(), now.time()) - datetime.combine(now.date(), at)
    return (since + MAX_EARLY) % timedelta(days=1) <= MAX_LATE + MAX_EARLY


def _is_open(location: Location) -> bool:
    """Whether tonight isn't rated, and no rest day for all practices."""
    if location.path is not None and is_missing_or_empty(location.path):
        return True
    today = get_today_view(location)
    return today.calm is None and not today.all_rest
