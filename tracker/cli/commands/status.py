"""One line for a prompt or a status bar."""

from __future__ import annotations

import click

from tracker.cli.context import get_location
from tracker.cli.status_line import print_status


@click.command("status")
@click.option("--quiet", is_flag=True, help="Without the calm score.")
@click.pass_context
def status_command(context: click.Context, quiet: bool) -> None:
    """One line: calm, practices done, the longest running streak."""
    print_status(get_location(context), quiet=quiet)
