"""Finds a practice by typed text, and derives the id and letter of a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, count

from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.models import CALM_ID, PRACTICE_LETTERS, Practice, ShadowedWord
from tracker.rules.folding import fold
from tracker.sanitize import sanitize_line

MIN_WORD = 3
"""Letters of a typed word that is looked for in the names of practices."""

_RESERVED_IDS = frozenset({"day", "weekday", CALM_ID, "all"})


def find_practice(practices: Sequence[Practice], text: str, today: date | None = None) -> Practice:
    """The practice with this name, id, letter, or unique prefix of an id or name. A prefix isn't
    unique if another name has it as a word: `mom` for "Moment of joy" beside "Call Mom". With
    `today`, one in the list comes before archived ones with the same prefix.

    Case-insensitive. The name comes first, also as an id is written (`nature-walk`): an id stays
    when its practice is renamed, and another practice can have that name since. Accents may be left
    out, but a name with the same accents comes first. Raises InputError that names the practices
    which are nearest.
    """
    matches = _matches(practices, text)
    if len(matches) == 1:
        return matches[0]
    in_list = [one for one in matches if today and one.archived_since(today) is None]
    if len(in_list) == 1:
        return in_list[0]
    if matches:
        raise _not_found(
            _('"{text}" could be more than one practice: {names}.'), text, matches, practices
        )
    near = _nearest(practices, _normalized(text))
    if near:
        raise _not_found(
            _('No practice called "{text}". Did you mean {names}?'), text, near, practices
        )
    raise unknown_practice(text)


def _not_found(
    message: str, text: str, near: Iterable[Practice], practices: Sequence[Practice]
) -> InputError:
    """The error that suggests other practices: in a command what to type, and on a screen, which
    shows no ids, their names."""
    names = ", ".join(sanitize_line(one.name, 60) for one in near)
    return InputError(
        message.format(text=text, names=_words(near, practices)),
        in_app=message.format(text=text, names=names),
    )


def _matches(practices: Sequence[Practice], text: str) -> list[Practice]:
    """The practices that a text can mean, by the rules of `find_practice`: one that it names, or
    several or none. Letters may be taken twice, as while two diaries are merged."""
    wanted, plain, key = _normalized(text), fold(text.strip()), comparison_key(text)
    tests: tuple[Callable[[Practice], bool], ...] = (
        lambda p: p.name.casefold() == wanted,
        lambda p: slug(p.name, ()) == wanted,
        lambda p: p.id == wanted,
        lambda p: p.key == wanted,
        lambda p: fold(p.name) == plain,
        lambda p: comparison_key(p.name) == key,
        lambda p: comparison_key(p.id) == key,
    )
    for test in tests if plain else ():
        matches = [p for p in practices if test(p)]
        if len(matches) == 1:
            return matches
    return _beginning_with(practices, wanted, plain) if plain else []


def _beginning_with(practices: Sequence[Practice], wanted: str, plain: str) -> list[Practice]:
    """The practices whose id or name begins with the typed text, then those with it as a word; none
    if none begins with it. One that has the same accents is the only one."""
    accented = [
        p for p in practices if p.id.startswith(wanted) or p.name.casefold().startswith(wanted)
    ]
    matches = [p for p in practices if p.id.startswith(wanted) or fold(p.name).startswith(plain)]
    if len(accented) == 1:
        matches = accented
    if not matches:
        return []
    with_word = [p for p in practices if len(plain) >= MIN_WORD and plain in _words_of(p)]
    return [*matches, *(p for p in with_word if p not in matches)]


def _normalized(text: str) -> str:
    """A typed text in lower case and in NFC, as names are stored: a terminal or a file name can
    have e and a combining accent."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def comparison_key(name: str) -> str:
    """A name or id to compare with others: in NFC and lower case, with single spaces for what
    stands between words: spaces, dashes, underscores, points and slashes."""
    plain = _normalized(name)
    words = "".join(" " if _is_between_words(one) else one for one in plain).split()
    return " ".join(words) or plain


def _is_between_words(character: str) -> bool:
    return character in "./\\" or unicodedata.category(character) in ("Zs", "Pd", "Pc", "Cc")


def find_present(text: str, practices: Iterable[Practice]) -> Practice | None:
    """The practice that a new one of this name would double: one with this name, also an archived
    one, or with this id and not renamed. Compares as `comparison_key`."""
    key = comparison_key(text)
    for one in practices:
        if key == comparison_key(one.name):
            return one
        if key == comparison_key(one.id) and not _is_renamed(one):
            return one
    return None


def _is_renamed(practice: Practice) -> bool:
    """Whether its name is neither the one that its id came from, nor a shipped one of its id."""
    from tracker.catalogue import names_in_all_languages

    is_first_name = slug(practice.name, ()) == practice.id
    return not is_first_name and practice.name not in names_in_all_languages(practice.id)


def is_calm(text: str) -> bool:
    """Whether it is the word for calm, as the commands have it or in the current language."""
    return text.strip().casefold() in (CALM_ID, _("Calm").casefold())


