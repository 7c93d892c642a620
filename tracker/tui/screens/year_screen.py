"""Year: a heatmap with a sign a day, of all practices, of one, or of calm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.messages import say
from tracker.models import CALM_ID
from tracker.render.year_text import shade_meanings
from tracker.rules.days import EARLIEST, LATEST
from tracker.tui.bindings import prioritized
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.top_bar import TopBar
from tracker.tui.widgets.year_table import YearTable
from tracker.views import YearView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class YearScreen(DiaryScreen):
    """The cursor is on a day; up and down choose what the heatmap shows."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("up", "row(-1)", "Row up", show=False, id="year_up", tooltip="The row above"),
        Binding("down", "row(1)", "Row down", id="year_down", tooltip="The row below: it is drawn"),
        Binding("left", "day(-1)", "Day before", id="year_left", tooltip="The day before"),
        Binding("right", "day(1)", "Day after", id="year_right", tooltip="The day after"),
        Binding("pageup", "day(-7)", "Week before", show=False, id="year_page_up",
                tooltip="The week before"),
        Binding("pagedown", "day(7)", "Week after", show=False, id="year_page_down",
                tooltip="The week after"),
        Binding("left_square_bracket", "year_by(-1)", "Year before", id="year_before",
                tooltip="The year before"),
        Binding("right_square_bracket", "year_by(1)", "Year after", id="year_after",
                tooltip="The year after"),
        Binding("enter,space", "open", "Open the day", id="year_open", tooltip="Open this day"),
        Binding("x", "explain", "Explain", id="year_explain", tooltip="How the streak came about"),
        Binding("escape", "back", "Back", show=False, id="year_back",
                tooltip="Back to Tonight"),
    ])  # fmt: skip

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The day to move the cursor to once its year is read; None for today."""

    def compose(self) -> ComposeResult:
        """The year, the heatmap and its list, the keys."""
        yield TopBar()
        yield YearTable()
        yield KeyHints(
            [
                (glyph("←→"), say("hints.day"), None),
                (glyph("↑↓"), say("hints.what"), None),
                ("[ ]", say("hints.year"), None),
                (glyph("↵"), say("hints.open_day"), "enter"),
                ("x", say("hints.explain"), "x"),
                ("T", say("hints.tonight"), "T"),
                ("?", say("hints.help"), "question_mark"),
            ]
        )

    def on_mount(self) -> None:
        """Reads the year."""
        self.query_one(TopBar).screen_key = "Y"
        self.reload()

    @property
    def _table(self) -> YearTable:
        return self.query_one(YearTable)

    @property
    def day(self) -> date | None:
        view = self._table.year
        return None if view is None else view.days[self._table.cursor]

    def shown_days(self) -> tuple[date, date] | None:
        view = self._table.year
        return None if view is None else (view.days[0], view.days[-1])

    def go_to_day(self, day: date) -> None:
        self._wanted = min(max(day, EARLIEST), LATEST)
        self._table.message = ""
        view = self._table.year
        if view is not None and view.year == self._wanted.year:
            self._table.cursor = (self._wanted - view.days[0]).days
        else:
            self.reload()

    def load(self) -> Callable[[Diary], YearView]:
        year = None if self._wanted is None else self._wanted.year
        return lambda diary: diary.year(year)

    def show_page(self, page: YearView) -> None:
        wanted = self._wanted or page.today
        if wanted.year != page.year:
            # Another year was asked for since.
            return
        table = self._table
        subject = None if table.year is None else table.subject
        table.scores_hidden = self.scores_hidden
        table.year = page
        table.cursor = (wanted - page.days[0]).days
        ids = table.practice_ids
        table.row = ids.index(subject) + 2 if subject in ids else min(table.row, 1)
        self._wanted = wanted
        self.query_one(TopBar).period = str(page.year)

    def marks(self) -> Iterable[tuple[str, str]]:
        return shade_meanings()

    def figures(self) -> str:
        return say("help.year")

    def set_message(self, sentence: str) -> None:
        self._table.message = sentence

    # Keys

    def action_row(self, by: int) -> None:
        """Chooses what the heatmap shows."""
        table = self._table
        table.row = clamp(table.row + by, 0, len(table.practice_ids) + 1)
        self.set_message("")

    def action_day(self, by: int) -> None:
        """Moves the cursor; past the edge, into the neighbouring year."""
        if (day := self._wanted or self.day) is not None:
            self.go_to_day(day + timedelta(days=by))

    def action_year_by(self, by: int) -> None:
        """Shows the same day of the year before or after."""
        if (day := self._wanted or self.day) is not None:
            year = clamp(day.year + by, EARLIEST.year, LATEST.year)
            last = 28 if (day.month, day.day) == (2, 29) else day.day
            self.go_to_day(date(year, day.month, last))

    def action_open(self) -> None:
        """Opens the day on Tonight's screen."""
        if (day := self.day) is not None:
            self.calmtrack.show_day(day)

    def action_explain(self) -> None:
        """Explains how the practice's streak came about, as of the day."""
        from tracker.tui.dialogs.text_dialog import ExplainDialog

        subject, day = self._table.subject, self.day
        if day is None:
            return
        if subject not in self._table.practice_ids:
            self.set_message(
                say("explain.year_calm") if subject == CALM_ID else say("explain.year_all")
            )
            return
        self.calmtrack.submit(
            lambda diary: diary.explain(subject, min(day, diary.today())),
            lambda explanation: self.push_if_current(ExplainDialog(explanation)),
        )

    def action_select_row(self, row: int) -> None:
        """A click on a row of the list shows it in the heatmap."""
        self._table.row = row

    def action_select_day(self, index: int) -> None:
        """A click on a day of the heatmap, counted from the first of January, from 0."""
        if (view := self._table.year) is not None:
            self.go_to_day(view.days[index])
