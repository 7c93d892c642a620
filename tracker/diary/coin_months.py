"""The coin-flip month: an experiment on one practice, its daily coin, and its result."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tracker.catalogue import shipped_id
from tracker.diary.day_view import histories, state_on, timely_score
from tracker.diary.diary_base import DiaryBase
from tracker.diary.insights import format_points, within
from tracker.diary.practice_lookup import known_practice, practice_by_id
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.date_format import format_day, format_day_of, format_range
from tracker.i18n.messages import _, ngettext
from tracker.models import (
    ANNOUNCED_DAYS,
    COIN_MONTHS,
    COIN_RESULT_READ,
    EntryState,
    PageData,
    Practice,
    State,
)
from tracker.rules import coin_month
from tracker.rules.calm import outward_half_points
from tracker.rules.coin_month import CLEAR, DAYS, Comparison, EffectInterval, Month
from tracker.rules.days import days_between

StoredMonth = dict[str, Any]

Coin = tuple[str, ...]
"""What the coin says of a day, in a sentence, then in shorter ones for narrow lines; empty outside
of a coin-flip month."""

EXCLUDED = frozenset({"hug"})
"""Touch needs two people who want it, so a coin must not ask for it."""


@dataclass(frozen=True, slots=True)
class CoinMonth:
    """A coin-flip month."""

    practice: Practice
    first: date
    last: date
    """The 28th or 56th day, or the one on which it was stopped or its practice was archived."""
    seed: int
    in_pairs: bool
    """Whether one of each two days is drawn; months begun in 1.0 draw each day by itself."""
    skipped: date | None = None
    """The day after the first four weeks, where it went on no sooner: nobody knew its coin."""

    @property
    def dates(self) -> list[date]:
        """Its days from the first to the last, without the skipped one."""
        return [day for day in days_between(self.first, self.last) if day != self.skipped]

    @property
    def days(self) -> int:
        """The number of its days; one that is stopped on the skipped day ends with that."""
        return len(self.dates) + (self.last == self.skipped)

    @property
    def is_whole(self) -> bool:
        """Whether it lasts 28 or 56 days, and was not stopped before."""
        return self.days in CLEAR

    @property
    def finished_part(self) -> CoinMonth | None:
        """What ends with a result: all of a whole month, or the first 28 days of one that went on
        and was stopped in the next 28. Their result was read when they ended, whatever followed;
        days chosen by stopping are never compared. Months of 1.0 have one however they end."""
        if self.is_whole or not self.in_pairs:
            return self
        return self.first_four_weeks if self.days > DAYS else None

    @property
    def first_four_weeks(self) -> CoinMonth:
        return replace(self, last=self.first + timedelta(days=DAYS - 1))

    def is_on(self, day: date) -> bool:
        """Whether it runs on a day; the evening before its first day counts."""
        return self.first - timedelta(days=1) <= day <= self.last

    def is_aim_day(self, day: date) -> bool:
        """Whether the coin says to aim for the practice on a day of the month."""
        if not self.in_pairs:
            return coin_month.is_aim_day_v1(self.seed, day)
        return coin_month.aims(self.seed, self.dates.index(day) + 1)[-1]


@lru_cache(maxsize=8)
def _assess(months: tuple[tuple[int, tuple[int | None, ...]], ...]) -> Comparison | None:
    """The comparison of months by their seeds and ratings: a page asks for the same one several
    times, and each takes about a tenth of a second."""
    return coin_month.assess([Month(seed, calm) for seed, calm in months])


def is_touch(practice: Practice) -> bool:
    """Whether it needs another person who wants it, too."""
    return shipped_id(practice) in EXCLUDED


def can_be_chosen(practice: Practice) -> bool:
    """Whether a coin may ask for it: not for touch, nor for what overlaps with calm."""
    return not is_touch(practice) and not practice.overlap


class CoinMonths:
    """Begins, stops and evaluates coin-flip months."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def begin(self, practice_id: str) -> CoinMonth:
        """Begins a month for a practice in the list, from tomorrow on; an undo step.

        Raises InputError for touch, for what overlaps with calm, and while a month is active.
        """
        practice = known_practice(self._listed(), practice_id)
        if shipped_id(practice) in EXCLUDED:
            raise InputError(
                _(
                    "Touch should be something you both want, so a coin shouldn't choose it. "
                    "Please choose another practice."
                )
            )
        if practice.overlap:
            raise InputError(
                _(
                    "Feeling calm is part of {name}, so it can't be compared with "
                    "calm. Please choose another practice."
                ).format(name=practice.name)
            )
        active = self.active()
        if active is not None:
            raise InputError(
                _(
                    "A coin-flip month for {name} is already running. To stop it, run "
                    '"calmtrack coin --stop".'
                ).format(name=active.practice.name),
                in_app=_(
                    "A coin-flip month for {name} is already running. Press F to see or stop it."
                ).format(name=active.practice.name),
            )
        first = self._diary.today() + timedelta(days=1)
        last = first + timedelta(days=DAYS - 1)
        month = CoinMonth(practice, first, last, secrets.randbits(32), in_pairs=True)
        self._store(practice.id, lambda months: [*months, _as_stored(month)])
        return month

    def stop(self) -> CoinMonth:
        """Ends the active month today; an undo step. Raises InputError without one."""
        month = self.active()
        if month is None:
            raise InputError(_("There's no coin-flip month to stop."))
        stopped = replace(month, last=self._diary.today())
        self._change_month(stopped)
        return stopped

    def stopped_by_archiving(self, practice_id: str) -> str:
        """That a practice's month ends because it was archived today; "" without one."""
        today, rows = self._diary.today(), self._diary.rows()
        practice = practice_by_id(rows.practices, practice_id)
        if practice is None or practice.archived_since(today) != today:
            return ""
        was_running = any(
            stored["practice_id"] == practice_id
            and stored.get("pairs") is True
            and stored["first"] <= (today + timedelta(days=1)).isoformat()
            and today.isoformat() < stored["last"]
            for stored in rows.kept.get(COIN_MONTHS) or ()
        )
        return _("Its coin-flip month is stopped, too.") if was_running else ""

    def resumed_by_restoring(self, practice_id: str) -> str:
        """That a practice's month runs again because it was restored on the day on which it was
        archived; "" without one."""
        month = self.active()
        is_resumed = month is not None and month.in_pairs and month.practice.id == practice_id
        return _("Its coin-flip month goes on.") if is_resumed else ""

    def go_on(self) -> CoinMonth:
        """Goes on for 28 days from tomorrow on; an undo step. Raises InputError where none can."""
        month = self.latest()
        if month is None or not self.can_go_on(month):
            result = self._compare(month) if month is not None and month.is_whole else None
            if month is not None and result is not None and _is_clear(result, month):
                raise InputError(
                    _(
                        "The result of your coin-flip month for {name} is clear already. Only an "
                        "unclear one can go on for another four weeks."
                    ).format(name=month.practice.name)
                )
            raise InputError(
                _(
                    "There's no coin-flip month to continue for another four weeks. That works "
                    "until the day after one ends."
                )
            )
        today = self._diary.today()
        skipped = None if today == month.last else today
        longer = replace(month, last=today + timedelta(days=DAYS), skipped=skipped)
        self._change_month(longer)
        return longer

    def can_go_on(self, month: CoinMonth) -> bool:
        """Whether the first 28 days ended today or yesterday, with nothing clear, and the practice
        has stayed in the list."""
        ended = self._diary.today() - month.last
        if not month.in_pairs or month.days != DAYS or not 0 <= ended.days <= 1:
            return False
        longer = month.last + timedelta(days=DAYS)
        if _last_day(month.practice, month.first, longer) != longer:
            return False
        result = self._compare(month)
        return result is not None and not _is_clear(result, month)

    def candidates(self) -> tuple[Practice, ...]:
        """The practices in the list that a month can be about."""
        return tuple(one for one in self._listed() if can_be_chosen(one))

    def left_out(self) -> tuple[Practice, ...]:
        """The practices in the list that a month can't be about."""
        return tuple(one for one in self._listed() if not can_be_chosen(one))

    def latest(self) -> CoinMonth | None:
        """The month begun last, active or over."""
        months = self._months()
        return months[-1] if months else None

    def active(self) -> CoinMonth | None:
        """The month that is running and can be stopped; None without one."""
        month, today = self.latest(), self._diary.today()
        return month if month is not None and month.is_on(today) and month.last > today else None

    def today(self) -> str:
        """Today's coin in a sentence that names the practice; "" without one."""
        return next(iter(self.forms_of_today()), "")

    def forms_of_today(self) -> Coin:
        month, today = self.latest(), self._diary.today()
        if month is None or today not in month.dates or not month.is_whole:
            # One that was stopped ends on that day, without a coin.
            return ()
        return self._coin(
            month,
            today,
            rest=(
                _("Coin-flip month: {name} has a rest day today."),
                _("Rest day today: {name}."),
            ),
            aim=(_("Coin-flip month: aim for {it} today."), _("Today, aim for {it}.")),
            free=(
                _("Coin-flip month: today is a free day, with or without {it}."),
                _("Today is a free day, with or without {it}."),
                _("Coin-flip month: today is a free day."),
            ),
        )

    def tomorrow(self) -> str:
        """Tomorrow's coin in a sentence that names the practice; "" without one."""
        return next(iter(self.forms_of_tomorrow()), "")

    def forms_of_tomorrow(self) -> Coin:
        month = self.latest()
        tomorrow = self._diary.today() + timedelta(days=1)
        if month is None or not month.first <= tomorrow <= month.last:
            return ()
        return self._coin(
            month,
            tomorrow,
            rest=(
                _("Coin-flip month: {name} has a rest day tomorrow."),
                _("Rest day tomorrow: {name}."),
            ),
            aim=(_("Coin-flip month: aim for {it} tomorrow."), _("Tomorrow, aim for {it}.")),
            free=(
                _("Coin-flip month: tomorrow is a free day, with or without {it}."),
                _("Tomorrow is a free day, with or without {it}."),
                _("Coin-flip month: tomorrow is a free day."),
            ),
        )

    def forms_of_ending(self, *, scores_hidden: bool = False) -> Coin:
        """That a whole month has ended and where its result is, or, with `scores_hidden`, that it's
        hidden: once its last evening is rated, until it is read, for ANNOUNCED_DAYS at most."""
        month = self.latest()
        if month is None or not month.is_whole or not self._is_complete(month):
            return ()
        days_over = (self._diary.today() - month.last).days
        if days_over > ANNOUNCED_DAYS or self._is_read(month):
            return ()
        if scores_hidden:
            return (
                _("Coin-flip month: the result is in, hidden like your calm scores."),
                _("Coin-flip month: the result is in, but hidden."),
            )
        return (
            _('Coin-flip month: the result is in. Press F, or run "calmtrack coin".'),
            _("Coin-flip month: the result is in. Press F."),
        )

    def has_result(self) -> bool:
        """Whether `status_lines` has the latest month's result, which speaks of calm."""
        month = self.latest()
        if month is None or month.first > self._diary.today() + timedelta(days=1):
            return False
        if not month.is_whole:
            return month.finished_part is not None and not self.tomorrow()
        return self._is_complete(month)

    def set_result_read(self) -> None:
        """Stores that the latest month's result was read, so that it isn't announced any more."""
        month = self.latest()
        if month is not None and self.has_result() and not self._is_read(month):
            # The result of a read-only diary is shown too.
            with suppress(CalmtrackError):
                self._diary.remember(COIN_RESULT_READ, lambda _: month.last.isoformat())

    def _is_read(self, month: CoinMonth) -> bool:
        return bool(self._diary.rows().kept.get(COIN_RESULT_READ) == month.last.isoformat())

    def status_lines(self) -> tuple[str, ...]:
        """The status of the latest month: its progress and the next coins, or its result."""
        month = self.latest()
        if month is None:
            return (_("You haven't started a coin-flip month yet."),)
        if month.first > self._diary.today() + timedelta(days=1):
            # It was begun by a clock that was ahead.
            return (
                _(
                    "Coin-flip month for {name}: it starts on {first}. You can start a new one "
                    "now instead."
                ).format(name=month.practice.name, first=format_day(month.first, year=True)),
            )
        if self.tomorrow():
            return (self._progress(month), *self._next_coins(month))
        if month.is_whole and not self._is_complete(month):
            ends = _(
                "The coin-flip month for {name} ends tonight. Rate your evening to see the result."
            )
            return (ends.format(name=month.practice.name), self.today())
        return self._result(month)

    def earlier_results(self) -> tuple[tuple[CoinMonth, str], ...]:
        """The months that ended with a result before what `status_lines` is about, newest first,
        each with it in a sentence: those before the latest, and the first four weeks of the latest
        while the next four run. Those that were stopped in their first four weeks have none."""
        months = self._months()
        finished = [month.finished_part for month in months[:-1]]
        if months and months[-1].days > DAYS and not self.has_result():
            finished.append(months[-1].first_four_weeks)
        return tuple(
            (
                month,
                _("Earlier, {period}: {result}").format(
                    period=format_range(month.first, month.last, "–"),
                    result=self._result(month)[0],
                ),
            )
            for month in reversed(finished)
            if month is not None and self._is_complete(month)
        )

    def _next_coins(self, month: CoinMonth) -> Iterator[str]:
        """Today's coin, where it is one of the month's days, and tomorrow's, in sentences to follow
        one that names the month."""
        today, tomorrow = self._diary.today(), self._diary.today() + timedelta(days=1)
        if today in month.dates:
            yield from self._coin(
                month,
                today,
                rest=(_("{name} has a rest day today."),),
                aim=(_("Aim for {it} today."),),
                free=(_("Today is a free day, with or without {it}."),),
            )
        yield from self._coin(
            month,
            tomorrow,
            rest=(_("{name} has a rest day tomorrow."),),
            aim=(_("Aim for {it} tomorrow."),),
            free=(_("Tomorrow is a free day, with or without {it}."),),
        )

    def _coin(self, month: CoinMonth, day: date, *, rest: Coin, aim: Coin, free: Coin) -> Coin:
        """The one of three that is true of a day, with the fields of its sentences filled in. On a
        rest day there is nothing to aim for, whatever the coin says."""
        with self._diary.store.reading() as reader:
            entry = reader.entry(month.practice.id, day)
        if entry is not None and entry.state is EntryState.REST:
            sentences = rest
        else:
            sentences = aim if month.is_aim_day(day) else free
        name, it = month.practice.name, within(month.practice)
        return tuple(sentence.format(name=name, it=it) for sentence in sentences)

    def _progress(self, month: CoinMonth) -> str:
        today = self._diary.today()
        return _(
            "Coin-flip month for {name}: {days} of {all} days so far, until {last}. Each evening a "
            "coin flip decides whether to aim for it the next day. You can stop any time."
        ).format(
            name=month.practice.name,
            days=sum(day <= today for day in month.dates),
            all=month.days,
            last=format_day_of(month.last, today),
        )

    def _result(self, month: CoinMonth) -> tuple[str, ...]:
        name = month.practice.name
        if not month.in_pairs:
            return (_first_edition_sentence(month.practice, self._first_edition(month)),)
        finished = month.finished_part
        if finished is None:
            return (
                _("Coin-flip month for {name}: stopped early, so nothing is compared.").format(
                    name=name
                ),
            )
        result = self._compare(finished)
        if result is None:
            return (
                _("{name}: too few rated evenings to compare. That's all right.").format(name=name),
            )
        lines = (comparison_sentence(finished, result), self._tally(finished))
        if finished != month:
            return (
                *lines,
                _(
                    "The second four weeks were stopped early, so this is the result of the first "
                    "four."
                ),
            )
        if self.can_go_on(month):
            until = format_day_of(month.last + timedelta(days=1), self._diary.today())
            offer = _(
                "Another four weeks of the coin-flip month would tell more. You can decide until "
                "{day} whether to go on."
            )
            return (*lines, offer.format(day=until))
        return lines

    def _tally(self, month: CoinMonth) -> str:
        """A sentence: on how many aimed days the practice was done, and how many evenings of each
        kind were rated."""
        rows = self._rows(month)
        history = next(h for h in histories(rows) if h.practice.id == month.practice.id)
        aimed = [day for day in month.dates if month.is_aim_day(day)]
        today = self._diary.today()
        done = sum(state_on(rows, history, day, today) is State.DONE for day in aimed)
        rated = [day for day in month.dates if timely_score(rows.evenings.get(day)) is not None]
        return _(
            "You did the practice on {done} of the {aimed} days the coin chose. "
            "Evenings you rated: {rated_aimed} on the coin's days, {rated_free} on "
            "the free days."
        ).format(
            done=done,
            aimed=len(aimed),
            rated_aimed=sum(day in aimed for day in rated),
            rated_free=sum(day not in aimed for day in rated),
        )

    def _compare(self, month: CoinMonth) -> Comparison | None:
        """The result of the finished months of the practice before this one and of this one,
        pooled; None with too few rated evenings."""
        earlier = (one.finished_part for one in self._months() if one.last < month.first)
        pooled = [
            one
            for one in (*earlier, month)
            if one is not None
            and one.practice.id == month.practice.id
            and one.in_pairs
            and self._is_complete(one)
        ]
        return _assess(tuple((one.seed, tuple(self._ratings(one))) for one in pooled))

    def _is_complete(self, month: CoinMonth) -> bool:
        """Whether all ratings are in: the month is past its last day, or that evening is rated."""
        today = self._diary.today()
        return month.last < today or (month.last == today and self._diary.day().calm is not None)

    def _ratings(self, month: CoinMonth) -> list[int | None]:
        """The calm score of each day, 0 to 10; None for a late rating or none."""
        evenings = self._rows(month).evenings
        return [timely_score(evenings.get(day)) for day in month.dates]

    def _first_edition(self, month: CoinMonth) -> coin_month.EffectInterval | None:
        rated = [
            (day, calm)
            for day, calm in zip(month.dates, self._ratings(month), strict=True)
            if calm is not None
        ]
        return coin_month.compare_v1(
            [calm for _day, calm in rated], [month.is_aim_day(day) for day, _calm in rated]
        )

    def _rows(self, month: CoinMonth) -> PageData:
        return self._diary.range_rows(month.first, min(month.last, self._diary.today()))

    def _months(self) -> list[CoinMonth]:
        """All months of practices that the diary still has, oldest first."""
        rows = self._diary.rows()
        months = []
        for stored in rows.kept.get(COIN_MONTHS) or ():
            practice = practice_by_id(rows.practices, stored["practice_id"])
            if practice is not None:
                first = date.fromisoformat(stored["first"])
                last = date.fromisoformat(stored["last"])
                in_pairs = stored.get("pairs") is True
                if in_pairs:
                    last = _last_day(practice, first, last)
                skipped = stored.get("skipped")
                skipped = date.fromisoformat(skipped) if skipped else None
                months.append(CoinMonth(practice, first, last, stored["seed"], in_pairs, skipped))
        for number, (month, following) in enumerate(pairwise(months)):
            if month.in_pairs and month.last >= following.first:
                # Its practice was archived, and restored after the following month had begun.
                months[number] = replace(month, last=following.first - timedelta(days=1))
        return months

    def _listed(self) -> Iterator[Practice]:
        return (row.practice for row in self._diary.day().practices)

    def _change_month(self, month: CoinMonth) -> None:
        """Stores the last day of a month. It needn't be the last one stored: the practice of that
        can be deleted, and another process may have begun one."""
        new = _as_stored(month)
        own = {key: new[key] for key in ("practice_id", "first", "seed")}
        self._store(
            month.practice.id,
            lambda months: [new if own.items() <= one.items() else one for one in months],
        )

    def _store(
        self, practice_id: str, changed: Callable[[list[StoredMonth]], list[StoredMonth]]
    ) -> None:
        # Read within the write transaction: another process may have begun or stopped one.
        self._diary.change(
            "coin",
            practice_id,
            lambda writer: writer.save_app_state(
                COIN_MONTHS, changed(writer.app_state().get(COIN_MONTHS, []))
            ),
        )


