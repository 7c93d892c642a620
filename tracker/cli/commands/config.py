"""The settings, in the diary and on this machine; where the diary is; completion in a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from tracker.cli import COMPLETION_VARIABLE, PROGRAM, completers
from tracker.cli.context import get_diary, location_named
from tracker.cli.output import (
    Format,
    print_done,
    print_exact,
    print_json,
    print_lines,
    write,
)
from tracker.cli.params import json_option, output_options
from tracker.diary import validation
from tracker.errors import InputError
from tracker.files import is_missing_or_empty
from tracker.i18n.date_format import format_day, humanize_age
from tracker.i18n.messages import N_, _, set_language
from tracker.i18n.setting_words import language_words, theme_words
from tracker.location import settings_path
from tracker.rules.days import WEEKDAYS
from tracker.rules.folding import fold
from tracker.sanitize import sanitize_line
from tracker.settings import (
    BOOLEAN_KEYS,
    THEMES,
    language_choices,
    read_settings,
    write_setting,
)

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


_FROM_NEXT_START = N_("If calmtrack is open now, it uses this from its next start.")
"""An open app rereads its other settings at once."""

_NO_DIARY_YET = N_(
    "There's no diary at this location yet. It's created when you first log something."
)


IN_DIARY = ("day_turns_at", "week_starts_on")
KEYS = (*IN_DIARY, "theme", *BOOLEAN_KEYS, "language", "diary")


def _value(diary: Diary, key: str) -> str:
    """The value of a setting; the diary's location without its password."""
    if key == "day_turns_at":
        return diary.settings().day_turns_at.isoformat("minutes")
    if key == "week_starts_on":
        return WEEKDAYS[diary.settings().week_starts_on].lower()
    value = str(getattr(read_settings().settings, key))
    if key == "diary" and "://" in value:
        return location_named(value, check_folder=False).label
    return value.lower() if key in BOOLEAN_KEYS else value


def _change(diary: Diary, key: str, text: str) -> None:
    """Changes a setting to the value that was typed. Raises InputError."""
    if key == "day_turns_at":
        diary.set_day_turns_at(validation.day_turn(text))
    elif key == "week_starts_on":
        diary.set_week_starts_on(validation.weekday_named(text))
    elif key == "diary":
        _set_location(text)
    elif key in BOOLEAN_KEYS:
        write_setting(key, _parse_boolean(text))
    elif key == "theme":
        write_setting(key, _parse_choice(text, THEMES, theme_words))
    else:
        choice = _parse_choice(text, language_choices(), language_words)
        write_setting(key, choice)
        set_language(choice)


def _set_location(text: str) -> None:
    """Stores a path absolute: a relative one would name another diary in every folder. A word for
    the default location stores an empty one."""
    if not text.strip():
        raise InputError(
            _(
                "The diary's path can't be empty. To use the default location, run "
                '"calmtrack config diary default".'
            )
        )
    if text.strip().casefold() in ("default", _("default location").casefold()):
        write_setting("diary", "")
        return
    path = location_named(text, check_folder=False).path
    write_setting("diary", text if path is None else str(path))


def _parse_boolean(text: str) -> bool | str:
    """The value of a word that click accepts for one, such as yes, off or 1, or of such a word in
    the current language; the text itself for another, which `write_setting` refuses."""
    word = fold(text.strip())
    if word in (fold(_("yes")), fold(_("on"))):
        return True
    if word in (fold(_("no")), fold(_("off"))):
        return False
    try:
        return bool(click.BOOL.convert(word, None, None))
    except click.BadParameter:
        return text


def _parse_choice(text: str, choices: Iterable[str], words: Callable[[str], str]) -> str:
    """The choice that is typed, or that Settings shows by these words, with or without what is in
    parentheses there; the text itself for none, which `write_setting` refuses."""
    typed = fold(text.strip())
    for choice in choices:
        shown = fold(words(choice))
        if typed in (fold(choice), shown, shown.partition(" (")[0]):
            return choice
    return text


def _complete_keys(_: click.Context, __: click.Parameter, typed: str) -> completers.Items:
    return completers.matching(((name, "") for name in KEYS), typed)


def _complete_values(
    context: click.Context, parameter: click.Parameter, typed: str
) -> completers.Items:
    key = context.params.get("key")
    if key == "diary":
        return completers.files(context, parameter, typed)
    values = {
        "theme": THEMES,
        "language": language_choices(),
        **dict.fromkeys(BOOLEAN_KEYS, ("true", "false")),
        "week_starts_on": tuple(name.lower() for name in WEEKDAYS),
    }
    return completers.matching(((value, "") for value in values.get(key or "", ())), typed)


