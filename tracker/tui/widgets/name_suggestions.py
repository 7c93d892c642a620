"""The names that a begun one could become."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text

AT_ONCE = 5


class NameSuggestions(Widget):
    """One line: tab takes the first name, a click any of them; mostly blank."""

    DEFAULT_CSS = "NameSuggestions { height: 1; }"

    names: reactive[tuple[str, ...]] = reactive(())

    def render(self) -> Content:
        """The key, then the names."""
        if not self.names:
            return Content("")
        shown = (
            styled_text.clickable(sanitize_line(name, 40), f"screen.take_name({place})")
            for place, name in enumerate(self.names[:AT_ONCE])
        )
        line = Content.assemble(
            (f"{say('note.take_name')} ", styled_text.MUTED), Content("  ").join(shown)
        )
        return styled_text.truncate(line, max(1, self.size.width))
