"""Properties of streaks, checked on random diaries against plain definitions."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import by_effort
from tracker.models import Figures
from tracker.rules.streaks import (
    DayEffect,
    Mark,
    StreakState,
    WeekEffect,
    advance,
    explain,
    figures,
    from_json,
    initial_state,
    to_json,
)

Day = tuple[Mark, int]
OFF = (Mark.REST, Mark.OUT)


@dataclass(frozen=True)
class Diary:
    """The days of one practice, oldest first, each with the weekly goal in force."""

    first: date
    week_starts_on: int
    days: tuple[Day, ...]

    def folded(self) -> StreakState:
        return advance(initial_state(self.first, self.week_starts_on), self.days)

    def when_over(self) -> Figures:
        return figures(self.folded(), None)

    def on_last_evening(self) -> Figures:
        return figures(replace(self, days=self.days[:-1]).folded(), self.days[-1])

    def with_day(self, index: int, mark: Mark) -> "Diary":
        day = (mark, self.days[index][1])
        return replace(self, days=(*self.days[:index], day, *self.days[index + 1 :]))


marks = st.sampled_from([*[Mark.DONE] * 4, *[Mark.OTHER] * 3, Mark.REST, Mark.OUT])
targets = st.integers(1, 7)
spells = st.tuples(marks, st.integers(1, 9)).map(lambda spell: [spell[0]] * spell[1])


@st.composite
def diaries(
    draw: st.DrawFn, *, least: int = 0, most: int = 70, steady: bool = False, target: int = 0
) -> Diary:
    """Draws diaries of single days and spells; `steady` uses one goal, and `target` (1 to 7) sets
    it."""
    length = draw(st.integers(least, most))
    piece = marks.map(lambda mark: [mark]) | spells
    pieces = draw(st.lists(piece, min_size=max(least, length // 3), max_size=length))
    kinds = [mark for piece in pieces for mark in piece][:length]
    one = target or draw(targets)
    weekly = [one if steady or target else draw(targets) for _ in range(1 + len(kinds) // 5)]
    days = tuple((mark, weekly[at // 5]) for at, mark in enumerate(kinds))
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    return Diary(first, draw(st.integers(0, 6)), days)


def cushion_holds(run: tuple[Day, ...]) -> bool:
    """Whether on each missed day of the run the seven days up to it have at most 7 - target
    misses."""
    return all(
        sum(mark is Mark.OTHER for mark, _ in run[max(0, at - 6) : at + 1]) <= 7 - target
        for at, (missed, target) in enumerate(run)
        if missed is Mark.OTHER
    )


def streak_by_definition(days: tuple[Day, ...]) -> int:
    """Done days of the longest run up to the end that begins with a done day and keeps the
    cushion."""
    for start, (mark, _) in enumerate(days):
        if mark is Mark.DONE and cushion_holds(days[start:]):
            return sum(mark is Mark.DONE for mark, _ in days[start:])
    return 0


def any_seven_days_hold(run: tuple[Day, ...], cushion: int) -> bool:
    windows = [run[at : at + 7] for at in range(max(1, len(run) - 6))]
    return all(sum(mark is Mark.OTHER for mark, _ in seven) <= cushion for seven in windows)


def weeks_by_definition(diary: Diary, *, last_day_is_open: bool) -> tuple[int, int, int]:
    """Weeks on goal, the maximum, and done days of the last week."""
    dated = [(diary.first + timedelta(days=at), day) for at, day in enumerate(diary.days)]

    def week(item: tuple[date, Day]) -> date:
        day = item[0]
        while day.weekday() != diary.week_starts_on:
            day -= timedelta(days=1)
        return day

    running = longest = done = 0
    for start, group in groupby(dated, week):
        days = list(group)
        done = sum(mark is Mark.DONE for _, (mark, _) in days)
        rest = sum(mark is Mark.REST for _, (mark, _) in days)
        out = sum(mark is Mark.OUT for _, (mark, _) in days)
        last, (_, target) = days[-1]
        over = last == start + timedelta(days=6) and not (
            last_day_is_open and days[-1] is dated[-1]
        )
        if rest + out == 7:
            continue
        if done >= min(target, 7 - rest):
            running += 1
        elif over and done < min(target, 7 - rest - out):
            running = 0
        longest = max(longest, running)
    return running, longest, done


def strength_by_definition(days: tuple[Day, ...]) -> float:
    keep, strength = 0.5 ** (1 / 14), 0.0
    for at, (mark, target) in enumerate(days):
        if mark in OFF:
            continue
        seven = [earlier for earlier, _ in days[: at + 1] if earlier not in OFF][-7:]
        reached = min(1.0, seven.count(Mark.DONE) / target)
        moved = keep * strength + (1 - keep) * reached
        strength = max(strength, moved) if mark is Mark.DONE else moved
    return strength


@given(diaries())
@settings(max_examples=by_effort(15, 250), deadline=None)
def test_the_streak_is_the_longest_run_that_keeps_its_cushion(diary: Diary) -> None:
    assert diary.when_over().streak == streak_by_definition(diary.days)


@given(diaries(steady=True))
@settings(max_examples=by_effort(15, 250), deadline=None)
def test_with_one_target_no_seven_days_of_the_streak_miss_more_than_it_allows(diary: Diary) -> None:
    runs = [diary.days[at:] for at, (mark, _) in enumerate(diary.days) if mark is Mark.DONE]
    held = [run for run in runs if any_seven_days_hold(run, 7 - run[0][1])]
    longest = max(held, key=len, default=())
    assert diary.when_over().streak == [mark for mark, _ in longest].count(Mark.DONE)


@given(diaries(most=35))
@settings(max_examples=by_effort(15, 80), deadline=None)
def test_the_longest_streak_is_the_maximum_of_all_streaks(diary: Diary) -> None:
    ever = [streak_by_definition(diary.days[:end]) for end in range(len(diary.days) + 1)]
    assert diary.when_over().longest_streak == max(ever)


@given(diaries(target=7))
@settings(max_examples=by_effort(15, 100), deadline=None)
def test_a_daily_practice_has_a_streak_without_days_off(diary: Diary) -> None:
    kinds = [mark for mark, _ in diary.days if mark not in OFF]
    plain = 0
    for mark in kinds:
        plain = plain + 1 if mark is Mark.DONE else 0
    assert diary.when_over().streak == plain


@given(diaries())
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_weeks_on_goal_are_counted_week_by_week(diary: Diary) -> None:
    shown = diary.when_over()
    assert weeks_by_definition(diary, last_day_is_open=False) == (
        shown.weeks_in_rhythm,
        shown.longest_weeks_in_rhythm,
        shown.done_this_week,
    )


@given(diaries(least=1))
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_this_week_breaks_nothing_before_its_last_day_is_over(diary: Diary) -> None:
    shown = diary.on_last_evening()
    assert weeks_by_definition(diary, last_day_is_open=True) == (
        shown.weeks_in_rhythm,
        shown.longest_weeks_in_rhythm,
        shown.done_this_week,
    )


@given(diaries())
@settings(max_examples=by_effort(15, 150), deadline=None)
def test_strength_agrees_with_its_formula(diary: Diary) -> None:
    strength = diary.when_over().strength
    assert strength == pytest.approx(strength_by_definition(diary.days), abs=1e-12)
    assert 0.0 <= strength <= 1.0


@given(diaries(), st.data())
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_a_stored_and_restored_state_gives_the_same_figures(
    diary: Diary, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(diary.days)), max_size=4)))
    state = initial_state(diary.first, diary.week_starts_on)
    for start, end in zip([0, *cuts], [*cuts, len(diary.days)], strict=True):
        state = from_json(to_json(advance(state, iter(diary.days[start:end]))))
    assert state == diary.folded()


@given(diaries(), st.sampled_from(OFF), targets)
@settings(max_examples=by_effort(15, 150), deadline=None)
def test_a_rest_day_does_not_change_streak_and_strength(
    diary: Diary, mark: Mark, target: int
) -> None:
    before = diary.when_over()
    rested = replace(diary, days=(*diary.days, (mark, target)))
    for after in (rested.when_over(), rested.on_last_evening()):
        assert (after.streak, after.longest_streak) == (before.streak, before.longest_streak)
        assert (after.strength, after.days_total) == (before.strength, before.days_total)


@given(diaries(least=1), st.data())
@settings(max_examples=by_effort(15, 400), deadline=None)
def test_one_more_done_day_never_lowers_anything(diary: Diary, data: st.DataObject) -> None:
    better = diary.with_day(data.draw(st.integers(0, len(diary.days) - 1)), Mark.DONE)
    for before, after in (
        (diary.when_over(), better.when_over()),
        (diary.on_last_evening(), better.on_last_evening()),
    ):
        assert all(b >= a for a, b in zip(before, after, strict=True))


def _none_is_lower(before: Figures, after: Figures) -> bool:
    """Whether no figure fell; a goal isn't better when it's higher."""
    pairs = zip(before._replace(week_goal=0), after, strict=True)
    return all(later >= earlier for earlier, later in pairs)


@given(diaries(least=1), st.sampled_from([Mark.DONE, *OFF]))
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_no_mark_of_today_lowers_the_figures_of_the_evening(diary: Diary, mark: Mark) -> None:
    today = len(diary.days) - 1
    before = diary.with_day(today, Mark.OTHER).on_last_evening()
    after = diary.with_day(today, mark).on_last_evening()
    assert _none_is_lower(before, after)


@given(diaries())
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_a_pending_today_changes_nothing(diary: Diary) -> None:
    state, yesterday = diary.folded(), diary.when_over()
    new_week = state.day == state.week_start + 6
    pending = figures(state, (Mark.OTHER, state.target))
    if new_week:
        yesterday = yesterday._replace(done_this_week=0, week_goal=state.target)
    assert pending == yesterday


@given(diaries(), targets)
@settings(max_examples=by_effort(15, 150), deadline=None)
def test_a_goal_changed_today_affects_only_this_week(diary: Diary, target: int) -> None:
    before, after = diary.when_over(), figures(diary.folded(), (Mark.OTHER, target))
    assert (after.streak, after.longest_streak) == (before.streak, before.longest_streak)
    assert (after.strength, after.days_total) == (before.strength, before.days_total)
    assert abs(after.weeks_in_rhythm - before.weeks_in_rhythm) <= 1


@given(diaries(), st.integers(0, 6))
@settings(max_examples=by_effort(15, 150), deadline=None)
def test_planned_days_off_never_reduce_the_weeks_on_goal(diary: Diary, ahead: int) -> None:
    state = diary.folded()
    left = state.week_start + 6 - state.day - 1
    rest_ahead = max(0, min(ahead, left))
    today = (Mark.OTHER, state.target)
    assert (
        figures(state, today, rest_ahead).weeks_in_rhythm >= figures(state, today).weeks_in_rhythm
    )


@given(diaries(least=1))
@settings(max_examples=by_effort(15, 150), deadline=None)
def test_the_longest_streak_is_never_less_than_the_current_one(diary: Diary) -> None:
    for shown in (diary.when_over(), diary.on_last_evening()):
        assert shown.longest_streak >= shown.streak
        assert shown.longest_weeks_in_rhythm >= shown.weeks_in_rhythm
        assert shown.days_total >= shown.longest_streak


@given(diaries(), st.integers(1, 20))
@settings(max_examples=by_effort(15, 100), deadline=None)
def test_an_earlier_first_day_never_lowers_anything(diary: Diary, gap: int) -> None:
    missed = ((Mark.OTHER, 3),) * (gap - 1)
    earlier = Diary(
        diary.first - timedelta(days=gap),
        diary.week_starts_on,
        ((Mark.DONE, 3), *missed, *diary.days),
    )
    assert _none_is_lower(diary.when_over(), earlier.when_over())


@given(diaries(), st.none() | st.tuples(marks, targets))
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_the_explanation_of_a_streak_ends_with_the_streak(diary: Diary, today: Day | None) -> None:
    steps = explain(initial_state(diary.first, diary.week_starts_on), diary.days, today)
    shown = figures(diary.folded(), today)
    assert len(steps) == len(diary.days) + (today is not None)
    assert (steps[-1].streak if steps else 0) == shown.streak
    assert (steps[-1].week_done if steps else 0) == shown.done_this_week
    before = 0
    for step in steps:
        moved = step.streak - before
        assert (moved == 1) == (step.effect is DayEffect.COUNTS) == (step.mark is Mark.DONE)
        assert (moved < 0) == (step.effect is DayEffect.ENDS)
        assert (step.effect is DayEffect.CUSHION) <= (before > 0)
        before = step.streak


@given(diaries(), st.none() | st.tuples(marks, targets), st.integers(0, 6))
@settings(max_examples=by_effort(25, 400), deadline=None)
def test_the_weeks_of_an_explanation_add_up_to_the_weeks_on_goal(
    diary: Diary, today: Day | None, most_ahead: int
) -> None:
    last = diary.first + timedelta(days=len(diary.days) - (today is None))
    days_left = (diary.week_starts_on - 1 - last.weekday()) % 7
    rest_ahead = min(most_ahead, days_left)
    steps = explain(initial_state(diary.first, diary.week_starts_on), diary.days, today, rest_ahead)
    running = 0
    for step in steps:
        if step.week_effect is WeekEffect.ENDS:
            running = 0
        running += step.week_effect is WeekEffect.COUNTS
        assert step.weeks == running
        is_last_of_week = (step.day - step.week_start).days == 6
        if step.week_effect is not None:
            assert is_last_of_week or (step is steps[-1] and step.week_effect is WeekEffect.COUNTS)
            goal = min(step.week_target, 7 - step.week_off)
            assert (step.week_effect is WeekEffect.COUNTS) == (0 < goal <= step.week_done)
    if steps:
        shown = figures(diary.folded(), today, rest_ahead)
        assert running == shown.weeks_in_rhythm
        assert shown.week_goal == min(steps[-1].week_target, 7 - steps[-1].week_off)


@given(diaries(least=14), st.integers(1, 13))
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_an_explanation_from_a_later_state_says_the_same_of_the_days_after_it(
    diary: Diary, count: int
) -> None:
    start = initial_state(diary.first, diary.week_starts_on)
    later = advance(start, diary.days[:count])
    assert explain(later, diary.days[count:], None) == explain(start, diary.days, None)[count:]