@click.command("config", help=N_("Show all settings. With KEY, show one; with VALUE, change it."))
@click.argument("key", required=False, shell_complete=_complete_keys)
@click.argument("value", required=False, shell_complete=_complete_values)
@output_options()
@click.pass_context
def config_command(
    context: click.Context, key: str | None, value: str | None, output: Format
) -> None:
    diary = get_diary(context)
    if key is None:
        values = {name: _value(diary, name) for name in KEYS}
        write(
            output,
            values,
            text=_table,
            plain=_facts,
            json=_as_json,
            whole=[settings_path(), values["diary"]],
        )
        return
    key = key.replace("-", "_")
    if key not in KEYS:
        raise InputError(
            _('No setting called "{key}". The settings are {keys}.').format(
                key=sanitize_line(key, 40), keys=", ".join(KEYS)
            )
        )
    before = _value(diary, key)
    if value is not None:
        _change(diary, key, value)
    now = _value(diary, key)
    if value is not None and (key == "diary" or now != before):
        json = _as_json({key: now}) if output is Format.JSON else None
        whole = [now, location_named(None, check_folder=False).label] if key == "diary" else []
        print_done(*_changed_lines(key, before, now), json=json, whole=whole)
    elif output is Format.JSON:
        print_json(_as_json({key: now}))
    elif value is None:
        print_exact(now or _displayed(now))
    else:
        print_lines(_("{key} is already {value}.").format(key=key, value=now))


def _changed_lines(key: str, before: str, value: str) -> Iterator[str]:
    """What a setting is now, and what it was."""
    if key == "diary":
        yield from _new_location(value)
        return
    changed = _("{key} is now {value}. It was {was}.").format(key=key, value=value, was=before)
    if key not in IN_DIARY:
        # Not in the diary's undo history.
        hint = _('To go back, run "{command}".')
        changed += " " + hint.format(command=f"calmtrack config {key} {before}")
    yield changed
    if key == "language":
        yield _(_FROM_NEXT_START)


def _new_location(value: str) -> Iterator[str]:
    """Where the diary is now, and whether one is there."""
    location = location_named(value or None, check_folder=False)
    if value:
        yield _("{key} is now {value}.").format(key="diary", value=value)
    else:
        yield _("The diary is now at the default location, {path}.").format(
            path=sanitize_line(location.label)
        )
    if location.path is not None and is_missing_or_empty(location.path):
        yield _(_NO_DIARY_YET)
    yield _(_FROM_NEXT_START)


def _table(values: Mapping[str, str], _width: int) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key:<15}  {_displayed(value)}"
    yield ""
    yield _("The first two are stored in the diary, the others in {path}.").format(
        path=settings_path()
    )


def _as_json(values: Mapping[str, str]) -> dict[str, str | bool]:
    return {key: value == "true" if key in BOOLEAN_KEYS else value for key, value in values.items()}


def _facts(values: Mapping[str, str]) -> list[str]:
    return [
        _("{key} is {value}, {where}.").format(
            key=key, value=_displayed(value), where=_where_stored(key)
        )
        for key, value in values.items()
    ]


def _displayed(value: str) -> str:
    return sanitize_line(value) or _("default location")


def _where_stored(key: str) -> str:
    if key in IN_DIARY:
        return _("stored in the diary")
    return _("stored in {path}").format(path=settings_path())


@click.command(
    "where",
    help=N_("Show the diary's path or its URL (without the password), and when you started it."),
)
@json_option
@click.pass_context
def where_command(context: click.Context, json: bool) -> None:
    diary = get_diary(context)
    if json:
        begun = diary.begun_on()
        print_json({"diary": diary.location.label, "begun_on": begun and begun.isoformat()})
        return
    print_exact(diary.location.label)
    begun = diary.begun_on()
    today = diary.today()
    if begun is None:
        print_lines(_(_NO_DIARY_YET))
    elif begun == today:
        print_lines(_("Started today."))
    else:
        day, ago = format_day(begun, year=True), humanize_age(begun, today)
        print_lines(_("Started on {day}, {ago} ago.").format(day=day, ago=ago))


@click.command(
    "completion",
    help=N_(
        "Print the completion script for a shell. It completes commands, practices, days and files."
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    completion = get_completion_class(shell)
    assert completion is not None, "click knows each of the choices"
    script = completion(context.find_root().command, {}, PROGRAM, COMPLETION_VARIABLE).source()
    print_exact(*script.splitlines())
