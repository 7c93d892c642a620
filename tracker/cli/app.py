"""The command `calmtrack`: its subcommands, each module imported only when it is called, and the
translation of help and usage errors, our texts and click's own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

import click
import click.core
import click.exceptions
import click.formatting
import click.parser
import click.types
from click.shell_completion import CompletionItem, shell_complete

from tracker import __version__
from tracker.cli import COMPLETION_VARIABLE, PROGRAM, completers
from tracker.cli.context import location_named
from tracker.cli.exit import ExitCode, fail, run_command
from tracker.cli.output import WITHOUT_DIARY, name_diary
from tracker.cli.quick_commands import OPEN_SCREENS, OpenScreens, launch
from tracker.i18n.messages import N_, _, ngettext


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Marks a message with a plural form for extraction."""
    return one, many


CLICK_MESSAGES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Choose from:\n\t{choices}"),
    N_("Missing command."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
"""click's messages that someone can see, for the catalogs."""

CLICK_PLURALS = (
    ngettext_noop("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ngettext_noop(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    ),
    ngettext_noop(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."
    ),
    ngettext_noop("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)

_CLICK_MODULES = (click.core, click.exceptions, click.formatting, click.parser, click.types)


def translate_click() -> None:
    """Has click's own messages translated by our catalogs.

    Its modules import `gettext` by name, which knows the language of the environment and not
    that of the settings. Without this they would be in English.
    """
    for module in _CLICK_MODULES:
        vars(module).update({"_": _, "ngettext": ngettext})


NARROWEST_TEXT = 24
"""Columns for the help beside options or commands, if need be with some of those above it."""

_UNBROKEN_HYPHEN = "\N{NON-BREAKING HYPHEN}"


class LocalizedFormatter(click.HelpFormatter):
    """Writes help, which is marked in the code, in the language of this run; wraps it at spaces
    only, so that options and examples stay whole, and also for terminals narrower than click's
    own 50 columns."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        super().__init__(indent_increment, width, max_width)
        if width is None:
            from shutil import get_terminal_size

            narrowest = indent_increment + NARROWEST_TEXT
            self.width = min(self.width, max(get_terminal_size().columns - 2, narrowest))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _unbroken(args), prefix)

    def write_text(self, text: str) -> None:
        super().write_text(_unbroken(_(text)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Writes options or commands, each with its help and, after two spaces, what click adds
        to it ("[required]")."""
        translated = []
        for term, meaning in rows:
            text, spaces, more = meaning.partition("  [")
            translated.append((term, _unbroken(_(text) + spaces + more)))
        available = self.width - self.current_indent - col_spacing
        super().write_dl(translated, min(col_max, available - NARROWEST_TEXT), col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_UNBROKEN_HYPHEN, "-")


def _unbroken(text: str) -> str:
    """The text with hyphens at which click doesn't wrap it; `getvalue` replaces them."""
    return text.replace("-", _UNBROKEN_HYPHEN)


class LocalizedContext(click.Context):
    """A context whose help is translated."""

    formatter_class = LocalizedFormatter


def localize(command: click.Command) -> click.Command:
    """Has the help of a command and its subcommands translated; returns the command."""
    command.context_class = LocalizedContext
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            localize(subcommand)
    return command


translate_click()


class LazyCommand(NamedTuple):
    """The module of a command in `cli.commands`, and its line in the list of commands."""

    module: str
    help: str


COMMANDS = {
    "log": LazyCommand("log", N_("Log a practice, with or without an amount.")),
    "note": LazyCommand("log", N_("Write a note for a practice or your calm.")),
    "calm": LazyCommand("log", N_("Rate how calm a day was, from 0 to 10.")),
    "clear": LazyCommand("log", N_("Clear what you logged or rated. Notes stay.")),
    "rest": LazyCommand("log", N_("Set rest days: today, ahead or in the past.")),
    "undo": LazyCommand("log", N_("Undo the last change, or the last few.")),
    "redo": LazyCommand("log", N_("Redo what you undid.")),
    "today": LazyCommand("show", N_("Show today, or another day.")),
    "week": LazyCommand("show", N_("Show a week: calm and every practice, day by day.")),
    "month": LazyCommand("show", N_("Show a month as a calendar, with its totals.")),
    "year": LazyCommand("show", N_("Show a year as a heatmap, with its totals.")),
    "journal": LazyCommand("journal", N_("Show your evenings with their notes.")),
    "search": LazyCommand("journal", N_("Find words in your notes.")),
    "on-this-day": LazyCommand("journal", N_("Show what you wrote a week, a month, years ago.")),
    "recap": LazyCommand("show", N_("Show a month or a year on one page, to read or to share.")),
    "trend": LazyCommand("show", N_("Show your calm over time.")),
    "streaks": LazyCommand("show", N_("Show the streaks and totals of your practices.")),
    "explain": LazyCommand("show", N_("Explain a streak, day by day.")),
    "insights": LazyCommand("insights", N_("Show what goes with your calmer evenings.")),
    "coin": LazyCommand("insights", N_("Try a practice for a month, on days a coin chooses.")),
    "support": LazyCommand("notes", N_("Show or edit your support messages for hard days.")),
    "prompts": LazyCommand("notes", N_("Show or edit the questions asked above a note.")),
    "people": LazyCommand("notes", N_("Show who you mention in your notes.")),
    "jar": LazyCommand("notes", N_("Show something you were grateful for.")),
    "status": LazyCommand("show", N_("Print one line for a prompt or a status bar.")),
    "nudge": LazyCommand(
        "reminder", N_("Send tonight's reminder, unless you've rated the evening.")
    ),
    "reminder": LazyCommand("reminder", N_("Set up an evening reminder.")),
    "export": LazyCommand("import_export", N_("Export the diary to a file.")),
    "import": LazyCommand("import_export", N_("Import from a file, or from another tracker.")),
    "merge": LazyCommand("import_export", N_("Merge another copy of the diary into this one.")),
    "practices": LazyCommand("practices", N_("List, add and change your practices.")),
    "backup": LazyCommand("maintenance", N_("Back up the diary, or list its backups.")),
    "restore": LazyCommand("maintenance", N_("Restore the diary from a backup.")),
    "doctor": LazyCommand("maintenance", N_("Check the diary, and repair it with --repair.")),
    "forget": LazyCommand("maintenance", N_("Permanently delete a day, also from backups.")),
    "erase": LazyCommand("maintenance", N_("Permanently delete the diary and its backups.")),
    "config": LazyCommand("config", N_("Show or change the settings.")),
    "where": LazyCommand("config", N_("Show where the diary is stored.")),
    "completion": LazyCommand("config", N_("Print the completion script for your shell.")),
    "serve": LazyCommand("screens", N_("Open calmtrack in a browser on this computer.")),
    "demo": LazyCommand("screens", N_("Try calmtrack with a made-up year.")),
    "about": LazyCommand("about", N_("Show what calmtrack is, and what research says.")),
}


_DIARY_HELP = N_("The diary to use: a file or a database URL.")


def _choose_diary(context: click.Context, _parameter: click.Parameter, diary: str | None) -> None:
    """Has the command use this diary. Raises UsageError where one is named before it, too."""
    root = context.find_root()
    if diary is None:
        return
    if root.params.get("diary") is not None:
        raise click.UsageError(_("Use --diary only once."), context)
    root.params["diary"] = root.obj = diary
    name_diary(diary)


def _add_diary_option(command: click.Command, name: str) -> None:
    """Adds --diary to a command and its subcommands, so that it can be written after them."""
    if name not in WITHOUT_DIARY and all(
        parameter.callback is not _choose_diary for parameter in command.params
    ):
        command.params.append(
            click.Option(
                ["--diary"],
                metavar="FILE_OR_URL",
                expose_value=False,
                callback=_choose_diary,
                shell_complete=completers.files,
                help=_DIARY_HELP,
            )
        )
    if isinstance(command, click.Group):
        for subcommand_name, subcommand in command.commands.items():
            _add_diary_option(subcommand, f"{name} {subcommand_name}")


class Commands(click.Group):
    """A group whose list of commands is shown without importing them."""

    context_class = LocalizedContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        module = import_module(f"tracker.cli.commands.{lazy.module}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        _add_diary_option(command, cmd_name)
        return localize(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds a command. Raises UsageError that suggests what to type for an unknown
        one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from tracker.cli.suggestions import unknown_command

            raise click.UsageError(unknown_command(name, COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=_(lazy.help))
            for name, lazy in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, lazy.help) for name, lazy in COMMANDS.items()])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    help=N_(
        "An evening diary for your terminal: how calm you felt, and what connected "
        "you today.\n"
        "\n"
        "Without a command, calmtrack opens Tonight, the screen for this evening. If "
        "there's no terminal, it prints what you logged today."
    ),
)
@click.option("--diary", metavar="FILE_OR_URL", shell_complete=completers.files, help=_DIARY_HELP)
@click.version_option(__version__, message="calmtrack %(version)s")
@click.pass_context
def calmtrack(context: click.Context, diary: str | None) -> int:
    open_screens: OpenScreens | None = context.obj
    context.obj = diary
    name_diary(diary)
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
        # click takes words out of the list that it parses.
        with calmtrack.make_context(PROGRAM, [*arguments], obj=open_screens) as context:
            return calmtrack.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        return fail(_usage_sentence(error, arguments), ExitCode.INVALID_INPUT)
    except click.ClickException as error:
        return fail(error.format_message(), ExitCode.INVALID_INPUT)
    except click.Abort:
        return ExitCode.INTERRUPTED


def _complete(instruction: str) -> int:
    """Prints completions, or click's script for a shell; returns the exit code.

    A line that can't be parsed is answered with nothing: whoever types it isn't done with it, and
    the shell would print an error in the middle of it.
    """
    try:
        return shell_complete(calmtrack, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    except (click.ClickException, KeyError, ValueError, IndexError):
        return ExitCode.FAILED


def _usage_sentence(error: click.UsageError, arguments: list[str]) -> str:
    problem = error.format_message()
    if isinstance(error, click.NoSuchOption):
        from tracker.cli.suggestions import unknown_option

        problem = unknown_option(error, arguments)
    problem = " ".join(problem.split())
    if not problem.endswith((".", "?")):
        problem += "."
    if error.ctx is not None:
        command = error.ctx.command_path
    else:
        # click's parser doesn't say whose option lacks its argument.
        name = next((word for word in arguments if word in COMMANDS), "")
        command = f"{PROGRAM} {name}".rstrip()
    return _('{problem} Run "{command} --help" to see how it\'s used.').format(
        problem=problem, command=command
    )
