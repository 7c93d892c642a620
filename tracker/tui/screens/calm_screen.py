"""Calm: a chart of scores over time with its trend, and what goes with calmer evenings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.messages import say
from tracker.render.calm_text import calm_title, chart_signs
from tracker.rules.days import EARLIEST
from tracker.tui.bindings import prioritized
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.calm_panel import HEIGHT_FOR_BOTH, INSIGHTS_TAB, SPANS, CalmPanel
from tracker.tui.widgets.key_hints import Hint, KeyHints
from tracker.tui.widgets.top_bar import TopBar
from tracker.views import CalmView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.insights_worker import InsightsResult


class CalmScreen(DiaryScreen):
    """The cursor is on an evening; up and down choose the span, then the insights."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("up", "choose(-1)", "Before", show=False, id="calm_up",
                tooltip="A shorter time"),
        Binding("down", "choose(1)", "Next", id="calm_down",
                tooltip="A longer time; after all of it, what goes with calmer evenings"),
        Binding("pageup", "scroll(-10)", "Up", show=False, id="calm_page_up",
                tooltip="Further up"),
        Binding("pagedown", "scroll(10)", "Down", show=False, id="calm_page_down",
                tooltip="Further down"),
        Binding("left", "day(-1)", "Day before", id="calm_left", tooltip="The evening before"),
        Binding("right", "day(1)", "Day after", id="calm_right", tooltip="The evening after"),
        Binding("left_square_bracket", "period(-1)", "Before", id="calm_before",
                tooltip="The time before"),
        Binding("right_square_bracket", "period(1)", "After", id="calm_after",
                tooltip="The time after"),
        Binding("enter,space", "open", "Open the day", id="calm_open", tooltip="Open this day"),
        Binding("plus", "coin", "Coin-flip month", id="calm_coin",
                tooltip="A coin-flip month: begin one, see where it stands, stop it"),
        Binding("x", "explain", "Explain", id="calm_explain", tooltip="How the line came about"),
        Binding("escape", "back", "Back", show=False, id="calm_back",
                tooltip="Back to Tonight"),
    ])  # fmt: skip

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The evening to move the cursor to once it is read; None for today."""
        self._until: date | None = None
        """The last day shown; None for today, whichever day that is."""

    def compose(self) -> ComposeResult:
        """The period, the chart with what it says, the keys."""
        yield TopBar()
        yield CalmPanel()
        yield KeyHints(_hints(0))

    def on_mount(self) -> None:
        """Reads the last four weeks."""
        self.query_one(TopBar).screen_key = "C"
        self.reload()

    @property
    def _panel(self) -> CalmPanel:
        return self.query_one(CalmPanel)

    @property
    def _span(self) -> int | None:
        """The days shown; None for all."""
        return SPANS[min(self._panel.tab, INSIGHTS_TAB - 1)]

    @property
    def day(self) -> date | None:
        view = self._panel.view
        return None if view is None else view.days[self._panel.cursor].day

    def go_to_day(self, day: date) -> None:
        self._wanted = max(day, EARLIEST)
        view = self._panel.view
        if view is None:
            return
        self.set_message("")
        first, last = view.days[0].day, view.days[-1].day
        self._wanted = min(self._wanted, view.today)
        if first <= self._wanted <= last:
            self._panel.cursor = (self._wanted - first).days
            return
        if self._span is not None:
            behind = self._wanted < first
            end = self._wanted if behind else self._wanted + timedelta(days=self._span - 1)
            self._until = None if end >= view.today else end
        self.reload()

    def load(self) -> Callable[[Diary], CalmView]:
        span, until = self._span, self._until
        return lambda diary: diary.calm(span, None if until is None else min(until, diary.today()))

    def show_page(self, page: CalmView) -> None:
        panel = self._panel
        first = page.days[0].day
        wanted = self._wanted or page.today
        panel.scores_hidden = self.scores_hidden
        panel.view = page
        panel.cursor = clamp((wanted - first).days, 0, len(page.days) - 1)
        self.query_one(TopBar).period = calm_title(page, short=True)
        if panel.tab == INSIGHTS_TAB or panel.size.height >= HEIGHT_FOR_BOTH:
            self._request_insights()

    def marks(self) -> Iterable[tuple[str, str]]:
        return chart_signs()

    def figures(self) -> str:
        from tracker.render.insight_text import method

        return "\n\n".join((say("trend.how"), say("method.title"), "\n".join(method())))

    def set_message(self, sentence: str) -> None:
        self._panel.message = sentence

    # Keys

    def action_choose(self, by: int) -> None:
        """Shows a shorter or a longer span, and after the longest the insights."""
        self.action_select_tab(clamp(self._panel.tab + by, 0, INSIGHTS_TAB))

    def action_select_tab(self, tab: int) -> None:
        """Shows a span of SPANS, or INSIGHTS_TAB; also by a click on its name."""
        self._wanted = self.day
        self._panel.tab = tab
        self._panel.scroll_top = 0
        self.query_one(KeyHints).hints = _hints(tab)
        self.set_message("")
        if tab == INSIGHTS_TAB:
            self._request_insights()
        else:
            self.reload()

    def action_scroll(self, by: int) -> None:
        """Scrolls the insights."""
        self._panel.scroll_top = max(0, self._panel.scroll_top + by)

    def _request_insights(self) -> None:
        self.calmtrack.request_insights(self._show_insights)

    def _show_insights(self, result: InsightsResult) -> None:
        if self.is_attached:
            self._panel.insights, self._panel.coin = result.insights, result.coin

    def action_day(self, by: int) -> None:
        """Moves the cursor; past the edge, into the period before or after."""
        if (day := self.day) is not None:
            self.go_to_day(day + timedelta(days=by))

    def action_period(self, by: int) -> None:
        """Shows the period before or after."""
        view, span = self._panel.view, self._span
        if view is None or span is None:
            return
        end = view.days[-1].day + timedelta(days=by * span)
        if by > 0 and self._until is None:
            return
        self._until = None if end >= view.today else max(end, EARLIEST)
        self._wanted = self._until
        self.set_message("")
        self.reload()

    def action_open(self) -> None:
        """Opens the day on Tonight's screen."""
        if (day := self.day) is not None:
            self.calmtrack.show_day(day)

    def action_coin(self) -> None:
        """Opens the coin-flip month: its state, to begin or to stop it."""
        from tracker.tui.screens.coin_month_dialog import open_coin_month

        open_coin_month(self)

    async def action_explain(self) -> None:
        """Explains how the trend is computed, or how the insights are."""
        from tracker.render.insight_text import method
        from tracker.tui.dialogs.text_dialog import TextDialog

        if self._panel.tab == INSIGHTS_TAB:
            await self.app.push_screen(TextDialog(say("insights.title"), method()))
        else:
            self.set_message(say("trend.how"))


def _hints(tab: int) -> tuple[Hint, ...]:
    """The hints for a span, or for the insights."""
    coin = ("+", say("hints.coin"), "plus")
    end = (("T", say("hints.tonight"), "T"), ("?", say("hints.help"), "question_mark"))
    if tab == INSIGHTS_TAB:
        method = ("x", say("hints.method"), "x")
        return ((glyph("↑↓"), say("hints.how_long"), None), method, coin, *end)
    return (
        (glyph("←→"), say("hints.day"), None),
        (glyph("↑↓"), say("hints.how_long"), None),
        ("[ ]", say("hints.period"), None),
        (glyph("↵"), say("hints.open_day"), "enter"),
        ("x", say("hints.explain"), "x"),
        coin,
        *end,
    )
