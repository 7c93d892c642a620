"""The ways from room to room: each lies over Tonight, and takes the place of another one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date

from textual.app import App

from tracker.tui.screens.room import Room
from tracker.tui.screens.tonight import Tonight


class Doors(App[None]):
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
        from tracker.tui.screens.week import Week

        self._show(Week, day)

    def show_year(self, day: date | None) -> None:
        """Opens the year of a day, over Tonight."""
        from tracker.tui.screens.year import Year

        self._show(Year, day)

    def show_calm(self, day: date | None) -> None:
        """Opens calm over time, up to today, with the cursor on a day."""
        from tracker.tui.screens.calm import Calm

        self._show(Calm, day)

    def show_settings(self) -> None:
        """Opens the settings, over Tonight."""
        from tracker.tui.screens.settings import SettingsRoom

        if not isinstance(self.screen, SettingsRoom):
            self._show(lambda _: SettingsRoom(), None)

    def show_about(self) -> None:
        """Tells what calmtrack is and is not, over whatever is open."""
        from tracker.tui.screens.about import About, about_box

        if not isinstance(self.screen, About):
            self.push_screen(about_box(self))

    def show_day(self, day: date) -> None:
        """Opens a day on Tonight's screen."""
        self.show_tonight()
        if isinstance(self.screen, Tonight):
            self.screen.go_to_day(day)

    def _show(self, room: Callable[[date | None], Room], day: date | None) -> None:
        """Opens a room over Tonight, in the place of another one."""
        here = self.screen
        if isinstance(here, Room) and type(here) is room:
            if day is not None:
                here.go_to_day(day)
            return
        self.show_tonight()
        self.push_screen(room(day))

    def show_practices(self) -> None:
        """Opens the practices, over Tonight."""
        from tracker.tui.screens.practices import Practices

        if not isinstance(self.screen, Practices):
            self._show(lambda _: Practices(), None)

    def show_import(self) -> None:
        """Opens the files that could come in, over Tonight."""
        from tracker.tui.screens.importing import ImportRoom

        if not isinstance(self.screen, ImportRoom):
            self._show(lambda _: ImportRoom(), None)
