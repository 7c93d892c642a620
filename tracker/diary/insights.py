"""Insights: which practices go with calmer evenings, and the recovery after low ones.

Turns rows into the series that the rules read, and their results into a level and a sentence.
Depends on the entries and the day alone. INSIGHTS 4, 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor

from tracker.catalogue import names_in_all_languages, practice_templates
from tracker.diary import validation
from tracker.diary.day_view import checked_in, histories, state_on
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.streak_figures import PracticeHistory
from tracker.i18n.dates import format_date
from tracker.i18n.messages import N_, _, format_number
from tracker.models import PageData, Practice, State
from tracker.rules import recovery
from tracker.rules.association import (
    ENOUGH_EACH,
    ENOUGH_RATED,
    ENOUGH_SWITCHES,
    WINDOW,
    Association,
    Counts,
    association,
    counts,
)
from tracker.rules.checkpoints import (
    CheckpointResult,
    checkpoints,
    evaluate,
    level,
    next_checkpoint,
)
from tracker.rules.coin_month import EffectInterval
from tracker.rules.days import days_between
from tracker.rules.recovery import WayBack
from tracker.rules.states import is_late
from tracker.views import Detail, InsightsView, Level, PracticeInsight, WayBackView

A_TOUCH = 0.25
"""Points of calm below which a difference is called a touch."""

_REGRESSOR = {State.DONE: 1.0, State.SOME: 0.0, State.NO: 0.0}
"""The regressor of a state; rest, not logged and pending are missing values."""


class Insights:
    """Computes the insights of a diary; nothing of them is stored."""

    def __init__(self, diary: DiaryReader) -> None:
        self._diary = diary

    def view(self, day: date | None = None) -> InsightsView:
        """The insights as of a day; as of today without one. Raises InputError for a future day."""
        today = self._diary.today()
        chosen = validation.day_that_was(day or today, today)
        first = self._first_rating(chosen)
        last_checkpoints = checkpoints(first, chosen, 3) if first is not None else []
        window = timedelta(days=WINDOW - 1)
        start = min(
            [
                chosen - window - timedelta(days=recovery.BASELINE_DAYS),
                *(checkpoint - window for checkpoint in last_checkpoints),
            ]
        )
        rows = self._rows(start, chosen)
        series = _Series(rows, today)
        following = next_checkpoint(first or chosen, chosen)
        return InsightsView(
            day=chosen,
            checkpoint=last_checkpoints[0] if last_checkpoints else None,
            practices=tuple(series.insights(chosen, last_checkpoints, following)),
            finding_your_way_back=_way_back(rows, chosen),
        )

    def _first_rating(self, last: date) -> date | None:
        """The first day with a rating that is not late: checkpoints are counted from it."""
        if not self._diary.store.exists():
            return None
        with (
            self._diary.store.reading() as reader,
            closing(reader.ratings(last)) as ratings,
        ):
            return next((day for day, at in ratings if not is_late(day, at)), None)

    def _rows(self, first: date, last: date) -> PageData:
        with self._diary.stream(first, last) as (rows, entries, evenings):
            return replace(
                rows,
                entries={(entry.practice_id, entry.day): entry for entry in entries},
                evenings={evening.day: evening for evening in evenings},
            )


@dataclass(frozen=True)
class _Window:
    """The series of the 182 days up to a day."""

    calm: list[float | None]
    first_weekday: int
    done: Mapping[str, list[float | None]]
    """By practice id."""
    family: tuple[str, ...]
    """The ids of the practices in the list on the last day that do not overlap with calm."""


class _Series:
    """The daily series of calm and of every practice."""

    def __init__(self, rows: PageData, today: date) -> None:
        self.rows = rows
        self.today = today
        self.histories = histories(rows)

    def insights(self, day: date, days: Sequence[date], following: date) -> list[PracticeInsight]:
        """The insight of every practice in the list on the day; `days` are its last checkpoints,
        newest first, `following` is the next one."""
        now = self._window(day)
        results = self._evaluated(days)
        return [
            _insight(history, now, [one.get(history.practice.id) for one in results], following)
            for history in self.histories
            if history.listed(day)
        ]

    def _evaluated(self, days: Sequence[date]) -> list[Mapping[str, CheckpointResult]]:
        """The result of each checkpoint, newest first; the third only where it matters."""
        results: list[Mapping[str, CheckpointResult]] = []
        for day in days:
            if len(results) == 2 and not any(one.holds for one in results[1].values()):
                break
            window = self._window(day)
            family = {name: window.done[name] for name in window.family}
            results.append(evaluate(window.calm, family, window.first_weekday))
        return results

    def _window(self, last: date) -> _Window:
        first = last - timedelta(days=WINDOW - 1)
        days = list(days_between(first, last))
        evenings = [self.rows.evenings.get(day) for day in days]
        return _Window(
            calm=[
                None if one is None or one.calm is None or not checked_in(one) else float(one.calm)
                for one in evenings
            ],
            first_weekday=first.weekday(),
            done={
                history.practice.id: [self._regressor(history, day) for day in days]
                for history in self.histories
            },
            family=tuple(
                history.practice.id
                for history in self.histories
                if history.listed(last) and not history.practice.overlap
            ),
        )

    def _regressor(self, history: PracticeHistory, day: date) -> float | None:
        state = state_on(self.rows, history, day, self.today)
        return None if state is None else _REGRESSOR.get(state)


def _insight(
    history: PracticeHistory,
    now: _Window,
    results: Sequence[CheckpointResult | None],
    following: date,
) -> PracticeInsight:
    practice = history.practice
    done = now.done[practice.id]
    so_far = counts(now.calm, done)
    estimate = None if practice.overlap else association(now.calm, done, now.first_weekday)
    latest = results[0].estimate if results and results[0] else None
    which = _level(results, is_left_out=practice.overlap)
    if which is Level.TOO_EARLY and so_far.enough:
        sentence = _next_checkpoint_sentence(practice, following)
    else:
        sentence = _sentence(practice, which, so_far, latest)
    return PracticeInsight(
        practice=practice,
        level=which,
        rated=so_far.rated,
        with_=so_far.with_,
        without=so_far.without,
        switches=so_far.switches,
        detail=None if estimate is None else _detail(estimate),
        sentence=sentence,
    )


def _level(results: Sequence[CheckpointResult | None], *, is_left_out: bool) -> Level:
    if is_left_out:
        return Level.LEFT_OUT
    repeated = level([one.holds if one else 0 for one in results])
    if repeated is not None:
        return Level(repeated)
    return Level.NOT_CLEAR if results and results[0] and results[0].is_enough else Level.TOO_EARLY


def _detail(one: Association) -> Detail:
    return Detail(one.raw, one.p, one.shown, one.low, one.high)


def _way_back(rows: PageData, day: date) -> WayBackView:
    ratings = [
        (evening.day, evening.calm)
        for evening in sorted(rows.evenings.values(), key=lambda one: one.day)
        if evening.calm is not None and checked_in(evening)
    ]
    result = recovery.way_back(day, ratings)
    return WayBackView(result.dips, result.median_days, _way_back_sentence(result))


# Sentences: never of a cause, and with a number only at the level `steady`.


def _sentence(practice: Practice, level: Level, so_far: Counts, latest: Association | None) -> str:
    """A practice's level in words, with the figures of its last checkpoint."""
    name = practice.name
    if level is Level.LEFT_OUT:
        return _("{name}: close to calm itself, so it is left out here.").format(name=name)
    if level is Level.WITHDRAWN:
        return _("{name}: this one has become less clear.").format(name=name)
    if level is Level.STEADY_LOWER:
        return _(
            "On days with {it} your calm has tended to be lower. Perhaps you reach for it on "
            "harder days."
        ).format(it=within(practice))
    if level is Level.STEADY and latest is not None:
        return _steady(practice, latest)
    if level is Level.NOT_CLEAR:
        return _("{name}: nothing clear either way. That's common.").format(name=name)
    return _too_early(name, so_far)


