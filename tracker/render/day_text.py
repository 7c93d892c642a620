"""A day as plain text: a table, or one fact a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TypeVar

from tracker.i18n.date_format import format_day, sentence_case
from tracker.i18n.messages import _
from tracker.models import MAX_NOTE_LENGTH, DayView, PracticeDay, State
from tracker.render.columns import (
    TABLE_WIDTH,
    day_columns,
    fit_columns,
    heading_line,
    pad,
    streaks_later,
    value_line,
    wrap_cells,
)
from tracker.render.symbols import amount_words, day_words, mark, streak_words, week_facts_of
from tracker.sanitize import sanitize_line, sanitize_text

N = TypeVar("N", str, tuple[str, ...])
"""A note: its text, or its lines."""

AMOUNT_WIDTH = 18


def day_table(view: DayView, coin: str = "", width: int = TABLE_WIDTH) -> Iterator[str]:
    """The day as a table for so many columns, then the coin of a coin-flip month. Streaks are
    left out until the calm question is answered: they would colour the answer."""
    yield format_day(view.day, year=True)
    yield ""
    yield f"  {_calm(view)}"
    if view.calm_note:
        yield from _note_lines(view.calm_note, 2, width)
    yield ""
    shared = _shared_notes(view)
    amounts = [
        amount_words(row.practice, row.state, row.amount, row.target) for row in view.practices
    ]
    least = 0 if width < TABLE_WIDTH else AMOUNT_WIDTH
    amount_cells = max(least, *map(len, amounts)) if amounts else least
    columns, name_cells = fit_columns(
        day_columns(is_today=view.day == view.today) if view.answered else (),
        view.practices,
        [row.practice.name for row in view.practices],
        before=10 + amount_cells,
        width=width,
    )
    if view.answered and any(row.figures.days_total for row in view.practices):
        yield f"{' ' * (10 + name_cells + amount_cells)}{heading_line(columns)}"
    for row, amount in zip(view.practices, amounts, strict=True):
        figures = value_line(columns, row)
        name = pad(row.practice.name, name_cells)
        logged = f"{mark(row.state)}  {amount.ljust(amount_cells)}"
        line = f"  {row.practice.key or ' '}  {name}  {logged}{figures}"
        yield line.rstrip()
        if row.note and row.note not in shared:
            yield from _note_lines(row.note, 7, width)
    if shared:
        yield ""
        for note, name in shared.items():
            yield from _note_lines(note, 2, width, name)
    if view.day >= view.today:
        if not view.practices:
            yield f"  {no_practices()}"
    elif all(row.state is State.NOT_LOGGED for row in view.practices):
        if view.practices:
            yield ""
        message = _('Nothing logged. Add it with "calmtrack log PRACTICE --day {day}".')
        yield "  " + message.format(day=view.day.isoformat())
    if not view.answered and any(row.figures.days_total for row in view.practices):
        yield ""
        yield f"  {streaks_later()}"
    if coin:
        yield ""
        yield f"  {coin}"
    if view.calm is not None and view.day == view.today:
        yield ""
        yield "  " + _("That's it for today. Sleep well.")


def day_facts(view: DayView, coin: str = "") -> Iterator[str]:
    """The day, one fact a line, without marks: for a screen reader."""
    yield f"{sentence_case(format_day(view.day, year=True))}."
    yield f"{_calm(view)}"
    if view.calm_note:
        yield _("Note: {note}").format(note=sanitize_line(view.calm_note, MAX_NOTE_LENGTH))
    shared = _shared_notes(view)
    for row in view.practices:
        state = day_words(row.practice, row.state, row.amount, row.target)
        yield f"{row.practice.name}: {state}."
        if row.note and row.note not in shared:
            yield _("Note: {note}").format(note=sanitize_line(row.note, MAX_NOTE_LENGTH))
        if view.answered:
            yield from _figures(row)
    if view.day >= view.today and not view.practices:
        yield no_practices()
    for note, name in shared.items():
        text = " ".join(sanitize_line(note, MAX_NOTE_LENGTH).split())
        yield _("{name}: {text}").format(name=name, text=text)
    if not view.answered and any(row.figures.days_total for row in view.practices):
        yield streaks_later()
    if coin:
        yield coin


def no_practices() -> str:
    """That the list has no practices today."""
    return _('Your list has no practices. Add one with "calmtrack practices add".')


def shared_notes(
    notes: Iterable[tuple[str, N]], resting: Container[str] = ()
) -> Iterator[tuple[str, N]]:
    """The notes of a day's practices that are not empty, each once, with the practice's name, or
    how many practices share it: a reason for rest days is stored with each of them. `resting` has
    the names of those whose note is such a reason."""
    names: dict[N, list[str]] = {}
    for name, note in notes:
        if note:
            names.setdefault(note, []).append(name)
    for note, of in names.items():
        if len(of) > 1 and all(name in resting for name in of):
            # Translators: {count} is always 2 or more.
            yield _("Rest days of {count} practices").format(count=len(of)), note
        else:
            yield name_or_count(of), note


MOST_NAMED = 2
"""Practices that share a note and are named; of more, their number is."""


def name_or_count(names: Sequence[str]) -> str:
    """The names of one practice or two, or how many there are."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    # Translators: {count} is always 2 or more.
    return _("{count} practices").format(count=len(names))


