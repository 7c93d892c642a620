"""The names that a begun one could become."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from tracker.tui import ink
from tracker.tui.widgets.pressable import Pressable
from tracker.visible import visible
from tracker.words import say

AT_ONCE = 5


class NameLine(Pressable):
    """One line: tab takes the first name, a click any of them; mostly blank."""

    DEFAULT_CSS = "NameLine { height: 1; }"

    names: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """The key, then the names."""
        if not self.names:
            return Content("")
        shown = (
            ink.pressing(visible(name, 40), f"name {place}")
            for place, name in enumerate(self.names[:AT_ONCE])
        )
        line = Content.assemble((f"{say('note.take_name')} ", ink.FAINT), Content("  ").join(shown))
        return ink.cut(line, max(1, self.size.width))
