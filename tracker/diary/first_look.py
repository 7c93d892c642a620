"""The first look at today: quick enough for the first frame and for a prompt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tracker import clock
from tracker.diary.folding import habits_of
from tracker.diary.pages import day_page
from tracker.places import Place
from tracker.rules.days import day_of
from tracker.store.glance import glance
from tracker.values import DayView, Rows


def first_look(place: Place, now: Callable[[], datetime] = clock.now) -> DayView | None:
    """Today as `Diary.day()` would show it; None when only the Diary itself can say.

    That is so for a diary not yet begun, too. Raises Trouble for a file that can't be read.
    """

    def which_day(rows: Rows) -> date:
        return day_of(now(), habits_of(rows.kept).day_turns_at)

    rows = glance(place, which_day)
    if rows is None or not rows.begun:
        return None
    today = which_day(rows)
    return day_page(rows, today, today)
