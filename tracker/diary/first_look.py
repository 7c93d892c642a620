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
from tracker.values import DayView, Practice, Rows


def first_look(place: Place, now: Callable[[], datetime] = clock.now) -> DayView | None:
    """Today as `Diary.day()` would show it; None when only the Diary itself can say.

    That is so for a diary not yet begun, too. Raises Trouble for a file that can't be read.
    """

    rows = _rows(place, now)
    if rows is None:
        return None
    today = _today(rows, now)
    return day_page(rows, today, today)


def known_practices(
    place: Place, now: Callable[[], datetime] = clock.now, *, archived: bool
) -> list[Practice]:
    """The practices in the list today, or those out of it, as far as a quick look can tell.

    Those that a diary would begin with where there is none yet; none where there is no diary
    file to look at. Raises Trouble for a file that can't be read.
    """
    from tracker.diary.beginning import unbegun_rows

    rows = _rows(place, now)
    if rows is None and place.path is not None and not place.path.exists():
        rows = unbegun_rows(now().date())
    if rows is None:
        return []
    today = _today(rows, now)
    return [one for one in rows.practices if (one.archived_since(today) is not None) is archived]


def _rows(place: Place, now: Callable[[], datetime]) -> Rows | None:
    rows = glance(place, lambda rows: _today(rows, now))
    return rows if rows is not None and rows.begun else None


def _today(rows: Rows, now: Callable[[], datetime]) -> date:
    return day_of(now(), habits_of(rows.kept).day_turns_at)
