"""Streak, weeks on goal and strength of one practice, accumulated day by day in StreakState."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.models import Figures
from tracker.rules.days import week_of
from tracker.rules.streak_state import Mark, Misses, StreakState

Days = Sequence[tuple[Mark, int]]

_DECAY = 0.5 ** (1 / 14)
"""The factor by which strength falls in a day: its half-life is 14 days."""
# What a day adds to strength, by weekly target (1 to 7) and done days among the last seven.
_GAIN = {w: tuple((1 - _DECAY) * min(1.0, done / w) for done in range(8)) for w in range(1, 8)}


class DayEffect(StrEnum):
    """The effect of one day on the streak."""

    COUNTS = "counts"
    NEUTRAL = "neutral"
    CUSHION = "cushion"
    """A missed day that the weekly target allows: the streak continues."""
    ENDS = "ends"
    """A missed day that removed done days from the streak, its oldest ones or all."""
    OPEN = "open"


class ExplainedStep(NamedTuple):
    """One day in the explanation of a streak, and the streak after it."""

    day: date
    mark: Mark
    effect: DayEffect
    streak: int
    week_done: int
    """Done days of the calendar week up to this day."""
    cushion: int
    """Days off in any seven that the goal in force allowed."""
    week_off: int
    """Rest days of the whole calendar week, and its days out of the list."""


def initial_state(first: date, week_starts_on: int) -> StreakState:
    """The state before the first day in the list; weeks start on Monday = 0 to Sunday = 6."""
    return StreakState(
        day=first.toordinal() - 1,
        chain=0,
        misses=(),
        longest=0,
        total=0,
        strength=0.0,
        recent=(),
        week_start=week_of(first, week_starts_on).toordinal(),
        week_done=0,
        week_off=0,
        weeks=0,
        longest_weeks=0,
        target=7,
    )


def advance(state: StreakState, days: Iterable[tuple[Mark, int]]) -> StreakState:
    """The state after further consecutive days, from state.day + 1 on, that are over.

    Each day is its mark and the weekly target, 1 to 7, in force on it.
    """
    pairs = tuple(days)
    if not pairs:
        return state
    chain, misses, longest = _advance_chain(state, pairs)
    strength, recent = _advance_strength(state, pairs)
    week_start, week_done, week_off, weeks, longest_weeks = _advance_weeks(state, pairs)
    return StreakState(
        day=state.day + len(pairs),
        chain=chain,
        misses=misses,
        longest=longest,
        total=state.total + [mark for mark, _ in pairs].count(Mark.DONE),
        strength=strength,
        recent=recent,
        week_start=week_start,
        week_done=week_done,
        week_off=week_off,
        weeks=weeks,
        longest_weeks=longest_weeks,
        target=pairs[-1][1],
    )


def figures(state: StreakState, today: tuple[Mark, int] | None, rest_ahead: int = 0) -> Figures:
    """The figures as of today, given as (mark, weekly target 1 to 7) and not yet in `state`.

    Until they are over, today and its week can only add. With None no day is open, and the
    figures are as of state.day. rest_ahead, 0 to 6, is the number of later days of the current
    week that are rest days.
    """
    after = state if today is None or today[0] is Mark.OTHER else advance(state, (today,))
    weeks, done_this_week = _current_week(state, today, rest_ahead)
    return Figures(
        streak=after.chain,
        longest_streak=after.longest,
        weeks_in_rhythm=weeks,
        longest_weeks_in_rhythm=max(state.longest_weeks, weeks),
        strength=after.strength,
        days_total=after.total,
        done_this_week=done_this_week,
    )


def explain(
    start: StreakState,
    days: Iterable[tuple[Mark, int]],
    today: tuple[Mark, int] | None,
    rest_ahead: int = 0,
) -> tuple[ExplainedStep, ...]:
    """Explains the streak: a step for each day after those of `start`, then one for today if it is
    open. `rest_ahead` is as for `figures`."""
    steps: list[ExplainedStep] = []
    day, chain, misses = start.day, start.chain, start.misses
    week_start, week_done = start.week_start, start.week_done
    off = Counter({week_start: start.week_off})
    weeks: list[int] = []
    over = tuple(days)
    for number, (mark, target) in enumerate((*over, *(() if today is None else (today,)))):
        day += 1
        if day == week_start + 7:
            week_start, week_done = day, 0
        week_done += mark is Mark.DONE
        off[week_start] += mark in (Mark.REST, Mark.OUT)
        weeks.append(week_start)
        before = chain
        if number == len(over) and mark is Mark.OTHER:
            effect = DayEffect.OPEN
        else:
            chain, misses = _after_day(mark, chain, misses, day, 7 - target)
            effect = _effect(mark, before, chain)
        the_day = date.fromordinal(day)
        steps.append(ExplainedStep(the_day, mark, effect, chain, week_done, 7 - target, 0))
    off[week_start] += rest_ahead
    return tuple(step._replace(week_off=off[week]) for step, week in zip(steps, weeks, strict=True))


def _effect(mark: Mark, before: int, after: int) -> DayEffect:
    if mark is Mark.DONE:
        return DayEffect.COUNTS
    if mark is not Mark.OTHER or before == 0:
        return DayEffect.NEUTRAL
    return DayEffect.CUSHION if after == before else DayEffect.ENDS


def _advance_chain(state: StreakState, days: Days) -> tuple[int, Misses, int]:
    """Chain, misses and longest chain."""
    day, chain, misses, longest = state.day, state.chain, state.misses, state.longest
    done = Mark.DONE
    for mark, target in days:
        day += 1
        if mark is done:
            chain += 1
            if chain > longest:
                longest = chain
        else:
            chain, misses = _after_day(mark, chain, misses, day, 7 - target)
    return chain, misses, longest


def _after_day(
    mark: Mark, chain: int, misses: Misses, day: int, cushion: int
) -> tuple[int, Misses]:
    """Chain and misses after one day; cushion is the number of days in seven that may be missed.

    With one miss too many, the chain begins anew after the oldest of them: the days done before
    that miss are subtracted from the chain, and from the chains stored with the later misses.
    """
    if mark is Mark.DONE:
        return chain + 1, misses
    if mark is not Mark.OTHER or chain == 0:
        return chain, misses
    recent = [miss for miss in misses if day - miss[0] < 7]
    recent.append((day, chain))
    while len(recent) > cushion:
        done_before = recent[0][1]
        chain -= done_before
        recent = [(miss, done - done_before) for miss, done in recent if done > done_before]
    return chain, tuple(recent)


def _advance_strength(state: StreakState, days: Days) -> tuple[float, tuple[int, ...]]:
    """Strength, and the last seven days that it depends on."""
    strength, recent = state.strength, state.recent
    done, other = Mark.DONE, Mark.OTHER
    for mark, target in days:
        if mark is done:
            recent = (*recent[-6:], 1)
            # Doing it never lowers it.
            strength = max(strength, _DECAY * strength + _GAIN[target][sum(recent)])
        elif mark is other:
            recent = (*recent[-6:], 0)
            strength = _DECAY * strength + _GAIN[target][sum(recent)]
    return strength, recent


def _advance_weeks(state: StreakState, days: Days) -> tuple[int, int, int, int, int]:
    """Start, done days and days off of the last week; weeks on goal and the most so far."""
    start, done, off = state.week_start, state.week_done, state.week_off
    weeks, longest = state.weeks, state.longest_weeks
    day, position = state.day, 0
    while position < len(days):
        if day == start + 6:
            start, done, off = start + 7, 0, 0
        part = [mark for mark, _ in days[position : position + start + 6 - day]]
        done += part.count(Mark.DONE)
        off += part.count(Mark.REST) + part.count(Mark.OUT)
        day, position = day + len(part), position + len(part)
        if day == start + 6 and off < 7:
            weeks = weeks + 1 if _is_met(done, off, days[position - 1][1]) else 0
            longest = max(longest, weeks)
    return start, done, off, weeks, longest


def _current_week(
    state: StreakState, today: tuple[Mark, int] | None, rest_ahead: int
) -> tuple[int, int]:
    """Weeks on goal, the current week included once it is met, and its done days."""
    is_over = state.day == state.week_start + 6
    if today is None and is_over:
        return state.weeks, state.week_done
    done, off = (0, 0) if is_over else (state.week_done, state.week_off)
    mark, target = today or (Mark.OTHER, state.target)
    done += mark is Mark.DONE
    off += rest_ahead + (mark in (Mark.REST, Mark.OUT))
    return state.weeks + _is_met(done, off, target), done


def _is_met(done: int, off: int, target: int) -> bool:
    """Whether a week met its goal; a week of seven days off is neutral and doesn't count."""
    return 0 < min(target, 7 - off) <= done
