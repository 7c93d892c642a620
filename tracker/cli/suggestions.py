"""What to type instead of a command or an option that calmtrack doesn't have: by meaning where a
table knows the word, else the nearest spelling. Imported only for an error."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from shlex import quote

import click

from tracker import clock
from tracker.catalogue import practice_templates
from tracker.cli import PROGRAM
from tracker.diary.validation import day_named
from tracker.errors import InputError
from tracker.i18n.messages import _, ngettext
from tracker.sanitize import sanitize_line

COMMAND_LINES = {
    **dict.fromkeys(("tonight", "now", "day"), ("", "today")),
    **dict.fromkeys(("open", "start", "run", "app", "tui", "ui"), ("",)),
    "yesterday": ("today yesterday",),
    **dict.fromkeys(
        ("add", "new", "create"), ("log hug", "practices add 'Play the piano'", "note calm 'Rain'")
    ),
    **dict.fromkeys(("did", "done", "track", "check", "tick", "entry"), ("log hug",)),
    **dict.fromkeys(("checkin", "check-in"), ("calm 7", "log hug")),
    **dict.fromkeys(("mood", "rate", "score", "feeling", "rating"), ("calm 7",)),
    **dict.fromkeys(("write", "comment", "gratitude"), ("note calm 'Rain'", "jar")),
    **dict.fromkeys(("history", "diary", "entries", "evenings", "notes", "read"), ("journal",)),
    **dict.fromkeys(("list", "ls", "habits", "habit", "practice", "goals"), ("practices",)),
    **dict.fromkeys(("show", "view", "overview"), ("today", "week", "journal")),
    **dict.fromkeys(("stats", "statistics", "summary", "totals"), ("streaks", "recap")),
    **dict.fromkeys(("report", "review"), ("recap",)),
    **dict.fromkeys(("graph", "chart", "plot"), ("trend", "year")),
    **dict.fromkeys(("calendar", "heatmap"), ("month", "year")),
    **dict.fromkeys(("patterns", "pattern", "correlations"), ("insights",)),
    **dict.fromkeys(("find", "grep"), ("search anna",)),
    **dict.fromkeys(("delete", "remove", "rm"), ("clear hug", "practices delete hug")),
    **dict.fromkeys(("edit", "rename", "goal"), ("practices edit hug",)),
    **dict.fromkeys(("archive", "unarchive"), ("practices archive hug", "practices restore hug")),
    **dict.fromkeys(("settings", "setting", "preferences", "options", "set"), ("config",)),
    **dict.fromkeys(("language", "lang"), ("config language",)),
    **dict.fromkeys(("holiday", "vacation", "pause", "skip", "sick"), ("rest --all",)),
    **dict.fromkeys(("remind", "notify"), ("reminder",)),
    **dict.fromkeys(("save", "dump"), ("backup", "export")),
    "sync": ("merge other.db",),
    **dict.fromkeys(("path", "location"), ("where",)),
    **dict.fromkeys(("repair", "fix"), ("doctor",)),
    **dict.fromkeys(("web", "browser"), ("serve",)),
    **dict.fromkeys(("sample", "example", "tour"), ("demo",)),
    "version": ("--version",),
}
"""What a word may have been meant for, as it is typed after the name of the program."""

SUBCOMMANDS = {
    **dict.fromkeys(("new", "create"), ("add",)),
    **dict.fromkeys(("delete", "remove", "rm"), ("delete", "remove")),
    **dict.fromkeys(("hide", "stop"), ("archive",)),
    "unarchive": ("restore",),
    **dict.fromkeys(("rename", "change", "set"), ("edit",)),
    **dict.fromkeys(("ls", "all", "show"), ("list", "status")),
}
"""The same for the commands of a group, as far as the group has them."""

OPTION_SYNONYMS = {
    **dict.fromkeys(("--date", "--on", "--when", "-d"), "--day"),
    **dict.fromkeys(("--since", "--start", "--begin", "--after"), "--from"),
    **dict.fromkeys(("--until", "--till", "--end", "--before"), "--to"),
    **dict.fromkeys(("--output", "--out", "--file", "-f"), "-o"),
    **dict.fromkeys(("--force", "--no-confirm", "-y"), "--yes"),
    **dict.fromkeys(("--yes", "--overwrite"), "--force"),
    **dict.fromkeys(("--message", "--comment", "--text", "-m", "-n"), "--note"),
    **dict.fromkeys(("--limit", "--last"), "--days"),
    **dict.fromkeys(("--minutes", "--times", "--count", "--daily-goal"), "--amount"),
    **dict.fromkeys(("--letter", "--shortcut"), "--key"),
    **dict.fromkeys(("--db", "--database", "--path"), "--diary"),
    "--lang": "--language",
    "--md": "--markdown",
    "-q": "--quiet",
    **dict.fromkeys(("-v", "-V"), "--version"),
}
"""The name that calmtrack has for what an option is called elsewhere."""

INSTEAD_OF_OPTION = {
    ("", "--day"): ("calmtrack today {day}",),
    ("", "--json"): ("calmtrack today --json",),
    ("", "--language"): ("calmtrack config language",),
    ("calm", "--score"): ("calmtrack calm 7",),
    ("export", "--csv"): ("--format csv",),
    ("export", "--day"): ("--from", "--to"),
    ("export", "--json"): ("--format json",),
    ("export", "--markdown"): ("calmtrack journal --markdown",),
    ("forget", "--day"): ("calmtrack forget {day}",),
    ("import", "--format"): ("--source",),
    ("journal", "--all"): ("--from 2020-01-01",),
    ("journal", "--day"): ("calmtrack journal {day}", "calmtrack today {day}"),
    ("log", "--amount"): ("calmtrack log hug 2",),
    ("month", "--day"): ("calmtrack month {day}",),
    ("on-this-day", "--day"): ("calmtrack today {day}",),
    ("practices add", "--goal"): ("--amount", "--days-per-week"),
    ("practices edit", "--goal"): ("--amount", "--days-per-week"),
    ("prompts", "--add"): ("calmtrack prompts add 'What was new?'",),
    ("prompts", "--remove"): ("calmtrack prompts remove 1",),
    ("recap", "--day"): ("calmtrack recap {day}",),
    ("recap", "-o"): ("--html", "--svg"),
    ("rest", "--day"): ("--from",),
    ("search", "--day"): ("--from", "--to"),
    ("status", "--day"): ("calmtrack today {day}",),
    ("trend", "--day"): ("--days",),
    ("undo", "--day"): ("calmtrack clear hug --day {day}",),
    ("year", "--day"): ("calmtrack year {year}",),
}
"""What to type for an option that a command, named as after the program, hasn't got; with the day
that was typed after it, or its year."""

INSTEAD_OF_DAY = {
    "export": "calmtrack export --from {day} --to {day}",
    "on-this-day": "calmtrack today {day}",
    "status": "calmtrack today {day}",
}
"""What to type for a day after a command, named as after the program, that takes none."""

INSTEAD_OF_WORDS = {
    "calm": "--note 'A long day'",
    "export": "-o diary.csv",
    "trend": "--days {number}",
}
"""The same for other words; the number is what was typed, or N."""

CLOSENESS = 0.8
"""How alike an option has to be, without its dashes, by difflib's ratio: "dairy" is to "diary",
"day" isn't."""


