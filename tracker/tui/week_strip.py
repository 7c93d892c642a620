"""The week beside Tonight's list, where there is room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.i18n.dates import weekday_two
from tracker.models import DayView, State
from tracker.render.symbols import mark_on

if TYPE_CHECKING:
    from tracker.views import WeekView


def week_marks(view: DayView, week: WeekView) -> tuple[tuple[str, ...], ...]:
    """Seven marks for each practice of the day; blank where it was not in the list."""
    states = {one.practice.id: one.states for one in week.practices}
    blank: tuple[State | None, ...] = (None,) * 7
    return tuple(
        tuple(
            mark_on(state, evening.day, view.today)
            for evening, state in zip(week.days, row, strict=True)
        )
        for row in (states.get(one.practice.id, blank) for one in view.practices)
    )


def week_heading(week: WeekView) -> tuple[str, ...]:
    """The weekdays above them."""
    return tuple(weekday_two(evening.day.weekday()) for evening in week.days)
