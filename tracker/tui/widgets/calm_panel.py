"""Calm over time as a picture, with the sentences that say the same."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.messages import say
from tracker.render.calm_text import (
    Role,
    calm_chart,
    calm_sentences,
    days_in_a_column,
    evening_words,
)
from tracker.render.insight_text import coin_lines, insights_lines
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.pressable import Pressable
from tracker.views import CalmView, InsightsView

SPANS = (28, 91, 365, None)
"""The days one can look back over; None is all."""

INSIGHTS_TAB = len(SPANS)
"""The choice after them: what goes with calmer evenings."""

ROOM_FOR_BOTH = 36
"""Lines from which that stands below the chart as well."""

TALL = 50
"""Lines from which the chart has two for each score, with that below it."""

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "usual": styled_text.ACCENT,
    "dot": styled_text.CURSOR,
    "line": styled_text.MUTED,
    "cursor": styled_text.CURSOR,
}


class CalmPanel(Pressable):
    """The spans to choose from, the chart, what it says, and the evening under the cursor."""

    DEFAULT_CSS = "CalmPanel { height: 1fr; }"

    view: reactive[CalmView | None] = reactive(None)
    chosen: reactive[int] = reactive(0)
    """Which of SPANS is shown, or GOES_WITH."""
    insights: reactive[InsightsView | None] = reactive(None)
    """What goes with calmer evenings; None while it is worked out."""
    coin: reactive[tuple[str, ...]] = reactive(())
    """Where the coin-flip month stands."""
    scrolled: reactive[int] = reactive(0)
    """Lines of it that are above what is shown."""
    place: reactive[int] = reactive(0)
    """The evening the cursor is on, from 0."""
    hushed = reactive(False)
    """Whether calm scores are hidden: then nothing is drawn."""
    said = reactive("")
    """What the last key did; empty tells about the evening."""

    def render(self) -> Content:
        """From the spans down to the evening."""
        view = self.view
        if view is None:
            return Content("")
        if self.hushed:
            return Content(f"\n   {say('trend.hidden')}\n\n   {sanitize_line(self.said)}")
        if self.chosen == INSIGHTS_TAB:
            return self._goes_with()
        room = min(self.size.width - 4, 5 + 3 * len(view.days))
        chart = [
            Content.assemble("  ", *((text, _STYLES[role]) for text, role in line))
            for line in calm_chart(
                view.days, view.usual_range, room, self.place, tall=self.size.height >= TALL
            )
        ]
        spare = self.size.height - len(chart) - 8
        gap = [Content("")] if spare > 0 else []
        told = [*self._sentences(view, room), *gap, *self._said(view)]
        lines = [self._spans(), *gap, *chart, *gap, *told]
        if len(lines) < self.size.height:
            lines.insert(0, Content(""))
        if self.size.height >= ROOM_FOR_BOTH:
            lines += [Content(""), *self._insights()]
        return Content("\n").join(lines)

    def _goes_with(self) -> Content:
        lines = self._insights()
        told = [Content("")] if self.said else []
        told += styled_text.message_lines(self.said, self.size.width, self.size.height)
        fits = max(1, self.size.height - 3 - len(told))
        top = clamp(self.scrolled, 0, max(0, len(lines) - fits))
        shown = lines[top : top + fits]
        if top + fits < len(lines):
            shown[-1] = styled_text.clickable(f"   {glyph('…')}", "pagedown")
        return Content("\n").join([Content(""), self._spans(), Content(""), *shown, *told])

    def _insights(self) -> list[Content]:
        if self.insights is None:
            return [Content(f"   {say('insights.looking')}").stylize(styled_text.MUTED)]
        room = min(100, self.size.width - 4)
        lines = [Content(f"   {line}") for line in insights_lines(self.insights, room)]
        coin = [styled_text.clickable(f"   {line}", "plus") for line in coin_lines(self.coin, room)]
        return [*lines, Content(""), *coin]

    def _spans(self) -> Content:
        named = []
        names = [say(f"calm.span_{span or 'all'}") for span in SPANS]
        for place, name in enumerate([*names, say("calm.goes_with")]):
            chosen = place == self.chosen
            text = f"[{name}]" if chosen else f" {name} "
            named.append(
                styled_text.clickable(
                    Content(text).stylize(styled_text.CURSOR if chosen else ""), f"span {place}"
                )
            )
        return Content.assemble("   ", Content("  " if self.size.width >= 70 else "").join(named))

    def _sentences(self, view: CalmView, room: int) -> list[Content]:
        told = " ".join(calm_sentences(view))
        if (each := days_in_a_column(view, room)) > 1:
            told = f"{told} {say('trend.each', days=each)}"
        return styled_text.message_lines(told, self.size.width, 3)

    def _said(self, view: CalmView) -> list[Content]:
        one = view.days[clamp(self.place, 0, len(view.days) - 1)]
        return styled_text.message_lines(self.said or evening_words(one), self.size.width, 2)
