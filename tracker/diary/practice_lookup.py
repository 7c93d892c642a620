"""Which practice a person means, and what a new one is called."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.models import CALM_ID, RESERVED_KEYS, Practice

_TAKEN_BY_THE_FILES = frozenset({"day", "weekday", CALM_ID, "all"})


def find_practice(practices: Sequence[Practice], text: str) -> Practice:
    """The practice with this id, letter, exact name or unique beginning of one.

    Case does not matter. Raises WrongInput naming the nearest ones.
    """
    wanted = text.strip().casefold()
    called: tuple[Callable[[Practice], str | None], ...] = (
        lambda p: p.id,
        lambda p: p.key,
        lambda p: p.name.casefold(),
    )
    for what in called:
        found = [p for p in practices if what(p) == wanted]
        if len(found) == 1:
            return found[0]
    starting = [p for p in practices if wanted and _begins(wanted, p)]
    if len(starting) == 1:
        return starting[0]
    if starting:
        raise InputError(say("practice.several", text=text, names=_listed(starting)))
    near = _nearest(practices, wanted)
    if near:
        raise InputError(say("practice.unknown_near", text=text, names=_listed(near)))
    raise InputError(say("practice.unknown", text=text))


def _begins(wanted: str, practice: Practice) -> bool:
    return practice.id.startswith(wanted) or practice.name.casefold().startswith(wanted)


def _nearest(practices: Sequence[Practice], wanted: str) -> list[Practice]:
    spelled = {p.id: p for p in practices} | {p.name.casefold(): p for p in practices}
    close = difflib.get_close_matches(wanted, spelled, n=4, cutoff=0.5)
    return list(dict.fromkeys(spelled[text] for text in close))[:3]


def _listed(practices: Iterable[Practice]) -> str:
    return ", ".join(practice.id for practice in practices)


def slug(name: str, taken: Iterable[str]) -> str:
    """The id of a new practice: its name in plain letters, `-2` and so on where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "practice"
    used = set(taken) | _TAKEN_BY_THE_FILES
    number, chosen = 1, base
    while chosen in used:
        number += 1
        chosen = f"{base}-{number}"
    return chosen


def suggest_key(name: str, taken: Iterable[str | None]) -> str | None:
    """The first letter of a name that logs nothing yet and has no meaning of its own."""
    used = RESERVED_KEYS | set(taken)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return next((c for c in plain if "a" <= c <= "z" and c not in used), None)
