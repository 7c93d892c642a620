"""Explains a streak day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tracker.diary.day_view import state_on
from tracker.diary.streak_figures import PracticeHistory, history_with, settings_of
from tracker.models import NO_FIGURES, Figures, PageData, Practice
from tracker.rules import streaks
from tracker.rules.days import week_of
from tracker.rules.streak_state import StreakState, from_json
from tracker.store.reader import Reader
from tracker.views import ExplainedDay, Explanation

AT_LEAST = 14
"""Days explained even where the streak is shorter."""

_A_DAY = timedelta(days=1)


def explain(
    rows: PageData, practice: Practice, day: date, today: date, reader: Reader | None
) -> Explanation:
    """A practice's streak up to a day: from the first day of the streak on, at least 14 days.

    The rows need no entries. `reader` is None where nothing was ever logged.
    """
    explained: tuple[streaks.ExplainedStep, ...] = ()
    history = history_with(practice, rows.first_entry.get(practice.id), {})
    day_figures = NO_FIGURES
    for start in _start_states(reader, practice.id, day - AT_LEAST * _A_DAY):
        history, day_figures, steps = _steps(rows, practice, day, today, reader, start)
        first = max((n for n, step in enumerate(steps) if step.streak == 0), default=-1) + 1
        explained = steps[max(0, min(first, len(steps) - AT_LEAST)) :]
        if first or start is None or start.chain == 0:
            break
    if explained and reader is not None:
        evenings = {e.day: e for e in reader.evenings(explained[0].day, explained[-1].day)}
        rows = rows._replace(evenings=evenings)
    return Explanation(
        practice=practice,
        day=day,
        figures=day_figures,
        cushion=7 - practice.goal_on(day).days_per_week,
        days=tuple(
            ExplainedDay(
                step.day,
                state_on(rows, history, step.day, today),
                step.effect.value,
                step.streak,
                step.week_done,
                step.cushion,
                step.week_off,
            )
            for step in explained
        ),
    )


def _start_states(
    reader: Reader | None, practice_id: str, latest: date
) -> Iterator[StreakState | None]:
    """The cached states after which an explanation can start, newest first; finally None for the
    whole history.

    Each one after the first is before the estimated start of the streak, from its length and the
    weekly goal, so that a long streak is seldom read twice.
    """
    cached = [] if reader is None else reader.streak_states(practice_id)
    while cached:
        day, state = cached.pop()
        if day < latest:
            start = from_json(state)
            yield start
            latest = date.fromordinal(max(1, start.day - 7 * start.chain // start.target))
    yield None


def _steps(
    rows: PageData,
    practice: Practice,
    day: date,
    today: date,
    reader: Reader | None,
    start: StreakState | None,
) -> tuple[PracticeHistory, Figures, tuple[streaks.ExplainedStep, ...]]:
    """The history after a state, the figures as of `day`, and the effect of each day on the streak;
    without a state, over the whole history."""
    since = date.min if start is None else date.fromordinal(start.day) + _A_DAY
    week_starts_on = settings_of(rows.kept).week_starts_on
    week_end = week_of(day, week_starts_on) + 6 * _A_DAY
    logged = {} if reader is None else reader.states_by_day(practice.id, since, week_end)
    history = history_with(practice, rows.first_entry.get(practice.id), logged)
    if day < history.first:
        return history, NO_FIGURES, ()
    before = start or streaks.initial_state(history.first, week_starts_on)
    is_open = day == today
    last = day - _A_DAY if is_open else day
    marks = tuple(history.marks(date.fromordinal(before.day) + _A_DAY, last))
    open_day = history.mark(today) if is_open else None
    rest_ahead = history.off_between(day + _A_DAY, week_end)
    day_figures = streaks.figures(streaks.advance(before, marks), open_day, rest_ahead)
    return history, day_figures, streaks.explain(before, marks, open_day, rest_ahead)
