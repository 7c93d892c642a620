"""Calm: a chart of scores over time with its trend, and what goes with calmer evenings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.messages import N_, _, pgettext
from tracker.render.braille_chart import Piece, braille_chart, chart_meanings
from tracker.render.braille_chart import Role as ChartRole
from tracker.render.calm_text import (
    AXIS,
    Role,
    calm_chart,
    calm_sentences,
    calm_title,
    chart_signs,
    days_in_a_column,
    evening_words,
)
from tracker.render.insight_text import coin_lines, insights_lines
from tracker.render.symbols import ascii_only
from tracker.rules.days import EARLIEST
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import prioritized
from tracker.tui.dialogs.prompt_dialog import ChoiceDialog
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.key_hints import Hint, KeyHints
from tracker.tui.widgets.top_bar import TopBar
from tracker.views import CalmView, InsightsView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice
    from tracker.tui.diary_worker import InsightsResult

SPANS = (28, 91, 365, None)
"""The numbers of days that can be shown; None is all."""

INSIGHTS_TAB = len(SPANS)
"""The tab after them: what goes with calmer evenings."""

HEIGHT_FOR_BOTH = 48
"""Lines from which the insights are shown below the chart as well."""

TALLEST = 31
"""Lines of the chart at most: three for each score."""

BESIDE_CHART = 11
"""Lines of tabs, dates, sentences and blank ones above and below the chart."""

STOP = 1
"""Index of that option in the dialog of an active coin-flip month."""

GO_ON = 0
"""Index of that option in the dialog of one whose first four weeks are over."""

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "usual": styled_text.ACCENT,
    "dot": styled_text.CURSOR,
    "line": styled_text.MUTED,
    "cursor": styled_text.CURSOR,
}


def _chart_piece(piece: Piece, *, has_cells: bool) -> tuple[str, str]:
    """A piece of the chart with its style; the usual range is a shaded band, or where colours are
    few, heavy in the scale."""
    text, role, score, in_band = piece
    style = _CHART_STYLES[role]
    if role == "axis" and not has_cells and len(text) == AXIS:
        return f"{text[:-1]}{'┃' if in_band else '│'}", styled_text.MUTED
    if has_cells and score is not None:
        style = styled_text.calm_mark(score)
    if has_cells and in_band and role != "axis":
        style = f"{style} on $panel"
    return text, style


_CHART_STYLES: dict[ChartRole, str] = {
    "axis": styled_text.MUTED,
    "dot": styled_text.CURSOR,
    "line": "$foreground",
    "guide": styled_text.MUTED,
    "pointer": styled_text.CURSOR,
    "blank": "$foreground",
}


@dataclass(frozen=True, slots=True)
class CoinStatus:
    """The diary's coin-flip month."""

    sentences: tuple[str, ...]
    is_active: bool
    can_go_on: bool
    """Whether its first four weeks are over, with nothing clear."""
    offered: tuple[Practice, ...]
    """The practices a month can start for; none while one is active."""


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
            return Content(
                "\n   "
                + _("Calm scores are hidden. You can show them again in Settings (S).")
                + f"\n\n   {sanitize_line(self.message)}"
            )
        if self.tab == INSIGHTS_TAB:
            return self._insights_page()
        width = self.size.width - 6
        chart = self._chart(view, width)
        spare = self.size.height - len(chart) - 8
        gap = [Content("")] if spare > 0 else []
        sentences = self._sentences(view, width)
        above = [self._tabs(), *gap, *chart, *gap, *sentences, *gap]
        spare = 2 if self._shows_both else self.size.height - len(above) - 1
        lines = [*above, *self._message(view, max(2, spare))]
        if len(lines) < self.size.height:
            lines.insert(0, Content(""))
        if self._shows_both:
            lines += [Content(""), *self._insights()]
        return Content("\n").join(lines)

    def _chart(self, view: CalmView, width: int) -> list[Content]:
        below = self.size.height - (HEIGHT_FOR_BOTH - TALLEST) if self._shows_both else 0
        height = clamp(self.size.height - below - BESIDE_CHART, 11, TALLEST)
        if ascii_only():
            # Braille is missing where ASCII is asked for.
            return [
                Content.assemble("  ", *((text, _STYLES[role]) for text, role in line))
                for line in calm_chart(
                    view.days, view.usual_range, width, self.cursor, tall=height >= 21
                )
            ]
        has_cells = has_cell_colors(self.app)
        lines = braille_chart(view.days, view.usual_range, width, height, self.cursor)
        return [
            Content.assemble("  ", *(_chart_piece(piece, has_cells=has_cells) for piece in line))
            for line in lines
        ]

    @property
    def _shows_both(self) -> bool:
        """Whether there is height for the insights below the chart."""
        return self.size.height >= HEIGHT_FOR_BOTH

    def _insights_page(self) -> Content:
        lines = self._insights()
        message = [Content("")] if self.message else []
        message += styled_text.message_lines(self.message, self.size.width, self.size.height)
        fits = max(1, self.size.height - 3 - len(message))
        top = clamp(self.scroll_top, 0, max(0, len(lines) - fits))
        shown = lines[top : top + fits]
        if top + fits < len(lines):
            shown[-1] = styled_text.clickable(f"   {styled_text.glyph('…')}", "screen.scroll(10)")
        return Content("\n").join([Content(""), self._tabs(), Content(""), *shown, *message])

    def _insights(self) -> list[Content]:
        if self.insights is None:
            return [Content("   " + _("Looking for patterns…")).stylize(styled_text.MUTED)]
        width = min(100, self.size.width - 4)
        lines = [Content(f"   {line}") for line in insights_lines(self.insights, width)]
        coin = [
            styled_text.clickable(f"   {line}", "screen.coin")
            for line in coin_lines(self.coin, width)
        ]
        return [*lines, Content(""), *coin]

    def _tabs(self) -> Content:
        tabs = []
        names = [
            _("4 weeks"),
            _("3 months"),
            _("1 year"),
            pgettext("a period", "all"),
        ]
        for tab, name in enumerate([*names, _("patterns")]):
            is_open = tab == self.tab
            text = f"[{name}]" if is_open else f" {name} "
            label = Content(text).stylize(styled_text.CURSOR if is_open else "")
            tabs.append(styled_text.clickable(label, f"screen.select_tab({tab})"))
        return Content.assemble("   ", Content("  " if self.size.width >= 70 else "").join(tabs))

    def _sentences(self, view: CalmView, width: int) -> list[Content]:
        text = " ".join(calm_sentences(view))
        if (each := days_in_a_column(view, width)) > 1:
            text = f"{text} " + _("Each column covers {days} days.").format(days=each)
        return styled_text.message_lines(text, self.size.width, 3)

    def _message(self, view: CalmView, most: int) -> list[Content]:
        one = view.days[clamp(self.cursor, 0, len(view.days) - 1)]
        return styled_text.message_lines(self.message or evening_words(one), self.size.width, most)


