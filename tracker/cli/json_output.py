"""The `--json` output. Keys are stable across versions (a golden file each), dates are ISO."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli.quick_commands import longest_current_streak
from tracker.i18n.date_format import change_in_words
from tracker.models import (
    ConflictRecord,
    DayView,
    Entry,
    EntryState,
    Evening,
    HasFigures,
    Practice,
    State,
    UndoStep,
    counts_in_weeks,
)
from tracker.rules.mentions import find_mentions, find_tags

if TYPE_CHECKING:
    from tracker.diary.coin_months import CoinMonth
    from tracker.importers.import_report import Report, RowCounts
    from tracker.views import (
        CalmView,
        DaysView,
        Explanation,
        InsightsView,
        JournalEvening,
        MonthView,
        PastEvening,
        PracticeDays,
        PracticeInsight,
        RecapView,
        SearchResult,
        StreakView,
        WeekView,
        YearView,
    )


def day(view: DayView) -> dict[str, Any]:
    """A day; the figures of one that lies ahead are null."""
    is_ahead = view.day > view.today
    return {
        "day": view.day.isoformat(),
        "calm": view.calm,
        "calm_note": view.calm_note,
        "checked_in": view.checked_in,
        "practices": [
            {
                "id": row.practice.id,
                "name": row.practice.name,
                "unit": row.practice.unit.value,
                "state": row.state.value,
                "amount": row.amount,
                "target": row.target,
                "note": row.note,
                "streak": None if is_ahead else row.figures.streak,
                "weeks_in_rhythm": None if is_ahead else row.figures.weeks_in_rhythm,
                "streak_shown": None if is_ahead else _streak_shown(row),
                "done_this_week": None if is_ahead else row.figures.done_this_week,
                "days_per_week": row.days_per_week,
            }
            for row in view.practices
        ],
    }


def status(view: DayView, *, quiet: bool) -> dict[str, Any]:
    """Today in figures, without a note; with `quiet` also without the calm score."""
    calm = {} if quiet else {"calm": view.calm}
    longest = longest_current_streak(view)
    return {
        "day": view.day.isoformat(),
        "checked_in": view.calm is not None,
        **calm,
        "done": sum(row.state is State.DONE for row in view.practices),
        "practices": len(view.practices),
        "longest_streak": longest and {"id": longest.practice.id, "days": longest.figures.streak},
    }


def _streak_shown(row: HasFigures) -> dict[str, Any]:
    """The streak in the unit of the screens: days, or weeks on goal. `streak` is always in days."""
    if counts_in_weeks(row):
        return {"count": row.figures.weeks_in_rhythm, "unit": "weeks"}
    return {"count": row.figures.streak, "unit": "days"}


def week(view: WeekView) -> dict[str, Any]:
    """A week; the state of a day outside of the list is null, as are the figures of a week that
    lies ahead."""
    is_ahead = view.week_start > view.today
    return {
        "week_start": view.week_start.isoformat(),
        "week_end": view.week_end.isoformat(),
        "sentence": view.sentence,
        "days": [{"day": one.day.isoformat(), "calm": one.calm} for one in view.days],
        "practices": [
            {
                "id": one.practice.id,
                "states": [state and state.value for state in one.states],
                "amounts": list(one.amounts),
                "done_this_week": None if is_ahead else one.figures.done_this_week,
                "days_per_week": one.days_per_week,
                "streak": None if is_ahead else one.figures.streak,
                "streak_shown": None if is_ahead else _streak_shown(one),
                "longest_streak": None if is_ahead else one.figures.longest_streak,
                "weeks_in_rhythm": None if is_ahead else one.figures.weeks_in_rhythm,
                "strength": None if is_ahead else round(one.figures.strength, 4),
                "days_total": None if is_ahead else one.figures.days_total,
            }
            for one in view.practices
        ],
    }


def streaks(as_of: date, views: Sequence[StreakView]) -> dict[str, Any]:
    return {
        "day": as_of.isoformat(),
        "practices": [
            {
                "id": one.practice.id,
                "days_per_week": one.days_per_week,
                "streak": one.figures.streak,
                "streak_shown": _streak_shown(one),
                "longest_streak": one.figures.longest_streak,
                "weeks_in_rhythm": one.figures.weeks_in_rhythm,
                "longest_weeks_in_rhythm": one.figures.longest_weeks_in_rhythm,
                "strength": round(one.figures.strength, 4),
                "days_total": one.figures.days_total,
            }
            for one in views
        ],
    }


def explanation(one: Explanation) -> dict[str, Any]:
    """How a streak came about, day by day."""
    return {
        "id": one.practice.id,
        "day": one.day.isoformat(),
        "streak": one.figures.streak,
        "weeks_in_rhythm": one.figures.weeks_in_rhythm,
        "streak_shown": _streak_shown(one),
        "cushion": one.cushion,
        "days": [
            {
                "day": day.day.isoformat(),
                "state": day.state and day.state.value,
                "effect": day.effect,
                "streak": day.streak,
                "done_this_week": day.done_this_week,
            }
            for day in one.days
        ],
    }


def year(view: YearView) -> dict[str, Any]:
    """A year; the figures of a year to come are null."""
    from tracker.render.year_text import weekday

    is_ahead = view.year > view.today.year
    return {
        "year": view.year,
        "practices": [
            {
                "id": one.practice.id,
                "days": _practice_days(view, one),
                "done": None if is_ahead else one.done,
                "longest_streak": None if is_ahead else one.figures.longest_streak,
                "best_weekday": weekday(one.best_weekday) or None,
            }
            for one in view.practices
        ],
        "calm": [[day.isoformat(), score] for day, score in view.scores],
    }


def month(view: MonthView) -> dict[str, Any]:
    """A month; the figures of one to come are null."""
    is_ahead = view.period.first > view.today
    return {
        "month": str(view.period),
        "practices": [
            {
                "id": one.practice.id,
                "days": _practice_days(view, one),
                "done": None if is_ahead else one.done,
            }
            for one in view.practices
        ],
        "calm": [[day.isoformat(), score] for day, score in view.scores],
    }


def _practice_days(view: DaysView, one: PracticeDays) -> list[list[Any]]:
    """The days of a practice with their states and amounts; days outside of the list and days to
    come are left out, except planned rest days."""
    return [
        [day.isoformat(), state.value, amount]
        for day, state, amount in zip(view.days, one.states, one.amounts, strict=True)
        if state is not None and (day <= view.today or state is State.REST)
    ]


def recap(view: RecapView) -> dict[str, Any]:
    """A month or a year on one page; without calm and patterns where scores are hidden. The figures
    of one to come are null."""
    from tracker.i18n.date_format import change_from_period_before

    is_month = view.period.month is not None
    is_ahead = view.period.first > view.as_of
    days = [
        {"day": one.day.isoformat(), "calm": one.calm, "done": one.done, "practices": one.listed}
        for one in view.days
        if one.day <= view.today
    ]
    calm = {
        "calm": view.calm and round(view.calm, 4),
        "change_in_words": view.change
        and change_from_period_before(view.change, is_month=is_month),
    }
    patterns = [
        {
            "id": one.practice and one.practice.id,
            "level": one.level,
            "sentence": one.sentence,
        }
        for one in view.findings
    ]
    if view.scores_hidden:
        for one in days:
            del one["calm"]
    return {
        "period": str(view.period),
        "first_day": view.period.first.isoformat(),
        "last_day": None if is_ahead else view.as_of.isoformat(),
        "rated": None if is_ahead else view.rated,
        **({} if view.scores_hidden else calm),
        "days_with_connection": None if is_ahead else view.connected,
        "rest_days": None if is_ahead else view.rest_days,
        "days": days,
        "practices": [
            {"id": practice.id, "name": practice.name, "days_done": done}
            for practice, done in view.practices
        ],
        "people": [{"name": name, "days": count} for name, count in view.people],
        "notes": [
            {
                "day": one.day.isoformat(),
                "practice": one.practice and one.practice.id,
                "note": one.text,
            }
            for one in view.notes
        ],
        **({} if view.scores_hidden else {"patterns": patterns}),
    }


def trend(view: CalmView) -> dict[str, Any]:
    """Calm over time, and its change in words."""
    return {
        "days": [
            {
                "day": one.day.isoformat(),
                "calm": one.calm,
                "trend": None if one.trend is None else round(one.trend, 4),
            }
            for one in view.days
        ],
        "usual_range": view.usual_range and [round(end, 4) for end in view.usual_range],
        "change_in_words": None if view.change is None else change_in_words(view.change),
    }


def insights(view: InsightsView) -> dict[str, Any]:
    return {
        "day": view.day.isoformat(),
        "checkpoint": view.checkpoint and view.checkpoint.isoformat(),
        "practices": [_insight(one) for one in view.practices],
        "together": view.together
        and {"z": round(view.together.z, 4), "sentence": view.together.sentence},
        "finding_your_way_back": view.finding_your_way_back._asdict(),
    }


def _insight(one: PracticeInsight) -> dict[str, Any]:
    return {
        "id": one.practice.id,
        "level": one.level.value,
        "rated": one.rated,
        "with": one.with_,
        "without": one.without,
        "switches": one.switches,
        "detail": one.detail
        and {name: round(figure, 4) for name, figure in one.detail._asdict().items()},
        "sentence": one.sentence,
    }


def journal(evenings: Sequence[JournalEvening]) -> dict[str, Any]:
    """Evenings as they were written down, with the people and #words of their notes."""
    return {"evenings": [_journal_evening(evening) for evening in evenings]}


