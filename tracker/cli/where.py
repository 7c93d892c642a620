"""Where the diary lies, and since when."""

from __future__ import annotations

import click

from tracker.cli.printing import put
from tracker.cli.reach import diary_of
from tracker.dates import how_long, spoken
from tracker.words import say


@click.command("where")
@click.pass_context
def where_command(context: click.Context) -> None:
    """The diary's path or URL, without its password; then since when it is kept."""
    diary = diary_of(context)
    put(diary.place.label)
    begun = diary.begun_on()
    if begun is None:
        put(say("cli.not_begun"))
        return
    today = diary.today()
    if begun == today:
        put(say("cli.begun_today"))
    else:
        put(say("cli.begun", day=spoken(begun, year=True), ago=how_long(begun, today)))