def unknown_command(name: str, commands: Collection[str]) -> str:
    """The message for a command that calmtrack doesn't have."""
    lines = COMMAND_LINES.get(name.casefold())
    if name in map(str, range(11)):
        lines = (f"calm {name}",)
    elif lines is None and name.casefold() in {one.id for one in practice_templates()}:
        lines = (f"log {name.casefold()}",)
    if lines is None and _is_day(name):
        lines = (f"today {name}",)
    if lines is None:
        return _unknown_command(name, get_close_matches(name.casefold(), commands))
    return _unknown_command(name, [f"{PROGRAM} {line}".strip() for line in lines], quoted=True)


def extra_words(extra: Sequence[str], typed: Sequence[str], context: click.Context) -> Exception:
    """The error for words that a command has no use for, as part of all that were `typed` after
    it: a day is for --day, and a note of several words needs quotation marks."""
    others = list(typed)
    for word in reversed(extra):
        del others[len(others) - 1 - others[::-1].index(word)]
    text = " ".join(extra)
    name = context.command_path.removeprefix(PROGRAM).strip()
    if (
        name == "calm"
        and (first := context.params["score"]) in others
        and not first.isdecimal()
        and _is_day(first)
    ):
        # The score came after the day.
        others[others.index(first)], text = text, first
    has_day = any("--day" in parameter.opts for parameter in context.command.params)
    if has_day and "--day" not in typed and _is_day(text):
        return misplaced_day(text, "--day", [context.command_path, *others, "--day", text])
    if name == "note" and (first := context.params["text"]) in others:
        note = " ".join((first, *extra))
        others[others.index(first)] = note
        message = _('A note of several words needs quotation marks. For example "{command}".')
        return InputError(message.format(command=command_line([context.command_path, *others])))
    problem = ngettext(
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
        len(extra),
    ).format(args=sanitize_line(text, 80))
    for_day = INSTEAD_OF_DAY.get(name) if _is_day(text) else None
    if instead := for_day or INSTEAD_OF_WORDS.get(name):
        number = text if text.isdecimal() else "N"
        names = f'"{instead}"'.format(day=quote(sanitize_line(text, 40)), number=number)
        problem = _("{problem} Did you mean {names}?").format(problem=f"{problem}.", names=names)
    return click.UsageError(problem, context)


