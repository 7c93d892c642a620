"""The columns of figures beside practices: one specification for plain tables and screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells, set_cell_size

from tracker.i18n.messages import say
from tracker.render.symbols import (
    HasFigures,
    longest_words,
    percent_words,
    streak_in_days,
    streak_words,
    week_words,
    weeks_words,
)
from tracker.sanitize import sanitize_line


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures, aligned to the right."""

    heading: str
    """Its key among the `columns` messages."""
    width: int
    """Terminal cells, the gap on its left included."""
    value: Callable[[HasFigures], str]
    over: str = ""
    """The key of the first heading line, where a heading has two."""


def _total(row: HasFigures) -> str:
    return str(row.figures.days_total or "")


DAY_COLUMNS = (
    Column("this_week", 11, week_words),
    Column("streak", 10, streak_words),
    Column("in_all", 8, _total),
)

WEEK_COLUMNS = (
    Column("week_under", 7, week_words, over="week_over"),
    Column("streak", 9, streak_in_days),
    Column(
        "rhythm_under", 9, lambda row: str(row.figures.weeks_in_rhythm or ""), over="rhythm_over"
    ),
    Column("longest", 10, longest_words),
    Column("in_all_under", 5, _total, over="in_all_over"),
)

STREAK_COLUMNS = (
    Column("goal", 10, lambda row: say("amount.a_week", days=row.days_per_week)),
    Column("streak", 10, streak_in_days),
    Column("rhythm", 11, lambda row: weeks_words(row.figures.weeks_in_rhythm)),
    Column("longest", 10, longest_words),
    Column("strength", 10, lambda row: percent_words(row.figures.strength)),
    Column("in_all", 8, _total),
)


def heading_line(columns: Sequence[Column]) -> str:
    """The headings, each above its column."""
    return "".join(say(f"columns.{one.heading}").rjust(one.width) for one in columns)


def over_line(columns: Sequence[Column]) -> str:
    """The first line of headings that have two."""
    over = (one.over and say(f"columns.{one.over}") for one in columns)
    return "".join(text.rjust(one.width) for text, one in zip(over, columns, strict=True)).rstrip()


def value_line(columns: Sequence[Column], row: HasFigures) -> str:
    """A row's values, each in its column."""
    return "".join(one.value(row).rjust(one.width) for one in columns)


def name_width(names: Sequence[str], most: int) -> int:
    """Cells of the widest of these names on one line each, at most `most`."""
    return min(max((cell_len(sanitize_line(name, 60)) for name in names), default=0), most)


def pad(text: str, cells: int) -> str:
    """The text in exactly so many terminal cells (2 or more): padded, or cut with `…`."""
    if cell_len(text) > cells:
        text = chop_cells(text, cells - 1)[0] + "…"
    return set_cell_size(text, cells)
