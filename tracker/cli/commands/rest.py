"""Rest days: one practice, several, or all; one day or a holiday."""

from __future__ import annotations

import click

from tracker.cli import completers
from tracker.cli.context import get_diary, parse_day, read_note
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say


@click.command("rest")
@click.argument("practices", metavar="PRACTICE...", nargs=-1, shell_complete=completers.practices)
@click.option("--all", "all_practices", is_flag=True, help="Every practice in the list.")
@click.option(
    "--from",
    "first",
    metavar="D",
    shell_complete=completers.days,
    help="The first day; today without it.",
)
@click.option(
    "--to",
    "last",
    metavar="D",
    shell_complete=completers.days,
    help="The last day; the first one without it.",
)
@click.option("--note", metavar="T", help="The reason; - reads it from standard input.")
@click.option("--off", is_flag=True, help="Take rest days back.")
@click.pass_context
def rest_command(
    context: click.Context,
    practices: tuple[str, ...],
    all_practices: bool,
    first: str | None,
    last: str | None,
    note: str | None,
    off: bool,
) -> None:
    """Declare rest days, also for days to come. Days already logged are left as they are."""
    from tracker.diary.validation import last_day_named
    from tracker.render.change_text import rested_lines

    diary = get_diary(context)
    if bool(practices) == all_practices:
        raise InputError(say("cli.rest_what"))
    today = diary.today()
    start = parse_day(first, today, ahead=True) or today
    end = start if last is None else last_day_named(last, start, today)
    if all_practices:
        ids = tuple(row.practice.id for row in diary.day(start).practices)
    else:
        ids = tuple(dict.fromkeys(diary.practices.find(text).id for text in practices))
    rested = diary.rest(ids, start, end, note=read_note(note), off=off)
    print_lines(*rested_lines(rested, start, end, off=off))
