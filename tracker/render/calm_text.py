"""Calm over time in words, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import fmean

from tracker.i18n.dates import format_date_short, format_day
from tracker.i18n.messages import format_number, say
from tracker.render.calm_chart import AXIS, calm_chart, layout_for
from tracker.views import CalmDay, CalmView

COLUMNS = 78


def calm_table(view: CalmView) -> Iterator[str]:
    """The chart and what it says, in at most 80 columns."""
    yield calm_title(view)
    yield ""
    for line in calm_chart(view.days, view.usual_range, COLUMNS):
        yield "".join(text for text, _ in line).rstrip()
    yield ""
    for sentence in calm_sentences(view):
        yield f"  {sentence}"
    if (each := days_in_a_column(view, COLUMNS)) > 1:
        yield f"  {say('trend.each', days=each)}"


def calm_facts(view: CalmView) -> Iterator[str]:
    """The same, one fact a line: for a screen reader."""
    yield calm_title(view)
    yield from calm_sentences(view)
    for one in view.days:
        if one.calm is not None:
            yield evening_words(one)


def calm_title(view: CalmView, *, short: bool = False) -> str:
    """Which days these are; `short` in little room."""
    first, last = view.days[0].day, view.days[-1].day
    two_years = first.year != last.year
    if short:
        return say("trend.short_title", first=_short(first, year=two_years), last=_short(last))
    return say(
        "trend.title", first=format_day(first, year=two_years), last=format_day(last, year=True)
    )


def _short(day: date, *, year: bool = True) -> str:
    without_weekday = format_date_short(day)
    return f"{without_weekday} {day.year}" if year else without_weekday


def calm_sentences(view: CalmView) -> Iterator[str]:
    """What the evenings were on average, where calm usually lies, and how it changed."""
    scores = [one.calm for one in view.days if one.calm is not None]
    if not scores:
        yield say("trend.nothing")
        return
    if len(scores) == 1:
        yield say("trend.one_rated", score=scores[0])
    else:
        yield say("trend.rated", count=len(scores), calm=format_number(fmean(scores), 1))
    if view.usual_range is not None:
        low, high = view.usual_range
        yield say("trend.usual", low=f"{low:.0f}", high=f"{high:.0f}")
    if view.change is not None:
        changed = change_in_words(view) or ""
        yield changed[0].upper() + changed[1:].removesuffix(".") + "."
    if all(one.trend is None for one in view.days):
        yield say("trend.no_line")


def change_in_words(view: CalmView) -> str | None:
    """How calm compares with a month before; None where nothing can be said."""
    return None if view.change is None else say(f"week.{view.change}")


def evening_words(one: CalmDay) -> str:
    """One evening: its score, where the line stood, and its note."""
    score = say("cell.unrated") if one.calm is None else say("calm.of_ten", score=one.calm)
    if one.late:
        score = say("trend.late", score=score)
    text = say("cell.holds", day=format_day(one.day, year=True), name=say("keys.calm"), what=score)
    if one.trend is not None:
        text = f"{text} {say('trend.line', trend=format_number(one.trend, 1))}"
    return f"{text} {say('tonight.note', note=one.note)}" if one.note else text


def days_in_a_column(view: CalmView, columns: int) -> int:
    """How many days one column of the chart stands for."""
    return layout_for(len(view.days), columns - AXIS).days_each
