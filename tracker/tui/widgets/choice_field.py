"""A field of a form whose value is one of a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.messages import N_
from tracker.tui import styled_text
from tracker.tui.styled_text import glyph
from tracker.tui.widgets.safe_input import hold_on_enter, run_bound_key


class ChoiceField(Widget, can_focus=True):
    """Left, right, space and a click take the next word or the one before; typing takes the word
    that begins so; enter submits."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; background: $panel; }
    ChoiceField:focus { text-style: bold; color: $text-primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", N_("Previous"), show=False, id="field_before",
                tooltip=N_("Previous value")),
        Binding("right,space", "turn(1)", N_("Next"), show=False, id="field_after",
                tooltip=N_("Next value")),
        Binding("enter", "submit", N_("Save"), show=False, id="field_submit",
                tooltip=N_("Save the form")),
    ]  # fmt: skip

    class Submitted(Message):
        """Enter was pressed."""

    class Changed(Message):
        """Another value was taken."""

        def __init__(self, field: ChoiceField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> ChoiceField:
            """What handlers are selected by."""
            return self.field

    value: reactive[str] = reactive("", init=False)

    def __init__(self, value: str, values: Sequence[str], field_id: str) -> None:
        super().__init__(id=field_id)
        self._values = tuple(values)
        self.set_reactive(ChoiceField.value, value if value in values else values[0])
        self._typed = ""
        """What was typed so far of a word."""

    def render(self) -> Content:
        """The value between two arrows."""
        return Content.assemble(
            styled_text.clickable(Content.styled(f"{glyph('‹')} ", styled_text.ACCENT), "turn(-1)"),
            self.value,
            styled_text.clickable(Content.styled(f" {glyph('›')}", styled_text.ACCENT), "turn(1)"),
        )

    async def on_key(self, event: events.Key) -> None:
        """Takes the word that begins with what was typed, or with this letter."""
        if await run_bound_key(self, event) or not event.is_printable or event.character is None:
            return
        for typed in (self._typed + event.character.casefold(), event.character.casefold()):
            words = [one for one in self._values if one.casefold().startswith(typed)]
            if words:
                self.value, self._typed = words[0], typed
                return

    def watch_value(self) -> None:
        """Tells the form."""
        self.post_message(self.Changed(self))

    def on_focus(self) -> None:
        """Begins a new word."""
        self._typed = ""

    def action_turn(self, by: int) -> None:
        """Takes another value."""
        self.value = self._values[(self._values.index(self.value) + by) % len(self._values)]

    def action_submit(self) -> None:
        """Submits the form."""
        hold_on_enter(self)
        self.post_message(self.Submitted())
