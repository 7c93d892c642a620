"""People: everybody whom notes name, and the notes that name one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n.date_format import format_day
from tracker.i18n.messages import N_, _, ngettext
from tracker.render.day_text import shared_notes
from tracker.render.journal_text import no_names
from tracker.render.practice_text import counts_clause, note_counts
from tracker.sanitize import sanitize_line, sanitize_text
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import ListDialog
from tracker.tui.dialogs.text_dialog import Definition, DefinitionList, TextDialog
from tracker.tui.widgets.bars import UP_DOWN, Hint
from tracker.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from tracker.diary.notes import Mention, Person

NOTES_SHOWN = 200
"""Notes of one person that are laid out: more would block the event loop."""

SENTENCE = 50
"""Cells of who it is, how often, and when last, at most."""
WITH_PRACTICES = 60
"""Columns from which a row has the practices, too."""


class PeopleScreen(ListDialog[None]):
    """Everybody, the most named first; enter or a click opens one's notes."""

    DEFAULT_CSS = "PeopleScreen > .box { width: 104; }"
    chrome_lines = 12
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", N_("Notes"), tooltip=N_("Show the days and notes")),
        Binding("escape,q,M", "dismiss", N_("Back"), tooltip=N_("Close this")),
    ]  # fmt: skip

    def __init__(self, people: tuple[Person, ...]) -> None:
        super().__init__(_("People"))
        self._people = people

    def compose_body(self) -> ComposeResult:
        if not self._people:
            yield Static(no_names(), markup=False)
            return
        longest = max(Content(sanitize_line(one.sentence)).cell_length for one in self._people)
        sentence = min(longest, SENTENCE)
        rows = [partial(_draw_row, person, sentence) for person in self._people]
        yield _Heading(sentence)
        yield ChoiceList(rows, classes="tall")
        yield Static(
            _("Days on which a note has the name, like @Anna."),
            classes="hint",
            markup=False,
        )

    def hints(self) -> Sequence[Hint]:
        back: Hint = ("esc", _("back"), "escape")
        if not self._people:
            return [back]
        choose: Hint = (styled_text.glyph("↑↓"), _("choose"), UP_DOWN)
        return [choose, (styled_text.glyph("↵"), _("days and notes"), "enter"), back]

    def action_select(self) -> None:
        """Opens the notes that name the person of the row, with their days, the newest first."""
        if self._people:
            person = self._people[self.cursor]
            notes = DefinitionList(tuple(_notes_of(person)))
            self.app.push_screen(TextDialog(person.sentence, notes))


class _Heading(Widget):
    """What the numbers at the right of the list count."""

    DEFAULT_CSS = "_Heading { height: auto; color: $text-muted; }"

    def __init__(self, sentence: int) -> None:
        """`sentence` is the cells of the left column."""
        super().__init__()
        self._sentence = sentence

    def render(self) -> Content:
        heading = Content(_("In the notes of (days)"))
        room = max(0, self.size.width - heading.cell_length)
        return heading.pad_left(min(3 + self._sentence + 2, room))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """No line where the column isn't there."""
        return int(width >= WITH_PRACTICES)


def _draw_row(person: Person, sentence: int, width: int, is_current: bool) -> Content:
    row = Content.assemble(
        styled_text.cursor_marker(is_current=is_current),
        styled_text.user_text(
            person.sentence, min(sentence, width - 3), styled_text.BOLD if is_current else ""
        ),
    )
    if width < WITH_PRACTICES:
        return row
    available = width - row.cell_length - 2
    named = _most_named(person, available)
    return Content.assemble(row, "  ", styled_text.fit(named, available, styled_text.MUTED))


def _most_named(person: Person, width: int) -> str:
    """What a person's notes are of, as much as fits whole; `…` stands for the rest."""
    counts = note_counts(person.practices, evenings=person.evenings, rest_days=person.rest_days)
    shown = counts_clause(counts)
    for count in reversed(range(len(counts))):
        if Content(shown).cell_length <= width:
            break
        shown = counts_clause(counts[:count])
        shown = f"{shown}, {styled_text.glyph('…')}" if count else styled_text.glyph("…")
    return shown


def _notes_of(person: Person) -> Iterator[Definition]:
    for day, of_day in groupby(person.mentions[:NOTES_SHOWN], key=lambda mention: mention.day):
        for name, note in _shared_notes(of_day):
            head = _("{name}, {day}").format(name=name, day=format_day(day, year=True))
            yield Content(""), Content.styled(head, styled_text.MUTED)
            for line in sanitize_text(note).strip("\n").split("\n"):
                yield Content("  "), Content(line)
    if (older := len(person.mentions) - NOTES_SHOWN) > 0:
        yield (
            Content(""),
            Content(
                ngettext("… and {count} older note.", "… and {count} older notes.", older).format(
                    count=older
                )
            ),
        )


def _shared_notes(mentions: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """The notes of a day, each with what it is about; one that several practices have, such as the
    reason of a rest day, once."""
    of_practices = []
    for one in mentions:
        if one.practice is None:
            yield _("Evening"), one.note
        else:
            of_practices.append((sanitize_line(one.practice.name, 60), one.note))
    yield from shared_notes(of_practices)
