"""From a diary's rows to the review of a week, and to the streaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.diary.day_view import state_on, tapes
from tracker.diary.streak_figures import PracticeHistory, compute_figures
from tracker.i18n.messages import format_number, say
from tracker.models import Evening, PageData, Practice, State
from tracker.rules import calm
from tracker.rules.days import days_between
from tracker.views import PracticeWeek, StreakView, WeekView


def week_view(rows: PageData, start: date, today: date) -> WeekView:
    """The week from its first day on, with figures as of its end, or of today while it lasts."""
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


def streak_views(rows: PageData, day: date, today: date) -> tuple[StreakView, ...]:
    """The figures of every practice in the list on a day."""
    views = []
    for tape in tapes(rows):
        if not tape.listed(day):
            continue
        views.append(streak_view(rows, tape.practice, day, today, tape))
    return tuple(views)


def streak_view(
    rows: PageData, practice: Practice, day: date, today: date, tape: PracticeHistory | None = None
) -> StreakView:
    """The figures of one practice as of a day."""
    return StreakView(
        practice,
        practice.goal_on(day).days_per_week,
        compute_figures(rows, practice, day, today, tape),
    )


def _practice_week(rows: PageData, tape: PracticeHistory, start: date, today: date) -> PracticeWeek:
    practice = tape.practice
    days = tuple(days_between(start, start + timedelta(days=6)))
    as_of = min(days[-1], today)
    entries = [rows.entries.get((practice.id, day)) for day in days]
    return PracticeWeek(
        practice=practice,
        states=tuple(state_on(rows, tape, day, today) for day in days),
        amounts=tuple(entry.amount if entry else None for entry in entries),
        notes=tuple(entry.note if entry else "" for entry in entries),
        days_per_week=practice.goal_on(as_of).days_per_week,
        figures=compute_figures(rows, practice, as_of, today, tape),
    )


def _week_sentence(
    rows: PageData, days: Iterable[Evening], weeks: Iterable[PracticeWeek], today: date
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
        parts.append(say("week.calm", calm=format_number(sum(scores) / len(scores), 1)))
    change = calm.change_over_a_month(min(end, today), _ratings(rows))
    if change is not None:
        parts.append(say(f"week.{change}"))
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + ("" if parts[-1].endswith(".") else ".")


def _ratings(rows: PageData) -> list[tuple[date, int]]:
    return sorted(
        (evening.day, evening.calm)
        for evening in rows.evenings.values()
        if evening.calm is not None
    )
