"""Reads today for the first frame and `status`, without the modules that only a change needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tracker import clock
from tracker.diary.day_view import as_of_today, day_view
from tracker.location import Location
from tracker.models import COIN_MONTHS, DayView, PageData, Practice, settings_of
from tracker.rules.days import day_of
from tracker.store.fast_reader import read_quickly, read_today


def today_view(location: Location, now: Callable[[], datetime] = clock.now) -> DayView | None:
    """Today as `Diary.day()` returns it; None where only Diary can read it, as before a diary
    exists or on a server. Raises CalmtrackError for an unreadable file."""
    rows = _rows(location, now)
    if rows is None:
        return None
    today = _today(rows.kept, now)
    return day_view(as_of_today(rows, today), today, today)


def may_have_coin(location: Location) -> bool:
    """Whether a coin-flip month was ever begun, or only Diary can tell. Raises CalmtrackError for
    an unreadable file."""
    rows = _rows(location, clock.now)
    return rows is None or COIN_MONTHS in rows.kept


def known_practices(location: Location) -> tuple[list[Practice], list[Practice]]:
    """The practices in today's list and the archived ones, for shell completion; the default ones
    before a diary exists, and none on a server. Raises CalmtrackError for an unreadable file."""
    from tracker.diary.setup import empty_page_data

    rows = _rows(location, clock.now)
    if rows is None and location.path is not None and not location.path.exists():
        rows = empty_page_data(clock.now().date())
    if rows is None:
        return [], []
    today = _today(rows.kept, clock.now)
    listed = [one for one in rows.practices if one.archived_since(today) is None]
    return listed, [one for one in rows.practices if one not in listed]


def known_names(location: Location) -> tuple[str, ...]:
    """The names in the notes, most days first, for shell completion; none on a server. Raises
    CalmtrackError for an unreadable file."""
    from tracker.diary.notes import read_people

    people = read_quickly(
        location, lambda reader: read_people(reader, _today(reader.app_state(), clock.now))
    )
    return tuple(one.name for one in people or ())


def _rows(location: Location, now: Callable[[], datetime]) -> PageData | None:
    rows = read_today(location, lambda app_state: _today(app_state, now))
    return rows if rows is not None and rows.begun else None


def _today(app_state: Mapping[str, Any], now: Callable[[], datetime]) -> date:
    return day_of(now(), settings_of(app_state).day_turns_at)