def practice_by_id(practices: Iterable[Practice], practice_id: str) -> Practice | None:
    """The practice with exactly this id, if there is one."""
    return next((one for one in practices if one.id == practice_id), None)


def known_practice(practices: Iterable[Practice], practice_id: str) -> Practice:
    """The practice with exactly this id. Raises InputError."""
    practice = practice_by_id(practices, practice_id)
    if practice is None:
        raise unknown_practice(practice_id)
    return practice


def find_practice_to_restore(practices: Sequence[Practice], text: str, today: date) -> Practice:
    """As `find_practice`; an archived practice comes before those in the list."""
    with suppress(InputError):
        return find_practice(_archived(practices, today), text)
    return find_practice(practices, text)


def shadowed_words(practices: Sequence[Practice]) -> tuple[ShadowedWord, ...]:
    """The ids and letters of these practices with which `find_practice` finds another one."""
    return tuple(
        ShadowedWord(word, owner, matches[0], word_for(owner, practices))
        for owner in practices
        for word in (owner.id, owner.key)
        if word and len(matches := _matches(practices, word)) == 1 and matches[0] != owner
    )


def word_for(practice: Practice, practices: Sequence[Practice]) -> str:
    """What to type for one of these practices: its id, or its name where the id isn't that, as in
    another language or renamed. Where `find_practice` finds another one by it, the letter or the
    name."""
    words = (word for word in (_typed_name(practice), practice.id, practice.key) if word)
    return next((word for word in words if _matches(practices, word) == [practice]), practice.name)


def _typed_name(practice: Practice) -> str | None:
    """A name that can be typed without quotation marks; None for another, and where the id has
    words of the name only."""
    name, written = practice.name, slug(practice.name, ())
    if set(re.sub(r"-\d+$", "", practice.id).split("-")) <= set(written.split("-")):
        return None
    if re.fullmatch(r"\w+", name):
        return name.lower()
    return written if written.replace("-", " ") == fold(name) else None


def command_word(practice: Practice, practices: Sequence[Practice]) -> str:
    """The result of `word_for`, quoted for a shell."""
    import shlex

    return shlex.quote(word_for(practice, practices))


def command_word_to_restore(practice: Practice, practices: Sequence[Practice], today: date) -> str:
    """What to type for an archived practice with `practices restore`, quoted for a shell."""
    return command_word(practice, _archived(practices, today))


def _archived(practices: Sequence[Practice], today: date) -> list[Practice]:
    return [one for one in practices if one.archived_since(today) is not None]


def unknown_practice(text: str) -> InputError:
    """The error for a practice that the diary doesn't have."""
    return InputError(
        _('No practice called "{text}". Run "calmtrack practices" to see yours.').format(text=text),
        in_app=_('No practice called "{text}". The Practices screen (P) lists yours.').format(
            text=text
        ),
    )


def _nearest(practices: Sequence[Practice], wanted: str) -> list[Practice]:
    """Those with a word that begins as the typed one, or without any, those spelled most alike."""
    plain = fold(wanted)
    if with_word := [one for one in practices if _has_word(one, plain)]:
        return with_word[:3]
    import difflib

    by_text = {p.id: p for p in practices} | {p.name.casefold(): p for p in practices}
    close = difflib.get_close_matches(wanted, by_text, n=4, cutoff=0.6)
    return list(dict.fromkeys(by_text[text] for text in close))[:3]


def _has_word(practice: Practice, plain: str) -> bool:
    words = _words_of(practice, practice.id)
    return len(plain) >= MIN_WORD and any(word.startswith(plain) for word in words)


def _words_of(practice: Practice, *more: str) -> list[str]:
    """The words of a practice's name, and of more texts, as `fold` writes them."""
    return re.split(r"[\W_]+", fold(" ".join([practice.name, *more])))


def _words(named: Iterable[Practice], practices: Sequence[Practice]) -> str:
    """The word to type for each, with the practice's name where that isn't what the word says."""
    words = ((word_for(one, practices), one.name) for one in named)
    return ", ".join(
        sanitize_line(word, 60)
        if word in (slug(name, ()), name, name.lower())
        else f"{word} ({sanitize_line(name, 60)})"
        for word, name in words
    )


def slug(name: str, taken: Iterable[str]) -> str:
    """The id of a new practice: its name as an ASCII slug, `mile-slowo` of "Miłe słowo", numbered
    from `-2` where taken."""
    plain = fold(name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "practice"
    used = set(taken) | _RESERVED_IDS
    numbered = (f"{base}-{number}" for number in count(2))
    return next(one for one in chain([base], numbered) if one not in used)


def suggest_key(name: str, taken: Iterable[str | None]) -> str | None:
    """The first letter of a name that is neither used by a practice nor reserved; or None."""
    used = set(taken)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return next((c for c in plain if c in PRACTICE_LETTERS and c not in used), None)
