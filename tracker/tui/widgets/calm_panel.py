"""Calm over time: the chart, the sentences that say the same, and the insights."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

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
from tracker.views import CalmView, InsightsView

SPANS = (28, 91, 365, None)
"""The numbers of days that can be shown; None is all."""

INSIGHTS_TAB = len(SPANS)
"""The tab after them: what goes with calmer evenings."""

HEIGHT_FOR_BOTH = 36
"""Lines from which the insights are shown below the chart as well."""

TALL = 50
"""Lines from which the chart has two lines for each score."""

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "usual": styled_text.ACCENT,
    "dot": styled_text.CURSOR,
    "line": styled_text.MUTED,
    "cursor": styled_text.CURSOR,
}


class CalmPanel(Widget):
    """The tabs, the chart, what it says, and the evening under the cursor."""

    DEFAULT_CSS = "CalmPanel { height: 1fr; }"

    view: reactive[CalmView | None] = reactive(None)
    tab: reactive[int] = reactive(0)
    """The index in SPANS of what is shown, or INSIGHTS_TAB."""
    insights: reactive[InsightsView | None] = reactive(None)
    """What goes with calmer evenings; None while it is computed."""
    coin: reactive[tuple[str, ...]] = reactive(())
    """The state of the coin-flip month, in sentences."""
    scroll_top: reactive[int] = reactive(0)
    """Lines of the insights above what is shown."""
    cursor: reactive[int] = reactive(0)
    """The evening, from 0."""
    scores_hidden = reactive(False)
    """Without scores there is no chart."""
    message = reactive("")
    """About the last key; empty describes the cursor's evening."""

    def render(self) -> Content:
        """Tabs, chart, sentences, the evening, and where there is height the insights."""
        view = self.view
        if view is None:
            return Content("")
        if self.scores_hidden:
            return Content(f"\n   {say('trend.hidden')}\n\n   {sanitize_line(self.message)}")
        if self.tab == INSIGHTS_TAB:
            return self._insights_page()
        width = min(self.size.width - 4, 5 + 3 * len(view.days))
        chart = [
            Content.assemble("  ", *((text, _STYLES[role]) for text, role in line))
            for line in calm_chart(
                view.days, view.usual_range, width, self.cursor, tall=self.size.height >= TALL
            )
        ]
        spare = self.size.height - len(chart) - 8
        gap = [Content("")] if spare > 0 else []
        sentences = self._sentences(view, width)
        lines = [self._tabs(), *gap, *chart, *gap, *sentences, *gap, *self._message(view)]
        if len(lines) < self.size.height:
            lines.insert(0, Content(""))
        if self.size.height >= HEIGHT_FOR_BOTH:
            lines += [Content(""), *self._insights()]
        return Content("\n").join(lines)

    def _insights_page(self) -> Content:
        lines = self._insights()
        message = [Content("")] if self.message else []
        message += styled_text.message_lines(self.message, self.size.width, self.size.height)
        fits = max(1, self.size.height - 3 - len(message))
        top = clamp(self.scroll_top, 0, max(0, len(lines) - fits))
        shown = lines[top : top + fits]
        if top + fits < len(lines):
            shown[-1] = styled_text.clickable(f"   {glyph('…')}", "screen.scroll(10)")
        return Content("\n").join([Content(""), self._tabs(), Content(""), *shown, *message])

    def _insights(self) -> list[Content]:
        if self.insights is None:
            return [Content(f"   {say('insights.looking')}").stylize(styled_text.MUTED)]
        width = min(100, self.size.width - 4)
        lines = [Content(f"   {line}") for line in insights_lines(self.insights, width)]
        coin = [
            styled_text.clickable(f"   {line}", "screen.coin")
            for line in coin_lines(self.coin, width)
        ]
        return [*lines, Content(""), *coin]

    def _tabs(self) -> Content:
        tabs = []
        names = [say(f"calm.span_{span or 'all'}") for span in SPANS]
        for tab, name in enumerate([*names, say("calm.goes_with")]):
            is_open = tab == self.tab
            text = f"[{name}]" if is_open else f" {name} "
            label = Content(text).stylize(styled_text.CURSOR if is_open else "")
            tabs.append(styled_text.clickable(label, f"screen.select_tab({tab})"))
        return Content.assemble("   ", Content("  " if self.size.width >= 70 else "").join(tabs))

    def _sentences(self, view: CalmView, width: int) -> list[Content]:
        text = " ".join(calm_sentences(view))
        if (each := days_in_a_column(view, width)) > 1:
            text = f"{text} {say('trend.each', days=each)}"
        return styled_text.message_lines(text, self.size.width, 3)

    def _message(self, view: CalmView) -> list[Content]:
        one = view.days[clamp(self.cursor, 0, len(view.days) - 1)]
        return styled_text.message_lines(self.message or evening_words(one), self.size.width, 2)
