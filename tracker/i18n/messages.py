"""Every sentence a person reads, from data/words.toml or that of another language, by its name."""

from __future__ import annotations

from functools import cache

from tracker.i18n.locale import LANGUAGES, language
from tracker.location import data_dir

ENGLISH = LANGUAGES[0]


def say(name: str, /, **values: object) -> str:
    """The sentence called `part.name` in the language of this run, its gaps filled.

    Values are put in as they are and never read as markup or as a template themselves.
    Raises KeyError for a name that is not in the file: a mistake of ours, held by a test.
    """
    part, _, key = name.partition(".")
    sentence = _sentence(language(), part, key)
    return sentence.format(**values) if values else sentence


def translate_label(english: str, part: str = "labels") -> str:
    """What the code says in English, such as what a key is called, in the language of this run."""
    spoken = language()
    return english if spoken == ENGLISH else _part(spoken, part).get(english, english)


def format_number(value: float, places: int = 0) -> str:
    """A number as the language writes it, "1,234" or "6.4"; `places` after the point."""
    plain = f"{value:,.{places}f}"
    return plain.translate({44: say("numbers.comma"), 46: say("numbers.point")})


def plural_key(name: str, count: int) -> str:
    """The name of the sentence for so many: `part.key_one` for exactly one, else `part.key`."""
    return f"{name}_one" if count == 1 else name


def _sentence(spoken: str, part: str, key: str) -> str:
    """A sentence; in English where another language has none."""
    if spoken != ENGLISH:
        sentence = _part(spoken, part).get(key)
        if sentence is not None:
            return sentence
    return _part(ENGLISH, part)[key]


@cache
def _part(spoken: str, name: str) -> dict[str, str]:
    """The sentences of one part, read when something of it is first said.

    Each is a line, `name = "sentence"`, without escapes, which a test holds: a parser for all of
    TOML would cost a prompt's `status` more than all else it says.
    """
    _, heading, rest = _text(spoken).partition(f"\n[{name}]\n")
    if not heading and spoken == ENGLISH:
        raise KeyError(name)
    lines = (line.partition(' = "') for line in rest.partition("\n[")[0].splitlines())
    return {_bare(key): text[:-1] for key, equals, text in lines if equals}


def _bare(key: str) -> str:
    return key[1:-1] if key.startswith(('"', "'")) else key


@cache
def _text(spoken: str) -> str:
    file = "words.toml" if spoken == ENGLISH else f"words.{spoken}.toml"
    return "\n" + (data_dir() / file).read_text("utf-8")
