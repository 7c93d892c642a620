"""Chooses the language of this run: the one in the settings, or that of the system."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tracker.location import NoHomeFolder, settings_path

LANGUAGES = ("en", "de")
"""Languages there are messages for; the first is the source and the fallback."""

AUTO = "auto"
"""The setting that follows the system."""

_current: dict[str, str] = {}


def language() -> str:
    """The language of this run, chosen when the first message is looked up."""
    if "language" not in _current:
        set_language(configured_language())
    return _current["language"]


def set_language(choice: str) -> None:
    """Changes the language from now on; `auto` is that of the system."""
    _current["language"] = system_language(os.environ) if choice == AUTO else choice


def configured_language() -> str:
    """The language in the settings file, `auto` when it has none that is supported.

    It is read here and not by `settings`, whose messages about the file are in this language. A
    file without the word costs no TOML parser, which `status` would wait for.
    """
    try:
        path = settings_path()
        # A pipe is never read: that would wait for a writer.
        text = path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError, NoHomeFolder):
        return AUTO
    if "language" not in text:
        return AUTO
    import tomllib

    try:
        choice = tomllib.loads(text).get("language")
    except tomllib.TOMLDecodeError:
        return AUTO
    return choice if choice in LANGUAGES else AUTO


def system_language(environment: Mapping[str, str]) -> str:
    """The supported language that the environment asks for, in gettext's order of precedence.

    LANGUAGE is a list and comes first, unless the locale is C; the locale is LC_ALL, else
    LC_MESSAGES, else LANG. English when none is supported.
    """
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "")
    wanted = environment.get("LANGUAGE", "")
    if not wanted or _language_code(locale) in ("c", "posix"):
        wanted = locale
    codes = map(_language_code, wanted.split(":"))
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def _language_code(locale: str) -> str:
    """The language of a locale: "de" of de_AT.UTF-8@euro."""
    for separator in "_.@-":
        locale = locale.partition(separator)[0]
    return locale.lower()
