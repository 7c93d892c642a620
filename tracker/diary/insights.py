"""What goes with calmer evenings, and how soon calm is back after a low one.

From the diary's rows to the series that the rules read, and from what they find to a level and
a sentence. A function of the entries and the day alone: nothing of it is stored. INSIGHTS 4, 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.diary import insight_sentences, validation
from tracker.diary.day_view import checked_in, state_on, tapes
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.streak_figures import PracticeHistory
from tracker.models import PageData, State
from tracker.rules import recovery
from tracker.rules.association import WINDOW, Association, association, counts
from tracker.rules.checkpoints import (
    CheckpointResult,
    checkpoints,
    evaluate,
    level,
    next_checkpoint,
)
from tracker.rules.days import days_between
from tracker.rules.states import is_late
from tracker.views import Detail, InsightsView, Level, PracticeInsight, WayBackView

_X = {State.DONE: 1.0, State.SOME: 0.0, State.NO: 0.0}
"""What a state is to the rules; rest, not logged and still open are left out."""


def insights(diary: DiaryReader, day: date | None = None) -> InsightsView:
    """What can be said as of a day; as of today without one. Raises WrongInput."""
    today = diary.today()
    chosen = validation.day_that_was(day or today, today)
    first = _first_rating(diary, chosen)
    looks = checkpoints(first, chosen, 3) if first is not None else []
    back = timedelta(days=WINDOW - 1)
    start = min([chosen - back - timedelta(days=recovery.LOOKED_BACK), *(c - back for c in looks)])
    series = _Series(_rows(diary, start, chosen), today)
    following = next_checkpoint(first or chosen, chosen)
    return InsightsView(
        day=chosen,
        checkpoint=looks[0] if looks else None,
        practices=tuple(series.told(chosen, looks, following)),
        finding_your_way_back=_way_back(series.rows, chosen),
    )


@dataclass(frozen=True)
class _Window:
    """The 182 days up to a day, as the rules read them."""

    calm: list[float | None]
    first_weekday: int
    done: Mapping[str, list[float | None]]
    """By practice id."""
    family: tuple[str, ...]
    """The practices in the list on the last day that are not close to calm itself."""


class _Series:
    """Calm and every practice, by days."""

    def __init__(self, rows: PageData, today: date) -> None:
        self.rows = rows
        self.today = today
        self.tapes = tapes(rows)

    def told(self, day: date, looks: Sequence[date], following: date) -> list[PracticeInsight]:
        """Where every practice in the list on the day stands."""
        now = self._window(day)
        looked = self._looked(looks)
        return [
            _told(tape, now, [one.get(tape.practice.id) for one in looked], following)
            for tape in self.tapes
            if tape.listed(day)
        ]

    def _looked(self, days: Sequence[date]) -> list[Mapping[str, CheckpointResult]]:
        """What each checkpoint says, newest first; the third only where it matters."""
        looked: list[Mapping[str, CheckpointResult]] = []
        for day in days:
            if len(looked) == 2 and not any(one.holds for one in looked[1].values()):
                break
            window = self._window(day)
            family = {name: window.done[name] for name in window.family}
            looked.append(evaluate(window.calm, family, window.first_weekday))
        return looked

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
            done={tape.practice.id: [self._x(tape, day) for day in days] for tape in self.tapes},
            family=tuple(
                tape.practice.id
                for tape in self.tapes
                if tape.listed(last) and not tape.practice.overlap
            ),
        )

    def _x(self, tape: PracticeHistory, day: date) -> float | None:
        state = state_on(self.rows, tape, day, self.today)
        return None if state is None else _X.get(state)


def _told(
    tape: PracticeHistory, now: _Window, looks: Sequence[CheckpointResult | None], following: date
) -> PracticeInsight:
    practice = tape.practice
    done = now.done[practice.id]
    so_far = counts(now.calm, done)
    found = None if practice.overlap else association(now.calm, done, now.first_weekday)
    latest = looks[0].found if looks and looks[0] else None
    which = _level(looks, is_left_out=practice.overlap)
    if which is Level.TOO_EARLY and so_far.enough:
        sentence = insight_sentences.next_look(practice, following)
    else:
        sentence = insight_sentences.sentence(practice, which, so_far, latest)
    return PracticeInsight(
        practice=practice,
        level=which,
        rated=so_far.rated,
        with_=so_far.with_,
        without=so_far.without,
        switches=so_far.switches,
        detail=None if found is None else _detail(found),
        sentence=sentence,
    )


def _level(looks: Sequence[CheckpointResult | None], *, is_left_out: bool) -> Level:
    if is_left_out:
        return Level.LEFT_OUT
    said = level([one.holds if one else 0 for one in looks])
    if said is not None:
        return Level(said)
    return Level.NOT_CLEAR if looks and looks[0] and looks[0].is_enough else Level.TOO_EARLY


def _detail(found: Association) -> Detail:
    return Detail(found.raw, found.p, found.shown, found.low, found.high)


def _way_back(rows: PageData, day: date) -> WayBackView:
    ratings = [
        (evening.day, evening.calm)
        for evening in sorted(rows.evenings.values(), key=lambda one: one.day)
        if evening.calm is not None and checked_in(evening)
    ]
    found = recovery.way_back(day, ratings)
    return WayBackView(found.dips, found.median_days, insight_sentences.way_back(found))


def _first_rating(diary: DiaryReader, last: date) -> date | None:
    """The first day with a rating that is not late: from it the checkpoints are counted."""
    if not diary.store.begun():
        return None
    with diary.store.reading() as reader, closing(reader.ratings(last)) as ratings:
        return next((day for day, at in ratings if not is_late(day, at)), None)


def _rows(diary: DiaryReader, first: date, last: date) -> PageData:
    with diary.everything(first, last) as (rows, entries, evenings):
        return replace(
            rows,
            entries={(entry.practice_id, entry.day): entry for entry in entries},
            evenings={evening.day: evening for evening in evenings},
        )
