"""The group `practices`: list, add, edit, archive, restore, delete, move, card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from tracker.cli import completers
from tracker.cli.context import get_diary
from tracker.cli.output import (
    Format,
    print_lines,
    print_result,
    text_width,
    write,
)
from tracker.cli.params import (
    AllowsLeadingDash,
    SuggestsSubcommands,
    json_option,
    output_options,
    require_option,
)
from tracker.diary.practices import template_named
from tracker.diary.validation import number_typed, whole_number
from tracker.errors import InputError
from tracker.i18n.date_format import format_day_of
from tracker.i18n.messages import N_, _, ngettext
from tracker.i18n.setting_words import word_sentences
from tracker.i18n.units import parse_unit_prefix
from tracker.models import Unit, UnitChange
from tracker.render.columns import LONGEST_NAME, SHORTEST_NAME, name_width, pad
from tracker.render.entry_text import rest_days_without_sentence
from tracker.render.practice_text import (
    added_words,
    changed_figures_sentence,
    deletion_sentence,
    edit_words,
    figure_words,
    goal_words,
    kept_question_sentence,
    move_sentence,
    practice_facts,
    restore_sentence,
    streak_unit_sentence,
)

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.practices import Edit
    from tracker.models import Practice
    from tracker.views import GoalPreview

F = TypeVar("F", bound=Callable[..., Any])


_all = click.option("--all", "archived_too", is_flag=True, help=N_("Include archived practices."))


@click.group(
    "practices",
    cls=SuggestsSubcommands,
    invoke_without_command=True,
    help=N_("List, add and change your practices."),
)
@output_options()
@_all
@click.pass_context
def practices_command(context: click.Context, /, **_options: Any) -> None:
    if context.invoked_subcommand is None:
        context.forward(list_command)


@practices_command.command("list", help=N_("List your practices in order, archived ones last."))
@output_options()
@_all
@click.pass_context
def list_command(context: click.Context, output: Format, archived_too: bool) -> None:
    diary = get_diary(context)
    today = diary.today()
    practices = diary.practices.all()
    archived = [one for one in practices if one.archived_since(today) is not None]
    listed = [one for one in practices if one not in archived]
    if archived_too:
        listed += archived
    # Single spaces: two, as a name can have, would part the columns of a table.
    more = [
        " ".join(sentence.split())
        for sentence in _sentences_below(diary, listed, archived, archived_too=archived_too)
    ]
    write(
        output,
        listed,
        text=lambda listed, width: (*_table(listed, today, width), *more),
        plain=lambda listed: (
            *(fact for one in listed for fact in practice_facts(one, today)),
            *more,
        ),
        json=lambda listed: {"practices": [_as_json(one, today) for one in listed]},
    )


def _sentences_below(
    diary: Diary, listed: Sequence[Practice], archived: Sequence[Practice], *, archived_too: bool
) -> Iterator[str]:
    """What else there is to say about the list."""
    if not listed:
        yield (
            _('Your list has no practices. Add one with "calmtrack practices add".')
            if archived
            else _('No practices yet. Add one with "calmtrack practices add".')
        )
    shadowed = diary.practices.shadowed_words()
    yield from word_sentences(one for one in shadowed if one.owner in listed)
    if archived and not archived_too:
        yield ngettext(
            '{count} practice is archived. Show it with "calmtrack practices list --all".',
            '{count} practices are archived. Show them with "calmtrack practices list --all".',
            len(archived),
        ).format(count=len(archived))


def _table(practices: Sequence[Practice], today: date, width: int) -> Iterator[str]:
    states = [
        goal_words(practice, today)
        if (since := practice.archived_since(today)) is None
        else _("archived since {day}").format(day=format_day_of(since, today))
        for practice in practices
    ]
    # An id is to be typed, so only names are cut, where that makes the table fit.
    ids = max((len(one.id) for one in practices), default=0)
    room = width - 7 - ids - max(map(len, states), default=0)
    names = name_width([one.name for one in practices], LONGEST_NAME)
    if room >= SHORTEST_NAME:
        names = min(names, room)
    for practice, words in zip(practices, states, strict=True):
        name = pad(practice.name, names)
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


def _answer(
    diary: Diary, practice: Practice, *, json: bool, **more: object
) -> dict[str, Any] | None:
    """A practice for --json: as in the list, whether something was changed, and what else there is
    to know; None without it."""
    if not json:
        return None
    return _as_json(practice, diary.today()) | {"changed": diary.changed} | more


class _UnitChoice(click.Choice[str]):
    """A unit, also by the beginning of its name in the current language, as in the app's forms."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(parse_unit_prefix(value), param, ctx)


