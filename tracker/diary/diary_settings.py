"""The settings that change what a day and a week are; the diary keeps them itself."""

from __future__ import annotations

import re
from datetime import time

from tracker.diary import validation
from tracker.diary.diary import Diary
from tracker.diary.streak_figures import settings_of
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.rules.days import parse_weekday
from tracker.sanitize import sanitize_line

LATEST_TURN = time(12)

_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-5][0-9]))?")


def day_turns_at(diary: Diary) -> time:
    """When a new day begins: 00:00 to 12:00, local time."""
    return settings_of(diary.rows().kept).day_turns_at


def week_starts_on(diary: Diary) -> int:
    """The weekday on which a week starts, Monday = 0."""
    return settings_of(diary.rows().kept).week_starts_on


def set_day_turns_at(diary: Diary, turns_at: time) -> None:
    """From now on a new day begins then; days already logged keep their dates.

    Raises WrongInput after noon: an evening would end before it began.
    """
    if turns_at > LATEST_TURN:
        raise InputError(say("settings.turn", text=turns_at.isoformat("minutes")))
    _keep(diary, "day_turns_at", turns_at.isoformat("minutes"))


def set_week_starts_on(diary: Diary, weekday: int) -> None:
    """Weeks start on that weekday (Monday = 0), past ones too, and are counted anew."""
    _keep(diary, "week_starts_on", weekday)


def parse_day_turn(text: str) -> time:
    """The time of day that was typed: `4`, `04:00` or `0:30`. Raises WrongInput."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or time(hour, minute) > LATEST_TURN:
        raise InputError(say("settings.turn", text=sanitize_line(text, 40)))
    return time(hour, minute)


def parse_weekday_name(text: str) -> int:
    """The weekday that was typed, or begun. Raises WrongInput."""
    wanted = parse_weekday(text.strip(), validation.day_words())
    if wanted is not None:
        return wanted
    raise InputError(say("settings.weekday", text=sanitize_line(text, 40)))


def _keep(diary: Diary, key: str, value: object) -> None:
    diary.change("setting", key, lambda writer: writer.put_kept(key, value))
