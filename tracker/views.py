"""View models of longer periods: a week, streaks, a year, calm over time, insights, a recap.

Separate from models.py, because the first frame and `status` need none of them.
"""

# Without `from __future__ import annotations`: NamedTuple compiles each annotation that is text,
# and importing this module would take half as long again.

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from tracker.models import (
    Evening,
    Figures,
    Practice,
    State,
    counts_in_weeks,
    longest_shown,
    streak_shown,
)


class PracticeWeek(NamedTuple):
    """One practice over the seven days of a week."""

    practice: Practice
    states: tuple[State | None, ...]
    """Seven; None on a day outside of the list."""
    amounts: tuple[int | None, ...]
    notes: tuple[str, ...]
    days_per_week: int
    """The weekly goal in force at the end of the week, or today."""
    figures: Figures
    """As of the end of the week, or of today."""


class WeekView(NamedTuple):
    """A week of calm and practices."""

    week_start: date
    week_end: date
    today: date
    days: tuple[Evening, ...]
    """Seven, blank ones included."""
    practices: tuple[PracticeWeek, ...]
    sentence: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it's an earlier week than today's."""
        return self.week_end < self.today

    @property
    def connected(self) -> int:
        """Days up to today with at least one practice done."""
        days = zip(*(one.states for one in self.practices), strict=True)
        return sum(
            State.DONE in states
            for evening, states in zip(self.days, days, strict=False)
            if evening.day <= self.today
        )

    @property
    def scores(self) -> tuple[int, ...]:
        """The calm scores up to today: a clock that was ahead can have rated a later day."""
        return tuple(
            one.calm for one in self.days if one.calm is not None and one.day <= self.today
        )


class StreakView(NamedTuple):
    """The figures of one practice up to a day."""

    practice: Practice
    days_per_week: int
    """The weekly goal in force on the day."""
    figures: Figures


class GoalPreview(NamedTuple):
    """A practice's figures with another goal, as of today."""

    now: StreakView
    from_today: StreakView
    all_days: StreakView

    @property
    def asks(self) -> bool:
        """Whether the new goal changes the figures, or they depend on the day from which it
        counts."""
        ignored: dict[str, Any] = {"strength": 0.0, "done_this_week": 0}
        from_today = self.from_today.figures._replace(**ignored)
        return (
            from_today != self.all_days.figures._replace(**ignored)
            or self.changes_unit
            or _figures_shown(self.now) != _figures_shown(self.from_today)
        )

    @property
    def changes_unit(self) -> bool:
        """Whether a streak that is shown would count weeks instead of days, or the reverse."""
        return counts_in_weeks(self.now) != counts_in_weeks(self.from_today) and any(
            longest_shown(view) for view in self
        )


def _figures_shown(view: StreakView) -> tuple[int, int, int]:
    return streak_shown(view), longest_shown(view), view.figures.days_total


class ExplainedDay(NamedTuple):
    """The effect of one day on a streak."""

    day: date
    state: State | None
    effect: Literal["counts", "neutral", "cushion", "ends", "open"]
    streak: int
    """After this day."""
    done_this_week: int
    """Days done in the calendar week up to this day."""
    cushion: int
    """Days off in any seven that the goal in force on the day allowed."""
    days_off: int
    """How many of them this day, if it was one, and the six before it were."""
    week_off: int
    """Rest days of the whole week."""
    week_target: int
    """The goal that the week is judged by, 1 to 7 days."""
    week_effect: Literal["counts", "neutral", "ends"] | None
    """The effect of the week: on its last day, or on the latest day once it is on goal."""
    weeks: int
    """Weeks on goal after this day."""

    @property
    def week_goal(self) -> int:
        """The done days that the week needs: its goal, or as many as its rest days leave."""
        return min(self.week_target, 7 - self.week_off)


class Explanation(NamedTuple):
    """A streak explained day by day."""

    practice: Practice
    day: date
    is_present: bool
    """Whether the day is the present one; the figures are as of the day."""
    figures: Figures
    cushion: int
    """Missed days in any seven that the weekly goal allows: 7 minus the goal."""
    days: tuple[ExplainedDay, ...]

    @property
    def days_per_week(self) -> int:
        """The weekly goal, 1 to 7."""
        return 7 - self.cushion


class PracticeYear(NamedTuple):
    """One practice over the days of a year."""

    practice: Practice
    states: tuple[State | None, ...]
    """One for each day; None outside of the list."""
    amounts: tuple[int | None, ...]
    notes: tuple[str, ...]
    done: int
    """Days done in this year, up to today."""
    figures: Figures
    """Of the days of this year alone."""
    days_per_week: int
    """The goal in force at the end of the year, or today."""
    best_weekday: int | None
    """Monday = 0; None before 8 weeks, or where no weekday stands out."""
    months: tuple[int, ...]
    """Days done in each of the twelve months."""


