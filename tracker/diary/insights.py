"""Insights: which practices go with calmer evenings, and the recovery after low ones.

Turns rows into the series that the rules read, and the rules' results into a level and a sentence.
The same entries and day always give the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from tracker.catalogue import practice_templates, shipped_id
from tracker.diary import validation
from tracker.diary.day_view import (
    histories,
    state_on,
    timely_ratings,
    timely_score,
)
from tracker.diary.diary_base import DiaryBase
from tracker.diary.streak_figures import PracticeHistory
from tracker.i18n.date_format import format_date_of, weekday_name
from tracker.i18n.messages import N_, _, format_number, ngettext, quoted, round_half_up
from tracker.models import EntryState, PageData, Practice, State
from tracker.rules import recovery
from tracker.rules.association import (
    ENOUGH_EACH,
    ENOUGH_RATED,
    WINDOW,
    Association,
    Counts,
    Estimates,
    estimate,
    tally,
)
from tracker.rules.calm import outward_half_points
from tracker.rules.checkpoints import (
    LOOKS,
    RECENT_WAVES,
    RECENT_WINDOW,
    TOGETHER_FROM,
    Reported,
    checkpoints,
    log_odds,
    next_checkpoint,
    reported,
)
from tracker.rules.day_states import is_day_of_rest, is_late
from tracker.rules.days import days_between
from tracker.rules.recovery import WayBack
from tracker.rules.weekdays import EIGHT_WEEKS, best_weekday
from tracker.views import (
    Detail,
    InsightsView,
    Level,
    PracticeInsight,
    TogetherView,
    WayBackView,
)

_DONE_OR_SOME = {State.DONE, State.SOME}

_REGRESSOR = {State.DONE: 1.0, State.SOME: 0.0, State.NO: 0.0}
"""The regressor of a state; rest, not logged and pending are missing values."""

UNUSUAL_DAYS, UNUSUAL_WITHIN, USUALLY = 3, 84, 0.75
"""Days in a row without any practice, from which they may have been rest days; the number of latest
days that are searched for them; and the share of days with a practice from which such days are
unusual for the person."""

MENTIONED_ON = "patterns_mentioned_on"
"""The app_state key of the last checkpoint whose new findings were mentioned."""

_RANKS = {"leaning": 1, "leaning_lower": 1, "steady": 2, "steady_lower": 2}


class Insights:
    """Computes the insights of a diary, anew at each call. Only the last checkpoint whose findings
    were mentioned is stored."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def view(self, day: date | None = None) -> InsightsView:
        """The insights as of a day; as of today without one. Raises InputError for a future day."""
        today = self._diary.today()
        chosen = validation.day_with_figures(day or today, today)
        first = self._first_rating(chosen)
        over = _last_over(chosen, today)
        looks = checkpoints(first, over) if first is not None else []
        window = timedelta(days=WINDOW - 1)
        start = min([chosen, *looks]) - window - timedelta(days=recovery.BASELINE_DAYS)
        rows = self._diary.range_rows(start, chosen)
        series = _Series(rows, today)
        latest = series.look(looks[0]) if looks else None
        next_update = next_checkpoint(first or chosen, over) + timedelta(days=1)
        result_on = format_date_of(next_update, today)
        unusual = series.unusual_days(chosen)
        return InsightsView(
            day=chosen,
            today=today,
            checkpoint=looks[0] if looks else None,
            next_update=next_update,
            practices=tuple(series.insights(chosen, latest, series.levels(looks), result_on)),
            together=_together(latest),
            finding_your_way_back=_way_back(rows, chosen),
            weekdays=_weekdays_sentence(series.ratings(chosen)),
            rest_days=_rest_days_sentence(unusual, series.days_of_rest(chosen), today),
            unusual_days=unusual,
        )

    def new_findings(self) -> tuple[str, ...]:
        """The names of the practices whose difference is new, or newly steady, at the latest
        checkpoint. Stores that the checkpoint was mentioned, and returns none for it from then
        on."""
        today = self._diary.today()
        first = self._first_rating(today)
        over = _last_over(today, today)
        looks = checkpoints(first, over, LOOKS + 1) if first is not None else []
        mentioned = self._diary.rows().kept.get(MENTIONED_ON, "")
        if not looks or mentioned >= looks[0].isoformat():
            return ()
        self.set_mentioned(looks[0])
        start = looks[-1] - timedelta(days=WINDOW - 1)
        series = _Series(self._diary.range_rows(start, looks[0]), today)
        now, before = series.levels(looks[:LOOKS]), series.levels(looks[1:])
        return tuple(
            history.practice.name
            for history in series.histories
            if _RANKS.get(now.get(history.practice.id, ""), 0)
            > _RANKS.get(before.get(history.practice.id, ""), 0)
        )

    def set_mentioned(self, checkpoint: date) -> None:
        """Stores that the findings of a checkpoint were mentioned, or read."""
        day = checkpoint.isoformat()
        if self._diary.rows().kept.get(MENTIONED_ON, "") < day:
            self._diary.remember(MENTIONED_ON, lambda stored: max(stored or "", day))

    def _first_rating(self, last: date) -> date | None:
        """The first day with a rating that is not late, from which checkpoints are counted."""
        if not self._diary.store.exists():
            return None
        with (
            self._diary.store.reading() as reader,
            closing(reader.ratings(last)) as ratings,
        ):
            return next((day for day, at in ratings if not is_late(day, at)), None)


