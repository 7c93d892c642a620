"""Dialogs that show a title and text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n.messages import N_, _
from tracker.models import SOFTENING_ID, Practice
from tracker.sanitize import sanitize_line, sanitize_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.bars import Hint, KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.notes import JarNote
    from tracker.views import Explanation

Definition = tuple[Content, Content]
"""A term, which is as wide as it is, and a text, which is wrapped beside it."""


class DefinitionList(Widget):
    """As tall as its lines are at its width."""

    DEFAULT_CSS = "DefinitionList { width: 100%; height: auto; }"

    def __init__(self, definitions: Sequence[Definition]) -> None:
        super().__init__()
        self._definitions = tuple(definitions)

    def render(self) -> Content:
        return Content("\n").join(self._wrapped(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(1 for _ in self._wrapped(width))

    def _wrapped(self, width: int) -> Iterator[Content]:
        for term, text in self._definitions:
            indent = term.cell_length
            lines = text.wrap(max(10, width - indent)) or [Content("")]
            for number, line in enumerate(lines):
                yield Content.assemble(term if number == 0 else " " * indent, line)


class TextDialog(Dialog[None]):
    """A scrolling text. Space scrolls down, most other keys close it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,x", "dismiss", N_("Back"), tooltip=N_("Close this")),
        Binding("space", "page", N_("Page down"), tooltip=N_("Scroll down a page")),
    ]

    def __init__(self, title: str, text: Iterable[str] | Widget = ()) -> None:
        """`text` is lines of plain text, or a widget as tall as its content."""
        super().__init__(title)
        self._text = text

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="tall"):
            if isinstance(self._text, Widget):
                yield self._text
            else:
                yield Static("\n".join(map(sanitize_line, self.lines())), markup=False)

    def action_page(self) -> None:
        """Scrolls down a page, as pagedown does."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def lines(self) -> Iterable[str]:
        """The lines; a subclass can lay them out for `self.columns`."""
        return () if isinstance(self._text, Widget) else self._text

    def hints(self) -> Sequence[Hint]:
        return [*self.scroll_hint(), ("esc", _("back"), "escape")]

    @property
    def columns(self) -> int:
        """Columns of a line: what the CSS of the box leaves of the terminal's width."""
        frame_and_scrollbar = 9
        return max(20, min(76, int(self.app.size.width * 0.94)) - frame_and_scrollbar)


class AboutDialog(TextDialog):
    """What calmtrack is and is not, and the evidence: the text of `calmtrack about`."""

    def __init__(self) -> None:
        super().__init__(_("About calmtrack"))

    def lines(self) -> Iterable[str]:
        from tracker.catalogue import claims, evidence_cards, what_holds
        from tracker.render.evidence_text import about_lines

        yield from about_lines(evidence_cards(), claims(), what_holds(), self.columns)
        yield _("On the Practices screen, press space to read more about one.")


class MethodDialog(TextDialog):
    """How patterns are found, in paragraphs; wider than other text, which makes it shorter."""

    DEFAULT_CSS = "MethodDialog.-wide > .box { width: 104; }"

    def __init__(self) -> None:
        super().__init__(_("How patterns are found"))

    def lines(self) -> Iterable[str]:
        from tracker.render.insight_text import method

        for number, sentence in enumerate(method()):
            if number:
                yield ""
            yield sentence


