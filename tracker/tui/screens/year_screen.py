"""Year: a heatmap with a cell a day, of all practices, of one, or of calm; and one of its months as
a calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.reactive import reactive

from tracker.i18n.date_format import month_names, weekday_two
from tracker.i18n.messages import N_, _
from tracker.models import CALM_ID, Evening, State
from tracker.render.calm_text import SCORES_HIDDEN
from tracker.render.columns import pad
from tracker.render.entry_text import calm_cell, practice_cell, whole_day
from tracker.render.symbols import ascii_only, mark
from tracker.render.year_text import (
    ALL,
    BLANK,
    YearRow,
    legend_heading,
    legend_parts,
    month_line,
    practice_days,
    shade,
    shade_meanings,
    shade_step,
    signs,
    step_meanings,
    subject_words,
    weeks_of,
    without_scores,
    year_rows,
    year_sentence,
)
from tracker.rules.days import EARLIEST
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import BACK, DAYS, edge_bindings, prioritized, row_bindings
from tracker.tui.screens.base import STILL_AHEAD, DiaryScreen
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
from tracker.tui.widgets.month_calendar import month_lines
from tracker.tui.widgets.row_list import RowList
from tracker.views import YearView

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

LEFT = 6
"""Cells to the left of the heatmap."""
FIGURES = 18
"""Cells of days and longest, with a gap after them."""
BEST_DAY, WITH_BEST_DAY = 10, 100
"""Cells of the best weekday, and columns from which it is shown."""
SOLID = "■"
"""The sign of an evening, in the colour of its score."""
HEIGHTS = "▁▃▅▇"
"""The signs of the amounts."""
LEAST_LISTED = 2
"""Lines of the list below the heatmap at least: its headings and a row."""
WIDE_LEGEND = 80
"""Columns from which the parts of a legend stand further apart."""


class YearTable(RowList):
    """A sign for each day, in the row of its weekday; a row in the list for each practice."""

    year: reactive[YearView | None] = reactive(None)
    cursor: reactive[int] = reactive(0)
    """The day, from 0."""
    row: reactive[int] = reactive(0)
    """The row shown in the heatmap: 0 all practices, 1 calm, then each practice."""
    shows_month = reactive(False)
    """Whether the cursor's month is shown, as a calendar."""
    scores_hidden = reactive(False)

    def render(self) -> Content:
        """Sentence, heatmap or month, legend, list, and the message."""
        view = self.year
        if view is None:
            return Content("")
        sentence = year_sentence(view, scores_hidden=self.scores_hidden)
        if self.scores_hidden:
            view = without_scores(view)
        rows = year_rows(view)
        if self.shows_month:
            return self._month_page(view, rows)
        above = [
            *self._gap(19),
            styled_text.truncate(Content(f"   {sentence}"), self.size.width - 1),
            *self._gap(25),
            *self._heatmap(view),
        ]
        whole = self._last_key_lines()
        legend = [*self._gap(18), self._legend(view), *self._gap(22)]
        if len(above) + len(legend) + LEAST_LISTED + max(2, len(whole)) <= self.size.height:
            above += legend
        above.append(self._headings(view, rows))
        fits = max(1, self.size.height - len(above) - max(4, len(whole) + 2))
        listed = self._listed(rows, self._label_width(view), fits)
        most = self.size.height - len(above) - len(listed)
        if len(self._message(view, rows, self.size.height)) >= most:
            # Of the list only the blank lines give way to a long note.
            listed = [line for line in listed if line.plain]
            most = self.size.height - len(above) - len(listed)
        if len(whole) > most:
            # In place of the list and its headings.
            return styled_text.page(self, [*above[:-1], *whole], otherwise=len(above) - 1)
        message = self._last_key_lines(most)
        if len(message) + 2 <= most:
            message = [Content(""), *self._message(view, rows, most - 1)]
        elif len(message) < most:
            # In place of the sum, too.
            message = [Content(""), *message]
        return styled_text.page(self, [*above, *listed, *message])

    def _gap(self, height: int) -> list[Content]:
        """A blank line, from a height of so many lines on."""
        return [Content("")] if self.size.height >= height else []

    def _listed(self, rows: tuple[YearRow, ...], label: int, fits: int) -> list[Content]:
        if fits == 1:
            return [self._line(rows, label, self.row)]
        build = partial(self._line, rows, label)
        return self.with_spacing(self.visible_rows(build, len(rows), self.row, fits), fits)

    def _legend(self, view: YearView) -> Content:
        """One line. Where it is too long, signs in its middle are left without their meanings: they
        stand for steps from the lowest to the highest."""
        parts = self._legend_parts(view)
        here = Content.styled(f"{_cursor_sign()} " + _("here"), styled_text.MUTED)
        legend = self._joined_and_cut(view, parts, [here])
        if self._cell > 1 or legend.cell_length > self._legend_cells:
            legend = self._joined_and_cut(view, parts, [])
        return Content.assemble("   ", legend)

    def _joined_and_cut(self, view: YearView, parts: list[Content], more: list[Content]) -> Content:
        """The legend, in which the steps between the lowest and the highest lose their meanings one
        by one until it fits."""
        # After those of a practice comes the sign of rest days.
        highest = len(parts) - (1 if self.subject in (ALL, CALM_ID) else 2)
        parts = parts.copy()
        for place in range(1, highest):
            if self._joined(view, [*parts, *more]).cell_length <= self._legend_cells:
                break
            parts[place] = parts[place][:1]
        return self._joined(view, [*parts, *more])

    def _joined(self, view: YearView, parts: list[Content]) -> Content:
        """The parts of the legend after what they count."""
        if not (heading := legend_heading(view, self.subject)):
            return Content("  ").join(parts)
        gap = Content("   " if self.size.width >= WIDE_LEGEND else "  ")
        return Content.assemble((heading, styled_text.MUTED), " ", gap.join(parts))

    @property
    def _legend_cells(self) -> int:
        """Cells of the legend at most."""
        return self.size.width - 4

    def _legend_parts(self, view: YearView) -> list[Content]:
        """Each sign with the numbers it stands for; for calm in colours each score."""
        has_colors = has_cell_colors(self.app)
        if self._hides_subject:
            meanings = {State.DONE: _("rated"), State.NOT_LOGGED: _("not rated")}
            return [
                Content.styled(f"{mark(state)} {meaning}", styled_text.MUTED)
                for state, meaning in meanings.items()
            ]
        if self.subject == CALM_ID and has_colors:
            return [
                Content.assemble(
                    (SOLID, styled_text.calm_mark(score)), (f" {score}", styled_text.MUTED)
                )
                for score in range(11)
            ]
        return [
            Content.assemble(_amount_cell(step), (part[1:], styled_text.MUTED))
            if has_colors and (step := shade_step(part[0]))
            else Content.styled(part, styled_text.MUTED)
            for part in legend_parts(view, self.subject)
        ]

    def _heatmap(self, view: YearView) -> list[Content]:
        drawn = self._styled_signs(view)
        months = month_line(view.days, view.week_starts_on, self._cell)
        lines = [Content(" " * LEFT + months).stylize(styled_text.MUTED)]
        cursor_weekday = (view.days[self.cursor].weekday() - view.week_starts_on) % 7
        for number, days in enumerate(weeks_of(view.days, view.week_starts_on)):
            name = weekday_two((view.week_starts_on + number) % 7)
            style = styled_text.BOLD if number == cursor_weekday else styled_text.MUTED
            cells = [("   ", ""), (f"{name} ", style), *(self._day(day, drawn) for day in days)]
            if self.shows_cursor and self._cell > 1 and self.cursor in days:
                place = days.index(self.cursor) + 2
                cells[place - 1 : place + 1] = [
                    *_with_bracket(cells[place - 1], "["),
                    *_with_bracket(cells[place], "]"),
                ]
            lines.append(Content.assemble(*cells))
        return lines

    def _day(self, day: int | None, drawn: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """The text of a day, as wide as a week's cells, and its style."""
        if day is None:
            return BLANK * self._cell, ""
        sign, style = drawn[day]
        if self._cell > 1:
            return sign * (self._cell - 1) + BLANK, style
        # Reversed, a half shaded sign looks as it did before.
        is_cursor = self.shows_cursor and day == self.cursor
        return (_cursor_sign(), f"{styled_text.CURSOR} reverse") if is_cursor else (sign, style)

    async def on_click(self, event: events.Click) -> None:
        """A click on a day of the heatmap selects or opens it. Actions in the styles of its 365
        cells, as other text that can be clicked has, would take longer to draw than all else on
        the page."""
        place = event.get_content_offset(self)
        if place is None or self.year is None or self.shows_month:
            return
        weeks = weeks_of(self.year.days, self.year.week_starts_on)
        row, column = place.y - self._first_weekday, (place.x - LEFT) // self._cell
        is_inside = 0 <= row < len(weeks) and 0 <= column < len(weeks[row])
        if is_inside and (day := weeks[row][column]) is not None:
            await self.run_action(f"screen.select_day({day})")

    @property
    def _first_weekday(self) -> int:
        """The line of the heatmap's first weekday, from 0: below the sentence and the months."""
        return len(self._gap(19)) + 1 + len(self._gap(25)) + 1

    def _styled_signs(self, view: YearView) -> list[tuple[str, str]]:
        """The sign of each day and its style: solid in a colour of the ramp, or a shade."""
        drawn = signs(view, self.subject)
        if self._hides_subject:
            # The view has no scores.
            return [
                (sign, styled_text.MUTED)
                if evening.calm is None
                else (mark(State.DONE), styled_text.ACCENT)
                for evening, sign in zip(self.evenings, drawn, strict=True)
            ]
        if not has_cell_colors(self.app):
            muted = (shade(0), BLANK)
            return [
                (sign, styled_text.MUTED if sign in muted else styled_text.ACCENT) for sign in drawn
            ]
        if self.subject == CALM_ID:
            return [
                (sign, styled_text.MUTED)
                if evening.calm is None
                else (SOLID, styled_text.calm_mark(evening.calm))
                for evening, sign in zip(view.evenings, drawn, strict=True)
            ]
        return [
            _amount_cell(step) if (step := shade_step(sign)) else (sign, styled_text.MUTED)
            for sign in drawn
        ]

    @property
    def _hides_subject(self) -> bool:
        """Whether what the heatmap shows are hidden scores."""
        return self.scores_hidden and self.subject == CALM_ID

    def _month_page(self, view: YearView, rows: tuple[YearRow, ...]) -> Content:
        """The name of the subject, the calendar, and the message."""
        title = _("All practices") if self.subject == ALL else rows[self.row].name
        name = Content.styled(title, styled_text.BOLD)
        arrows = Content.styled(f"   {styled_text.glyph('↑↓')}", styled_text.MUTED)
        hidden = self._hides_subject
        lines = month_lines(
            self.year if hidden and self.year is not None else view,
            self.subject,
            self.cursor,
            self.size.width,
            self.size.height - 7,
            shows_cursor=self.shows_cursor,
            has_cells=has_cell_colors(self.app),
            scores_hidden=hidden,
        )
        head = [Content(""), Content.assemble("   ", name, arrows), Content("")]
        most = max(3, self.size.height - len(head) - len(lines) - 1)
        if len(message := self._last_key_lines()) < most:
            message = self._message(view, rows, self.size.height)
            if len(message) > most:
                message = self._message(view, rows, self.size.height - 1 - len(lines))
        if len(message) > most:
            # In place of the blank lines from the last one on; a message also of the sum.
            spare, blank = self.size.height - 1 - len(lines) - len(message), Content("")
            gap = [blank] if spare > 0 else []
            top = [blank] if spare > 1 else []
            below_title = [blank] if spare > 2 else []
            page = [*top, head[1], *below_title, *lines, *gap, *message]
        else:
            page = [*head, *lines, Content(""), *message]
        return styled_text.page(self, page, sign=f"[{view.days[self.cursor].day}]")

    def _headings(self, view: YearView, rows: Sequence[YearRow]) -> Content:
        letters = 3 if self._month > 3 else 1
        months = "".join(month[:letters].rjust(self._month) for month in month_names())
        label = pad("   " + _("Days done"), self._label_width(view))
        head = label + months + _("days").rjust(6)
        if self._has_longest:
            head += _("longest").rjust(self._longest_width)
        # An empty column would leave open what it is the best day of.
        if self._has_best_day and any(row.weekday_short for row in rows):
            head += "  " + _("best day")
        return Content(head.rstrip()).stylize(styled_text.MUTED)

    def _line(self, rows: tuple[YearRow, ...], head: int, index: int) -> Content:
        row = rows[index]
        has_cursor = self.shows_cursor and index == self.row
        figures = Content("").join(self._month_figure(row, cell) for cell in row.months)
        line = Content.assemble(
            styled_text.cursor_marker(is_current=has_cursor),
            (f"{row.key or ' '} ", styled_text.ACCENT),
            styled_text.user_text(row.name, head - 5, styled_text.BOLD if has_cursor else ""),
            figures,
            f"{row.total:>6}",
            f"{row.longest:>{self._longest_width}}" if self._has_longest else "",
            f"  {row.weekday_short}" if self._has_best_day else "",
        )
        return styled_text.clickable(line, f"screen.select_row({index})")

    def _month_figure(self, row: YearRow, cell: str) -> Content:
        """The figure of a month; an average of calm on its colour."""
        if row.subject != CALM_ID or not cell or not has_cell_colors(self.app):
            return Content(cell.rjust(self._month))
        figure = Content.styled(f" {cell}"[-2:], styled_text.calm_cell(int(cell)))
        return Content.assemble(" " * (self._month - 2), figure)

    def _message(self, view: YearView, rows: tuple[YearRow, ...], most: int) -> list[Content]:
        """The day or the last key, and below it the sum; on at least three lines."""
        if self._hides_subject:
            words = _(SCORES_HIDDEN)
        elif self.subject == ALL and view.evenings_with_connection and not self.shows_month:
            # The first line of the page is the same sum.
            words = ""
        else:
            words = subject_words(view, rows[self.row], names_year=self.shows_month)
        least = 2 if self.shows_month else 1
        for_sum = len(styled_text.message_lines(words, self.size.width, least))
        lines = styled_text.message_lines(
            self.message or self._day_text(view), self.size.width, max(2, most - for_sum)
        )
        spare = max(least, 3 - len(lines))
        summed = styled_text.message_lines(words, self.size.width, spare)
        gap = [Content("")] * (3 - len(lines) - len(summed))
        return [*lines, *gap, *(line.stylize(styled_text.MUTED) for line in summed)]

    def _last_key_lines(self, most: int = styled_text.MOST_MESSAGE_LINES) -> list[Content]:
        """The message about the last key, whole where there is room."""
        return styled_text.message_lines(self.message, self.size.width, most)

    def _day_text(self, view: YearView) -> str:
        if self.subject == ALL:
            return whole_day(view, self.cursor, scores_hidden=self.scores_hidden)
        if self.subject == CALM_ID:
            return calm_cell(
                self.evenings[self.cursor], view.today, scores_hidden=self.scores_hidden
            )
        day = view.days[self.cursor]
        return practice_cell(practice_days(view, self.subject), day, self.cursor, view.today)

    @property
    def subject(self) -> str:
        """What the heatmap shows: `all`, `calm` or a practice id."""
        return (ALL, CALM_ID, *self.practice_ids)[self.row]

    @property
    def evenings(self) -> tuple[Evening, ...]:
        return () if self.year is None else self.year.evenings

    @property
    def practice_ids(self) -> tuple[str, ...]:
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
    def _longest_width(self) -> int:
        """Cells of the longest streak, with the gap before it."""
        return 10 if self._month == 3 else 11

    @property
    def _has_longest(self) -> bool:
        """Whether there is width for the longest streak."""
        return self.size.width >= 5 + 8 + 12 * self._month + FIGURES

    @property
    def _has_best_day(self) -> bool:
        """Whether there is width for the best weekday, too."""
        return self.size.width >= WITH_BEST_DAY

    def _label_width(self, view: YearView) -> int:
        """Cells of cursor, letter and name. Every practice's name counts, so that the columns stay
        where they are from one year to the next."""
        names = (_("All"), _("Calm"), *view.names)
        longest = max(Content(sanitize_line(name, 60)).cell_length for name in names)
        figures = FIGURES if self._has_longest else 6
        figures += BEST_DAY if self._has_best_day else 0
        available = self.size.width - 12 * self._month - figures - 6
        return 5 + clamp(longest, 8, clamp(available, 8, 30))


def _with_bracket(cell: tuple[str, str], bracket: str) -> list[tuple[str, str]]:
    """A cell whose last character is replaced by a bracket of the cursor."""
    text, style = cell
    return [(text[:-1], style), (bracket, styled_text.CURSOR)]


def _amount_cell(step: int) -> tuple[str, str]:
    """The sign of a step, 1 to 4, and its style: higher as well as brighter."""
    return HEIGHTS[step - 1], f"$amount-{step}"


def _cursor_sign() -> str:
    return "@" if ascii_only() else "◆"


class YearScreen(DiaryScreen):
    """The cursor is on a day; up and down choose what the heatmap shows."""

    ends_today = True

    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings(below=N_("Show the year of the next practice, or of calm")),
        *edge_bindings(),
        Binding("left", "day(-1)", N_("Previous day"), tooltip=N_("Previous day"), group=DAYS),
        Binding("right", "day(1)", N_("Next day"), tooltip=N_("Next day"), group=DAYS),
        Binding("pageup", "day(-7)", N_("Previous week"), tooltip=N_("Previous week"), group=DAYS),
        Binding("pagedown", "day(7)", N_("Next week"), tooltip=N_("Next week"), group=DAYS),
        Binding("left_square_bracket", "period(-1)", N_("Previous year"),
                tooltip=N_("Previous year"), group=DAYS),
        Binding("right_square_bracket", "period(1)", N_("Next year"),
                tooltip=N_("Next year"), group=DAYS),
        Binding("tab", "view", N_("View"), tooltip=N_("Switch between year and month")),
        Binding("enter,space", "open", N_("Open the day"), tooltip=N_("Open this day")),
        Binding("x", "explain", N_("Explain"), tooltip=N_("How this streak is counted")),
        BACK,
    ])  # fmt: skip

    _table = getters.query_one(YearTable)

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self._wanted = day
        """The day to move the cursor to once its year is read; None for today."""

    def compose(self) -> ComposeResult:
        yield TopBar("Y")
        yield YearTable()
        yield KeyHints(_hints(shows_month=False), least_gap=2)

    @property
    def day(self) -> date | None:
        # The one that was chosen, also while its year is still being read.
        return self._wanted

    def shown_days(self) -> tuple[date, date] | None:
        view = self._table.year
        return None if view is None else (view.days[0], view.days[-1])

    def go_to_day(self, day: date) -> None:
        """Moves the cursor to a day that isn't ahead; says of one that is where those are."""
        if day > self.calmtrack.today():
            self.set_message(_(STILL_AHEAD))
            return
        self._wanted = max(day, EARLIEST)
        self._table.message = ""
        view = self._table.year
        if view is not None and view.year == self._wanted.year:
            self._table.cursor = (self._wanted - view.days[0]).days
            self._show_period()
        else:
            self.reload()

    def load(self) -> Callable[[Diary], YearView]:
        if self._wanted is not None:
            # Week and Tonight have days ahead, too.
            self._wanted = min(self._wanted, self.calmtrack.today())
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
        self._show_period()

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        rest = mark(State.REST), _("rest")
        if not has_cell_colors(self.app):
            return [*shade_meanings(), rest]
        steps = [
            (
                Content.styled(*_amount_cell(step))
                if step
                else Content.styled(sign, styled_text.MUTED),
                meaning,
            )
            for step, (sign, meaning) in enumerate(step_meanings())
        ]
        calm = Content("").join(
            Content.styled(SOLID, styled_text.calm_mark(score)) for score in range(11)
        )
        return [*steps, (calm, _("calm, from 0 to 10")), rest]

    def figures(self) -> str:
        return _(
            "days: days done this year; for calm, the average. longest: the longest streak "
            "within this year. best day: the weekday with the most days done, or the highest calm; "
            "shown after eight weeks of entries, and only if one stands out. For all practices, z "
            "is a day on which most of them rest and none is done."
        )

    # Keys

    def action_row(self, by: int) -> None:
        """Chooses what the heatmap shows."""
        table = self._table
        table.row = clamp(table.row + by, 0, len(table.practice_ids) + 1)
        self.set_message("")

    def action_day(self, by: int) -> None:
        """Moves the cursor, up to today; past the edge, into the neighbouring year."""
        if (day := self.day) is not None:
            self._go_to_or_today(day + timedelta(days=by), stops=day < self.calmtrack.today())

    def action_view(self) -> None:
        """Shows the cursor's month, or the year again."""
        self._table.shows_month = not self._table.shows_month
        self.query_one(KeyHints).hints = _hints(shows_month=self._table.shows_month)
        self._show_period()
        self.set_message("")

    def _show_period(self) -> None:
        if (day := self.day) is not None:
            bar = self.query_one(TopBar)
            if self._table.shows_month:
                bar.set_month(day)
            else:
                bar.period = bar.short_period = str(day.year)

    def action_period(self, by: int) -> None:
        """Shows the same day of the year, or of the month, before or after; today where that is
        later than today in the present one."""
        if (day := self.day) is not None:
            months = 12 * day.year + day.month - 1 + by * (1 if self._table.shows_month else 12)
            year, month = max(months // 12, EARLIEST.year), months % 12 + 1
            last = monthrange(year, month)[1]
            first = date(year, month if self._table.shows_month else 1, 1)
            same = date(year, month, min(day.day, last))
            self._go_to_or_today(same, stops=first <= self.calmtrack.today())

    def _go_to_or_today(self, day: date, *, stops: bool) -> None:
        """Goes to a day, or to today if that is before it and on the way there."""
        self.go_to_day(min(day, self.calmtrack.today()) if stops else day)

    async def action_open_screen(self, name: str) -> None:
        """Opens a screen; the recap of the year, where the whole year is shown."""
        from tracker.tui.screens.recap_screen import RecapScreen

        is_whole_year = not self._table.shows_month
        await super().action_open_screen(name)
        if is_whole_year and isinstance(self.app.screen, RecapScreen):
            self.app.screen.show_year()

    def action_open(self) -> None:
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
        """A click on a day, counted from the first of January, from 0, moves the cursor there; on
        the cursor's day, it opens it."""
        if index == self._table.cursor:
            self.action_open()
        elif (view := self._table.year) is not None:
            self.go_to_day(view.days[index])


def _hints(*, shows_month: bool) -> tuple[Hint, ...]:
    return page_hints(
        (styled_text.glyph("←→"), _("day"), LEFT_RIGHT),
        (styled_text.glyph("↑↓"), _("row"), UP_DOWN),
        ("tab", _("year") if shows_month else _("month"), "tab"),
        ("[ ]", _("month") if shows_month else _("year"), BRACKETS),
        ("/", _("find"), "slash"),
        (styled_text.glyph("↵"), _("open"), "enter"),
        ("x", _("explain"), "x"),
        ("R", _("recap"), "R"),
    )
