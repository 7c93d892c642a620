"""What you wrote for yourself: people named in notes, gratitude, lines for heavy days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.context import get_diary
from tracker.cli.output import (
    Format,
    print_done,
    print_json,
    print_lines,
    print_result,
    write,
)
from tracker.cli.params import (
    AllowsLeadingDash,
    SuggestsSubcommands,
    json_option,
    output_options,
)
from tracker.errors import InputError
from tracker.i18n.messages import N_, _
from tracker.models import MAX_NOTE_LENGTH
from tracker.render.columns import name_width, pad
from tracker.render.journal_text import empty_jar, no_names
from tracker.render.practice_text import counts_clause, note_counts
from tracker.sanitize import sanitize_line, sanitize_text

if TYPE_CHECKING:
    from tracker.diary.notes import Person

_NOTHING_NEW = N_("These were there already, so nothing was changed.")
"""Printed where the messages or questions given were in the list, and nothing else changes."""


@click.command(
    "people",
    help=N_(
        "Show who you mention in your notes, on how many days, and when you last did.\n\n"
        "Write @ before a name in a note, like @Anna. A name is one word: use a hyphen for two, "
        "like @Anna-Maria. Each day counts once."
    ),
)
@output_options()
@click.pass_context
def people_command(context: click.Context, output: Format) -> None:
    write(output, get_diary(context).notes.people(), text=_table, plain=_facts, json=_as_json)


def _table(people: Sequence[Person], width: int) -> Iterator[str]:
    if not people:
        yield no_names()
        return
    sentences = [sanitize_line(person.sentence) for person in people]
    column = name_width(sentences, 46)
    counts = [_counts(person) for person in people]
    if any(counts):
        yield " " * (2 + column + 2) + _("In the notes of (days)")
    for sentence, of_one in zip(sentences, counts, strict=True):
        named = pad(counts_clause(of_one), max(width - 2 - column - 2, 4))
        yield f"  {pad(sentence, column)}  {named}".rstrip()


def _facts(people: Sequence[Person]) -> Iterator[str]:
    if not people:
        yield no_names()
    for person in people:
        yield _("{sentence}. Mentioned in the notes for {practices}.").format(
            sentence=sanitize_line(person.sentence), practices=counts_clause(_counts(person))
        )


def _counts(person: Person) -> list[tuple[str, int]]:
    return note_counts(person.practices, evenings=person.evenings, rest_days=person.rest_days)


def _as_json(people: Sequence[Person]) -> dict[str, object]:
    return {
        "people": [
            {
                "name": person.name,
                "days": person.days,
                "first_day": person.first_day.isoformat(),
                "last_day": person.last_day.isoformat(),
                "practices": [{"id": one.id, "days": days} for one, days in person.practices],
                "evenings": person.evenings,
                "rest_days": person.rest_days,
            }
            for person in people
        ]
    }


@click.command(
    "jar",
    help=N_(
        "Show something you were grateful for: the Gratitude note you haven't seen for the "
        "longest time. Notes of days that you logged as a no, or as a rest day, are left out."
    ),
)
@json_option
@click.pass_context
def jar_command(context: click.Context, json: bool) -> None:
    notes = get_diary(context).notes
    note = notes.next_gratitude()
    if json:
        print_json({"day": note and note.day.isoformat(), "note": note and note.note})
    elif note is None:
        print_lines(empty_jar(notes.jar_practice()))
    else:
        lines = sanitize_text(note.note).split("\n")
        print_lines(*(sanitize_line(line, MAX_NOTE_LENGTH) for line in lines), "", note.when)


@click.command(
    "support",
    cls=AllowsLeadingDash,
    help=N_('Show your support messages for hard days. Add one with --add "Call Anna, any time".'),
)
@click.argument("lines", metavar="[LINE]...", nargs=-1)
@click.option(
    "--edit",
    is_flag=True,
    help=N_("Replace your messages with each LINE. Without LINE, go back to the original ones."),
)
@click.option("--add", is_flag=True, help=N_("Add each LINE to your support messages."))
@click.option(
    "--mute/--unmute",
    "is_muted",
    default=None,
    help=N_("Turn the message after two heavy weeks off or on."),
)
@json_option
@click.pass_context
def support_command(
    context: click.Context,
    lines: tuple[str, ...],
    edit: bool,
    add: bool,
    is_muted: bool | None,
    json: bool,
) -> None:
    _check_support_options(lines, edit=edit, add=add)
    diary = get_diary(context)
    own = diary.support.own_lines()
    sets_lines = edit or add
    # First, as invalid lines are refused.
    save = diary.support.add_lines if add else diary.support.set_lines
    were_there = sets_lines and not save(lines)
    is_same = is_muted is not None and is_muted == diary.support.is_muted()
    if is_muted is not None:
        diary.support.mute(is_muted=is_muted)
    is_own = bool(diary.support.own_lines())
    answer = None
    if json:
        muted = diary.support.is_muted()
        answer = {"support": diary.support.lines(), "own": is_own, "muted": muted}
    shown: list[str] = []
    if were_there:
        is_all_unchanged = is_muted is None or is_same
        shown += [_unchanged_messages(is_own=is_own, is_all_unchanged=is_all_unchanged), ""]
    if is_muted is not None:
        shown.append(_muted_sentences(is_muted=is_muted, is_same=is_same, is_own=is_own))
    if sets_lines or is_muted is None:
        shown += diary.support.lines()
    if lines and not own:
        message = _(
            "Your messages are shown instead of calmtrack's own. To bring those back, run "
            '"{command}".'
        )
        shown += ["", message.format(command="calmtrack support --edit")]
    if sets_lines or (is_muted is not None and not is_same):
        print_done(*shown, json=answer)
    elif answer is not None:
        print_json(answer)
    else:
        print_lines(*shown)


def _check_support_options(lines: tuple[str, ...], *, edit: bool, add: bool) -> None:
    """Raises InputError for lines without --add or --edit, and for --add without any."""
    if not edit and not add and lines[:1] in (("remove",), ("delete",), ("rm",)):
        raise InputError(
            _(
                'To remove a support message, give the others: "{command}" replaces them all.'
            ).format(command="calmtrack support --edit 'Call Anna' 'A walk'")
        )
    if not edit and add != bool(lines):
        from tracker.cli.suggestions import command_line

        words = lines[1:] if lines[:1] in (("add",), ("edit",)) else lines
        message = _('To add to your support messages, run "{command}". --edit replaces them all.')
        example = ["calmtrack support --add", *(words or ["Call Anna"])]
        raise InputError(message.format(command=command_line(example)))
    if edit and add:
        raise InputError(
            _(
                "Give your support messages with --add or --edit, but not both. "
                "--edit alone brings back calmtrack's own messages."
            )
        )


def _unchanged_messages(*, is_own: bool, is_all_unchanged: bool) -> str:
    """That the messages were the same before; `is_all_unchanged` where muting is so, too."""
    if not is_own:
        return _("calmtrack's own messages are shown already.")
    if is_all_unchanged:
        return _(_NOTHING_NEW)
    return _("These messages were there already.")


def _muted_sentences(*, is_muted: bool, is_same: bool, is_own: bool) -> str:
    """That the message after two heavy weeks is off or on, or was before."""
    if is_same:
        if is_muted:
            return _("The message that can follow a rating after two heavy weeks is already off.")
        return _("The message that can follow a rating after two heavy weeks is already on.")
    if not is_muted:
        return _("The message that can follow a rating after two heavy weeks is on again.")
    muted = _("Turned off the message that can follow a rating after two heavy weeks.")
    still = _("Your support messages still follow a low rating.") if is_own else ""
    return f"{muted} {still}".rstrip()


@click.group(
    "prompts",
    cls=SuggestsSubcommands,
    invoke_without_command=True,
    help=N_(
        "Show your own questions for notes. When you write a note, one of them is "
        "shown above it.\n"
        "\n"
        "The question changes from day to day. If you haven't added any, calmtrack "
        'picks questions that fit what you logged. "calmtrack config prompts false" '
        "turns the questions off."
    ),
)
@json_option
@click.pass_context
def prompts_command(context: click.Context, json: bool) -> None:  # noqa: ARG001
    if context.invoked_subcommand is None:
        context.forward(list_prompts_command)


@prompts_command.command("list", help=N_("Show your questions for notes."))
@json_option
@click.pass_context
def list_prompts_command(context: click.Context, json: bool) -> None:
    own = get_diary(context).prompts.own()
    if json:
        print_json({"prompts": own})
    elif own:
        print_lines(*(f"{number:>2}  {one}" for number, one in enumerate(own, start=1)))
    else:
        print_lines(
            _(
                "No questions of your own yet, so calmtrack picks some that fit what "
                'you logged. Add your own with: calmtrack prompts add "What was new '
                'today?"'
            )
        )


@prompts_command.command(
    "add",
    cls=AllowsLeadingDash,
    help=N_("Add each QUESTION to your questions for notes."),
)
@click.argument("questions", metavar="QUESTION...", nargs=-1, required=True)
@json_option
@click.pass_context
def add_prompts_command(context: click.Context, questions: tuple[str, ...], json: bool) -> None:
    if not get_diary(context).prompts.add(questions) and not json:
        print_lines(_(_NOTHING_NEW), "")
    context.invoke(list_prompts_command, json=json)


@prompts_command.command("remove", help=N_("Remove the question with the number N."))
@click.argument("number", metavar="N", type=int)
@json_option
@click.pass_context
def remove_prompt_command(context: click.Context, number: int, json: bool) -> None:
    diary = get_diary(context)
    removed = diary.prompts.remove(number)
    print_result(
        _("Removed: {question}").format(question=sanitize_line(removed)),
        json={"removed": removed, "prompts": diary.prompts.own()} if json else None,
    )
