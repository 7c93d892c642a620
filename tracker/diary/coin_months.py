"""The coin-flip month: an experiment on one practice, its daily coin, and its result."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tracker.diary.day_view import checked_in, practice_by_id
from tracker.diary.diary_writer import DiaryWriter
from tracker.diary.insights import coin_sentence, within
from tracker.errors import InputError
from tracker.i18n.dates import format_day
from tracker.i18n.messages import _
from tracker.models import Practice
from tracker.rules import coin_month

MONTHS = "coin_months"
"""The app_state key of the months, oldest first."""

StoredMonth = dict[str, Any]

EXCLUDED = frozenset({"hug"})
"""Touch needs two people who want it, so a coin must not ask for it."""


@dataclass(frozen=True, slots=True)
class CoinMonth:
    """A coin-flip month."""

    practice: Practice
    first: date
    last: date
    """The 28th day, or the one on which it was stopped."""
    seed: int

    def is_on(self, day: date) -> bool:
        """Whether it runs on a day; the evening before its first day counts."""
        return self.first - timedelta(days=1) <= day <= self.last


class CoinMonths:
    """Begins, stops and evaluates coin-flip months."""

    def __init__(self, diary: DiaryWriter) -> None:
        self._diary = diary

    def begin(self, practice_id: str) -> CoinMonth:
        """Begins a month for a practice in the list, from tomorrow on; an undo step.

        Raises InputError for touch, for what overlaps with calm, and while a month is active.
        """
        practice = next((one for one in self._listed() if one.id == practice_id), None)
        if practice is None:
            raise InputError(
                _("There is no practice “{text}”; “calmtrack practices” lists yours.").format(
                    text=practice_id
                )
            )
        if practice.id in EXCLUDED:
            raise InputError(
                _(
                    "Touch is for two to wish for, and not for a coin; please choose another "
                    "practice."
                )
            )
        if practice.overlap:
            raise InputError(
                _(
                    "{name} is close to calm itself, so there is nothing to compare; please choose "
                    "another practice."
                ).format(name=practice.name)
            )
        active = self.active()
        if active is not None:
            raise InputError(
                _(
                    "A coin-flip month for {name} is going on; “calmtrack coin --stop” ends it."
                ).format(name=active.practice.name)
            )
        first = self._diary.today() + timedelta(days=1)
        last = first + timedelta(days=coin_month.DAYS - 1)
        month = CoinMonth(practice, first, last, secrets.randbits(32))
        self._store(lambda months: [*months, _as_stored(month)])
        return month

    def stop(self) -> CoinMonth:
        """Ends the active month today; an undo step. Raises InputError without one."""
        month = self.active()
        if month is None:
            raise InputError(_("There is no coin-flip month to stop."))
        stopped = replace(month, last=self._diary.today())
        self._store(lambda months: [*months[:-1], _as_stored(stopped)])
        return stopped

    def candidates(self) -> tuple[Practice, ...]:
        """The practices in the list that a month can be about."""
        return tuple(one for one in self._listed() if one.id not in EXCLUDED and not one.overlap)

    def latest(self) -> CoinMonth | None:
        """The month begun last, active or over."""
        rows = self._diary.rows()
        months = rows.kept.get(MONTHS)
        practice = practice_by_id(rows.practices, months[-1]["practice_id"]) if months else None
        if not months or practice is None:
            return None
        stored = months[-1]
        first, last = date.fromisoformat(stored["first"]), date.fromisoformat(stored["last"])
        return CoinMonth(practice, first, last, stored["seed"])

    def active(self) -> CoinMonth | None:
        """The month that is running and can be stopped; None without one."""
        month, today = self.latest(), self._diary.today()
        return month if month is not None and month.is_on(today) and month.last > today else None

    def tomorrow(self) -> str:
        """Tomorrow's coin in a sentence; "" without one."""
        month = self.latest()
        tomorrow = self._diary.today() + timedelta(days=1)
        if month is None or not month.first <= tomorrow <= month.last:
            return ""
        if coin_month.is_aim_day(month.seed, tomorrow):
            return _("Tomorrow's coin: aim for {it}.").format(it=within(month.practice))
        return _("Tomorrow's coin: a free day. Do as you like.")

    def status_lines(self) -> tuple[str, ...]:
        """The status of the latest month: its progress and tomorrow's coin, or its result."""
        month = self.latest()
        if month is None:
            return (_("No coin-flip month yet."),)
        tomorrow = self.tomorrow()
        if not tomorrow:
            return (coin_sentence(month.practice, self._effect(month)),)
        days = max(0, (self._diary.today() - month.first).days + 1)
        last = format_day(month.last)
        return (
            _(
                "A coin-flip month for {name}: {days} of 28 days so far, until {last}. It can be "
                "stopped any time."
            ).format(name=month.practice.name, days=days, last=last),
            tomorrow,
        )

    def _effect(self, month: CoinMonth) -> coin_month.EffectInterval | None:
        last = min(month.last, self._diary.today())
        with self._diary.stream(month.first, last) as (_, _, evenings):
            rated = [(e.day, e.calm) for e in evenings if e.calm is not None and checked_in(e)]
        return coin_month.compare(
            [float(calm) for _, calm in rated],
            [coin_month.is_aim_day(month.seed, day) for day, _ in rated],
        )

    def _listed(self) -> Iterator[Practice]:
        return (row.practice for row in self._diary.day().practices)

    def _store(self, changed: Callable[[list[StoredMonth]], list[StoredMonth]]) -> None:
        # Read within the write transaction: another process may have begun or stopped one.
        self._diary.change(
            "coin",
            "",
            lambda writer: writer.save_app_state(
                MONTHS, changed(writer.app_state().get(MONTHS, []))
            ),
        )


def _as_stored(month: CoinMonth) -> StoredMonth:
    return {
        "practice_id": month.practice.id,
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
        "seed": month.seed,
    }
