"""The practices with their goals: those in the list in their order, and archived ones below."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.models import Practice
from tracker.render.practice_text import goal_words
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList

MESSAGE_LINES = 2
GOAL = 28
"""Cells of "100000 minutes, 7 of 7 days"."""
NAME_MOST = 40
WITH_QUESTION = 110
"""Columns from which each row shows what it asks."""


class PracticeTable(RowList):
    """A line each, and below them a message or the row's question."""

    DEFAULT_CSS = "PracticeTable { height: 1fr; }"

    rows: reactive[tuple[Practice, ...]] = reactive(())
    """Those in the list, then archived ones."""
    today: reactive[date | None] = reactive(None)
    cursor: reactive[int | None] = reactive(None)
    """The row, from 0; None where there is none."""
    message = reactive("")
    """About the last key; empty shows the row's question."""

    def render(self) -> Content:
        """A sentence, the rows with a heading above archived ones, and the message."""
        if self.today is None:
            return Content("")
        lines, line_of = self._lines(self.today)
        head = [
            Content(""),
            Content.assemble("   ", (self._head(), styled_text.MUTED)),
            Content(""),
        ]
        fits = max(1, self.size.height - len(head) - MESSAGE_LINES - 1)
        cursor = None if self.cursor is None else line_of.get(self.cursor)
        # Scrolling to the first row shows the heading above it.
        top = None if self.cursor == 0 else cursor
        shown = self.with_spacing(self.visible_rows(lines.__getitem__, len(lines), top, fits), fits)
        return Content("\n").join([*head, *shown, Content(""), *self._message(self.today)])

    def _head(self) -> str:
        if any(self.today and one.archived_since(self.today) is None for one in self.rows):
            return say("practices.head")
        return say("practices.all_archived") if self.rows else say("practices.nothing")

    def _lines(self, today: date) -> tuple[list[Content], dict[int, int]]:
        """The lines, and the index of the line of each row."""
        lines: list[Content] = []
        line_of: dict[int, int] = {}
        is_archived = False
        for index, one in enumerate(self.rows):
            since = one.archived_since(today)
            if since is not None and not is_archived:
                is_archived = True
                lines.extend([Content("")] if lines else [])
                lines.append(
                    Content.assemble("   ", (say("practices.archived_head"), styled_text.MUTED))
                )
            line_of[index] = len(lines)
            lines.append(self._row(index, one, today, since))
        return lines, line_of

    def _row(self, index: int, one: Practice, today: date, since: date | None) -> Content:
        has_cursor = index == self.cursor
        if since is None:
            words = goal_words(one, today)
        else:
            words = say("practices.since", day=format_day(since, year=since.year != today.year))
        name = styled_text.BOLD if has_cursor else styled_text.MUTED if since else ""
        line = Content.assemble(
            (f" {glyph('›') if has_cursor else ' '} ", styled_text.CURSOR),
            (f"{one.key or ' '}  ", styled_text.ACCENT),
            styled_text.user_text(one.name, self._name_width, name),
            "  ",
            styled_text.fit(words, GOAL, styled_text.MUTED if since else ""),
        )
        available = self.size.width - line.cell_length - 3
        if self.size.width >= WITH_QUESTION and since is None:
            line = Content.assemble(
                line, "  ", styled_text.user_text(one.question, available, styled_text.MUTED)
            )
        return styled_text.clickable(line, f"screen.select_row({index})")

    def _message(self, today: date) -> list[Content]:
        text = self.message or self._row_text(today)
        return styled_text.message_lines(text, self.size.width, MESSAGE_LINES, least=MESSAGE_LINES)

    def _row_text(self, today: date) -> str:
        if self.cursor is None or self.cursor >= len(self.rows):
            return ""
        one = self.rows[self.cursor]
        if one.archived_since(today) is not None:
            return say("practices.archived_row")
        return one.question or say("practices.no_question")

    @property
    def _name_width(self) -> int:
        longest = max(
            (Content(sanitize_line(one.name)).cell_length for one in self.rows), default=0
        )
        available = self.size.width - 6 - 2 - GOAL - 1
        return clamp(longest, 8, clamp(available, 8, NAME_MOST))
