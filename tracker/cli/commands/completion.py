"""Completion for the shells."""

from __future__ import annotations

import click

from tracker.cli.app import NAME
from tracker.cli.fast_path import COMPLETE
from tracker.cli.output import print_lines


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what SHELL has to read to complete commands, practices, days and files.

    Its first lines say where it goes.
    """
    from tracker.cli.shells import source

    print_lines(*source(context.find_root().command, NAME, COMPLETE, shell).splitlines())
