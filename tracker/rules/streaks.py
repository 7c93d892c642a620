"""Streak, weeks on goal and strength of one practice, accumulated day by day in StreakState, which
is stored as one line of JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum, StrEnum, auto
from functools import lru_cache
from typing import NamedTuple

from tracker.models import Figures, Practice
from tracker.rules.days import week_of

Misses = tuple[tuple[int, int], ...]
"""Missed days, oldest first: (day ordinal, chain when it was missed)."""


class Mark(Enum):
    """What one day counts as in a streak."""

    DONE = auto()
    REST = auto()
    OUT = auto()
    """Outside of the list: neutral, as a rest day is."""
    OTHER = auto()
    """Not done, though it was in the list. As the mark of today: still pending."""


class StreakState(NamedTuple):
    """All that later days depend on, from the days up to and including `day`."""

    day: int
    """The last day included, as date.toordinal()."""
    chain: int
    """Done days of the running streak."""
    misses: Misses
    """Missed days of the last seven within the chain, which use up the weekly allowance."""
    longest: int
    total: int
    """Done days in all."""
    strength: float
    """0 to 1."""
    recent: tuple[int, ...]
    """The last seven days (or fewer) that were neither rest nor out, oldest first: 1 done, 0
    missed."""
    week_start: int
    """First day of the week that `day` is in, as date.toordinal()."""
    week_done: int
    week_off: int
    """Rest days of that week so far."""
    week_out: int
    """Its days out of the list so far."""
    weeks: int
    """Weeks on goal up to the last complete week."""
    longest_weeks: int
    target: int
    """Weekly target, 1 to 7, in force on `day`."""


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


class WeekEffect(StrEnum):
    """The effect of one calendar week on the weeks on goal."""

    COUNTS = "counts"
    NEUTRAL = "neutral"
    """Seven days off, or cut short by an archiving or a restoring."""
    ENDS = "ends"
    """Below the goal: the weeks on goal start over."""


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
    days_off: int
    """Those of the running streak that this day, if it was missed, and the six before it used."""
    week_off: int
    """Rest days of the whole calendar week."""
    week_start: date
    week_target: int
    """The goal that the week is judged by: the one in force on its last day, or the latest."""
    week_effect: WeekEffect | None
    """On the last day of a week that is over; on the latest day once its week is on goal."""
    weeks: int
    """Weeks on goal after this day."""


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
        week_out=0,
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
    week_start, week_done, week_off, week_out, weeks, longest_weeks = _advance_weeks(state, pairs)
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
        week_out=week_out,
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
    weeks, done, goal = _current_week(state, today, rest_ahead)
    return Figures(
        streak=after.chain,
        longest_streak=after.longest,
        weeks_in_rhythm=weeks,
        longest_weeks_in_rhythm=max(state.longest_weeks, weeks),
        strength=after.strength,
        days_total=after.total,
        done_this_week=done,
        week_goal=goal,
    )


def explain(
    start: StreakState,
    days: Iterable[tuple[Mark, int]],
    today: tuple[Mark, int] | None,
    rest_ahead: int = 0,
) -> tuple[ExplainedStep, ...]:
    """Explains the streak: a step for each day after those of `start`, then one for today if it is
    open. `rest_ahead` is as for `figures`."""
    over, state = tuple(days), start
    steps: list[ExplainedStep] = []
    off: dict[int, int] = {}
    targets: dict[int, int] = {}
    for mark, target in (*over, *(() if today is None else (today,))):
        is_open = len(steps) == len(over)
        before, state = state, advance(state, ((mark, target),))
        week = state.week_start
        off[week], targets[week] = state.week_off, target
        week_effect = None
        if not is_open and state.day == week + 6:
            week_effect = _week_effect(state.week_done, state.week_off, state.week_out, target)
        steps.append(
            ExplainedStep(
                day=date.fromordinal(state.day),
                mark=mark,
                effect=_effect(mark, before.chain, state.chain),
                streak=state.chain,
                week_done=state.week_done,
                cushion=7 - target,
                days_off=len(state.misses),
                week_off=0,
                week_start=date.fromordinal(week),
                week_target=target,
                week_effect=week_effect,
                weeks=before.weeks if is_open else state.weeks,
            )
        )
        if is_open and mark is Mark.OTHER:
            steps[-1] = steps[-1]._replace(effect=DayEffect.OPEN, streak=before.chain)
    if steps:
        last, week = steps[-1], state.week_start
        off[week] += rest_ahead
        if last.week_effect is None and _is_met(last.week_done, off[week], targets[week]):
            steps[-1] = last._replace(week_effect=WeekEffect.COUNTS, weeks=last.weeks + 1)
    weeks = (step.week_start.toordinal() for step in steps)
    return tuple(
        step._replace(week_off=off[week], week_target=targets[week])
        for step, week in zip(steps, weeks, strict=True)
    )


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


def _advance_weeks(state: StreakState, days: Days) -> tuple[int, int, int, int, int, int]:
    """Start, done days, rest days and days out of the last week; weeks on goal and the most so far.

    A week that an archiving or a restoring cut short counts if its whole goal was reached. One that
    reached only what its days in the list allow is neutral.
    """
    start, done, off, out = state.week_start, state.week_done, state.week_off, state.week_out
    weeks, longest = state.weeks, state.longest_weeks
    day, position = state.day, 0
    while position < len(days):
        if day == start + 6:
            start, done, off, out = start + 7, 0, 0, 0
        part = [mark for mark, _ in days[position : position + start + 6 - day]]
        done += part.count(Mark.DONE)
        off += part.count(Mark.REST)
        out += part.count(Mark.OUT)
        day, position = day + len(part), position + len(part)
        if day == start + 6:
            weeks = _after_week(_week_effect(done, off, out, days[position - 1][1]), weeks)
            longest = max(longest, weeks)
    return start, done, off, out, weeks, longest


def _week_effect(done: int, off: int, out: int, target: int) -> WeekEffect:
    """The effect of a week that is over, from its done days, rest days and days out of the list."""
    if off + out == 7:
        return WeekEffect.NEUTRAL
    if _is_met(done, off, target):
        return WeekEffect.COUNTS
    return WeekEffect.NEUTRAL if _is_met(done, off + out, target) else WeekEffect.ENDS


def _after_week(effect: WeekEffect, weeks: int) -> int:
    """Weeks on goal after one more week."""
    if effect is WeekEffect.ENDS:
        return 0
    return weeks + (effect is WeekEffect.COUNTS)


def _current_week(
    state: StreakState, today: tuple[Mark, int] | None, rest_ahead: int
) -> tuple[int, int, int]:
    """Weeks on goal, the current week included once it is met; its done days and its goal."""
    is_over = state.day == state.week_start + 6
    if today is None and is_over:
        return state.weeks, state.week_done, week_goal(state.target, state.week_off)
    done, off = (0, 0) if is_over else (state.week_done, state.week_off)
    mark, target = today or (Mark.OTHER, state.target)
    done += mark is Mark.DONE
    off += rest_ahead + (mark is Mark.REST)
    return state.weeks + _is_met(done, off, target), done, week_goal(target, off)


def week_goal(target: int, off: int) -> int:
    """The done days, 0 to 7, that a week with so many rest days needs for a weekly target."""
    return min(target, 7 - off)


def _is_met(done: int, off: int, target: int) -> bool:
    """Whether a week met its goal; a week of seven days off is neutral and doesn't count."""
    return 0 < week_goal(target, off) <= done


