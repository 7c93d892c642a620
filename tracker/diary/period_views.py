"""Builds the views of longer periods from rows: a week, the streaks, a year, calm over time, and a
streak day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from tracker.diary.day_view import could_be_logged, histories, state_on
from tracker.diary.streak_figures import PracticeHistory, compute_figures, history_with
from tracker.i18n.date_format import change_in_words, sentence_case
from tracker.i18n.messages import _, format_number
from tracker.i18n.units import connection_words
from tracker.models import DAILY_FROM, NO_FIGURES, Evening, Figures, PageData, Practice, State
from tracker.rules import calm, streaks
from tracker.rules.day_states import is_late
from tracker.rules.days import days_between, days_by_month, week_of
from tracker.rules.streaks import StreakState, from_json
from tracker.rules.weekdays import best_weekday
from tracker.store.reader import Reader
from tracker.views import (
    CalmDay,
    CalmView,
    ExplainedDay,
    Explanation,
    PracticeWeek,
    PracticeYear,
    StreakView,
    WeekView,
    YearView,
)


def week_view(
    rows: PageData, start: date, today: date, first_day: date, *, to_log: bool = False
) -> WeekView:
    """The week that starts on a day, with figures as of its end, or of today within it; `first_day`
    is that of the diary, and `to_log` adds the practices of today's list that were added later."""
    end = start + timedelta(days=6)
    days = tuple(map(rows.evening, days_between(start, end)))
    weeks = tuple(
        _practice_week(rows, history, start, today)
        for history in histories(rows)
        if any(history.listed(d) for d in days_between(start, end))
        or (to_log and could_be_logged(history, end, today))
    )
    view = WeekView(start, end, today, days, weeks)
    return view._replace(sentence=_week_sentence(rows, view, first_day))


def streak_views(rows: PageData, day: date, today: date) -> tuple[StreakView, ...]:
    """The figures of every practice in the list on a day."""
    return tuple(
        streak_view(rows, history, day, today) for history in histories(rows) if history.listed(day)
    )


def streak_view(rows: PageData, history: PracticeHistory, day: date, today: date) -> StreakView:
    """The figures of one practice as of a day."""
    days_per_week = history.practice.goal_on(day).days_per_week
    figures = compute_figures(rows, history, day, today)
    return StreakView(history.practice, days_per_week, figures)


def _practice_week(
    rows: PageData, history: PracticeHistory, start: date, today: date
) -> PracticeWeek:
    practice = history.practice
    days = tuple(days_between(start, start + timedelta(days=6)))
    as_of = min(days[-1], today)
    entries = [rows.entry(practice.id, day) for day in days]
    return PracticeWeek(
        practice=practice,
        states=tuple(state_on(rows, history, day, today) for day in days),
        amounts=tuple(entry.amount for entry in entries),
        notes=tuple(entry.note for entry in entries),
        days_per_week=practice.goal_on(as_of).days_per_week,
        figures=(NO_FIGURES if start > today else compute_figures(rows, history, as_of, today)),
    )


def _week_sentence(rows: PageData, week: WeekView, first_day: date) -> str:
    scores = week.scores
    end, today = week.week_end, week.today
    if not week.connected and not scores:
        if week.week_start > today:
            return _("This week is still ahead. You can plan rest days in it.")
        if end >= today:
            return _("This week isn't over yet. Tonight is a good evening to start.")
        if end < first_day:
            return _("Before your diary began.")
        return _("A quiet week in the diary. That's all right.")
    # Two sentences: the calm is that of all rated evenings.
    sentences = [f"{connection_words(week.connected)}."] if week.connected else []
    if scores:
        parts = [_("calm {calm}").format(calm=format_number(sum(scores) / len(scores), 1))]
        change = calm.change_in_week(min(end, today), _ratings(rows), scores)
        if change is not None:
            parts.append(change_in_words(change))
        sentence = sentence_case(", ".join(parts))
        sentences.append(sentence if sentence.endswith(".") else f"{sentence}.")
    return " ".join(sentences)


def _ratings(rows: PageData) -> list[tuple[date, int]]:
    return sorted(
        (evening.day, evening.calm)
        for evening in rows.evenings.values()
        if evening.calm is not None
    )


