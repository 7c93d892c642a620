"""A short list with a cursor, for dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Offset
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList

from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.terminal_cursor import CursorWidget

if TYPE_CHECKING:
    from textual import events
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style

RowRenderer = Callable[[int, bool], Content]
"""Draws a row from the width in cells and whether the cursor is on it."""


NAME_WIDTH = 30
"""Cells of a name before its value, where there is room."""


class ChoiceList(OptionList, CursorWidget):
    """An `OptionList` whose highlighted row has a marker before it.

    It takes no focus: its dialog binds the keys, so that they reach rows and an `Input` beside
    them in the order in which they were typed. A click selects a row, or with `asks_again` a
    click on the highlighted one: the first one moves the cursor there.
    """

    can_focus = False
    DEFAULT_CSS = """
    ChoiceList {
        border: none; padding: 0; height: auto; background: transparent;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            color: $foreground; background: transparent; text-style: none;
        }
        & > .option-list--option-hover { background: transparent; }
    }
    """

    def __init__(
        self, rows: Iterable[RowRenderer], *, classes: str | None = None, asks_again: bool = False
    ) -> None:
        self._rows = tuple(rows)
        self._asks_again = asks_again
        prompts = (_Row(draw, is_current=False) for draw in self._rows)
        super().__init__(*prompts, classes=classes)
        self.highlighted = 0

    @property
    def cursor(self) -> int:
        """The highlighted row, from 0."""
        return self.highlighted or 0

    def move(self, by: int) -> None:
        """Moves the cursor, as far as the first or the last row."""
        self.highlighted = max(0, self.cursor + by)

    def set_rows(self, rows: Iterable[RowRenderer]) -> None:
        """Draws other rows in place of these, as many of them; the cursor stays."""
        self._rows = tuple(rows)
        self._update_prompts()

    def watch_highlighted(self, highlighted: int | None) -> None:
        self._update_prompts()
        super().watch_highlighted(highlighted)

    async def _on_click(self, event: events.Click) -> None:
        """Runs before `OptionList` selects the row."""
        row = event.style.meta.get("option")
        if self._asks_again and row is not None and row != self.highlighted:
            event.prevent_default()
            self.highlighted = row

    def cursor_in_content(self) -> Offset | None:
        """The marker of the highlighted row."""
        line = self._index_to_line.get(self.cursor)
        return None if line is None else Offset(1, line - self.scroll_offset.y)

    def _update_prompts(self) -> None:
        for index, draw in enumerate(self._rows):
            row = _Row(draw, is_current=index == self.highlighted)
            self.replace_option_prompt_at_index(index, row)


def text_rows(texts: Iterable[str]) -> list[RowRenderer]:
    """A row for each text; a long one is wrapped and indented."""
    return [partial(_draw_text, text) for text in texts]


def _draw_text(text: str, width: int, is_current: bool) -> Content:
    first, *others = Content(sanitize_line(text)).wrap(max(20, width - 3))
    lines = [Content.assemble(styled_text.cursor_marker(is_current=is_current), first)]
    lines.extend(Content.assemble("   ", line) for line in others)
    row = Content("\n").join(lines)
    return row.stylize(styled_text.BOLD) if is_current else row


def value_row(name: str, index: int, values: Sequence[str]) -> RowRenderer:
    """A name, which a person wrote, and one of its values, which the dialog's action `turn`
    changes."""
    return partial(_draw_value, name, index, values)


def _draw_value(
    name: str, index: int, values: Sequence[str], width: int, is_current: bool
) -> Content:
    """The arrows beside the value of the cursor's row can be clicked. They stay where they are from
    one value to the next."""
    name_width = min(NAME_WIDTH, width // 2 - 4)
    row = Content.assemble(
        styled_text.cursor_marker(is_current=is_current),
        styled_text.user_text(name, name_width, styled_text.BOLD if is_current else ""),
        "  ",
    )
    most = max(4, width - row.cell_length - 4)
    shown = styled_text.truncate(Content(sanitize_line(values[index])), most)
    if not is_current:
        return Content.assemble(row, "  ", shown)
    widest = max(Content(sanitize_line(value)).cell_length for value in values)
    shown = styled_text.fit(shown, min(most, widest))
    return Content.assemble(
        row,
        styled_text.clickable(f"{styled_text.glyph('‹')} ", "screen.turn(-1)"),
        shown.stylize(styled_text.CURSOR),
        styled_text.clickable(f" {styled_text.glyph('›')}", "screen.turn(1)"),
    )


class _Row(Visual):
    """What an option draws: `Content` that depends on the width."""

    def __init__(self, draw: RowRenderer, *, is_current: bool) -> None:
        self._draw = draw
        self._is_current = is_current

    def _content(self, width: int) -> Content:
        return self._draw(width, self._is_current)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._content(container_width).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._content(width).get_height(rules, width)
