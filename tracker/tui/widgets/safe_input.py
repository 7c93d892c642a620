"""Text fields that accept no control characters."""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from tracker.sanitize import sanitize_line, sanitize_text


class _PlacesCursor(Widget):
    """A field that moves the terminal's own cursor to where one types as soon as it is drawn:
    Textual does so only when the cursor moves in the text."""

    def on_resize(self) -> None:
        """Runs after each layout that gives the field another size, the first one included."""
        self.call_after_refresh(self._place_cursor)

    def on_focus(self) -> None:
        """Runs where the focus comes from another field."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus and isinstance(self, Input | TextArea):
            self.app.cursor_position = self.cursor_screen_offset


class SafeInput(Input, _PlacesCursor):
    """An `Input` that sanitizes what is typed or pasted, and handles keys in their order."""

    DEFAULT_CSS = """
    SafeInput, SafeInput:focus { border: none; padding: 0; height: 1; }
    /* Reversed, so that it is visible without colours, too. */
    SafeInput > .input--selection {
        background: $background; color: $foreground; text-style: reverse;
    }
    """

    async def _on_key(self, event: events.Key) -> None:
        """Runs bound keys here, before `Input` handles printable ones: by way of the app's queue,
        a letter could overtake a backspace or a tab."""
        if self.app.screen is not self.screen or self.screen.focused is not self:
            # Typed for the widget that has the focus by now.
            _consume(event)
            self.app.post_message(events.Key(event.key, event.character))
            return
        bound = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if bound is not None:
            _consume(event)
            await self.app.run_action(bound.binding.action, bound.node)

    def insert(self, text: str, index: int) -> None:
        """Sanitizes keys and pastes."""
        super().insert(sanitize_line(text), index)

    def replace(self, text: str, start: int, end: int) -> None:
        """Sanitizes a paste over a selection."""
        super().replace(sanitize_line(text), start, end)


def _consume(event: events.Key) -> None:
    event.stop()
    event.prevent_default()


class SafeTextArea(TextArea, _PlacesCursor):
    """A `TextArea` that sanitizes what is typed or pasted."""

    def edit(self, edit: Edit) -> EditResult:
        """Sanitizes every edit: keys, pastes and new lines end here."""
        edit.text = sanitize_text(edit.text)
        return super().edit(edit)
