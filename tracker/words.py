"""Every sentence a person reads, from data/words.toml, by its name."""

from __future__ import annotations

from functools import cache

from tracker.places import data_dir


@cache
def _text() -> str:
    return "\n" + (data_dir() / "words.toml").read_text("utf-8")


@cache
def _part(name: str) -> dict[str, str]:
    """The sentences of one part. Only it is parsed, and only when something of it is said: the
    whole file would take a tenth of the time of `status`."""
    import tomllib

    _, heading, rest = _text().partition(f"\n[{name}]\n")
    if not heading:
        raise KeyError(name)
    return tomllib.loads(rest.partition("\n[")[0])


def say(name: str, /, **values: object) -> str:
    """The sentence called `part.name`, its gaps filled.

    Values are put in as they are and never read as markup or as a template themselves.
    Raises KeyError for a name that is not in the file: a mistake of ours, held by a test.
    """
    part, _, key = name.partition(".")
    sentence = _part(part)[key]
    return sentence.format(**values) if values else sentence