class ExplainDialog(TextDialog):
    """How a streak came about, day by day; opens at the newest, which is the last line. The rule
    of the streak and the marks stay above the days."""

    DEFAULT_CSS = """
    ExplainDialog .rule { height: auto; margin-bottom: 1; color: $text-muted; }
    """

    def __init__(self, explanation: Explanation) -> None:
        from tracker.render.practice_text import explain_days, explain_head, more_figures

        days = explain_days(explanation) or [("", _("Nothing to show yet."))]
        facts = " ".join(more_figures(explanation))
        rows = [*days, *([("", ""), ("", facts)] if facts else [])]
        super().__init__(
            explain_head(explanation)[0],
            DefinitionList([(Content(term), Content(text)) for term, text in rows]),
        )
        self._explanation = explanation

    def compose_body(self) -> ComposeResult:
        yield Static("\n".join(self._rule), classes="rule", markup=False)
        yield from super().compose_body()

    @property
    def _rule(self) -> Sequence[str]:
        from tracker.render.practice_text import explain_head

        return explain_head(self._explanation, self.columns)[1:-1]

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Scrolls to the end, once `Dialog` has set the height."""
        self.query_one(".rule", Static).update("\n".join(self._rule))
        lines = sum(len(Content(line).wrap(self.columns)) for line in self._rule)
        self.chrome_lines = Dialog.chrome_lines + lines + 1
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)


class EvidenceDialog(TextDialog):
    """The evidence card of a practice, below what the person's own evenings show, if that is given.
    The one of softening offers the breathing exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "breathe", N_("Breathe"), tooltip=N_("A minute of slow breathing")),
        Binding(
            "F", "coin", N_("Coin-flip month"), tooltip=N_("A coin-flip month for this practice")
        ),
    ]

    def __init__(self, practice: Practice, own: Sequence[str] = ()) -> None:
        super().__init__(sanitize_line(practice.name, 60))
        self._practice = practice
        self._own = own

    def lines(self) -> Iterable[str]:
        from tracker.catalogue import evidence_card
        from tracker.render.evidence_text import card_lines

        own = [*self._own, ""] if self._own else []
        return [*own, *card_lines(evidence_card(self._practice), self.columns)]

    @property
    def _offers_breathing(self) -> bool:
        from tracker.catalogue import shipped_id

        return shipped_id(self._practice) == SOFTENING_ID

    def hints(self) -> Sequence[Hint]:
        breathe = [("B", _("breathe along"), "B")] if self._offers_breathing else []
        coin = [("F", _("coin-flip month"), "F")] if self._offers_coin else []
        return [*breathe, *coin, *super().hints()]

    @property
    def _offers_coin(self) -> bool:
        from tracker.diary.coin_months import can_be_chosen

        return can_be_chosen(self._practice)

    def action_coin(self) -> None:
        """Closes, and opens the coin-flip month of this practice from the screen below."""
        if self._offers_coin:
            self.dismiss()
            self.app.call_later(self.app.run_action, f"screen.coin({self._practice.id!r})")

    def action_breathe(self) -> None:
        """Closes, and opens the breathing exercise from the screen below."""
        if self._offers_breathing:
            self.dismiss()
            self.app.call_later(self.app.run_action, "screen.breathe")


class JarDialog(TextDialog):
    """The gratitude jar: a note with its day, or the sentence that there is none yet. `G` shows
    another."""

    DEFAULT_CSS = """
    JarDialog .day { height: auto; margin-top: 1; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("G", "another", N_("Another"), tooltip=N_("Show another note")),
    ]

    def __init__(self, note: JarNote | str) -> None:
        super().__init__(_("Something you were grateful for"), Static(markup=False))
        self._note = note

    def compose_body(self) -> ComposeResult:
        yield from super().compose_body()
        yield Static(classes="day", markup=False)

    def hints(self) -> Sequence[Hint]:
        another = [] if isinstance(self._note, str) else [("G", _("another"), "G")]
        return [*another, *super().hints()]

    def on_mount(self) -> None:
        self._display(self._note)

    def action_another(self) -> None:
        self.calmtrack.submit(next_jar_note, self._display)

    def _display(self, note: JarNote | str) -> None:
        if not self.has_widgets:
            return
        self._note = note
        text, when = (note, "") if isinstance(note, str) else (sanitize_text(note.note), note.when)
        scroll = self.query_one(VerticalScroll)
        scroll.query_one(Static).update(text)
        day = self.query_one(".day", Static)
        day.update(when)
        day.display = bool(when)
        self.query_one(KeyHints).hints = tuple(self.hints())
        scroll.scroll_home(animate=False)


def next_jar_note(diary: Diary) -> JarNote | str:
    """A diary job that draws the next note; while there are none, the sentence that says so."""
    from tracker.render.journal_text import empty_jar

    return diary.notes.next_gratitude() or empty_jar(diary.notes.jar_practice())
