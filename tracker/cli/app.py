"""The command itself: which commands there are, loaded only when they are called."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker import __version__
from tracker.cli import COMPLETION_VARIABLE, PROGRAM, completers
from tracker.cli.exit import INTERRUPTED, fail, run_command
from tracker.cli.launch import OpenScreens, launch
from tracker.cli.localized_help import LocalizedContext, localize, translate_help
from tracker.i18n.messages import say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SCREENS = "calmtrack.open_screens"
"""Under this name in a command's context lies what opens the other face."""


class Lazy(NamedTuple):
    """Where a command lives, and its line in the list of commands."""

    module: str
    help: str


COMMANDS = {
    "log": Lazy("log", "Log a practice: one press, or an amount."),
    "calm": Lazy("log", "Rate how calm a day was, 0 to 10."),
    "clear": Lazy("log", "Clear what was logged or rated; notes stay."),
    "rest": Lazy("rest", "Declare rest days, also ahead."),
    "undo": Lazy("undo", "Take back the newest steps."),
    "redo": Lazy("undo", "Do again what was taken back."),
    "today": Lazy("show", "Today, or another day."),
    "week": Lazy("show", "The week in review."),
    "year": Lazy("review", "A year as a heatmap, and what it adds up to."),
    "trend": Lazy("review", "Calm over time."),
    "streaks": Lazy("show", "The figures of every practice."),
    "explain": Lazy("show", "How a streak came about, day by day."),
    "insights": Lazy("insights", "What goes with calmer evenings."),
    "coin": Lazy("coin", "A month in which a coin chooses the days."),
    "support": Lazy("support", "Your own lines for heavy days."),
    "people": Lazy("people", "Who is named in your notes."),
    "jar": Lazy("jar", "Something you were glad of."),
    "status": Lazy("status", "One line for a prompt or a status bar."),
    "nudge": Lazy("nudge", "Say once that tonight is open; silent when it is done."),
    "reminder": Lazy("reminder", "Have the system say each evening that tonight is open."),
    "export": Lazy("import_export", "Write the diary into a file."),
    "import": Lazy("import_export", "Read a file into the diary."),
    "merge": Lazy("merge", "Join the diary of another machine to this one."),
    "practices": Lazy("practices", "List practices, or shape the list."),
    "backup": Lazy("maintenance", "Copy the diary, or list its backups."),
    "restore": Lazy("maintenance", "Put a backup in the diary's place."),
    "doctor": Lazy("maintenance", "Look the diary over, and repair it if told to."),
    "forget": Lazy("maintenance", "Really remove a day, backups included."),
    "erase": Lazy("maintenance", "Really remove the whole diary."),
    "config": Lazy("config", "Show the settings, or change one."),
    "where": Lazy("where", "Where the diary lies."),
    "completion": Lazy("completion", "Print what a shell reads to complete commands."),
    "serve": Lazy("serve", "Open the screens in a browser on this machine."),
    "demo": Lazy("demo", "Open an invented year, to look around in."),
    "about": Lazy("about", "What calmtrack is, and what research says."),
}


class Commands(click.Group):
    """A group whose commands are imported when they are called, not for the list."""

    context_class = LocalizedContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of an evening."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        module = import_module(f"tracker.cli.commands.{lazy.module}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return localize(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; for one there is not, the nearest ones are named."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise click.UsageError(_no_command(name), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Commands and options that begin so; no command is imported for it."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=translate_help(lazy.help))
            for name, lazy in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.help) for name, lazy in COMMANDS.items()])


def _no_command(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS)
    if near:
        return say("usage.no_command_near", text=name, names=", ".join(near))
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
    context.meta[SCREENS] = open_screens
    if context.invoked_subcommand is not None:
        return 0
    from tracker.cli.context import location_named

    return launch(location_named(diary), open_screens)


def run(arguments: list[str], open_screens: OpenScreens | None = None) -> int:
    """Runs one command; returns its exit code: 0, 1 the diary could not, 2 wrong input.

    `open_screens` opens the other face, which this one doesn't know.
    """
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
        return fail(_usage(error), 2)
    except click.ClickException as error:
        return fail(error.format_message(), 2)
    except click.Abort:
        return INTERRUPTED


def _complete(instruction: str) -> int:
    """Prints completions, or click's script for a shell; returns the exit code.

    A line that can't be parsed is answered with nothing: whoever types it isn't done with it, and
    the shell would print an error in the middle of it.
    """
    from click.shell_completion import shell_complete

    try:
        return shell_complete(calmtrack, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    except (click.ClickException, KeyError, ValueError, IndexError):
        return 1


def _usage(error: click.UsageError) -> str:
    problem = " ".join(error.format_message().split())
    if not problem.endswith((".", "?")):
        problem += "."
    command = error.ctx.command_path if error.ctx is not None else "calmtrack"
    return say("usage.wrong", problem=problem, command=command)
