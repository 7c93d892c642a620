"""Week: seven days of calm and practices, each of which can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import clamp

from tracker.i18n.dates import format_range
from tracker.i18n.messages import format_number, say
from tracker.models import CALM_ID, Practice
from tracker.tui.bindings import prioritized
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.day_screen import DayScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.top_bar import TopBar
from tracker.tui.widgets.week_table import WeekTable
from tracker.views import WeekView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class WeekScreen(DayScreen):
    """The cursor is on calm or a practice, on one of seven days."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("up", "row(-1)", "Row up", show=False, id="week_up", tooltip="The row above"),
        Binding("down", "row(1)", "Row down", show=False, id="week_down", tooltip="The row below"),
        Binding("left", "day(-1)", "Day before", id="week_left", tooltip="The day before"),
        Binding("right", "day(1)", "Day after", id="week_right", tooltip="The day after"),
        Binding("left_square_bracket", "week_by(-1)", "Week before", id="week_before",
                tooltip="The week before"),
        Binding("right_square_bracket", "week_by(1)", "Week after", id="week_after",
                tooltip="The week after"),
        Binding("escape", "back", "Back", show=False, id="week_back",
                tooltip="Back to Tonight"),
    ])  # fmt: skip

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The day to move the cursor to once its week is read; None for today."""

    def compose(self) -> ComposeResult:
        """The period, the table, the keys."""
        yield TopBar()
        yield WeekTable()
        yield KeyHints(
            [
                (glyph("←→"), say("hints.day"), None),
                ("[ ]", say("hints.week"), None),
                (say("hints.letters"), say("hints.log"), None),
                (glyph("↵"), say("hints.note"), "enter"),
                ("x", say("hints.explain"), "x"),
                ("e", say("hints.export"), "e"),
                ("T", say("hints.tonight"), "T"),
                ("?", say("hints.help"), "question_mark"),
            ]
        )

    def on_mount(self) -> None:
        """Reads the week."""
        self.query_one(TopBar).screen_key = "W"
        self.reload()

    # What is shown

    @property
    def _table(self) -> WeekTable:
        return self.query_one(WeekTable)

    @property
    def day(self) -> date | None:
        return self._table.day

    def shown_days(self) -> tuple[date, date] | None:
        week = self._table.week
        return None if week is None else (week.week_start, week.week_end)

    @property
    def is_loading(self) -> bool:
        week, wanted = self._table.week, self._wanted
        return week is None or not week.week_start <= (wanted or week.today) <= week.week_end

    @property
    def row(self) -> Practice | None:
        practices, row = self.practices(), self._table.row
        return None if row is None or row >= len(practices) else practices[row]

    @property
    def note(self) -> str:
        week, row = self._table.week, self._table.row
        if week is None:
            return ""
        if self.row is None or row is None:
            return week.days[self._table.column].note
        return week.practices[row].notes[self._table.column]

    def practices(self) -> tuple[Practice, ...]:
        week = self._table.week
        return () if week is None else tuple(p.practice for p in week.practices)

    def go_to_row(self, practice_id: str) -> None:
        ids = [practice.id for practice in self.practices()]
        self._table.row = None if practice_id == CALM_ID else ids.index(practice_id)

    def go_to_day(self, day: date) -> None:
        self._wanted = day
        self.set_message("")
        week = self._table.week
        if week is not None and week.week_start <= day <= week.week_end:
            self._table.column = (day - week.week_start).days
        else:
            self.reload()

    def load(self) -> Callable[[Diary], WeekView]:
        wanted = self._wanted
        return lambda diary: diary.week(wanted)

    def show_page(self, page: WeekView) -> None:
        table = self._table
        wanted = self._wanted or page.today
        if table.week is None or not page.week_start <= wanted <= page.week_end:
            wanted = min(max(wanted, page.week_start), page.week_end)
        self._wanted = wanted
        table.scores_hidden = self.scores_hidden
        table.week = page
        table.column = (wanted - page.week_start).days
        if table.row is not None and table.row >= len(page.practices):
            table.row = len(page.practices) - 1 if page.practices else None
        self.query_one(TopBar).period = _period(page)

    def figures(self) -> str:
        return say("help.week")

    def calm_story(self) -> str:
        week = self._table.week
        scores = [] if week is None else [e.calm for e in week.days if e.calm is not None]
        if not scores or self.scores_hidden:
            return super().calm_story()
        return say(
            "explain.calm_week",
            scores=", ".join(str(score) for score in scores),
            calm=format_number(sum(scores) / len(scores), 1),
        )

    def set_message(self, sentence: str) -> None:
        self._table.message = sentence

    # Keys

    def action_row(self, by: int) -> None:
        """Moves the cursor up or down."""
        row = self._table.row
        row = clamp((-1 if row is None else row) + by, -1, len(self.practices()) - 1)
        self._table.row = None if row < 0 else row
        self.set_message("")

    def action_day(self, by: int) -> None:
        """Moves the cursor a day; past the edge, into the neighbouring week."""
        if (day := self._wanted or self.day) is not None:
            self.go_to_day(day + timedelta(days=by))

    def action_week_by(self, by: int) -> None:
        """Shows the week before or after."""
        if (day := self._wanted or self.day) is not None:
            self.go_to_day(day + timedelta(days=7 * by))

    def action_select_cell(self, row: int | None, column: int) -> None:
        """A click on a cell moves the cursor there; on a practice's cell with the cursor, it
        logs. `row` is None for calm; `column` is a day, 0 to 6."""
        table = self._table
        if (table.row, table.column) == (row, column) and self.row is not None:
            self.press(self.row)
            return
        table.row = row
        if table.week is not None:
            self.go_to_day(table.week.days[column].day)


def _period(week: WeekView) -> str:
    return format_range(week.week_start, week.week_end, glyph("–"))
