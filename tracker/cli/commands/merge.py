"""Two machines that are not online together: their diaries joined."""

from __future__ import annotations

import click

from tracker.cli import completers
from tracker.cli.context import get_diary, location_named
from tracker.cli.output import print_lines
from tracker.cli.progress import progress_line
from tracker.i18n.messages import format_number, say
from tracker.sanitize import sanitize_line


@click.command("merge")
@click.argument("other", metavar="OTHER", shell_complete=completers.files)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.pass_context
def merge_command(context: click.Context, other: str, dry_run: bool) -> None:
    """Join OTHER, a diary file, a URL or an export in JSON, to this diary: of each entry the later
    one stays.

    OTHER is only read. Merged both ways, two diaries are the same.
    """
    from tracker.importers.merge_sources import merge

    diary = get_diary(context)
    place = location_named(other)
    if not dry_run:
        diary.maintenance.back_up_daily()
    with progress_line():
        report = merge(diary, place, dry_run=dry_run)
    print_lines(*(sanitize_line(sentence, 2_000) for sentence in report.said))
    print_lines(
        say(
            "merge.would_join" if dry_run else "merge.joined",
            path=sanitize_line(place.label),
            added=format_number(report.added),
            changed=format_number(report.changed),
            stayed=format_number(report.kept),
        )
    )
    if not dry_run and (report.added or report.changed):
        print_lines(say("merge.undo"))