def _last_over(day: date, today: date) -> date:
    """The latest day up to `day` that is over. A checkpoint counts from then on: until its day is
    over, a practice that isn't logged on it is open, and the result could still change."""
    return min(day, today - timedelta(days=1))


@dataclass(frozen=True)
class _Window:
    """The series of the 364 days up to a day."""

    calm: list[float | None]
    first_weekday: int
    done: Mapping[str, list[float | None]]
    """By practice id."""
    family: tuple[str, ...]
    """The ids of the practices in the list on the last day that do not overlap with calm."""

    def estimate(self) -> Estimates:
        """All practices of the family in one model."""
        return estimate(
            self.calm, {name: self.done[name] for name in self.family}, self.first_weekday
        )


class _Series:
    """The daily series of calm and of every practice."""

    def __init__(self, rows: PageData, today: date) -> None:
        self.rows = rows
        self.today = today
        self.histories = histories(rows)
        self._looks: dict[date, Estimates] = {}

    def look(self, day: date) -> Estimates:
        """The estimates on all data up to a day."""
        if day not in self._looks:
            self._looks[day] = self._window(day).estimate()
        return self._looks[day]

    def levels(self, looks: Sequence[date]) -> dict[str, Reported]:
        """The level of each practice at the first of these checkpoints, which are newest first."""
        estimates = [self.look(day) for day in reversed(looks)]
        return reported(estimates, lambda place, name: self.recent_z(looks[-1 - place], name))

    def recent_z(self, day: date, practice_id: str) -> float | None:
        """The z of one practice alone over the last 182 days; None without enough data."""
        window = self._window(day)
        found = estimate(
            window.calm,
            {practice_id: window.done[practice_id]},
            window.first_weekday,
            window=RECENT_WINDOW,
            most_waves=RECENT_WAVES,
            robust=False,
        ).practices.get(practice_id)
        return None if found is None else found.z

    def insights(
        self,
        day: date,
        latest: Estimates | None,
        levels: Mapping[str, Reported],
        result_on: str,
    ) -> list[PracticeInsight]:
        """The insight of every practice in the list on the day, by the estimates of its latest
        checkpoint; `result_on` is the date from which there is the next one."""
        window = self._window(day)
        now = window.estimate()
        listed = [history for history in self.histories if history.listed(day)]
        tallies = tally(
            window.calm, {one.practice.id: window.done[one.practice.id] for one in listed}
        )
        return [
            _insight(
                history.practice,
                tallies[history.practice.id],
                now.practices.get(history.practice.id),
                latest,
                levels.get(history.practice.id),
                result_on,
                self._weekdays(window, history.practice.id, day),
            )
            for history in listed
        ]

    def ratings(self, day: date) -> list[tuple[date, float]]:
        """The days of the window up to a day that are rated, with their scores."""
        calm = self._window(day).calm
        days = days_between(day - timedelta(days=len(calm) - 1), day)
        return [(one, score) for one, score in zip(days, calm, strict=True) if score is not None]

    def unusual_days(self, day: date) -> tuple[date, date] | None:
        """The first and the last day of the latest run of three or more days within 12 weeks on
        which nothing was done; None without such a run, and for a person for whom it is usual."""
        days = list(days_between(day - timedelta(days=UNUSUAL_WITHIN - 1), day))
        states = [
            [state_on(self.rows, one, past, self.today) for one in self.histories] for past in days
        ]
        active = sum(bool(_DONE_OR_SOME.intersection(of_day)) for of_day in states)
        idle = [State.NO in of_day and {State.NO, None}.issuperset(of_day) for of_day in states]
        if active + sum(idle) < ENOUGH_RATED or active < USUALLY * (active + sum(idle)):
            return None
        runs = [
            list(run) for is_idle, run in groupby(range(len(days)), idle.__getitem__) if is_idle
        ]
        unusual = [run for run in runs if len(run) >= UNUSUAL_DAYS]
        return (days[unusual[-1][0]], days[unusual[-1][-1]]) if unusual else None

    def days_of_rest(self, day: date) -> int:
        """The number of days of rest in the window up to a day."""
        first = day - timedelta(days=WINDOW - 1)
        rested = {
            one for (_, one), entry in self.rows.entries.items() if entry.state is EntryState.REST
        }
        return sum(
            is_day_of_rest(state_on(self.rows, one, past, self.today) for one in self.histories)
            for past in rested
            if first <= past <= day
        )

    def _weekdays(self, window: _Window, practice_id: str, day: date) -> frozenset[int]:
        """The weekdays on which a practice was ever done on a rated evening of the window."""
        first = day - timedelta(days=len(window.calm) - 1)
        return frozenset(
            (first + timedelta(days=place)).weekday()
            for place, (calm, done) in enumerate(
                zip(window.calm, window.done[practice_id], strict=True)
            )
            if calm is not None and done
        )

    def _window(self, last: date) -> _Window:
        first = last - timedelta(days=WINDOW - 1)
        days = list(days_between(first, last))
        return _Window(
            calm=[timely_score(self.rows.evenings.get(day)) for day in days],
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
    practice: Practice,
    so_far: Counts,
    now: Association | None,
    latest: Estimates | None,
    report: Reported | None,
    result_on: str,
    weekdays: frozenset[int],
) -> PracticeInsight:
    """The insight of a practice: `so_far` and `now` are computed on all data up to the day,
    `latest` and `report` are those of the last checkpoint, `result_on` is the date from which there
    is the next."""
    at_checkpoint = None if latest is None else latest.practices.get(practice.id)
    level = _level(practice, report, at_checkpoint, latest, so_far)
    sentence, short = _in_words(practice, level, so_far, at_checkpoint, weekdays, result_on)
    return PracticeInsight(
        practice=practice,
        level=level,
        rated=so_far.rated,
        with_=so_far.with_,
        without=so_far.without,
        switches=so_far.switches,
        detail=_detail(now),
        sentence=sentence,
        short=short,
        at_checkpoint=_detail(at_checkpoint),
        progress=_progress(so_far) if level is Level.TOO_EARLY else None,
    )


