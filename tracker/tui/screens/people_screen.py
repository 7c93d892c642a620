"""The people named in the notes, and the notes that name one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import clamp
from textual.widgets import Static

from tracker.i18n.dates import format_day
from tracker.i18n.messages import plural_key, say
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.definition_list import Definition, DefinitionList
from tracker.tui.widgets.key_hints import KeyHints
from tracker.tui.widgets.people_list import PeopleList
from tracker.tui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.notes import Mention, Person
    from tracker.tui.app import CalmtrackApp

NOTES_SHOWN = 200
"""Notes of one person that are laid out: more would hold up the screen."""


def open_people(app: CalmtrackApp) -> None:
    """Asks the diary who is named in it, and shows them."""

    def show(found: tuple[Person, ...]) -> None:
        if isinstance(app.screen, DiaryScreen):
            app.push_screen(PeopleScreen(found))

    app.ask(_people, show)


class PeopleScreen(Dialog[None]):
    """Everybody, who was named most first; enter or a click tells about one."""

    around = 11
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", "Up", show=False, id="people_up", tooltip="The row above"),
        Binding("down", "row(1)", "Down", show=False, id="people_down", tooltip="The row below"),
        Binding("pageup", "row(-10)", "Up", show=False, id="people_page_up",
                tooltip="Further up"),
        Binding("pagedown", "row(10)", "Down", show=False, id="people_page_down",
                tooltip="Further down"),
        Binding("enter,space", "open", "Notes", id="people_open", tooltip="The days and notes"),
        Binding("escape,q,M", "dismiss", "Leave", id="people_leave", tooltip="Back"),
    ]  # fmt: skip

    def __init__(self, people: tuple[Person, ...]) -> None:
        super().__init__()
        self._people = people

    def compose(self) -> ComposeResult:
        """A row each, what is counted, and the keys."""
        with Vertical(classes="box"):
            yield Static(say("people.title"), classes="title", markup=False)
            if not self._people:
                yield Static(say("people.nobody"), markup=False)
                yield KeyHints([("esc", say("hints.back"), "escape")])
                return
            yield PeopleList(self._people, classes="tall")
            yield Static(say("people.from_notes"), classes="hint", markup=False)
            yield KeyHints(
                [
                    (glyph("↑↓"), say("hints.choose"), None),
                    (glyph("↵"), say("people.notes"), "enter"),
                    ("esc", say("hints.back"), "escape"),
                ]
            )

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        for people in self.query(PeopleList):
            people.cursor = clamp(people.cursor + by, 0, len(self._people) - 1)

    def action_open(self) -> None:
        """Tells about the person of the row."""
        for people in self.query(PeopleList):
            self.app.push_screen(PersonDialog(self._people[people.cursor]))

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click on a row opens it; one on a key is seen to where every box does."""
        kind, _, place = message.key.partition(" ")
        if kind == "row":
            message.stop()
            self.query_one(PeopleList).cursor = int(place)
            self.action_open()


class PersonDialog(Dialog[None]):
    """The days on which somebody was named, the newest first, with the notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Leave", id="person_leave", tooltip="Back")
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person

    def compose(self) -> ComposeResult:
        """Who it is, then the notes."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._person.sentence), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                yield DefinitionList(tuple(self._lines()))
            yield KeyHints([("esc", say("hints.back"), "escape")])

    def _lines(self) -> Iterator[Definition]:
        mentions = self._person.mentions
        for mention in mentions[:NOTES_SHOWN]:
            yield Content(""), Content.styled(_head(mention), styled_text.MUTED)
            yield Content("  "), Content(sanitize_line(mention.note))
        if len(mentions) > NOTES_SHOWN:
            older = len(mentions) - NOTES_SHOWN
            yield Content(""), Content(say(plural_key("people.older", older), count=older))


def _people(diary: Diary) -> tuple[Person, ...]:
    return diary.notes.people()


def _head(mention: Mention) -> str:
    name = (
        say("keys.evening")
        if mention.practice is None
        else sanitize_line(mention.practice.name, 60)
    )
    return say("note.title", name=name, day=format_day(mention.day, year=True))
