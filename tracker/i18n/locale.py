"""Which language calmtrack speaks: the one that is set, or the one the system is set to."""

from __future__ import annotations

import os
from collections.abc import Mapping

LANGUAGES = ("en", "de")
"""Those with words of their own in data/; the first stands in where another is asked for."""

AUTO = "auto"
"""The system's own language, as far as calmtrack speaks it."""

_spoken: dict[str, str] = {}


def language() -> str:
    """The language of this run: looked up once, when the first sentence is said."""
    if "now" not in _spoken:
        # Its complaints are said in the language that is asked for here.
        from tracker.settings import language_set

        set_language(language_set())
    return _spoken["now"]


def set_language(choice: str) -> None:
    """From now on speaks a language, or with `auto` that of the system."""
    _spoken["now"] = system_language(os.environ) if choice == AUTO else choice


def system_language(environment: Mapping[str, str]) -> str:
    """The language that the system's variables ask for, in gettext's order.

    LANGUAGE is a list and comes first, unless the locale is C; the locale is LC_ALL, else
    LC_MESSAGES, else LANG. What is not known is English.
    """
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "")
    wanted = environment.get("LANGUAGE", "")
    if not wanted or _code(locale) in ("c", "posix"):
        wanted = locale
    codes = map(_code, wanted.split(":"))
    return next((code for code in codes if code in LANGUAGES), LANGUAGES[0])


def _code(locale: str) -> str:
    """The language of a locale: "de" of de_AT.UTF-8@euro."""
    for end in "_.@-":
        locale = locale.partition(end)[0]
    return locale.lower()