def _progress(so_far: Counts) -> tuple[int, int] | None:
    """Evenings so far and needed: rated ones or those with the practice, of which there is the
    smaller part, so that a bar that is nearly full doesn't begin again. Never those without, which
    would ask people to skip it."""
    counts = (so_far.rated, ENOUGH_RATED), (so_far.with_, ENOUGH_EACH)
    missing = [(count, enough) for count, enough in counts if count < enough]
    return min(missing, key=lambda one: Fraction(*one), default=None)


def _level(
    practice: Practice,
    report: Reported | None,
    at_checkpoint: Association | None,
    latest: Estimates | None,
    so_far: Counts,
) -> Level:
    if practice.overlap:
        return Level.LEFT_OUT
    if at_checkpoint is not None:
        return Level(report) if report else Level.NOT_CLEAR
    counts = None if latest is None else latest.counts.get(practice.id)
    if (counts is not None and counts.enough) or _nearly_always(so_far):
        return Level.CANNOT_TELL
    return Level.TOO_EARLY


def _nearly_always(so_far: Counts) -> bool:
    """Whether there are too few evenings without a practice to compare with."""
    return so_far.rated >= 2 * ENOUGH_RATED and so_far.without < ENOUGH_EACH


def _detail(one: Association | None) -> Detail | None:
    if one is None:
        return None
    return Detail(one.estimate, one.z, one.shown, one.low, one.high, log_odds(one))


def _together(latest: Estimates | None) -> TogetherView | None:
    if latest is None or latest.together is None or latest.together < TOGETHER_FROM:
        return None
    return TogetherView(
        latest.together,
        _(
            "All practices together: the more of them a day has, the calmer its "
            "evening tends to be. This can come from just one of them."
        ),
    )


def _way_back(rows: PageData, day: date) -> WayBackView:
    result = recovery.way_back(day, timely_ratings(rows))
    return WayBackView(result.dips, result.median_days, _way_back_sentence(result))


# Sentences never name a cause, and have a number only from `leaning` on.


