"""Dialogs that show a title and text to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.models import SOFTENING_ID, Practice
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.widgets.key_hints import Hint

if TYPE_CHECKING:
    from tracker.views import Explanation


class TextDialog(Dialog[None]):
    """A scrolling text. Most keys close it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,q,enter,x", "dismiss", "Leave", id="text_leave", tooltip="Back")
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

    def lines(self) -> Iterable[str]:
        """The lines; a subclass can lay them out for `self.columns`."""
        return () if isinstance(self._text, Widget) else self._text

    def hints(self) -> Sequence[Hint]:
        return [("esc", say("hints.back"), "escape")]

    @property
    def columns(self) -> int:
        """Columns of a line: what the CSS of the box leaves of the terminal's width."""
        frame_and_scrollbar = 8
        return max(20, min(76, int(self.app.size.width * 0.94)) - frame_and_scrollbar)


class AboutDialog(TextDialog):
    """What calmtrack is and is not, and the evidence: the text of `calmtrack about`."""

    DEFAULT_CSS = """
    AboutDialog > .box { height: 90%; }
    AboutDialog VerticalScroll { height: 1fr; max-height: 100%; }
    """

    def __init__(self) -> None:
        super().__init__(say("about.title"))

    def lines(self) -> Iterable[str]:
        from tracker.catalogue.evidence import claims, evidence_cards, what_holds
        from tracker.render.evidence_text import about_lines

        yield from about_lines(evidence_cards(), claims(), what_holds(), self.columns)
        yield say("about.of_a_practice")


class ExplainDialog(TextDialog):
    """How a streak came about, day by day; opens at the newest, which is the last line."""

    def __init__(self, explanation: Explanation) -> None:
        from tracker.render.explain_text import explain_lines

        title, *lines = explain_lines(explanation)
        super().__init__(title, lines)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """Scrolls to the end, once `Dialog` has set the height."""
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)


class EvidenceDialog(TextDialog):
    """The evidence card of a practice. The one of softening offers the breathing exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "breathe", "Breathe", id="card_breathe", tooltip="A minute to soften"),
    ]

    def __init__(self, practice: Practice) -> None:
        super().__init__(sanitize_line(practice.name, 60))
        self._practice = practice

    def lines(self) -> Iterable[str]:
        from tracker.catalogue.evidence import evidence_card
        from tracker.render.evidence_text import card_lines

        return card_lines(evidence_card(self._practice), self.columns)

    @property
    def _offers_breathing(self) -> bool:
        return self._practice.id == SOFTENING_ID

    def hints(self) -> Sequence[Hint]:
        breathe = [("B", say("breathe.along"), "B")] if self._offers_breathing else []
        return [*breathe, *super().hints()]

    def action_breathe(self) -> None:
        """Closes, and opens the breathing exercise from the screen below."""
        if self._offers_breathing:
            self.dismiss()
            self.app.call_later(self.app.run_action, "screen.breathe")