def _next_checkpoint_sentence(practice: Practice, day: date) -> str:
    """There are enough days; the next checkpoint is on this day."""
    return _("{name}: enough evenings; next look on {day}.").format(
        name=practice.name, day=format_date(day)
    )


def _way_back_sentence(result: WayBack) -> str:
    """How soon calm was back after a low evening."""
    if not result.is_enough:
        return _("Not enough dips to say. Nice.")
    if result.median_days is None:
        return _("After a low evening it has often taken a while. Be gentle with yourself.")
    if result.median_days == 1:
        return _("After a low evening you have usually been back near your usual the next day.")
    return _(
        "After a low evening you have usually been back near your usual within {days} days."
    ).format(days=result.median_days)


def coin_sentence(practice: Practice, effect: EffectInterval | None) -> str:
    """The result of a coin-flip month; of a cause only where the interval excludes 0."""
    if effect is None:
        return _(
            "{name}: too few rated evenings of each kind to compare. That's all right."
        ).format(name=practice.name)
    if effect.low <= 0 <= effect.high:
        low, high = _number(effect.low), _number(effect.high)
        return _(
            "{name}: nothing clear between the coin's days and the free days (the difference is "
            "likely between {low} and {high} points). That's common."
        ).format(name=practice.name, low=low, high=high)
    least, most = sorted((abs(effect.low), abs(effect.high)))
    gaps = {"it": within(practice), "low": _number(least), "high": _number(most)}
    return (
        _(
            "On days the coin said to aim for {it}, your calm was higher (likely between {low} and "
            "{high} points). Only the coin chose the days, so aiming for it may have helped."
        ).format(**gaps)
        if effect.low > 0
        else _(
            "On days the coin said to aim for {it}, your calm was lower (likely between {low} and "
            "{high} points). Only the coin chose the days, so having to aim for it may not suit "
            "you just now."
        ).format(**gaps)
    )


