"""Terms with their definitions, in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Definition = tuple[Content, Content]
"""A term, which is as wide as it is, and a text, which is wrapped beside it."""


class DefinitionList(Widget):
    """As tall as its lines are at its width."""

    DEFAULT_CSS = "DefinitionList { height: auto; }"

    def __init__(self, definitions: Sequence[Definition]) -> None:
        super().__init__()
        self._definitions = tuple(definitions)

    def render(self) -> Content:
        """The wrapped lines."""
        return Content("\n").join(self._wrapped(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The number of wrapped lines."""
        return sum(1 for _ in self._wrapped(width))

    def _wrapped(self, width: int) -> Iterator[Content]:
        for term, text in self._definitions:
            indent = term.cell_length
            lines = text.wrap(max(10, width - indent)) or [Content("")]
            for number, line in enumerate(lines):
                yield Content.assemble(term if number == 0 else " " * indent, line)
