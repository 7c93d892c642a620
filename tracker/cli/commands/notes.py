"""What you wrote for yourself: people named in notes, gratitude, lines for heavy days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.context import get_diary
from tracker.cli.output import Format, print_json, print_lines, write
from tracker.cli.params import output_options
from tracker.errors import InputError
from tracker.i18n.messages import N_, _
from tracker.models import MAX_NOTE_LENGTH
from tracker.render.columns import name_width, pad
from tracker.render.practice_text import practices_clause
from tracker.sanitize import sanitize_line, sanitize_text

if TYPE_CHECKING:
    from tracker.diary.notes import Person


@click.command(
    "people",
    help=N_(
        "Who is named in your notes, on how many days, and when last.\n\n"
        "A name in a note is written with an @ before it, like @Anna. A day counts once."
    ),
)
@output_options()
@click.pass_context
def people_command(context: click.Context, output: Format) -> None:
    write(output, get_diary(context).notes.people(), text=_table, plain=_facts, json=_as_json)


def _table(people: Sequence[Person]) -> Iterator[str]:
    if not people:
        yield _(
            "Nobody is named in your notes yet. Write @ before a name, like @Anna, and they appear "
            "here."
        )
        return
    sentences = [sanitize_line(person.sentence) for person in people]
    column = name_width(sentences, 46)
    for sentence, person in zip(sentences, people, strict=True):
        practices = pad(practices_clause(person.practices), 78 - column - 2)
        yield f"  {pad(sentence, column)}  {practices}".rstrip()


def _facts(people: Sequence[Person]) -> Iterator[str]:
    if not people:
        yield _(
            "Nobody is named in your notes yet. Write @ before a name, like @Anna, and they appear "
            "here."
        )
    for person in people:
        sentence = sanitize_line(person.sentence)
        if person.practices:
            practices = practices_clause(person.practices)
            yield _("{sentence}. Named with {practices}.").format(
                sentence=sentence, practices=practices
            )
        else:
            yield _("{sentence}.").format(sentence=sentence)


def _as_json(people: Sequence[Person]) -> dict[str, object]:
    return {
        "people": [
            {
                "name": person.name,
                "days": person.days,
                "first_day": person.first_day.isoformat(),
                "last_day": person.last_day.isoformat(),
                "practices": [{"id": one.id, "days": days} for one, days in person.practices],
            }
            for person in people
        ]
    }


@click.command(
    "jar",
    help=N_("Something you were glad of: the note beside Gratitude not seen for the longest."),
)
@click.option("--json", "json", is_flag=True, help=N_("As JSON."))
@click.pass_context
def jar_command(context: click.Context, json: bool) -> None:
    note = get_diary(context).notes.next_gratitude()
    if json:
        print_json({"day": note and note.day.isoformat(), "note": note and note.note})
    elif note is None:
        print_lines(
            _(
                "The jar is still empty. What you are glad of, written as a note beside Gratitude, "
                "comes out of it one day."
            )
        )
    else:
        lines = sanitize_text(note.note).split("\n")
        print_lines(*(sanitize_line(line, MAX_NOTE_LENGTH) for line in lines), "", note.when)


@click.command(
    "support",
    help=N_(
        'What helps on heavy days, in your own lines: --add "Anna, any time", --edit to replace.'
    ),
)
@click.argument("lines", metavar="[LINE]...", nargs=-1)
@click.option(
    "--edit", is_flag=True, help=N_("The LINEs take the place of yours; none: ours again.")
)
@click.option("--add", is_flag=True, help=N_("The LINEs come after yours."))
@click.option(
    "--mute/--unmute", "is_muted", default=None, help=N_("The gentle line after a rating.")
)
@click.pass_context
def support_command(
    context: click.Context, lines: tuple[str, ...], edit: bool, add: bool, is_muted: bool | None
) -> None:
    if (edit and add) or (lines and not (edit or add)) or (add and not lines):
        raise InputError(
            _(
                "Write lines with --add or --edit, one of the two; --edit without lines brings "
                "ours back."
            )
        )
    diary = get_diary(context)
    if is_muted is not None:
        diary.support.mute(is_muted=is_muted)
        print_lines(
            _("The gentle line after a rating is muted; “calmtrack support” is always here.")
            if is_muted
            else _("The gentle line after a rating may be said again.")
        )
    if edit or add:
        diary.support.set_lines([*(diary.support.own_lines() if add else ()), *lines])
    if edit or add or is_muted is None:
        print_lines(*diary.support.lines())
