"""A list of evenings with their notes, each as tall as its text; used by Journal and by search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tracker.i18n.date_format import format_day, format_day_short
from tracker.i18n.messages import _
from tracker.render.journal_text import (
    LONGEST_RESULT,
    ago_words,
    evening_preview,
    hit_lines,
    note_lines,
    practices_words,
    result_lines,
    search_query,
)
from tracker.rules import mentions
from tracker.rules.search import find_hits
from tracker.tui import styled_text
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.theme import has_cell_colors
from tracker.views import JournalEvening, PastEvening

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip

TEXT_WIDTH = 120
"""Cells of a line of text at most: longer ones are hard to follow."""

INDENT = 5
"""Cells before practices and notes."""

RESULT_DATE_WIDTH = 15
"""Cells of the date before the text of a search's result: "Tue 24 Nov 2026"."""

RESULT_TEXT_WIDTH = 40
"""Cells that the text of a result must have beside its date; with less it is below."""

AGO_WIDTH = 16
"""Cells of how long ago an earlier evening was."""

HIT = "bold reverse"
"""The style of a word that was searched for."""


class EveningOption(Option):
    """An evening, or an earlier evening of this day in one line."""

    def __init__(
        self, owner: EveningList, shown: JournalEvening | PastEvening, today: date
    ) -> None:
        self.shown = shown
        self.evening = shown.evening if isinstance(shown, PastEvening) else shown
        self.drawn = _Evening(owner, self, today)
        super().__init__(self.drawn)


