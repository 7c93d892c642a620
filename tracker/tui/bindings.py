"""The table of screens, and the key bindings that several screens share."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from tracker.i18n.messages import N_, _
from tracker.models import RESERVED_KEYS

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

QUIT_KEYS = ("q", "ctrl+c", "ctrl+q")

LINE_BREAK = "\n"
"""The character of an enter that breaks lines of pasted text; that of the key is a CR."""


def alt_character(event: events.Key) -> str:
    """The printable character of a key pressed with alt; "" for other keys. Escape and a key that
    follow each other quickly arrive as that, too: a terminal sends the same for both. A character
    composed with AltGr or option arrives as itself, without alt."""
    is_alt = event.is_printable and event.key.startswith("alt+")
    return event.character or "" if is_alt else ""


def escape_and_key(pressed: str, key: str) -> str:
    """The message about a pressed key that may have been escape and another key."""
    return _(
        "{pressed} does nothing here. If you pressed esc and then {key}, leave a moment "
        "between them."
    ).format(pressed=pressed, key=key)


def prioritized(
    bindings: Iterable[BindingType], group: Binding.Group | None = None
) -> list[BindingType]:
    """The bindings as priority bindings, all in a group of help where one is given. The app carries
    those out itself, one after the other as keys arrive; others run by way of the screen's own
    queue, where a key could overtake one that was typed before it. For screens on which nothing is
    typed into an Input."""
    return [
        replace(binding, priority=True, group=group or binding.group)
        if isinstance(binding, Binding)
        else binding
        for binding in bindings
    ]


ALL_ROWS = 1_000_000
"""More rows than any list has: a move by so many ends at the first or the last one."""


def edge_bindings(prefix: str, action: str = "row") -> tuple[Binding, Binding]:
    """`home` and `end` of a list, whose `action` moves the cursor by rows and stops at the first
    and the last one. The ids begin with `prefix`."""
    return (
        Binding("home", f"{action}(-{ALL_ROWS})", N_("First row"), show=False,
                id=f"{prefix}_home", tooltip=N_("First row")),
        Binding("end", f"{action}({ALL_ROWS})", N_("Last row"), show=False,
                id=f"{prefix}_end", tooltip=N_("Last row")),
    )  # fmt: skip


LOG = Binding.Group(N_("Rate and log"))
DAYS = Binding.Group(N_("Days"))
GO = Binding.Group(N_("Go"))
MORE = Binding.Group(N_("More"))
"""The groups of help. A binding without one is listed first, as the screen's own."""


class ScreenEntry(NamedTuple):
    """A screen that a capital letter opens; its binding's id names it in actions."""

    binding: Binding
    class_path: str
    """`module:Class`, imported when the screen is opened."""
    takes_day: bool = False
    """Whether its constructor takes the day to show."""
    in_top_bar: bool = True

    def load_class(self) -> Callable[..., Screen[None]]:
        """Imports the screen's class."""
        module, _colon, name = self.class_path.partition(":")
        screen_class: type[Screen[None]] = getattr(import_module(module), name)
        return screen_class


SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        Binding("T", "open_screen('tonight')", N_("Tonight"), id="tonight",
                tooltip=N_("Rate and log today")),
        "tracker.tui.screens.tonight_screen:TonightScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("W", "open_screen('week')", N_("Week"), id="week",
                tooltip=N_("Your week at a glance")),
        "tracker.tui.screens.week_screen:WeekScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("Y", "open_screen('year')", N_("Year"), id="year",
                tooltip=N_("Your year as a heatmap")),
        "tracker.tui.screens.year_screen:YearScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("C", "open_screen('calm')", N_("Calm"), id="calm", tooltip=N_("Calm over time")),
        "tracker.tui.screens.calm_screen:CalmScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("J", "open_screen('journal')", N_("Journal"), id="journal",
                tooltip=N_("Read and search your notes")),
        "tracker.tui.screens.journal_screen:JournalScreen",
        takes_day=True,
    ),
    ScreenEntry(
        Binding("P", "open_screen('practices')", N_("Practices"), id="practices",
                tooltip=N_("Add and edit practices")),
        "tracker.tui.screens.practices_screen:PracticesScreen",
    ),
    ScreenEntry(
        Binding("S", "open_screen('settings')", N_("Settings"), id="settings",
                tooltip=N_("Settings")),
        "tracker.tui.screens.settings_screen:SettingsScreen",
    ),
    ScreenEntry(
        Binding("R", "open_screen('recap')", N_("Recap"), id="recap",
                tooltip=N_("A month or a year on one page")),
        "tracker.tui.screens.recap_screen:RecapScreen",
        takes_day=True,
        in_top_bar=False,
    ),
    ScreenEntry(
        Binding("I", "open_screen('import')", N_("Import"), id="import",
                tooltip=N_("Import a file or folder")),
        "tracker.tui.screens.import_screen:ImportScreen",
        in_top_bar=False,
    ),
)  # fmt: skip
"""Every screen with a key of its own: a new one is a row here."""