def _last_day(practice: Practice, first: date, last: date) -> date:
    """The last day of a month in pairs: earlier than the stored one where its practice was archived
    meanwhile. It isn't stored, so that undoing that lets the month go on. Months of 1.0 went on."""
    eve = first - timedelta(days=1)
    archived = (span.from_day for span in practice.out_of_list if eve <= span.from_day < last)
    return min(archived, default=last)


def _is_clear(result: Comparison, month: CoinMonth) -> bool:
    return min(result.higher, result.lower) <= CLEAR[month.days]


def comparison_sentence(month: CoinMonth, result: Comparison) -> str:
    """The result in a sentence that names the practice, and a cause only where it is clear: being
    clear asks for more than a 90 % interval on one side of 0, which is a difference that, in one
    direction or the other, up to one month in ten shows by chance."""
    difference = _difference(result.interval)
    if not difference:
        return _same_calm(month.practice)
    if not _is_clear(result, month):
        if result.interval.low > 0:
            message = _(
                "{name}: your calm was higher on the days the coin chose ({difference}). It may "
                "still be chance: up to one month in ten shows as much without any effect."
            )
        elif result.interval.high < 0:
            message = _(
                "{name}: your calm was lower on the days the coin chose ({difference}). It may "
                "still be chance: up to one month in ten shows as much without any effect."
            )
        else:
            message = _(
                "{name}: your calm wasn't clearly different on the days the coin chose "
                "({difference}). That's common."
            )
        return message.format(name=month.practice.name, difference=difference)
    if result.estimate > 0:
        return _(
            "In your coin-flip month, your calm was higher on the days the coin chose "
            "for {it} ({difference}). Only the coin chose the days, so aiming for it probably "
            "helped."
        ).format(it=within(month.practice), difference=difference)
    return _lower_calm(month.practice, difference)


