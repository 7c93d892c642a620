"""Text fields that accept no control characters, and handle keys in their order, also while a
dialog saves what is in them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from tracker.sanitize import sanitize_line, sanitize_text
from tracker.tui.bindings import LINE_BREAK, alt_character, escape_and_key

PASSED_KEYS = ("escape", "ctrl+c", "ctrl+q")
"""Keys that close a dialog while it saves."""


class KeyIgnored(Message):
    """A key was pressed that does nothing in the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class HoldsKeys:
    """A screen that keeps the keys typed while it saves, in their order: they are for what is open
    once that is done. Its fields ask it for each key, as keys can be in their queues already."""

    saves_on_enter: ClassVar[bool] = False
    """Whether enter in a field begins to save."""
    _held_keys: list[events.Key] | None = None
    """None while nothing is being saved."""

    @property
    def is_holding(self) -> bool:
        """Whether something is being saved."""
        return self._held_keys is not None

    def hold_keys(self) -> None:
        """Keeps the keys that are typed from now on."""
        if self._held_keys is None:
            self._held_keys = []

    def hold(self, event: events.Key) -> bool:
        """Whether a key is kept for later, or dropped. An enter right after the one that saves is
        meant for no other screen: a repeated key or the end of a pasted text."""
        if self._held_keys is None or event.key in PASSED_KEYS:
            return False
        if event.key != "enter" or self._held_keys:
            self._held_keys.append(event)
        return True

    def drop_keys(self) -> list[events.Key]:
        """Ends holding; returns the keys that were kept."""
        held, self._held_keys = self._held_keys or [], None
        return held


def hold_on_enter(field: Widget) -> None:
    """Has the screen keep the keys after an enter, if that saves."""
    if isinstance(field.screen, HoldsKeys) and field.screen.saves_on_enter:
        field.screen.hold_keys()


def may_type(field: Widget) -> bool:
    """Whether keys are for this field: it has the focus, and its screen isn't saving."""
    screen = field.screen
    return field.has_focus and not (isinstance(screen, HoldsKeys) and screen.is_holding)


async def run_bound_key(field: Widget, event: events.Key) -> bool:
    """Runs the binding of a key in the field's own queue, after the keys typed before it; returns
    whether the key has been handled. By way of the app's queue, a letter could overtake a
    backspace or a tab; a priority binding could overtake letters."""
    screen = field.screen
    if isinstance(screen, HoldsKeys) and screen.is_active and screen.hold(event):
        _consume(event)
        return True
    if not screen.is_active or screen.focused is not field:
        # Typed for the widget that has the focus by now.
        _consume(event)
        field.app.post_message(events.Key(event.key, event.character))
        return True
    bound = screen.active_bindings.get(event.key)
    with_alt = alt_character(event)
    if bound is None and with_alt:
        # Typed, it would be the letter alone, and an escape before it would be lost.
        _consume(event)
        field.post_message(KeyIgnored(escape_and_key(f"alt+{with_alt}", with_alt)))
        return True
    is_typed = event.is_printable and not with_alt and isinstance(field, Input | TextArea)
    if bound is None or is_typed:
        return False
    _consume(event)
    await field.app.run_action(bound.binding.action, bound.node)
    return True


def _consume(event: events.Key) -> None:
    event.stop()
    event.prevent_default()


class SafeInput(Input, inherit_bindings=False):
    """An `Input` that sanitizes what is typed or pasted."""

    # Without the keys of a scroll view: up, down, page up and page down are the dialog's.
    BINDINGS: ClassVar[list[BindingType]] = Input.BINDINGS

    DEFAULT_CSS = """
    SafeInput, SafeInput:focus { border: none; padding: 0; height: 1; }
    /* Reversed, so that it is visible without colours, too. */
    SafeInput > .input--placeholder { color: $text-muted; }
    SafeInput > .input--selection {
        background: $background; color: $foreground; text-style: reverse;
    }
    """

    _is_focused_by_click = False

    def focus_on_click(self) -> bool:
        """Textual asks it before a click moves the focus."""
        self._is_focused_by_click = not self.has_focus
        return super().focus_on_click()

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """Runs before `Input` moves the cursor: the click that gives the field the focus selects
        its text where tab does; the next one places the cursor."""
        if self._is_focused_by_click and self.select_on_focus:
            event.prevent_default()

    def on_blur(self) -> None:
        """Shows the start of a long text: its end alone would look like a text without a start."""
        self.scroll_to(x=0, animate=False, force=True, immediate=True)

    def on_focus(self) -> None:
        """Scrolls to the cursor again. `Input` does so only where the cursor moves in the text."""
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        if self.has_focus:
            cursor = self.cursor_screen_offset - self.content_region.offset + self.scroll_offset
            self.scroll_to_region(Region(*cursor, 1, 1), animate=False, force=True)

    async def _on_key(self, event: events.Key) -> None:
        """Runs before `Input` handles the key. A line break of pasted text becomes a space."""
        if event.key == "enter" and event.character == LINE_BREAK and may_type(self):
            _consume(event)
            self._insert_or_replace(" ")
        else:
            await run_bound_key(self, event)

    async def action_submit(self) -> None:
        """Submits the text; where that saves it, the keys after this one wait."""
        hold_on_enter(self)
        await super().action_submit()

    def _on_paste(self, event: events.Paste) -> None:
        """Joins the lines: `Input` would take the first one only."""
        event.stop()
        event.prevent_default()
        lines = (line.strip() for line in event.text.splitlines())
        self._insert_or_replace(" ".join(filter(None, lines)))

    def _insert_or_replace(self, text: str) -> None:
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    def insert(self, text: str, index: int) -> None:
        """Sanitizes keys and pastes."""
        super().insert(sanitize_line(text), index)

    def replace(self, text: str, start: int, end: int) -> None:
        """Sanitizes a paste over a selection."""
        super().replace(sanitize_line(text), start, end)


class SafeTextArea(TextArea):
    """A `TextArea` that sanitizes what is typed or pasted."""

    class Undone(Message):
        """Typing was taken back, which can be all of the text."""

    def action_undo(self) -> None:
        """Takes back typing, as `TextArea` does, and tells the dialog."""
        before = self.text
        super().action_undo()
        if self.text != before:
            self.post_message(self.Undone())

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cursor's cell on the screen, as the text is wrapped now: `TextArea` has the one from
        before the first layout until the cursor moves."""
        self._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        return super().cursor_screen_offset

    async def _on_key(self, event: events.Key) -> None:
        """Runs before `TextArea` handles the key: for enter it would insert a new line, which only
        one among pasted text does."""
        if event.key == "enter" and event.character == LINE_BREAK and may_type(self):
            _consume(event)
            self.insert("\n")
        else:
            await run_bound_key(self, event)

    def on_paste(self, event: events.Paste) -> None:
        """The text is inserted by Textual's own handler: the dialog has nothing to say."""
        event.stop()

    def edit(self, edit: Edit) -> EditResult:
        """Sanitizes every edit: keys, pastes and new lines end here."""
        edit.text = sanitize_text(edit.text)
        return super().edit(edit)
