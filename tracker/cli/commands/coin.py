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
    from tracker.diary.coin_months import begin_coin, latest_month, status_lines, stop_coin

    diary = get_diary(context)
    if practice is not None and is_stop:
        raise InputError(say("coin.how"))
    if practice is not None:
        begin_coin(diary, diary.practice(practice).id)
    elif is_stop:
        stop_coin(diary)
        print_lines(say("coin.stopped"))
    print_lines(*status_lines(diary))
    if latest_month(diary) is None:
        print_lines(say("coin.typed"))
