"""The app: its theme, its rooms, and the first screen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.app import SystemCommand
from textual.constants import TEXTUAL_ANIMATIONS
from textual.screen import Screen

from tracker import clock
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError
from tracker.i18n.locale import set_language
from tracker.i18n.messages import say, translate_label
from tracker.location import Location
from tracker.models import DayView
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line
from tracker.settings import DEFAULTS, LoadedSettings, read_settings, with_setting, write_setting
from tracker.tui.ascii_scrollbar import draw_plainly_if_asked
from tracker.tui.connection_monitor import ConnectionMonitor
from tracker.tui.diary_worker import DiaryWorker
from tracker.tui.navigation import Navigation
from tracker.tui.screens.tonight_screen import TonightScreen
from tracker.tui.shutdown import Shutdown
from tracker.tui.terminal import HUNG_UP, is_disconnected
from tracker.tui.theme import OURS

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.tui.insights_worker import InsightsResult, InsightsWorker

T = TypeVar("T")

LOOK_AGAIN = 2.0
"""Seconds between two looks at the file, for what another program wrote."""


class CalmtrackApp(Navigation, Shutdown):
    """Opens Tonight at once, from a quick look at the file; the diary itself comes after."""

    TITLE = "calmtrack"
    CSS = """
    Screen { overflow: hidden; }
    .-plain Toast { border-left: ascii $foreground; }
    CommandPalette {
        & > Vertical { max-width: 84; background: $surface; }
        & SearchIcon { display: none; }
        & #--input { border: none; padding: 1 2 0 2; background: $surface; }
        & CommandInput > .input--placeholder { color: $text-muted; }
        & CommandList > .option-list--option-highlighted { background: $primary 15%; }
        & CommandList { border: none; padding: 0 0 1 0; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(
        self, place: Location, first: DayView | None, read: LoadedSettings = DEFAULTS
    ) -> None:
        super().__init__()
        self.settings = read.settings
        self._complaints = read.complaints
        self.desk = DiaryWorker(place, self.call_later)
        self._place = place
        self._first = first
        self._backed_up_on: date | None = None
        self._told: str | None = None
        """The trouble that was told last."""
        self._seen: tuple[int, int, int] | None = None
        self._looked: InsightsWorker | None = None
        if place.invented:
            self.title = say("demo.name")
        for theme in OURS.values():
            self.register_theme(theme)
        self._dress()
        draw_plainly_if_asked()
        self.set_class(ascii_only(), "-plain")

    def get_default_screen(self) -> TonightScreen:
        """Tonight is under every other room, with no blank screen below it."""
        return TonightScreen(self._first)

    def on_mount(self) -> None:
        """Over Tonight shows, or to someone new first the welcome."""
        self._seen = self._signature()
        if self._first is None and self._is_unbegun():
            self._welcome()
        self.heed_signals()
        self.call_after_refresh(self._open_diary)
        self.set_interval(LOOK_AGAIN, self._look_again)
        if self._place.path is None:
            self.line = ConnectionMonitor(self)

    def ask(self, job: Callable[[Diary], T], then: Callable[[T], object]) -> None:
        """Puts a job for the diary in line; trouble becomes one sentence on the screen."""
        self.desk.ask(job, then, self.tell_trouble)

    def after_change(self) -> None:
        """Has the day's backup made, behind the first change that is acknowledged."""
        today = clock.now().date()
        if self._backed_up_on != today:
            self.desk.ask(_back_up, partial(self._backed_up, today), self.tell_once)

    def _backed_up(self, day: date, done: bool) -> None:
        if done:
            self._backed_up_on = day

    def tell(self, sentence: str) -> None:
        """Says something that is not about the row one is in."""
        self.notify(sanitize_line(sentence), markup=False, timeout=6)

    def tell_trouble(self, trouble: CalmtrackError) -> None:
        """Says in one sentence what could not be done, and shows what is on disk."""
        self._say_trouble(trouble)
        self._reread()

    def tell_once(self, trouble: CalmtrackError) -> None:
        """Says what a look at the disk could not do; looks are many, so once only."""
        if str(trouble) != self._told:
            self._say_trouble(trouble)

    def _say_trouble(self, trouble: CalmtrackError) -> None:
        self._told = str(trouble)
        self.notify(sanitize_line(self._told), markup=False, severity="error", timeout=15)

    def change_setting(self, key: str, value: str | bool) -> None:
        """Shows at once how it looks, and writes the setting to its file."""
        before = self.settings
        self.settings = with_setting(before, key, value)
        self._dress()
        self.show_anew()

        def not_written(trouble: CalmtrackError) -> None:
            self.settings = before
            self._dress()
            set_language(before.language)
            self.tell_trouble(trouble)

        self.desk.ask(lambda _: write_setting(key, value), lambda _: None, not_written)

    async def change_language(self, choice: str) -> None:
        """Speaks another language from now on: puts Tonight together anew in it, and the settings
        over it."""
        from tracker.tui.screens.settings_screen import LANGUAGE, SettingsScreen

        set_language(choice)
        self.show_tonight()
        await self.screen.recompose()
        self.push_screen(SettingsScreen(LANGUAGE))
        self.change_setting("language", choice)

    def _dress(self) -> None:
        ours = OURS.get(self.settings.theme)
        self.theme = self.settings.theme if ours is None else ours.name
        self.animation_level = TEXTUAL_ANIMATIONS if self.settings.animations else "none"

    def ask_what_goes_with_calm(self, then: Callable[[InsightsResult], object]) -> None:
        """Works out what goes with calmer evenings, while keys are answered."""
        from tracker.tui.insights_worker import InsightsWorker

        if self._looked is None:
            self._looked = InsightsWorker(self, self._place, self._signature)
        self._looked.ask(then, self.tell_once)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: once each, all that keys do on the screen one is on,
        and About."""
        bindings = (
            active.binding for active in screen.active_bindings.values() if active.binding.id
        )
        told = {(one.description, one.action): one for one in bindings}
        for one in told.values():
            if one.description:
                yield SystemCommand(
                    translate_label(one.description),
                    translate_label(one.tooltip),
                    lambda action=one.action: self.run_action(action, screen),
                )
        yield SystemCommand(say("about.title"), say("about.tip"), self.show_about)

    def _open_diary(self) -> None:
        """Loads the diary, and shows what the first look could not tell."""
        self.ask(_first_look_round, self._opened)

    def _opened(self, found: tuple[bool, list[str]]) -> None:
        is_new, sentences = found
        if self._place.invented:
            self.tell(say("demo.told"))
        for sentence in (*self._complaints, *sentences):
            self.tell(sentence)
        if is_new and isinstance(self.screen, TonightScreen):
            self._welcome()
        self._reread()

    def _welcome(self) -> None:
        from tracker.tui.screens.welcome_screen import WelcomeScreen

        self.push_screen(WelcomeScreen(), lambda _: self._reread())

    def _is_unbegun(self) -> bool:
        path = self._place.path
        return path is not None and (not path.exists() or path.stat().st_size == 0)

    def _look_again(self) -> None:
        if not self.is_headless and is_disconnected(self.is_web):
            # Closed without a signal, as for a session without a terminal of its own.
            self.leave(HUNG_UP)
            return
        seen = self._signature()
        if seen != self._seen:
            self._seen = seen
            self._reread()

    def show_anew(self) -> None:
        """Every screen shows anew what it shows."""
        self._reread()

    def _reread(self) -> None:
        for screen in self.screen_stack:
            reread = getattr(screen, "reread", None)
            if reread is not None:
                reread()

    def _signature(self) -> tuple[int, int, int] | None:
        """What tells that the file was written to, or another put in its place."""
        if self._place.path is None:
            return None
        try:
            found = self._place.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def on_app_focus(self) -> None:
        """Looks at the diary as soon as one comes back to it."""
        if self.line is not None:
            self._reread()
        self._look_again()


def _first_look_round(diary: Diary) -> tuple[bool, list[str]]:
    """Whether a person has yet to choose their practices, and what they should know."""

    return diary.is_new(), diary.maintenance.clean_up()


def _back_up(diary: Diary) -> bool:
    """Has the day's backup made if anything was changed; whether there is one now."""

    if diary.changed:
        diary.maintenance.back_up_daily()
    return diary.changed


def run(place: Location) -> int:
    """Opens the app; returns its exit code: 0, or 128 and the number of the signal that ended it.

    Raises Trouble, before any screen, for a diary that can't be read.
    """
    gc.disable()
    first = today_view(place, clock.now)
    app = CalmtrackApp(place, first, read_settings())
    try:
        app.run()
    finally:
        app.desk.close()
    return app.return_code or 0
