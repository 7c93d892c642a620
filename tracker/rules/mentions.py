"""Parses the marks in notes: `@name` for people, `#word`, and a star as the first character. No
name is guessed from text without a mark."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from tracker.rules.folding import fold

# Each normal sign, and the full-width one of Chinese, Japanese and Korean keyboards.
SIGNS = "@＠"
TAG_SIGNS = "#＃"
STARS = "*＊"
APOSTROPHES = "'\u2019\u02bc"
_NAMED, _TAGGED = (rf"\S*://\S*|[{signs}]([^\s{signs}]+)" for signs in (SIGNS, TAG_SIGNS))


def find_mentions(text: str) -> tuple[str, ...]:
    """The people a note names, each once and as first written there, in NFC.

    A name begins with a letter of any script and goes on with letters, digits, - and _; a - or _
    at its end is punctuation. O'Neill and D'Angelo are whole names; Anna's is Anna. An @ within an
    e-mail or web address doesn't begin a name.
    """
    return _find(text, SIGNS, _NAMED)


def find_tags(text: str) -> tuple[str, ...]:
    """The words after a `#` in a note, by the same rules as names."""
    return _find(text, TAG_SIGNS, _TAGGED)


def starred_text(note: str) -> str:
    """The text of a note whose first character is a star, without the star; "" for other notes."""
    return note[1:].strip() if note[:1] and note[0] in STARS else ""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each name and `#word` in a text in NFC, its sign included, in no
    order."""
    for pattern in (_NAMED, _TAGGED):
        for start, name in _matches(text, pattern):
            yield start - 1, start + len(name)


def _find(text: str, signs: str, pattern: str) -> tuple[str, ...]:
    if not any(sign in text for sign in signs):
        return ()
    found: dict[str, str] = {}
    for _, name in _matches(unicodedata.normalize("NFC", text), pattern):
        found.setdefault(normalize_name(name), name)
    return tuple(found.values())


def normalize_name(name: str) -> str:
    """The key of a person's name: without case and accents, which a hurried note lacks."""
    return fold(name)


def preferred_spelling(names: Iterable[str]) -> str:
    """The most frequent spelling of a person's name; among equals the first."""
    counted = Counter(names)
    return max(counted, key=lambda name: counted[name])


def mention_prefix_at(before: str) -> str | None:
    """The prefix of the name being typed, given the line up to the cursor; None where no name is
    being typed."""
    begun = before[max(before.rfind(sign) for sign in SIGNS) + 1 :]
    if not begun or begun == before:
        return None
    # The letter appended keeps a - or _ before the cursor in the name.
    named = [name for _, name in _matches(unicodedata.normalize("NFC", f"{before}x"), _NAMED)]
    is_last = named[-1:] == [unicodedata.normalize("NFC", f"{begun}x")]
    return begun if is_last else None


def complete_name(names: Iterable[str], prefix: str) -> tuple[str, ...]:
    """The names that start with a prefix, in their order; a name equal to it is left out."""
    normalized = normalize_name(prefix)
    return tuple(
        name for name in names if normalize_name(name).startswith(normalized) and name != prefix
    )


def _matches(text: str, pattern: str) -> Iterator[tuple[int, str]]:
    """Each name with the index of its first letter."""
    for match in re.finditer(pattern, text):
        rest = match[1]
        if rest is None or (match.start() and _is_name_character(text[match.start() - 1])):
            continue
        end = next((n for n in range(len(rest)) if not _goes_on(rest, n)), len(rest))
        name = rest[:end].rstrip("-_")
        if name and unicodedata.category(name[0])[0] == "L":
            yield match.start(1), name


def _goes_on(text: str, place: int) -> bool:
    """Whether a name that begins the text has this character, too: an apostrophe after the first
    letter, or before a capital, and only before two letters."""
    if text[place] not in APOSTROPHES:
        return _is_name_character(text[place])
    following = text[place + 1 : place + 3]
    return (place == 1 or following[:1].isupper()) and len(following) == 2 and following.isalpha()


def _is_name_character(character: str) -> bool:
    # Marks are part of the letters of many scripts.
    return character in "-_" or unicodedata.category(character)[0] in "LMN"
