"""From a diary's rows to what a person looks at: a day, a week, the streaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.diary.streak_figures import PracticeHistory, compute_figures, make_history, settings_of
from tracker.models import DayView, Entry, Evening, PageData, Practice, PracticeDay, State
from tracker.rules import states


def day_view(rows: PageData, day: date, today: date, *, to_log: bool = False) -> DayView:
    """One day: its calm, and each practice in the list on it with its figures as of that day;
    `to_log` also those of today's list that were not in it yet."""
    evening = rows.evenings.get(day)
    before = day - timedelta(days=1)
    yesterday = rows.evenings.get(before)
    return DayView(
        day=day,
        today=today,
        calm=evening.calm if evening else None,
        calm_note=evening.note if evening else "",
        checked_in=checked_in(evening),
        practices=tuple(
            _practice_day(rows, tape, day, today)
            for tape in tapes(rows)
            if tape.listed(day) or (to_log and day < tape.first and tape.listed(today))
        ),
        yesterday_open=(yesterday is None or yesterday.calm is None) and _had_begun(rows, before),
        day_turns_at=settings_of(rows.kept).day_turns_at,
    )


def tapes(rows: PageData) -> tuple[PracticeHistory, ...]:
    """Every practice's days within the rows, in the order of the list."""
    mine: dict[str, list[Entry]] = {practice.id: [] for practice in rows.practices}
    for entry in rows.entries.values():
        mine[entry.practice_id].append(entry)
    return tuple(
        make_history(practice, rows.first_entry.get(practice.id), iter(mine[practice.id]))
        for practice in rows.practices
    )


def checked_in(evening: Evening | None) -> bool:
    """Whether an evening has a rating that is not late."""
    return (
        evening is not None
        and evening.calm is not None
        and not states.is_late(evening.day, evening.logged_at)
    )


def state_on(rows: PageData, tape: PracticeHistory, day: date, today: date) -> State | None:
    """What a day is to a practice; None outside of the list."""
    if not tape.listed(day):
        return None
    stored, amount = tape.logged.get(day, (None, None))
    return State(
        states.state_of(
            stored,
            amount,
            tape.practice.goal_on(day).amount,
            over=day < today,
            checked_in=checked_in(rows.evenings.get(day)),
        )
    )


def _had_begun(rows: PageData, day: date) -> bool:
    return any(
        min(p.added_on, rows.first_entry.get(p.id, p.added_on)) <= day for p in rows.practices
    )


def _practice_day(rows: PageData, tape: PracticeHistory, day: date, today: date) -> PracticeDay:
    practice = tape.practice
    entry = rows.entries.get((practice.id, day))
    goal = practice.goal_on(day)
    # None only where it is to be logged before it came into the list.
    state = state_on(rows, tape, day, today) or State.NOT_LOGGED
    return PracticeDay(
        practice=practice,
        state=state,
        amount=entry.amount if entry else None,
        target=goal.amount,
        note=entry.note if entry else "",
        days_per_week=goal.days_per_week,
        figures=compute_figures(rows, practice, min(day, today), today, tape),
    )


def practice_by_id(practices: Iterable[Practice], practice_id: str) -> Practice | None:
    """The practice with this id."""
    return next((p for p in practices if p.id == practice_id), None)
