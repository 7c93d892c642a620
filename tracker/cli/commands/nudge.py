"""One kind word in the evening: said by a timer, and only while tonight is open."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import click

from tracker import clock
from tracker.cli.context import get_location, holds_something, parse_time, today_view
from tracker.cli.output import print_lines
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.reminders.notifier import notify

LATE = timedelta(hours=3)
"""After this a reminder stays silent: a machine that slept wakes its timers up in the morning."""
EARLY = timedelta(minutes=5)
"""How much too early a timer may be."""


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
    if _is_done(get_location(context)):
        return
    sentence = say("nudge.open")
    if only_print or not notify(sentence):
        print_lines(sentence)


def _is_due(at: time, now: datetime) -> bool:
    since = datetime.combine(now.date(), now.time()) - datetime.combine(now.date(), at)
    return (since + EARLY) % timedelta(days=1) <= LATE + EARLY


def _is_done(place: Location) -> bool:
    if place.path is not None and not holds_something(place.path):
        return False
    return today_view(place).calm is not None
