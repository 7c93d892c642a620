"""The panel beside Tonight: four weeks of calm as a small chart, and the latest notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.dates import weekday_short
from tracker.i18n.messages import _
from tracker.render.braille_chart import braille_chart
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.chart_style import chart_line
from tracker.views import CalmView, WeekView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

WIDTH = 40
"""Cells of the panel."""

DAYS = 28
"""Days of the chart."""

NOTE_LINES = 2
"""Lines of a note at most."""


@dataclass(frozen=True, slots=True)
class RecentDays:
    """What the panel shows, as of today."""

    calm: CalmView
    notes: tuple[tuple[date, str], ...]
    """Newest first, of this week and the one before."""


def load_recent_days(diary: Diary) -> RecentDays:
    """A diary job that reads it."""
    today = diary.today()
    weeks = (diary.week(today), diary.week(today - timedelta(days=7)))
    notes = [one for week in weeks for one in _notes(week) if one[0] <= today]
    return RecentDays(diary.calm(DAYS, None), tuple(sorted(notes, reverse=True)))


def _notes(week: WeekView) -> list[tuple[date, str]]:
    return [
        (evening.day, note)
        for place, evening in enumerate(week.days)
        for note in (evening.note, *(one.notes[place] for one in week.practices))
        if note
    ]


class SidePanel(Widget):
    """The chart is there once tonight is rated, so that earlier scores don't sway this one."""

    DEFAULT_CSS = f"SidePanel {{ dock: right; width: {WIDTH}; margin: 2 1 1 0; }}"

    recent: reactive[RecentDays | None] = reactive(None)
    scores_hidden = reactive(False)

    def render(self) -> Content:
        """As many panels as there is height for."""
        if self.recent is None:
            return Content("")
        lines: list[Content] = []
        calm = self.recent.calm
        if calm.days[-1].calm is not None and not self.scores_hidden and not ascii_only():
            lines = styled_text.panel(_("Four weeks"), self._chart(calm), WIDTH)
            lines.append(Content(""))
        notes = self._notes(self.recent, self.size.height - len(lines) - 2)
        if notes:
            lines += styled_text.panel(_("Notes"), notes, WIDTH)
        return Content("\n").join(lines)

    def _chart(self, calm: CalmView) -> list[Content]:
        height = clamp(self.size.height - 14, 7, 11)
        has_cells = has_cell_colors(self.app)
        lines = braille_chart(calm.days, calm.usual_range, WIDTH - 5, height, None)
        return [chart_line(line, has_cells=has_cells) for line in lines]

    def _notes(self, recent: RecentDays, fits: int) -> list[Content]:
        lines: list[Content] = []
        for day, note in recent.notes:
            texts = list(Content(sanitize_line(note)).wrap(WIDTH - 10))
            shown = texts[:NOTE_LINES]
            if len(texts) > NOTE_LINES:
                end = styled_text.glyph("…")
                cut = shown[-1].rstrip().truncate(WIDTH - 10 - len(end))
                shown[-1] = Content.assemble(cut, end)
            if len(lines) + len(shown) > fits:
                break
            name = weekday_short(day.weekday())
            for number, text in enumerate(shown):
                head = Content.styled(f"{'' if number else name:<5}", styled_text.MUTED)
                lines.append(Content.assemble(head, text))
        return lines
