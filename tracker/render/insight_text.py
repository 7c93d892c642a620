"""Insights as lines: a sentence for each practice, the recovery, and the coin-flip month."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from tracker.i18n.date_format import format_date, format_date_of
from tracker.i18n.messages import N_, _
from tracker.render.patterns_text import pattern_lines, pattern_rows
from tracker.views import InsightsView

WIDE = 80
"""The default width of a line, in columns."""

_METHOD = (
    N_(
        "calmtrack compares how calm you were on evenings with and without a practice, over "
        "the last year."
    ),
    N_(
        "All practices are compared at once, so that a hug doesn't get the credit for "
        "a walk on the same day."
    ),
    N_(
        "The comparison first removes the effects of weekdays and slow changes, and "
        "allows for calm that carries over from one evening to the next (for experts: "
        "generalised least squares, averaged over 19 error models)."
    ),
    N_(
        "A comparison needs at least 24 evenings that you rated by the next day. Of these, at "
        "least 8 must be with the practice and 8 without it, and you must have switched between "
        "the two at least 6 times."
    ),
    N_(
        "calmtrack looks for patterns every 28 days, because looking every day finds "
        "some sooner or later, even where there are none. If you change an evening that it has "
        "already looked at, it works the patterns out again right away."
    ),
    N_(
        "“Perhaps” means that a difference in calm is more likely than not; “clearly” "
        "means that it's much more likely. A pattern stays until a later comparison "
        "clearly no longer shows it."
    ),
    N_(
        "Even if nothing you do is linked with calm, chance shows a false pattern to "
        "about one in ten people within half a year, and to about one in six within a "
        "year."
    ),
    N_(
        "The range in brackets contains the true difference about nine times in ten. "
        "To be cautious, the range is moved slightly towards zero."
    ),
    N_(
        "Illness, holidays and travel make false patterns more likely. After three or more "
        "unusual days, log them as rest days: rest days are left out."
    ),
    N_(
        "A pattern shows that two things go together, not that one causes the other. A coin-flip "
        "month can tell more."
    ),
)
"""The sentences that explain the method."""


def insights_lines(view: InsightsView, columns: int = WIDE) -> Iterator[str]:
    """The patterns drawn, what they say, and what else the evenings show; wrapped to `columns`."""
    yield _("Patterns: what goes with calmer evenings (next update: {day})").format(
        day=format_date_of(view.next_checkpoint, view.today)
    )
    yield ""
    if view.practices:
        yield from (f"  {line}" if line else "" for line in pattern_lines(view, columns - 2))
        yield ""
    for sentence in _sentences(view):
        yield from _indented(sentence, columns)
    for title, sentence in other_insights(view):
        yield ""
        yield title
        yield ""
        yield from _indented(sentence, columns)


def other_insights(view: InsightsView) -> tuple[tuple[str, str], ...]:
    """Titles with their sentences: weekdays, recovery, and what rest days would improve."""
    return (
        (_("Weekdays"), view.weekdays),
        (_("After low evenings"), view.finding_your_way_back.sentence),
        (_("Rest days"), view.rest_days),
    )


def insights_facts(view: InsightsView) -> Iterator[str]:
    """The same, one sentence a line: for a screen reader."""
    yield _("Patterns: what goes with calmer evenings")
    yield from _sentences(view)
    yield _("Next pattern update: {day}.").format(day=format_date(view.next_checkpoint, year=True))
    for title, sentence in other_insights(view):
        yield title
        yield sentence


def method() -> tuple[str, ...]:
    """The statistical method, explained in ten sentences."""
    return tuple(_(line) for line in _METHOD)


def method_lines() -> Iterator[str]:
    """The same, as lines."""
    for sentence in method():
        yield from wrap(sentence, WIDE, subsequent_indent="  ")


def _sentences(view: InsightsView) -> list[str]:
    """A sentence for each practice, findings first."""
    return [row.sentence for row in pattern_rows(view)] or [_("No practices yet.")]


def _indented(sentence: str, columns: int) -> list[str]:
    return wrap(sentence, columns, initial_indent="  ", subsequent_indent="    ")
