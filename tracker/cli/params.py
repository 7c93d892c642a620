"""Options and arguments that commands share, and how their values are parsed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from tracker.cli import completers
from tracker.cli.output import Format, print_error, print_exact, wrap_sentences
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import N_, _, quoted
from tracker.models import CALM_ID
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice

F = TypeVar("F", bound=Callable[..., Any])

STANDARD_STREAM = "-"
"""Stands for standard input or output where a file is named."""

MAX_INPUT = 1_000_000
"""Bytes of a note read from standard input, far above the longest valid one."""

_FIRST_SENTENCE = re.compile(r"(?<=\.)\s")
"""Separates the sentences of a command's help."""

_NOT_AN_OPTION = re.compile(r"-[0-9\s].*|-[^-\s=]+\s.*", re.DOTALL)
"""A negative number, or text that starts with a dash, as a line of a list does: it has a space."""


def output_options(json_help: str = N_("Print JSON.")) -> Callable[[F], F]:
    """Adds --plain and --json, passed to the command as one `output`."""

    def decorate(command: F) -> F:
        @wraps(command)
        def with_output(*args: Any, json: bool, plain: bool, **values: Any) -> Any:
            if json and plain:
                raise InputError(_("Use either --json or --plain, not both."))
            output = Format.JSON if json else Format.PLAIN if plain else Format.TEXT
            return command(*args, output=output, **values)

        json_option = click.option("--json", is_flag=True, help=json_help)
        plain_help = N_("Print one fact per line, for screen readers.")
        return click.option("--plain", is_flag=True, help=plain_help)(
            json_option(cast("F", with_output))
        )

    return decorate


def practice_or_calm(diary: Diary, text: str) -> Practice | None:
    """The practice that was typed; None for calm. Raises InputError, which for a word like calm
    asks whether it's that."""
    if text.strip().casefold() == CALM_ID:
        return None
    try:
        return diary.practices.find(text)
    except InputError as error:
        from tracker.diary.practice_lookup import is_calm

        if is_calm(text):
            return None
        from difflib import get_close_matches

        if not get_close_matches(text.strip().casefold(), [CALM_ID, _("Calm").casefold()], 1, 0.7):
            raise
        raise InputError(
            _('No practice called "{text}". Did you mean {names}?').format(text=text, names=CALM_ID)
        ) from error


def refuse_option(option: str, other: str) -> NoReturn:
    """Raises InputError for an option that would have no effect beside another."""
    raise InputError(
        _("{option} has no effect with {other}. Leave one of them out.").format(
            option=option, other=other
        )
    )


def require_option(option: str, other: str) -> NoReturn:
    """Raises InputError for an option that has an effect only beside another."""
    raise InputError(_("{option} only works with {other}.").format(option=option, other=other))


def refuse_second_form(output: Format, **others: bool) -> None:
    """Raises InputError where two forms of an answer are asked for; `others` are the options
    beside --json and --plain, without their dashes."""
    forms = {"json": output is Format.JSON, "plain": output is Format.PLAIN, **others}
    given = [f"--{name}" for name, is_given in forms.items() if is_given]
    if len(given) > 1:
        refuse_option(given[1], given[0])


json_option = click.option("--json", is_flag=True, help=N_("Print JSON."))
"""Adds --json to a command whose text has only one form."""


def day_option(meaning: str) -> Callable[[F], F]:
    """Adds --day."""
    return click.option("--day", metavar="D", shell_complete=completers.days, help=meaning)


def day_argument(meaning: str) -> Callable[[F], F]:
    """Adds --day, and [D] for a day of one or several words without it; both are passed to the
    command as one `day`."""

    def decorate(command: F) -> F:
        @wraps(command)
        def with_day(*args: Any, day_words: tuple[str, ...], day: str | None, **values: Any) -> Any:
            if day_words and day is not None:
                refuse_option("--day", quoted(sanitize_line(" ".join(day_words), 40)))
            return command(*args, day=" ".join(day_words) if day_words else day, **values)

        argument = click.argument(
            "day_words", metavar="[D]", nargs=-1, shell_complete=completers.days
        )
        return argument(day_option(meaning)(cast("F", with_day)))

    return decorate


def range_options(first: str, last: str, *, ahead: bool = False) -> Callable[[F], F]:
    """Adds --from and --to with their help, passed to the command as `first` and `last`. A shell
    completes days up to today, or with `ahead` those from today on."""
    days = completers.days_ahead if ahead else completers.days

    def decorate(command: F) -> F:
        for option, name, meaning in (("--to", "last", last), ("--from", "first", first)):
            command = click.option(option, name, metavar="D", shell_complete=days, help=meaning)(
                command
            )
        return command

    return decorate