class YearView(NamedTuple):
    """A calendar year, day by day."""

    year: int
    days: tuple[date, ...]
    """All of them, 1 January first."""
    today: date
    first_day: date
    """The first day of the diary."""
    week_starts_on: int
    """Monday = 0."""
    evenings: tuple[Evening, ...]
    """One for each day, blank ones included."""
    practices: tuple[PracticeYear, ...]
    connected: tuple[tuple[int, int], ...]
    """For each day how many practices were done, of how many in the list; after today none."""
    connected_best_weekday: int | None
    calm_best_weekday: int | None
    """The weekday with the highest average calm."""
    names: tuple[str, ...]
    """Of every practice of the diary, also of those not in the list during the year."""

    @property
    def evenings_with_connection(self) -> int:
        """Days with at least one practice done."""
        return _evenings_with_connection(self.connected)

    @property
    def scores(self) -> tuple[tuple[date, int], ...]:
        """The calm scores up to today: a clock that was ahead can have rated a later day."""
        return _scores(self.evenings, self.today)

    def is_in_diary(self, day: date) -> bool:
        """Whether a day lies between the first one of the diary and today."""
        return self.first_day <= day <= self.today

    def month(self, month: int) -> "MonthView":
        """One of the months, 1 to 12, without its notes."""
        period = Period(self.year, month)
        first, last = ((day - self.days[0]).days for day in (period.first, period.last))
        days = slice(first, last + 1)
        return MonthView(
            period=period,
            days=self.days[days],
            today=self.today,
            first_day=self.first_day,
            week_starts_on=self.week_starts_on,
            evenings=tuple(evening._replace(note="") for evening in self.evenings[days]),
            practices=tuple(
                PracticeMonth(
                    practice=one.practice,
                    states=one.states[days],
                    amounts=one.amounts[days],
                    notes=("",) * len(one.notes[days]),
                    done=one.months[month - 1],
                )
                for one in self.practices
                if any(state is not None for state in one.states[days])
            ),
            connected=self.connected[days],
        )


def _evenings_with_connection(connected: tuple[tuple[int, int], ...]) -> int:
    return sum(done > 0 for done, _listed in connected)


def _scores(evenings: tuple[Evening, ...], today: date) -> tuple[tuple[date, int], ...]:
    return tuple(
        (one.day, one.calm) for one in evenings if one.calm is not None and one.day <= today
    )


class CalmDay(NamedTuple):
    """One evening within the trend."""

    day: date
    calm: int | None
    """0 to 10."""
    late: bool
    """Rated after 16:00 UTC two days later: a memory, not an evening's rating."""
    note: str
    trend: float | None
    """0 to 10; None where it isn't defined (rules/calm.py)."""


class CalmView(NamedTuple):
    """Calm over a range of days that ends today or earlier."""

    days: tuple[CalmDay, ...]
    """Every day of the range, oldest first; at least one."""
    today: date
    usual_range: tuple[float, float] | None
    """0 to 10, as of the last day."""
    change: Literal["calmer", "lower", "as_usual"] | None
    """How the trend of the last day compares with 28 days before."""
    rated: int
    """Rated evenings within these days."""


class Level(StrEnum):
    """How clear the evidence for a practice is."""

    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
    NOT_CLEAR = "not_clear"
    LEANING = "leaning"
    LEANING_LOWER = "leaning_lower"
    STEADY = "steady"
    STEADY_LOWER = "steady_lower"
    LESS_CLEAR = "less_clear"
    LEFT_OUT = "left_out"


FOUND_LEVELS = (Level.STEADY, Level.STEADY_LOWER, Level.LEANING, Level.LEANING_LOWER)
"""The levels at which a difference is reported, the clearest first."""


class Detail(NamedTuple):
    """The figures of one practice, in points of calm (0 to 10)."""

    estimate: float
    z: float
    """A standard normal deviate if there is no difference; only in JSON."""
    shown: float
    """The estimate, shrunk towards zero."""
    low: float
    """The lower end of the 90 % interval around `shown`."""
    high: float
    log_odds: float
    """Of the likelier direction."""


