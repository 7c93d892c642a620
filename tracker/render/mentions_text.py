"""With which practices somebody is named, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.sanitize import sanitize_line


def practices_clause(practices: Sequence[tuple[Practice, int]]) -> str:
    """The practices in whose notes, and on how many days each: "Gratitude 9, Hug 4"."""
    return ", ".join(
        say("people.days", name=sanitize_line(practice.name, 60), days=days)
        for practice, days in practices
    )
