"""The ways from room to room: each lies over Tonight, and takes the place of another one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date

from textual.app import App

from tracker.tui.screens.base import DiaryScreen
from tracker.tui.screens.tonight_screen import TonightScreen


class Navigation(App[None]):
    """What opens a room, for whoever has a key or a click for it; rooms load when they open."""

    @abstractmethod
    def show_anew(self) -> None:
        """Every screen shows anew what it shows."""

    def show_tonight(self) -> None:
        """Goes back to Tonight, as the diary is by now."""
        if len(self.screen_stack) > 1:
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.show_anew()

    def show_week(self, day: date | None) -> None:
        """Opens the week of a day, over Tonight."""
        from tracker.tui.screens.week_screen import WeekScreen

        self._show(WeekScreen, day)

    def show_year(self, day: date | None) -> None:
        """Opens the year of a day, over Tonight."""
        from tracker.tui.screens.year_screen import YearScreen

        self._show(YearScreen, day)

    def show_calm(self, day: date | None) -> None:
        """Opens calm over time, up to today, with the cursor on a day."""
        from tracker.tui.screens.calm_screen import CalmScreen

        self._show(CalmScreen, day)

    def show_settings(self) -> None:
        """Opens the settings, over Tonight."""
        from tracker.tui.screens.settings_screen import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self._show(lambda _: SettingsScreen(), None)

    def show_about(self) -> None:
        """Tells what calmtrack is and is not, over whatever is open."""
        from tracker.tui.dialogs.text_dialog import AboutDialog

        if not isinstance(self.screen, AboutDialog):
            self.push_screen(AboutDialog())

    def show_day(self, day: date) -> None:
        """Opens a day on Tonight's screen."""
        self.show_tonight()
        if isinstance(self.screen, TonightScreen):
            self.screen.go_to_day(day)

    def _show(self, room: Callable[[date | None], DiaryScreen], day: date | None) -> None:
        """Opens a room over Tonight, in the place of another one."""
        here = self.screen
        if isinstance(here, DiaryScreen) and type(here) is room:
            if day is not None:
                here.go_to_day(day)
            return
        self.show_tonight()
        self.push_screen(room(day))

    def show_practices(self) -> None:
        """Opens the practices, over Tonight."""
        from tracker.tui.screens.practices_screen import PracticesScreen

        if not isinstance(self.screen, PracticesScreen):
            self._show(lambda _: PracticesScreen(), None)

    def show_import(self) -> None:
        """Opens the files that could come in, over Tonight."""
        from tracker.tui.screens.import_screen import ImportScreen

        if not isinstance(self.screen, ImportScreen):
            self._show(lambda _: ImportScreen(), None)
