"""Finds a practice by typed text, and derives the id and letter of a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.models import CALM_ID, RESERVED_KEYS, Practice

_RESERVED_IDS = frozenset({"day", "weekday", CALM_ID, "all"})


def find_practice(practices: Sequence[Practice], text: str) -> Practice:
    """The practice with this id, letter, name, or unique prefix of an id or name.

    Case-insensitive. Raises InputError with the nearest ones.
    """
    # Names are stored composed; a terminal or a file name may hand over e and a combining accent.
    wanted = unicodedata.normalize("NFC", text.strip()).casefold()
    exact: tuple[Callable[[Practice], str | None], ...] = (
        lambda p: p.id,
        lambda p: p.key,
        lambda p: p.name.casefold(),
    )
    for field in exact:
        matches = [p for p in practices if field(p) == wanted]
        if len(matches) == 1:
            return matches[0]
    matches = [p for p in practices if wanted and _starts_with(wanted, p)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(
            _('"{text}" could be more than one practice: {names}.').format(
                text=text, names=_ids(matches)
            )
        )
    near = _nearest(practices, wanted)
    if near:
        raise InputError(
            _('No practice called "{text}". Did you mean {names}?').format(
                text=text, names=_ids(near)
            )
        )
    raise unknown_practice(text)


def unknown_practice(text: str) -> InputError:
    """The error for a practice that the diary doesn't have."""
    return InputError(
        _('No practice called "{text}". Run "calmtrack practices" to see yours.').format(text=text),
        in_app=_('No practice called "{text}". The Practices screen (P) lists yours.').format(
            text=text
        ),
    )


def _starts_with(wanted: str, practice: Practice) -> bool:
    return practice.id.startswith(wanted) or practice.name.casefold().startswith(wanted)


def _nearest(practices: Sequence[Practice], wanted: str) -> list[Practice]:
    import difflib

    by_text = {p.id: p for p in practices} | {p.name.casefold(): p for p in practices}
    close = difflib.get_close_matches(wanted, by_text, n=4, cutoff=0.5)
    return list(dict.fromkeys(by_text[text] for text in close))[:3]


def _ids(practices: Iterable[Practice]) -> str:
    return ", ".join(practice.id for practice in practices)


def slug(name: str, taken: Iterable[str]) -> str:
    """The id of a new practice: its name as an ASCII slug, numbered from `-2` where taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "practice"
    used = set(taken) | _RESERVED_IDS
    number, chosen = 1, base
    while chosen in used:
        number += 1
        chosen = f"{base}-{number}"
    return chosen


def suggest_key(name: str, taken: Iterable[str | None]) -> str | None:
    """The first letter of a name that is neither used by a practice nor reserved; or None."""
    used = RESERVED_KEYS | set(taken)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return next((c for c in plain if "a" <= c <= "z" and c not in used), None)