def search(query: str, found: SearchResult) -> dict[str, Any]:
    """The evenings that a search found, each with the lines in which its words occur."""
    from tracker.render.journal_text import hit_lines

    in_one_note = set(found.in_one_note)
    return {
        "query": query,
        "evenings": [
            {
                **_journal_evening(evening),
                "lines": [line for _, line in hit_lines(evening, query, of_every_note=True)],
                "in_one_note": evening.day in in_one_note,
            }
            for evening in found.evenings
        ],
    }


def on_this_day(today: date, past: Sequence[PastEvening]) -> dict[str, Any]:
    """Earlier evenings of this day, and how long ago each was."""
    return {
        "day": today.isoformat(),
        "evenings": [
            {"unit": one.unit, "count": one.number, **_journal_evening(one.evening)} for one in past
        ],
    }


def _journal_evening(evening: JournalEvening) -> dict[str, Any]:
    notes = "\n".join(note for _, note in evening.notes)
    return {
        "day": evening.day.isoformat(),
        "calm": evening.calm,
        "note": evening.note,
        "practices": [
            {
                "id": one.practice.id,
                "name": one.practice.name,
                "state": one.state.value,
                "amount": one.amount,
                "note": one.note,
            }
            for one in evening.practices
        ],
        "people": list(find_mentions(notes)),
        "words": list(find_tags(notes)),
    }


