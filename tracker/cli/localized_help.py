"""Translates click's help: the English stands in the code, translations in `help_texts`."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import click

from tracker.i18n.messages import translate_label

SECTION = "help_texts"


def translate_help(text: str) -> str:
    """Translates a help text paragraph by paragraph; each becomes one line."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(translate_label(" ".join(one.split()), SECTION) for one in paragraphs)


def translate_option_help(meaning: str) -> str:
    """Translates an option's help, and what click adds to it after two spaces ("[required]")."""
    text, spaces, more = meaning.partition("  [")
    return translate_help(text) + (spaces and f"  {translate_label('[' + more, SECTION)}")


class LocalizedFormatter(click.HelpFormatter):
    """Writes help in the language of this run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes the usage line."""
        super().write_usage(prog, args, prefix or f"{translate_label('Usage:', SECTION)} ")

    def write_heading(self, heading: str) -> None:
        """Writes a heading."""
        super().write_heading(translate_label(heading, SECTION))

    def write_text(self, text: str) -> None:
        """Writes paragraphs."""
        super().write_text(translate_help(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Writes options or commands, each with its help."""
        translated = [(term, translate_option_help(meaning)) for term, meaning in rows]
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
