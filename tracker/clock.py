"""What time it is for the person: the system's clock and zone, or a clock set by CALMTRACK_NOW."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

from tracker.errors import InputError
from tracker.i18n.messages import say


def now() -> datetime:
    """The moment, aware, in the person's own zone; asked anew each time, zone included.

    CALMTRACK_NOW, an ISO date-time whose offset is the local zone, stands for a frozen clock.
    Raises WrongInput when it is set to anything else.
    """
    frozen = os.environ.get("CALMTRACK_NOW")
    return _frozen(frozen) if frozen else _system_now()


def _frozen(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    # Beyond these years the days around it may be days that a calendar doesn't have.
    if moment is None or moment.tzinfo is None or not 1900 <= moment.year <= 2200:
        raise InputError(say("clock.not_a_moment", text=text))
    return moment


def _system_now() -> datetime:
    if hasattr(time, "tzset"):
        # The C library reads the zone once; a machine that travelled has to be asked again.
        time.tzset()
    return datetime.now(UTC).astimezone()  # noqa: TID251


def utc_seconds(moment: datetime) -> str:
    """A moment as it is stored and exported: UTC, whole seconds, `2026-11-24T20:15:03Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_micros(moment: datetime) -> str:
    """A time of change: UTC with microseconds, fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later_of(text: str, earlier: str | None) -> str:
    """The time of change `text`, moved to one microsecond after `earlier` if it is not later."""
    if earlier is None or text > earlier:
        return text
    moment = datetime.strptime(earlier, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return utc_micros(moment + timedelta(microseconds=1))
