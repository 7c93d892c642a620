"""The gratitude jar: one note, on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.notes import JarNote
    from tracker.tui.app import CalmtrackApp


def open_jar(app: CalmtrackApp) -> None:
    """Takes a note out, and shows it."""

    def show(found: JarNote | None) -> None:
        if isinstance(app.screen, JarDialog):
            app.screen.show(found)
        elif isinstance(app.screen, DiaryScreen):
            app.push_screen(JarDialog(found))

    app.ask(_take_out, show)


class JarDialog(Dialog[None]):
    """One note with its day; G takes out another."""

    DEFAULT_CSS = """
    JarDialog .note { height: auto; }
    JarDialog .when { height: auto; margin-top: 1; color: $text-accent; }
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
            yield KeyHints(())

    def on_mount(self) -> None:
        """Shows the note."""
        self.show(self._found)

    def show(self, found: JarNote | None) -> None:
        """Shows a note, or that there is none yet."""
        self.query_one(".note", Static).update(say("jar.empty") if found is None
                                               else sanitize_text(found.note))  # fmt: skip
        self.query_one(".when", Static).update("" if found is None else found.when)
        self.query_one(".when").display = found is not None
        another = [] if found is None else [("G", say("hints.another"), "G")]
        self.query_one(KeyHints).hints = (*another, ("esc", say("hints.back"), "escape"))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_another(self) -> None:
        """Takes out another note."""
        open_jar(self.calmtrack)


def _take_out(diary: Diary) -> JarNote | None:
    return diary.notes.next_gratitude()
