"""Two machines that are not online together: their diaries joined."""

from __future__ import annotations

import click

from tracker.cli import completing
from tracker.cli.printing import put
from tracker.cli.progress import told_on_the_way
from tracker.cli.reach import diary_of, place_named
from tracker.visible import visible
from tracker.words import number, say


@click.command("merge")
@click.argument("other", metavar="OTHER", shell_complete=completing.files)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.pass_context
def merge_command(context: click.Context, other: str, dry_run: bool) -> None:
    """Join OTHER, a diary file, a URL or an export in JSON, to this diary: of each entry the later
    one stays.

    OTHER is only read. Merged both ways, two diaries are the same.
    """
    from tracker.diary.care import back_up_daily
    from tracker.exchange.merging import merge

    diary = diary_of(context)
    place = place_named(other)
    if not dry_run:
        back_up_daily(diary)
    with told_on_the_way():
        report = merge(diary, place, dry_run=dry_run)
    put(*(visible(sentence, 2_000) for sentence in report.said))
    put(
        say(
            "merge.would_join" if dry_run else "merge.joined",
            path=visible(place.label),
            added=number(report.added),
            changed=number(report.changed),
            stayed=number(report.kept),
        )
    )
    if not dry_run and (report.added or report.changed):
        put(say("merge.undo"))
