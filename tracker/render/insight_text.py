"""Insights as lines: the patterns drawn, a row for each practice with its level and its interval on
one common axis, their sentences, and the method.

Values in, lines of (text, role) out. A level is a sign and a word as well as an interval, so that
neither colour nor the drawing alone carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Literal

from rich.cells import cell_len

from tracker.i18n.date_format import format_date, format_date_of
from tracker.i18n.messages import N_, _, format_number, round_half_up
from tracker.render.columns import name_width, pad, wrap_cells
from tracker.render.symbols import ascii_only
from tracker.rules.calm import outward_half_points
from tracker.sanitize import sanitize_line
from tracker.views import FOUND_LEVELS, Detail, InsightsView, Level, PracticeInsight

WIDE = 80
"""The width of a line, in columns."""

_METHOD = (
    N_(
        "calmtrack compares how calm you were on evenings with and without a practice, over "
        "the last year. “With” means that you reached its daily goal that day; less than that "
        "counts as “without”."
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
        "The range, drawn as a bar and given in brackets, contains the true difference about nine "
        "times in ten. To be cautious, it's moved slightly towards zero, and its ends are rounded "
        "outward to half points, or next to 0 to tenths. “Most likely less than a point” asks for "
        "more: a range that contains the difference nineteen times in twenty stays within a point."
    ),
    N_(
        "“After low evenings” looks at evenings well below your usual, at least 2 points below the "
        "middle of the 28 days before, whatever their score."
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


def insights_lines(
    view: InsightsView, coin: Sequence[str] = (), width: int = WIDE
) -> Iterator[str]:
    """The patterns drawn, what they say, what else the evenings show, and the state of the
    coin-flip month; in lines of so many columns."""
    yield _("Patterns: what goes with calmer evenings (next update: {day})").format(
        day=format_date_of(view.next_update, view.today)
    )
    yield ""
    if view.practices:
        yield from (f"  {line}" if line else "" for line in _pattern_lines(view, width - 2))
        yield ""
    for sentence in _sentences(view):
        yield from _indented(sentence, width)
    for title, sentence in (*other_insights(view), *_coin_insight(coin)):
        yield ""
        yield title
        yield ""
        yield from _indented(sentence, width)


def other_insights(view: InsightsView) -> tuple[tuple[str, str], ...]:
    """Titles with their sentences: weekdays, recovery, and what rest days would improve."""
    return (
        (_("Weekdays"), view.weekdays),
        (_("After low evenings"), view.finding_your_way_back.sentence),
        (_("Rest days"), view.rest_days),
    )


def _coin_insight(coin: Sequence[str]) -> Iterator[tuple[str, str]]:
    if coin:
        yield _("Coin-flip month"), " ".join(coin)


def insights_facts(view: InsightsView, coin: Sequence[str] = ()) -> Iterator[str]:
    """The same, one sentence a line: for a screen reader."""
    yield _("Patterns: what goes with calmer evenings")
    yield from _sentences(view)
    yield _("Next pattern update: {day}.").format(day=format_date(view.next_update, year=True))
    for title, sentence in (*other_insights(view), *_coin_insight(coin)):
        yield title
        yield sentence


def method() -> tuple[str, ...]:
    """The statistical method, explained in ten sentences."""
    return tuple(_(line) for line in _METHOD)


def method_lines(width: int = WIDE) -> Iterator[str]:
    """The same, in lines of so many columns, and not more than 80."""
    for sentence in method():
        yield from wrap(sentence, min(width, WIDE), subsequent_indent="  ")


def _sentences(view: InsightsView) -> list[str]:
    """A sentence for each practice, findings first."""
    return [row.sentence for row in pattern_rows(view)] or [_("Your list has no practices.")]


def _indented(sentence: str, width: int) -> Iterator[str]:
    """A sentence wrapped by cells, as it can have a name in it, with a hanging indent."""
    cells = min(width, WIDE)
    first = wrap_cells(sentence, cells - 2)[0]
    yield f"  {first}"
    if others := sentence[len(first) :].lstrip():
        yield from (f"    {line}" for line in wrap_cells(others, cells - 4))


# The patterns drawn

Role = Literal["name", "found", "leaning", "unclear", "muted", "progress"]
Piece = tuple[str, Role]
"""A text and its role."""

REACH = 2
"""Points of calm from zero to either end of the axis."""

LEAST_SCALE, MOST_SCALE = 4, 12
"""Cells of one point of calm."""

SHORT_WIDTH = 28
"""Cells of the level in a few words."""

LEAST_BAR, BAR_WIDTH = 4, 12
"""Cells of a progress bar, at least and at most."""


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A practice, or all of them together."""

    name: str
    level: str
    """The level in a word or two, after its sign."""
    role: Role
    short: str
    """The level in a few words."""
    sentence: str
    interval: Detail | None = None
    progress: tuple[int, int] | None = None
    """Evenings so far and evenings needed."""
    practice_id: str = ""
    """Empty for all of them together."""
    evenings: str = ""
    """How many there are with and without it; empty where they aren't compared."""


