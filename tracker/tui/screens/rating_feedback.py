"""Feedback on a rating, in the two lines below Tonight's list: that the evening is done, a gentle
message after heavy weeks, the coin of a coin-flip month, the offer of the gratitude jar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tracker.i18n.messages import say
from tracker.models import DayView
from tracker.render.entry_text import LOW
from tracker.tui import styled_text

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.screens.base import DiaryScreen

FADE_FRAMES, FRAME_SECONDS, FADE_FROM = 9, 0.1, 0.1
"""The fade-in of the message: frames, seconds between two, and the opacity it starts from."""


class StatusLine(Widget):
    """A message, and below it a detail or an offer."""

    DEFAULT_CSS = "StatusLine { height: 2; padding: 0 3; }"

    text = reactive("")
    """The message."""
    detail = reactive("")
    """A second message below it."""
    offer = reactive("")
    """The offer to open the gratitude jar, shown where there is no detail; it can be clicked."""

    _fade: Timer | None = None

    fade_opacity = reactive(1.0)
    """Opacity of the message, 0 to 1."""

    def fade_in(self) -> None:
        """Fades the message in, unless animations are off."""
        if self.app.animation_level == "none":
            return
        if self._fade is not None:
            self._fade.stop()
        self.fade_opacity = FADE_FROM
        self._fade = self.set_interval(FRAME_SECONDS, self._fade_step, repeat=FADE_FRAMES)

    def _fade_step(self) -> None:
        step = (1.0 - FADE_FROM) / FADE_FRAMES + 0.001
        self.fade_opacity = min(1.0, self.fade_opacity + step)

    def render(self) -> Content:
        """Both lines, indented as the list is."""
        text = Content.styled(self.text, self._style)
        if self.detail:
            return Content("\n").join([text, Content.styled(self.detail, styled_text.MUTED)])
        if not self.offer:
            return text
        return Content("\n").join(
            [text, styled_text.clickable(self.offer, "screen.jar").stylize(styled_text.MUTED)]
        )

    @property
    def _style(self) -> str:
        opacity = self.fade_opacity
        return styled_text.ACCENT if opacity >= 1 else f"{styled_text.ACCENT} {opacity:.0%}"


class RatingFeedback:
    """Asks the diary for it once a rating is saved. Errors of these reads are not shown: the next
    key meets the same trouble, and shows it."""

    def __init__(self, screen: DiaryScreen, update: Callable[[], None]) -> None:
        """`update` displays the status again, after an answer has come."""
        self._screen = screen
        self._update = update
        self._gentle = ""
        """The gentle message, while the evening that it belongs to is shown."""
        self._coin = ""
        """The coin's result for tomorrow, in a coin-flip month."""
        self._coin_asked: date | None = None
        """The evening for which the coin was read, as it was rated before it was shown."""
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
        self._ask_coin()

    def ask_coin_once(self, evening: date) -> None:
        """Reads the coin for an evening that was rated before it was shown."""
        if evening != self._coin_asked:
            self._coin_asked = evening
            # After the first frame: the job loads the diary.
            self._screen.call_after_refresh(self._ask_coin)

    def ask_jar(self) -> None:
        """Reads whether the gratitude jar holds anything, after a low rating."""

        def offer(holds_any: bool) -> None:
            self.offers_jar = holds_any
            self._update()

        app = self._screen.calmtrack
        app.diary_worker.submit(_jar_holds_any, offer, app.notify_error_once)

    def _ask_coin(self) -> None:
        def show(coin: str) -> None:
            self._coin = coin
            self._update()

        self._screen.calmtrack.diary_worker.submit(_tomorrows_coin, show, lambda _: None)

    def _ask_gentle_message(self) -> None:
        screen = self._screen
        if (day := screen.day) is None or screen.scores_hidden:
            # The message would show others how low the hidden scores are.
            return

        def job(diary: Diary) -> str:
            return diary.support.gentle_message(day)

        def show(message: str) -> None:
            if message and screen.day == day:
                self._gentle = message
                self._update()

        screen.calmtrack.diary_worker.submit(job, show, lambda _: None)

    def show_on(self, status: StatusLine, view: DayView, *, settled: bool) -> None:
        """Sets the status for a day's rating; not `settled` is a 1 that may still become a 10."""
        is_rated = view.calm is not None and settled
        is_tonight = view.day == view.today
        is_low = view.calm is not None and view.calm <= LOW and settled
        offers = self.offers_jar and is_low and not self._gentle
        status.detail = self._coin if is_rated and is_tonight and not self._gentle else ""
        status.offer = say("jar.offer") if offers and not status.detail else ""
        if self._gentle and view.calm is not None:
            status.text = self._gentle
        elif is_rated:
            status.text = say("tonight.done") if is_tonight else ""
            if self.completes and is_tonight:
                status.fade_in()
            self.completes = False
        elif is_tonight and view.yesterday_open:
            status.text = say("tonight.yesterday_open", key=styled_text.glyph("←"))
        else:
            status.text = ""


def _tomorrows_coin(diary: Diary) -> str:
    return diary.coin_month.tomorrow()


def _jar_holds_any(diary: Diary) -> bool:
    return diary.notes.has_gratitude()
