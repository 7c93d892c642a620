"""The long looks back: a year, and calm over time."""

from __future__ import annotations

import click

from tracker.cli import completers, json_output
from tracker.cli.commands.show import output_options
from tracker.cli.context import get_diary
from tracker.cli.output import print_json, print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line


@click.command("year")
@click.argument("year", metavar="[YYYY]", type=int, required=False)
@click.option(
    "--of",
    metavar="PRACTICE",
    shell_complete=completers.practices_or_calm,
    help="The heatmap of one practice, or of calm.",
)
@output_options
@click.pass_context
def year_command(
    context: click.Context, year: int | None, of: str | None, json: bool, plain: bool
) -> None:
    """This year, or the year YYYY: all practices together, one of them, or calm."""
    from tracker.models import CALM_ID
    from tracker.render.year_text import ALL, year_facts, year_table

    diary = get_diary(context)
    view = diary.year(year)
    if json:
        print_json(json_output.year(view))
        return
    if plain:
        print_lines(*year_facts(view))
        return
    subject = ALL if of is None else of
    if subject not in (ALL, CALM_ID):
        subject = diary.practices.find(subject).id
    if subject not in (ALL, CALM_ID, *(one.practice.id for one in view.practices)):
        raise InputError(
            say("year.not_in_it", name=diary.practices.find(subject).name, year=view.year)
        )
    print_lines(*year_table(view, subject))


@click.command("trend")
@click.option("--days", metavar="N", type=int, default=28, help="How many days; 28 without.")
@output_options
@click.pass_context
def trend_command(context: click.Context, days: int, json: bool, plain: bool) -> None:
    """Calm over the last days: each evening, the line through them, your usual range."""
    from tracker.render.calm_text import calm_facts, calm_table

    view = get_diary(context).calm(days)
    if json:
        print_json(json_output.trend(view))
    else:
        print_lines(
            *(sanitize_line(line) for line in (calm_facts(view) if plain else calm_table(view)))
        )