class EveningList(OptionList, CursorWidget):
    """Moves by evenings, and by lines within one that is taller than the list. It takes no focus:
    its screen binds the keys. A click selects an evening."""

    can_focus = False
    DEFAULT_CSS = """
    EveningList {
        border: none; padding: 0; height: 1fr; background: transparent;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            color: $foreground; background: $primary 11%; text-style: none;
        }
        & > .option-list--option-hover { background: transparent; }
    }
    """

    class NearEnd(Message):
        """The last evenings that are loaded are about to be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.scores_hidden = False
        self.query_text = ""
        """The words of a search: only the lines in which they occur are shown, highlighted."""
        self.titles: Mapping[date, str] = {}
        """Of a search, the titles above evenings, by day."""
        self.draft_days: frozenset[date] = frozenset()
        """The days with a note that was left without saving it."""
        self.past_count = 0
        """How many rows at the top are earlier evenings of this day."""
        self._waiting: list[EveningOption] = []
        """Rows that are still to be added."""
        self._target: date | None = None
        """The day to move the cursor to once its row is there."""
        self._pending_top: int | None = None
        """The row to scroll to the top once enough rows are below it."""

    # What is shown

    def show(
        self,
        evenings: Sequence[JournalEvening],
        today: date,
        past: Sequence[PastEvening] = (),
    ) -> None:
        """Shows these in place of all others. Rows that are the same are not laid out anew."""
        before = self.day
        was_on_past = self.highlighted is not None and self.highlighted < self.past_count
        known = {row.evening.day: row for row in self._rows()[self.past_count :]}
        rows = [EveningOption(self, one, today) for one in past]
        at_once, new = len(rows), 0
        most = NEW_AT_ONCE if known else FIRST_AT_ONCE
        for one in evenings:
            row = known.get(one.day)
            if row is None or not _looks_same(row.evening, one):
                row, new = EveningOption(self, one, today), new + 1
            rows.append(row)
            if new <= most:
                at_once = len(rows)
        self._cut_to_fit(rows)
        offset = self.scroll_offset
        self.clear()
        self.past_count = len(past)
        self.add_options(rows[:at_once])
        self._add_later(rows[at_once:])
        if rows:
            # A day can have a row of both kinds: the cursor stays on its own.
            on_past = (i for i, one in enumerate(past) if was_on_past and one.evening.day == before)
            index = next(on_past, None)
            if index is None:
                index = self.past_count if before is None else self._index_of(before)
            self.highlighted = index
            if before is not None:
                self.scroll_to(y=offset.y, animate=False, immediate=True)

    def _cut_to_fit(self, rows: Sequence[EveningOption]) -> None:
        """Cuts the long lines of results, except where there is room, from the first on."""
        region = self.scrollable_content_region
        with_long_lines = [row.drawn for row in rows if row.drawn.has_long_lines()]
        if not with_long_lines:
            return
        for drawn in with_long_lines:
            drawn.cuts_lines = True
        cut = sum(row.drawn.text_height(region.width) for row in rows)
        spare = region.height - cut - 2 * len(self.titles)
        for drawn in with_long_lines[: max(0, spare)]:
            lines = drawn.text_height(region.width)
            drawn.cuts_lines = False
            more = drawn.text_height(region.width) - lines
            drawn.cuts_lines = more > spare
            spare -= 0 if drawn.cuts_lines else more

    def on_resize(self) -> None:
        """Makes use of the room there is now, and keeps the cursor where it can be seen."""
        self._cut_to_fit(self._rows())
        self.call_after_refresh(self._keep_cursor_in_view)

    def _keep_cursor_in_view(self) -> None:
        """Scrolls to the cursor's evening if it is cut off; one taller than the list stays where it
        is being read."""
        if self.highlighted is None:
            return
        top, bottom = self._extent(self.highlighted)
        height = self.scrollable_content_region.height
        view_top = self.scroll_offset.y
        is_whole = view_top <= top and bottom <= view_top + height
        is_being_read = bottom - top > height and top < view_top + height and bottom > view_top
        if not is_whole and not is_being_read:
            self.scroll_to_highlight()

    def clear(self) -> None:
        self._waiting, self._target, self._pending_top = [], None, None
        self.clear_options()

    def _add_later(self, rows: Sequence[EveningOption]) -> None:
        """Adds rows a few at a time, between which keys are handled: wrapping the text of ten
        years takes a second."""
        if not self._waiting and rows:
            self.call_later(self._add_waiting)
        self._waiting += rows

    def _add_waiting(self) -> None:
        some, self._waiting = self._waiting[:NEW_AT_ONCE], self._waiting[NEW_AT_ONCE:]
        self.add_options(some)
        if self._waiting:
            self.call_later(self._add_waiting)
        if (target := self._target) is not None:
            self._target = None
            self.go_to(target)
        elif self._pending_top is not None and self.day is not None:
            self._pending_top = None
            self.go_to(self.day)

    def append(self, evenings: Iterable[JournalEvening], today: date) -> None:
        self._add_later([EveningOption(self, one, today) for one in evenings])

    def _rows(self) -> list[EveningOption]:
        return [option for option in self.options if isinstance(option, EveningOption)]

    # The cursor

    @property
    def evening(self) -> JournalEvening | None:
        option = self.highlighted_option
        return option.evening if isinstance(option, EveningOption) else None

    @property
    def day(self) -> date | None:
        return None if self.evening is None else self.evening.day

    @property
    def target(self) -> date | None:
        """The day that the cursor moves to once its row is there; None where it doesn't wait."""
        return self._target

    def go_to(self, day: date) -> None:
        """Moves the cursor to a day, or to the next older evening, once it is there."""
        rows = self._rows()
        if self._waiting and rows[-1].evening.day > day:
            self._target = day
        elif rows:
            self.highlighted = index = self._index_of(day)
            if index == self.past_count:
                self.scroll_to(y=0, animate=False, immediate=True)
            else:
                self.scroll_to_highlight(top=True)
                lines_below = self._extent(len(rows) - 1)[1] - self._extent(index)[0]
                if lines_below < self.scrollable_content_region.height:
                    # It can't be at the top yet: older evenings are still to be added below.
                    self._pending_top = index

    def is_at(self, day: date) -> bool:
        """Whether the cursor is where `go_to` moves it for this day, or nowhere yet."""
        return self.highlighted is None or self.highlighted == self._index_of(day)

    def _index_of(self, day: date) -> int:
        rows = self._rows()
        for index in range(self.past_count, len(rows)):
            if rows[index].evening.day <= day:
                return index
        return len(rows) - 1

    def move(self, by: int) -> None:
        """Moves the cursor by an evening; first scrolls to the end of one that goes on below, or
        to the beginning of one that goes on above."""
        if self.highlighted is None:
            return
        top, bottom = self._extent(self.highlighted)
        view_top = self.scroll_offset.y
        view_bottom = view_top + self.scrollable_content_region.height
        is_in_view = top < view_bottom and bottom > view_top
        if is_in_view and by > 0 and bottom > view_bottom:
            self.scroll_to(y=view_top + 1, animate=False, immediate=True)
        elif is_in_view and by < 0 and top < view_top:
            self.scroll_to(y=view_top - 1, animate=False, immediate=True)
        else:
            self.highlighted = max(0, self.highlighted + by)
            top, bottom = self._extent(self.highlighted)
            height = self.scrollable_content_region.height
            if by < 0 and bottom - top > height:
                # From below, one comes to its end.
                self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def move_page(self, by: int) -> None:
        """Moves by a page: within a tall evening by lines, else by evenings."""
        if self.highlighted is None:
            return
        page = max(1, self.scrollable_content_region.height - 1)
        top, bottom = self._extent(self.highlighted)
        view_top = self.scroll_offset.y
        goes_on = bottom > view_top + page + 1 if by > 0 else top < view_top
        if goes_on and top < view_top + page + 1 and bottom > view_top:
            self.scroll_to(y=view_top + by * page, animate=False, immediate=True)
            return
        before = self.highlighted
        if by < 0:
            self.action_page_up()  # type: ignore[no-untyped-call]
        else:
            self.action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted == before:
            # Textual counts a page from the first line of a row, which may be taller.
            self.highlighted = max(0, before + by)

    def _extent(self, index: int) -> tuple[int, int]:
        """The first line of a row, and the one after its last."""
        top = self._index_to_line.get(index, 0)
        return top, top + self._heights.get(index, 1)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Scrolls to the cursor, and asks for older evenings near the last one."""
        super().watch_highlighted(highlighted)
        if highlighted != self._pending_top:
            self._pending_top = None
        if highlighted is not None and highlighted > self.option_count - LOAD_AHEAD:
            self.post_message(self.NearEnd())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Asks for older evenings when the mouse has scrolled near the last one."""
        super().watch_scroll_y(old_value, new_value)
        if self.virtual_size.height - new_value < 3 * max(1, self.size.height):
            self.post_message(self.NearEnd())

    def watch_shows_cursor(self) -> None:
        # Only the highlighted row is drawn differently: the lines of all stay as they are.
        self._option_render_cache.clear()

    def cursor_in_content(self) -> Offset | None:
        """The marker of the highlighted row, below its title; of a row that begins above what is
        visible, the first line."""
        row = self.highlighted_option
        if self.highlighted is None or not isinstance(row, EveningOption):
            return None
        title = len(row.drawn.title(self.scrollable_content_region.width))
        y = self._extent(self.highlighted)[0] + title - self.scroll_offset.y
        return Offset(1, max(0, y))