@dataclass(frozen=True, slots=True)
class _LevelStyle:
    """How a level is shown."""

    word: str
    sign: str
    ascii_sign: str
    role: Role


_LEVEL_STYLES = {
    Level.STEADY: _LevelStyle(N_("clearly higher"), "●", "*", "found"),
    Level.STEADY_LOWER: _LevelStyle(N_("clearly lower"), "●", "*", "found"),
    Level.LEANING: _LevelStyle(N_("perhaps higher"), "◐", "+", "leaning"),
    Level.LEANING_LOWER: _LevelStyle(N_("perhaps lower"), "◐", "+", "leaning"),
    Level.LESS_CLEAR: _LevelStyle(N_("less clear"), "○", "o", "unclear"),
    Level.NOT_CLEAR: _LevelStyle(N_("no clear link"), "○", "o", "unclear"),
    Level.TOO_EARLY: _LevelStyle(N_("not yet"), "·", ".", "progress"),
    Level.CANNOT_TELL: _LevelStyle(N_("can't tell"), "?", "?", "muted"),
    Level.LEFT_OUT: _LevelStyle(N_("not compared"), "-", "-", "muted"),
}
"""The levels in the order of their rows."""


def pattern_rows(view: InsightsView) -> list[PatternRow]:
    """The rows, findings first; practices of one level in the order of the list."""
    by_level = {
        level: [_row(one, style) for one in view.practices if one.level is level]
        for level, style in _LEVEL_STYLES.items()
    }
    found = [row for level, rows in by_level.items() if level in FOUND_LEVELS for row in rows]
    others = [row for level, rows in by_level.items() if level not in FOUND_LEVELS for row in rows]
    return [*found, *_together(view), *others]


def _together(view: InsightsView) -> list[PatternRow]:
    if view.together is None:
        return []
    short, sentence = _("the more, the calmer"), view.together.sentence
    style = _LEVEL_STYLES[Level.STEADY]
    return [PatternRow(_("All practices"), _level(style), style.role, short, sentence)]


def _row(one: PracticeInsight, style: _LevelStyle) -> PatternRow:
    return PatternRow(
        name=one.practice.name,
        level=_level(style),
        role=style.role,
        short=one.short,
        sentence=sanitize_line(one.sentence),
        interval=one.at_checkpoint,
        progress=one.progress,
        practice_id=one.practice.id,
        evenings=_evenings(one),
    )


def _evenings(one: PracticeInsight) -> str:
    if one.at_checkpoint is None:
        # The number without a practice would ask people to skip it.
        return ""
    message = _(
        "Rated evenings so far, in the last 52 weeks: {count} with it, {others} without it."
    )
    if any(goal.amount > 1 for goal in one.practice.goals):
        message = _(
            "Rated evenings so far, in the last 52 weeks: {count} with its daily goal reached, "
            "{others} without."
        )
    return message.format(count=format_number(one.with_), others=format_number(one.without))


def _level(style: _LevelStyle) -> str:
    return f"{style.ascii_sign if ascii_only() else style.sign} {_(style.word)}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of the rows, for a number of cells in all."""

    name: int
    level: int
    scale: int
    """Cells of one point of calm."""
    short: int
    """Cells at the right of the axis; 0 where there is no room."""
    bar: int = 0
    """Cells of each progress bar; 0 where there is no room beside the longest of their words."""

    @property
    def axis(self) -> int:
        """Cells of the axis."""
        return 2 * REACH * self.scale + 1

    @property
    def after_level(self) -> int:
        """Cells of the axis and what is at its right."""
        return self.axis + (self.short + 2 if self.short else 0)


def layout(rows: Sequence[PatternRow], columns: int) -> Layout:
    """The widest axis that leaves room for names, levels and, from about 90 cells on, words."""
    longest = 24 if columns >= 90 else 18 if columns >= 70 else 14
    name = max(8, name_width([row.name for row in rows], longest))
    level = max((cell_len(row.level) for row in rows), default=0)
    available = columns - name - level - 4
    short = SHORT_WIDTH if available >= 2 * REACH * LEAST_SCALE + 3 + SHORT_WIDTH else 0
    scale = (available - 1 - (short + 2 if short else 0)) // (2 * REACH)
    at = Layout(name, level, min(max(scale, LEAST_SCALE), MOST_SCALE), short)
    words = (cell_len(row.short) for row in rows if row.progress is not None)
    bar = min(at.after_level - 1 - max(words, default=0), BAR_WIDTH)
    return replace(at, bar=bar if bar >= LEAST_BAR else 0)