def lines_of_note(note: str) -> list[str]:
    """The lines of a note that aren't blank, sanitized. A longer note than calmtrack stores is
    truncated."""
    return [line for line in paragraphs_of_note(note) if line]


def paragraphs_of_note(note: str) -> list[str]:
    """The lines of a note as `lines_of_note`, with one blank line between its paragraphs."""
    text = note if len(note) <= MAX_NOTE_LENGTH else f"{note[: MAX_NOTE_LENGTH - 1]}…"
    lines: list[str] = []
    for line in sanitize_text(text).rstrip().split("\n"):
        if line.strip():
            lines.append(sanitize_line(line, MAX_NOTE_LENGTH))
        elif lines and lines[-1]:
            lines.append("")
    return lines


def _shared_notes(view: DayView) -> dict[str, str]:
    """Each note that several practices share, with what it's about: it is shown once, below the
    practices, as the reason for rest days of all of them is stored with each."""
    times = Counter(row.note for row in view.practices)
    resting = [row.practice.name for row in view.practices if row.state is State.REST]
    notes = ((row.practice.name, row.note) for row in view.practices if times[row.note] > 1)
    return {note: name for name, note in shared_notes(notes, resting)}


def _note_lines(note: str, indent: int, width: int, name: str = "") -> Iterator[str]:
    """A note after its name, wrapped to so many columns, at most 80, with single spaces: two would
    part the columns of a table. A blank line stands between its paragraphs."""
    cells = min(width, TABLE_WIDTH) - indent - 2
    for number, line in enumerate(paragraphs_of_note(note)):
        if not line:
            yield ""
            continue
        text = " ".join(line.split())
        if not number:
            text = _("{name}: {text}").format(name=name or _("Note"), text=text)
        yield from (f"{' ' * indent}{part}" for part in wrap_cells(text, cells))


def _figures(row: PracticeDay) -> Iterator[str]:
    name = row.practice.name
    yield from week_facts_of(name, row)
    if streak := streak_words(row):
        yield _("{name}: a streak of {streak}.").format(name=name, streak=streak)
    if row.figures.days_total:
        yield _("{name}: {days} in total.").format(name=name, days=row.figures.days_total)


def _calm(view: DayView) -> str:
    if view.calm is None and view.day > view.today:
        return _("This day is still ahead.")
    if view.calm is None:
        return _("Calm: not rated yet.")
    return _("Calm: {score} of 10.").format(score=view.calm)
