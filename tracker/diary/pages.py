"""From a diary's rows to what a person looks at: a day, a week, the streaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.diary.folding import Tape, figures_of, habits_of, make_tape
from tracker.rules import calm, states
from tracker.rules.days import days_between, week_of
from tracker.values import (
    DayView,
    Entry,
    Evening,
    Practice,
    PracticeDay,
    PracticeWeek,
    Rows,
    State,
    StreakView,
    WeekView,
)
from tracker.words import say


def day_page(rows: Rows, day: date, today: date, *, to_log: bool = False) -> DayView:
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
        day_turns_at=habits_of(rows.kept).day_turns_at,
    )


def week_page(rows: Rows, day: date, today: date) -> WeekView:
    """The week that a day is in, with figures as of its end, or of today while it lasts."""
    start = week_of(day, habits_of(rows.kept).week_starts_on)
    end = start + timedelta(days=6)
    days = tuple(
        rows.evenings.get(d) or Evening(d, None, "", None) for d in days_between(start, end)
    )
    weeks = tuple(
        _practice_week(rows, tape, start, today)
        for tape in tapes(rows)
        if any(tape.listed(d) for d in days_between(start, end))
    )
    return WeekView(start, end, today, days, weeks, _week_sentence(rows, days, weeks, today))


def streak_views(rows: Rows, day: date, today: date) -> tuple[StreakView, ...]:
    """The figures of every practice in the list on a day."""
    views = []
    for tape in tapes(rows):
        if not tape.listed(day):
            continue
        views.append(streak_view(rows, tape.practice, day, today, tape))
    return tuple(views)


def streak_view(
    rows: Rows, practice: Practice, day: date, today: date, tape: Tape | None = None
) -> StreakView:
    """The figures of one practice as of a day."""
    figures = figures_of(rows, practice, day, today, tape)
    return StreakView(
        practice,
        practice.goal_on(day).days_per_week,
        figures.streak,
        figures.longest_streak,
        figures.weeks_in_rhythm,
        figures.longest_weeks_in_rhythm,
        figures.strength,
        figures.days_total,
    )


def tapes(rows: Rows) -> tuple[Tape, ...]:
    """Every practice's days within the rows, in the order of the list."""
    mine: dict[str, list[Entry]] = {practice.id: [] for practice in rows.practices}
    for entry in rows.entries.values():
        mine[entry.practice_id].append(entry)
    return tuple(
        make_tape(practice, rows.first_entry.get(practice.id), iter(mine[practice.id]))
        for practice in rows.practices
    )


def checked_in(evening: Evening | None) -> bool:
    """Whether an evening has a rating that is not late."""
    return (
        evening is not None
        and evening.calm is not None
        and not states.is_late(evening.day, evening.logged_at)
    )


def state_on(rows: Rows, tape: Tape, day: date, today: date) -> State | None:
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


def _had_begun(rows: Rows, day: date) -> bool:
    return any(
        min(p.added_on, rows.first_entry.get(p.id, p.added_on)) <= day for p in rows.practices
    )


def _practice_day(rows: Rows, tape: Tape, day: date, today: date) -> PracticeDay:
    practice = tape.practice
    entry = rows.entries.get((practice.id, day))
    goal = practice.goal_on(day)
    figures = figures_of(rows, practice, min(day, today), today, tape)
    # None only where it is to be logged before it came into the list.
    state = state_on(rows, tape, day, today) or State.NOT_LOGGED
    return PracticeDay(
        practice=practice,
        state=state,
        amount=entry.amount if entry else None,
        target=goal.amount,
        note=entry.note if entry else "",
        streak=figures.streak,
        weeks_in_rhythm=figures.weeks_in_rhythm,
        done_this_week=figures.done_this_week,
        days_per_week=goal.days_per_week,
        days_total=figures.days_total,
    )


def _practice_week(rows: Rows, tape: Tape, start: date, today: date) -> PracticeWeek:
    practice = tape.practice
    days = tuple(days_between(start, start + timedelta(days=6)))
    as_of = min(days[-1], today)
    entries = [rows.entries.get((practice.id, day)) for day in days]
    figures = figures_of(rows, practice, as_of, today, tape)
    return PracticeWeek(
        practice=practice,
        states=tuple(state_on(rows, tape, day, today) for day in days),
        amounts=tuple(entry.amount if entry else None for entry in entries),
        notes=tuple(entry.note if entry else "" for entry in entries),
        done_this_week=figures.done_this_week,
        days_per_week=practice.goal_on(as_of).days_per_week,
        streak=figures.streak,
        longest_streak=figures.longest_streak,
        weeks_in_rhythm=figures.weeks_in_rhythm,
        longest_weeks_in_rhythm=figures.longest_weeks_in_rhythm,
        strength=figures.strength,
        days_total=figures.days_total,
    )


def _week_sentence(
    rows: Rows, days: Iterable[Evening], weeks: Iterable[PracticeWeek], today: date
) -> str:
    """The one plain sentence on top of a week."""
    by_day = zip(*(week.states for week in weeks), strict=True)
    connected = sum(State.DONE in states_of_day for states_of_day in by_day)
    scores = [evening.calm for evening in days if evening.calm is not None]
    end = max(evening.day for evening in days)
    if not connected and not scores:
        if end >= today:
            return say("week.nothing_yet")
        return say("week.nothing")
    parts = []
    if connected:
        parts.append(
            say("week.one_evening") if connected == 1 else say("week.evenings", count=connected)
        )
    if scores:
        parts.append(say("week.calm", calm=f"{sum(scores) / len(scores):.1f}"))
    change = calm.change_over_a_month(min(end, today), _ratings(rows))
    if change is not None:
        parts.append(say(f"week.{change}"))
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + ("" if parts[-1].endswith(".") else ".")


def _ratings(rows: Rows) -> list[tuple[date, int]]:
    return sorted(
        (evening.day, evening.calm)
        for evening in rows.evenings.values()
        if evening.calm is not None
    )


def practice_by_id(practices: Iterable[Practice], practice_id: str) -> Practice | None:
    """The practice with this id."""
    return next((p for p in practices if p.id == practice_id), None)
