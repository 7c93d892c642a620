"""Looking: a day, a week, the streaks, and how one came about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tracker.cli import as_json, completing
from tracker.cli.numbers import TakesNumbers
from tracker.cli.printing import put, put_json
from tracker.cli.reach import day_typed, diary_of
from tracker.visible import visible

F = TypeVar("F", bound=Callable[..., Any])


def faces(command: F) -> F:
    """The two other faces of every answer: one that a screen reader reads best, and JSON."""
    plain = click.option("--plain", is_flag=True, help="One fact a line, for reading aloud.")
    return plain(click.option("--json", "json", is_flag=True, help="As JSON.")(command))


@click.command("today")
@click.option("--day", metavar="D", shell_complete=completing.days, help="Another day.")
@faces
@click.pass_context
def today_command(context: click.Context, day: str | None, json: bool, plain: bool) -> None:
    """Today: calm, and what was logged."""
    from tracker.charts.day_text import day_facts, day_lines

    diary = diary_of(context)
    view = diary.day(day_typed(day, diary.today()))
    if json:
        put_json(as_json.day(view))
    else:
        put(*(day_facts(view) if plain else day_lines(view)))


@click.command("week", cls=TakesNumbers)
@click.argument("day", metavar="[D]", required=False, shell_complete=completing.days)
@faces
@click.option("--markdown", is_flag=True, help="As Markdown with its notes, for a journal.")
@click.pass_context
def week_command(
    context: click.Context, day: str | None, markdown: bool, json: bool, plain: bool
) -> None:
    """The week of today, or of the day D."""
    from tracker.charts.week_markdown import week_markdown
    from tracker.charts.week_text import week_facts, week_lines

    diary = diary_of(context)
    view = diary.week(day_typed(day, diary.today()))
    if json:
        put_json(as_json.week(view))
    elif markdown:
        put(*week_markdown(view))
    else:
        put(*(week_facts(view) if plain else week_lines(view)))


@click.command("streaks")
@click.option("--day", metavar="D", shell_complete=completing.days, help="As of another day.")
@faces
@click.pass_context
def streaks_command(context: click.Context, day: str | None, json: bool, plain: bool) -> None:
    """The figures of every practice in the list."""
    from tracker.charts.week_text import streak_facts, streak_lines

    diary = diary_of(context)
    as_of = day_typed(day, diary.today()) or diary.today()
    views = diary.streaks(as_of)
    if json:
        put_json(as_json.streaks(as_of, views))
    else:
        put(*(streak_facts(views) if plain else streak_lines(views)))


@click.command("explain")
@click.argument("practice", shell_complete=completing.practices)
@click.option("--day", metavar="D", shell_complete=completing.days, help="As of another day.")
@faces
@click.pass_context
def explain_command(
    context: click.Context, practice: str, day: str | None, json: bool, plain: bool
) -> None:
    """How the streak of PRACTICE came about, day by day."""
    from tracker.charts.explain_text import explain_facts, explain_lines

    diary = diary_of(context)
    as_of = day_typed(day, diary.today())
    one = diary.explain(diary.practice(practice).id, as_of)
    if json:
        put_json(as_json.explanation(one))
    else:
        put(*(visible(line) for line in (explain_facts(one) if plain else explain_lines(one))))
