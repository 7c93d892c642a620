"""Calm: a chart of scores over time with its trend, and what goes with calmer evenings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.messages import N_, _, pgettext
from tracker.render import braille_chart, calm_text
from tracker.render.braille_chart import chart_meanings
from tracker.render.calm_text import (
    SCORES_HIDDEN,
    Role,
    calm_chart,
    calm_sentences,
    calm_title,
    chart_signs,
    days_in_a_column,
    draws_late,
    evening_words,
)
from tracker.render.insight_text import PatternRow, axis_line, layout, level_meanings, pattern_rows
from tracker.render.symbols import ascii_only
from tracker.rules.days import EARLIEST
from tracker.tui import styled_text
from tracker.tui.bindings import BACK, edge_bindings, prioritized
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.bars import (
    BRACKETS,
    LEFT_RIGHT,
    UP_DOWN,
    Hint,
    KeyHints,
    TopBar,
    page_hints,
)
from tracker.tui.widgets.calm_chart import chart_lines
from tracker.tui.widgets.patterns_panel import (
    ROOMY,
    WIDEST,
    OtherRow,
    PatternsPanel,
    Row,
    row_content,
)
from tracker.views import CalmView, InsightsView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.diary_worker import InsightsResult

SPANS = (28, 91, 365, None)
"""The numbers of days that can be shown; None is all."""

INSIGHTS_TAB = len(SPANS)
"""The tab after them: what goes with calmer evenings."""

HEIGHT_FOR_BOTH = 48
"""Lines from which the insights are shown below the chart as well."""

LINES_OF_INSIGHTS = 17
"""Lines below the chart for the insights, at least: the chart stays as it is when they come."""

TALLEST = 31
"""Lines of the chart at most: three for each score."""

LINES_AROUND_CHART = 11
"""Lines of tabs, dates, sentences and blank ones above and below the chart."""

TREND_METHOD = N_(
    "The trend is an average in which the newest evenings count most; an evening from a week ago "
    "counts half as much. Your usual range lies around the middle score, not the average, and "
    "takes in at least half of the evenings of the last 28 days, often more. Scores are whole "
    "numbers, so one evening can move each of its ends by a point or two. A change is mentioned "
    "once it reaches a full point."
)
"""How the trend, the usual range and a change are computed."""

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "usual": styled_text.ACCENT,
    "dot": styled_text.CURSOR,
    "line": styled_text.MUTED,
    "cursor": styled_text.CURSOR,
}


class CalmPanel(CursorWidget):
    """The tabs, the chart, what it says, and the evening under the cursor."""

    DEFAULT_CSS = "CalmPanel { height: 1fr; }"

    view: reactive[CalmView | None] = reactive(None)
    tab: reactive[int] = reactive(0)
    """The index in SPANS of what is shown, or INSIGHTS_TAB."""
    insights: reactive[InsightsView | None] = reactive(None)
    """What goes with calmer evenings; None while it is computed."""
    cursor: reactive[int] = reactive(0)
    """The evening, from 0."""
    scores_hidden = reactive(False)
    """Without scores there is no chart."""
    message = reactive("")
    """About the last key; empty describes the cursor's evening."""

    _chart_lines = range(0)
    """The lines of the chart, as it was drawn last."""

    def render(self) -> Content:
        """Tabs, chart, sentences, the evening, and where there is height the insights."""
        view = self.view
        self._chart_lines = range(0)
        if view is None:
            return Content("")
        if self.scores_hidden:
            text = _(SCORES_HIDDEN)
            lines = [Content(""), tabs_line(self.tab, self.size.width)]
            for sentence in (text, self.message):
                most = styled_text.MOST_MESSAGE_LINES
                lines += [Content(""), *styled_text.message_lines(sentence, self.size.width, most)]
            return styled_text.page(self, lines, otherwise=3)
        width = self._chart_width
        chart = self._chart(view, width)
        spare = self.size.height - len(chart) - 8
        gap = [Content("")] if spare > 0 else []
        sentences = self._sentences(view, width)
        legend = self._legend(view)
        insights = [Content(""), *self._insights()] if self._shows_both else []
        # Where that is all there is, the second line of a message takes the place of the legend.
        least = 2 if gap else len(self._message(view, 2))
        used = 2 + least + 3 * len(gap) + len(chart) + len(sentences) + len(insights)
        # Where lines are few, the legend stands in place of the blank one below the chart.
        below = [legend, *gap] if used <= self.size.height else gap and [legend]
        if used + 2 < self.size.height:
            below.insert(0, Content(""))
        above = [tabs_line(self.tab, self.size.width), *gap, *chart]
        top = len(above) - len(chart)
        described = [*below, *sentences, *gap]
        for_insights = max(len(insights), LINES_OF_INSIGHTS) if self._shows_both else 0
        room = self.size.height - len(above) - for_insights
        # Blank lines give way to a long note, the last one first.
        for place in range(len(described) - 1, -1, -1):
            if len(self._message(view, self.size.height)) <= room - len(described):
                break
            if not described[place].plain:
                del described[place]
        spare = room - len(described)
        most = max(styled_text.MOST_MESSAGE_LINES, self.size.height - len(above) - len(insights))
        message = styled_text.message_lines(self.message, self.size.width, most)
        if len(message) > max(2, spare):
            # In place of the legend and of what the chart says.
            described = []
        else:
            message = self._message(view, max(2, spare))
        # In a small window, also in place of the last lines of these or of the chart.
        room = self.size.height - len(insights) - len(message)
        lines = [*[*above, *described][:room], *message]
        if ROOMY <= self.size.height > len(lines):
            # As above the tabs of the patterns, which stay in place so.
            lines.insert(0, Content(""))
            top += 1
        self._chart_lines = range(top, top + len(chart))
        lines += insights
        return styled_text.page(self, lines, sign="^" if ascii_only() else "▲")

    async def on_click(self, event: events.Click) -> None:
        """A click on the chart moves the cursor to the evening drawn there, or nearest."""
        place = event.get_content_offset(self)
        if place is None or self.view is None or place.y not in self._chart_lines:
            return
        day_at = calm_text.day_at if ascii_only() else braille_chart.day_at
        day = day_at(self.view.days, self._chart_width, place.x - 2)
        await self.run_action(f"screen.select_day({day})")

    @property
    def _chart_width(self) -> int:
        """Cells of the chart, which two blank ones precede."""
        return self.size.width - 6

    def _chart(self, view: CalmView, width: int) -> list[Content]:
        below = 0
        if self._shows_both:
            rows = 0 if self.insights is None else len(pattern_rows(self.insights))
            below = max(LINES_OF_INSIGHTS, rows + 3)
        height = clamp(self.size.height - below - LINES_AROUND_CHART, 11, TALLEST)
        # As many lines from each number beside the chart to the next.
        height -= (height - 1) % 5
        if ascii_only():
            # Braille is missing where ASCII is asked for.
            return [
                Content.assemble("  ", *((text, _STYLES[role]) for text, role in line))
                for line in calm_chart(
                    view.days,
                    view.usual_range,
                    width,
                    self.cursor if self.shows_cursor else None,
                    tall=height >= 21,
                )
            ]
        lines = chart_lines(
            self.app, view, width, height, self.cursor, shows_cursor=self.shows_cursor
        )
        return [Content.assemble("  ", line) for line in lines]

    def _legend(self, view: CalmView) -> Content:
        """What is drawn: the scale, the dots, the line and the band, as far as they are there."""
        muted = styled_text.MUTED
        is_plain, has_cells = ascii_only(), has_cell_colors(self.app)
        parts = [
            Content.assemble(("*" if is_plain else "●", styled_text.CURSOR), " " + _("evenings"))
        ]
        if draws_late(view, self.size.width - 6):
            parts.append(Content(("o" if is_plain else "○") + " " + _("rated later")))
        if any(day.trend is not None for day in view.days):
            parts.append(Content(("-" if is_plain else "⠒⠒") + " " + _("trend")))
        if view.usual_range is not None:
            sign = ("   ", "on $panel") if has_cells else ("#" if is_plain else "┃", "")
            parts.append(Content.assemble(sign, " " + _("usual range")))
        signs = Content("   ").join(parts)
        if signs.cell_length > self.size.width - 6:
            signs = Content("  ").join(parts)
        heading = Content(_("Calm, 0 to 10:") + "   ")
        is_whole = heading.cell_length + signs.cell_length <= self.size.width - 6
        drawn = Content.assemble(heading, signs) if is_whole else signs
        legend = Content.assemble("   ", drawn.stylize_before(muted))
        return styled_text.truncate(legend, self.size.width)

    @property
    def _shows_both(self) -> bool:
        """Whether there is height for the insights below the chart."""
        return self.size.height >= HEIGHT_FOR_BOTH

    def _insights(self) -> list[Content]:
        if self.insights is None:
            return [Content("   " + _("Looking for patterns…")).stylize(styled_text.MUTED)]
        rows = pattern_rows(self.insights)
        at = layout(rows, min(WIDEST, self.size.width) - 4)
        axis = Content("   " + axis_line(rows, at)[0]).stylize(styled_text.MUTED)
        width = self.size.width
        drawn = (row_content(row, at, width, is_current=False) for row in rows)
        select = f"screen.select_tab({INSIGHTS_TAB})"
        return [axis, *(styled_text.clickable(row, select) for row in drawn)]

    def _sentences(self, view: CalmView, width: int) -> list[Content]:
        text = " ".join(calm_sentences(view))
        if (each := days_in_a_column(view, width)) > 1:
            text = f"{text} " + _("Each dot is the average of {days} days.").format(days=each)
        return styled_text.message_lines(text, self.size.width, 3)

    def _message(self, view: CalmView, most: int) -> list[Content]:
        one = view.days[clamp(self.cursor, 0, len(view.days) - 1)]
        return styled_text.message_lines(self.message or evening_words(one), self.size.width, most)


