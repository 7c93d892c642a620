"""The current time in the local zone, or the frozen one of CALMTRACK_NOW; stored timestamps."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

from tracker.errors import InputError
from tracker.i18n.messages import _


def now() -> datetime:
    """The current time, aware, in the local zone, which is read anew at each call.

    CALMTRACK_NOW, an ISO date-time whose offset is the local zone, freezes the clock. Raises
    InputError when it is anything else, or its year is not from 1900 to 2200.
    """
    frozen = os.environ.get("CALMTRACK_NOW")
    return _frozen(frozen) if frozen else _system_now()


def local(moment: datetime) -> datetime:
    """A moment in the local zone, with the offset that was in force then: winter doesn't move what
    was logged in summer. CALMTRACK_NOW has one offset for all moments."""
    frozen = os.environ.get("CALMTRACK_NOW")
    if frozen:
        return moment.astimezone(_frozen(frozen).tzinfo)
    _read_zone()
    return moment.astimezone()


def _frozen(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    # Beyond these years, arithmetic with days could leave the range of `date`.
    if moment is None or moment.tzinfo is None or not 1900 <= moment.year <= 2200:
        raise InputError(
            _(
                'CALMTRACK_NOW is "{text}", which isn\'t a date and time with an offset. '
                "Use one like 2026-11-24T21:30+01:00."
            ).format(text=text)
        )
    return moment


def _system_now() -> datetime:
    _read_zone()
    return datetime.now(UTC).astimezone()  # noqa: TID251


def _read_zone() -> None:
    """Reads the zone anew: the C library caches it, and it changes under a program that stays
    open."""
    if hasattr(time, "tzset"):
        time.tzset()


def utc_seconds(moment: datetime) -> str:
    """A time as stored in `logged_at` and exported: UTC, seconds, `2026-11-24T20:15:03Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_micros(moment: datetime) -> str:
    """A time as stored in `updated_at`: UTC, microseconds, fixed width, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def later_of(text: str, earlier: str | None) -> str:
    """`text`, or one millisecond after `earlier` where that is later; both as `utc_micros`.

    The millisecond leaves room for `just_after`: if another machine undoes the earlier write, the
    row that it restores gets a time between the two, and loses to the new write.
    """
    return text if earlier is None else max(text, _plus(earlier, timedelta(milliseconds=1)))


def just_after(text: str) -> str:
    """One microsecond after a time as `utc_micros`."""
    return _plus(text, timedelta(microseconds=1))


def _plus(text: str, delta: timedelta) -> str:
    return utc_micros(datetime.fromisoformat(text) + delta)