def year_view(rows: PageData, year: int, today: date, first_day: date) -> YearView:
    """A calendar year, from the rows of its days alone; `first_day` is that of the diary."""
    # Streaks are those of this year alone: a cached state of a later day must not be used.
    rows = rows._replace(settled={})
    days = tuple(days_between(date(year, 1, 1), date(year, 12, 31)))
    evenings = tuple(map(rows.evening, days))
    practices = tuple(
        _practice_year(rows, history, days, today)
        for history in histories(rows)
        if any(history.listed(day) for day in days)
    )
    connected = tuple(_connected(practices, place, day <= today) for place, day in enumerate(days))
    view = YearView(
        year=year,
        days=days,
        today=today,
        first_day=first_day,
        week_starts_on=rows.settings.week_starts_on,
        evenings=evenings,
        practices=practices,
        connected=connected,
        connected_best_weekday=best_weekday(
            (day, float(done > 0))
            for day, (done, listed) in zip(days, connected, strict=True)
            if listed and day <= today
        ),
        calm_best_weekday=None,
        names=tuple(practice.name for practice in rows.practices),
    )
    calmest = best_weekday((day, float(score)) for day, score in view.scores)
    return view._replace(calm_best_weekday=calmest)


def calm_view(evenings: Iterable[Evening], first: date, last: date, today: date) -> CalmView:
    """Calm from `first` to `last`; `evenings` go further back, oldest first."""
    by_day = {evening.day: evening for evening in evenings}
    ratings = [(day, one.calm) for day, one in by_day.items() if one.calm is not None]
    in_time = [(day, score) for day, score in ratings if not is_late(day, by_day[day].logged_at)]
    days = tuple(
        _calm_day(by_day.get(day) or Evening.blank(day), trend)
        for day, trend in calm.trend_between(first, last, ratings)
    )
    return CalmView(
        days=days,
        today=today,
        usual_range=calm.usual_range(last, in_time),
        change=calm.change_over_a_month(last, ratings),
        rated=sum(one.calm is not None for one in days),
    )


def _calm_day(evening: Evening, trend: float | None) -> CalmDay:
    late = evening.calm is not None and is_late(evening.day, evening.logged_at)
    return CalmDay(evening.day, evening.calm, late, evening.note, trend)


def _practice_year(
    rows: PageData, history: PracticeHistory, days: Sequence[date], today: date
) -> PracticeYear:
    practice = history.practice
    states = tuple(state_on(rows, history, day, today) for day in days)
    entries = [rows.entry(practice.id, day) for day in days]
    as_of = min(days[-1], today)
    # A clock that was ahead can have logged a later day: it's shown, but isn't counted.
    done = [state is State.DONE and day <= today for day, state in zip(days, states, strict=True)]
    # A streak that began in an earlier year counts from 1 January on.
    of_this_year = history._replace(first=max(history.first, days[0]))
    return PracticeYear(
        practice=practice,
        states=states,
        amounts=tuple(entry.amount for entry in entries),
        notes=tuple(entry.note for entry in entries),
        done=sum(done),
        figures=compute_figures(rows, of_this_year, as_of, today),
        days_per_week=practice.goal_on(as_of).days_per_week,
        best_weekday=best_weekday(
            (day, float(state is State.DONE))
            for day, state in zip(days, states, strict=True)
            if day <= today and state not in (None, State.REST, State.PENDING)
        ),
        months=days_by_month(day for day, one in zip(days, done, strict=True) if one),
    )


def _connected(practices: Iterable[PracticeYear], place: int, is_counted: bool) -> tuple[int, int]:
    states = [one.states[place] for one in practices]
    done = states.count(State.DONE) if is_counted else 0
    return done, sum(state is not None for state in states)


# A streak day by day

AT_LEAST = 14
"""Days explained even where the streak is shorter."""

_A_DAY = timedelta(days=1)