GLOBAL_BINDINGS: tuple[BindingType, ...] = (
    *prioritized((
    Binding("full_stop", "go_to", N_("Go to a date"), id="go_to", tooltip=N_("Go to a date")),
    ), DAYS),
    *prioritized((
    *(entry.binding for entry in SCREENS if entry.in_top_bar),
    Binding("slash", "search", N_("Search"), id="search", tooltip=N_("Find words in your notes")),
    Binding("M", "people", N_("People"), id="people", tooltip=N_("People named in your notes")),
    Binding("G", "jar", N_("Gratitude jar"), id="jar", tooltip=N_(
        "Something you were grateful for")),
    Binding("F", "coin", N_("Coin-flip month"), id="coin", tooltip=N_(
        "Start, check or stop a coin-flip month")),
    Binding("B", "breathe", N_("Breathe"), id="breathe", tooltip=N_("A minute of slow breathing")),
    *(entry.binding for entry in SCREENS if not entry.in_top_bar),
    ), GO),
    *prioritized((
    Binding("u", "undo", N_("Undo"), id="undo", tooltip=N_("Undo the last change")),
    Binding("ctrl+r", "redo", N_("Redo"), id="redo", tooltip=N_("Redo what you undid")),
    Binding("e", "export", N_("Export"), id="export", tooltip=N_("Export your diary to a file")),
    Binding("question_mark", "help", N_("Help"), id="help", tooltip=N_(
        "Keys, symbols and numbers")),
    Binding("ctrl+z", "app.suspend_process", N_("Suspend"), show=False, id="suspend",
            tooltip=N_("Suspend calmtrack (fg resumes it)")),
    Binding("q", "app.leave", N_("Quit"), id="quit", tooltip=N_(
        "Quit calmtrack, or close what is open on top")),
    # Without a tooltip, help doesn't list them: they would make its column of keys too wide.
    Binding("ctrl+c,ctrl+q", "app.leave", N_("Quit"), id="quit_while_typing"),
    ), MORE),
)  # fmt: skip
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
    Binding("z", "rest", N_("Rest day"), id="rest",
            tooltip=N_("Rest day on/off")),
    Binding("Z", "days_off", N_("Rest days"), id="days_off",
            tooltip=N_("Plan or remove rest days, for a holiday or illness")),
    Binding("n,enter", "note", N_("Note"), id="note", tooltip=N_("Add or edit the note")),
    Binding("space", "press", N_("Log"), id="press", tooltip=N_("Log the selected practice")),
    Binding("plus", "more", N_("More"), id="more", tooltip=N_("One step more")),
    Binding("minus", "less", N_("Less"), id="less",
            tooltip=N_("One step less; at zero, a no")),
    Binding("equals_sign", "amount", N_("Amount"), id="amount",
            tooltip=N_("Enter the day's amount")),
    Binding("backspace,delete", "clear", N_("Clear"), id="clear",
            tooltip=N_("Clear the entry (its note stays)")),
    Binding("x", "explain", N_("Explain"), id="explain", tooltip=N_("How this streak is counted")),
), LOG))  # fmt: skip
"""Keys of the screens on which a day can be changed."""
