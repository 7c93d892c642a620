"""Patterns as rows with a cursor: intervals on one axis, and the sentence of the selected row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content
from textual.reactive import reactive

from tracker.i18n.date_format import format_date_of
from tracker.i18n.messages import _
from tracker.render.calm_text import SCORES_HIDDEN
from tracker.render.columns import name_width, pad
from tracker.render.insight_text import (
    Layout,
    PatternRow,
    Role,
    axis_line,
    layout,
    other_insights,
    pattern_rows,
    row_pieces,
)
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.widgets.row_list import RowList
from tracker.views import InsightsView

STYLES: dict[Role, str] = {
    "name": "",
    "found": styled_text.CURSOR,
    "leaning": styled_text.ACCENT,
    "unclear": styled_text.MUTED,
    "muted": styled_text.MUTED,
    "progress": styled_text.ACCENT,
}

SENTENCE_LINES, MOST_SENTENCE_LINES = 3, 5
"""Lines for the selected row's sentence: at least, and at most where another row needs more."""

TITLE_WIDTH = 24
"""Cells of the titles below the practices, at most; wide panels have two more."""

ROOMY = 30
"""Lines of the panel from which levels are a blank line apart, and the rows below the practices
show their sentences in full."""

WIDEST = 150
"""Cells of a row at most."""


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row below the practices."""

    title: str
    sentence: str
    action: str = ""
    """The screen's action of enter and of a second click, if there is one."""
    days: tuple[date, date] | None = None
    """The first and the last day that the sentence proposes as rest days."""


Row = PatternRow | OtherRow


def rows_of(
    view: InsightsView, coin: Sequence[str], earlier_coins: Sequence[str]
) -> tuple[Row, ...]:
    """The rows of the practices, then those about weekdays, recovery, rest days, the coin and the
    results of earlier coins."""
    weekdays, recovery, rest_days = other_insights(view)
    return (
        *pattern_rows(view),
        OtherRow(*weekdays),
        OtherRow(*recovery),
        OtherRow(*rest_days, "days_off", view.unusual_days),
        OtherRow(_("Coin-flip month"), " ".join(coin), "coin"),
        *(OtherRow(_("Coin-flip month"), sentence, "coin") for sentence in earlier_coins),
    )


def row_content(row: PatternRow, at: Layout, width: int, *, is_current: bool) -> Content:
    """A row after the cursor's marker, cut between words to a width: the reason why a practice
    isn't compared can be longer than the axis."""
    pieces = [
        (text, styled_text.BOLD if role == "name" and is_current else STYLES[role])
        for text, role in row_pieces(row, at)
    ]
    line = Content.assemble(styled_text.cursor_marker(is_current=is_current), *pieces)
    return styled_text.truncate_words(line, width - 1)