def axis_line(rows: Sequence[PatternRow], at: Layout) -> Piece:
    """What is compared, and the points of calm above the axis; empty while nothing is drawn."""
    if all(row.interval is None for row in rows):
        return "", "muted"
    text = [" "] * (at.axis + 2)
    for points in range(-REACH, REACH + 1):
        label = format_number(points, 0).replace("-", "-" if ascii_only() else "−")
        label = f"+{label}" if points > 0 else label
        start = (points + REACH) * at.scale + 1 - (len(label) > 1)
        text[start : start + len(label)] = label
    before = at.name + at.level + 3
    heading = _("Calm on days with it (points)")
    if cell_len(heading) >= before:
        heading = _("Calm, in points")
    return pad(heading, before) + "".join(text).rstrip(), "muted"


def row_pieces(row: PatternRow, at: Layout) -> Iterator[Piece]:
    """A row's name, level, interval or progress, and the level in a few words."""
    yield pad(row.name, at.name) + "  ", "name"
    yield pad(row.level, at.level) + "  ", row.role
    if row.interval is not None:
        yield from _interval(row.interval, at.scale, row.role)
        if at.short:
            yield f"  {row.short}", row.role
    elif row.progress is not None:
        if at.bar:
            yield from _bar(*row.progress, at.bar)
            yield " ", "muted"
        yield row.short, "muted"
    else:
        yield row.short, row.role


def _interval(one: Detail, scale: int, role: Role) -> Iterator[Piece]:
    """The interval on the axis, rounded as in the sentences, its estimate and zero; an end beyond
    the axis is an arrow."""
    is_plain = ascii_only()
    bar = ("=" if is_plain else "━") if role in ("found", "leaning") else ("-" if is_plain else "─")
    axis = 2 * REACH * scale
    ends = outward_half_points(one.low, one.high)
    low, point, high = (_cell(points, scale) for points in (ends[0], one.shown, ends[1]))
    cells = [" "] * (axis + 1)
    for cell in range(max(low, 0), min(high, axis) + 1):
        cells[cell] = bar
    zero = REACH * scale
    is_crossed = cells[zero] == bar
    cells[zero] = ("+" if is_crossed else "|") if is_plain else "┼" if is_crossed else "│"
    if low < 0:
        cells[0] = "<" if is_plain else "◂"
    if high > axis:
        cells[axis] = ">" if is_plain else "▸"
    cells[min(max(point, 0), axis)] = "o" if is_plain else "●"
    text = "".join(cells)
    yield text[:zero], role
    yield text[zero], role if is_crossed else "muted"
    yield text[zero + 1 :], role


def _cell(points: float, scale: int) -> int:
    return round_half_up((points + REACH) * scale)


def _bar(count: int, enough: int, cells: int) -> Iterator[Piece]:
    # Rounded, but full only with enough: in a narrow window a cell is a quarter.
    full = cells if count >= enough else min(cells - 1, round_half_up(cells * count / enough))
    done, left = ("#", ".") if ascii_only() else ("▰", "▱")
    yield done * full, "progress"
    yield left * (cells - full), "muted"


def _pattern_lines(view: InsightsView, width: int) -> Iterator[str]:
    """The axis and the rows as plain text, in lines of so many cells."""
    rows = pattern_rows(view)
    at = layout(rows, width)
    if axis := axis_line(rows, at)[0]:
        yield axis
    for row in rows:
        yield "".join(text for text, _role in row_pieces(row, at)).rstrip()


def level_meanings() -> tuple[tuple[str, str], ...]:
    """For help: the signs of the levels, and what each means and doesn't."""
    meanings = {
        Level.STEADY: N_("a difference in calm is much more likely than not"),
        Level.LEANING: N_("a difference in calm is more likely than not; it can still disappear"),
        Level.NOT_CLEAR: N_("the comparison shows no clear difference; that's normal"),
        Level.TOO_EARLY: N_("too few evenings to compare; the bar shows how many there are so far"),
        Level.CANNOT_TELL: N_("you do the practice so regularly that there's nothing to compare"),
        Level.LEFT_OUT: N_("feeling calm is part of the practice"),
    }
    return tuple((_level(_LEVEL_STYLES[level]), _(text)) for level, text in meanings.items())
