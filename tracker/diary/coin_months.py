"""The coin-flip month of a diary: begun, told each evening, stopped, and what it says then."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.diary.day_view import checked_in, practice_by_id
from tracker.diary.diary import Diary
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.insight_sentences import coin_sentence, within
from tracker.errors import InputError
from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.rules import coin_month

MONTHS = "coin_months"
"""Where the diary keeps them, oldest first."""

Month = dict[str, Any]
"""One of them as it is kept."""

TOUCH = frozenset({"hug"})
"""Touch is wished for by two, and so never for a coin to say."""


@dataclass(frozen=True, slots=True)
class CoinMonth:
    """A coin-flip month."""

    practice: Practice
    first: date
    last: date
    """The 28th day, or the one on which it was stopped."""
    seed: int

    def is_on(self, day: date) -> bool:
        """Whether it is being kept on a day; the evening before it begins counts."""
        return self.first - timedelta(days=1) <= day <= self.last


def begin_coin(diary: Diary, practice_id: str) -> CoinMonth:
    """Begins a month for a practice in the list, from tomorrow on; a step that can be undone.

    Raises WrongInput for touch, for what is close to calm itself, and while one is going on.
    """
    today = diary.today()
    practice = next((one for one in _listed(diary) if one.id == practice_id), None)
    if practice is None:
        raise InputError(say("practice.unknown", text=practice_id))
    if practice.id in TOUCH:
        raise InputError(say("coin.touch"))
    if practice.overlap:
        raise InputError(say("coin.overlap", name=practice.name))
    going = active_month(diary)
    if going is not None:
        raise InputError(say("coin.going_on", name=going.practice.name))
    first = today + timedelta(days=1)
    last = first + timedelta(days=coin_month.DAYS - 1)
    month = CoinMonth(practice, first, last, secrets.randbits(32))
    _keep(diary, lambda months: [*months, _as_kept(month)])
    return month


def offered(diary: DiaryReader) -> tuple[Practice, ...]:
    """The practices in the list that a coin may choose: touch and what is close to calm itself
    are not among them."""
    return tuple(one for one in _listed(diary) if one.id not in TOUCH and not one.overlap)


def active_month(diary: DiaryReader) -> CoinMonth | None:
    """The month that is going on and can be stopped; None without one."""
    month, today = latest_month(diary), diary.today()
    return month if month is not None and month.is_on(today) and month.last > today else None


def stop_coin(diary: Diary) -> CoinMonth:
    """Ends the month that is going on, today; a step that can be undone. Raises WrongInput."""
    today = diary.today()
    month = active_month(diary)
    if month is None:
        raise InputError(say("coin.none"))
    stopped = CoinMonth(month.practice, month.first, today, month.seed)
    _keep(diary, lambda months: [*months[:-1], _as_kept(stopped)])
    return stopped


def latest_month(diary: DiaryReader) -> CoinMonth | None:
    """The month begun last, whether it is going on or over."""
    rows = diary.rows()
    months = rows.kept.get(MONTHS)
    practice = practice_by_id(rows.practices, months[-1]["practice_id"]) if months else None
    if not months or practice is None:
        return None
    kept = months[-1]
    return CoinMonth(
        practice, date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]), kept["seed"]
    )


def tomorrows_result(diary: DiaryReader) -> str:
    """What the coin says for tomorrow, in a sentence; "" when it says nothing."""
    month = latest_month(diary)
    tomorrow = diary.today() + timedelta(days=1)
    if month is None or not month.first <= tomorrow <= month.last:
        return ""
    if coin_month.is_aim_day(month.seed, tomorrow):
        return say("coin.aim", it=within(month.practice))
    return say("coin.free")


def status_lines(diary: DiaryReader) -> tuple[str, ...]:
    """Where the coin-flip month stands: how far it is, tomorrow's coin, or what it says."""
    today = diary.today()
    month = latest_month(diary)
    if month is None:
        return (say("coin.never"),)
    tomorrow = tomorrows_result(diary)
    if tomorrow:
        days = max(0, (today - month.first).days + 1)
        return (say("coin.going", name=month.practice.name, days=days, last=format_day(month.last)),
                tomorrow)  # fmt: skip
    return (coin_sentence(month.practice, _compared(diary, month, today)),)


def _compared(
    diary: DiaryReader, month: CoinMonth, today: date
) -> coin_month.EffectInterval | None:
    with diary.everything(month.first, min(month.last, today)) as (_, _, evenings):
        rated = [(e.day, e.calm) for e in evenings if e.calm is not None and checked_in(e)]
    return coin_month.compare(
        [float(calm) for _, calm in rated],
        [coin_month.is_aim_day(month.seed, day) for day, _ in rated],
    )


def _listed(diary: DiaryReader) -> Iterator[Practice]:
    return (row.practice for row in diary.day().practices)


def _keep(diary: Diary, renewed: Callable[[list[Month]], list[Month]]) -> None:
    # Read where it is written: another process may have begun or stopped one meanwhile.
    diary.change(
        "coin", "", lambda writer: writer.put_kept(MONTHS, renewed(writer.kept().get(MONTHS, [])))
    )


def _as_kept(month: CoinMonth) -> Month:
    return {
        "practice_id": month.practice.id,
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
        "seed": month.seed,
    }
