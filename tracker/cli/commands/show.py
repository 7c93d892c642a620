"""Looking: a day, a week, the streaks, and how one came about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tracker.cli import completers, json_output
from tracker.cli.context import get_diary, parse_day
from tracker.cli.negative_numbers import AllowsNegativeNumbers
from tracker.cli.output import print_json, print_lines
from tracker.sanitize import sanitize_line

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """The two other faces of every answer: one that a screen reader reads best, and JSON."""
    plain = click.option("--plain", is_flag=True, help="One fact a line, for reading aloud.")
    return plain(click.option("--json", "json", is_flag=True, help="As JSON.")(command))


@click.command("today")
@click.option("--day", metavar="D", shell_complete=completers.days, help="Another day.")
@output_options
@click.pass_context
def today_command(context: click.Context, day: str | None, json: bool, plain: bool) -> None:
    """Today: calm, and what was logged."""
    from tracker.render.day_text import day_facts, day_table

    diary = get_diary(context)
    view = diary.day(parse_day(day, diary.today()))
    if json:
        print_json(json_output.day(view))
    else:
        print_lines(*(day_facts(view) if plain else day_table(view)))


@click.command("week", cls=AllowsNegativeNumbers)
@click.argument("day", metavar="[D]", required=False, shell_complete=completers.days)
@output_options
@click.option("--markdown", is_flag=True, help="As Markdown with its notes, for a journal.")
@click.pass_context
def week_command(
    context: click.Context, day: str | None, markdown: bool, json: bool, plain: bool
) -> None:
    """The week of today, or of the day D."""
    from tracker.render.week_text import week_facts, week_markdown, week_table

    diary = get_diary(context)
    view = diary.week(parse_day(day, diary.today()))
    if json:
        print_json(json_output.week(view))
    elif markdown:
        print_lines(*week_markdown(view))
    else:
        print_lines(*(week_facts(view) if plain else week_table(view)))


@click.command("streaks")
@click.option("--day", metavar="D", shell_complete=completers.days, help="As of another day.")
@output_options
@click.pass_context
def streaks_command(context: click.Context, day: str | None, json: bool, plain: bool) -> None:
    """The figures of every practice in the list."""
    from tracker.render.practice_text import streak_facts, streaks_table

    diary = get_diary(context)
    as_of = parse_day(day, diary.today()) or diary.today()
    views = diary.streaks(as_of)
    if json:
        print_json(json_output.streaks(as_of, views))
    else:
        print_lines(*(streak_facts(views) if plain else streaks_table(views)))


@click.command("explain")
@click.argument("practice", shell_complete=completers.practices)
@click.option("--day", metavar="D", shell_complete=completers.days, help="As of another day.")
@output_options
@click.pass_context
def explain_command(
    context: click.Context, practice: str, day: str | None, json: bool, plain: bool
) -> None:
    """How the streak of PRACTICE came about, day by day."""
    from tracker.render.practice_text import explain_facts, explain_lines

    diary = get_diary(context)
    as_of = parse_day(day, diary.today())
    one = diary.explain(diary.practices.find(practice).id, as_of)
    if json:
        print_json(json_output.explanation(one))
    else:
        print_lines(
            *(sanitize_line(line) for line in (explain_facts(one) if plain else explain_lines(one)))
        )