def _in_words(
    practice: Practice,
    level: Level,
    so_far: Counts,
    at_checkpoint: Association | None,
    weekdays: frozenset[int],
    result_on: str,
) -> tuple[str, str]:
    """A level in a sentence, and in a few words, at most about 28 characters."""
    name = practice.name
    if level is Level.LEFT_OUT:
        sentence = _("{name}: feeling calm is part of it, so it isn't compared with calm.")
        return sentence.format(name=name), _("feeling calm is part of it")
    if level is Level.LESS_CLEAR:
        sentence = _("{name}: the link with calm was clearer a while ago.")
        return sentence.format(name=name), _("link less clear now")
    if level is Level.CANNOT_TELL:
        return _cannot_tell(name, so_far, weekdays)
    if at_checkpoint is None:
        return _too_early(name, so_far, result_on)
    if level is Level.NOT_CLEAR:
        return _not_clear(name, at_checkpoint)
    return _difference(practice, level, at_checkpoint)


def _cannot_tell(name: str, so_far: Counts, weekdays: frozenset[int]) -> tuple[str, str]:
    if _nearly_always(so_far):
        sentence = _("{name}: you do this nearly every day, so there's nothing to compare.")
        return sentence.format(name=name), _("done nearly every day")
    if len(weekdays) == 1:
        weekday = weekday_name(min(weekdays))
        sentence = _(
            "{name}: always on a {weekday}, so the practice can't be told apart from the weekday."
        )
        short = _("done only on {weekday}")
        return sentence.format(name=name, weekday=weekday), short.format(weekday=weekday)
    sentence = _(
        "{name}: always falls on the same weekdays or goes with another practice, so "
        "calmtrack can't compare it on its own."
    )
    return sentence.format(name=name), _("always with something else")


def _not_clear(name: str, at_checkpoint: Association) -> tuple[str, str]:
    """With the reason where the range alone looks like a finding: the level also weighs how many
    practices are compared, and what is found for the others."""
    if at_checkpoint.is_small:
        sentence = _(
            "{name}: if there is a difference in calm, it's most likely less than a point."
        )
        short = _("a small difference at most")
    else:
        sentence = _("{name}: no clear link with your calm yet (that's normal).")
        short = _("no clear link, that's normal")
    sentence = sentence.format(name=name)
    if at_checkpoint.low <= 0 <= at_checkpoint.high:
        return sentence, short
    reason = _(
        "Its range is on one side of 0, but the more practices are compared, the more often that "
        "happens by chance."
    )
    return f"{sentence} {reason}", short


def _too_early(name: str, so_far: Counts, result_on: str) -> tuple[str, str]:
    """The number of evenings so far and needed, or why there are enough and still nothing to
    compare; never the number of those without the practice, which would ask people to skip it."""
    progress = _progress(so_far)
    if so_far.enough:
        sentence = _("{name}: enough evenings to compare. The result comes on {day}.")
        short = _("result on {day}")
    elif progress is not None and progress[1] == ENOUGH_RATED:
        sentence = _(
            "{name}: too early to compare, {count} of at least {enough} evenings so far (those "
            "rated by the next day, with the practice in your list and no rest day)."
        )
        short = _("{count}/{enough} rated evenings")
    elif progress is not None:
        sentence = _(
            "{name}: too early to compare, {count} of at least {enough} evenings with it so far "
            "(those rated by the next day)."
        )
        short = _("{count} of {enough} days done")
    elif so_far.without < ENOUGH_EACH:
        # That there are too few without it isn't said with a number.
        sentence = _("{name}: too early to compare. You've done it on most of the evenings so far.")
        short = _("done most evenings so far")
    else:
        sentence = _("{name}: too early to compare. So far it has come in a few long runs of days.")
        short = _("few changes so far")
    count, enough = progress or (0, 0)
    fields = {"name": name, "day": result_on, "count": count, "enough": enough}
    return sentence.format(**fields), short.format(**fields)


def _difference(practice: Practice, level: Level, at_checkpoint: Association) -> tuple[str, str]:
    """A difference, with its figure and its 90 % interval rounded outward to half points."""
    low, high = outward_half_points(at_checkpoint.low, at_checkpoint.high)
    fields = {
        "it": within(practice),
        "how_much": _how_much(abs(at_checkpoint.shown)),
        "low": format_points(low),
        "high": format_points(high),
    }
    sentence, short = _DIFFERENCES[level]
    return _(sentence).format(**fields), _(short).format(**fields)


