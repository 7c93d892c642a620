"""The long looks back: a year, and calm over time."""

from __future__ import annotations

import click

from tracker.cli import as_json, completing
from tracker.cli.look import faces
from tracker.cli.printing import put, put_json
from tracker.cli.reach import diary_of
from tracker.trouble import WrongInput
from tracker.visible import visible
from tracker.words import say


@click.command("year")
@click.argument("year", metavar="[YYYY]", type=int, required=False)
@click.option(
    "--of",
    metavar="PRACTICE",
    shell_complete=completing.practices_or_calm,
    help="The heatmap of one practice, or of calm.",
)
@faces
@click.pass_context
def year_command(
    context: click.Context, year: int | None, of: str | None, json: bool, plain: bool
) -> None:
    """This year, or the year YYYY: all practices together, one of them, or calm."""
    from tracker.charts.year_text import ALL, year_facts, year_lines
    from tracker.values import CALM

    diary = diary_of(context)
    view = diary.year(year)
    if json:
        put_json(as_json.year(view))
        return
    if plain:
        put(*year_facts(view))
        return
    subject = ALL if of is None else of
    if subject not in (ALL, CALM):
        subject = diary.practice(subject).id
    if subject not in (ALL, CALM, *(one.practice.id for one in view.practices)):
        raise WrongInput(say("year.not_in_it", name=diary.practice(subject).name, year=view.year))
    put(*year_lines(view, subject))


@click.command("trend")
@click.option("--days", metavar="N", type=int, default=28, help="How many days; 28 without.")
@faces
@click.pass_context
def trend_command(context: click.Context, days: int, json: bool, plain: bool) -> None:
    """Calm over the last days: each evening, the line through them, your usual range."""
    from tracker.charts.calm_text import calm_facts, calm_lines

    view = diary_of(context).calm(days)
    if json:
        put_json(as_json.trend(view))
    else:
        put(*(visible(line) for line in (calm_facts(view) if plain else calm_lines(view))))
