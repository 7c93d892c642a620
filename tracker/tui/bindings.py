"""The table of screens, and the key bindings that several screens share."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from tracker.models import RESERVED_KEYS

if TYPE_CHECKING:
    from textual.screen import Screen

QUIT_KEYS = ("q", "ctrl+c", "ctrl+q")


def prioritized(bindings: Iterable[BindingType]) -> list[BindingType]:
    """The bindings as priority bindings. The app carries those out itself, one after the other as
    keys arrive; others run by way of the screen's own queue, where a key could overtake one that
    was typed before it. For screens on which nothing is typed into an Input."""
    return [
        replace(binding, priority=True) if isinstance(binding, Binding) else binding
        for binding in bindings
    ]


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A screen that a capital letter opens; its binding's id names it in actions."""

    binding: Binding
    class_path: str
    """`module:Class`, imported when the screen is opened."""
    takes_day: bool = False
    """Whether its constructor takes the day to show."""
    in_top_bar: bool = True

    def load_class(self) -> Callable[..., Screen[None]]:
        """Imports the screen's class."""
        module, _, name = self.class_path.partition(":")
        screen_class: type[Screen[None]] = getattr(import_module(module), name)
        return screen_class


SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        Binding("T", "open_screen('tonight')", "Tonight", id="tonight", tooltip="Today, to log"),
        "tracker.tui.screens.tonight_screen:TonightScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("W", "open_screen('week')", "Week", id="week", tooltip="The week in review"),
        "tracker.tui.screens.week_screen:WeekScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("Y", "open_screen('year')", "Year", id="year", tooltip="The year as a heatmap"),
        "tracker.tui.screens.year_screen:YearScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("C", "open_screen('calm')", "Calm", id="calm", tooltip="Calm over time"),
        "tracker.tui.screens.calm_screen:CalmScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("P", "open_screen('practices')", "Practices", id="practices",
                tooltip="Your practices, to shape"),
        "tracker.tui.screens.practices_screen:PracticesScreen",
    ),
    ScreenEntry(
        Binding("S", "open_screen('settings')", "Settings", id="settings", tooltip="Settings"),
        "tracker.tui.screens.settings_screen:SettingsScreen",
    ),
    ScreenEntry(
        Binding("I", "open_screen('import')", "Import", id="import",
                tooltip="Read a file into the diary"),
        "tracker.tui.screens.import_screen:ImportScreen",
        in_top_bar=False,
    ),
)  # fmt: skip
"""Every screen with a key of its own: a new one is a row here."""

GLOBAL_BINDINGS: tuple[BindingType, ...] = tuple(prioritized((
    Binding("u", "undo", "Undo", id="undo", tooltip="Take back the newest step"),
    Binding("ctrl+r", "redo", "Redo", id="redo", tooltip="Do it again"),
    Binding("e", "export", "Export", id="export", tooltip="Write the diary to a file"),
    Binding("full_stop", "go_to", "Go to a date", id="go_to", tooltip="Go to a date"),
    *(entry.binding for entry in SCREENS if entry.in_top_bar),
    Binding("M", "people", "People", id="people", tooltip="Who is named in your notes"),
    Binding("G", "jar", "Gratitude jar", id="jar", tooltip="Something you were glad of"),
    Binding("B", "breathe", "Breathe", id="breathe", tooltip="A minute to soften"),
    *(entry.binding for entry in SCREENS if not entry.in_top_bar),
    Binding("question_mark", "help", "Help", id="help", tooltip="Keys, marks and figures"),
    Binding("ctrl+z", "app.suspend_process", "Put aside", show=False, id="suspend",
            tooltip="Put calmtrack aside; fg takes it up again"),
    Binding(",".join(QUIT_KEYS), "app.leave", "Quit", id="quit", tooltip="Leave calmtrack"),
)))  # fmt: skip
"""Keys of every screen."""

LETTER_BINDINGS: tuple[BindingType, ...] = tuple(prioritized(
    Binding(letter, f"letter('{letter}')", show=False)
    for letter in string.ascii_lowercase
    if letter not in RESERVED_KEYS
))  # fmt: skip
"""The letters that a practice can have. One line of help stands for all of them, so these and the
digits have no id of their own."""

DAY_BINDINGS: tuple[BindingType, ...] = tuple(prioritized((
    *(Binding(digit, f"digit({digit})", show=False) for digit in string.digits),
    *LETTER_BINDINGS,
    Binding("z", "rest", "Rest day", id="rest", tooltip="Declare a rest day, or take it back"),
    Binding("plus", "days_off", "Days off", id="days_off",
            tooltip="Rest over more days: a holiday, an illness"),
    Binding("n,enter", "note", "Note", id="note", tooltip="Write a note for this row"),
    Binding("space", "press", "Log", id="press", tooltip="Log the practice of this row"),
    Binding("minus", "less", "Less", id="less", tooltip="One step less; then an explicit no"),
    Binding("equals_sign", "amount", "Amount", id="amount", tooltip="Type the day's amount"),
    Binding("backspace,delete", "clear", "Clear", id="clear", tooltip="Clear it; notes stay"),
    Binding("x", "explain", "Explain", id="explain", tooltip="How this streak came about"),
)))  # fmt: skip
"""Keys of the screens on which a day can be changed."""
