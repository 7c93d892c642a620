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

from tracker.i18n.date_format import days_short, format_date_short, format_range_short
from tracker.i18n.messages import _
from tracker.render.journal_text import ago_words, evening_preview
from tracker.render.symbols import ascii_only
from tracker.render.week_text import NoteSpan, note_spans
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.widgets.calm_chart import chart_lines
from tracker.views import CalmView, PastEvening

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

WIDTH = 40
"""Cells of the panel."""

DAYS = 28
"""Days of the chart."""

NOTE_LINES, PAST_LINES = 3, 3
"""Lines of a note, unless more are free, and of an earlier evening of this day, at most."""

MOST_PAST = 2
"""Earlier evenings of this day at most."""


@dataclass(frozen=True, slots=True)
class RecentDays:
    """What the panel shows, as of today."""

    calm: CalmView
    notes: tuple[NoteSpan, ...]
    """Those of this week and the one before, newest first."""
    past: tuple[PastEvening, ...]
    """Earlier evenings of this day, those with a note first."""
    coin: str
    """Today's coin in a sentence, or that the result is in; "" outside of a coin-flip month."""


def load_recent_days(diary: Diary, *, with_low: bool, scores_hidden: bool) -> RecentDays:
    """A diary job that reads it; low evenings of this day only `with_low`."""
    today = diary.today()
    weeks = (diary.week(today - timedelta(days=7)), diary.week(today))
    notes = note_spans(weeks, today)
    past = diary.journal.on_this_day(with_low=with_low)
    return RecentDays(
        diary.calm(DAYS, None),
        tuple(sorted(notes, key=lambda span: span.last, reverse=True)),
        tuple(sorted(past, key=lambda one: not one.evening.notes)),
        next(iter(diary.coin_forms(scores_hidden=scores_hidden)[0]), ""),
    )


class SidePanel(Widget):
    """The chart is there once tonight is rated, so that earlier scores don't sway this one."""

    DEFAULT_CSS = f"SidePanel {{ dock: right; width: {WIDTH}; margin: 2 1 1 0; }}"

    recent: reactive[RecentDays | None] = reactive(None)
    scores_hidden = reactive(False)
    is_today = reactive(True)
    """Whether today is shown beside it: what is told as of today would look like another day's."""

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
        if not self.is_today:
            return []
        lines: list[Content] = []
        for one in past[:MOST_PAST]:
            lines.append(Content.styled(ago_words(one), styled_text.MUTED))
            lines += styled_text.first_lines(evening_preview(one.evening), WIDTH - 4, PAST_LINES)
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
        days = [_days_words(span, recent.calm.today) for span in recent.notes]
        of_a_day = [
            len(name) + 1
            for name, span in zip(days, recent.notes, strict=True)
            if span.first == span.last
        ]
        # The name of a range doesn't make the other notes narrower.
        widths = [max(5, *of_a_day, len(name) + 1) for name in days]
        texts = [
            _("{name}: {note}").format(name=span.about, note=span.note) for span in recent.notes
        ]
        wanted = [
            len(styled_text.first_lines(text, WIDTH - 5 - width, max(1, fits)))
            for text, width in zip(texts, widths, strict=True)
        ]
        lines: list[Content] = []
        given = styled_text.share_lines(wanted, fits, NOTE_LINES)
        for name, text, width, most in zip(days, texts, widths, given, strict=False):
            for number, line in enumerate(styled_text.first_lines(text, WIDTH - 5 - width, most)):
                head = Content.styled(f"{'' if number else name:<{width}}", styled_text.MUTED)
                lines.append(Content.assemble(head, line))
        return [styled_text.panel(_("Notes"), lines, WIDTH)] if lines else []


def _days_words(span: NoteSpan, today: date) -> str:
    """The days of a note: a weekday alone means one of the last seven days."""
    if (today - span.first).days < 7:
        return days_short(span.first, span.last, styled_text.glyph("–"))
    if span.first == span.last:
        return format_date_short(span.first)
    return format_range_short(span.first, span.last, styled_text.glyph("–"), year=False)