def tabs_line(tab: int, width: int) -> Content:
    """The names of the views, the open one in brackets; a click opens one."""
    names = [_("4 weeks"), _("3 months"), _("1 year"), pgettext("a period", "all"), _("patterns")]
    tabs = []
    for index, name in enumerate(names):
        is_open = index == tab
        label = Content(f"[{name}]" if is_open else f" {name} ")
        style = styled_text.CURSOR if is_open else ""
        tabs.append(styled_text.clickable(label.stylize(style), f"screen.select_tab({index})"))
    return Content.assemble("   ", Content("  " if width >= 70 else "").join(tabs))


class CalmScreen(DiaryScreen):
    """The cursor is on an evening, or on the patterns on a row; tab changes the view."""

    ends_today = True

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("tab", "view(1)", N_("View"),
                tooltip=N_("Show a longer period; after the longest, patterns")),
        Binding("shift+tab", "view(-1)", N_("Previous"), tooltip=N_("Previous view")),
        Binding("up", "choose(-1)", N_("Previous"),
                tooltip=N_("Previous view; in patterns, the row above")),
        Binding("down", "choose(1)", N_("Next"),
                tooltip=N_("Next view; in patterns, the row below")),
        Binding("pageup", "page(-1)", N_("Up"), tooltip=N_("In patterns, ten rows up")),
        Binding("pagedown", "page(1)", N_("Down"), tooltip=N_("In patterns, ten rows down")),
        *edge_bindings("pattern"),
        Binding("left", "day(-1)", N_("Previous day"), tooltip=N_("Previous evening")),
        Binding("right", "day(1)", N_("Next day"), tooltip=N_("Next evening")),
        Binding("left_square_bracket", "period(-1)", N_("Previous"),
                tooltip=N_("Earlier weeks or months")),
        Binding("right_square_bracket", "period(1)", N_("Next"),
                tooltip=N_("Later weeks or months")),
        Binding("enter,space", "open", N_("Open"),
                tooltip=N_("Open this day (in Patterns: more about this row)")),
        Binding("x", "explain", N_("Explain"), tooltip=N_("How this is calculated")),
        BACK,
    ])  # fmt: skip

    _panel = getters.query_one(CalmPanel)
    _patterns = getters.query_one(PatternsPanel)

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The evening to move the cursor to once it is read; None for today."""
        self._until: date | None = None
        """The last day shown; None for today, whichever day that is."""
        self._chart_tab = 0
        """The tab of the chart's days that was open last."""

    def compose(self) -> ComposeResult:
        yield TopBar("C")
        yield CalmPanel()
        patterns = PatternsPanel()
        patterns.display = False
        yield patterns
        yield KeyHints(_hints(0, None))

    @property
    def _shows_patterns(self) -> bool:
        return self._panel.tab == INSIGHTS_TAB

    @property
    def _span(self) -> int | None:
        """The days of the chart, also while the patterns are shown; None for all."""
        return SPANS[self._chart_tab]

    @property
    def day(self) -> date | None:
        view = self._panel.view
        if view is None:
            return None
        # The one that was chosen, also while its period is still being read.
        if self._wanted is not None and not view.days[0].day <= self._wanted <= view.days[-1].day:
            return self._wanted
        return view.days[self._panel.cursor].day

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
        panel.scores_hidden = self._patterns.scores_hidden = self.scores_hidden
        panel.view = page
        panel.cursor = clamp((wanted - first).days, 0, len(page.days) - 1)
        last = page.today if self._until is None else min(self._until, page.today)
        is_chosen = page.days[-1].day == last and self._span in (None, len(page.days))
        if self._wanted is not None and is_chosen:
            # It can lie outside of a shorter period.
            self._wanted = page.days[panel.cursor].day
        if not self._shows_patterns:
            self.query_one(TopBar).period = calm_title(page, short=True)
        if self._shows_patterns or panel.size.height >= HEIGHT_FOR_BOTH:
            self._request_insights()

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        if self._shows_patterns:
            return level_meanings()
        if ascii_only():
            return chart_signs()
        return chart_meanings(has_cell_colors=has_cell_colors(self.app))

    def figures(self) -> str:
        from tracker.render.insight_text import method

        return "\n\n".join(
            (
                _(TREND_METHOD),
                _("How patterns are found:"),
                *method(),
            )
        )

    def set_message(self, sentence: str) -> None:
        self._panel.message = self._patterns.message = sentence

    # Keys

    def action_view(self, by: int) -> None:
        """Shows the next view, after the last one the first."""
        self.action_select_tab((self._panel.tab + by) % (INSIGHTS_TAB + 1))

    def action_choose(self, by: int) -> None:
        """Shows a shorter or a longer span, and after the longest the patterns; on those moves the
        cursor, and above their first row goes back to the longest span."""
        if self._shows_patterns and (by > 0 or self._patterns.cursor > 0):
            self.action_row(by)
        else:
            self.action_select_tab(clamp(self._panel.tab + by, 0, INSIGHTS_TAB))

    def action_page(self, by: int) -> None:
        """Moves the cursor on the patterns by ten rows."""
        self.action_pattern(10 * by)

    def action_pattern(self, by: int) -> None:
        """Moves the cursor on the patterns; on the chart, says where the key works."""
        if self._shows_patterns:
            self.action_row(by)
        else:
            # Past the first view, the last one is next.
            ahead, back = INSIGHTS_TAB - self._panel.tab, self._panel.tab + 1
            key = styled_text.key_name("tab" if ahead < back else "shift+tab")
            keys = key if min(ahead, back) == 1 else _("{key} twice").format(key=key)
            sentence = _("This key moves in Patterns. Press {keys} to get there.")
            self.set_message(sentence.format(keys=keys))

    def action_row(self, by: int) -> None:
        """Moves the cursor on the patterns."""
        panel = self._patterns
        panel.cursor = clamp(panel.cursor + by, 0, max(0, len(panel.rows) - 1))
        self._update_hints()
        self.set_message("")

    def _update_hints(self) -> None:
        self.query_one(KeyHints).hints = _hints(self._panel.tab, self._patterns.row)

    async def action_select_row(self, row: int) -> None:
        """A click on a row of the patterns moves the cursor there; on the cursor's row it opens
        what the row is about."""
        if row == self._patterns.cursor:
            await self.action_open()
        else:
            self.action_row(row - self._patterns.cursor)

    def action_select_day(self, index: int) -> None:
        """A click on an evening of the chart, from 0."""
        if (view := self._panel.view) is not None:
            self.go_to_day(view.days[index].day)

    def action_select_tab(self, tab: int) -> None:
        """Shows a span of SPANS, or INSIGHTS_TAB; also by a click on its name."""
        self._wanted = self.day
        panel, patterns = self._panel, self._patterns
        panel.tab = tab
        if tab != INSIGHTS_TAB:
            self._chart_tab = tab
        panel.display, patterns.display = tab != INSIGHTS_TAB, tab == INSIGHTS_TAB
        patterns.tabs, patterns.cursor = tabs_line(tab, self.size.width), 0
        self._update_hints()
        self.set_message("")
        bar = self.query_one(TopBar)
        bar.has_periods = tab != INSIGHTS_TAB
        if tab == INSIGHTS_TAB:
            bar.period = _("Patterns")
            self._request_insights()
        else:
            self.reload()

    def _request_insights(self) -> None:
        app = self.calmtrack
        app.insights.request(self._show_insights, app.notify_error_once)

    def _show_insights(self, result: InsightsResult) -> None:
        if self.has_widgets:
            patterns = self._patterns
            at = slice(patterns.cursor, patterns.cursor + 1)
            before = patterns.row_ids[at]
            self._panel.insights = patterns.view = result.insights
            patterns.coin, patterns.earlier_coins = result.coin, result.earlier_coins
            ids = patterns.row_ids
            if before and ids[at] != before and before[0] in ids:
                patterns.cursor = ids.index(before[0])
            self._update_hints()
            checkpoint = result.insights.checkpoint
            if self._shows_patterns and not self.scores_hidden and checkpoint is not None:
                # What was read here isn't announced any more.
                self.calmtrack.diary_worker.submit(
                    lambda diary: diary.insights.set_mentioned(checkpoint), lambda _: None
                )

    def action_day(self, by: int) -> None:
        """Moves the cursor; past the edge, into the period before or after."""
        if (day := self.day) is not None and not self._shows_patterns:
            self.go_to_day(day + timedelta(days=by))

    def action_period(self, by: int) -> None:
        """Shows the period before or after."""
        view, span = self._panel.view, self._span
        if view is None or span is None or self._shows_patterns:
            return
        # Keys that come faster than periods are read start from the last one that was chosen.
        end = (self._until or view.today) + timedelta(days=by * span)
        if by > 0 and self._until is None:
            return
        self._until = None if end >= view.today else max(end, EARLIEST)
        self._wanted = self._until or view.today
        self.set_message("")
        self.reload()

    async def action_open(self) -> None:
        """Opens the day on Tonight's screen; on the patterns what the row is about."""
        if self._shows_patterns:
            await self._open_row()
        elif (day := self.day) is not None:
            self.calmtrack.show_day(day)

    async def _open_row(self) -> None:
        row = self._patterns.row
        if isinstance(row, PatternRow) and not row.practice_id:
            await self.action_explain()
        elif isinstance(row, PatternRow):
            self.open_card(row.practice_id, [*filter(None, (row.sentence, row.evenings))])
        elif row is not None and row.action:
            await self.run_action(row.action)

    async def action_days_off(self) -> None:
        """Asks which practices rest, and from when to when; proposes the days of the row."""
        from tracker.tui.dialogs.forms import RestDaysForm

        row, day = self._patterns.row, self.day
        proposed = row.days if isinstance(row, OtherRow) else None
        if day is not None:
            await self.app.push_screen(RestDaysForm(*(proposed or (day,))), self.dialog_closed)

    def action_coin(self, practice_id: str = "") -> None:
        row = self._patterns.row
        if self._shows_patterns and isinstance(row, PatternRow):
            practice_id = practice_id or row.practice_id
        super().action_coin(practice_id)

    async def action_explain(self) -> None:
        """Explains how the trend is computed, or how the insights are."""
        from tracker.tui.dialogs.text_dialog import MethodDialog, TextDialog

        if self._shows_patterns:
            await self.app.push_screen(MethodDialog())
        else:
            await self.app.push_screen(TextDialog(_("Calm over time"), [_(TREND_METHOD)]))


def _hints(tab: int, row: Row | None) -> tuple[Hint, ...]:
    """The hints for a span, or for a row of the insights."""
    if tab == INSIGHTS_TAB:
        opens = _opened_by(row)
        return (
            ("tab", _("view"), "tab"),
            *([(styled_text.glyph("↑↓"), _("row"), UP_DOWN)] if row else []),
            *([(styled_text.glyph("↵"), opens, "enter")] if opens else []),
            ("x", _("how it works"), "x"),
            ("F", _("coin-flip month"), "F"),
            ("?", _("help"), "question_mark"),
        )
    return page_hints(
        (styled_text.glyph("←→"), _("day"), LEFT_RIGHT),
        ("tab", _("view"), "tab"),
        ("[ ]", _("period"), BRACKETS),
        (styled_text.glyph("↵"), _("open"), "enter"),
        ("/", _("find"), "slash"),
        ("x", _("explain"), "x"),
    )


def _opened_by(row: Row | None) -> str:
    """What enter opens on a row of the insights, in a word or two; "" for nothing."""
    if row is None:
        return ""
    if isinstance(row, OtherRow) and row.action != "coin":
        return _("rest days") if row.action == "days_off" else ""
    return _("read more")
