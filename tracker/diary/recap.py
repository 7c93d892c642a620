"""Builds the recap of a month or a year from rows and insights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import fmean

from tracker.diary.day_view import histories, state_on
from tracker.diary.notes import NamedNote, people_in
from tracker.models import PageData, State
from tracker.rules.calm import change_between
from tracker.rules.day_states import is_day_of_rest
from tracker.rules.days import days_between
from tracker.rules.mentions import starred_text
from tracker.views import (
    FOUND_LEVELS,
    Finding,
    InsightsView,
    Period,
    RecapDay,
    RecapView,
    StarredNote,
)


def recap_view(rows: PageData, period: Period, today: date, first_day: date) -> RecapView:
    """The recap without findings. `rows` are those of the period up to today, and the evenings of
    the period before; `first_day` is that of the diary."""
    days = tuple(days_between(period.first, period.last))
    practices = histories(rows)
    states = {
        history.practice: [state_on(rows, history, day, today) for day in days]
        for history in practices
    }
    by_day = list(zip(*states.values(), strict=True)) or [()] * len(days)
    done = [(one, of_one.count(State.DONE)) for one, of_one in states.items()]
    scores = _scores(rows, period)
    notes = list(_notes(rows, period))
    return RecapView(
        period=period,
        today=today,
        first_day=first_day,
        week_starts_on=rows.settings.week_starts_on,
        days=tuple(
            RecapDay(
                day,
                rows.evening(day).calm,
                of_day.count(State.DONE),
                sum(state is not None for state in of_day),
                is_day_of_rest(of_day),
            )
            for day, of_day in zip(days, by_day, strict=True)
        ),
        rated=len(scores),
        calm=fmean(scores) if scores else None,
        change=change_between(scores, _scores(rows, period.shifted(-1))),
        practices=tuple(
            sorted((one for one in done if one[1]), key=lambda one: (-one[1], one[0].position))
        ),
        people=tuple((one.name, one.days) for one in people_in(notes, today)),
        notes=tuple(
            StarredNote(day, practice, text)
            for day, practice, note in notes
            if (text := starred_text(note))
        ),
    )


def findings_of(view: InsightsView) -> tuple[Finding, ...]:
    """The patterns that are steady or leaning: practice by practice, then all together."""
    found = [
        Finding(one.practice, one.level.value, one.sentence)
        for level in FOUND_LEVELS
        for one in view.practices
        if one.level is level
    ]
    if view.together is not None:
        found.append(Finding(None, "together", view.together.sentence))
    return tuple(found)


def _scores(rows: PageData, period: Period) -> list[int]:
    scores = (rows.evening(day).calm for day in days_between(period.first, period.last))
    return [score for score in scores if score is not None]


def _notes(rows: PageData, period: Period) -> Iterator[NamedNote]:
    """The notes of the period, oldest first: of a day the evening's, then those of practices."""
    for day in days_between(period.first, period.last):
        if note := rows.evening(day).note:
            yield day, None, note
        for practice in rows.practices:
            if note := rows.entry(practice.id, day).note:
                yield day, practice, note
