"""The coin-flip month."""

from __future__ import annotations

import click

from tracker.cli import completers
from tracker.cli.context import get_diary
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say


@click.command("coin")
@click.argument("practice", required=False, shell_complete=completers.practices)
@click.option("--stop", "is_stop", is_flag=True, help="End it today.")
@click.pass_context
def coin_command(context: click.Context, practice: str | None, is_stop: bool) -> None:
    """Begin a coin-flip month for PRACTICE, or tell where it stands.

    For 28 days a coin says each evening whether to aim for it tomorrow. Only the coin chooses
    the days, so afterwards the comparison may carefully speak of cause.
    """

    diary = get_diary(context)
    if practice is not None and is_stop:
        raise InputError(say("coin.how"))
    if practice is not None:
        diary.coin_month.begin(diary.practices.find(practice).id)
    elif is_stop:
        diary.coin_month.stop()
        print_lines(say("coin.stopped"))
    print_lines(*diary.coin_month.status_lines())
    if diary.coin_month.latest() is None:
        print_lines(say("coin.typed"))
