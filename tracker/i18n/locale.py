"""Chooses the language of this run: the one in the settings, or that of the system."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tracker.location import NoHomeFolder, data_dir, settings_path

SOURCE_LANGUAGE = "en"
"""The language of the messages in the code, and the fallback."""

AUTO = "auto"
"""The setting that follows the system."""

_current: dict[str, str] = {}


def catalog_folder() -> Path:
    """The folder of the translations, with a folder for each language."""
    return data_dir() / "locale"


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages: English, and those that have a folder, such as "de", "pt_BR"."""
    folders = catalog_folder().glob("*/LC_MESSAGES")
    return (SOURCE_LANGUAGE, *sorted(folder.parent.name for folder in folders))


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

    It is read here and not by `settings`, whose messages about the file are in this language. Only
    a file that contains the key is parsed: importing the TOML parser would slow down `status`.
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
    return choice if choice in languages() else AUTO


def system_language(environment: Mapping[str, str]) -> str:
    """The supported language that the environment asks for, in gettext's order of precedence.

    LANGUAGE is a list and comes first, unless the locale is C; the locale is LC_ALL, else
    LC_MESSAGES, else LANG. English when none is supported.
    """
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "")
    wanted = environment.get("LANGUAGE", "")
    if not wanted or next(_language_codes(locale)).lower() in ("c", "posix"):
        wanted = locale
    codes = (code for one in wanted.split(":") for code in _language_codes(one))
    supported = (code for code in codes if code == SOURCE_LANGUAGE or code in languages())
    return next(supported, SOURCE_LANGUAGE)


def _language_codes(locale: str) -> Iterator[str]:
    """The language codes of a locale, the more specific one first: of de_AT.UTF-8@euro "de_AT" and
    "de"."""
    for separator in ".@":
        locale = locale.partition(separator)[0]
    language, _, country = locale.replace("-", "_").partition("_")
    if country:
        yield f"{language.lower()}_{country.upper()}"
    yield language.lower()