class PracticeInsight(NamedTuple):
    """The insight of one practice."""

    practice: Practice
    level: Level
    rated: int
    """Evenings up to the day on which calm and the practice are both known."""
    with_: int
    """Those with the practice done."""
    without: int
    switches: int
    """How often they change between the two."""
    detail: Detail | None
    """On all data up to the day; None until there is enough."""
    sentence: str
    """The level in words, with the last checkpoint's figures."""
    short: str
    """The same in a few words, for a line that names the practice."""
    at_checkpoint: Detail | None
    """At the last checkpoint; None without enough data."""
    progress: tuple[int, int] | None
    """Evenings so far and evenings needed, while they are too few."""


class WayBackView(NamedTuple):
    """How soon calm returned to its usual level after low evenings."""

    dips: int
    median_days: int | None
    sentence: str


class TogetherView(NamedTuple):
    """All practices of a day together go with calmer evenings."""

    z: float
    sentence: str


class InsightsView(NamedTuple):
    """The practices that go with calmer evenings, as of a day."""

    day: date
    today: date
    checkpoint: date | None
    """The last one whose day is over; None before the first."""
    next_update: date
    """The day after the next checkpoint."""
    practices: tuple[PracticeInsight, ...]
    """Those in the list on the day, in its order."""
    together: TogetherView | None
    """None while it isn't clear, and for fewer than three practices."""
    finding_your_way_back: WayBackView
    weekdays: str
    """Which weekday's evenings are calmest, in a sentence."""
    rest_days: str
    """Which days are better left out as rest days, in a sentence."""
    unusual_days: tuple[date, date] | None
    """The first and the last day that this sentence proposes; None where it names none."""


class Period(NamedTuple):
    """A calendar month, or a whole year."""

    year: int
    month: int | None = None
    """1 to 12; None for the year."""

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """The last day."""
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1])

    def shifted(self, by: int) -> "Period":
        """The period `by` months later, or years for a year; earlier if negative."""
        if self.month is None:
            return Period(self.year + by)
        year, month = divmod(12 * self.year + self.month - 1 + by, 12)
        return Period(year, month + 1)

    def __str__(self) -> str:
        """ISO 8601: "2026-11" or "2026"."""
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "")


class PracticeMonth(NamedTuple):
    """One practice over the days of a month."""

    practice: Practice
    states: tuple[State | None, ...]
    """One for each day; None outside of the list."""
    amounts: tuple[int | None, ...]
    notes: tuple[str, ...]
    """Empty ones."""
    done: int
    """Days done in this month, up to today."""


class MonthView(NamedTuple):
    """A calendar month, day by day, without notes."""

    period: Period
    days: tuple[date, ...]
    """All of them."""
    today: date
    first_day: date
    """The first day of the diary."""
    week_starts_on: int
    """Monday = 0."""
    evenings: tuple[Evening, ...]
    """One for each day, blank ones included."""
    practices: tuple[PracticeMonth, ...]
    """Those in the list on a day of the month."""
    connected: tuple[tuple[int, int], ...]
    """For each day how many practices were done, of how many in the list; after today none."""

    @property
    def evenings_with_connection(self) -> int:
        """Days with at least one practice done."""
        return _evenings_with_connection(self.connected)

    @property
    def scores(self) -> tuple[tuple[date, int], ...]:
        """The calm scores up to today, as in `YearView.scores`."""
        return _scores(self.evenings, self.today)

    def is_in_diary(self, day: date) -> bool:
        """Whether a day lies between the first one of the diary and today."""
        return self.first_day <= day <= self.today


PracticeDays = PracticeYear | PracticeMonth
"""One practice over the days of a year or a month."""

DaysView = YearView | MonthView
"""The days of a year or a month."""


class RecapDay(NamedTuple):
    """One day of a recap."""

    day: date
    calm: int | None
    """0 to 10; None without a rating, and where scores are hidden."""
    done: int
    """Practices done."""
    listed: int
    """Practices in the list."""
    is_rest: bool
    """Whether every practice rested that was in use."""


class StarredNote(NamedTuple):
    """A note whose first character is a star."""

    day: date
    practice: Practice | None
    """None for the evening's own note."""
    text: str
    """Without the star."""


class Finding(NamedTuple):
    """A pattern that was leaning or steady."""

    practice: Practice | None
    """None for all practices together."""
    level: str
    """A `Level`, or `together`."""
    sentence: str


