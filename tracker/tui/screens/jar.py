"""The gratitude jar: one note, on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.tui.screens.box import Box
from tracker.tui.screens.room import Room
from tracker.tui.widgets.key_line import KeyLine
from tracker.visible import editable
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.jar import JarNote
    from tracker.tui.app import CalmtrackApp


def open_jar(app: CalmtrackApp) -> None:
    """Takes a note out, and shows it."""

    def show(found: JarNote | None) -> None:
        if isinstance(app.screen, Jar):
            app.screen.show(found)
        elif isinstance(app.screen, Room):
            app.push_screen(Jar(found))

    app.ask(_take_out, show)


class Jar(Box[None]):
    """One note with its day; G takes out another."""

    DEFAULT_CSS = """
    Jar .note { height: auto; }
    Jar .when { height: auto; margin-top: 1; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("G", "another", "Another", id="jar_another", tooltip="Take out another"),
        Binding("escape,q,enter", "dismiss", "Leave", id="jar_leave", tooltip="Back"),
    ]

    def __init__(self, found: JarNote | None) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """The note, when it was, and the keys."""
        with Vertical(classes="box"):
            yield Static(say("jar.title"), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield Static("", classes="note", markup=False)
            yield Static("", classes="when", markup=False)
            yield KeyLine(())

    def on_mount(self) -> None:
        """Shows the note."""
        self.show(self._found)

    def show(self, found: JarNote | None) -> None:
        """Shows a note, or that there is none yet."""
        self.query_one(".note", Static).update(say("jar.empty") if found is None
                                               else editable(found.note))  # fmt: skip
        self.query_one(".when", Static).update("" if found is None else found.when)
        self.query_one(".when").display = found is not None
        another = [] if found is None else [("G", say("hints.another"), "G")]
        self.query_one(KeyLine).hints = (*another, ("esc", say("hints.back"), "escape"))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_another(self) -> None:
        """Takes out another note."""
        open_jar(self.calmtrack)


def _take_out(diary: Diary) -> JarNote | None:
    from tracker.diary.jar import take_out

    return take_out(diary)
