"""What goes with calmer evenings."""

from __future__ import annotations

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary, parse_day
from tracker.cli.output import print_json, print_lines


@click.command("insights")
@click.option("--day", metavar="D", shell_complete=completers.days, help="As of another day.")
@click.option("--plain", is_flag=True, help="One fact a line, for reading aloud.")
@click.option("--json", "json", is_flag=True, help="As JSON, figures included.")
@click.option("--how", is_flag=True, help="How it is found out, in ten sentences.")
@click.pass_context
def insights_command(
    context: click.Context, day: str | None, json: bool, plain: bool, how: bool
) -> None:
    """What goes with calmer evenings, and how soon you find your way back after a low one.

    Looked at every four weeks, and said only when it held twice. What goes together need not
    be cause and effect.
    """
    from tracker.render.insight_text import insights_facts, insights_lines, method, method_lines

    if how:
        print_lines(*(method() if plain else method_lines()))
        return

    diary = get_diary(context)
    view = diary.insights.view(parse_day(day, diary.today()))
    if json:
        print_json(json_output.insights(view))
    else:
        print_lines(*(insights_facts(view) if plain else insights_lines(view)))
