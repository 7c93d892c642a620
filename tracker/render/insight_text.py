"""What goes with calmer evenings, as lines: a sentence for each practice, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from tracker.i18n.messages import say
from tracker.views import InsightsView

WIDE = 80
"""Columns that a line may have."""

METHOD_LINES = 10
"""Sentences in which the method is told."""


def insights_lines(view: InsightsView, columns: int = WIDE) -> Iterator[str]:
    """Two titles, with the sentences below them, each line of at most so many columns."""
    yield say("insights.title")
    yield ""
    for sentence in _sentences(view):
        yield from _indented(sentence, columns)
    yield ""
    yield say("insights.way_back")
    yield ""
    yield from _indented(view.finding_your_way_back.sentence, columns)


def coin_lines(told: Iterable[str], columns: int = WIDE) -> Iterator[str]:
    """A title, and where the coin-flip month stands."""
    yield say("coin.title")
    yield ""
    for sentence in told:
        yield from _indented(sentence, columns)


def insights_facts(view: InsightsView) -> Iterator[str]:
    """The same, one sentence a line: for a screen reader."""
    yield say("insights.title")
    yield from _sentences(view)
    yield say("insights.way_back")
    yield view.finding_your_way_back.sentence


def method() -> tuple[str, ...]:
    """How it is found out, for a curious reader: ten sentences."""
    return tuple(say(f"method.{line}") for line in range(1, METHOD_LINES + 1))


def method_lines() -> Iterator[str]:
    """The same, as lines."""
    for sentence in method():
        yield from wrap(sentence, WIDE, subsequent_indent="  ")


def _sentences(view: InsightsView) -> list[str]:
    return [one.sentence for one in view.practices] or [say("insights.empty")]


def _indented(sentence: str, columns: int) -> list[str]:
    return wrap(sentence, columns, initial_indent="  ", subsequent_indent="    ")