def _too_early(name: str, so_far: Counts) -> str:
    """The first count that is still too small, and how far along it is."""
    if so_far.rated < ENOUGH_RATED:
        return _("{name}: {count} of {enough} evenings so far.").format(
            name=name,
            count=so_far.rated,
            enough=ENOUGH_RATED,
        )
    if so_far.with_ < ENOUGH_EACH:
        return _("{name}: {count} of {enough} evenings with it so far.").format(
            name=name, count=so_far.with_, enough=ENOUGH_EACH
        )
    if so_far.without < ENOUGH_EACH:
        return _("{name}: {count} of {enough} evenings without it so far.").format(
            name=name, count=so_far.without, enough=ENOUGH_EACH
        )
    return _("{name}: it came and went {count} of {enough} times so far.").format(
        name=name,
        count=so_far.switches,
        enough=ENOUGH_SWITCHES,
    )


def _steady(practice: Practice, latest: Association) -> str:
    low, high = _number(latest.low), _number(latest.high)
    if latest.shown < A_TOUCH:
        return _(
            "On days with {it}, your calm has been a touch higher (likely between {low} and "
            "{high}). They go together; the diary can't say which comes first."
        ).format(it=within(practice), low=low, high=high)
    much = _how_much(_half_points(latest.shown))
    return _(
        "On days with {it}, your calm has been about {how_much} higher (likely between {low} and "
        "{high}). They go together; the diary can't say which comes first."
    ).format(it=within(practice), how_much=much, low=low, high=high)


WITHIN_A_SENTENCE = {
    "hug": N_("a hug"),
    "laughter": N_("laughter"),
    "nature-walk": N_("a nature walk"),
    "gratitude": N_("gratitude"),
    "good-talk": N_("a good talk"),
    "safe-moment": N_("a safe moment"),
    "joy": N_("a moment of joy"),
    "softening": N_("softening"),
    "bare-feet": N_("feet on the earth"),
    "leaning": N_("leaning on someone"),
}
"""The shipped practices within a sentence, by id."""


def within(practice: Practice) -> str:
    """A practice within a sentence: "a hug"; the person's own by its name."""
    for one in practice_templates():
        if one.id == practice.id and practice.name in names_in_all_languages(one.id):
            return _(WITHIN_A_SENTENCE.get(one.id, N_("“{name}”"))).format(name=practice.name)
    return _("“{name}”").format(name=practice.name)


def _how_much(points: float) -> str:
    """Half points, in words."""
    if points == 0.5:
        return _("half a point")
    return _("a point") if points == 1 else _("{points} points").format(points=_halves(points))


def _number(points: float) -> str:
    return _halves(_half_points(points)).replace("-", "−")


def _halves(points: float) -> str:
    return format_number(points, 0 if points == round(points) else 1)


def _half_points(points: float) -> float:
    """Rounded half up, so that a quarter is already half a point; zero is never negative."""
    return floor(2 * points + 0.5) / 2 + 0.0
