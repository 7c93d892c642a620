"""Text fields that accept no control characters."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from tracker.sanitize import sanitize_line, sanitize_text


class SafeInput(Input):
    """An `Input` that sanitizes what is typed or pasted, and handles keys in their order."""

    DEFAULT_CSS = """
    SafeInput, SafeInput:focus { border: none; padding: 0; height: 1; }
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


class SafeTextArea(TextArea):
    """A `TextArea` that sanitizes what is typed or pasted."""

    def edit(self, edit: Edit) -> EditResult:
        """Sanitizes every edit: keys, pastes and new lines end here."""
        edit.text = sanitize_text(edit.text)
        return super().edit(edit)
