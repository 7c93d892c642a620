"""The year as a heatmap, and below it what each practice adds up to."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.dates import month_names, weekday_two
from tracker.i18n.messages import say
from tracker.models import CALM_ID, Evening
from tracker.render.heatmap import BLANK, month_line, shade, weeks_of
from tracker.render.year_text import (
    ALL,
    YearRow,
    legend,
    practice_year,
    signs,
    subject_words,
    without_scores,
    year_rows,
    year_sentence,
)
from tracker.tui import styled_text
from tracker.tui.feedback import calm_cell, practice_cell, whole_day
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.row_list import RowList
from tracker.views import YearView

LEFT = 6
"""Cells to the left of the heatmap."""
FIGURES = 24
"""Cells of days, longest and best weekday."""


class YearTable(RowList):
    """One sign for each day, in the row of its weekday; one row for each practice."""

    DEFAULT_CSS = "YearTable { height: 1fr; }"

    year: reactive[YearView | None] = reactive(None)
    place: reactive[int] = reactive(0)
    """The day the cursor is on, from 0."""
    row: reactive[int] = reactive(0)
    """What is drawn: 0 all practices, 1 calm, then each practice."""
    hushed = reactive(False)
    """Whether calm scores are hidden."""
    said = reactive("")
    """What the last key did; empty tells what the day holds."""

    def render(self) -> Content:
        """Sentence, heatmap, legend, list, and below what the day holds."""
        view = self.year
        if view is None:
            return Content("")
        sentence = year_sentence(view, scores_hidden=self.hushed)
        if self.hushed:
            view = without_scores(view)
        rows = year_rows(view)
        above = [
            Content(""),
            styled_text.truncate(Content(f"   {sentence}"), self.size.width - 1),
            *([Content("")] if self.size.height > 24 else []),
            *self._heatmap(view),
            Content(f"   {legend(view, self.subject)}")
            .truncate(self.size.width)
            .stylize(styled_text.MUTED),
            *([Content("")] if self.size.height > 24 else []),
            self._headings(rows),
        ]
        fits = max(1, self.size.height - len(above) - 4)
        listed = self._listed(rows, fits)
        return Content("\n").join([*above, *listed, Content(""), *self._said(view, rows)])

    def _listed(self, rows: tuple[YearRow, ...], fits: int) -> list[Content]:
        if fits == 1:
            return [self._line(self.row, rows[self.row], self._head(rows))]
        self.scroll_rows(self.row, len(rows), fits)
        shown = list(enumerate(rows))[self._top : self._top + fits]
        head = self._head(rows)
        listed = [self._line(place, row, head) for place, row in shown]
        if self._top + fits < len(rows):
            listed[-1] = styled_text.clickable(f"   {glyph('…')}", "down")
        return self.with_air(listed, fits)

    def _heatmap(self, view: YearView) -> list[Content]:
        drawn = signs(view, self.subject)
        months = month_line(view.days, view.week_starts_on, self._cell)
        lines = [Content(" " * LEFT + months).stylize(styled_text.MUTED)]
        here = (view.days[self.place].weekday() - view.week_starts_on) % 7
        for number, places in enumerate(weeks_of(view.days, view.week_starts_on)):
            name = weekday_two((view.week_starts_on + number) % 7)
            style = styled_text.BOLD if number == here else styled_text.MUTED
            cells = [self._day(place, drawn) for place in places]
            lines.append(Content.assemble("   ", (name, style), " ", *cells))
        return lines

    def _day(self, place: int | None, drawn: tuple[str, ...]) -> Content:
        if place is None:
            return Content(BLANK * self._cell)
        style = styled_text.MUTED if drawn[place] in (shade(0), BLANK) else styled_text.ACCENT
        wide = Content(drawn[place] * max(1, self._cell - 1))
        sign = wide.stylize(f"{style} reverse" if place == self.place else style)
        room = Content(BLANK * (self._cell - wide.cell_length))
        return styled_text.clickable(Content.assemble(sign, room), f"cell {place}")

    def _headings(self, rows: tuple[YearRow, ...]) -> Content:
        letters = 3 if self._month > 3 else 1
        months = "".join(month[:letters].rjust(self._month) for month in month_names())
        head = " " * self._head(rows) + months + say("columns.days").rjust(6)
        if self._has_all_figures:
            head += f"{say('columns.longest'):>10}  {say('columns.best')}"
        return Content(head.rstrip()).stylize(styled_text.MUTED)

    def _line(self, place: int, row: YearRow, head: int) -> Content:
        here = place == self.row
        figures = "".join(cell.rjust(self._month) for cell in row.months)
        line = Content.assemble(
            (f" {glyph('›') if here else ' '} ", styled_text.CURSOR),
            (f"{row.key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(row.name, head - 5, styled_text.BOLD if here else ""),
            figures,
            f"{row.total:>6}",
            f"{row.longest:>10}  {row.weekday_short}" if self._has_all_figures else "",
        )
        return styled_text.clickable(line, f"row {place}")

    def _said(self, view: YearView, rows: tuple[YearRow, ...]) -> list[Content]:
        width = max(20, self.size.width - 6)
        lines = styled_text.message_lines(
            self.said or self._day_text(view), self.size.width, 2, least=2
        )
        hidden = self.hushed and self.subject == CALM_ID
        words = say("trend.hidden") if hidden else subject_words(view, rows[self.row])
        summed = styled_text.truncate(Content(words), width)
        return [*lines, Content.assemble("   ", summed.stylize(styled_text.MUTED))]

    def _day_text(self, view: YearView) -> str:
        if self.subject == ALL:
            return whole_day(view, self.place, hushed=self.hushed)
        if self.subject == CALM_ID:
            return calm_cell(self.evenings[self.place], hushed=self.hushed)
        return practice_cell(practice_year(view, self.subject), view.days[self.place], self.place)

    @property
    def subject(self) -> str:
        """`all`, `calm` or the id of the practice that is drawn."""
        return (ALL, CALM_ID, *self.practice_ids)[self.row]

    @property
    def evenings(self) -> tuple[Evening, ...]:
        """Those of the year, one a day."""
        return () if self.year is None else self.year.evenings

    @property
    def practice_ids(self) -> tuple[str, ...]:
        """Those that lived in the year."""
        return () if self.year is None else tuple(p.practice.id for p in self.year.practices)

    @property
    def _cell(self) -> int:
        """Cells of a week: as many, up to three, as let all 54 of a year fit."""
        return clamp((self.size.width - LEFT) // 54, 1, 3)

    @property
    def _month(self) -> int:
        if self.size.width >= 150:
            return 6
        return 4 if self.size.width >= 100 else 3

    @property
    def _has_all_figures(self) -> bool:
        """Whether longest and best have room beside the days."""
        return self.size.width >= 5 + 8 + 12 * self._month + FIGURES

    def _head(self, rows: tuple[YearRow, ...]) -> int:
        """Cells of cursor, letter and name."""
        longest = max(Content(row.name).cell_length for row in rows)
        figures = FIGURES if self._has_all_figures else 6
        room = self.size.width - 12 * self._month - figures - 5
        return 5 + clamp(longest, 8, clamp(room, 8, 30))
