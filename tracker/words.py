"""Every sentence a person reads, from data/words.toml, by its name."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from tracker.places import data_dir


@cache
def _words() -> dict[str, Any]:
    with (data_dir() / "words.toml").open("rb") as file:
        return tomllib.load(file)


def say(name: str, /, **values: object) -> str:
    """The sentence called `part.name`, its gaps filled.

    Values are put in as they are and never read as markup or as a template themselves.
    Raises KeyError for a name that is not in the file: a mistake of ours, held by a test.
    """
    part, _, key = name.partition(".")
    sentence: str = _words()[part][key]
    return sentence.format(**values) if values else sentence
