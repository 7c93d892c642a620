"""Year: a heatmap with a sign a day, of all practices, of one, or of calm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.dates import month_names, weekday_two
from tracker.i18n.messages import N_, _
from tracker.models import CALM_ID, Evening
from tracker.render.entry_text import calm_cell, practice_cell, whole_day
from tracker.render.year_text import (
    ALL,
    BLANK,
    YearRow,
    legend,
    month_line,
    practice_year,
    shade,
    shade_meanings,
    signs,
    subject_words,
    weeks_of,
    without_scores,
    year_rows,
    year_sentence,
)
from tracker.rules.days import EARLIEST, LATEST
from tracker.tui import styled_text
from tracker.tui.bindings import prioritized
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.row_list import RowList
from tracker.tui.widgets.top_bar import TopBar
from tracker.views import YearView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

LEFT = 6
"""Cells to the left of the heatmap."""
FIGURES = 24
"""Cells of days, longest and best weekday."""


class YearTable(RowList):
    """A sign for each day, in the row of its weekday; a row in the list for each practice."""

    DEFAULT_CSS = "YearTable { height: 1fr; }"

    year: reactive[YearView | None] = reactive(None)
    cursor: reactive[int] = reactive(0)
    """The day, from 0."""
    row: reactive[int] = reactive(0)
    """The row shown in the heatmap: 0 all practices, 1 calm, then each practice."""
    scores_hidden = reactive(False)
    message = reactive("")
    """About the last key; empty describes the cursor's day."""

    def render(self) -> Content:
        """Sentence, heatmap, legend, list, and the message."""
        view = self.year
        if view is None:
            return Content("")
        sentence = year_sentence(view, scores_hidden=self.scores_hidden)
        if self.scores_hidden:
            view = without_scores(view)
        rows = year_rows(view)
        above = [
            Content(""),
            styled_text.truncate(Content(f"   {sentence}"), self.size.width - 1),
            *([Content("")] if self.size.height > 24 else []),
            *self._heatmap(view),
            Content(f"   {legend(view, self.subject)}")
            .truncate(self.size.width)
            .stylize(styled_text.MUTED),
            *([Content("")] if self.size.height > 24 else []),
            self._headings(rows),
        ]
        fits = max(1, self.size.height - len(above) - 4)
        listed = self._listed(rows, fits)
        return Content("\n").join([*above, *listed, Content(""), *self._message(view, rows)])

    def _listed(self, rows: tuple[YearRow, ...], fits: int) -> list[Content]:
        if fits == 1:
            return [self._line(rows, self._label_width(rows), self.row)]
        build = partial(self._line, rows, self._label_width(rows))
        return self.with_spacing(self.visible_rows(build, len(rows), self.row, fits), fits)

    def _heatmap(self, view: YearView) -> list[Content]:
        drawn = signs(view, self.subject)
        months = month_line(view.days, view.week_starts_on, self._cell)
        lines = [Content(" " * LEFT + months).stylize(styled_text.MUTED)]
        cursor_weekday = (view.days[self.cursor].weekday() - view.week_starts_on) % 7
        for number, days in enumerate(weeks_of(view.days, view.week_starts_on)):
            name = weekday_two((view.week_starts_on + number) % 7)
            style = styled_text.BOLD if number == cursor_weekday else styled_text.MUTED
            cells = [self._day(day, drawn) for day in days]
            lines.append(Content.assemble("   ", (name, style), " ", *cells))
        return lines

    def _day(self, day: int | None, drawn: tuple[str, ...]) -> Content:
        if day is None:
            return Content(BLANK * self._cell)
        style = styled_text.MUTED if drawn[day] in (shade(0), BLANK) else styled_text.ACCENT
        wide = Content(drawn[day] * max(1, self._cell - 1))
        sign = wide.stylize(f"{style} reverse" if day == self.cursor else style)
        gap = Content(BLANK * (self._cell - wide.cell_length))
        return styled_text.clickable(Content.assemble(sign, gap), f"screen.select_day({day})")

    def _headings(self, rows: tuple[YearRow, ...]) -> Content:
        letters = 3 if self._month > 3 else 1
        months = "".join(month[:letters].rjust(self._month) for month in month_names())
        head = " " * self._label_width(rows) + months + _("days").rjust(6)
        if self._has_all_figures:
            head += _("longest").rjust(10) + "  " + _("best")
        return Content(head.rstrip()).stylize(styled_text.MUTED)

    def _line(self, rows: tuple[YearRow, ...], head: int, index: int) -> Content:
        row = rows[index]
        has_cursor = index == self.row
        figures = "".join(cell.rjust(self._month) for cell in row.months)
        line = Content.assemble(
            styled_text.cursor_marker(is_current=has_cursor),
            (f"{row.key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(row.name, head - 5, styled_text.BOLD if has_cursor else ""),
            figures,
            f"{row.total:>6}",
            f"{row.longest:>10}  {row.weekday_short}" if self._has_all_figures else "",
        )
        return styled_text.clickable(line, f"screen.select_row({index})")

    def _message(self, view: YearView, rows: tuple[YearRow, ...]) -> list[Content]:
        width = max(20, self.size.width - 6)
        lines = styled_text.message_lines(
            self.message or self._day_text(view), self.size.width, 2, least=2
        )
        hidden = self.scores_hidden and self.subject == CALM_ID
        words = (
            _("Calm scores are hidden. You can show them again in Settings (S).")
            if hidden
            else subject_words(view, rows[self.row])
        )
        summed = styled_text.truncate(Content(words), width)
        return [*lines, Content.assemble("   ", summed.stylize(styled_text.MUTED))]

    def _day_text(self, view: YearView) -> str:
        if self.subject == ALL:
            return whole_day(view, self.cursor, scores_hidden=self.scores_hidden)
        if self.subject == CALM_ID:
            return calm_cell(self.evenings[self.cursor], scores_hidden=self.scores_hidden)
        return practice_cell(practice_year(view, self.subject), view.days[self.cursor], self.cursor)

    @property
    def subject(self) -> str:
        """What the heatmap shows: `all`, `calm` or a practice id."""
        return (ALL, CALM_ID, *self.practice_ids)[self.row]

    @property
    def evenings(self) -> tuple[Evening, ...]:
        """Those of the year, one a day."""
        return () if self.year is None else self.year.evenings

    @property
    def practice_ids(self) -> tuple[str, ...]:
        """The practices of the year."""
        return () if self.year is None else tuple(p.practice.id for p in self.year.practices)

    @property
    def _cell(self) -> int:
        """Cells of a week: as many, up to three, as let all 54 of a year fit."""
        return clamp((self.size.width - LEFT) // 54, 1, 3)

    @property
    def _month(self) -> int:
        if self.size.width >= 150:
            return 6
        return 4 if self.size.width >= 100 else 3

    @property
    def _has_all_figures(self) -> bool:
        """Whether there is width for the longest streak and the best weekday."""
        return self.size.width >= 5 + 8 + 12 * self._month + FIGURES

    def _label_width(self, rows: tuple[YearRow, ...]) -> int:
        """Cells of cursor, letter and name."""
        longest = max(Content(row.name).cell_length for row in rows)
        figures = FIGURES if self._has_all_figures else 6
        available = self.size.width - 12 * self._month - figures - 5
        return 5 + clamp(longest, 8, clamp(available, 8, 30))


class YearScreen(DiaryScreen):
    """The cursor is on a day; up and down choose what the heatmap shows."""

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        Binding("up", "row(-1)", N_("Up"), show=False, id="year_up",
                tooltip=N_("Previous row")),
        Binding("down", "row(1)", N_("Down"), id="year_down",
                tooltip=N_("Next row, to show in the heatmap")),
        Binding("left", "day(-1)", N_("Previous day"), id="year_left", tooltip=N_("Previous day")),
        Binding("right", "day(1)", N_("Next day"), id="year_right", tooltip=N_("Next day")),
        Binding("pageup", "day(-7)", N_("Previous week"), show=False, id="year_page_up",
                tooltip=N_("Previous week")),
        Binding("pagedown", "day(7)", N_("Next week"), show=False, id="year_page_down",
                tooltip=N_("Next week")),
        Binding("left_square_bracket", "year_by(-1)", N_("Previous year"), id="year_before",
                tooltip=N_("Previous year")),
        Binding("right_square_bracket", "year_by(1)", N_("Next year"), id="year_after",
                tooltip=N_("Next year")),
        Binding("enter,space", "open", N_("Open the day"), id="year_open",
                tooltip=N_("Open this day")),
        Binding("x", "explain", N_("Explain"), id="year_explain",
                tooltip=N_("How this streak is counted")),
        Binding("escape", "back", N_("Back"), show=False, id="year_back",
                tooltip=N_("Back to Tonight")),
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
                (styled_text.glyph("←→"), _("day"), None),
                (styled_text.glyph("↑↓"), _("row"), None),
                ("[ ]", _("year"), None),
                (styled_text.glyph("↵"), _("open the day"), "enter"),
                ("x", _("explain"), "x"),
                ("T", _("tonight"), "T"),
                ("?", _("help"), "question_mark"),
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
        return _(
            "days: days done this year; for calm, the average. longest: the longest streak "
            "within this year. best: the weekday with the most days done, or the highest calm; "
            "shown after eight weeks of entries, and only if one stands out."
        )

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
        subject, day = self._table.subject, self.day
        if day is None:
            return
        if subject in self._table.practice_ids:
            self.explain(subject, day)
        else:
            self.set_message(
                _(
                    "Each month shows the average of its rated evenings, rounded. The last "
                    "number is the average of the year."
                )
                if subject == CALM_ID
                else _(
                    "An evening with connection is a day with at least one practice done. "
                    "Each month shows how many there were."
                )
            )

    def action_select_row(self, row: int) -> None:
        """A click on a row of the list shows it in the heatmap."""
        self._table.row = row

    def action_select_day(self, index: int) -> None:
        """A click on a day of the heatmap, counted from the first of January, from 0."""
        if (view := self._table.year) is not None:
            self.go_to_day(view.days[index])
