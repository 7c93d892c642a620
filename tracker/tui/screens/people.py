"""The people named in the notes, and the notes that name one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tracker.charts.people_text import with_words
from tracker.dates import spoken
from tracker.tui import ink
from tracker.tui.screens.box import Box
from tracker.tui.screens.room import Room
from tracker.visible import visible
from tracker.words import for_count, say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.people import Mention, Person
    from tracker.tui.app import CalmtrackApp

SENTENCE, PRACTICES = 40, 25
"""Cells of a row's two columns."""

NOTES_SHOWN = 200
"""Notes of one person that are laid out: more would hold up the screen."""


def open_people(app: CalmtrackApp) -> None:
    """Asks the diary who is named in it, and shows them."""

    def show(found: tuple[Person, ...]) -> None:
        if isinstance(app.screen, Room):
            app.push_screen(People(found))

    app.ask(_people, show)


class People(Box[None]):
    """Everybody, who was named most first; enter or a click tells about one."""

    DEFAULT_CSS = """
    People > .box { height: 90%; }
    People OptionList, People OptionList:focus {
        height: 1fr; border: none; padding: 0; background: $surface;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,M", "dismiss", "Leave", id="people_leave", tooltip="Back")
    ]

    def __init__(self, people: tuple[Person, ...]) -> None:
        super().__init__()
        self._people = people

    def compose(self) -> ComposeResult:
        """A row each, what is counted, and the keys."""
        with Vertical(classes="box"):
            yield Static(say("people.title"), classes="title", markup=False)
            if self._people:
                yield OptionList(*(_row(one) for one in self._people), markup=False)
                yield Static(say("people.from_notes"), classes="hint", markup=False)
                yield Static(say("people.keys"), classes="keys", markup=False)
            else:
                yield Static(say("people.nobody"), markup=False)
                yield Static(say("explain.hint"), classes="hint", markup=False)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Tells about the person of the row."""
        message.stop()
        self.app.push_screen(OnePerson(self._people[message.option_index]))


class OnePerson(Box[None]):
    """The days on which somebody was named, the newest first, with the notes."""

    DEFAULT_CSS = """
    OnePerson > .box { height: 90%; }
    OnePerson VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Leave", id="person_leave", tooltip="Back")
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person

    def compose(self) -> ComposeResult:
        """Who it is, then the notes."""
        with Vertical(classes="box"):
            yield Static(visible(self._person.sentence), classes="title", markup=False)
            with VerticalScroll():
                yield Static(Content("\n").join(self._lines()))
            yield Static(say("explain.hint"), classes="hint", markup=False)

    def _lines(self) -> Iterator[Content]:
        mentions = self._person.mentions
        for mention in mentions[:NOTES_SHOWN]:
            yield Content.styled(_head(mention), ink.FAINT)
            yield Content(f"  {visible(mention.note)}")
        if len(mentions) > NOTES_SHOWN:
            older = len(mentions) - NOTES_SHOWN
            yield Content(say(for_count("people.older", older), count=older))


def _people(diary: Diary) -> tuple[Person, ...]:
    from tracker.diary.people import people

    return people(diary)


def _row(one: Person) -> Content:
    return Content.assemble(
        ink.theirs(one.sentence, SENTENCE),
        "  ",
        ink.fit(with_words(one.practices), PRACTICES, ink.FAINT),
    )


def _head(mention: Mention) -> str:
    name = say("keys.evening") if mention.practice is None else visible(mention.practice.name, 60)
    return say("note.title", name=name, day=spoken(mention.day, year=True))