def misplaced_day(text: str, option: str, words: Sequence[str]) -> InputError:
    """The error for a day that has to follow an option, with the command and the words to type."""
    return InputError(
        _('"{text}" is a day. A day goes after {option}. For example "{command}".').format(
            text=sanitize_line(text, 40), option=option, command=command_line(words)
        )
    )


def command_line(words: Sequence[str]) -> str:
    """A command to type, and its words quoted for a shell."""
    command, *others = words
    return " ".join([command, *(quote(sanitize_line(word, 60)) for word in others)])


def _is_day(text: str) -> bool:
    with suppress(InputError):
        day_named(text, clock.now().date())
        return True
    return False


def unknown_subcommand(name: str, commands: Collection[str]) -> str:
    """The message for a command that a group doesn't have."""
    meant = [one for one in SUBCOMMANDS.get(name.casefold(), ()) if one in commands]
    return _unknown_command(name, meant or get_close_matches(name.casefold(), commands))


def _unknown_command(name: str, possibilities: Iterable[str], *, quoted: bool = False) -> str:
    if names := ", ".join(f'"{one}"' if quoted else one for one in possibilities):
        return _('No command called "{text}". Did you mean {names}?').format(text=name, names=names)
    return _('No command called "{text}".').format(text=name)


def unknown_option(error: click.NoSuchOption, arguments: Sequence[str]) -> str:
    """The message for an option that a command doesn't have; `arguments` are all that was typed."""
    option = error.option_name
    possibilities: Collection[str] = ()
    if error.ctx is not None:
        possibilities = _option_moved(option, error.ctx, arguments) or _options_meant(
            option, error.ctx, _value_of(option, arguments)
        )
    if not possibilities:
        return error.message
    names = ", ".join(f'"{one}"' if " " in one else one for one in possibilities)
    # Translators: {problem} is a sentence such as "No such option '--dat'."
    return _("{problem} Did you mean {names}?").format(problem=error.message, names=names)


def _option_moved(option: str, context: click.Context, arguments: Sequence[str]) -> Collection[str]:
    """What to type where an option of a command was typed before it: all of it, with the option at
    the end."""
    if not isinstance(context.command, click.Group) or context.parent is not None:
        return ()
    for place, word in enumerate(arguments):
        command = context.command.get_command(context, word)
        if command is not None and any(option in one.opts for one in command.params):
            return [command_line([PROGRAM, *arguments[place:], *arguments[:place]])]
    return ()


def _with_day(lines: Collection[str], value: str) -> Collection[str]:
    """The lines with a day that was typed; without one, those that need none."""
    try:
        year = day_named(value, clock.now().date()).year
    except InputError:
        return [line for line in lines if "{" not in line]
    return [line.format(day=quote(sanitize_line(value, 40)), year=year) for line in lines]


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """What was typed as the value of an option; "" for nothing."""
    words = iter(arguments)
    for word in words:
        name, is_joined, value = word.partition("=")
        if name == option:
            return value if is_joined else next(words, "")
    return ""


def _options_meant(typed: str, context: click.Context, value: str) -> Collection[str]:
    options = [
        option
        for parameter in context.command.get_params(context)
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    ]
    meant = OPTION_SYNONYMS.get(typed, typed)
    if meant in options:
        return [meant]
    command = context.command_path.removeprefix(PROGRAM).strip()
    if instead := INSTEAD_OF_OPTION.get((command, meant)):
        return _with_day(instead, value)
    by_word = {option.lstrip("-"): option for option in options}
    word = typed.lstrip("-")
    nearest = get_close_matches(word, by_word, cutoff=CLOSENESS)
    nearest += [
        one
        for one in by_word
        if sorted(one) == sorted(word) or (len(word) > 2 and one.startswith(word))
    ]
    return [by_word[one] for one in dict.fromkeys(nearest)]
