"""The people named in the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.commands.show import output_options
from tracker.cli.context import get_diary
from tracker.cli.output import print_json, print_lines
from tracker.i18n.messages import say
from tracker.render.columns import name_width, pad
from tracker.render.practice_text import practices_clause
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.notes import Person


@click.command("people")
@output_options
@click.pass_context
def people_command(context: click.Context, json: bool, plain: bool) -> None:
    """Who is named in your notes, on how many days, and when last.

    A name in a note is written with an @ before it, like @Anna. A day counts once.
    """

    found = get_diary(context).notes.people()
    if json:
        print_json({"people": [_as_json(one) for one in found]})
    elif not found:
        print_lines(say("people.nobody"))
    else:
        sentences = [sanitize_line(one.sentence) for one in found]
        width = name_width(sentences, 46)
        for sentence, one in zip(sentences, found, strict=True):
            print_lines(_fact(sentence, one) if plain else _line(sentence, one, width))


def _line(sentence: str, one: Person, room: int) -> str:
    return (
        f"  {pad(sentence, room)}  {pad(practices_clause(one.practices), 78 - room - 2)}".rstrip()
    )


def _fact(sentence: str, one: Person) -> str:
    if not one.practices:
        return say("people.facts", sentence=sentence)
    return say("people.facts_with", sentence=sentence, practices=practices_clause(one.practices))


def _as_json(one: Person) -> dict[str, object]:
    return {
        "name": one.name,
        "days": one.days,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "practices": [{"id": practice.id, "days": days} for practice, days in one.practices],
    }
