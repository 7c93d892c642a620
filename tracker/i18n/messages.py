"""Messages, by gettext: English stands in the code, translations in data/locale."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tracker.i18n.locale import SOURCE_LANGUAGE, catalog_folder, language, languages

if TYPE_CHECKING:
    from gettext import GNUTranslations


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


def format_number(value: float, places: int = 0) -> str:
    """A number in the language's notation, "1,234" or "6.4"; `places` after the point."""
    plain = f"{value:,.{places}f}"
    comma = pgettext("between thousands, as in 1,234", ",")
    point = pgettext("decimal point, as in 6.4", ".")
    return plain.translate({ord(","): comma, ord("."): point})


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
