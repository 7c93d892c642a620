"""From a diary's rows to a long look back: a year, and calm over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.diary.day_view import state_on, tapes
from tracker.diary.streak_figures import PracticeHistory, compute_figures, settings_of
from tracker.models import Entry, Evening, PageData, State
from tracker.rules import calm
from tracker.rules.days import days_between
from tracker.rules.states import is_late
from tracker.rules.weekdays import best_weekday
from tracker.views import CalmDay, CalmView, PracticeYear, YearView

MONTHS = range(1, 13)


def year_view(rows: PageData, year: int, today: date) -> YearView:
    """A calendar year, from the rows of its days alone."""
    # Streaks are those of this year's own days: a fold kept for later days has no part in them.
    rows = replace(rows, settled={})
    days = tuple(days_between(date(year, 1, 1), date(year, 12, 31)))
    evenings = tuple(rows.evenings.get(day) or Evening(day, None, "", None) for day in days)
    practices = tuple(
        _practice_year(rows, tape, days, today)
        for tape in tapes(rows)
        if any(tape.listed(day) for day in days)
    )
    connected = tuple(_connected(practices, place) for place in range(len(days)))
    return YearView(
        year=year,
        days=days,
        today=today,
        week_starts_on=settings_of(rows.kept).week_starts_on,
        evenings=evenings,
        practices=practices,
        connected=connected,
        connected_best_weekday=best_weekday(
            (day.weekday(), float(done > 0))
            for day, (done, listed) in zip(days, connected, strict=True)
            if listed and day <= today
        ),
        calm_best_weekday=best_weekday(
            (evening.day.weekday(), float(evening.calm))
            for evening in evenings
            if evening.calm is not None
        ),
    )


def calm_view(evenings: Iterable[Evening], first: date, last: date, today: date) -> CalmView:
    """Calm from `first` to `last`; `evenings` go further back, oldest first."""
    known = {evening.day: evening for evening in evenings}
    ratings = [(day, one.calm) for day, one in known.items() if one.calm is not None]
    in_time = [(day, score) for day, score in ratings if not is_late(day, known[day].logged_at)]
    days = tuple(
        _calm_day(day, known.get(day), trend)
        for day, trend in calm.trend_between(first, last, ratings)
    )
    return CalmView(
        days=days,
        today=today,
        usual_range=calm.usual_range(last, in_time),
        change=calm.change_over_a_month(last, ratings),
        rated=sum(one.calm is not None for one in days),
    )


def _calm_day(day: date, evening: Evening | None, trend: float | None) -> CalmDay:
    if evening is None:
        return CalmDay(day, None, False, "", trend)
    late = evening.calm is not None and is_late(day, evening.logged_at)
    return CalmDay(day, evening.calm, late, evening.note, trend)


def _practice_year(
    rows: PageData, tape: PracticeHistory, days: Sequence[date], today: date
) -> PracticeYear:
    practice = tape.practice
    states = tuple(state_on(rows, tape, day, today) for day in days)
    entries = [rows.entries.get((practice.id, day)) for day in days]
    as_of = min(days[-1], today)
    done = [state is State.DONE for state in states]
    # A streak that began in an earlier year counts from 1 January on.
    of_this_year = replace(tape, first=max(tape.first, days[0]))
    return PracticeYear(
        practice=practice,
        states=states,
        amounts=tuple(entry.amount if entry else None for entry in entries),
        notes=tuple(_note(entry) for entry in entries),
        done=sum(done),
        figures=compute_figures(rows, practice, as_of, today, of_this_year),
        days_per_week=practice.goal_on(as_of).days_per_week,
        best_weekday=best_weekday(
            (day.weekday(), float(state is State.DONE))
            for day, state in zip(days, states, strict=True)
            if state not in (None, State.REST, State.PENDING)
        ),
        months=tuple(
            sum(one for day, one in zip(days, done, strict=True) if day.month == month)
            for month in MONTHS
        ),
    )


def _note(entry: Entry | None) -> str:
    return entry.note if entry else ""


def _connected(practices: Iterable[PracticeYear], place: int) -> tuple[int, int]:
    states = [one.states[place] for one in practices]
    return states.count(State.DONE), sum(state is not None for state in states)