FIRST_AT_ONCE = 24
"""Rows that an empty list begins with: a terminal of 60 lines shows fewer."""

NEW_AT_ONCE = 80
"""Rows whose text is wrapped before keys are handled again: about 25 ms."""

LOAD_AHEAD = 20
"""Evenings below the cursor from which the next window is read."""


def _looks_same(before: JournalEvening, now: JournalEvening) -> bool:
    """Whether two readings of an evening are drawn alike; comparing all of their practices' fields
    would take ten times as long."""
    return (
        (before.calm, before.note, before.all_rest, len(before.practices))
        == (now.calm, now.note, now.all_rest, len(now.practices))
    ) and all(
        (a.practice.name, a.practice.unit, a.state, a.amount, a.note)
        == (b.practice.name, b.practice.unit, b.state, b.amount, b.note)
        for a, b in zip(before.practices, now.practices, strict=True)
    )


class _Evening(Visual):
    """Draws an evening at the width there is; its wrapped text is cached."""

    def __init__(self, owner: EveningList, option: EveningOption, today: date) -> None:
        self._list = owner
        self._option = option
        self._today = today
        self._cached: tuple[object, list[Content]] = (None, [])
        self.cuts_lines = True
        """Whether long lines of a search's result are cut."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        is_highlighted = self._list.highlighted_option is self._option
        is_current = is_highlighted and self._list.shows_cursor
        title, gap = self.title(width), self._gap()
        content = Content("\n").join([*title, *self._lines(width, is_current), *gap])
        strips = content.render_strips(width, height, style, options)
        if is_highlighted and (title or gap or not is_current):
            # What stands between two evenings isn't highlighted with one of them.
            plain = style + Style(background=self._list.background_colors[1])
            around = [
                strip.extend_cell_length(width, plain.rich_style)
                for strip in content.render_strips(width, height, plain, options)
            ]
            first, last = (len(title), len(strips) - len(gap)) if is_current else (0, 0)
            strips = [*around[:first], *strips[first:last], *around[last:]]
        return strips

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.title(width)) + self.text_height(width) + len(self._gap())

    def text_height(self, width: int) -> int:
        """The lines of the evening without title and gap."""
        body = len(self._body(width))
        return max(1, body) if self._text_start(width) else 1 + body

    def has_long_lines(self) -> bool:
        """Whether a search's result has a line that is cut where there's no room for it."""
        query = self._list.query_text
        if not query:
            return False
        lines = hit_lines(self._option.evening, query)
        return any(len(line) > LONGEST_RESULT for _name, line in lines)

    def _gap(self) -> list[Content]:
        """The blank line below the evening, or below the last of the earlier ones of this day.
        Results of a search are close together: more of them can be compared."""
        if isinstance(self._option.shown, PastEvening):
            is_last = self._list.options[self._list.past_count - 1] is self._option
            return [Content("")] * is_last
        return [] if self._list.query_text else [Content("")]

    def title(self, width: int) -> list[Content]:
        """The title above the first row of a group."""
        if isinstance(self._option.shown, PastEvening):
            is_first = self._list.options[0] is self._option
            return [Content.styled(f"   {_('On this day')}", styled_text.ACCENT)] * is_first
        title = self._list.titles.get(self._option.evening.day, "")
        if not title:
            return []
        is_first = self._list.options[0] is self._option
        lines = Content.styled(title, "italic").wrap(max(20, width - 4))
        return [Content("")] * (not is_first) + [Content.assemble("   ", line) for line in lines]

    def _lines(self, width: int, is_current: bool) -> list[Content]:
        heading, body = self._heading(width, is_current), self._body(width)
        if body and self._text_start(width):
            return [Content.assemble(heading, body[0]), *body[1:]]
        return [heading, *body]

    def _text_start(self, width: int) -> int:
        """The column in which the text of a search's result begins, beside its date: results of one
        line each are quick to compare. 0 where the text is below the date."""
        if not self._list.query_text:
            return 0
        start = len(" › ") + RESULT_DATE_WIDTH + 1 + self._score_width()
        return start if width - start - 1 >= RESULT_TEXT_WIDTH else 0

    def _heading(self, width: int, is_current: bool) -> Content:
        shown, evening = self._option.shown, self._option.evening
        marker = styled_text.cursor_marker(is_current=is_current)
        bold = styled_text.BOLD if is_current else ""
        if isinstance(shown, PastEvening):
            ago = styled_text.fit(ago_words(shown), AGO_WIDTH, bold or styled_text.MUTED)
            text = evening_preview(evening)
            score = self._score(evening)
            available = width - AGO_WIDTH - 4 - score.cell_length - 1
            preview = styled_text.truncate(_highlighted(text, ()), max(10, available))
            return Content.assemble(marker, ago, " ", score, " ", preview)
        if self._text_start(width):
            date_style = bold or styled_text.ACCENT
            day = format_day_short(evening.day, year=True).rjust(RESULT_DATE_WIDTH)
            score = self._score(evening)
            gap = " " * (self._score_width() - score.cell_length)
            return Content.assemble(marker, (day, date_style), " ", score, gap)
        has_year = bool(self._list.query_text) or evening.day.year != self._today.year
        day = format_day(evening.day, year=has_year)
        heading = Content.styled(day, bold or styled_text.ACCENT)
        draft = Content("")
        if evening.day in self._list.draft_days:
            words = f"  {styled_text.DRAFT_SIGN} " + _("draft")
            draft = Content.styled(words, styled_text.ACCENT)
        return Content.assemble(marker, heading, "  ", self._score(evening), draft)

    def _score(self, evening: JournalEvening) -> Content:
        if evening.calm is None or self._list.scores_hidden:
            return Content("")
        if has_cell_colors(self._list.app):
            return Content.styled(f" {evening.calm} ", styled_text.calm_cell(evening.calm))
        return Content.styled(_("Calm {score}").format(score=evening.calm), styled_text.MUTED)

    def _score_width(self) -> int:
        """The cells of the widest score, and of the gap after it."""
        if self._list.scores_hidden:
            return 1
        if has_cell_colors(self._list.app):
            return len(" 10 ") + 1
        return Content(_("Calm {score}").format(score=10)).cell_length + 2

    def _named_lines(self, query: str) -> Iterator[tuple[str, str]]:
        """The lines of the notes, or of a search's result, with the names of the practices."""
        evening = self._option.evening
        if not query:
            return note_lines(evening)
        return result_lines(evening, query) if self.cuts_lines else hit_lines(evening, query)

    def _body(self, width: int) -> list[Content]:
        key = (width, self._list.query_text, self.cuts_lines)
        if self._cached[0] != key:
            self._cached = key, self._wrapped(width)
        return self._cached[1]

    def _wrapped(self, width: int) -> list[Content]:
        if isinstance(self._option.shown, PastEvening):
            return []
        evening, query = self._option.evening, self._list.query_text
        words = search_query(query).words_on(evening.day)
        done = "" if query else practices_words(evening)
        texts = [Content.styled(done, styled_text.MUTED)] if done else []
        for name, line in self._named_lines(query):
            text = _highlighted(line, words)
            if name:
                head = _highlighted(name, words).stylize_before(styled_text.MUTED)
                text = Content.assemble(head, (": ", styled_text.MUTED), text)
            texts.append(text)
        start = self._text_start(width)
        indent = start or INDENT
        available = max(20, min(width, TEXT_WIDTH) - indent - 1)
        lines = [line for text in texts for line in text.wrap(available)]
        indents = (0 if start and not number else indent for number in range(len(lines)))
        return [
            Content.assemble(" " * cells, line) for cells, line in zip(indents, lines, strict=True)
        ]


def _highlighted(text: str, words: Sequence[str]) -> Content:
    """A sanitized line with people, #words and the words of a search in styles of their own."""
    content = Content(text)
    for start, end in mentions.spans(text):
        content = content.stylize(styled_text.ACCENT, start, end)
    for start, end in find_hits(text, words) if words else ():
        content = content.stylize(HIT, start, end)
    return content