class CalmScreen(DiaryScreen):
    """The cursor is on an evening; up and down choose the span, then the insights."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("up", "choose(-1)", N_("Previous"), show=False, id="calm_up",
                tooltip=N_("Previous view")),
        Binding("down", "choose(1)", N_("Next"), id="calm_down",
                tooltip=N_("Next view: a longer period, then patterns")),
        Binding("pageup", "scroll(-10)", N_("Up"), show=False, id="calm_page_up",
                tooltip=N_("Scroll up")),
        Binding("pagedown", "scroll(10)", N_("Down"), show=False, id="calm_page_down",
                tooltip=N_("Scroll down")),
        Binding("left", "day(-1)", N_("Previous day"), id="calm_left",
                tooltip=N_("Previous evening")),
        Binding("right", "day(1)", N_("Next day"), id="calm_right",
                tooltip=N_("Next evening")),
        Binding("left_square_bracket", "period(-1)", N_("Previous"), id="calm_before",
                tooltip=N_("Previous period")),
        Binding("right_square_bracket", "period(1)", N_("Next"), id="calm_after",
                tooltip=N_("Next period")),
        Binding("enter,space", "open", N_("Open the day"), id="calm_open",
                tooltip=N_("Open this day")),
        Binding("plus", "coin", N_("Coin-flip month"), id="calm_coin",
                tooltip=N_("Start, check or stop a coin-flip month")),
        Binding("x", "explain", N_("Explain"), id="calm_explain",
                tooltip=N_("How this is calculated")),
        Binding("escape", "back", N_("Back"), show=False, id="calm_back",
                tooltip=N_("Back to Tonight")),
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

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        if ascii_only():
            return chart_signs()
        return chart_meanings(has_cell_colors=has_cell_colors(self.app))

    def figures(self) -> str:
        from tracker.render.insight_text import method

        return "\n\n".join(
            (
                _(
                    "The trend averages the evenings so far; one from a week ago counts "
                    "half. Your usual range is the middle of the last 28 days, give or take "
                    "their typical distance from it. A change is mentioned once it reaches a "
                    "full point."
                ),
                _("How patterns are found:"),
                "\n".join(method()),
            )
        )

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
        """Reads the coin-flip month, then opens a dialog to begin or to stop it."""
        self.calmtrack.submit(_coin_status, self._open_coin_month)

    def _open_coin_month(self, status: CoinStatus) -> None:
        if self.app.screen is not self:
            return
        if status.is_active:
            options = (_("Keep going"), _("Stop today"))
            dialog = ChoiceDialog(_("Coin-flip month"), options, " ".join(status.sentences))
            self.app.push_screen(dialog, self._stop_coin_month)
        elif status.can_go_on:
            options = (_("Another four weeks"), _("Leave it at that"))
            dialog = ChoiceDialog(_("Coin-flip month"), options, " ".join(status.sentences))
            self.app.push_screen(dialog, self._go_on_with_coin_month)
        elif status.offered:
            # The status speaks of calm, and so is hidden with the scores.
            sentences = () if self.scores_hidden else status.sentences
            names = tuple(practice.name for practice in status.offered)
            about = " ".join(
                (
                    *sentences,
                    _(
                        "For 28 days, a coin flip each evening decides whether to aim for it "
                        "tomorrow. Because only the coin chooses the days, comparing them "
                        "afterwards can hint at cause. You can stop any time. Which practice?"
                    ),
                )
            )
            self.app.push_screen(
                ChoiceDialog(_("Coin-flip month"), names, about),
                partial(self._begin_coin_month, status.offered),
            )
        else:
            self.set_message(
                _(
                    "None of your practices fit a coin-flip month: it leaves out touch, and "
                    "what's too close to calm itself. You can add another one in Practices (P)."
                )
            )

    def _begin_coin_month(self, offered: tuple[Practice, ...], index: int | None) -> None:
        if index is not None:
            self.change(lambda diary: _begin_coin_month(diary, offered[index].id))

    def _stop_coin_month(self, index: int | None) -> None:
        if index == STOP:
            self.change(_stop_coin_month)

    def _go_on_with_coin_month(self, index: int | None) -> None:
        if index == GO_ON:
            self.change(_go_on_with_coin_month)

    async def action_explain(self) -> None:
        """Explains how the trend is computed, or how the insights are."""
        from tracker.render.insight_text import method
        from tracker.tui.dialogs.text_dialog import TextDialog

        if self._panel.tab == INSIGHTS_TAB:
            await self.app.push_screen(TextDialog(_("How patterns are found"), method()))
        else:
            self.set_message(
                _(
                    "The trend averages the evenings so far; one from a week ago counts "
                    "half. Your usual range is the middle of the last 28 days, give or take "
                    "their typical distance from it. A change is mentioned once it reaches a "
                    "full point."
                )
            )


def _hints(tab: int) -> tuple[Hint, ...]:
    """The hints for a span, or for the insights."""
    coin = ("+", _("coin-flip month"), "plus")
    end = (("T", _("tonight"), "T"), ("?", _("help"), "question_mark"))
    if tab == INSIGHTS_TAB:
        method = ("x", _("how it works"), "x")
        return ((styled_text.glyph("↑↓"), _("view"), None), method, coin, *end)
    return (
        (styled_text.glyph("←→"), _("day"), None),
        (styled_text.glyph("↑↓"), _("view"), None),
        ("[ ]", _("period"), None),
        (styled_text.glyph("↵"), _("open the day"), "enter"),
        ("x", _("explain"), "x"),
        coin,
        *end,
    )


def _coin_status(diary: Diary) -> CoinStatus:
    is_active = diary.coin_month.active() is not None
    month = diary.coin_month.latest()
    return CoinStatus(
        diary.coin_month.status_lines(),
        is_active,
        month is not None and diary.coin_month.can_go_on(month),
        () if is_active else diary.coin_month.candidates(),
    )


def _begin_coin_month(diary: Diary, practice_id: str) -> str:
    diary.coin_month.begin(practice_id)
    return diary.coin_month.tomorrow()


def _go_on_with_coin_month(diary: Diary) -> str:
    diary.coin_month.go_on()
    return diary.coin_month.tomorrow()


def _stop_coin_month(diary: Diary) -> str:
    diary.coin_month.stop()
    return _("Stopped. Everything you logged stays.")
