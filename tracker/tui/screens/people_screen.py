"""People: everybody whom notes name, and the notes that name one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size, clamp
from textual.reactive import reactive
from textual.widgets import Static

from tracker.i18n.dates import format_day
from tracker.i18n.messages import plural_key, say
from tracker.render.mentions_text import practices_clause
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.text_dialog import TextDialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.definition_list import Definition, DefinitionList
from tracker.tui.widgets.key_hints import Hint
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.people import Mention, Person

NOTES_SHOWN = 200
"""Notes of one person that are laid out: more would block the event loop."""

SENTENCE = 40
"""Cells of who it is, how often, and when last."""
WITH_PRACTICES = 60
"""Columns from which a row has the practices, too."""


class PeopleList(RowList):
    """A row for each person, with a cursor."""

    indent = 2
    cursor: reactive[int] = reactive(0)
    """The row, from 0."""

    def __init__(self, people: Sequence[Person], classes: str) -> None:
        super().__init__(classes=classes)
        self._people = tuple(people)

    def render(self) -> Content:
        """As many rows as fit."""
        fits = max(1, self.size.height)
        rows = self.visible_rows(self._row, len(self._people), self.cursor, fits)
        return Content("\n").join(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line for each person."""
        return len(self._people)

    def _row(self, index: int) -> Content:
        person = self._people[index]
        has_cursor = index == self.cursor
        style = styled_text.BOLD if has_cursor else ""
        row = Content.assemble(
            (f"{glyph('›') if has_cursor else ' '} ", styled_text.CURSOR),
            styled_text.user_text(person.sentence, min(SENTENCE, self.size.width - 2), style),
        )
        if self.size.width >= WITH_PRACTICES:
            available = self.size.width - row.cell_length - 2
            row = Content.assemble(
                row,
                "  ",
                styled_text.fit(practices_clause(person.practices), available, styled_text.MUTED),
            )
        return styled_text.clickable(row, f"screen.select_row({index})")


class PeopleScreen(Dialog[None]):
    """Everybody, the most named first; enter or a click opens one's notes."""

    chrome_lines = 11
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
        super().__init__(say("people.title"))
        self._people = people

    def compose_body(self) -> ComposeResult:
        """The list, and what is counted."""
        if not self._people:
            yield Static(say("people.nobody"), markup=False)
            return
        yield PeopleList(self._people, classes="tall")
        yield Static(say("people.from_notes"), classes="hint", markup=False)

    def hints(self) -> Sequence[Hint]:
        back: Hint = ("esc", say("hints.back"), "escape")
        if not self._people:
            return [back]
        choose: Hint = (glyph("↑↓"), say("hints.choose"), None)
        return [choose, (glyph("↵"), say("people.notes"), "enter"), back]

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        for people in self.query(PeopleList):
            people.cursor = clamp(people.cursor + by, 0, len(self._people) - 1)

    def action_open(self) -> None:
        """Opens the notes that name the person of the row, with their days, the newest first."""
        for people in self.query(PeopleList):
            person = self._people[people.cursor]
            self.app.push_screen(
                TextDialog(person.sentence, DefinitionList(tuple(_notes_of(person))))
            )

    def action_select_row(self, index: int) -> None:
        """A click on a row opens it."""
        self.query_one(PeopleList).cursor = index
        self.action_open()


def _notes_of(person: Person) -> Iterator[Definition]:
    for mention in person.mentions[:NOTES_SHOWN]:
        yield Content(""), Content.styled(_head(mention), styled_text.MUTED)
        yield Content("  "), Content(sanitize_line(mention.note))
    if (older := len(person.mentions) - NOTES_SHOWN) > 0:
        yield Content(""), Content(say(plural_key("people.older", older), count=older))


def load_people(diary: Diary) -> tuple[Person, ...]:
    """A diary job: everybody whom notes name."""
    from tracker.diary.people import people

    return people(diary)


def _head(mention: Mention) -> str:
    name = (
        say("keys.evening")
        if mention.practice is None
        else sanitize_line(mention.practice.name, 60)
    )
    return say("note.title", name=name, day=format_day(mention.day, year=True))
