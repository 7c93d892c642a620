"""data/practices.toml in each language: what a file beside it says takes the place of
the English words."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from tracker.i18n.locale import LANGUAGES
from tracker.location import data_dir

ENGLISH = LANGUAGES[0]


@cache
def practices_file(spoken: str) -> dict[str, Any]:
    """The shipped practices, and what is said about the article that inspired them, in a
    language."""
    file = _read("practices.toml")
    if spoken == ENGLISH:
        return file
    words = _read(f"practices.{spoken}.toml")
    for practice in file["practice"]:
        practice.update(words.get(practice["id"], {}))
    about, theirs = file["about"], words["about"]
    about["holds"] = theirs["holds"]
    for claim, said in zip(about["claims"], theirs["claims"], strict=True):
        claim.update(said)
    return file


def names_in_all_languages(practice_id: str) -> frozenset[str]:
    """What a shipped practice may be called in a diary, whichever language it was begun in."""
    tables = (one for spoken in LANGUAGES for one in practices_file(spoken)["practice"])
    return frozenset(one["name"] for one in tables if one["id"] == practice_id)


def _read(name: str) -> dict[str, Any]:
    with (data_dir() / name).open("rb") as file:
        return tomllib.load(file)
