"""The practices: listed, added, edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.charts.widths import pad, width
from tracker.cli.printing import put, put_json
from tracker.cli.reach import diary_of
from tracker.visible import visible
from tracker.words import say

if TYPE_CHECKING:
    from tracker.values import Practice

F = TypeVar("F", bound=Callable[..., Any])


@click.group("practices", invoke_without_command=True)
@click.option("--json", "json", is_flag=True, help="As JSON.")
@click.pass_context
def practices_command(context: click.Context, json: bool) -> None:
    """List your practices, or add and edit them."""
    if context.invoked_subcommand is None:
        _list(context, json)


@practices_command.command("list")
@click.option("--json", "json", is_flag=True, help="As JSON.")
@click.pass_context
def list_command(context: click.Context, json: bool) -> None:
    """List your practices, in their order."""
    _list(context, json)


def _list(context: click.Context, json: bool) -> None:
    diary = diary_of(context)
    today = diary.today()
    practices = diary.practices()
    if json:
        put_json({"practices": [_as_json(p, p.goal_on(today).amount, p.goal_on(today).days_per_week)
                                for p in practices]})  # fmt: skip
        return
    put(*_table(practices, lambda p: _goal_words(p, today)))


def _table(practices: tuple[Practice, ...], goal: Callable[[Practice], str]) -> Iterator[str]:
    ids = max((width(p.id) for p in practices), default=0)
    names = min(max((width(visible(p.name, 60)) for p in practices), default=0), 30)
    for practice in practices:
        name = pad(visible(practice.name, 60), names)
        yield f"{practice.key or ' '}  {pad(practice.id, ids)}  {name}  {goal(practice)}"


def _goal_words(practice: Practice, today: date) -> str:
    goal = practice.goal_on(today)
    one = goal.amount == 1
    amount = (
        "yes"
        if practice.unit == "yes/no"
        else f"{goal.amount} {practice.unit[: -1 if one else None]}"
    )
    return say("cli.goal", amount=amount, days=goal.days_per_week)


def _as_json(practice: Practice, amount: int, days_per_week: int) -> dict[str, Any]:
    return {
        "id": practice.id,
        "key": practice.key,
        "name": practice.name,
        "question": practice.question,
        "unit": practice.unit.value,
        "amount": amount,
        "step": practice.step,
        "days_per_week": days_per_week,
        "overlap": practice.overlap,
        "added_on": practice.added_on.isoformat(),
    }


def _settings(command: F) -> F:
    """The options that say what a practice is."""
    for option in (
        click.option("--overlap/--no-overlap", default=None,
                     help="Close to calm itself: left out of what goes with calmer evenings."),
        click.option("--days-per-week", type=int, metavar="N", help="The weekly goal, 1 to 7."),
        click.option("--step", type=int, metavar="N", help="What a further press adds."),
        click.option("--amount", type=int, metavar="N", help="How much makes a day done."),
        click.option("--unit", type=click.Choice(["yes/no", "times", "minutes"]),
                     help="How it is counted."),
        click.option("--key", metavar="LETTER", help='The letter that logs it; "" for none.'),
        click.option("--question", metavar="T", help="What the evening asks."),
    ):  # fmt: skip
        command = option(command)
    return command


@practices_command.command("add")
@click.argument("name")
@_settings
@click.pass_context
def add_command(context: click.Context, /, name: str, **settings: Any) -> None:
    """Add a practice of your own, or a shipped one by its id (bare-feet, leaning)."""
    from tracker.diary.shaping import add_practice

    given = {key: value for key, value in settings.items() if value is not None}
    diary = diary_of(context)
    practice = add_practice(diary, name, **given)
    key = say("cli.with_key", key=practice.key) if practice.key else say("cli.without_key")
    put(say("cli.added", name=visible(practice.name, 60), id=practice.id, key=key))


@practices_command.command("edit")
@click.argument("practice")
@click.option("--name", metavar="T", help="Another name; the history stays.")
@click.option("--all-days", is_flag=True, help="A new goal counts for past days, too.")
@_settings
@click.pass_context
def edit_command(
    context: click.Context, /, practice: str, name: str | None, all_days: bool, **settings: Any
) -> None:
    """Change what a practice is. A new goal counts from today on, unless --all-days."""
    from tracker.diary.shaping import edit_practice

    diary = diary_of(context)
    one = diary.practice(practice)
    edited = edit_practice(diary, one.id, name=name, all_days=all_days, **settings)
    put(say("cli.edited", name=visible(edited.name, 60)))
