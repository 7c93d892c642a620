"""The manual page."""

from __future__ import annotations

import click

from tracker import __version__
from tracker.cli.output import print_lines


@click.command("man")
@click.pass_context
def man_command(context: click.Context) -> None:
    """Print the manual page: calmtrack man > ~/.local/share/man/man1/calmtrack.1"""
    from tracker.cli.manual import manual

    print_lines(*manual(context.find_root(), __version__))