def _settings(command: F) -> F:
    """Adds the options for the fields of a practice."""
    for option in (
        click.option("--overlap/--no-overlap", default=None,
                     help=N_("Leave this practice out of patterns, because feeling "
                                 "calm is part of it.")),
        click.option("--days-per-week", type=int, metavar="N",
                     help=N_("The weekly goal in days, 1 to 7.")),
        click.option(
            "--step",
            metavar="N",
            help=N_(
                "How much the next presses add. In minutes, a day's first press logs its goal."
            ),
        ),
        click.option("--amount", metavar="N",
                     help=N_("The daily goal; in minutes also like 25m or 1h30.")),
        click.option("--unit", type=_UnitChoice([unit.value for unit in Unit]),
                     help=N_("The unit the practice is counted in.")),
        click.option("--key", metavar="LETTER",
                     help=N_('The letter that logs the practice, or "" for none.')),
        click.option("--question", metavar="T", help=N_("The question the practice asks "
                                                            "in the evening.")),
    ):  # fmt: skip
        command = option(command)
    return command


@practices_command.command(
    "add",
    help=N_(
        "Add a practice. NAME is a name of your own, or the id of a built-in practice "
        "(bare-feet, leaning).\n\n"
        "Unless you say otherwise, a practice of your own is yes/no, with a goal of 7 days a "
        "week. Counted in times, its daily goal is 1; in minutes, it's 10."
    ),
)
@click.argument("name", shell_complete=completers.shipped)
@_settings
@json_option
@click.pass_context
def add_command(context: click.Context, /, name: str, json: bool, **settings: Any) -> None:
    diary = get_diary(context)
    shipped = template_named(name, diary.practices.all())
    given = _with_numbers(
        {key: value for key, value in settings.items() if value is not None},
        name,
        is_minutes=(settings["unit"] or (shipped and shipped.unit)) == Unit.MINUTES,
    )
    practice = diary.practices.add(name, **given)
    print_result(
        added_words(practice, diary.practices.shadowed_words(practice)),
        *_rest_days_without(diary, practice.id),
        json=_answer(diary, practice, json=json),
    )


def _with_numbers(settings: Mapping[str, Any], name: str, *, is_minutes: bool) -> dict[str, Any]:
    """The settings with the typed amount and step of a practice of this name as numbers."""
    numbers = {
        option: number_typed(settings[option], name, is_minutes=is_minutes)
        for option in ("amount", "step")
        if settings.get(option) is not None
    }
    return {**settings, **numbers}


def _rest_days_without(diary: Diary, practice_id: str) -> Iterator[str]:
    if days := diary.rest_days_without(practice_id):
        yield rest_days_without_sentence(days, diary.today())


@practices_command.command(
    "edit",
    help=N_("Change a practice. A new goal applies from today, or to all days with --all-days."),
)
@click.argument("practice", shell_complete=completers.every_practice)
@click.option("--name", metavar="T", help=N_("A new name. The history stays."))
@click.option("--all-days", is_flag=True, help=N_("Apply a new goal to past days, too."))
@click.option(
    "--history",
    type=click.Choice(["keep-days", "new"]),
    help=N_(
        "With a new unit: keep-days converts past days (those that were done stay done and get the "
        "new goal's amount), new starts a new practice."
    ),
)
@_settings
@json_option
@click.pass_context
def edit_command(
    context: click.Context,
    /,
    practice: str,
    name: str | None,
    all_days: bool,
    history: str | None,
    json: bool,
    **settings: Any,
) -> None:
    if name is None and all(value is None for value in settings.values()):
        raise InputError(
            _(
                "Nothing to change. Say what should change, for example with --name or "
                "--days-per-week."
            )
        )
    if all_days and settings["amount"] is None and settings["days_per_week"] is None:
        require_option("--all-days", _("--amount or --days-per-week"))
    if history is not None and settings["unit"] is None:
        require_option("--history", "--unit")
    diary = get_diary(context)
    one = diary.practices.find(practice)
    is_minutes = (settings["unit"] or one.unit) == Unit.MINUTES
    settings = _with_numbers(settings, one.name, is_minutes=is_minutes)
    edit = cast("Edit", settings | {"name": name, "all_days": all_days})
    questions = diary.practices.questions_for(one.id, **edit)
    figures = diary.practices.figures(one.id)
    edited = diary.practices.edit(
        one.id, history=None if history is None else UnitChange(history), **edit
    )
    if json:
        print_result(json=_answer(diary, edited, json=json))
        return
    if not diary.changed:
        print_lines(
            _("{name} is already set up that way, so nothing was changed.").format(name=one.name)
        )
        return
    shadowed = diary.practices.shadowed_words(edited)
    print_lines(edit_words(one, edited, shadowed, diary.today(), of_days=questions.days))
    print_lines(*filter(None, [kept_question_sentence(one, edited)]))
    if edited.id != one.id:
        print_lines(*filter(None, [diary.coin_stopped_by_archiving(one.id)]))
        return
    now = diary.practices.figures(one.id)
    sentences = [_goal_start_sentence(one, edited, all_days=all_days)]
    changed = changed_figures_sentence(figures, now)
    if questions.goal is None:
        sentences.append(changed)
    else:
        unchanged = _("Your figures for this practice are now: {figures}.")
        sentences += [
            changed or unchanged.format(figures=figure_words(now)),
            _figures_otherwise(questions.goal, all_days=all_days),
            streak_unit_sentence(questions.goal),
        ]
    if any(sentences):
        print_lines(" ".join(filter(None, sentences)))


