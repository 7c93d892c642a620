"""Messages, by gettext, in the language of this run: the one in the settings, or that of the
system. English stands in the code, translations in data/locale."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from math import copysign, floor
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.location import NoHomeFolder, data_dir, settings_path

if TYPE_CHECKING:
    from decimal import Decimal
    from gettext import GNUTranslations


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

    LANGUAGE is a list and comes first, unless the locale is C, but not C.UTF-8; the locale is
    LC_ALL, else LC_MESSAGES, else LANG. English when none is supported.
    """
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "")
    wanted = environment.get("LANGUAGE", "")
    if not wanted or locale in ("C", "POSIX"):
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


def _(message: str) -> str:
    """The message in the language of this run; English where its catalog lacks it.

    Fields are filled by `str.format` afterwards, so values are never read as a template. An empty
    text stays empty; a catalog has its header there.
    """
    catalog = _catalog(language())
    return catalog.gettext(message) if catalog is not None and message else message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a message for a count, by the plural rule of the language."""
    catalog = _catalog(language())
    if catalog is None:
        return one if count == 1 else many
    return catalog.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Like `_`, for an English text that needs several translations: one for each context."""
    catalog = _catalog(language())
    return message if catalog is None else catalog.pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """Like `ngettext`, in a context."""
    catalog = _catalog(language())
    if catalog is None:
        return one if count == 1 else many
    return catalog.npgettext(context, one, many, count)


def quoted(text: str) -> str:
    """A text that someone wrote, in the quotation marks of the language."""
    return _('"{text}"').format(text=text)


def in_language(code: str, message: str) -> str:
    """The message in one language; English where its catalog lacks it."""
    catalog = _catalog(code)
    return message if catalog is None else catalog.gettext(message)


def in_every_language(message: str) -> tuple[str, ...]:
    """The message in English and in every other language."""
    catalogs = filter(None, map(_catalog, languages()))
    return (message, *(catalog.gettext(message) for catalog in catalogs))


def N_(message: str) -> str:  # noqa: N802
    """Marks a message for extraction where it can't be translated yet, as in a table of a module
    or a class body; `_` translates it where it is shown."""
    return message


def language_name(code: str) -> str:
    """A language's own name: "English", "Deutsch"."""
    catalog = _catalog(code)
    if catalog is None:
        return "English" if code == SOURCE_LANGUAGE else code
    return catalog.pgettext("the name of this language, in this language", "English")


def round_half_up(value: float | Decimal) -> int:
    """The nearest whole number; halves are rounded up, where `round` would make 6 of 6.5, and 8 of
    7.5."""
    return floor(2 * value + 1) // 2


def format_number(value: float, places: int = 0) -> str:
    """A number in the language's notation, "1,234" or "6.4", rounded half up to `places` after the
    point."""
    scale = 10**places
    rounded = copysign(round_half_up(abs(value) * scale) / scale, value)
    plain = f"{rounded:,.{places}f}"
    comma = pgettext("between thousands, as in 1,234", ",")
    point = pgettext("decimal point, as in 6.4", ".")
    return plain.translate({ord(","): comma, ord("."): point})


DECIMAL_COMMA = frozenset({
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "el", "et", "eu", "fi", "fo", "fr", "gl",
    "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "mk", "nb", "nl", "nn",
    "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
})  # fmt: skip
"""Languages that calmtrack isn't in, but whose spreadsheets write a comma in 6,4 (Unicode CLDR,
decimal symbol)."""


def has_decimal_comma(environment: Mapping[str, str]) -> bool:
    """Whether spreadsheets write a comma in 6,4: in the locale of numbers, LC_ALL or else
    LC_NUMERIC, where that is in a supported language, else in the language of this run. A locale of
    another language, also that of LANG, comes before English."""
    locale = environment.get("LC_ALL") or environment.get("LC_NUMERIC", "")
    codes = (code for code in _language_codes(locale) if code in languages())
    if not DECIMAL_COMMA.isdisjoint(_language_codes(locale or environment.get("LANG", ""))):
        return True
    catalog = _catalog(next(codes, language()))
    return catalog is not None and catalog.pgettext("decimal point, as in 6.4", ".") == ","


@cache
def _catalog(code: str) -> GNUTranslations | None:
    """The compiled catalog of a language; None for English, and where it was never compiled.

    English imports and reads nothing: `status` and the first frame don't wait for gettext.
    """
    if code == SOURCE_LANGUAGE:
        return None
    path = catalog_folder() / code / "LC_MESSAGES" / "calmtrack.mo"
    if not path.is_file():
        return None
    from gettext import GNUTranslations

    with path.open("rb") as file:
        return GNUTranslations(file)
