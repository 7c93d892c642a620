"""Two machines that are not online together: their diaries joined."""

from __future__ import annotations

import click

from tracker.cli.printing import put
from tracker.cli.reach import diary_of, place_named
from tracker.visible import visible
from tracker.words import say


@click.command("merge")
@click.argument("other", metavar="OTHER")
@click.pass_context
def merge_command(context: click.Context, other: str) -> None:
    """Join OTHER, a diary file or URL, to this diary: of each entry the later one stays.

    OTHER is only read. Merged both ways, two diaries are the same.
    """
    from tracker.diary.care import back_up_daily
    from tracker.exchange.merging import merge

    diary = diary_of(context)
    place = place_named(other)
    back_up_daily(diary)
    report = merge(diary, place)
    put(*(visible(sentence) for sentence in report.said))
    put(
        say(
            "merge.joined",
            path=visible(place.label),
            added=f"{report.added:,}",
            changed=f"{report.changed:,}",
            stayed=f"{report.stayed:,}",
        )
    )
