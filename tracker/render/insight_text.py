"""Insights as lines: a sentence for each practice, the recovery, and the coin-flip month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from tracker.i18n.messages import N_, _
from tracker.views import InsightsView

WIDE = 80
"""The default width of a line, in columns."""

_METHOD = (
    N_("Compared are evenings with a practice and evenings without it, over the last 182 days."),
    N_("Rest days, ratings given late, and evenings on which one of the two is unknown stay out."),
    N_(
        "Weekdays, a drift and slow waves are taken out first: a Sunday walk gets no credit for "
        "Sundays."
    ),
    N_(
        "Calm carries over to the next evening. Nineteen ways in which it may are tried, and each "
        "counts as well as it fits (generalised least squares, REML weights)."
    ),
    N_(
        "What is shown is drawn a little towards zero, with an interval that holds the truth about "
        "nine times in ten."
    ),
    N_("It takes 24 evenings, 8 with it and 8 without it, and 6 changes between the two."),
    N_(
        "It is looked at every 28 days only: whoever looks daily finds something sooner or later, "
        "also where nothing is."
    ),
    N_(
        "Of what is found among all practices at one look, at most about 5 % should be chance on "
        "average (Benjamini and Hochberg)."
    ),
    N_(
        "From 84 rated evenings on, a model of all practices together must agree; one added lately "
        "joins it once 84 evenings are left with it."
    ),
    N_(
        "Steady means that it held at two looks running. What goes together need not be cause and "
        "effect."
    ),
)
"""The sentences that explain the method."""


def insights_lines(view: InsightsView, columns: int = WIDE) -> Iterator[str]:
    """Two titled parts with their sentences, wrapped to `columns`."""
    yield _("What goes with calmer evenings")
    yield ""
    for sentence in _sentences(view):
        yield from _indented(sentence, columns)
    yield ""
    yield _("Finding your way back")
    yield ""
    yield from _indented(view.finding_your_way_back.sentence, columns)


def coin_lines(sentences: Iterable[str], columns: int = WIDE) -> Iterator[str]:
    """A title, and the status of the coin-flip month."""
    yield _("Coin-flip month")
    yield ""
    for sentence in sentences:
        yield from _indented(sentence, columns)


def insights_facts(view: InsightsView) -> Iterator[str]:
    """The same, one sentence a line: for a screen reader."""
    yield _("What goes with calmer evenings")
    yield from _sentences(view)
    yield _("Finding your way back")
    yield view.finding_your_way_back.sentence


def method() -> tuple[str, ...]:
    """The statistical method, explained in ten sentences."""
    return tuple(_(line) for line in _METHOD)


def method_lines() -> Iterator[str]:
    """The same, as lines."""
    for sentence in method():
        yield from wrap(sentence, WIDE, subsequent_indent="  ")


def _sentences(view: InsightsView) -> list[str]:
    return [one.sentence for one in view.practices] or [_("No practices in the list yet.")]


def _indented(sentence: str, columns: int) -> list[str]:
    return wrap(sentence, columns, initial_indent="  ", subsequent_indent="    ")
