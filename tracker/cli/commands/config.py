"""The settings: those kept in the diary, and those of this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from tracker.cli import completers
from tracker.cli.commands.show import output_options
from tracker.cli.context import get_diary, location_named
from tracker.cli.output import print_json, print_lines
from tracker.errors import InputError
from tracker.i18n.locale import set_language
from tracker.i18n.messages import say
from tracker.rules.days import WEEKDAYS
from tracker.sanitize import sanitize_line
from tracker.settings import read_settings, settings_path, write_setting

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: how it reads, and how what was typed is put."""

    in_diary: bool
    get: Callable[[Diary], str]
    put: Callable[[Diary, str], None]


def _turn(diary: Diary) -> str:
    return diary.settings().day_turns_at.isoformat("minutes")


def _put_turn(diary: Diary, text: str) -> None:
    from tracker.diary import validation

    diary.set_day_turns_at(validation.day_turn(text))


def _week(diary: Diary) -> str:
    return WEEKDAYS[diary.settings().week_starts_on].lower()


def _put_week(diary: Diary, text: str) -> None:
    from tracker.diary import validation

    diary.set_week_starts_on(validation.weekday_named(text))


def _diary(_: Diary) -> str:
    """The place as a person may read it: without the password of an address."""
    text = read_settings().settings.diary
    return location_named(text).label if "://" in text else text


def _true_or_false(key: str) -> Setting:
    def put_it(_: Diary, text: str) -> None:
        meant = {"true": True, "false": False}.get(text.strip().lower())
        write_setting(key, text if meant is None else meant)

    return Setting(False, lambda _: str(getattr(read_settings().settings, key)).lower(), put_it)


def _put_language(_: Diary, text: str) -> None:
    write_setting("language", text)
    set_language(text)


SETTINGS = {
    "day_turns_at": Setting(True, _turn, _put_turn),
    "week_starts_on": Setting(True, _week, _put_week),
    "theme": Setting(
        False, lambda _: read_settings().settings.theme,
        lambda _, text: write_setting("theme", text),
    ),
    "quiet": _true_or_false("quiet"),
    "animations": _true_or_false("animations"),
    "language": Setting(
        False, lambda _: read_settings().settings.language,
        _put_language,
    ),
    "diary": Setting(
        False, _diary, lambda _, text: write_setting("diary", text),
    ),
}  # fmt: skip


@click.command("config")
@click.argument("key", required=False, shell_complete=completers.settings)
@click.argument("value", required=False, shell_complete=completers.setting_values)
@output_options
@click.pass_context
def config_command(
    context: click.Context, key: str | None, value: str | None, json: bool, plain: bool
) -> None:
    """The settings; one with KEY; with VALUE it is changed."""
    diary = get_diary(context)
    if key is None:
        found = {name: setting.get(diary) for name, setting in SETTINGS.items()}
        if json:
            print_json(found)
        else:
            told = _fact if plain else _line
            print_lines(*(told(name, text) for name, text in found.items()))
        return
    setting = SETTINGS.get(key)
    if setting is None:
        raise InputError(
            say("settings.no_key", key=sanitize_line(key, 40), keys=", ".join(SETTINGS))
        )
    if value is not None:
        setting.put(diary, value)
        print_lines(say("settings.set", key=key, value=setting.get(diary)))
    elif json:
        print_json({key: setting.get(diary)})
    else:
        print_lines(setting.get(diary))


def _line(key: str, value: str) -> str:
    return f"{key:<15} {_shown(value):<10}  {_where(key)}"


def _fact(key: str, value: str) -> str:
    return say("facts.setting", key=key, value=_shown(value), where=_where(key))


def _shown(value: str) -> str:
    return sanitize_line(value) or say("settings.usual_place")


def _where(key: str) -> str:
    if SETTINGS[key].in_diary:
        return say("settings.in_diary")
    return say("settings.on_machine", path=settings_path())
