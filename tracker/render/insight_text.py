"""Insights as lines: a sentence for each practice, the recovery, and the coin-flip month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from tracker.i18n.messages import say
from tracker.views import InsightsView

WIDE = 80
"""The default width of a line, in columns."""

METHOD_LINES = 10
"""The number of sentences that explain the method."""


def insights_lines(view: InsightsView, columns: int = WIDE) -> Iterator[str]:
    """Two titled parts with their sentences, wrapped to `columns`."""
    yield say("insights.title")
    yield ""
    for sentence in _sentences(view):
        yield from _indented(sentence, columns)
    yield ""
    yield say("insights.way_back")
    yield ""
    yield from _indented(view.finding_your_way_back.sentence, columns)


def coin_lines(sentences: Iterable[str], columns: int = WIDE) -> Iterator[str]:
    """A title, and the status of the coin-flip month."""
    yield say("coin.title")
    yield ""
    for sentence in sentences:
        yield from _indented(sentence, columns)


def insights_facts(view: InsightsView) -> Iterator[str]:
    """The same, one sentence a line: for a screen reader."""
    yield say("insights.title")
    yield from _sentences(view)
    yield say("insights.way_back")
    yield view.finding_your_way_back.sentence


def method() -> tuple[str, ...]:
    """The statistical method, explained in ten sentences."""
    return tuple(say(f"method.{line}") for line in range(1, METHOD_LINES + 1))


def method_lines() -> Iterator[str]:
    """The same, as lines."""
    for sentence in method():
        yield from wrap(sentence, WIDE, subsequent_indent="  ")


def _sentences(view: InsightsView) -> list[str]:
    return [one.sentence for one in view.practices] or [say("insights.empty")]


def _indented(sentence: str, columns: int) -> list[str]:
    return wrap(sentence, columns, initial_indent="  ", subsequent_indent="    ")