def _goal_start_sentence(before: Practice, now: Practice, *, all_days: bool) -> str:
    """From when a changed goal counts; empty where it is said with a new unit, or is unchanged."""
    if now.unit is not before.unit or now.goals == before.goals:
        return ""
    if not all_days:
        return _("The new goal applies from today.")
    if len({goal.amount for goal in now.goals}) > 1:
        return _("The weekly goal now applies to all days. Earlier daily goals stay as they were.")
    if len({goal.days_per_week for goal in now.goals}) > 1:
        return _("The daily goal now applies to all days. Earlier weekly goals stay as they were.")
    return _("The goal now applies to all days.")


def _figures_otherwise(preview: GoalPreview, *, all_days: bool) -> str:
    """The figures if the new goal applied from the other day; empty where they read the same."""
    from_today, always = figure_words(preview.from_today), figure_words(preview.all_days)
    if from_today == always:
        return ""
    if all_days:
        message = _(
            "If the goal applied from today only (without --all-days), they'd be: {figures}."
        )
        return message.format(figures=from_today)
    message = _("If the goal applied to all days (--all-days), they'd be: {figures}.")
    return message.format(figures=always)


@practices_command.command(
    "archive", help=N_("Archive a practice from today on. Its days are kept.")
)
@click.argument("practice", shell_complete=completers.practices)
@json_option
@click.pass_context
def archive_command(context: click.Context, practice: str, json: bool) -> None:
    diary = get_diary(context)
    one = diary.practices.archive(diary.practices.find(practice).id)
    if any(row.practice.id == one.id for row in diary.day().practices):
        message = _(
            "Archived {name}. It has an entry today, so it stays in today's list. "
            'Restore it with "calmtrack practices restore {id}".'
        )
    else:
        message = _(
            'Archived {name}. Its days are kept. Restore it with "calmtrack practices '
            'restore {id}".'
        )
    print_result(
        message.format(name=one.name, id=diary.practices.word_to_restore(one)),
        *filter(None, [diary.coin_stopped_by_archiving(one.id)]),
        json=_answer(diary, one, json=json),
    )


@practices_command.command(
    "restore", help=N_("Restore an archived practice. The days in between stay blank.")
)
@click.argument("practice", shell_complete=completers.archived)
@json_option
@click.pass_context
def restore_command(context: click.Context, practice: str, json: bool) -> None:
    diary = get_diary(context)
    one = diary.practices.restore(diary.practices.find_to_restore(practice).id)
    print_result(
        restore_sentence(one.name),
        *filter(None, [diary.coin_resumed_by_restoring(one.id)]),
        *_rest_days_without(diary, one.id),
        json=_answer(diary, one, json=json),
    )


@practices_command.command("delete", help=N_("Delete a practice that has never been logged."))
@click.argument("practice", shell_complete=completers.every_practice)
@json_option
@click.pass_context
def delete_command(context: click.Context, practice: str, json: bool) -> None:
    diary = get_diary(context)
    deleted = diary.practices.delete(diary.practices.find(practice).id)
    print_result(
        deletion_sentence(deleted.practice.name, deleted.rest_days),
        json=_answer(diary, deleted.practice, json=json, rest_days=deleted.rest_days),
    )


@practices_command.command(
    "move",
    cls=AllowsLeadingDash,
    help=N_("Move a practice to POSITION in your list, counted from 1."),
)
@click.argument("practice", shell_complete=completers.practices)
@click.argument("position")
@json_option
@click.pass_context
def move_command(context: click.Context, practice: str, position: str, json: bool) -> None:
    number = whole_number(position)
    diary = get_diary(context)
    one = diary.practices.move(diary.practices.find(practice).id, number)
    print_result(
        move_sentence(one.name, number, is_new=diary.changed),
        json=_answer(diary, one, json=json, position=number),
    )


@practices_command.command(
    "card", help=N_("Show what research says about a practice, with references.")
)
@click.argument("practice", shell_complete=completers.every_practice)
@click.pass_context
def card_command(context: click.Context, practice: str) -> None:
    from tracker.catalogue import evidence_card
    from tracker.render.evidence_text import WIDE, card_lines

    one = get_diary(context).practices.find(practice)
    print_lines(one.name, "", *card_lines(evidence_card(one), min(text_width(), WIDE)))
