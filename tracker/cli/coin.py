"""The coin-flip month."""

from __future__ import annotations

import click

from tracker.cli import completing
from tracker.cli.printing import put
from tracker.cli.reach import diary_of
from tracker.trouble import WrongInput
from tracker.words import say


@click.command("coin")
@click.argument("practice", required=False, shell_complete=completing.practices)
@click.option("--stop", "is_stop", is_flag=True, help="End it today.")
@click.pass_context
def coin_command(context: click.Context, practice: str | None, is_stop: bool) -> None:
    """Begin a coin-flip month for PRACTICE, or tell where it stands.

    For 28 days a coin says each evening whether to aim for it tomorrow. Only the coin chooses
    the days, so afterwards the comparison may carefully speak of cause.
    """
    from tracker.diary.coin import begin_coin, latest_month, stop_coin, told

    diary = diary_of(context)
    if practice is not None and is_stop:
        raise WrongInput(say("coin.how"))
    if practice is not None:
        begin_coin(diary, diary.practice(practice).id)
    elif is_stop:
        stop_coin(diary)
        put(say("coin.stopped"))
    put(*told(diary))
    if latest_month(diary) is None:
        put(say("coin.typed"))
