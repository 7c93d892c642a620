"""Translates help and usage errors: our texts, and click's own."""

from __future__ import annotations

from collections.abc import Iterable

import click
import click.core
import click.exceptions
import click.formatting
import click.parser
import click.types

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


class LocalizedFormatter(click.HelpFormatter):
    """Writes help, which is marked in the code, in the language of this run."""

    def write_text(self, text: str) -> None:
        """Writes paragraphs."""
        super().write_text(_(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Writes options or commands, each with its help and, after two spaces, what click adds
        to it ("[required]")."""
        translated = []
        for term, meaning in rows:
            text, spaces, more = meaning.partition("  [")
            translated.append((term, _(text) + spaces + more))
        super().write_dl(translated, col_max, col_spacing)


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
