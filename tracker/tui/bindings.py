"""The table of screens, and the key bindings that several screens share."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from tracker.i18n.messages import N_, _
from tracker.models import PRACTICE_LETTERS

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


def row_bindings(
    action: str = "row", above: str = N_("Previous row"), below: str = N_("Next row")
) -> tuple[Binding, ...]:
    """`up` and `down` of a list, whose `action` moves the cursor by rows."""
    return (
        Binding("up", f"{action}(-1)", N_("Up"), tooltip=above),
        Binding("down", f"{action}(1)", N_("Down"), tooltip=below),
    )


def page_bindings() -> tuple[Binding, ...]:
    """`pageup` and `pagedown` of a list or a text, for its action `page`."""
    return (
        Binding("pageup", "page(-1)", N_("Page up"), tooltip=N_("Scroll up a page")),
        Binding("pagedown", "page(1)", N_("Page down"), tooltip=N_("Scroll down a page")),
    )


def edge_bindings(action: str = "row") -> tuple[Binding, ...]:
    """`home` and `end` of a list, whose `action` stops at the first and the last row."""
    return (
        Binding("home", f"{action}(-{ALL_ROWS})", N_("First row"), tooltip=N_("First row")),
        Binding("end", f"{action}({ALL_ROWS})", N_("Last row"), tooltip=N_("Last row")),
    )


BACK = Binding("escape", "back", N_("Back"), tooltip=N_("Back to Tonight"))

LOG = Binding.Group(N_("Rate and log"))
DAYS = Binding.Group(N_("Days"))
GO = Binding.Group(N_("Go"))
MORE = Binding.Group(N_("More"))
"""The groups of help. A binding without one is listed first, as the screen's own."""


class ScreenEntry(NamedTuple):
    """A screen that a capital letter opens."""

    name: str
    """`week` stands for the class `WeekScreen` in the module `week_screen`."""
    key: str
    title: str
    tooltip: str
    takes_day: bool = True
    """Whether its constructor takes the day to show."""
    in_top_bar: bool = True

    @property
    def binding(self) -> Binding:
        return Binding(self.key, f"open_screen('{self.name}')", self.title, tooltip=self.tooltip)

    def load_class(self) -> Callable[..., Screen[None]]:
        """Imports the screen's class, when the screen is opened."""
        module = import_module(f"tracker.tui.screens.{self.name}_screen")
        screen_class: type[Screen[None]] = getattr(module, f"{self.name.title()}Screen")
        return screen_class


SCREENS = (
    ScreenEntry("tonight", "T", N_("Tonight"), N_("Rate and log today")),
    ScreenEntry("week", "W", N_("Week"), N_("Your week at a glance")),
    ScreenEntry("year", "Y", N_("Year"), N_("Heatmap of a year or a month")),
    ScreenEntry("calm", "C", N_("Calm"), N_("Calm over time, and patterns")),
    ScreenEntry("journal", "J", N_("Journal"), N_("Read and search your notes")),
    ScreenEntry("practices", "P", N_("Practices"), N_("Add and edit practices"), takes_day=False),
    ScreenEntry("settings", "S", N_("Settings"), N_("Settings"), takes_day=False),
    ScreenEntry("recap", "R", N_("Recap"), N_("A month or a year on one page"), in_top_bar=False),
    ScreenEntry(
        "import",
        "I",
        N_("Import"),
        N_("Import a file or folder"),
        takes_day=False,
        in_top_bar=False,
    ),
)
"""Every screen with a key of its own: a new one is a row here."""

GLOBAL_BINDINGS: tuple[BindingType, ...] = (
    *prioritized((
    Binding("full_stop", "go_to", N_("Go to a date"), tooltip=N_("Go to a date")),
    ), DAYS),
    *prioritized((
    *(entry.binding for entry in SCREENS if entry.in_top_bar),
    Binding("slash", "search", N_("Search"), tooltip=N_("Find words in your notes")),
    Binding("M", "people", N_("People"), tooltip=N_("People named in your notes")),
    Binding("G", "jar", N_("Gratitude jar"), tooltip=N_("Something you were grateful for")),
    Binding("F", "coin", N_("Coin-flip month"),
            tooltip=N_("Start, check or stop a coin-flip month")),
    Binding("B", "breathe", N_("Breathe"), tooltip=N_("A minute of slow breathing")),
    *(entry.binding for entry in SCREENS if not entry.in_top_bar),
    ), GO),
    *prioritized((
    Binding("u", "undo", N_("Undo"), tooltip=N_("Undo the last change")),
    Binding("ctrl+r", "redo", N_("Redo"), tooltip=N_("Redo what you undid")),
    Binding("e", "export", N_("Export"), tooltip=N_("Export your diary to a file")),
    Binding("question_mark", "help", N_("Help"), tooltip=N_("Keys, symbols and numbers")),
    Binding("ctrl+z", "app.suspend_process", N_("Suspend"),
            tooltip=N_("Suspend calmtrack (fg resumes it)")),
    Binding("q", "app.leave", N_("Quit"),
            tooltip=N_("Quit calmtrack, or close what is open on top")),
    # Without a tooltip, help doesn't list them: they would make its column of keys too wide.
    Binding("ctrl+c,ctrl+q", "app.leave", N_("Quit")),
    ), MORE),
)  # fmt: skip
"""Keys of every screen."""

LETTER_BINDINGS: tuple[BindingType, ...] = tuple(prioritized(
    Binding(letter, f"letter('{letter}')") for letter in PRACTICE_LETTERS
))  # fmt: skip
"""One line of help stands for all of them, so these and the digits have no tooltip of their
own."""

DAY_BINDINGS: tuple[BindingType, ...] = tuple(prioritized((
    *(Binding(digit, f"digit({digit})") for digit in string.digits),
    *LETTER_BINDINGS,
    Binding("z", "rest", N_("Rest day"), tooltip=N_("Rest day on/off")),
    Binding("Z", "days_off", N_("Rest days"),
            tooltip=N_("Plan or remove rest days, for a holiday or illness")),
    Binding("n,enter", "note", N_("Note"), tooltip=N_("Add or edit the note")),
    Binding("space", "press", N_("Log"), tooltip=N_("Log the selected practice")),
    Binding("plus", "more", N_("More"), tooltip=N_("One step more")),
    Binding("minus", "less", N_("Less"), tooltip=N_("One step less; at zero, a no")),
    Binding("equals_sign", "amount", N_("Amount"), tooltip=N_("Enter the day's amount")),
    Binding("backspace,delete", "clear", N_("Clear"),
            tooltip=N_("Clear the entry (its note stays)")),
    Binding("x", "explain", N_("Explain"), tooltip=N_("How this streak is counted")),
), LOG))  # fmt: skip
"""Keys of the screens on which a day can be changed."""
