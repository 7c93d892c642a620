"""What goes with calmer evenings: insights, and the coin-flip month."""

from __future__ import annotations

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary
from tracker.cli.output import Format, print_lines, write
from tracker.cli.params import day_option, output_options, parse_day
from tracker.errors import InputError
from tracker.i18n.messages import say


@click.command("insights")
@day_option("As of another day.")
@output_options(json_help="As JSON, figures included.")
@click.option("--how", is_flag=True, help="How it is found out, in ten sentences.")
@click.pass_context
def insights_command(context: click.Context, day: str | None, how: bool, output: Format) -> None:
    """What goes with calmer evenings, and how soon you find your way back after a low one.

    Looked at every four weeks, and said only when it held twice. What goes together need not
    be cause and effect.
    """
    from tracker.render.insight_text import insights_facts, insights_lines, method, method_lines

    if how:
        print_lines(*(method() if output is Format.PLAIN else method_lines()))
        return
    diary = get_diary(context)
    view = diary.insights.view(parse_day(day, diary.today()))
    write(output, view, text=insights_lines, plain=insights_facts, json=json_output.insights)


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
