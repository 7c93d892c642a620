"""The panel beside Tonight: four weeks of calm, the latest notes, earlier evenings of this day,
and the coin of a coin-flip month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.date_format import format_date_short, weekday_short
from tracker.i18n.messages import _
from tracker.render.journal_text import ago_words, evening_preview
from tracker.render.symbols import ascii_only
from tracker.render.week_text import day_notes
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.widgets.calm_chart import chart_lines
from tracker.views import CalmView, PastEvening, WeekView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

WIDTH = 40
"""Cells of the panel."""

DAYS = 28
"""Days of the chart."""

NOTE_LINES, PAST_LINES = 2, 3
"""Lines of a note, and of an earlier evening of this day, at most."""

MOST_PAST = 2
"""Earlier evenings of this day at most."""


@dataclass(frozen=True, slots=True)
class RecentDays:
    """What the panel shows, as of today."""

    calm: CalmView
    notes: tuple[tuple[date, str, str], ...]
    """The day, what it is about and the note, newest first, of this week and the one before."""
    past: tuple[PastEvening, ...]
    """Earlier evenings of this day, those with a note first."""
    coin: str
    """Today's coin in a sentence; "" outside of a coin-flip month."""


def load_recent_days(diary: Diary, *, with_low: bool) -> RecentDays:
    """A diary job that reads it; low evenings of this day only `with_low`."""
    today = diary.today()
    weeks = (diary.week(today), diary.week(today - timedelta(days=7)))
    notes = [one for week in weeks for one in _notes(week) if one[0] <= today]
    past = diary.journal.on_this_day(with_low=with_low)
    return RecentDays(
        diary.calm(DAYS, None),
        tuple(sorted(notes, key=lambda one: one[0], reverse=True)),
        tuple(sorted(past, key=lambda one: not one.evening.notes)),
        diary.coins()[0],
    )


def _notes(week: WeekView) -> list[tuple[date, str, str]]:
    return [
        (evening.day, name, note)
        for place, evening in enumerate(week.days)
        for name, note in day_notes(week, place, _("Evening"))
    ]


class SidePanel(Widget):
    """The chart is there once tonight is rated, so that earlier scores don't sway this one."""

    DEFAULT_CSS = f"SidePanel {{ dock: right; width: {WIDTH}; margin: 2 1 1 0; }}"

    recent: reactive[RecentDays | None] = reactive(None)
    scores_hidden = reactive(False)

    def render(self) -> Content:
        """The panels from the top, a blank line between two. The notes get the lines that the
        others leave."""
        if self.recent is None:
            return Content("")
        above = self._calm(self.recent.calm)
        below = [*self._on_this_day(self.recent.past), *self._coin(self.recent.coin)]
        lines_left = self.size.height - sum(len(panel) + 1 for panel in (*above, *below)) - 2
        panels = [*above, *self._notes(self.recent, lines_left), *below]
        return Content("\n\n").join(Content("\n").join(panel) for panel in panels)

    def _calm(self, calm: CalmView) -> list[list[Content]]:
        if calm.days[-1].calm is None or self.scores_hidden or ascii_only():
            return []
        return [styled_text.panel(_("Four weeks"), self._chart(calm), WIDTH)]

    def _on_this_day(self, past: Sequence[PastEvening]) -> list[list[Content]]:
        """The evenings without their scores, which would sway tonight's."""
        lines: list[Content] = []
        for one in past[:MOST_PAST]:
            lines.append(Content.styled(ago_words(one), styled_text.MUTED))
            lines += _first_lines(evening_preview(one.evening), WIDTH - 4, PAST_LINES)
        return [styled_text.panel(_("On this day"), lines, WIDTH)] if lines else []

    def _coin(self, sentence: str) -> list[list[Content]]:
        if not sentence:
            return []
        lines = list(Content(sanitize_line(sentence)).wrap(WIDTH - 4))
        return [styled_text.panel(_("Coin-flip month"), lines, WIDTH)]

    def _chart(self, calm: CalmView) -> list[Content]:
        height = clamp(self.size.height - 14, 7, 11)
        return chart_lines(self.app, calm, WIDTH - 5, height)

    def _notes(self, recent: RecentDays, fits: int) -> list[list[Content]]:
        lines: list[Content] = []
        # A weekday alone means one of the last seven days.
        days = [
            weekday_short(day.weekday())
            if (recent.calm.today - day).days < 7
            else format_date_short(day)
            for day, _about, _note in recent.notes
        ]
        width = max(5, max(map(len, days), default=0) + 1)
        for name, (_day, about, note) in zip(days, recent.notes, strict=True):
            shown = _first_lines(
                _("{name}: {note}").format(name=about, note=note), WIDTH - 5 - width, NOTE_LINES + 1
            )
            if len(lines) + len(shown) > fits:
                break
            for number, text in enumerate(shown):
                head = Content.styled(f"{'' if number else name:<{width}}", styled_text.MUTED)
                lines.append(Content.assemble(head, text))
        return [styled_text.panel(_("Notes"), lines, WIDTH)] if lines else []


def _first_lines(text: str, width: int, most: int) -> list[Content]:
    """The first lines of a text, with `…` where there are more."""
    lines = list(Content(sanitize_line(text)).wrap(width))
    shown = lines[:most]
    if len(lines) > most:
        end = styled_text.glyph("…")
        shown[-1] = Content.assemble(shown[-1].rstrip().truncate(width - len(end)), end)
    return shown
