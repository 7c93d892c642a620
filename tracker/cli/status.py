"""One line for a prompt or a status bar."""

from __future__ import annotations

import click

from tracker.cli.one_line import print_status
from tracker.cli.reach import place_of


@click.command("status")
@click.option("--quiet", is_flag=True, help="Without the calm score.")
@click.pass_context
def status_command(context: click.Context, quiet: bool) -> None:
    """One line: calm, practices done, the longest running streak."""
    print_status(place_of(context), quiet=quiet)
