"""How a shaped list of practices is written: checked first, then one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.diary.diary import Diary
from tracker.models import Practice
from tracker.store.writer import Writer

PracticeFields = Callable[[Sequence[Practice]], Sequence[Practice]]
"""From the practices that are there to those that are to be put, the one meant first."""


def save(diary: Diary, shape: PracticeFields) -> Practice:
    """Writes what `shape` makes as one step; returns the one meant."""
    # Made once before, so that what is refused does not begin a diary.
    made = list(shape(diary.practices()))

    def act(writer: Writer) -> None:
        made[:] = shape(writer.practices())
        for practice in made:
            writer.put_practice(practice)

    diary.change("practice", made[0].id, act)
    return made[0]