class RecapView(NamedTuple):
    """A month or a year on one page, compared only with the person's own period before."""

    period: Period
    today: date
    first_day: date
    """The first day of the diary."""
    week_starts_on: int
    """Monday = 0."""
    days: tuple[RecapDay, ...]
    """Every day of the period."""
    rated: int
    """Rated evenings, counted also where scores are hidden."""
    calm: float | None
    """The average of the rated evenings, 0 to 10."""
    change: Literal["calmer", "lower", "as_usual"] | None
    """How the average compares with that of the period before; None where too few evenings were
    rated."""
    practices: tuple[tuple[Practice, int], ...]
    """The practices that were done, and on how many days; the most lived first."""
    people: tuple[tuple[str, int], ...]
    """The people named in notes, and on how many days; the most named first."""
    notes: tuple[StarredNote, ...]
    """Oldest first."""
    findings: tuple[Finding, ...] = ()
    """The patterns as of the period's end, or of today within it."""
    scores_hidden: bool = False

    @property
    def as_of(self) -> date:
        """The last day that counts: the period's last, or today within it."""
        return min(self.period.last, self.today)

    @property
    def connected(self) -> int:
        """Days with at least one practice done."""
        return sum(one.done > 0 for one in self.days)

    @property
    def rest_days(self) -> int:
        """Days on which every practice rested that was in use."""
        return sum(one.is_rest for one in self.days)

    @property
    def longest_list(self) -> int:
        """Practices in the list on the day of the period that has the most; at least 1."""
        return max(1, *(one.listed for one in self.days))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was logged in the period."""
        return not (self.rated or self.connected or self.rest_days or self.notes or self.people)

    def is_in_diary(self, day: date) -> bool:
        """Whether a day lies between the first one of the diary and today."""
        return self.first_day <= day <= self.today

    def of_month(self, month: int) -> tuple[RecapDay, ...]:
        """The days of one of the months, 1 to 12."""
        return tuple(one for one in self.days if one.day.month == month)

    def without_scores(self) -> "RecapView":
        """The recap with calm scores left out, and what is computed from them."""
        return self._replace(
            days=tuple(one._replace(calm=None) for one in self.days),
            calm=None,
            change=None,
            findings=(),
            scores_hidden=True,
        )

    def without_notes(self) -> "RecapView":
        """The recap without notes and the people named in notes, to show it to others."""
        return self._replace(notes=(), people=())


class LoggedPractice(NamedTuple):
    """What was logged for a practice on a day."""

    practice: Practice
    state: State
    """PENDING for a note without an amount."""
    amount: int | None
    note: str


class JournalEvening(NamedTuple):
    """A day as it was written down: its score, its practices and all of its notes."""

    day: date
    calm: int | None
    """0 to 10."""
    note: str
    practices: tuple[LoggedPractice, ...]
    """In the order of the list; only what was logged or has a note."""
    all_rest: bool = False
    """Whether every practice in the list on the day has a rest day."""

    @property
    def notes(self) -> tuple[tuple[Practice | None, str], ...]:
        """The notes that are not empty; None stands for the evening itself, and comes first."""
        every = ((None, self.note), *((one.practice, one.note) for one in self.practices))
        return tuple((practice, note) for practice, note in every if note)


class PastEvening(NamedTuple):
    """An earlier evening of this day."""

    unit: Literal["week", "month", "year"]
    number: int
    """Of these units, from that evening to this one."""
    evening: JournalEvening


class JournalFilter(NamedTuple):
    """The conditions that an evening in the journal meets; those left at their defaults don't
    count."""

    practice_id: str = ""
    """This practice was done, or has a note."""
    person: str = ""
    """A note names this person with @; case and accents don't matter."""
    word: str = ""
    """A note has this #word, given without the sign."""
    calm: tuple[int, int] | None = None
    """The lowest and the highest calm score, 0 to 10."""
    has_note: bool = False


class JournalPage(NamedTuple):
    """A window of the journal."""

    today: date
    evenings: tuple[JournalEvening, ...]
    """Newest first."""
    older: date | None
    """The last day of the next window; None where there is no older evening."""


class SearchResult(NamedTuple):
    """The result of a search in notes."""

    today: date
    in_one_note: tuple[date, ...]
    """The days of which one note holds all the words, newest first."""
    in_several_notes: tuple[date, ...]
    """The other days on which all the words occur, newest first."""
    in_shared_reasons: tuple[date, ...]
    """The days that are found only by the name of a practice with a rest day, as part of a reason
    that other practices share, newest first."""
    evenings: tuple[JournalEvening, ...]
    """The evenings of the first of these days, or of all, in their order."""

    @property
    def days(self) -> tuple[date, ...]:
        """All days in the order in which they are shown."""
        return self.in_one_note + self.in_several_notes + self.in_shared_reasons


class JarPractice(NamedTuple):
    """The practice whose notes come into the gratitude jar."""

    name: str
    """Its own name, which can be another than the shipped one."""
    is_in_list: bool
    """Whether it is in today's list."""
