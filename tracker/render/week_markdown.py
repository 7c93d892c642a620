"""A week as Markdown, to paste into a letter or a journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracker.i18n.dates import format_day, weekday_short
from tracker.i18n.messages import say
from tracker.models import MAX_NOTE_LENGTH, State
from tracker.render.symbols import mark, mark_on, week_words
from tracker.render.week_text import week_title
from tracker.sanitize import sanitize_line
from tracker.views import WeekView

# What would be a heading, a list, a table, a link or HTML is a person's own text here.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def week_markdown(week: WeekView) -> Iterator[str]:
    """A heading, the sentence of the week, a table of its days, and the notes."""
    yield f"## {week_title(week)}"
    yield ""
    yield week.sentence
    yield ""
    days = [f"{weekday_short(one.day.weekday())} {one.day.day}" for one in week.days]
    yield _row(("", *days, say("columns.this_week"), say("columns.in_all")))
    yield _row((":--", *(":-:" for _ in days), ":--", "--:"))
    yield _row((say("keys.calm"), *_scores(week), "", ""))
    for one in week.practices:
        states = (
            mark_on(state, evening.day, week.today)
            for evening, state in zip(week.days, one.states, strict=True)
        )
        done = week_words(one.done_this_week, one.days_per_week)
        in_all = str(one.days_total or "")
        yield _row((plain(one.practice.name), *states, done, in_all))
    notes = list(_notes(week))
    if notes:
        yield ""
        yield from notes


def plain(text: str) -> str:
    """A person's own text, on one line, that Markdown takes for nothing but text."""
    return _MARKUP.sub(r"\\\1", sanitize_line(text, MAX_NOTE_LENGTH))


def _scores(week: WeekView) -> Iterator[str]:
    for evening in week.days:
        if evening.calm is not None:
            yield str(evening.calm)
        else:
            yield " " if evening.day > week.today else mark(State.NOT_LOGGED)


def _notes(week: WeekView) -> Iterator[str]:
    for place, evening in enumerate(week.days):
        about = [(say("keys.calm"), evening.note)]
        about += [(one.practice.name, one.notes[place]) for one in week.practices]
        for name, note in about:
            if note:
                day = format_day(evening.day)
                yield "- " + say("week.note", day=day, name=plain(name), note=plain(note))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
