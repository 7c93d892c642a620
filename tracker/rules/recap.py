"""What a recap of a month or a year may say: how calm compares with the period before, and which
notes are starred."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from tracker.rules.calm import Change

ENOUGH_RATED = 14
"""Rated evenings in each of two periods before their averages are compared: about as many as the
weights of the calm trend (half-life 7 days) amount to. A design judgement, like the whole point
below; INSIGHTS 3."""

# CJK keyboards write the wide sign.
STARS = "*＊"


def change_between(scores: Sequence[int], before: Sequence[int]) -> Change | None:
    """How the average calm (0 to 10) of a period compares with that of the period before: a
    direction only from a whole point on.

    None where one of the two has fewer than 14 rated evenings.
    """
    if min(len(scores), len(before)) < ENOUGH_RATED:
        return None
    now, then = fmean(scores), fmean(before)
    if abs(now - then) < 1:
        return "as_usual"
    return "calmer" if now > then else "lower"


def starred_text(note: str) -> str:
    """The text of a note whose first character is a star, without the star; empty for another."""
    return note[1:].strip() if note[:1] and note[0] in STARS else ""
