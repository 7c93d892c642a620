"""The practices of a day: a row each, and below them what the row asks or what a key did."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.messages import say
from tracker.models import SOFTENING_ID, PracticeDay, State
from tracker.render.columns import DAY_COLUMNS, Column, heading_line, value_line
from tracker.render.symbols import amount_words, mark
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList

SAID_LINES = 2
NAME_MOST = 24
AMOUNT = 18
DAY = 3
"""Cells of a day in the week beside the list."""
WITH_WEEK = 120
"""Columns from which the week stands beside the list."""


class PracticeList(RowList):
    """Practices with their marks and figures; scrolls past what fits."""

    DEFAULT_CSS = "PracticeList { height: 1fr; }"

    rows: reactive[tuple[PracticeDay, ...]] = reactive(())
    cursor: reactive[int | None] = reactive(None)
    """The row it is on, from 0; None while it is on the calm question."""
    figures = reactive(False)
    """Whether streaks are shown: not before the calm question is answered or skipped."""
    said = reactive("")
    """What the last key did; empty shows the row's note or question."""
    beside: reactive[tuple[tuple[str, ...], ...]] = reactive(())
    """The marks of the week, seven for each row, shown where there is room."""
    beside_head: reactive[tuple[str, ...]] = reactive(())
    """Above them, the seven days."""
    evening_note = reactive("")
    """The evening's own note, told while the cursor is on the calm question."""
    empty = reactive("")
    """What is said where there are no practices."""

    def watch_rows(self) -> None:
        """Takes no more lines than it has, so that what comes below stands near it."""
        self.styles.max_height = 2 * max(1, len(self.rows)) + SAID_LINES + 2

    def render(self) -> Content:
        """A line of headings, the rows, a blank line, and two lines of what is said."""
        fits = max(1, self.size.height - SAID_LINES - 2)
        self.scroll_rows(self.cursor, len(self.rows), fits)
        shown = list(enumerate(self.rows))[self._top : self._top + fits]
        rows = [self._row(place, row) for place, row in shown]
        if not self.rows:
            rows.append(Content(f"   {self.empty}"))
        if self._top + fits < len(self.rows):
            rows[-1] = styled_text.clickable(f"   {glyph('…')}", "down")
        lines = [self._heading(), *self.with_air(rows, fits), Content("")]
        lines.extend(self._said())
        return Content("\n").join(lines)

    def _heading(self) -> Content:
        parts = [Content(" " * (6 + self._name_width + 3 + AMOUNT + 3 + self._note_width))]
        if self._shows_figures:
            parts.append(Content.styled(heading_line(self._columns), styled_text.MUTED))
        if self._shows_week:
            parts.append(Content("   "))
            parts.extend(
                styled_text.align_right(day, DAY, styled_text.MUTED) for day in self.beside_head
            )
        return Content.assemble(*parts)

    def _row(self, place: int, row: PracticeDay) -> Content:
        here = place == self.cursor
        practice = row.practice
        amount = amount_words(practice, row.state, row.amount, row.target)
        parts: list[Content] = [
            Content.styled(f" {glyph('›') if here else ' '} ", styled_text.CURSOR),
            Content.styled(f"{practice.key or ' '}  ", styled_text.ACCENT),
            styled_text.user_text(
                practice.name, self._name_width, styled_text.BOLD if here else ""
            ),
            Content.styled(f" {mark(row.state)} ", _style(row.state)),
            styled_text.fit(f" {amount}", AMOUNT),
            Content.styled(f" {glyph('”') if row.note else ' '} ", styled_text.ACCENT),
        ]
        if self._note_width:
            parts.append(styled_text.user_text(row.note, self._note_width, styled_text.MUTED))
        if self._shows_figures:
            parts.append(Content(value_line(self._columns, row)))
        if self._shows_week and place < len(self.beside):
            parts.append(Content("   "))
            parts.extend(styled_text.align_right(one, DAY) for one in self.beside[place])
        return styled_text.clickable(Content.assemble(*parts), f"row {place}")

    def _said(self) -> list[Content]:
        text = self.said or self._row_text()
        shown = styled_text.message_lines(text, self.size.width, SAID_LINES, least=SAID_LINES)
        return [styled_text.clickable(line, "B") for line in shown] if self._breathes else shown

    @property
    def _breathes(self) -> bool:
        """Whether what is said is what softening asks: then one can do it right away."""
        if self.said or self.cursor is None or self.cursor >= len(self.rows):
            return False
        row = self.rows[self.cursor]
        return row.practice.id == SOFTENING_ID and not row.note

    def _row_text(self) -> str:
        if self.cursor is None or self.cursor >= len(self.rows):
            return self.evening_note and say("tonight.note", note=self.evening_note)
        row = self.rows[self.cursor]
        if self._breathes:
            return f"{row.practice.question} B: {say('breathe.along')}".strip()
        return say("tonight.note", note=row.note) if row.note else row.practice.question

    @property
    def _name_width(self) -> int:
        longest = max(
            (Content(sanitize_line(r.practice.name)).cell_length for r in self.rows), default=0
        )
        room = self.size.width - 6 - 3 - AMOUNT - 3 - self._figures_width
        return clamp(longest, 8, clamp(room, 8, NAME_MOST))

    @property
    def _columns(self) -> Sequence[Column]:
        width = self.size.width - 6 - 12 - 3 - AMOUNT - 3
        shown = []
        for column in DAY_COLUMNS:
            if column.width <= width:
                shown.append(column)
                width -= column.width
        return shown

    @property
    def _figures_width(self) -> int:
        return sum(column.width for column in self._columns)

    @property
    def _shows_figures(self) -> bool:
        return self.figures and bool(self.rows)

    @property
    def _shows_week(self) -> bool:
        return self._shows_figures and bool(self.beside) and self.size.width >= WITH_WEEK

    @property
    def _note_width(self) -> int:
        """Notes have a column of their own from 100 columns on."""
        if self.size.width < 100:
            return 0
        week = 3 + 7 * DAY if self.size.width >= WITH_WEEK else 0
        used = 6 + self._name_width + 3 + AMOUNT + 3 + self._figures_width + week
        return clamp(self.size.width - used - 2, 0, 72)


def _style(state: State) -> str:
    return styled_text.CURSOR if state in (State.DONE, State.SOME) else styled_text.MUTED