def coin(
    lines: Sequence[str],
    month: CoinMonth | None,
    earlier: Sequence[tuple[CoinMonth, str]],
    *,
    is_active: bool,
) -> dict[str, Any]:
    """The latest coin-flip month, and what it says today; then the results of earlier ones, newest
    first."""
    return {
        "month": None
        if month is None
        else {
            "id": month.practice.id,
            "first_day": month.first.isoformat(),
            "last_day": month.last.isoformat(),
            "active": is_active,
        },
        "lines": list(lines),
        "earlier": [
            {
                "id": one.practice.id,
                "first_day": one.first.isoformat(),
                "last_day": one.last.isoformat(),
                "line": sentence,
            }
            for one, sentence in earlier
        ],
    }


def undo_step(step: UndoStep) -> dict[str, Any]:
    """A step, and what undo or redo changed; `was` and `now` are null where it is more than one
    entry or evening."""
    rows = step.change or (None, None)
    has_days = any(isinstance(row, Entry | Evening) for row in rows)
    was, now = rows if has_days else (None, None)
    return {
        "what": step.what,
        "subject": step.subject,
        "at": step.at,
        "first_day": step.first_day and step.first_day.isoformat(),
        "last_day": step.last_day and step.last_day.isoformat(),
        "rows": step.rows,
        "was": _stored_row(was),
        "now": _stored_row(now),
        "changes": [_entry_change(*pair) for pair in step.changes],
        "practices": list(step.counts.practice_ids),
        "entries": step.counts.entries,
        "evenings": step.counts.evenings,
        "rest_days": _was_and_now(step.counts.rest_days),
        "position": _was_and_now(step.places),
    }


def _entry_change(was: Entry | None, now: Entry | None) -> dict[str, Any]:
    practice_ids = (one.practice_id for one in (was, now) if one is not None)
    return {"id": next(practice_ids, ""), "was": _stored_row(was), "now": _stored_row(now)}


def _was_and_now(pair: tuple[int, int] | None) -> dict[str, int] | None:
    return pair and dict(zip(("was", "now"), pair, strict=True))


_OF_UNDO = ("was", "now", "changes", "practices", "entries", "evenings", "rest_days", "position")
"""What undo or redo did, which a step of the list hasn't done."""


def undo_list(steps: Sequence[UndoStep], records: Sequence[ConflictRecord]) -> dict[str, Any]:
    """The newest steps, each with what it did to a practice; null for anything else."""
    from tracker.render.entry_text import practice_change

    listed = [undo_step(step) | {"change": practice_change(step)} for step in steps]
    for step in listed:
        for key in _OF_UNDO:
            del step[key]
    return {"steps": listed, "records": [conflict_record(record) for record in records]}


def conflict_record(record: ConflictRecord) -> dict[str, Any]:
    """A row that lost a conflict in an import or merge."""
    return {
        "number": record.number,
        "at": record.at,
        "what": record.what,
        "subject": record.subject,
        "kind": record.kind,
        "id": record.key,
        "day": record.day and record.day.isoformat(),
        "row": _stored_row(record.row),
    }


def imported(report: Report, *, dry_run: bool) -> dict[str, Any]:
    """What an import or a merge changed, or with `dry_run` would change. `entries` are entries and
    evenings, `settings` practices and settings; `kept` are those that are different in the diary
    and stay so, `left_out` the items of the file that can't be imported."""
    return {
        "dry_run": dry_run,
        "entries": _row_counts(report.entries),
        "settings": _row_counts(report.settings),
        "left_out": report.left_out,
        "messages": list(report.sentences(dry_run=dry_run)),
    }


def _row_counts(counts: RowCounts) -> dict[str, int]:
    return {
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "kept": counts.lost,
    }


def _stored_row(row: Any) -> Any:
    if isinstance(row, Entry):
        empty = row.state is EntryState.CLEARED
        return None if empty else {"state": row.state, "amount": row.amount, "note": row.note}
    if isinstance(row, Evening):
        return {"calm": row.calm, "note": row.note}
    if isinstance(row, Practice):
        return {"id": row.id, "name": row.name}
    return row
