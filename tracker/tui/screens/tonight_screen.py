"""Tonight: a day's calm and practices, today unless another day was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker import clock
from tracker.i18n.date_format import (
    days_apart,
    format_day,
    format_day_of,
    format_day_short,
    format_on_day,
)
from tracker.i18n.messages import N_, _, ngettext
from tracker.models import CALM_ID, LOW_SCORE, DayView, DiarySettings, State
from tracker.render.entry_text import calm_words
from tracker.render.symbols import score_meaning
from tracker.rules.days import day_of
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.bindings import DAYS, edge_bindings, prioritized, row_bindings
from tracker.tui.screens.day_screen import (
    TEN_WITHIN,
    DayScreen,
    Entries,
    ShownEntry,
    message_after_rating,
)
from tracker.tui.styled_text import glyph
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.theme import has_cell_colors
from tracker.tui.widgets.bars import LEFT_RIGHT, UP_DOWN, Hint, KeyHints, TopBar
from tracker.tui.widgets.practice_list import WITH_WEEK, PracticeList, week_heading, week_marks

if TYPE_CHECKING:
    from tracker.diary.coin_months import Coin
    from tracker.diary.diary import Diary
    from tracker.tui.screens.base import DiaryScreen
    from tracker.tui.widgets.side_panel import RecentDays
    from tracker.views import WeekView

SHORT = 24
"""Lines of the terminal below which no line is blank between the scale and the practices."""

FADE_SECONDS, FADE_FROM = 0.9, 0.1
"""The fade-in of the message: how long it takes, and the opacity it starts from."""


SCORE_CELLS, LEAST_SCORE_CELLS = 6, 4
"""Cells of a score; on a narrow screen fewer, and at least."""

SCORES_INDENT = 5
"""Cells to the left of the scores."""

FADED_OPACITY = 0.3
"""Opacity of the colours of the scores that were not chosen."""


class CalmScale(CursorWidget):
    """A question about the day's calm, and its scores; each can be clicked. On a day to come
    nothing is asked: it says what can be planned instead."""

    DEFAULT_CSS = "CalmScale { height: 5; margin-top: 1; text-wrap: nowrap; }"

    question = reactive("")
    is_ahead = reactive(False)
    """Whether the day has yet to come, so that it can't be rated."""
    score: reactive[int | None] = reactive(None)
    """0 to 10, or None when unrated."""
    scores_hidden = reactive(False)
    noted = reactive(False)
    """Whether the evening has a note."""
    has_draft = reactive(False)
    """Whether a note of the evening is kept as a draft."""
    has_cursor = reactive(True)

    def render(self) -> Content:
        """Question and answer, a blank line, the scores, what they mean, and a blank line."""
        below = [Content(""), self._numbers(), self._meanings()]
        if self.is_ahead:
            below = styled_text.message_lines(
                _(
                    "You can plan rest days: press z on a practice, or Z for several practices "
                    "and days."
                ),
                self.size.width,
                3,
            )
        return styled_text.page(self, [self._question(), *below])

    def _question(self) -> Content:
        # Beside that the day is ahead, there's no answer.
        cells = self.size.width - 8 if self.is_ahead else min(52, self.size.width - 16)
        question = styled_text.user_text(self.question, cells, styled_text.BOLD)
        answer = (
            "" if self.score is None else calm_words(self.score, scores_hidden=self.scores_hidden)
        )
        note = styled_text.note_marker(is_noted=self.noted, is_draft=self.has_draft)
        width = min(self.size.width - 4, 76)
        gap = max(1, width - 3 - question.cell_length - len(answer) - note.cell_length)
        return Content.assemble(
            styled_text.cursor_marker(is_current=self.has_cursor and self.shows_cursor),
            question,
            " " * gap,
            note,
            (answer, styled_text.CURSOR),
        )

    def _numbers(self) -> Content:
        is_colored = has_cell_colors(self.app)
        numbers = [self._number(score, is_colored=is_colored) for score in range(11)]
        return Content.assemble(" " * SCORES_INDENT, *numbers)

    def _number(self, score: int, *, is_colored: bool) -> Content:
        chosen = score == self.score and not self.scores_hidden
        label = f"[{score}]" if chosen else f" {score} "
        text = label.center(self._cell)
        if is_colored:
            content = self._colored(text, score, chosen=chosen)
        else:
            before, after = text.split(label)
            style = "bold $text-primary reverse" if chosen else ""
            content = Content.assemble(before, (label, style), after)
        return styled_text.clickable(content, f"screen.rate({score})")

    def _colored(self, text: str, score: int, *, chosen: bool) -> Content:
        """A cell in the score's colour; once there is a score, the others are faded."""
        style = styled_text.calm_cell(score)
        if chosen:
            style = f"bold {style}"
        elif self.score is not None and not self.scores_hidden:
            style = f"$foreground on $calm-{score} {FADED_OPACITY:.0%}"
        # The narrowest cells have no cell to spare for a gap after two digits.
        cell = text if score == 10 and self._cell == LEAST_SCORE_CELLS else text.removesuffix(" ")
        return Content.assemble((cell, style), " " * (len(text) - len(cell)))

    def _meanings(self) -> Content:
        line = [" "] * (SCORES_INDENT + 11 * self._cell + 12)
        for score in (0, 5, 10):
            meaning = score_meaning(score)
            middle = SCORES_INDENT + score * self._cell + self._cell // 2
            start = max(3, middle - len(meaning) // 2)
            line[start : start + len(meaning)] = meaning
        return Content("".join(line).rstrip()).stylize(styled_text.MUTED)

    @property
    def _cell(self) -> int:
        return max(LEAST_SCORE_CELLS, min(SCORE_CELLS, (self.size.width - SCORES_INDENT - 4) // 11))


class StatusLine(Widget):
    """A message, and below it a detail or an offer."""

    DEFAULT_CSS = "StatusLine { height: auto; max-height: 2; padding: 0 3; }"

    text = reactive("", layout=True)
    """The message."""
    detail: reactive[tuple[str, ...]] = reactive((), layout=True)
    """A second message below it, then shorter forms of it for lines that it is too long for."""
    offer = reactive("", layout=True)
    """The offer to open the gratitude jar, shown where there is no detail; it can be clicked."""

    fade_opacity = reactive(1.0)
    """Opacity of the message, 0 to 1, in tenths."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """No lines without a message: the list above may need them."""
        is_empty = not (self.text or self.detail or self.offer)
        return 0 if is_empty else super().get_content_height(container, viewport, width)

    def fade_in(self) -> None:
        """Fades the message in, unless animations are off."""
        if self.app.animation_level != "none":
            self.fade_opacity = FADE_FROM
            self.animate("fade_opacity", 1.0, duration=FADE_SECONDS, easing="linear")

    def validate_fade_opacity(self, opacity: float) -> float:
        """Ten steps: each one is drawn, and sent to the terminal."""
        return round(opacity, 1)

    def render(self) -> Content:
        """Both lines, indented as the list is; a message without a second line may take two."""
        text = Content.styled(self.text, self._style)
        if not self.detail and not self.offer:
            return text
        text = styled_text.truncate(text, self.size.width)
        if self.detail:
            forms = [Content.styled(one, styled_text.MUTED) for one in self.detail]
            detail = next((one for one in forms if one.cell_length <= self.size.width), forms[-1])
            return Content("\n").join([text, styled_text.truncate(detail, self.size.width)])
        return Content("\n").join(
            [text, styled_text.clickable(self.offer, "screen.jar").stylize(styled_text.MUTED)]
        )

    @property
    def _style(self) -> str:
        opacity = self.fade_opacity
        return styled_text.ACCENT if opacity >= 1 else f"{styled_text.ACCENT} {opacity:.0%}"


class StatusTexts(NamedTuple):
    """What the status shows of other days than the page's."""

    coins: tuple[Coin, Coin] = ((), ())
    """The coins of today and of tomorrow, in a coin-flip month."""
    opening: str = ""
    """What the days before held, for an evening with nothing logged."""


class StatusMessages:
    """Holds what the status shows beside the page's day: the texts that are read with it, and after
    a rating that is saved the gentle message and newly found patterns."""

    def __init__(self, screen: DiaryScreen, update: Callable[[], None]) -> None:
        """`update` displays the status again, after an answer has come."""
        self._screen = screen
        self._update = update
        self.texts = StatusTexts()
        self._gentle = ""
        """The gentle message, while the evening that it belongs to is shown."""
        self._findings = ""
        """Which patterns were found at the latest checkpoint, once after a rating."""
        self.offers_jar = False
        """Whether a low rating was just given, and the gratitude jar is not empty."""
        self.completes = False
        """Whether the rating just given is the evening's first, and the status has yet to say."""

    def forget(self) -> None:
        """Drops what belongs to the day shown before."""
        self._gentle = ""
        self.offers_jar = False

    def ask(self) -> None:
        """Reads what follows a rating that is saved and final."""
        self._ask_gentle_message()
        self._ask_new_findings()

    def ask_jar(self) -> None:
        """Reads whether the gratitude jar holds anything, after a low rating."""

        def offer(holds_any: bool) -> None:
            self.offers_jar = holds_any
            self._update()

        app = self._screen.calmtrack
        app.diary_worker.submit(
            lambda diary: diary.notes.has_gratitude(), offer, app.notify_error_once
        )

    def _ask_new_findings(self) -> None:
        if self._screen.scores_hidden:
            # It speaks of calm.
            return

        def show(names: tuple[str, ...]) -> None:
            if names:
                self._findings = new_patterns_sentence(names)
                self._update()

        self._screen.calmtrack.insights.request_new_findings(show)

    def _ask_gentle_message(self) -> None:
        screen = self._screen
        if (day := screen.day) is None or screen.scores_hidden:
            # The message would show others how low the hidden scores are.
            return

        def show(message: str) -> None:
            if message and screen.day == day:
                self._gentle = message
                self._update()

        screen.calmtrack.diary_worker.submit(lambda diary: diary.support.gentle_message(day), show)

    def show_on(self, status: StatusLine, view: DayView, *, settled: bool) -> None:
        """Sets the status for a day's rating; not `settled` is a 1 that may still become a 10."""
        is_rated = view.calm is not None and settled
        is_tonight = view.day == view.today
        is_low = view.calm is not None and view.calm <= LOW_SCORE and settled
        # Scores that are hidden meanwhile would show in it.
        is_hidden = self._screen.scores_hidden
        offers = self.offers_jar and is_low and not (self._gentle or is_hidden)
        todays_coin, tomorrows_coin = self.texts.coins
        detail = tomorrows_coin if is_rated else todays_coin
        if detail == todays_coin and self._screen.size.width >= WITH_SIDE:
            # The panel on the right has it.
            detail = ()
        findings = self._findings if is_rated else ""
        if findings and not detail:
            detail, findings = (findings,), ""
        status.detail = detail if is_tonight and not self._gentle else ()
        status.offer = (
            _("G: something you were grateful for")
            if offers and not status.detail and self._has_room_for_offer(len(view.practices))
            else ""
        )
        if self._gentle and view.calm is not None:
            status.text = self._gentle
        elif is_rated:
            # What the coin says of tomorrow keeps its line: then new patterns take the other one.
            farewell = findings or _farewell(view, self._screen.scores_hidden)
            status.text = farewell if is_tonight else ""
            if self.completes and is_tonight:
                status.fade_in()
            self.completes = False
        else:
            status.text = self.texts.opening if is_tonight and not view.answered else ""

    def _has_room_for_offer(self, rows: int) -> bool:
        """Whether the offer, below the status, leaves room for all rows and a line about one."""
        height = self._screen.size.height
        return rows + LINES_BESIDE_ROWS <= height - OTHER_LINES + (height < SHORT)


LOGGED = (State.DONE, State.SOME)

OTHER_LINES = 10
"""Lines of the top bar, the question with its scores, the status and the key hints."""

LINES_BESIDE_ROWS = 3
"""Lines of the list beside its rows: the headings, a blank line, and one about the row."""


class OtherDays(NamedTuple):
    """What is shown of other days."""

    read_for: object
    """By what it differs: see `_others_key`."""
    recent: RecentDays | None
    """For the panel on the right, where there is width for it."""
    texts: StatusTexts | None
    """For the status of today."""


Page: TypeAlias = "tuple[DayView, WeekView | None, OtherDays | None]"
"""The other days are None where they are shown already."""

WITH_SIDE = 110
"""Columns from which a panel with recent days is shown on the right."""

CHECK_DAY_SECONDS = 20.0
"""Seconds between two checks whether the day has turned."""


class TonightScreen(DayScreen):
    """One day, rated and logged with one key each; the cursor is on calm or on a practice."""

    DEFAULT_CSS = """
    TonightScreen.-short CalmScale { height: 4; }
    TonightScreen.-loading CalmScale, TonightScreen.-loading PracticeList,
    TonightScreen.-loading StatusLine, TonightScreen.-loading SidePanel { visibility: hidden; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-high"), (30, "-roomy")]  # noqa: RUF012
    reads_on_mount = False
    BINDINGS: ClassVar[list[BindingType]] = prioritized([
        *row_bindings(),
        *edge_bindings(),
        Binding("left,left_square_bracket", "day(-1)", N_("Previous day"),
                tooltip=N_("Previous day, to log what you forgot"), group=DAYS),
        Binding("right,right_square_bracket", "day(1)", N_("Next day"),
                tooltip=N_("Next day"), group=DAYS),
        Binding("escape", "back", N_("Back"), tooltip=N_("Back to today")),
    ])  # fmt: skip

    _list = getters.query_one(PracticeList)

    def __init__(self, first: DayView | None) -> None:
        """`first` is the page that the fast reader has read; None before there is one."""
        super().__init__()
        self._view = first
        self._chosen: date | None = None
        """The day to show; None for today, whichever day that is."""
        self._skipped = False
        """Whether streaks are shown though the day is not rated."""
        self._ten_timer: Timer | None = None
        """Runs while a 1 may still become a 10."""
        self._turned = False
        self._begun: date | None = None
        """The new day that was moved on to in the open app; its page may be still to come."""
        self._others_of: object = None
        """What the other days were read for; None where they weren't."""
        self._status_messages = StatusMessages(self, self._update_status)

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield CalmScale()
        yield PracticeList()
        yield StatusLine()
        yield KeyHints(_hints(is_ahead=False), least_gap=2)

    def on_mount(self) -> None:
        """Displays the page of the fast reader, and watches for the day's turn."""
        self._list.empty = _("Your list has no practices. Press P to add or restore one.")
        # Known only with the first resize, it would change the layout after the first frame.
        self._list.max_lines = self.app.size.height - OTHER_LINES
        self.query_one(CalmScale).question = _("Overall, how calm did you feel today?")
        if self._view is not None:
            self.page_loaded((self._view, None, None))
        self.set_interval(CHECK_DAY_SECONDS, self._check_day)

    async def on_resize(self, event: events.Resize) -> None:
        """Reads the week as soon as there is width for it. Textual calls the base's handler too."""
        for panel in self.query("SidePanel"):
            panel.display = event.size.width >= WITH_SIDE
            self.set_class(panel.display, "-with-side")
        self._list.max_lines = event.size.height - OTHER_LINES
        self._update_status()
        if self._view is not None:
            lacks_week = event.size.width >= WITH_WEEK and not self._list.week_marks
            is_wide = event.size.width >= WITH_SIDE
            if lacks_week or (
                is_wide and self._others_of != _others_key(self._view, self._options)
            ):
                self.reload()

    # What is shown

    @property
    def day(self) -> date | None:
        return None if self._view is None else self._view.day

    @property
    def today(self) -> date:
        """The day it is now, by the hour at which the diary's day turns."""
        known = DiarySettings() if self._view is None else self._view
        return day_of(clock.now(), known.day_turns_at)

    @property
    def is_loading(self) -> bool:
        return self._view is None or self._view.day != (self._chosen or self._view.today)

    @property
    def cursor(self) -> int | None:
        return self._list.cursor

    def totals(self) -> dict[str, int]:
        if self._view is None or self._view.day != self._view.today:
            return {}
        return {row.practice.id: row.figures.days_total for row in self._view.practices}

    def go_to_day(self, day: date) -> None:
        today = self._view.today if self._view else None
        self._chosen = None if day == today else day
        self._skipped = False
        self._status_messages.forget()
        self.move_to(None)
        self.set_message("")
        if not self.is_loading:
            self.remove_class("-loading")
        elif self.app.screen is not self:
            # The screen above is closed next, and the page below is still another day's.
            self.add_class("-loading")
            self._show_in_top_bar(day, today or day)
        self.reload()

    def figures(self) -> str:
        later = _(
            "Tonight shows them once you rate the evening, log something or move down, so that "
            "they don't sway your score."
        )
        return f"{super().figures()} {later}"

    def reload(self, *, after_others: bool = False) -> None:
        self.reread()
        super().reload(after_others=after_others)

    def reread(self) -> None:
        """Reads other days with the next page, too: they, the names of practices, the language or
        the coin-flip month may have changed."""
        self._others_of = None

    @property
    def _options(self) -> tuple[bool, bool, bool]:
        """How other days are shown: with hidden scores, with low evenings, with the panel."""
        with_side = self.app.size.width >= WITH_SIDE
        return self.scores_hidden, self.calmtrack.settings.low_on_this_day, with_side

    def load(self) -> Callable[[Diary], Page]:
        chosen, with_week = self._chosen, self.size.width >= WITH_WEEK
        known = self._others_of
        hidden, with_low, with_side = options = self._options

        def job(diary: Diary) -> Page:
            view = diary.day(chosen)
            week = diary.week(chosen) if with_week else None
            if (key := _others_key(view, options)) == known:
                return view, week, None
            recent = texts = None
            if with_side:
                # Imported after the first frame, which doesn't show it.
                from tracker.tui.widgets.side_panel import load_recent_days

                recent = load_recent_days(diary, with_low=with_low, scores_hidden=hidden)
            if view.day == view.today:
                coins = diary.coin_forms(scores_hidden=hidden)
                texts = StatusTexts(coins, "" if view.answered else _opening(diary, view))
            return view, week, OtherDays(key, recent, texts)

        return job

    def show_page(self, page: Page) -> None:
        view, week, others = page
        self._view = view
        if not self.is_loading:
            self.remove_class("-loading")
        if not self.has_class("-loading"):
            self._show_in_top_bar(view.day, view.today)
        scale = self.query_one(CalmScale)
        scale.question = _question(view)
        # A rating from when the clock was wrong can be corrected.
        scale.is_ahead = view.day > view.today and view.calm is None
        self.query_one(KeyHints).hints = _hints(is_ahead=scale.is_ahead)
        scale.score, scale.noted = view.calm, bool(view.calm_note)
        scale.scores_hidden = self.scores_hidden
        practices = self._list
        practices.rows = view.practices
        practices.evening_note = view.calm_note
        practices.drafts = {
            subject: draft.text
            for (subject, day), draft in self.calmtrack.note_drafts.items()
            if day == view.day
        }
        scale.has_draft = CALM_ID in practices.drafts
        practices.is_past = view.day < view.today
        practices.is_ahead = view.day > view.today
        practices.figures = view.answered or self._skipped
        practices.week_marks = () if week is None else week_marks(view, week)
        practices.week_days = () if week is None else week_heading(week)
        if others is not None:
            self._others_of = others.read_for
            if others.texts is not None:
                self._status_messages.texts = others.texts
            if others.recent is not None:
                self._show_side(others.recent)
        elif self._others_of not in (None, _others_key(view, self._options)):
            # Another page was shown since this one was asked for.
            self.reload()
        self._update_status()

    def _show_in_top_bar(self, day: date, today: date) -> None:
        top_bar = self.query_one(TopBar)
        of_this_year = day.year == today.year
        top_bar.period = format_day(day, year=not of_this_year)
        top_bar.short_period = format_day_short(day, year=not of_this_year)
        top_bar.period_mark = days_apart(day, today)
        top_bar.screen_key = "T" if day == today else ""

    def _show_side(self, recent: RecentDays) -> None:
        from tracker.tui.widgets.side_panel import SidePanel

        side = next(iter(self.query(SidePanel)), None)
        if side is None:
            # Docked, the line at the top keeps the whole width.
            self.query_one(TopBar).styles.dock = "top"
            side = SidePanel()
            self.mount(side)
            self.add_class("-with-side")
        side.recent, side.scores_hidden = recent, self.scores_hidden
        side.is_today = self._view is not None and self._view.day == self._view.today

    @property
    def row_text(self) -> str:
        return self._list.row_text

    def set_message(self, sentence: str) -> None:
        self._list.message = sentence
        # It may begin with the coin, which stands below it otherwise.
        self._update_status()

    def clear_message(self) -> None:
        # That the day has turned goes only with the next key.
        if not self._turned:
            super().clear_message()

    def content_of(self, page: Page) -> object:
        view, week, *_ = page
        return view, week

    def change_by_others(self, before: Any, now: Any) -> str:
        # That the day has turned is more than what changed on the day that is over.
        return "" if self._turned else super().change_by_others(before, now)

    def entries_of(self, content: tuple[DayView, WeekView | None]) -> Entries:
        view, _week = content
        rating = ShownEntry(None, view.calm, is_rest=False, note=view.calm_note)
        return {(view.day, CALM_ID): rating} | {
            (view.day, row.practice.id): ShownEntry(
                row.practice, row.amount, row.state is State.REST, row.note
            )
            for row in view.practices
        }

    # Keys

    async def action_undo(self) -> None:
        """Undoes the newest change, which may be one of another day or of a practice."""
        self.reread()
        await super().action_undo()

    async def action_redo(self) -> None:
        """Redoes what was undone last."""
        self.reread()
        await super().action_redo()

    def action_row(self, by: int) -> None:
        """Moves the cursor; down from calm skips the question."""
        super().action_row(by)
        if by > 0:
            self._skipped = True
            if self._view is not None:
                self._list.figures = True

    def action_day(self, by: int) -> None:
        """Shows the day before, or the day after up to today."""
        if self._view is None:
            return
        day = self._chosen or self._view.today
        if by > 0 and day == self._view.today:
            self.set_message(_("This is today. To plan rest days ahead, press Z."))
        elif by > 0 and day > self._view.today:
            self.set_message(_("To see more of the days ahead, press W for Week."))
        else:
            self.go_to_day(day + timedelta(days=by))

    def action_back(self) -> None:
        """Shows today. There it does nothing: a second escape after a closed dialog isn't meant to
        skip the question."""
        self.show_today()

    def show_today(self) -> bool:
        """Goes back to today; returns whether another day was shown."""
        if self._chosen is None or self._view is None:
            return False
        self.go_to_day(self._view.today)
        return True

    def day_has_turned(self) -> bool:
        self._check_day()
        if not self._turned:
            return False
        self._begin_new_day()
        self.set_message(
            _("It's {day} now. Nothing was logged.").format(day=format_day(self.today))
        )
        self.reload()
        return True

    def show_changed(self, sentence: str) -> None:
        """Moves on to a new day, too, if it began while the dialog was open."""
        self._check_day()
        if self._turned:
            self._begin_new_day()
        super().show_changed(sentence)

    def _begin_new_day(self) -> None:
        """Selects today, as the app does when it is opened; the page is still to be read."""
        self._turned = False
        self._begun = self.today
        self._chosen = None
        self._skipped = False
        self._status_messages.forget()
        self.move_to(None)

    def _check_day(self) -> None:
        """Sets a message as soon as the day has turned while the app was open."""
        if self._view is None or self._turned:
            return
        if self.today not in (self._view.today, self._begun):
            self._turned = True
            self.set_message(
                _("It's {day} now. Press any key to move on to it; nothing will be logged.").format(
                    day=format_day(self.today)
                )
            )

    def move_to(self, cursor: int | None) -> None:
        self._list.cursor = cursor
        self.query_one(CalmScale).has_cursor = cursor is None

    def rate(self, score: int, *, joins: bool = False) -> None:
        self._status_messages.offers_jar = False
        if self._view is not None and self._view.calm is None:
            self._status_messages.completes = True
        super().rate(score, joins=joins)
        if score <= LOW_SCORE and not self.scores_hidden:
            self._status_messages.ask_jar()
        if score == 1:
            # A 1 may become a 10: feedback waits until it no longer can.
            if self._ten_timer is not None:
                self._ten_timer.stop()
            self._ten_timer = self.set_timer(TEN_WITHIN, self._settle_one)
        else:
            self._status_messages.ask()

    def _settle_one(self) -> None:
        """The time for a 0 is over: gives the feedback for a 1, if the day still has one."""
        self._ten_timer = None
        if (day := self.day) is None:
            return

        def show(message: str) -> None:
            if self.has_widgets and self._view is not None and self._view.calm == 1:
                # What the rating itself has set, if anything, is part of it.
                if self._list.message in message and not self.scores_hidden:
                    self.set_message(message)
                self._status_messages.ask()
            self._update_status()

        # After the rating, which may take longer than a second.
        def message(diary: Diary) -> str:
            before = None if self._last_rating is None else self._last_rating.before
            return message_after_rating(diary, 1, day, before=before)

        self.calmtrack.submit(message, show)

    def _update_status(self) -> None:
        # An answer can come while the app closes, when there are no widgets any more.
        if self._view is not None and self.query(StatusLine):
            is_settled = self._ten_timer is None or not self.is_after_one
            status = self.query_one(StatusLine)
            self._status_messages.show_on(status, self._view, settled=is_settled)
            if status.detail and status.detail[0] in self._list.message:
                status.detail = ()


def _opening(diary: Diary, view: DayView) -> str:
    """A diary job: what yesterday held, without its score, which would sway tonight's; or that it
    can still be filled in, unless it was a rest day; or a welcome after two days with nothing,
    unless today is one. `view` is that of today."""
    today = view.today
    yesterday = diary.day(today - timedelta(days=1))
    names = [row.practice.name for row in yesterday.practices if row.state in LOGGED]
    if yesterday.calm is not None:
        held = sanitize_line(", ".join(names))
        return _("Yesterday: {practices}").format(practices=held) if names else ""
    if not view.yesterday_open:
        return ""
    before = diary.day(today - timedelta(days=2))
    is_gap = (
        not names
        and yesterday.yesterday_open
        and not any(row.state in LOGGED for row in before.practices)
    )
    if is_gap and not view.all_rest:
        return _("Welcome back. Just tonight is fine.")
    if yesterday.all_rest:
        return ""
    return _("You can still fill in yesterday ({key})").format(key=styled_text.glyph("←"))


def _farewell(view: DayView, scores_hidden: bool) -> str:
    """After the rating: what to do next, unless all practices have a rest day, and once something
    is logged what the evening holds."""
    if all(row.state is State.REST for row in view.practices):
        return _("That's it for today. Sleep well.")
    count = sum(row.state in LOGGED for row in view.practices)
    if not count:
        return _("Now tap what connected you.")
    if scores_hidden:
        words = ngettext(
            "{count} practice logged. Sleep well.", "{count} practices logged. Sleep well.", count
        )
    else:
        words = ngettext(
            "Calm {score}, {count} practice logged. Sleep well.",
            "Calm {score}, {count} practices logged. Sleep well.",
            count,
        )
    return words.format(score=view.calm, count=count)


def new_patterns_sentence(names: Sequence[str]) -> str:
    """Names up to three practices with a new pattern; of more, two."""
    if len(names) == 1:
        return _("New pattern: {name} (C, then shift+tab).").format(
            name=sanitize_line(names[0], 60)
        )
    *first, last = [sanitize_line(name, 24) for name in names]
    if len(names) <= 3:
        return _("New patterns: {names} and {last} (C, then shift+tab).").format(
            names=", ".join(first), last=last
        )
    return _("New patterns: {names} and {count} more (C, then shift+tab).").format(
        names=", ".join(first[:2]), count=len(names) - 2
    )


def _others_key(view: DayView, options: tuple[bool, bool, bool]) -> object:
    """By what the texts about other days, and the panel, differ, as long as those days are the
    same: whether the day shown has a rating or an entry, its notes and its rest days."""
    notes = [view.calm_note, *(row.note for row in view.practices)]
    rests = [row.practice.id for row in view.practices if row.state is State.REST]
    return view.today, view.day, view.calm, view.answered, notes, rests, options


def _question(view: DayView) -> str:
    """The calm question, which names a day that isn't today."""
    if view.day == view.today:
        return _("Overall, how calm did you feel today?")
    if view.day > view.today:
        return _("{day} is in the future.").format(day=format_day_of(view.day, view.today))
    return _("How calm did you feel {day}?").format(day=format_on_day(view.day, view.today))


def _hints(*, is_ahead: bool) -> tuple[Hint, ...]:
    """The key hints; on a day to come only rest days can be set."""
    keys: tuple[Hint, ...] = (
        (
            (glyph("↑↓"), _("row"), UP_DOWN),
            ("z", _("rest day"), "z"),
            ("Z", _("rest days"), "Z"),
            ("u", _("undo"), "u"),
            (glyph("←→"), _("day"), LEFT_RIGHT),
            ("/", _("find"), "slash"),
        )
        if is_ahead
        else (
            ("0-10", _("calm"), None),
            ("a-z", _("log"), None),
            (glyph("↵"), _("note"), "enter"),
            ("u", _("undo"), "u"),
            (glyph("←→"), _("day"), LEFT_RIGHT),
            ("/", _("find"), "slash"),
            ("z", _("rest"), "z"),
        )
    )
    return (*keys, ("?", _("help"), "question_mark"))