# The stored state

_FIRST, _LAST = date(1899, 12, 1).toordinal(), date(2200, 12, 31).toordinal()
"""Ordinals of the first and last day of a stored state: the state before a first day in January
1900, and the week that it is in, begin in December 1899."""


def to_json(state: StreakState) -> str:
    """The state as one line of JSON; from_json gives back the same state, to the last bit."""
    return json.dumps(state._asdict(), separators=(",", ":"))


@lru_cache(maxsize=256)
def from_json(text: str) -> StreakState:
    """The state that to_json wrote; raises ValueError for anything it could not have written."""
    try:
        raw: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("not the state of a streak") from error
    state = _state_from(raw)
    if state is None or not (_days_fit(state) and _counts_fit(state) and _misses_fit(state)):
        raise ValueError("not the state of a streak")
    return state


def is_state(text: object) -> bool:
    """Whether a stored value is what to_json writes, of a day of the years 1899 to 2200."""
    try:
        state = from_json(text) if type(text) is str else None
    except ValueError:
        return False
    return state is not None and _FIRST <= state.day <= _LAST and state.week_start >= _FIRST


def _state_from(raw: object) -> StreakState | None:
    """The state with every field of the right type, values unchecked; None otherwise."""
    if not isinstance(raw, dict) or raw.keys() != set(StreakState._fields):
        return None
    rest = dict(raw)
    misses, strength, recent = rest.pop("misses"), rest.pop("strength"), rest.pop("recent")
    pairs_are_whole = isinstance(misses, list) and all(
        _are_whole(pair) and len(pair) == 2 for pair in misses
    )
    if not (pairs_are_whole and _are_whole(recent) and _are_whole(list(rest.values()))):
        return None
    # A database that keeps JSON in its own form may write 1.0 as 1.
    if type(strength) not in (int, float) or not 0 <= strength <= 1:
        return None
    pairs = tuple((day, chain) for day, chain in misses)
    return StreakState(misses=pairs, strength=float(strength), recent=tuple(recent), **rest)


def _are_whole(values: object) -> bool:
    # Not isinstance, by which True and False are integers too.
    return isinstance(values, list) and all(type(value) is int for value in values)


def _days_fit(state: StreakState) -> bool:
    days_of_week = state.day - state.week_start + 1
    return (
        0 <= state.day <= date.max.toordinal()
        and 0 <= days_of_week <= 7
        and min(state.week_done, state.week_off, state.week_out) >= 0
        and state.week_done + state.week_off + state.week_out <= days_of_week
    )


def _counts_fit(state: StreakState) -> bool:
    return (
        0 <= state.chain <= state.longest <= state.total
        and state.week_done <= state.total
        and 0 <= state.weeks <= state.longest_weeks
        and 1 <= state.target <= 7
        and len(state.recent) <= 7
        and set(state.recent) <= {0, 1}
    )


def _misses_fit(state: StreakState) -> bool:
    days = [day for day, _ in state.misses]
    chains = [chain for _, chain in state.misses]
    return (
        days == sorted(set(days))
        and chains == sorted(chains)
        and all(0 < day <= state.day for day in days)
        and all(0 < chain <= state.chain for chain in chains)
    )


def earliest_day_needed(
    practices: Iterable[Practice],
    first_entry: Mapping[str, date],
    settled: Mapping[str, str],
    as_of: date,
) -> date:
    """The first day whose entries the streaks as of `as_of` need, over all practices.

    That is the day after the cached state, or the practice's first day without one before `as_of`.
    """
    return min(
        (_first_day_of(practice, first_entry, settled, as_of) for practice in practices),
        default=as_of,
    )


def _first_day_of(
    practice: Practice, first_entry: Mapping[str, date], settled: Mapping[str, str], as_of: date
) -> date:
    state = settled.get(practice.id)
    if state is not None and (day := date.fromordinal(json.loads(state)["day"])) < as_of:
        return day + timedelta(days=1)
    return min(practice.added_on, first_entry.get(practice.id, as_of), as_of)
