"""With which practices somebody is named, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.values import Practice
from tracker.visible import visible
from tracker.words import say


def with_words(practices: Sequence[tuple[Practice, int]]) -> str:
    """The practices in whose notes, and on how many days each: "Gratitude 9, Hug 4"."""
    return ", ".join(
        say("people.days", name=visible(practice.name, 60), days=days)
        for practice, days in practices
    )
