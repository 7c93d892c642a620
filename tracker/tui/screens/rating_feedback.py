"""What answers a rating, in the two lines below Tonight's list: that the evening is done, a gentle
line after heavy weeks, the coin of a coin-flip month, the offer of the gratitude jar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n.messages import say
from tracker.models import DayView
from tracker.tui.feedback import LOW
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.screens.base import DiaryScreen


class RatingFeedback:
    """The diary is asked once a rating is saved; what it only looks for stays out of the way: its
    trouble is the next key's to tell."""

    def __init__(self, room: DiaryScreen, shown: Callable[[], None]) -> None:
        """`shown` shows anew, after something was found."""
        self._room = room
        self._shown = shown
        self._gentle = ""
        """The gentle line, while the evening it was said on is shown."""
        self._coin = ""
        """What the coin says for tomorrow, in a coin-flip month."""
        self._coin_asked: date | None = None
        """The evening for which the coin was asked when it was shown as rated already."""
        self.offers_jar = False
        """Whether a low rating was just given, and there is something in the gratitude jar."""
        self.completes = False
        """Whether the rating just given is the evening's first, and yet to be answered."""

    def forget(self) -> None:
        """Another day is shown: what was said of this one goes."""
        self._gentle = ""
        self.offers_jar = False

    def ask(self) -> None:
        """A rating is saved, and settled."""
        self._ask_gently()
        self._ask_the_coin()

    def ask_the_coin_once(self, evening: date) -> None:
        """The same for an evening that was rated before it was shown."""
        if evening != self._coin_asked:
            self._coin_asked = evening
            # After the first frame: asking loads the diary.
            self._room.call_after_refresh(self._ask_the_coin)

    def ask_the_jar(self) -> None:
        """A low rating was given: is there something to be glad of?"""

        def offer(holds_any: bool) -> None:
            self.offers_jar = holds_any
            self._shown()

        app = self._room.calmtrack
        app.desk.ask(_jar_holds_any, offer, app.tell_once)

    def _ask_the_coin(self) -> None:
        """In a coin-flip month the coin is told once the evening is rated."""

        def told(coin: str) -> None:
            self._coin = coin
            self._shown()

        self._room.calmtrack.desk.ask(_tomorrows_coin, told, lambda _: None)

    def _ask_gently(self) -> None:
        """Do the last weeks look heavy?"""
        room = self._room
        if (day := room.day) is None or room.hushed:
            # Where others can see the screen, it would tell them how low the scores are.
            return

        def job(diary: Diary) -> str:

            return diary.support.gentle_message(day)

        def say_it(line: str) -> None:
            if line and room.day == day:
                self._gentle = line
                self._shown()

        room.calmtrack.desk.ask(job, say_it, lambda _: None)

    def show_on(self, status: StatusLine, view: DayView, *, settled: bool) -> None:
        """Says on the lines what a day's rating has for an answer; not `settled` is a 1 that may
        still become a 10."""
        is_rated = view.calm is not None and settled
        is_tonight = view.day == view.today
        is_low = view.calm is not None and view.calm <= LOW and settled
        offers = self.offers_jar and is_low and not self._gentle
        status.told = self._coin if is_rated and is_tonight and not self._gentle else ""
        status.offer = say("jar.offer") if offers and not status.told else ""
        if self._gentle and view.calm is not None:
            status.text = self._gentle
        elif is_rated:
            status.text = say("tonight.done") if is_tonight else ""
            if self.completes and is_tonight:
                status.arrive()
            self.completes = False
        elif is_tonight and view.yesterday_open:
            status.text = say("tonight.yesterday_open", key=glyph("←"))
        else:
            status.text = ""


def _tomorrows_coin(diary: Diary) -> str:
    return diary.coin_month.tomorrow()


def _jar_holds_any(diary: Diary) -> bool:
    return diary.notes.has_gratitude()
