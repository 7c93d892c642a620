"""Builds the view of a day from its rows."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.diary.streak_figures import PracticeHistory, compute_figures, history_of
from tracker.models import (
    NO_FIGURES,
    DayView,
    Entry,
    Evening,
    PageData,
    PracticeDay,
    State,
)
from tracker.rules import day_states


def day_view(rows: PageData, day: date, today: date) -> DayView:
    """A day: its calm, and each practice in the list on it or added later, with figures as of that
    day."""
    evening = rows.evening(day)
    before = day - timedelta(days=1)
    return DayView(
        day=day,
        today=today,
        calm=evening.calm,
        calm_note=evening.note,
        checked_in=checked_in(evening),
        practices=tuple(
            _practice_day(rows, history, day, today)
            for history in histories(rows)
            if history.listed(day) or could_be_logged(history, day, today)
        ),
        yesterday_open=rows.evening(before).calm is None and _existed_on(rows, before),
        day_turns_at=rows.settings.day_turns_at,
    )


def histories(rows: PageData) -> tuple[PracticeHistory, ...]:
    """The history of every practice within the rows, in the order of the list."""
    entries: dict[str, list[Entry]] = {practice.id: [] for practice in rows.practices}
    for entry in rows.entries.values():
        entries[entry.practice_id].append(entry)
    return tuple(history_of(rows, practice, entries[practice.id]) for practice in rows.practices)


def could_be_logged(history: PracticeHistory, day: date, today: date) -> bool:
    """Whether a practice of today's list was added after a day, so that the day can be filled in:
    an entry brings it into the list from that day on."""
    return day < history.first and history.listed(today)


def checked_in(evening: Evening | None) -> bool:
    """Whether an evening has a rating that is not late."""
    return timely_score(evening) is not None


def timely_score(evening: Evening | None) -> int | None:
    """The calm score of an evening, 0 to 10; None for a late rating or none."""
    if evening is None or day_states.is_late(evening.day, evening.logged_at):
        return None
    return evening.calm


def timely_ratings(rows: PageData) -> list[tuple[date, int]]:
    """The days of the rows with a rating that is not late, oldest first, with their scores."""
    scores = ((day, timely_score(evening)) for day, evening in sorted(rows.evenings.items()))
    return [(day, score) for day, score in scores if score is not None]


def state_on(rows: PageData, history: PracticeHistory, day: date, today: date) -> State | None:
    """A practice's state on a day; None outside of the list."""
    if not history.listed(day):
        return None
    stored, amount = history.logged.get(day, (None, None))
    return day_states.state_of(
        stored,
        amount,
        history.practice.goal_on(day).amount,
        over=day < today,
        checked_in=checked_in(rows.evenings.get(day)),
    )


def _existed_on(rows: PageData, day: date) -> bool:
    return any(one.first_day(rows.first_entry.get(one.id)) <= day for one in rows.practices)


def _practice_day(rows: PageData, history: PracticeHistory, day: date, today: date) -> PracticeDay:
    practice = history.practice
    entry = rows.entry(practice.id, day)
    goal = practice.goal_on(day)
    # Outside of the list only where it was added later.
    state = state_on(rows, history, day, today) or State.NOT_LOGGED
    return PracticeDay(
        practice=practice,
        state=state,
        amount=entry.amount,
        target=goal.amount,
        note=entry.note,
        days_per_week=goal.days_per_week,
        figures=(NO_FIGURES if day > today else compute_figures(rows, history, day, today)),
    )


def as_of_today(rows: PageData, today: date) -> PageData:
    """The rows with every `added_on` that lies ahead of today set to today: the clock was ahead
    then, or the person flew west over the date line."""
    if all(practice.added_on <= today for practice in rows.practices):
        return rows
    moved = (one._replace(added_on=min(one.added_on, today)) for one in rows.practices)
    return rows._replace(practices=tuple(moved))