def explanation(
    rows: PageData, practice: Practice, day: date, today: date, reader: Reader | None
) -> Explanation:
    """A practice's streak up to a day: from the first day of the streak on, at least 14 days; where
    the streak counts weeks, from the first day of a week.

    The rows need no entries. `reader` is None where nothing was ever logged.
    """
    explained: tuple[streaks.ExplainedStep, ...] = ()
    history = history_with(practice, rows.first_entry.get(practice.id), {})
    day_figures = NO_FIGURES
    in_weeks = practice.goal_on(day).days_per_week < DAILY_FROM
    latest = day - AT_LEAST * _A_DAY
    if in_weeks:
        latest = week_of(latest, rows.settings.week_starts_on)
    for start in _start_states(reader, practice.id, latest, in_weeks=in_weeks):
        history, day_figures, steps = _steps(rows, practice, day, today, reader, start)
        first = _first_step(steps, start, in_weeks=in_weeks)
        explained = steps[max(0, first) :]
        if first >= 0 or start is None:
            break
    if explained and reader is not None:
        evenings = {e.day: e for e in reader.evenings(explained[0].day, explained[-1].day)}
        rows = rows._replace(evenings=evenings)
    return Explanation(
        practice=practice,
        day=day,
        is_present=day == today,
        figures=day_figures,
        cushion=7 - practice.goal_on(day).days_per_week,
        days=tuple(
            ExplainedDay(
                step.day,
                state_on(rows, history, step.day, today),
                step.effect.value,
                step.streak,
                step.week_done,
                step.cushion,
                step.days_off,
                step.week_off,
                step.week_target,
                None if step.week_effect is None else step.week_effect.value,
                step.weeks,
            )
            for step in explained
        ),
    )


def _first_step(
    steps: Sequence[streaks.ExplainedStep], start: StreakState | None, *, in_weeks: bool
) -> int:
    """The index of the first day to explain, for a streak `in_weeks` the first day of a week;
    negative if that is before the steps."""
    lengths = [step.weeks if in_weeks else step.streak for step in steps]
    if start is not None and (start.weeks if in_weeks else start.chain) and all(lengths):
        return -1
    first = max((n for n, length in enumerate(lengths) if length == 0), default=-1) + 1
    first = max(0, min(first, len(steps) - AT_LEAST))
    if in_weeks and steps:
        return first - (steps[first].day - steps[first].week_start).days
    return first


def _start_states(
    reader: Reader | None, practice_id: str, latest: date, *, in_weeks: bool
) -> Iterator[StreakState | None]:
    """The cached states after which an explanation can start, newest first; finally None for the
    whole history.

    Each one after the first is before the estimated start of the streak, from its length and the
    weekly goal, so that a long streak is seldom read twice.
    """
    cached = [] if reader is None else reader.streak_states(practice_id)
    while cached:
        day, state = cached.pop()
        if day < latest:
            start = from_json(state)
            yield start
            length = 7 * start.weeks + 7 if in_weeks else 7 * start.chain // start.target
            latest = date.fromordinal(max(1, start.day - length))
    yield None


def _steps(
    rows: PageData,
    practice: Practice,
    day: date,
    today: date,
    reader: Reader | None,
    start: StreakState | None,
) -> tuple[PracticeHistory, Figures, tuple[streaks.ExplainedStep, ...]]:
    """The history after a state, the figures as of `day`, and the effect of each day on the streak;
    without a state, over the whole history."""
    since = date.min if start is None else date.fromordinal(start.day) + _A_DAY
    week_starts_on = rows.settings.week_starts_on
    week_end = week_of(day, week_starts_on) + 6 * _A_DAY
    logged = {} if reader is None else reader.states_by_day(practice.id, since, week_end)
    history = history_with(practice, rows.first_entry.get(practice.id), logged)
    if day < history.first:
        return history, NO_FIGURES, ()
    before = start or streaks.initial_state(history.first, week_starts_on)
    is_open = day == today
    last = day - _A_DAY if is_open else day
    marks = tuple(history.marks(date.fromordinal(before.day) + _A_DAY, last))
    open_day = history.mark(today) if is_open else None
    rest_ahead = history.rest_days_between(day + _A_DAY, week_end)
    day_figures = streaks.figures(streaks.advance(before, marks), open_day, rest_ahead)
    return history, day_figures, streaks.explain(before, marks, open_day, rest_ahead)
