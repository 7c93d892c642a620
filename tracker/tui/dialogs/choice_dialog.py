"""One of two or three, chosen with the arrows or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region, clamp
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints


class Options(Widget):
    """A line each."""

    DEFAULT_CSS = "Options { height: auto; }"

    cursor = reactive(0)

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self.options = tuple(options)

    def render(self) -> Content:
        """The options, the cursor on one; a long one goes on below."""
        return Content("\n").join(
            self._line(place, option) for place, option in enumerate(self.options)
        )

    def line_of(self, place: int) -> int:
        """The line on which an option begins, from 0."""
        return sum(
            self._line(n, one).plain.count("\n") + 1 for n, one in enumerate(self.options[:place])
        )

    def _line(self, place: int, option: str) -> Content:
        here = place == self.cursor
        first, *others = Content(sanitize_line(option)).wrap(max(20, self.size.width - 3))
        lines = [Content.assemble((f" {glyph('›') if here else ' '} ", styled_text.CURSOR), first)]
        lines.extend(Content.assemble("   ", line) for line in others)
        text = Content("\n").join(lines)
        return styled_text.clickable(
            text.stylize(styled_text.BOLD) if here else text, f"screen.select_row({place})"
        )


class ChoiceDialog(Dialog[int | None]):
    """Comes back with the place of what was chosen, from 0."""

    DEFAULT_CSS = """
    ChoiceDialog .told { height: auto; margin-bottom: 1; color: $text-muted; display: none; }
    ChoiceDialog .told.-said { display: block; }
    ChoiceDialog VerticalScroll { height: auto; max-height: 40vh; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", id="choice_choose", tooltip="This one"),
        Binding("up", "row(-1)", "Up", show=False, id="choice_up", tooltip="The one above"),
        Binding("down", "row(1)", "Down", show=False, id="choice_down", tooltip="The one below"),
        Binding("escape", "dismiss(None)", "Leave", id="choice_leave", tooltip="None of them"),
    ]

    def __init__(self, title: str, options: Sequence[str], told: str = "") -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._told = told

    def compose(self) -> ComposeResult:
        """The question, what there is to know, the options, the keys."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._title), classes="title", markup=False)
            yield Static(
                sanitize_line(self._told),
                classes="told -said" if self._told else "told",
                markup=False,
            )
            with VerticalScroll(can_focus=False):
                yield Options(self._options)
            yield KeyHints(
                [(glyph("↵"), say("form.choose"), "enter"), ("esc", say("form.leave"), "escape")]
            )

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        options = self.query_one(Options)
        options.cursor = clamp(options.cursor + by, 0, len(self._options) - 1)
        here = Region(0, options.line_of(options.cursor), 1, 1)
        self.query_one(VerticalScroll).scroll_to_region(here, animate=False)

    def action_choose(self) -> None:
        """Comes back with the one under the cursor."""
        self.dismiss(self.query_one(Options).cursor)

    def action_select_row(self, index: int) -> None:
        """A click on an option chooses it."""
        self.dismiss(index)
