"""How a person wants calmtrack to look on this machine: a small TOML file they may edit.

What changes the meaning of days and weeks is kept in the diary itself, and goes where it goes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tracker.errors import CalmtrackError, InputError
from tracker.i18n.locale import AUTO, LANGUAGES
from tracker.i18n.messages import say
from tracker.location import home

SETTINGS_FILE = "config.toml"

THEMES = (
    *("night", "day", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte"),
    *("catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai"),
    *("nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark"),
    *("solarized-light", "textual-dark", "textual-light", "tokyo-night"),
)
"""Our own two, then Textual's."""

LANGUAGE_CHOICES = (AUTO, *LANGUAGES)
"""What the language can be set to."""

_LISTED: Mapping[str, tuple[str, ...]] = {"theme": THEMES, "language": LANGUAGE_CHOICES}

_TEMPLATE = """\
# How calmtrack looks on this machine. Lines that begin with # are comments.

# The colours: night, day, or one of Textual's themes.
# theme = "night"

# true hides calm scores, for a screen that others can see.
# quiet = false

# The language: en, de, or auto for that of your system.
# language = "auto"

# false stands everything still: nothing moves, and breathing is words and a count.
# animations = true

# Where the diary lies, if not beside this file or where CALMTRACK_HOME says.
# diary = "~/diary.db"
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set for this machine; each field is a key of the file."""

    theme: str = "night"
    """The colours: one of THEMES."""
    quiet: bool = False
    """Whether calm scores are hidden: a view for a screen that others can see."""
    animations: bool = True
    """Whether anything may move."""
    diary: str = ""
    """The path of the diary; empty for the usual place."""
    language: str = AUTO
    """One of LANGUAGES, or `auto`."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and in a sentence each what in the file could not be used."""

    settings: Settings
    complaints: tuple[str, ...] = ()


YES_OR_NO = ("quiet", "animations")
"""The settings that are true or false."""

DEFAULTS = LoadedSettings(Settings())
"""Where nothing is set."""


def with_setting(settings: Settings, key: str, value: str | bool) -> Settings:
    """The settings with one of them changed."""
    changed: dict[str, Any] = {key: value}
    return replace(settings, **changed)


def settings_path() -> Path:
    """The file: in CALMTRACK_HOME, or where this system keeps a person's settings."""
    if os.environ.get("CALMTRACK_HOME"):
        return home() / SETTINGS_FILE
    from platformdirs import user_config_path

    return user_config_path("calmtrack", appauthor=False) / SETTINGS_FILE


def read_settings() -> LoadedSettings:
    """What the file says; the defaults where it says nothing, or nothing that can be used."""
    path = settings_path()
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return LoadedSettings(Settings())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8 text"
        return LoadedSettings(Settings(), (say("settings.cannot_read", path=path, reason=reason),))
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = at[1] if at else len(text.splitlines())
        return LoadedSettings(Settings(), (say("settings.no_toml", path=path, line=line),))
    return _validate(found, text, path)


def language_set() -> str:
    """The language that the file sets; what is amiss in the file, `read_settings` says."""
    try:
        text = settings_path().read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return AUTO
    if "language" not in text:
        return AUTO
    import tomllib

    try:
        found = tomllib.loads(text).get("language", AUTO)
    except tomllib.TOMLDecodeError:
        return AUTO
    return found if _is_possible("language", found) else AUTO


def write_setting(key: str, value: str | bool) -> None:
    """Writes one setting, the file's comments and its other lines left as they are.

    Raises WrongInput for what the setting can't be, Trouble for what the disk could not do;
    the file is then as it was.
    """
    if not _is_possible(key, value):
        raise InputError(say("settings.impossible", key=key, value=value, choices=choices(key)))
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = settings_path()
    try:
        text = path.read_text("utf-8") if path.exists() else _TEMPLATE
        document = tomlkit.parse(text)
        document[key] = value
        _write(path, tomlkit.dumps(document))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise InputError(say("settings.mend_first", path=path)) from error
    except OSError as error:
        reason = error.strerror or "unknown"
        raise CalmtrackError(say("settings.cannot_write", path=path, reason=reason)) from error


def choices(key: str) -> str:
    """What a setting can be, in words."""
    if key in _LISTED:
        return ", ".join(_LISTED[key])
    return say("settings.true_or_false") if key in YES_OR_NO else say("settings.a_path")


def _validate(found: Mapping[str, Any], text: str, path: Path) -> LoadedSettings:
    settings, complaints = Settings(), []
    for key, value in found.items():
        line = _line_of(key, text)
        if key not in Settings.__dataclass_fields__:
            complaints.append(say("settings.unknown", path=path, line=line, key=key))
        elif not _is_possible(key, value):
            complaints.append(
                say("settings.bad", path=path, line=line, key=key, value=value,
                    choices=choices(key))
            )  # fmt: skip
        else:
            settings = with_setting(settings, key, value)
    return LoadedSettings(settings, tuple(complaints))


def _is_possible(key: str, value: object) -> bool:
    if key in _LISTED:
        return value in _LISTED[key]
    return isinstance(value, bool) if key in YES_OR_NO else isinstance(value, str)


def _line_of(key: str, text: str) -> int:
    """The number of the line on which a key is set; the first where it can't be told."""
    setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]|\s*\[+\s*{re.escape(key)}\b""")
    for number, line in enumerate(text.splitlines(), start=1):
        if setting.match(line):
            return number
    return 1


def _write(path: Path, text: str) -> None:
    """Writes the file whole or not at all, for its owner's eyes only (0600)."""
    for folder in (*reversed(path.parent.parents), path.parent):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
    import tempfile

    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  a handle
            file.write(text)
            file.flush()
            os.fsync(handle)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
