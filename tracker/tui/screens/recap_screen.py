"""Recap: a month or a year on one page that scrolls, and written to a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n.messages import N_, _
from tracker.render.recap_text import Line, Signs, period_name, recap_lines
from tracker.render.symbols import ascii_only
from tracker.rules.days import EARLIEST, LATEST
from tracker.tui import styled_text
from tracker.tui.bindings import BACK, page_bindings, prioritized, row_bindings
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.bars import BRACKETS, UP_DOWN, Hint, KeyHints, TopBar, page_hints
from tracker.views import Finding, Period, RecapView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.dialogs.export_dialog import ExportFormat

MAX_WIDTH = 100
"""Columns of the page: longer lines are hard to follow."""

FINDINGS_DELAY = 0.3
"""Seconds before the patterns are computed, which takes the processor for a while: not for each
period on the way to another."""


FIRST_DAYS = 3
"""Days of a month on which one may look for the month before."""


class RecapPage(Widget):
    """As tall as its lines are at its width."""

    DEFAULT_CSS = "RecapPage { height: auto; padding: 0 1 0 3; }"

    view: reactive[RecapView | None] = reactive(None, layout=True)

    def render(self) -> Content:
        return Content("\n").join(map(self._styled, self._lines(self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Line]:
        if self.view is None:
            return []
        signs = Signs(has_cell_colors(self.app), ascii_only())
        lines = recap_lines(self.view, min(width, MAX_WIDTH), signs, most=width)
        hint = _("Start a note with * and it's on this page.")
        if self.view.is_empty:
            hint = _("Press [ to see last month.") if _has_just_begun(self.view) else ""
        if self.view.notes or not hint:
            return [*lines]
        return [*lines, (), ((hint, "muted"),)]

    def _styled(self, line: Line) -> Content:
        return Content.assemble(*((text, self._style(role)) for text, role in line))

    def _style(self, role: str) -> str:
        kind, _dash, step = role.rpartition("-")
        if kind == "calm":
            return styled_text.calm_cell(int(step))
        if kind == "amount":
            return f"$amount-text-{step} on $amount-{step}"
        if kind == "calm-mark":
            return styled_text.calm_mark(int(step))
        if kind == "amount-mark":
            return f"$amount-{step}" if has_cell_colors(self.app) else styled_text.ACCENT
        return {
            "text": "",
            "muted": styled_text.MUTED,
            "accent": f"bold {styled_text.ACCENT}",
        }[role]


class RecapScreen(DiaryScreen):
    """Opens on the month of a day; `tab` shows its year."""

    # In less than 64 columns, a year fills all but one of them.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-high"), (30, "-roomy")]  # noqa: RUF012

    DEFAULT_CSS = """
    RecapScreen VerticalScroll { height: 1fr; margin-top: 1; scrollbar-size-vertical: 1; }
    RecapScreen.-roomy VerticalScroll { margin: 1 0; }
    RecapScreen .message { height: auto; padding: 0 3; color: $text-muted; }
    RecapScreen.-narrow RecapPage.-year { padding: 0 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings("scroll", N_("Scroll up"), N_("Scroll down")),
        *page_bindings(),
        Binding("home", "scroll_to_edge(-1)", N_("First line"), tooltip=N_("Scroll to the top")),
        Binding("end", "scroll_to_edge(1)", N_("Last line"), tooltip=N_("Scroll to the end")),
        Binding("left,left_square_bracket", "period(-1)", N_("Previous period"),
                tooltip=N_("The month or year before")),
        Binding("right,right_square_bracket", "period(1)", N_("Next period"),
                tooltip=N_("The month or year after")),
        Binding("tab", "span", N_("View"), tooltip=N_("Switch between month and year")),
        Binding("e", "export", N_("Export"),
                tooltip=N_("Write this page to a file, to keep or to share")),
        BACK,
    ])  # fmt: skip

    def __init__(self, day: date | None) -> None:
        """`day` is None for today."""
        super().__init__()
        self._day = day
        """The day from which the screen was opened, or a later choice."""
        self._period = None if day is None else Period(day.year, day.month)
        """What to show; None for this month, until it is read."""
        self._findings: tuple[Period, tuple[Finding, ...]] | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopBar("R")
        with VerticalScroll(can_focus=False):
            yield RecapPage()
        yield Static(classes="message", markup=False)
        yield KeyHints(())

    def on_mount(self) -> None:
        self.set_message("")

    @property
    def day(self) -> date | None:
        view = self.query_one(RecapPage).view
        if view is None:
            return self._day
        # The period that was chosen, also while it is still being read.
        period = self._period or view.period
        inside = self._day is not None and period.first <= self._day <= period.last
        return self._day if inside else min(period.last, max(view.today, period.first))

    def go_to_day(self, day: date) -> None:
        self._day = min(max(day, EARLIEST), LATEST)
        is_year = self._period is not None and self._period.month is None
        self._show(Period(self._day.year, None if is_year else self._day.month))

    def show_year(self) -> None:
        if (day := self.day) is not None:
            self._show(Period(day.year))

    def load(self) -> Callable[[Diary], RecapView]:
        period = self._period
        return lambda diary: diary.recap(period, with_findings=False)

    def show_page(self, page: RecapView) -> None:
        if self._period not in (None, page.period):
            # Another one was asked for since.
            return
        self._period = page.period
        if self.scores_hidden:
            page = page.without_scores()
        elif self._findings is not None and self._findings[0] == page.period:
            page = page._replace(findings=self._findings[1])
        recap = self.query_one(RecapPage)
        recap.set_class(page.period.month is None and not page.is_empty, "-year")
        recap.view = page
        bar = self.query_one(TopBar)
        bar.period = _("Recap: {period}").format(period=period_name(page.period))
        short = period_name(page.period, short=True)
        bar.short_period = _("Recap: {period}").format(period=short)
        self._update_hints()
        self._request_findings(page)

    async def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Names the keys that scroll where they do. Textual calls the base's handler too."""
        self._update_hints()

    def _update_hints(self) -> None:
        """Shows the keys once the page has its height."""
        self.call_after_refresh(self._show_hints)

    def _show_hints(self) -> None:
        if self.has_widgets:
            is_month = self._period is None or self._period.month is not None
            scrolls = self.query_one(VerticalScroll).max_scroll_y > 0
            self.query_one(KeyHints).hints = _hints(is_month=is_month, scrolls=scrolls)

    def _request_findings(self, page: RecapView) -> None:
        """Has the patterns computed, once the screen stays on a period."""
        if self._timer is not None:
            self._timer.stop()
        if not page.is_empty and not page.scores_hidden and page.period.first <= page.today:
            self._timer = self.set_timer(
                FINDINGS_DELAY,
                partial(
                    self.calmtrack.insights.request_findings,
                    page.as_of,
                    partial(self._show_findings, page.period),
                ),
            )

    def _show_findings(self, period: Period, findings: tuple[Finding, ...]) -> None:
        self._findings = (period, findings)
        if not self.has_widgets:
            return
        page = self.query_one(RecapPage)
        if page.view is not None and page.view.period == period and not self.scores_hidden:
            page.view = page.view._replace(findings=findings)
            self._update_hints()

    def set_message(self, sentence: str) -> None:
        message = self.query_one(".message", Static)
        message.update(sentence)
        message.display = bool(sentence)

    def figures(self) -> str:
        return _(
            "Calm is the average of your rated evenings. It's compared with your "
            "month or year before if each of the two has at least 14 rated evenings. "
            "A day of rest is one on which most of your practices rest and none is done. "
            "To show a note on this page, start it with *."
        )

    # Keys

    def action_scroll(self, lines: int) -> None:
        """Scrolls, at once: a key that comes before the next refresh starts from there."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        self.action_scroll(by * max(1, self.query_one(VerticalScroll).size.height - 2))

    def action_scroll_to_edge(self, by: int) -> None:
        """Scrolls to the top (-1) or to the end (1)."""
        self.action_scroll(by * self.query_one(VerticalScroll).virtual_size.height)

    def action_period(self, by: int) -> None:
        """Shows the month or year before or after; none that lies ahead."""
        view = self.query_one(RecapPage).view
        if self._period is None or view is None:
            return
        period = self._period.shifted(by)
        if period.first > view.today and by > 0:
            self.set_message(_("The next one is still ahead."))
        elif period.first >= EARLIEST:
            self._show(period)

    def action_span(self) -> None:
        """Shows the year of the month, or the month of the day."""
        if self._period is None or (day := self.day) is None:
            return
        self._show(Period(day.year, None if self._period.month else day.month))

    def _show(self, period: Period) -> None:
        self._period = period
        self.set_message("")
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.reload()

    async def action_export(self) -> None:
        """Asks for a form and a file, and writes the page to it."""
        from tracker.tui.dialogs.export_dialog import ExportDialog

        if self._period is not None:
            title = _("Write the recap to a file")
            dialog = ExportDialog(_formats(self._period, self.scores_hidden), title)
            await self.app.push_screen(dialog, self.notify_exported)


Form = Literal["html", "svg", "md"]
"""The form of a file, by its suffix."""


def _formats(period: Period, scores_hidden: bool) -> tuple[ExportFormat, ...]:
    """The forms that a recap can be written in, with all of it or for others to see."""
    from tracker.tui.dialogs.export_dialog import ExportFormat

    labels: tuple[tuple[str, Form, bool], ...] = (
        (_("Web page, in light and dark"), "html", True),
        (_("Web page without notes and names"), "html", False),
        (_("Image (SVG)"), "svg", True),
        (_("Image without notes and names"), "svg", False),
        (_("Text (Markdown)"), "md", True),
    )
    return tuple(
        ExportFormat(
            label,
            f"calmtrack-recap-{period}{'' if with_notes else '-shared'}.{form}",
            partial(_write, period, form, with_notes, scores_hidden),
        )
        for label, form, with_notes in labels
    )


def _write(
    period: Period, form: Form, with_notes: bool, scores_hidden: bool, diary: Diary, path: Path
) -> str:
    from tracker.exporters.export_file import write_text
    from tracker.render.recap_page import recap_html, recap_svg
    from tracker.render.recap_text import recap_markdown, written_sentence

    view = diary.recap(period, with_findings=not scores_hidden)
    if scores_hidden:
        view = view.without_scores()
    if not with_notes:
        view = view.without_notes()
    if form == "md":
        text = "\n".join((*recap_markdown(view), ""))
    else:
        text = recap_html(view) if form == "html" else recap_svg(view)
    write_text(diary, path, text)
    return written_sentence(view, path)


def _has_just_begun(view: RecapView) -> bool:
    """Whether it's one of the first days of the month that is shown."""
    return view.period.month is not None and 0 <= (view.today - view.period.first).days < FIRST_DAYS


def _hints(*, is_month: bool, scrolls: bool) -> tuple[Hint, ...]:
    return page_hints(
        *([(styled_text.glyph("↑↓"), _("scroll"), UP_DOWN)] if scrolls else []),
        ("[ ]", _("month") if is_month else _("year"), BRACKETS),
        ("tab", _("year") if is_month else _("month"), "tab"),
        ("e", _("export"), "e"),
    )
