"""Completes arguments in a shell: practices, days, files, settings.

They run at each press of the tab key, so they read the diary by the fast reader, and return
nothing where it can't be read: an error would be printed in the middle of a line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tracker.cli import COMPLETION_VARIABLE
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tracker.models import Practice

Items = list["CompletionItem[str]"]


def practices(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Those in the list: by id, and by name where it is a name that is being typed."""
    return _named(_known(context, archived=False), typed)


def practices_or_calm(context: click.Context, parameter: click.Parameter, typed: str) -> Items:
    """A practice, or calm."""
    return [*practices(context, parameter, typed), *_words([("calm", "")], typed)]


def every_practice(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Archived ones, too."""
    every = [*_known(context, archived=False), *_known(context, archived=True)]
    return _named(every, typed)


def archived(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Those that are out of the list."""
    return _named(_known(context, archived=True), typed)


def shipped(context: click.Context, _: click.Parameter, typed: str) -> Items:
    """Those that come with calmtrack and are not in this diary."""
    from tracker.catalogue.evidence import evidence_cards

    known = {one.id for is_out in (True, False) for one in _known(context, archived=is_out)}
    return _words(((one.id, one.name) for one in evidence_cards() if one.id not in known), typed)


def cards(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Practices that research has something to say about."""
    from tracker.catalogue.evidence import evidence_cards

    return _words(((one.id, one.name) for one in evidence_cards()), typed)


def days(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """Words that stand for a day."""
    from tracker.diary.validation import day_words

    known = day_words()
    names = dict.fromkeys(
        name for one in known for name in (one.today, one.yesterday, *one.weekdays)
    )
    return _words(((name, "") for name in names), typed)


def files(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """The shell knows them itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="file")]


def settings(_: click.Context, __: click.Parameter, typed: str) -> Items:
    """The names of the settings."""
    from tracker.cli.commands.config import SETTINGS

    return _words(((name, "") for name in SETTINGS), typed)


def setting_values(context: click.Context, parameter: click.Parameter, typed: str) -> Items:
    """What the setting that was named can be, where that is one of a few."""
    from tracker.rules.days import WEEKDAYS
    from tracker.settings import LANGUAGE_CHOICES, THEMES

    key = context.params.get("key")
    if key == "diary":
        return files(context, parameter, typed)
    values = {
        "theme": THEMES,
        "language": LANGUAGE_CHOICES,
        "quiet": ("true", "false"),
        "animations": ("true", "false"),
        "week_starts_on": tuple(name.lower() for name in WEEKDAYS),
    }
    return _words(((value, "") for value in values.get(key or "", ())), typed)


def _known(context: click.Context, *, archived: bool) -> list[Practice]:
    from tracker.cli.context import location_named
    from tracker.diary.fast_today import known_practices
    from tracker.errors import CalmtrackError

    try:
        return known_practices(
            location_named(context.find_root().params.get("diary")), archived=archived
        )
    except CalmtrackError:
        return []


def _named(known: Iterable[Practice], typed: str) -> Items:
    """Ids that begin like this, else names that do, ignoring case."""
    words = []
    for practice in known:
        name = sanitize_line(practice.name, 60)
        if practice.id.startswith(typed):
            words.append((practice.id, name))
        elif name.casefold().startswith(typed.casefold()) and _is_one_word(name):
            words.append((name, practice.id))
    return _words(words)


def _is_one_word(name: str) -> bool:
    """Whether click's script hands the name on whole.

    That of bash splits at white space and quotes nothing, so that a `$` in it would be expanded
    when the line runs; that of fish splits at commas. zsh and fish quote by themselves.
    """
    if os.environ.get(COMPLETION_VARIABLE, "").startswith("bash"):
        return re.fullmatch(r"[\w-]+", name) is not None
    return "," not in name


def _words(words: Iterable[tuple[str, str]], typed: str = "") -> Items:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(sanitize_line(word, 60), help=about or None)
        for word, about in words
        if word.startswith(typed)
    ]
