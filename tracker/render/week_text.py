"""A week as plain text: a table, one fact a line, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

from tracker.i18n.date_format import format_day, sentence_case, weekday_short, weekday_two
from tracker.i18n.messages import N_, _
from tracker.i18n.units import connection_words
from tracker.models import CALM_ID, MAX_NOTE_LENGTH, State
from tracker.render.calm_text import column
from tracker.render.columns import (
    TABLE_WIDTH,
    WEEK_COLUMNS,
    fit_columns,
    heading_line,
    over_line,
    pad,
    value_line,
)
from tracker.render.day_text import name_or_count, shared_notes
from tracker.render.practice_text import figure_facts
from tracker.render.symbols import (
    day_words,
    mark,
    mark_on,
    week_facts_of,
    week_words,
)
from tracker.sanitize import sanitize_line
from tracker.views import PracticeWeek, WeekView

DAY_WIDTH = 3
CHART_HEIGHT = 2

# Characters that Markdown would read as a heading, a list, a table, a link or HTML.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def week_table(week: WeekView, width: int = TABLE_WIDTH) -> Iterator[str]:
    """The week as a table for so many columns."""
    yield week_title(week)
    yield ""
    yield from (f"  {line}" for line in wrap(week.sentence, width - 3))
    yield ""
    names = [_("Calm"), *(one.practice.name for one in week.practices)]
    before = 5 + DAY_WIDTH * len(week.days) + 1
    first, *others = WEEK_COLUMNS
    if week.is_over:
        first = first._replace(heading=N_("that\nweek"))
    columns, name_cells = fit_columns(
        (first, *others), week.practices, names, before=before, width=width
    )
    head = " " * (5 + name_cells)
    days = [weekday_two(evening.day.weekday()) for evening in week.days]
    yield f"{head}{_cells(days)} {over_line(columns)}"
    dates = [str(evening.day.day) for evening in week.days]
    yield f"{head}{_cells(dates)} {heading_line(columns)}"
    heights = [column(evening.calm, CHART_HEIGHT) for evening in week.days]
    for row in range(CHART_HEIGHT):
        line = f"{head}{_cells([one[row] for one in heights])}".rstrip()
        if line:
            yield line
    calm = pad(_("Calm"), name_cells)
    yield f"     {calm}{_cells(_scores(week))}".rstrip()
    for one in week.practices:
        name = pad(one.practice.name, name_cells)
        figures = value_line(columns, one)
        line = f"   {one.practice.key or ' '} {name}{_cells(_marks(week, one))} {figures}"
        yield line.rstrip()


def week_title(week: WeekView) -> str:
    """The first and the last day of the week."""
    last = format_day(week.week_end, year=True)
    return _("{first} to {last}").format(first=format_day(week.week_start), last=last)


def days_done_heading(week: WeekView) -> str:
    """The heading of the days done in the week."""
    return _("that week") if week.is_over else _("this week")


def connection_sentence(week: WeekView) -> str:
    """How many evenings had a done practice; shown instead of the week's sentence where calm
    scores are hidden. Empty for none."""
    return f"{connection_words(week.connected)}." if week.connected else ""


def week_facts(week: WeekView) -> Iterator[str]:
    """The week, one fact a line, without marks: for a screen reader."""
    yield _("The week from {first} to {last}.").format(
        first=format_day(week.week_start), last=format_day(week.week_end, year=True)
    )
    yield week.sentence
    for evening in week.days:
        if evening.calm is not None:
            yield _("{day}: calm {score} of 10.").format(
                day=sentence_case(format_day(evening.day)), score=evening.calm
            )
    for one in week.practices:
        name = one.practice.name
        for evening, what in zip(week.days, _days_in_words(week, one), strict=True):
            if what:
                yield _("{name}, {day}: {state}.").format(
                    name=name, day=format_day(evening.day), state=what
                )
        yield from week_facts_of(name, one, is_over=week.is_over)
        yield from figure_facts(name, one)


def week_markdown(week: WeekView) -> Iterator[str]:
    """The week as Markdown: a heading, its sentence, a table of its days, and the notes."""
    yield f"## {week_title(week)}"
    yield ""
    yield week.sentence
    yield ""
    days = [f"{weekday_short(one.day.weekday())} {one.day.day}" for one in week.days]
    yield markdown_row(("", *days, days_done_heading(week), _("total")))
    yield markdown_row((":--", *(":-:" for _ in days), ":--", "--:"))
    yield markdown_row((_("Calm"), *_scores(week), "", ""))
    for one in week.practices:
        total = str(one.figures.days_total or "")
        name = escape_markdown(one.practice.name)
        yield markdown_row((name, *_marks(week, one), week_words(one), total))
    notes = list(_notes(week))
    if notes:
        yield ""
        yield from notes


def escape_markdown(text: str) -> str:
    """User text on one line, with every character escaped that Markdown gives a meaning."""
    return _MARKUP.sub(r"\\\1", sanitize_line(text, MAX_NOTE_LENGTH))


class NoteSpan(NamedTuple):
    """A note, with the first and the last of the days next to each other that have it."""

    first: date
    last: date
    about: str
    """The name of a practice, how many share the note on each day, or the word for the evening."""
    note: str


def note_spans(weeks: Iterable[WeekView], last: date) -> list[NoteSpan]:
    """The notes of weeks in their order, up to the day `last`. The same note on days next to each
    other is one where a practice has it on both, as the reason of a holiday has: on some of its
    days there can be fewer practices to rest, so that it is about "up to 8 practices"."""
    spans: list[NoteSpan] = []
    open_spans: dict[tuple[bool, str], tuple[int, dict[str, str], set[int]]] = {}
    """By whether it is an evening's and by the note: the index, the names by practice id, and how
    many practices have it on a day."""
    for week in weeks:
        for place, of_day in enumerate(week.days):
            if of_day.day > last:
                continue
            before, open_spans = open_spans, {}
            for (is_evening, note), names in _subjects_of_notes(week, place).items():
                index, known, counts = before.get((is_evening, note), (len(spans), {}, set()))
                if not known.keys() & names.keys():
                    index, known, counts = len(spans), {}, set()
                    spans.append(NoteSpan(of_day.day, of_day.day, "", note))
                known, counts = known | names, counts | {len(names)}
                about = _name_or_counts(list(names.values()), counts)
                spans[index] = spans[index]._replace(last=of_day.day, about=about)
                open_spans[is_evening, note] = index, known, counts
    return spans


def _name_or_counts(names: Sequence[str], counts: Collection[int]) -> str:
    """The name of one practice, or how many there are on each day: "8 practices", and where that
    differs the most, "up to 8 practices"."""
    if len(counts) == 1:
        return name_or_count(names)
    # Translators: {count} is always 2 or more.
    return _("up to {count} practices").format(count=max(counts))


def _subjects_of_notes(week: WeekView, place: int) -> dict[tuple[bool, str], dict[str, str]]:
    """The notes of a day, by whether it is the evening's and by its text, each with the names of
    what it is about, by id."""
    subjects: dict[tuple[bool, str], dict[str, str]] = {}
    if note := week.days[place].note:
        subjects[True, note] = {CALM_ID: _("Evening")}
    for one in week.practices:
        if note := one.notes[place]:
            subjects.setdefault((False, note), {})[one.practice.id] = one.practice.name
    return subjects


def _notes(week: WeekView) -> Iterator[str]:
    for place, evening in enumerate(week.days):
        of_practices = ((one.practice.name, one.notes[place]) for one in week.practices)
        of_evening = [(_("Calm"), evening.note)] if evening.note else []
        resting = [o.practice.name for o in week.practices if o.states[place] is State.REST]
        for name, note in (*of_evening, *shared_notes(of_practices, resting)):
            yield "- " + _("{day}, {name}: {note}").format(
                day=sentence_case(format_day(evening.day)),
                name=escape_markdown(name),
                note=escape_markdown(note),
            )


def markdown_row(cells: Iterable[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _scores(week: WeekView) -> Iterator[str]:
    for evening in week.days:
        if evening.calm is not None:
            yield str(evening.calm)
        else:
            yield " " if evening.day > week.today else mark(State.NOT_LOGGED)


def _marks(week: WeekView, one: PracticeWeek) -> Iterator[str]:
    for evening, state in zip(week.days, one.states, strict=True):
        yield mark_on(state, evening.day, week.today)


def _days_in_words(week: WeekView, one: PracticeWeek) -> Iterator[str]:
    """What was logged on each day; empty where nothing was."""
    for evening, state, amount in zip(week.days, one.states, one.amounts, strict=True):
        if state is None or state in (State.PENDING, State.NOT_LOGGED):
            yield ""
        else:
            target = one.practice.goal_on(evening.day).amount
            yield day_words(one.practice, state, amount, target)


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"{text:>{DAY_WIDTH - 1}} " for text in texts)
