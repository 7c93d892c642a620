"""The columns of figures beside practices, one specification for plain tables and screens; and text
padded and wrapped by the cells of a terminal, of which a character of Chinese or Japanese takes
two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from rich.cells import cell_len, chop_cells, set_cell_size

from tracker.i18n.messages import N_, _
from tracker.models import HasFigures
from tracker.render.symbols import (
    ascii_only,
    longest_words,
    percent_words,
    streak_words,
    week_fraction,
    week_words,
    weeks_words,
)

if TYPE_CHECKING:
    from rich.console import Console


TABLE_WIDTH = 80
"""Columns of a table that isn't printed to a terminal."""

LEAST_TABLE_WIDTH = 60
"""Columns from which a table leaves out figures to fit; in fewer it gives way to one fact a line.
The app needs as many."""

SHORTEST_NAME, LONGEST_NAME = 10, 30
"""Cells of a practice's name in a table: as few as it is cut to, and as many as it gets."""

Row_contra = TypeVar("Row_contra", contravariant=True)


class Column(NamedTuple, Generic[Row_contra]):
    """One column of figures, aligned to the right."""

    heading: str
    """A message of one line, or of two for a heading that has a line above the usual one."""
    width: int
    """Terminal cells, the gap on its left included."""
    value: Callable[[Row_contra], str]


def _total(row: HasFigures) -> str:
    return str(row.figures.days_total or "")


DAY_COLUMNS: tuple[Column[HasFigures], ...] = (
    Column(N_("this week"), 11, week_words),
    Column(N_("streak"), 10, streak_words),
    Column(N_("total"), 8, _total),
)


def day_columns(*, is_today: bool) -> tuple[Column[HasFigures], ...]:
    """The figures beside a day, which are as of that day."""
    first, *others = DAY_COLUMNS
    return DAY_COLUMNS if is_today else (first._replace(heading=N_("that week")), *others)


WEEK_COLUMNS: tuple[Column[HasFigures], ...] = (
    Column(N_("this\nweek"), 6, week_fraction),
    Column(N_("streak"), 10, streak_words),
    Column(N_("longest"), 10, longest_words),
    Column(N_("total"), 6, _total),
)

STREAK_COLUMNS: tuple[Column[HasFigures], ...] = (
    Column(N_("goal"), 10, lambda row: _("{days} a week").format(days=row.days_per_week)),
    Column(N_("streak"), 10, streak_words),
    Column(N_("on goal\nin a row"), 11, lambda row: weeks_words(row.figures.weeks_in_rhythm)),
    Column(N_("longest"), 10, longest_words),
    Column(N_("strength"), 10, lambda row: percent_words(row.figures.strength)),
    Column(N_("total"), 8, _total),
)


def streaks_later() -> str:
    """Where the streaks are before the calm question is answered."""
    return _("Your streaks show once you rate or log something.")


def fit_columns(
    columns: Sequence[Column[Row_contra]],
    rows: Sequence[Row_contra],
    names: Sequence[str],
    *,
    before: int,
    width: int,
) -> tuple[Sequence[Column[Row_contra]], int]:
    """The columns of a table as they fit into `width` cells, and the cells of its names.

    `before` is what a row takes beside its name and its figures. The gaps between the columns get
    smaller first, then long names are cut, then the last columns are left out, down to one. What is
    still wider is returned as it was.
    """
    natural = name_width(names, LONGEST_NAME)
    kept = len(columns) if width < LEAST_TABLE_WIDTH else min(len(columns), 1)
    choices = [columns, *(_with_gap(columns, rows, gap) for gap in (2, 1))]
    choices += [choices[-1][:count] for count in range(len(columns) - 1, kept - 1, -1)]
    for choice in choices:
        room = width - before - sum(one.width for one in choice)
        if room >= (natural if choice is columns else min(natural, SHORTEST_NAME)):
            return choice, min(natural, room)
    return columns, natural


def _with_gap(
    columns: Sequence[Column[Row_contra]], rows: Sequence[Row_contra], gap: int
) -> tuple[Column[Row_contra], ...]:
    """The columns as wide as their headings and values with a gap; none gets wider."""
    return tuple(
        one._replace(
            width=min(
                one.width,
                gap + max(map(cell_len, (*_(one.heading).split("\n"), *map(one.value, rows)))),
            )
        )
        for one in columns
    )


def heading_line(columns: Sequence[Column[Row_contra]]) -> str:
    """The headings, each above its column."""
    return "".join(_(one.heading).rpartition("\n")[2].rjust(one.width) for one in columns)


def over_line(columns: Sequence[Column[Row_contra]]) -> str:
    """The first line of headings that have two."""
    over = (_(one.heading).rpartition("\n")[0].rjust(one.width) for one in columns)
    return "".join(over).rstrip()


def value_line(columns: Sequence[Column[Row_contra]], row: Row_contra) -> str:
    """A row's values, each in its column."""
    return "".join(one.value(row).rjust(one.width) for one in columns)


def name_width(names: Sequence[str], most: int) -> int:
    """Cells of the widest of these names on one line each, at most `most`."""
    return min(max((cell_len(name) for name in names), default=0), most)


def pad(text: str, cells: int) -> str:
    """The text in exactly so many terminal cells (4 or more): padded, or cut with `…`, in ASCII
    with three points."""
    if cell_len(text) > cells:
        sign = "..." if ascii_only() else "…"
        text = chop_cells(text, cells - len(sign))[0] + sign
    return set_cell_size(text, cells)


def join_parts(parts: Iterable[str], gap: str, width: int) -> list[str]:
    """The parts in lines of so many cells, with a gap between two of a line."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_len(longer := f"{lines[-1]}{gap}{part}") <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def wrap_cells(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; a longer word is broken."""
    from rich.text import Text

    lines = Text(text).wrap(_console(width), width, tab_size=4)
    return [line.plain.rstrip() for line in lines] or [""]


@cache
def _console(width: int) -> Console:
    """Needed by Rich to wrap; nothing is printed on it."""
    from rich.console import Console

    return Console(width=width, file=StringIO(), legacy_windows=False)
