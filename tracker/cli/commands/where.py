"""Where the diary lies, and since when."""

from __future__ import annotations

import click

from tracker.cli.context import get_diary
from tracker.cli.output import print_lines
from tracker.i18n.dates import format_day, humanize_age
from tracker.i18n.messages import say


@click.command("where")
@click.pass_context
def where_command(context: click.Context) -> None:
    """The diary's path or URL, without its password; then since when it is kept."""
    diary = get_diary(context)
    print_lines(diary.place.label)
    begun = diary.begun_on()
    if begun is None:
        print_lines(say("cli.not_begun"))
        return
    today = diary.today()
    if begun == today:
        print_lines(say("cli.begun_today"))
    else:
        print_lines(
            say("cli.begun", day=format_day(begun, year=True), ago=humanize_age(begun, today))
        )
