"""The command `calmtrack`: its subcommands, each module imported only when it is called."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker import __version__
from tracker.cli import COMPLETION_VARIABLE, PROGRAM, completers
from tracker.cli.context import location_named
from tracker.cli.localized_help import LocalizedContext, localize, translate_help
from tracker.cli.output import ExitCode, fail, run_command
from tracker.cli.quick_commands import OPEN_SCREENS, OpenScreens, launch
from tracker.i18n.messages import say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class LazyCommand(NamedTuple):
    """The module of a command in `cli.commands`, and its line in the list of commands."""

    module: str
    help: str


COMMANDS = {
    "log": LazyCommand("log", "Log a practice: one press, or an amount."),
    "calm": LazyCommand("log", "Rate how calm a day was, 0 to 10."),
    "clear": LazyCommand("log", "Clear what was logged or rated; notes stay."),
    "rest": LazyCommand("log", "Declare rest days, also ahead."),
    "undo": LazyCommand("log", "Take back the newest steps."),
    "redo": LazyCommand("log", "Do again what was taken back."),
    "today": LazyCommand("show", "Today, or another day."),
    "week": LazyCommand("show", "The week in review."),
    "year": LazyCommand("show", "A year as a heatmap, and what it adds up to."),
    "trend": LazyCommand("show", "Calm over time."),
    "streaks": LazyCommand("show", "The figures of every practice."),
    "explain": LazyCommand("show", "How a streak came about, day by day."),
    "insights": LazyCommand("insights", "What goes with calmer evenings."),
    "coin": LazyCommand("insights", "A month in which a coin chooses the days."),
    "support": LazyCommand("notes", "Your own lines for heavy days."),
    "people": LazyCommand("notes", "Who is named in your notes."),
    "jar": LazyCommand("notes", "Something you were glad of."),
    "status": LazyCommand("show", "One line for a prompt or a status bar."),
    "nudge": LazyCommand("reminder", "Say once that tonight is open; silent when it is done."),
    "reminder": LazyCommand("reminder", "Have the system say each evening that tonight is open."),
    "export": LazyCommand("import_export", "Write the diary into a file."),
    "import": LazyCommand("import_export", "Read a file into the diary."),
    "merge": LazyCommand("import_export", "Join the diary of another machine to this one."),
    "practices": LazyCommand("practices", "List practices, or shape the list."),
    "backup": LazyCommand("maintenance", "Copy the diary, or list its backups."),
    "restore": LazyCommand("maintenance", "Put a backup in the diary's place."),
    "doctor": LazyCommand("maintenance", "Look the diary over, and repair it if told to."),
    "forget": LazyCommand("maintenance", "Really remove a day, backups included."),
    "erase": LazyCommand("maintenance", "Really remove the whole diary."),
    "config": LazyCommand("config", "Show the settings, or change one."),
    "where": LazyCommand("config", "Where the diary lies."),
    "completion": LazyCommand("config", "Print what a shell reads to complete commands."),
    "serve": LazyCommand("screens", "Open the screens in a browser on this machine."),
    "demo": LazyCommand("screens", "Open an invented year, to look around in."),
    "about": LazyCommand("about", "What calmtrack is, and what research says."),
}


class Commands(click.Group):
    """A group whose list of commands is shown without importing them."""

    context_class = LocalizedContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports a command."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        module = import_module(f"tracker.cli.commands.{lazy.module}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return localize(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds a command. Raises UsageError with the nearest names for an unknown one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(_no_command(name), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Completes commands and options."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=translate_help(lazy.help))
            for name, lazy in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.help) for name, lazy in COMMANDS.items()])


def _no_command(name: str) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(name, COMMANDS)
    if nearest:
        return say("usage.no_command_near", text=name, names=", ".join(nearest))
    return say("usage.no_command", text=name)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option(
    "--diary", metavar="FILE_OR_URL", shell_complete=completers.files, help="The diary to use."
)
@click.version_option(__version__, message="calmtrack %(version)s")
@click.pass_context
def calmtrack(context: click.Context, diary: str | None) -> int:
    """A kind evening diary: how calm you felt, and what connected you today.

    Without a command it opens Tonight; without a terminal it prints today.
    """
    open_screens: OpenScreens | None = context.obj
    context.obj = diary
    context.meta[OPEN_SCREENS] = open_screens
    if context.invoked_subcommand is not None:
        return ExitCode.OK
    return launch(location_named(diary), open_screens)


def run(arguments: list[str], open_screens: OpenScreens | None = None) -> int:
    """Runs one command; returns its exit code. `open_screens` runs the app."""
    return run_command(lambda: _run(arguments, open_screens))


def _run(arguments: list[str], open_screens: OpenScreens | None) -> object:
    instruction = os.environ.get(COMPLETION_VARIABLE)
    if instruction:
        return _complete(instruction)
    # Not `calmtrack.main()`, which handles a broken pipe by ending the process itself.
    try:
        with calmtrack.make_context(PROGRAM, arguments, obj=open_screens) as context:
            return calmtrack.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        return fail(_usage_sentence(error), ExitCode.INVALID_INPUT)
    except click.ClickException as error:
        return fail(error.format_message(), ExitCode.INVALID_INPUT)
    except click.Abort:
        return ExitCode.INTERRUPTED


def _complete(instruction: str) -> int:
    """Prints completions, or click's script for a shell; returns the exit code.

    A line that can't be parsed is answered with nothing: whoever types it isn't done with it, and
    the shell would print an error in the middle of it.
    """
    from click.shell_completion import shell_complete

    try:
        return shell_complete(calmtrack, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    except (click.ClickException, KeyError, ValueError, IndexError):
        return ExitCode.FAILED


def _usage_sentence(error: click.UsageError) -> str:
    problem = " ".join(error.format_message().split())
    if not problem.endswith((".", "?")):
        problem += "."
    command = error.ctx.command_path if error.ctx is not None else PROGRAM
    return say("usage.wrong", problem=problem, command=command)
