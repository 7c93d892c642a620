"""Prints click's completion script for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from tracker.cli import COMPLETION_VARIABLE, PROGRAM
from tracker.cli.output import print_lines


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what SHELL has to read to complete commands, practices, days and files."""
    completion = get_completion_class(shell)
    assert completion is not None, "click knows each of the choices"
    script = completion(context.find_root().command, {}, PROGRAM, COMPLETION_VARIABLE).source()
    print_lines(*script.splitlines())