class PatternsPanel(RowList):
    """The tabs, the rows, the selected row's sentence, and when the next look is."""

    tabs: reactive[Content] = reactive(Content(""))
    view: reactive[InsightsView | None] = reactive(None)
    """None while it is computed."""
    coin: reactive[tuple[str, ...]] = reactive(())
    """The state of the coin-flip month, in sentences."""
    earlier_coins: reactive[tuple[str, ...]] = reactive(())
    """The results of earlier ones, a sentence each."""
    cursor: reactive[int] = reactive(0)
    """The row, from 0."""
    scores_hidden = reactive(False)
    """Without scores there are no patterns."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows; none while they are computed, or while the scores are hidden."""
        if self.view is None or self.scores_hidden:
            return ()
        return rows_of(self.view, self.coin, self.earlier_coins)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        rows = self.rows
        return rows[min(self.cursor, len(rows) - 1)] if rows else None

    @property
    def row_ids(self) -> list[str]:
        """What each row is about: a practice's id, or words."""
        return [
            (row.practice_id or row.name) if isinstance(row, PatternRow) else row.title
            for row in self.rows
        ]

    def render(self) -> Content:
        head = [Content(""), self.tabs, Content("")]
        if self.scores_hidden:
            text = _(SCORES_HIDDEN)
            most = styled_text.MOST_MESSAGE_LINES
            lines = [*self._wrapped(text, 3), *self._wrapped(self.message, most)]
            return styled_text.page(self, [*head, *lines], otherwise=len(head))
        head = head[self.size.height < ROOMY :]
        if self.view is None:
            looking = Content("   " + _("Looking for patterns…")).stylize(styled_text.MUTED)
            return styled_text.page(self, [*head, looking], otherwise=len(head))
        lines, line_of = self._lines(self.rows)
        spare = self.size.height - len(head) - len(lines) - 2
        least = styled_text.MOST_MESSAGE_LINES if self.message else self._sentence_lines
        foot = self._foot(self.view, max(spare, least))
        # The axis stays above the rows that are drawn on it.
        first = line_of[0]
        head, lines = [*head, *lines[:first]], lines[first:]
        fits = max(1, self.size.height - len(head) - len(foot) - 1)
        at = line_of[min(self.cursor, len(line_of) - 1)] - first
        shown = self.visible_rows(lines.__getitem__, len(lines), at, fits)
        return styled_text.page(self, [*head, *shown, Content(""), *foot])

    def _lines(self, rows: tuple[Row, ...]) -> tuple[list[Content], list[int]]:
        """The lines, and the index of the line of each row."""
        practices = [row for row in rows if isinstance(row, PatternRow)]
        width = min(self.size.width, WIDEST) - 4
        at = layout(practices, width)
        axis = axis_line(practices, at)[0]
        lines = [Content(f"   {axis}").stylize(styled_text.MUTED)] if axis else []
        line_of = []
        for index, row in enumerate(rows):
            if index and self._is_apart(rows[index - 1], row):
                lines.append(Content(""))
            line_of.append(len(lines))
            is_current = self.shows_cursor and index == self.cursor
            if isinstance(row, PatternRow):
                drawn = [row_content(row, at, self.size.width, is_current=is_current)]
            else:
                drawn = self._other(row, rows, is_current=is_current)
            lines += [styled_text.clickable(line, f"screen.select_row({index})") for line in drawn]
        return lines, line_of

    def _is_apart(self, before: Row, row: Row) -> bool:
        """Whether a blank line comes before a row."""
        if isinstance(before, PatternRow) and isinstance(row, PatternRow):
            return self.size.height >= ROOMY and before.level != row.level
        return isinstance(before, PatternRow)

    def _other(self, row: OtherRow, rows: tuple[Row, ...], *, is_current: bool) -> list[Content]:
        titles = [one.title for one in rows if isinstance(one, OtherRow)]
        width = name_width(titles, TITLE_WIDTH if self.size.width < 110 else 26)
        available = min(self.size.width, WIDEST) - width - 8
        if self.size.height < ROOMY:
            wrapped = styled_text.first_lines(row.sentence, available, 1)
        else:
            wrapped = list(Content(sanitize_line(row.sentence)).wrap(available))
        title = Content.assemble(
            styled_text.cursor_marker(is_current=is_current),
            (pad(row.title, width), styled_text.BOLD if is_current else ""),
        )
        indent = " " * title.cell_length
        return [
            Content.assemble(indent if number else title, "  ", line.stylize(styled_text.MUTED))
            for number, line in enumerate(wrapped or [Content("")])
        ]

    def _foot(self, view: InsightsView, most: int) -> list[Content]:
        """The sentence of the row, or the message, in up to `most` lines; then the next look."""
        row = self.row
        # Those of the other rows are whole in the list where there is room.
        is_above = self.size.height >= ROOMY and not isinstance(row, PatternRow)
        sentence = row.sentence if row and not is_above else ""
        lines = self._wrapped(self.message or sentence, most)
        look = _("Next pattern update: {day}.").format(
            day=format_date_of(view.next_update, view.today)
        )
        muted = Content(f"   {look}").stylize(styled_text.MUTED)
        return [*lines, *[Content("")] * (self._sentence_lines - len(lines)), muted]

    def _wrapped(self, text: str, most: int) -> list[Content]:
        return styled_text.message_lines(text, min(self.size.width, WIDEST), most)

    @property
    def _sentence_lines(self) -> int:
        """As many for each row, so that moving the cursor moves nothing else."""
        practices = [row for row in self.rows if isinstance(row, PatternRow)]
        lines = (len(self._wrapped(row.sentence, MOST_SENTENCE_LINES)) for row in practices)
        return max(SENTENCE_LINES, max(lines, default=0))
