"""The practices: listed, added, edited, put in order, archived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from tracker.cli import completers
from tracker.cli.commands.show import output_options
from tracker.cli.context import get_diary
from tracker.cli.negative_numbers import AllowsNegativeNumbers
from tracker.cli.output import print_json, print_lines
from tracker.i18n.messages import say
from tracker.models import Unit
from tracker.render.columns import name_width, pad
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.practices import Edit
    from tracker.models import Practice
    from tracker.views import GoalPreview

F = TypeVar("F", bound=Callable[..., Any])


_all = click.option("--all", "archived_too", is_flag=True, help="Archived ones, too.")


@click.group("practices", invoke_without_command=True)
@output_options
@_all
@click.pass_context
def practices_command(context: click.Context, json: bool, plain: bool, archived_too: bool) -> None:
    """List your practices, or shape the list."""
    if context.invoked_subcommand is None:
        _list(context, json=json, plain=plain, archived_too=archived_too)


@practices_command.command("list")
@output_options
@_all
@click.pass_context
def list_command(context: click.Context, json: bool, plain: bool, archived_too: bool) -> None:
    """List your practices, in their order; archived ones last."""
    _list(context, json=json, plain=plain, archived_too=archived_too)


def _list(context: click.Context, *, json: bool, plain: bool, archived_too: bool) -> None:
    diary = get_diary(context)
    today = diary.today()
    practices = diary.practices.all()
    archived = [p for p in practices if p.archived_since(today) is not None]
    shown = [p for p in practices if p not in archived] + (archived if archived_too else [])
    if json:
        print_json({"practices": [_as_json(one, today) for one in shown]})
        return
    if plain:
        from tracker.render.practice_text import practice_facts

        print_lines(*(fact for one in shown for fact in practice_facts(one, today)))
    else:
        print_lines(*_table(shown, today))
    if not shown:
        print_lines(say("cli.no_practices"))
    if archived and not archived_too:
        one = len(archived) == 1
        print_lines(
            say("cli.one_archived") if one else say("cli.some_archived", count=len(archived))
        )


def _table(practices: Sequence[Practice], today: date) -> Iterator[str]:
    from tracker.i18n.dates import format_day
    from tracker.render.practice_text import goal_words

    ids = name_width([p.id for p in practices], 20)
    names = name_width([p.name for p in practices], 30)
    for practice in practices:
        since = practice.archived_since(today)
        words = (
            goal_words(practice, today)
            if since is None
            else say("cli.archived_since", day=format_day(since, year=since.year != today.year))
        )
        name = pad(sanitize_line(practice.name, 60), names)
        yield f"{practice.key or ' '}  {pad(practice.id, ids)}  {name}  {words}"


def _as_json(practice: Practice, today: date) -> dict[str, Any]:
    goal = practice.goal_on(today)
    since = practice.archived_since(today)
    return {
        "id": practice.id,
        "key": practice.key,
        "name": practice.name,
        "question": practice.question,
        "unit": practice.unit.value,
        "amount": goal.amount,
        "step": practice.step,
        "days_per_week": goal.days_per_week,
        "overlap": practice.overlap,
        "added_on": practice.added_on.isoformat(),
        "archived_since": since and since.isoformat(),
    }


def _settings(command: F) -> F:
    """The options that say what a practice is."""
    for option in (
        click.option("--overlap/--no-overlap", default=None,
                     help="Close to calm itself: left out of what goes with calmer evenings."),
        click.option("--days-per-week", type=int, metavar="N", help="The weekly goal, 1 to 7."),
        click.option("--step", type=int, metavar="N", help="What a further press adds."),
        click.option("--amount", type=int, metavar="N", help="How much makes a day done."),
        click.option("--unit", type=click.Choice([unit.value for unit in Unit]),
                     help="How it is counted."),
        click.option("--key", metavar="LETTER", help='The letter that logs it; "" for none.'),
        click.option("--question", metavar="T", help="What the evening asks."),
    ):  # fmt: skip
        command = option(command)
    return command


@practices_command.command("add")
@click.argument("name", shell_complete=completers.shipped)
@_settings
@click.pass_context
def add_command(context: click.Context, /, name: str, **settings: Any) -> None:
    """Add a practice of your own, or a shipped one by its id (bare-feet, leaning)."""
    from tracker.render.practice_text import added_words

    given = {key: value for key, value in settings.items() if value is not None}
    diary = get_diary(context)
    practice = diary.practices.add(name, **given)
    print_lines(added_words(practice))


@practices_command.command("edit")
@click.argument("practice", shell_complete=completers.every_practice)
@click.option("--name", metavar="T", help="Another name; the history stays.")
@click.option("--all-days", is_flag=True, help="A new goal counts for past days, too.")
@click.option(
    "--history",
    type=click.Choice(["keep-days", "new"]),
    help="With another unit: days done stay done, or a new practice begins.",
)
@_settings
@click.pass_context
def edit_command(
    context: click.Context,
    /,
    practice: str,
    name: str | None,
    all_days: bool,
    history: str | None,
    **settings: Any,
) -> None:
    """Change what a practice is. A new goal counts from today on, unless --all-days."""
    from tracker.models import UnitChange
    from tracker.render.practice_text import edit_words

    diary = get_diary(context)
    one = diary.practices.find(practice)
    edit = cast("Edit", settings | {"name": name, "all_days": all_days})
    asks = diary.practices.questions_for(one.id, **edit)
    edited = diary.practices.edit(
        one.id, history=None if history is None else UnitChange(history), **edit
    )
    print_lines(edit_words(one, edited, diary.today(), of_days=asks.days))
    if asks.goal is not None:
        print_lines(_told_of_goal(asks.goal, all_days=all_days))


def _told_of_goal(preview: GoalPreview, *, all_days: bool) -> str:
    from tracker.render.practice_text import figure_words

    from_today, anew = figure_words(preview.from_today), figure_words(preview.all_days)
    if all_days:
        return say("cli.goal_for_all_days", here=anew, there=from_today)
    return say("cli.goal_from_today", here=from_today, there=anew)


@practices_command.command("archive")
@click.argument("practice", shell_complete=completers.practices)
@click.pass_context
def archive_command(context: click.Context, practice: str) -> None:
    """Take a practice out of the list from today on; its days stay."""

    one = get_diary(context).practices.archive(practice)
    print_lines(say("cli.archived", name=sanitize_line(one.name, 60), id=one.id))


@practices_command.command("restore")
@click.argument("practice", shell_complete=completers.archived)
@click.pass_context
def restore_command(context: click.Context, practice: str) -> None:
    """Bring an archived practice back; the days between stay blank."""

    print_lines(
        say(
            "practice.restored",
            name=sanitize_line(get_diary(context).practices.restore(practice).name, 60),
        )
    )


@practices_command.command("delete")
@click.argument("practice", shell_complete=completers.every_practice)
@click.pass_context
def delete_command(context: click.Context, practice: str) -> None:
    """Take away a practice that nothing was logged for."""

    print_lines(
        say(
            "practice.deleted",
            name=sanitize_line(get_diary(context).practices.delete(practice).name, 60),
        )
    )


@practices_command.command("move", cls=AllowsNegativeNumbers)
@click.argument("practice", shell_complete=completers.practices)
@click.argument("position")
@click.pass_context
def move_command(context: click.Context, practice: str, position: str) -> None:
    """Move a practice to a place in the list, counted from 1."""
    from tracker.diary.validation import whole_number

    place = whole_number(position)
    one = get_diary(context).practices.move(practice, place)
    print_lines(say("practice.moved", name=sanitize_line(one.name, 60), place=place))


@practices_command.command("card")
@click.argument("practice", shell_complete=completers.every_practice)
@click.pass_context
def card_command(context: click.Context, practice: str) -> None:
    """What is known about a practice, with references."""
    from tracker.catalogue.evidence import evidence_card
    from tracker.render.evidence_text import card_lines

    one = get_diary(context).practices.find(practice)
    print_lines(sanitize_line(one.name, 60), "", *card_lines(evidence_card(one)))
