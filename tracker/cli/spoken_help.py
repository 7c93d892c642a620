"""The help of a command in the language of this run: its English stands in the code, and what
another language says in its place stands in that language's words."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import click

from tracker.words import label

PART = "help_texts"


def in_language(text: str) -> str:
    """A text of help, paragraph by paragraph, each on one line."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(label(" ".join(one.split()), PART) for one in paragraphs)


def meaning_in_language(meaning: str) -> str:
    """What an option means; behind two spaces click adds whether it is required."""
    text, spaces, more = meaning.partition("  [")
    return in_language(text) + (spaces and f"  {label('[' + more, PART)}")


class SpokenFormatter(click.HelpFormatter):
    """Writes what click has it write in the language of this run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, args, prefix or f"{label('Usage:', PART)} ")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        super().write_heading(label(heading, PART))

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        super().write_text(in_language(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options or commands, each with its meaning."""
        told = [(term, meaning_in_language(meaning)) for term, meaning in rows]
        super().write_dl(told, col_max, col_spacing)


class SpokenContext(click.Context):
    """A context whose help is spoken."""

    formatter_class = SpokenFormatter


def speaking(command: click.Command) -> click.Command:
    """The command, it and those below it with spoken help."""
    command.context_class = SpokenContext
    if isinstance(command, click.Group):
        for below in command.commands.values():
            speaking(below)
    return command
