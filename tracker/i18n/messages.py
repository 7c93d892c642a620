"""Messages: every sentence a person reads, by its key, from data/words.toml or a translation."""

from __future__ import annotations

from functools import cache

from tracker.i18n.locale import LANGUAGES, language
from tracker.location import data_dir

ENGLISH = LANGUAGES[0]


def say(name: str, /, **values: object) -> str:
    """The message with the key `section.name` in the language of this run, its fields filled.

    Values are inserted as they are, never read as a template or as markup. Raises KeyError for
    an unknown key.
    """
    section, _, key = name.partition(".")
    message = _message(language(), section, key)
    return message.format(**values) if values else message


def translate_label(english: str, section: str = "labels") -> str:
    """The translation of a text whose English stands in the code; the text itself for none."""
    current = language()
    return english if current == ENGLISH else _section(current, section).get(english, english)


def format_number(value: float, places: int = 0) -> str:
    """A number in the language's notation, "1,234" or "6.4"; `places` after the point."""
    plain = f"{value:,.{places}f}"
    return plain.translate({44: say("numbers.comma"), 46: say("numbers.point")})


def plural_key(name: str, count: int) -> str:
    """The key of a message for a count: `section.name_one` for 1, else `section.name`."""
    return f"{name}_one" if count == 1 else name


def _message(current: str, section: str, key: str) -> str:
    """The message, in English where the translation lacks it."""
    if current != ENGLISH:
        message = _section(current, section).get(key)
        if message is not None:
            return message
    return _section(ENGLISH, section)[key]


@cache
def _section(current: str, name: str) -> dict[str, str]:
    """The messages of one section.

    Each is one line, `key = "text"`, without escapes (a test checks it), because importing a
    TOML parser takes longer than all else that `status` does.
    """
    _, heading, rest = _text(current).partition(f"\n[{name}]\n")
    if not heading and current == ENGLISH:
        raise KeyError(name)
    lines = (line.partition(' = "') for line in rest.partition("\n[")[0].splitlines())
    return {_unquoted(key): text[:-1] for key, equals, text in lines if equals}


def _unquoted(key: str) -> str:
    return key[1:-1] if key.startswith(('"', "'")) else key


@cache
def _text(current: str) -> str:
    file = "words.toml" if current == ENGLISH else f"words.{current}.toml"
    return "\n" + (data_dir() / file).read_text("utf-8")
