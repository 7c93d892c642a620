"""Completes arguments in a shell: practices, days, files, settings; and the script for fish.

They run at each press of the tab key, so they read the diary by the fast reader, and return
nothing where it can't be read: an error would be printed in the middle of a line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, FishComplete, add_completion_class

from tracker.cli import COMPLETION_VARIABLE
from tracker.cli.context import location_named
from tracker.errors import CalmtrackError
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.location import Location
    from tracker.models import Practice

Items = list[CompletionItem[str]]


def practices(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Practices in the list."""
    listed, archived = _known(context)
    return _named(listed, [*listed, *archived], typed)


def practices_or_calm(context: click.Context, parameter: click.Parameter, typed: str) -> Items:
    """Practices in the list, and calm."""
    return [*practices(context, parameter, typed), *matching([("calm", "")], typed)]


def every_practice(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Practices in the list, then archived ones."""
    listed, archived = _known(context)
    every = [*listed, *archived]
    return _named(every, every, typed)


def archived(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Archived practices."""
    _listed, archived = _known(context)
    return _named(archived, archived, typed)


def shipped(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Shipped practices that aren't in this diary."""
    from tracker.catalogue import evidence_cards

    present = {one.id for known in _known(context) for one in known}
    return matching(
        ((one.id, one.name) for one in evidence_cards() if one.id not in present), typed
    )


def cards(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Practices that have an evidence card."""
    from tracker.catalogue import evidence_cards

    return matching(((one.id, one.name) for one in evidence_cards()), typed)


def days(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Words for a day up to today, in the languages that are accepted."""
    return _day_words(typed, (0, -1))


def days_ahead(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Words for a day of a plan, in the languages that are accepted."""
    return _day_words(typed, (0, 1))


def _day_words(typed: str, offsets: Collection[int]) -> Items:
    """The first word for each day that is this far from today, and weekdays."""
    from tracker.diary.validation import day_words

    names: dict[str, str] = {}
    for language in day_words():
        words: dict[int, str] = {}
        for word, offset in language.offsets.items():
            words.setdefault(offset, word)
        near = (word for offset, word in words.items() if offset in offsets)
        names |= dict.fromkeys((*near, *language.weekdays), "")
    return matching(names.items(), typed)


def people(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Names in the notes that begin like this, ignoring case and accents, with or without @."""
    from tracker.diary.fast_today import known_names
    from tracker.rules.folding import fold

    sign = "@" if typed.startswith("@") else ""
    try:
        names = known_names(_location(context))
    except CalmtrackError:
        return []
    start = fold(typed.removeprefix(sign))
    return matching(
        (f"{sign}{name}", "")
        for name in names
        if fold(name).startswith(start) and _is_one_word(name)
    )


def files(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Files, completed by the shell."""
    return [CompletionItem(typed, type="file")]


def backups(context: click.Context, parameter: click.Parameter, typed: str) -> Items:
    """Files, and days with a daily backup, newest first."""
    from tracker.diary.diary import Diary
    from tracker.i18n.date_format import format_day

    try:
        days = dict.fromkeys(one.day for one in Diary(_location(context)).maintenance.backups())
    except CalmtrackError:
        days = {}
    dated = matching(((day.isoformat(), format_day(day, year=True)) for day in days), typed)
    # In this order: click's script for bash forgets what comes before files.
    return [*files(context, parameter, typed), *dated]


def _location(context: click.Context) -> Location:
    return location_named(context.find_root().params.get("diary"))


def _known(context: click.Context) -> tuple[list[Practice], list[Practice]]:
    """The diary's practices in the list, and the archived ones; none if it can't be read
    quickly."""
    from tracker.diary.fast_today import known_practices

    try:
        return known_practices(_location(context))
    except CalmtrackError:
        return [], []


def _named(offered: Iterable[Practice], known: Sequence[Practice], typed: str) -> Items:
    """Ids that begin like this, else names that do, ignoring case; no id by which another one of
    the `known` practices would be found."""
    from tracker.diary.practice_lookup import shadowed_words

    shadowed = {one.word for one in shadowed_words(known)}
    words = []
    for practice in offered:
        name = practice.name
        if practice.id.startswith(typed) and practice.id not in shadowed:
            words.append((practice.id, name))
        elif name.casefold().startswith(typed.casefold()) and _is_one_word(name):
            words.append((name, practice.id))
    return matching(words)


def _is_one_word(name: str) -> bool:
    """Whether click's script hands the name on whole.

    That of bash splits at white space and quotes nothing, so that a `$` in it would be expanded
    when the line runs. zsh and fish quote by themselves.
    """
    is_bash = os.environ.get(COMPLETION_VARIABLE, "").startswith("bash")
    return not is_bash or re.fullmatch(r"[\w-]+", name) is not None


def matching(words: Iterable[tuple[str, str]], typed: str = "") -> Items:
    """The words, each with its description or "", that begin like this."""
    return [
        CompletionItem(sanitize_line(word, 60), help=description or None)
        for word, description in words
        if word.startswith(typed)
    ]


class FishCompletion(FishComplete):
    """click's completion for fish. Its script has fish sort practices and days by letter, cuts a
    description at a comma, and offers no files for a path that starts with `~`; here fish itself
    completes the path."""

    source_template = (
        FishComplete.source_template.replace("--no-files", "--no-files --keep-order")
        .replace('string split "," ', 'string split --max 1 "," ')
        .replace(
            "__fish_complete_path $metadata[2]",
            'complete --do-complete ": "(commandline --current-token)',
        )
    )


add_completion_class(FishCompletion)
