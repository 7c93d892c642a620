"""Streak, weeks in rhythm and strength of one practice, folded day by day from a small state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.models import Figures
from tracker.rules.days import week_of
from tracker.rules.streak_state import Mark, Misses, StreakState, from_json, to_json

__all__ = [
    "DayEffect",
    "ExplainedStep",
    "Mark",
    "StreakState",
    "advance",
    "explain",
    "figures",
    "from_json",
    "initial_state",
    "to_json",
]

Days = Sequence[tuple[Mark, int]]

_KEEP = 0.5 ** (1 / 14)
# What a day adds to strength, by weekly target (1 to 7) and done days among the last seven.
_GAIN = {w: tuple((1 - _KEEP) * min(1.0, done / w) for done in range(8)) for w in range(1, 8)}


class DayEffect(StrEnum):
    """What one day did to the streak."""

    COUNTS = "counts"
    NEUTRAL = "neutral"
    CUSHION = "cushion"
    """A missed day that the weekly target allows: the streak stands."""
    ENDS = "ends"
    """A missed day that took done days from the streak, its oldest ones or all."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One day in the story of a streak, and the streak after it."""

    day: date
    mark: Mark
    effect: DayEffect
    streak: int


def initial_state(first: date, week_starts_on: int) -> StreakState:
    """Nothing folded yet; first is the first day in the list, weeks start on Monday = 0 to 6."""
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
    chain, misses, longest = _fold_chain(state, pairs)
    strength, recent = _fold_strength(state, pairs)
    week_start, week_done, week_off, weeks, longest_weeks = _fold_weeks(state, pairs)
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
    """The figures as of today, (mark, weekly target 1 to 7), which state does not hold yet.

    Today and its week may add but break nothing until they are over. None means that no day is
    open: the figures are as of state.day. rest_ahead, 0 to 6, is how many later days of the
    current week are declared off.
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
    first: date,
    days: Iterable[tuple[Mark, int]],
    today: tuple[Mark, int] | None,
    kept: StreakState | None = None,
) -> tuple[ExplainedStep, ...]:
    """The streak's story: a step for each day from first on, then one for today if it is open.

    `kept` is the state up to the day before first; without it that is the first day of all.
    """
    steps: list[ExplainedStep] = []
    day, chain = first.toordinal(), 0 if kept is None else kept.chain
    misses: Misses = () if kept is None else kept.misses
    for mark, target in days:
        before = chain
        chain, misses = _after_day(mark, chain, misses, day, 7 - target)
        steps.append(
            ExplainedStep(date.fromordinal(day), mark, _effect(mark, before, chain), chain)
        )
        day += 1
    if today is not None:
        mark = today[0]
        chain += mark is Mark.DONE
        effect = DayEffect.OPEN if mark is Mark.OTHER else _effect(mark, chain, chain)
        steps.append(ExplainedStep(date.fromordinal(day), mark, effect, chain))
    return tuple(steps)


def _effect(mark: Mark, before: int, after: int) -> DayEffect:
    if mark is Mark.DONE:
        return DayEffect.COUNTS
    if mark is not Mark.OTHER or before == 0:
        return DayEffect.NEUTRAL
    return DayEffect.CUSHION if after == before else DayEffect.ENDS


def _fold_chain(state: StreakState, days: Days) -> tuple[int, Misses, int]:
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
    """Chain and misses after one day; cushion is how many days in seven may be missed."""
    if mark is Mark.DONE:
        return chain + 1, misses
    if mark is not Mark.OTHER or chain == 0:
        return chain, misses
    held = [miss for miss in misses if day - miss[0] < 7]
    held.append((day, chain))
    while len(held) > cushion:
        gone = held[0][1]
        chain -= gone
        held = [(missed, then - gone) for missed, then in held if then > gone]
    return chain, tuple(held)


def _fold_strength(state: StreakState, days: Days) -> tuple[float, tuple[int, ...]]:
    """Strength, and the recent days it looks back on."""
    strength, recent = state.strength, state.recent
    done, other = Mark.DONE, Mark.OTHER
    for mark, target in days:
        if mark is done:
            recent = (*recent[-6:], 1)
            # Doing it never lowers it.
            strength = max(strength, _KEEP * strength + _GAIN[target][sum(recent)])
        elif mark is other:
            recent = (*recent[-6:], 0)
            strength = _KEEP * strength + _GAIN[target][sum(recent)]
    return strength, recent


def _fold_weeks(state: StreakState, days: Days) -> tuple[int, int, int, int, int]:
    """Start, done days and days off of the last week; weeks in rhythm and the most there were."""
    start, done, off = state.week_start, state.week_done, state.week_off
    weeks, longest = state.weeks, state.longest_weeks
    day, folded = state.day, 0
    while folded < len(days):
        if day == start + 6:
            start, done, off = start + 7, 0, 0
        part = [mark for mark, _ in days[folded : folded + start + 6 - day]]
        done += part.count(Mark.DONE)
        off += part.count(Mark.REST) + part.count(Mark.OUT)
        day, folded = day + len(part), folded + len(part)
        if day == start + 6 and off < 7:
            weeks = weeks + 1 if _is_met(done, off, days[folded - 1][1]) else 0
            longest = max(longest, weeks)
    return start, done, off, weeks, longest


def _current_week(
    state: StreakState, today: tuple[Mark, int] | None, rest_ahead: int
) -> tuple[int, int]:
    """Weeks in rhythm with the current week as far as it has come, and the week's done days."""
    is_over = state.day == state.week_start + 6
    if today is None and is_over:
        return state.weeks, state.week_done
    done, off = (0, 0) if is_over else (state.week_done, state.week_off)
    mark, target = today or (Mark.OTHER, state.target)
    done += mark is Mark.DONE
    off += rest_ahead + (mark in (Mark.REST, Mark.OUT))
    return state.weeks + _is_met(done, off, target), done


def _is_met(done: int, off: int, target: int) -> bool:
    """Whether a week is in rhythm; seven days off need nothing, and are no week in rhythm."""
    return 0 < min(target, 7 - off) <= done
