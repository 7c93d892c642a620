"""Lines to read, each with something before it: a key, a mark, or room alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Definition = tuple[Content, Content]
"""What stands before, and the text; it goes on below itself where it is a long one."""


class DefinitionList(Widget):
    """As tall as its lines are at its width."""

    DEFAULT_CSS = "DefinitionList { height: auto; }"

    def __init__(self, lines: Sequence[Definition]) -> None:
        super().__init__()
        self._told = tuple(lines)

    def render(self) -> Content:
        """The lines, wrapped."""
        return Content("\n").join(self._wrapped(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines there are at this width."""
        return sum(1 for _ in self._wrapped(width))

    def _wrapped(self, width: int) -> Iterator[Content]:
        for before, text in self._told:
            indent = before.cell_length
            lines = text.wrap(max(10, width - indent)) or [Content("")]
            for number, line in enumerate(lines):
                yield Content.assemble(before if number == 0 else " " * indent, line)
