"""The gratitude jar."""

from __future__ import annotations

import click

from tracker.cli.printing import put, put_json
from tracker.cli.reach import diary_of
from tracker.values import LONGEST_NOTE
from tracker.visible import editable, visible
from tracker.words import say


@click.command("jar")
@click.option("--json", "json", is_flag=True, help="As JSON.")
@click.pass_context
def jar_command(context: click.Context, json: bool) -> None:
    """Something you were glad of: the note beside Gratitude not seen for the longest."""
    from tracker.diary.jar import take_out

    found = take_out(diary_of(context))
    if json:
        put_json({
            "day": found and found.day.isoformat(),
            "note": found and found.note,
        })  # fmt: skip
    elif found is None:
        put(say("jar.empty"))
    else:
        put(*(visible(line, LONGEST_NOTE) for line in editable(found.note).split("\n")))
        put("", found.when)