def _difference(interval: EffectInterval) -> str:
    """The interval in words, rounded outward to half points; "" where it holds no difference but
    zero. It holds only one where the scores fit the coin exactly."""
    low, high = outward_half_points(interval.low, interval.high)
    if low != high:
        return _("difference likely {low} to {high} points").format(
            low=format_points(low), high=format_points(high)
        )
    if not low:
        return ""
    return ngettext(
        "a difference of {points} point", "a difference of {points} points", 1 + (abs(low) != 1)
    ).format(points=format_points(low))


def _same_calm(practice: Practice) -> str:
    return _(
        "{name}: your calm was the same on the days the coin chose and on the other days. That's "
        "fine."
    ).format(name=practice.name)


def _lower_calm(practice: Practice, difference: str) -> str:
    return _(
        "In your coin-flip month, your calm was lower on the days the coin chose for "
        "{it} ({difference}). Only the coin chose the days, so having to aim for it may not suit "
        "you just now."
    ).format(it=within(practice), difference=difference)


def _as_stored(month: CoinMonth) -> StoredMonth:
    stored: StoredMonth = {
        "practice_id": month.practice.id,
        "first": month.first.isoformat(),
        "last": month.last.isoformat(),
        "seed": month.seed,
    }
    if month.in_pairs:
        stored["pairs"] = True
    if month.skipped is not None:
        stored["skipped"] = month.skipped.isoformat()
    return stored


def _first_edition_sentence(practice: Practice, effect: EffectInterval | None) -> str:
    """The result of a coin-flip month begun in 1.0; names a cause only where the interval excludes
    0."""
    if effect is None:
        return _("{name}: too few rated evenings to compare. That's all right.").format(
            name=practice.name
        )
    difference = _difference(effect)
    if not difference:
        return _same_calm(practice)
    if effect.low <= 0 <= effect.high:
        return _(
            "{name}: no clear difference between the days the coin chose and the "
            "other days ({difference}). That's common."
        ).format(name=practice.name, difference=difference)
    if effect.low > 0:
        return _(
            "In your coin-flip month, your calm was higher on the days the coin chose "
            "for {it} ({difference}). Only the coin chose the days, so aiming for it may have "
            "helped."
        ).format(it=within(practice), difference=difference)
    return _lower_calm(practice, difference)
