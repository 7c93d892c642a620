"""How a streak came about, day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from tracker.diary.folding import tape_of
from tracker.diary.pages import practice_by_id, state_on
from tracker.reviews import ExplainedDay, Explanation
from tracker.rules import streaks
from tracker.values import Evening, Rows

AT_LEAST = 14
"""Days that are told even when the streak is shorter."""


Evenings = Callable[[date, date], Mapping[date, Evening]]
"""The evenings from a day to another one."""


def explain(
    rows: Rows, practice_id: str, day: date, today: date, evenings: Evenings
) -> Explanation:
    """The story of a practice's streak up to a day: from where it began, two weeks at least.

    The rows hold all entries of this practice; evenings are asked for only where they are told.
    """
    practice = practice_by_id(rows.practices, practice_id)
    assert practice is not None
    tape = tape_of(rows, practice)
    is_open = day == today
    last = day - timedelta(days=1) if is_open else day
    steps = streaks.explain(
        tape.first,
        tape.marks(tape.first, last),
        tape.mark(today) if is_open and today >= tape.first else None,
    )
    began = max((n for n, step in enumerate(steps) if step.streak == 0), default=-1) + 1
    told = steps[max(0, min(began, len(steps) - AT_LEAST)) :]
    if told:
        rows = replace(rows, evenings=evenings(told[0].day, told[-1].day))
    return Explanation(
        practice=practice,
        day=day,
        streak=steps[-1].streak if steps else 0,
        cushion=7 - practice.goal_on(day).days_per_week,
        days=tuple(
            ExplainedDay(
                step.day, state_on(rows, tape, step.day, today), step.effect.value, step.streak
            )
            for step in told
        ),
    )
