"""The columns of figures beside practices, one specification for plain tables and screens; and text
padded and wrapped by the cells of a terminal, of which a character of Chinese or Japanese takes
two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

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
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from rich.console import Console


class Column(NamedTuple):
    """One column of figures, aligned to the right."""

    heading: str
    """A message of one line, or of two for a heading that has a line above the usual one."""
    width: int
    """Terminal cells, the gap on its left included."""
    value: Callable[[HasFigures], str]


def _total(row: HasFigures) -> str:
    return str(row.figures.days_total or "")


DAY_COLUMNS = (
    Column(N_("this week"), 11, week_words),
    Column(N_("streak"), 10, streak_words),
    Column(N_("total"), 8, _total),
)

WEEK_COLUMNS = (
    Column(N_("this\nweek"), 6, week_fraction),
    Column(N_("streak"), 10, streak_words),
    Column(
        N_("weeks\non goal"),
        8,
        lambda row: str(row.figures.weeks_in_rhythm or ""),
    ),
    Column(N_("longest"), 10, longest_words),
    Column(N_("total"), 6, _total),
)

STREAK_COLUMNS = (
    Column(N_("goal"), 10, lambda row: _("{days} a week").format(days=row.days_per_week)),
    Column(N_("streak"), 10, streak_words),
    Column(N_("on goal"), 11, lambda row: weeks_words(row.figures.weeks_in_rhythm)),
    Column(N_("longest"), 10, longest_words),
    Column(N_("strength"), 10, lambda row: percent_words(row.figures.strength)),
    Column(N_("total"), 8, _total),
)


def streaks_later() -> str:
    """Where the streaks are before the calm question is answered."""
    return _("Your streaks show once you rate or log something.")


def heading_line(columns: Sequence[Column]) -> str:
    """The headings, each above its column."""
    return "".join(_(one.heading).rpartition("\n")[2].rjust(one.width) for one in columns)


def over_line(columns: Sequence[Column]) -> str:
    """The first line of headings that have two."""
    over = (_(one.heading).rpartition("\n")[0].rjust(one.width) for one in columns)
    return "".join(over).rstrip()


def value_line(columns: Sequence[Column], row: HasFigures) -> str:
    """A row's values, each in its column."""
    return "".join(one.value(row).rjust(one.width) for one in columns)


def name_width(names: Sequence[str], most: int) -> int:
    """Cells of the widest of these names on one line each, at most `most`."""
    return min(max((cell_len(sanitize_line(name, 60)) for name in names), default=0), most)


def pad(text: str, cells: int) -> str:
    """The text in exactly so many terminal cells (4 or more): padded, or cut with `…`, in ASCII
    with three points."""
    if cell_len(text) > cells:
        sign = "..." if ascii_only() else "…"
        text = chop_cells(text, cells - len(sign))[0] + sign
    return set_cell_size(text, cells)


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
