"""The manual page, made from the same help that the commands give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from tracker.cli.localized_help import translate_help, translate_option_help
from tracker.i18n.messages import say

ENVIRONMENT = (
    *("CALMTRACK_HOME", "CALMTRACK_DATABASE_URL", "CALMTRACK_NOW", "CALMTRACK_ASCII"),
    *("NO_COLOR", "TEXTUAL_ANIMATIONS"),
)
EXITS = (0, 1, 2)


def manual(context: click.Context, version: str) -> Iterator[str]:
    """The page of a command and all below it, as lines of troff with the man macros."""
    name = context.command_path
    about, *more = _paragraphs(context.command)
    yield f'.TH {_quoted(name.upper())} 1 "" {_quoted(f"{name} {version}")}'
    yield from (".SH NAME", f"{name} \\- {_text(about.rstrip('.'))}")
    yield from (".SH SYNOPSIS", _synopsis(context))
    yield ".SH DESCRIPTION"
    yield from _flowing(more)
    yield ".PP"
    yield from _flowing([say("man.keys"), say("man.days")])
    yield ".SH OPTIONS"
    yield from _options(context)
    yield ".SH COMMANDS"
    yield from _commands(context)
    yield ".SH ENVIRONMENT"
    for variable in ENVIRONMENT:
        yield from _item(variable, say(f"man.{variable.lower()}"))
    yield ".SH EXIT STATUS"
    for code in EXITS:
        yield from _item(str(code), say(f"man.exit_{code}"))


def _commands(context: click.Context) -> Iterator[str]:
    """Every command below this one, those of a family behind their head."""
    group = context.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = click.Context(command, info_name=name, parent=context)
        yield f".SS {_quoted(' '.join(below.command_path.split()[1:]))}"
        yield from (_synopsis(below), ".PP")
        yield from _flowing(_paragraphs(command))
        yield from _options(below)
        if isinstance(command, click.Group):
            yield from _commands(below)


def _synopsis(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f"\\fB{_text(context.command_path)}\\fR {_text(pieces)}"


def _options(context: click.Context) -> Iterator[str]:
    for one in context.command.get_params(context):
        record = one.get_help_record(context)
        # How to ask for help is told once, at the top.
        if record is None or not isinstance(one, click.Option):
            continue
        if context.parent is None or "--help" not in one.opts:
            yield from _item(record[0], translate_option_help(record[1]))


def _paragraphs(command: click.Command) -> list[str]:
    return translate_help(command.help or "").split("\n\n")


def _flowing(paragraphs: Iterable[str]) -> Iterator[str]:
    for place, paragraph in enumerate(paragraphs):
        if place:
            yield ".PP"
        yield _text(paragraph)


def _item(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", f"\\fB{_text(term)}\\fR", _text(meaning))


def _text(text: str) -> str:
    """A line that troff prints as it stands: a `-` that can be typed, and no request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    return '"' + _text(text).replace('"', "\\(dq") + '"'
