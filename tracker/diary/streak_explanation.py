"""How a streak came about, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.diary.day_view import state_on
from tracker.diary.streak_figures import PracticeHistory, history_with
from tracker.models import PageData, Practice
from tracker.rules import streaks
from tracker.rules.streak_state import StreakState, from_json
from tracker.store.reader import Reader
from tracker.views import ExplainedDay, Explanation

AT_LEAST = 14
"""Days that are told even when the streak is shorter."""

_A_DAY = timedelta(days=1)


def explain(
    rows: PageData, practice: Practice, day: date, today: date, reader: Reader | None
) -> Explanation:
    """The story of a practice's streak up to a day: from where it began, two weeks at least.

    The rows need no entries. Without a reader nothing was ever logged.
    """
    told: tuple[streaks.ExplainedStep, ...] = ()
    tape = history_with(practice, rows.first_entry.get(practice.id), {})
    for fold in _further_back(reader, practice.id, day - AT_LEAST * _A_DAY):
        tape, steps = _steps(rows, practice, day, today, reader, fold)
        began = max((n for n, step in enumerate(steps) if step.streak == 0), default=-1) + 1
        told = steps[max(0, min(began, len(steps) - AT_LEAST)) :]
        if began or fold is None or fold.chain == 0:
            break
    if told and reader is not None:
        evenings = {e.day: e for e in reader.evenings(told[0].day, told[-1].day)}
        rows = replace(rows, evenings=evenings)
    return Explanation(
        practice=practice,
        day=day,
        streak=told[-1].streak if told else 0,
        cushion=7 - practice.goal_on(day).days_per_week,
        days=tuple(
            ExplainedDay(
                step.day, state_on(rows, tape, step.day, today), step.effect.value, step.streak
            )
            for step in told
        ),
    )


def _further_back(
    reader: Reader | None, practice_id: str, latest: date
) -> Iterator[StreakState | None]:
    """The folds that a story can begin after, newest first, and at last None: a whole life.

    From each the next one is as far back as its streak takes at the pace of the weekly goal, or
    a little more: a long streak is seldom read twice.
    """
    kept = [] if reader is None else reader.streak_states(practice_id)
    while kept:
        day, state = kept.pop()
        if day < latest:
            fold = from_json(state)
            yield fold
            latest = date.fromordinal(max(1, fold.day - 7 * fold.chain // fold.target))
    yield None


def _steps(
    rows: PageData,
    practice: Practice,
    day: date,
    today: date,
    reader: Reader | None,
    fold: StreakState | None,
) -> tuple[PracticeHistory, tuple[streaks.ExplainedStep, ...]]:
    """The days after a fold, and what each did; without one, the days of a whole life."""
    since = date.min if fold is None else date.fromordinal(fold.day) + _A_DAY
    logged = {} if reader is None else reader.states_by_day(practice.id, since, day)
    tape = history_with(practice, rows.first_entry.get(practice.id), logged)
    first = max(tape.first, since)
    is_open = day == today
    last = day - _A_DAY if is_open else day
    open_day = tape.mark(today) if is_open and today >= tape.first else None
    return tape, streaks.explain(first, tape.marks(first, last), open_day, fold)
