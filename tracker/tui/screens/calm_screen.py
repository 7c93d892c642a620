"""Calm: every evening on a scale that stays, the line through them, and what it says."""

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
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.calm_panel import INSIGHTS_TAB, ROOM_FOR_BOTH, SPANS, CalmPanel
from tracker.tui.widgets.key_hints import Hint, KeyHints
from tracker.tui.widgets.top_bar import TopBar
from tracker.views import CalmView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.insights_worker import InsightsResult


class CalmScreen(DiaryScreen):
    """The cursor is on an evening; up and down choose how long a time is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
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
        Binding("escape", "tonight", "Back", show=False, id="calm_back", tooltip="Back to Tonight"),
    ]  # fmt: skip

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The evening the cursor goes to once it is read; None for today."""
        self._until: date | None = None
        """The last day shown; None for today, whichever day that is."""

    def compose(self) -> ComposeResult:
        """The time shown, the picture, the keys."""
        yield TopBar()
        yield CalmPanel()
        yield KeyHints(_hints(0))

    def on_mount(self) -> None:
        """Reads the last four weeks."""
        self.query_one(TopBar).room = "C"
        self.reread()

    @property
    def _picture(self) -> CalmPanel:
        return self.query_one(CalmPanel)

    @property
    def _span(self) -> int | None:
        """The days of the time shown; None for all."""
        return SPANS[min(self._picture.chosen, INSIGHTS_TAB - 1)]

    @property
    def day(self) -> date | None:
        view = self._picture.view
        return None if view is None else view.days[self._picture.place].day

    def go_to_day(self, day: date) -> None:
        self._wanted = max(day, EARLIEST)
        view = self._picture.view
        if view is None:
            return
        self.tell("")
        first, last = view.days[0].day, view.days[-1].day
        self._wanted = min(self._wanted, view.today)
        if first <= self._wanted <= last:
            self._picture.place = (self._wanted - first).days
            return
        if self._span is not None:
            behind = self._wanted < first
            end = self._wanted if behind else self._wanted + timedelta(days=self._span - 1)
            self._until = None if end >= view.today else end
        self.reread()

    def read(self) -> Callable[[Diary], CalmView]:
        span, until = self._span, self._until
        return lambda diary: diary.calm(span, None if until is None else min(until, diary.today()))

    def show(self, page: CalmView) -> None:
        view = page
        picture = self._picture
        first = view.days[0].day
        wanted = self._wanted or view.today
        picture.hushed = self.hushed
        picture.view = view
        picture.place = clamp((wanted - first).days, 0, len(view.days) - 1)
        self.query_one(TopBar).period = calm_title(view, short=True)
        if picture.chosen == INSIGHTS_TAB or picture.size.height >= ROOM_FOR_BOTH:
            self._look()

    def marks(self) -> Iterable[tuple[str, str]]:
        return chart_signs()

    def figures(self) -> str:
        from tracker.render.insight_text import method

        return "\n\n".join((say("trend.how"), say("method.title"), "\n".join(method())))

    def tell(self, sentence: str) -> None:
        self._picture.said = sentence

    # Keys

    def action_choose(self, by: int) -> None:
        """Shows a shorter or a longer time, and after the longest what goes with it."""
        self._choose(clamp(self._picture.chosen + by, 0, INSIGHTS_TAB))

    def _choose(self, place: int) -> None:
        self._wanted = self.day
        self._picture.chosen = place
        self._picture.scrolled = 0
        self.query_one(KeyHints).hints = _hints(place)
        self.tell("")
        if place == INSIGHTS_TAB:
            self._look()
        else:
            self.reread()

    def action_scroll(self, by: int) -> None:
        """Goes further up or down in what is told."""
        self._picture.scrolled = max(0, self._picture.scrolled + by)

    def _look(self) -> None:
        """What goes with calmer evenings, beside the chart or in its place."""
        self.calmtrack.ask_what_goes_with_calm(self._looked)

    def _looked(self, found: InsightsResult) -> None:
        if self.is_attached:
            self._picture.insights, self._picture.coin = found.insights, found.coin

    def action_day(self, by: int) -> None:
        """Moves the cursor; past the edge, into the time before or after."""
        if (day := self.day) is not None:
            self.go_to_day(day + timedelta(days=by))

    def action_period(self, by: int) -> None:
        """Goes to the time before or after."""
        view, span = self._picture.view, self._span
        if view is None or span is None:
            return
        end = view.days[-1].day + timedelta(days=by * span)
        if by > 0 and self._until is None:
            return
        self._until = None if end >= view.today else max(end, EARLIEST)
        self._wanted = self._until
        self.tell("")
        self.reread()

    def action_open(self) -> None:
        """Opens the day on Tonight's screen."""
        if (day := self.day) is not None:
            self.calmtrack.show_day(day)

    def action_coin(self) -> None:
        """Tells where the coin-flip month stands, and lets one begin or stop."""
        from tracker.tui.dialogs.coin_month_dialog import open_coin_month

        open_coin_month(self)

    async def action_explain(self) -> None:
        """Tells how the line, the range and the words came about, or what goes with it."""
        from tracker.render.insight_text import method
        from tracker.tui.dialogs.text_dialog import TextDialog

        if self._picture.chosen == INSIGHTS_TAB:
            await self.app.push_screen(TextDialog(say("insights.title"), method()))
        else:
            self.tell(say("trend.how"))

    def clicked(self, kind: str, rest: str) -> None:
        if kind == "span":
            self._choose(int(rest))


def _hints(chosen: int) -> tuple[Hint, ...]:
    """The keys that matter most for what is shown."""
    coin = ("+", say("hints.coin"), "plus")
    end = (("T", say("hints.tonight"), "T"), ("?", say("hints.help"), "question_mark"))
    if chosen == INSIGHTS_TAB:
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
