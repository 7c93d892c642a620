"""Text from a file made fit for the diary: what cannot be kept is replaced, never refused."""

from __future__ import annotations

import re

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def replace_invalid(text: str) -> str:
    """The text with U+FFFD for each NUL and each half of a character that lacks its other."""
    if not _NO_TEXT.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\N{REPLACEMENT CHARACTER}")