class SuggestsSubcommands(click.Group):
    """A group that suggests what to type for a command it doesn't have, and lists those it has with
    the first sentence of their translated help: the catalogs have only the whole of it."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        helps = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _FIRST_SENTENCE.split(_(text))[0]) for name, text in helps])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds a command. Raises UsageError for an unknown one, and InputError for an option of
        the group's own before it: that belongs to what the group does without a command."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            from tracker.cli.suggestions import unknown_subcommand

            raise click.UsageError(unknown_subcommand(name, self.commands), ctx)
        given = (one.opts[0] for one in self.params if one.name and ctx.params.get(one.name))
        if (option := next(given, None)) is not None:
            raise InputError(
                _("Put {option} after {command}, if {command} has that option.").format(
                    option=option, command=f'"{name}"'
                )
            )
        return super().resolve_command(ctx, args)


class ExplainsExtraWords(click.Command):
    """A command that says what to type for words that it has no use for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses a command line. Raises UsageError or InputError for such words."""
        typed = list(args)
        # So that click leaves them to us: its own error doesn't hold them.
        ctx.allow_extra_args = True
        extra = super().parse_args(ctx, args)
        if extra and not ctx.resilient_parsing:
            from tracker.cli.suggestions import extra_words

            raise extra_words(extra, typed, ctx)
        return extra


class AllowsLeadingDash(ExplainsExtraWords):
    """A command that takes `-1`, `- a text` and `-a text` as arguments and not as options."""

    def make_parser(self, ctx: click.Context) -> Any:
        """The parser, which takes such a word as an argument. `ignore_unknown_options` would look
        for options in each letter of it, and find -h in "- with Anna"."""
        parser: Any = super().make_parser(ctx)
        process_option = parser._process_opts

        def process(word: str, state: Any) -> None:
            if _NOT_AN_OPTION.fullmatch(word):
                state.largs.append(word)
            else:
                process_option(word, state)

        parser._process_opts = process
        return parser


def parse_day(text: str | None, today: date, *, ahead: bool = False) -> date | None:
    """The day that was typed, if any, as `day_named` reads it. Raises InputError."""
    from tracker.diary.validation import day_named

    return None if text is None else day_named(text, today, ahead=ahead)


def parse_range(
    first: str | None, last: str | None, today: date
) -> tuple[date | None, date | None]:
    """The days of --from and --to, if any, of a range in the past. Raises InputError,
    also for days in the wrong order."""
    from tracker.diary.validation import day_named, days_in_order

    start = None if first is None else day_named(first, today, latest=True)
    end = None if last is None else day_named(last, today, since=start)
    days_in_order(start, end)
    return start, end


def read_note(text: str | None) -> str | None:
    """The note that was given; `-` reads it from standard input, out of sight of `ps`.

    Raises InputError for blanks alone, for input that isn't UTF-8, and for none at all: a closed or
    empty input must not remove a note.
    """
    if text != "-":
        if text and not text.strip():
            raise InputError(
                _(
                    "That note is only spaces, so nothing was saved. Write some text, or remove "
                    'the note with "".'
                )
            )
        return text
    try:
        # Bytes up to a limit, so that a decoding error is reported and /dev/zero ends.
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_INPUT)
        note = data.decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        from tracker.diary.validation import unstorable_note

        raise unstorable_note() from error
    if not note.strip():
        raise InputError(
            _(
                "There was no text on standard input, so the note wasn't changed. To remove a "
                'note, use "" instead of -.'
            )
        )
    return note


def confirm(
    question: str, yes: bool, whole: Iterable[object] = (), *, on_stderr: bool = False
) -> None:
    """Asks for a yes unless `yes` is true. Raises CalmtrackError for any other answer, and where
    it can't be asked. `whole` is as for `wrap_sentences`; the question is asked `on_stderr` where
    standard output is for JSON."""
    if yes:
        return
    show = print_error if on_stderr else print_exact
    lines = wrap_sentences(question, sys.stderr if on_stderr else None, whole=whole)
    try:
        for line in lines[:-1]:
            show(line)
        answer = click.prompt(lines[-1], default="", show_default=False, err=on_stderr)
    except (click.Abort, UnicodeDecodeError, OSError) as error:
        raise CalmtrackError(_("Nothing was changed.")) from error
    if answer.strip().casefold() not in _("y yes").split():
        raise CalmtrackError(_("Nothing was changed."))
