"""The help of a command in the language of this run: its English stands in the code, and what
another language says in its place stands in that language's words."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import click

from tracker.i18n.messages import translate_label

PART = "help_texts"


def translate_help(text: str) -> str:
    """A text of help, paragraph by paragraph, each on one line."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(translate_label(" ".join(one.split()), PART) for one in paragraphs)


def translate_option_help(meaning: str) -> str:
    """What an option means; behind two spaces click adds whether it is required."""
    text, spaces, more = meaning.partition("  [")
    return translate_help(text) + (spaces and f"  {translate_label('[' + more, PART)}")


class LocalizedFormatter(click.HelpFormatter):
    """Writes what click has it write in the language of this run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, args, prefix or f"{translate_label('Usage:', PART)} ")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        super().write_heading(translate_label(heading, PART))

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        super().write_text(translate_help(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options or commands, each with its meaning."""
        told = [(term, translate_option_help(meaning)) for term, meaning in rows]
        super().write_dl(told, col_max, col_spacing)


class LocalizedContext(click.Context):
    """A context whose help is spoken."""

    formatter_class = LocalizedFormatter


def localize(command: click.Command) -> click.Command:
    """The command, it and those below it with spoken help."""
    command.context_class = LocalizedContext
    if isinstance(command, click.Group):
        for below in command.commands.values():
            localize(below)
    return command
