"""The gratitude jar."""

from __future__ import annotations

import click

from tracker.cli.context import get_diary
from tracker.cli.output import print_json, print_lines
from tracker.i18n.messages import say
from tracker.models import MAX_NOTE_LENGTH
from tracker.sanitize import sanitize_line, sanitize_text


@click.command("jar")
@click.option("--json", "json", is_flag=True, help="As JSON.")
@click.pass_context
def jar_command(context: click.Context, json: bool) -> None:
    """Something you were glad of: the note beside Gratitude not seen for the longest."""

    found = get_diary(context).notes.next_gratitude()
    if json:
        print_json({
            "day": found and found.day.isoformat(),
            "note": found and found.note,
        })  # fmt: skip
    elif found is None:
        print_lines(say("jar.empty"))
    else:
        print_lines(
            *(
                sanitize_line(line, MAX_NOTE_LENGTH)
                for line in sanitize_text(found.note).split("\n")
            )
        )
        print_lines("", found.when)