_DIFFERENCES = {
    Level.STEADY: (
        N_(
            "On days with {it}, your calm has been about {how_much} higher (likely {low} to "
            "{high}). This shows they go together, not that one causes the other; something else "
            "may be behind both."
        ),
        N_("about {how_much} higher"),
    ),
    Level.STEADY_LOWER: (
        N_(
            "On days with {it}, your calm has been about {how_much} lower (likely {low} "
            "to {high}). Perhaps you do this more on harder days."
        ),
        N_("about {how_much} lower"),
    ),
    Level.LEANING: (
        N_("On days with {it}, your calm may have been higher (likely {low} to {high} points)."),
        N_("perhaps calmer"),
    ),
    Level.LEANING_LOWER: (
        N_(
            "On days with {it}, your calm may have been lower (likely {low} to {high} "
            "points). Perhaps you do this more on harder days."
        ),
        N_("perhaps less calm"),
    ),
}
"""By level, a sentence and a few words; {low} and {high} are points of calm."""


def _weekdays_sentence(ratings: Sequence[tuple[date, float]]) -> str:
    if len(ratings) < EIGHT_WEEKS:
        return _("Too few evenings yet to compare weekdays.")
    best = best_weekday(ratings)
    if best is None:
        return _("No weekday has clearly calmer evenings.")
    return _(
        "Your calmest evenings have been on {weekday}. calmtrack takes this into "
        "account when it compares practices."
    ).format(weekday=weekday_name(best))


def _rest_days_sentence(unusual: tuple[date, date] | None, rested: int, today: date) -> str:
    """Why to log rest days; names the unusual days, if any, that may have been some, else how many
    days were `rested`."""
    if unusual is None and rested:
        return ngettext(
            "You had {count} day of rest. What rested is left out, so patterns are more reliable.",
            "You had {count} days of rest. What rested is left out, so patterns are more reliable.",
            rested,
        ).format(count=format_number(rested))
    if unusual is None:
        return _(
            "Ill, away or on holiday for three days or more? Log them as rest days: they're left "
            "out, and patterns get more reliable."
        )
    first, last = unusual
    return _(
        "From {first} to {last} you did none of your practices. If you were ill or "
        "away, log those days as rest days: rest days are left out, and patterns get "
        "more reliable."
    ).format(first=format_date_of(first, today), last=format_date_of(last, today))


def _way_back_sentence(result: WayBack) -> str:
    if result.is_low:
        return _("These weeks have been hard. Be gentle with yourself.")
    if not result.is_enough:
        return _(
            "Too few evenings well below your usual yet to tell how soon you feel calmer again."
        )
    if result.median_days is None:
        return _(
            "After a low evening, it has often taken a while to feel calmer again. Be gentle "
            "with yourself."
        )
    if result.is_chance:
        return _("Your low evenings mostly come one at a time, about as you'd expect by chance.")
    if result.median_days == 1:
        return _("After a low evening, your calm has mostly been back near normal the next day.")
    return _(
        "After a low evening, your calm has mostly been back near normal within {days} days."
    ).format(days=result.median_days)


WITHIN_A_SENTENCE = {
    "hug": N_("a hug"),
    "laughter": N_("laughter"),
    "nature-walk": N_("a nature walk"),
    "gratitude": N_("gratitude"),
    "good-talk": N_("a good talk"),
    "safe-moment": N_("a moment of feeling safe"),
    "joy": N_("a moment of joy"),
    "softening": N_("softening"),
    "bare-feet": N_('"{text}"'),
    "leaning": N_("leaning on someone"),
}
"""The shipped practices within a sentence, by id."""


def within(practice: Practice) -> str:
    """A practice within a sentence: "a hug"; by its name the person's own, and one that the list
    names in another language than this run's."""
    shipped = shipped_id(practice)
    is_named_so = any(
        (one.id, one.name) == (shipped, practice.name) for one in practice_templates()
    )
    if shipped is not None and is_named_so:
        return _(WITHIN_A_SENTENCE.get(shipped, N_('"{text}"'))).format(text=practice.name)
    return quoted(practice.name)


def _how_much(points: float) -> str:
    """Points to the nearest half, in words."""
    halves = _half_points(points)
    if halves <= 0.5:
        return _("half a point") if halves else _("a quarter of a point")
    return _("a point") if halves == 1 else _("{points} points").format(points=_halves(halves))


def format_points(points: float) -> str:
    """Points of calm, whole or with tenths, with a minus sign: "1", "−0.5"."""
    return _halves(points + 0.0).replace("-", "−")


def _halves(points: float) -> str:
    return format_number(points, 0 if points == round(points) else 1)


def _half_points(points: float) -> float:
    """Rounded half up, so that a quarter is already half a point; zero is never negative."""
    return round_half_up(2 * points) / 2 + 0.0
