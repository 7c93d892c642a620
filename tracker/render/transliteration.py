"""Text for an output whose encoding lacks some of its characters: similar ones in their place."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from tracker.i18n.messages import language

HANDLER = "calmtrack.similar"
"""The error handler of `codecs` that this module registers: as "replace", but with similar
characters before the question mark."""

_SIMILAR = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    **dict.fromkeys("¿¡", ""),
    "–": "-",
    "…": "...",
    "ß": "ss",
}
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}

_GAPS = r"( {2,})"


def _encode_similar(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_similar, lacking)), error.end


def _similar(character: str) -> str:
    """What a reader of the language takes for the character, in ASCII: "ue" for "ü" in German, else
    the letter without its accent; a question mark where there is nothing similar."""
    known = _SIMILAR.get(character)
    if known is None and language() == "de":
        known = _GERMAN.get(character)
    if known is None:
        parts = unicodedata.normalize("NFKD", character)
        known = "".join(part for part in parts if not unicodedata.combining(part))
    return known if known.isascii() else "?"


codecs.register_error(HANDLER, _encode_similar)


@cache
def lacks_characters(encoding: str) -> bool:
    """Whether an encoding isn't one of Unicode."""
    try:
        return not codecs.lookup(encoding).name.startswith("utf-")
    except LookupError:
        return False


def encodable(texts: Iterable[str], encoding: str) -> Iterator[str]:
    """The parts of a line with the characters of an encoding. Where these take more cells than
    before, the next gaps of two spaces or more give way; where they take fewer, spaces follow. So
    columns stay in place."""
    from rich.cells import cell_len

    surplus = 0
    for text in texts:
        parts = []
        for part in re.split(_GAPS, text):
            if part.startswith("  "):
                taken = min(surplus, len(part) - 1)
                parts.append(" " * (len(part) - taken))
                surplus -= taken
            else:
                parts.append(part.encode(encoding, HANDLER).decode(encoding))
                surplus += cell_len(parts[-1]) - cell_len(part)
                if surplus < 0:
                    parts.append(" " * -surplus)
                    surplus = 0
        yield "".join(parts)
