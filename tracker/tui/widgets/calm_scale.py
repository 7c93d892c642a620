"""The calm question, and the scores 0 to 10 in a row."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tracker.render.entry_text import calm_words
from tracker.render.symbols import score_meaning
from tracker.tui import styled_text
from tracker.tui.theme import has_cell_colors

CELL, NARROWEST = 6, 4
"""Cells of a score; on a narrow screen fewer, and at least."""
INDENT = 5
"""Cells to the left of the scores."""
FADED_OPACITY = 0.3
"""Opacity of the colours of the scores that were not chosen."""


class CalmScale(Widget):
    """A question about the day's calm, and its scores; each can be clicked."""

    DEFAULT_CSS = "CalmScale { height: 5; margin-top: 1; text-wrap: nowrap; }"

    question = reactive("")
    score: reactive[int | None] = reactive(None)
    """0 to 10, or None when unrated."""
    scores_hidden = reactive(False)
    noted = reactive(False)
    """Whether the evening has a note."""
    has_draft = reactive(False)
    """Whether a note of the evening is kept as a draft."""
    has_cursor = reactive(True)

    def render(self) -> Content:
        """Question and answer, a blank line, the scores, what they mean, and a blank line."""
        return styled_text.page(
            self, [self._question(), Content(""), self._numbers(), self._meanings()]
        )

    def _question(self) -> Content:
        question = styled_text.user_text(
            self.question, min(52, self.size.width - 16), styled_text.BOLD
        )
        answer = (
            "" if self.score is None else calm_words(self.score, scores_hidden=self.scores_hidden)
        )
        note = styled_text.note_marker(is_noted=self.noted, is_draft=self.has_draft)
        width = min(self.size.width - 4, 76)
        gap = max(1, width - 3 - question.cell_length - len(answer) - note.cell_length)
        return Content.assemble(
            styled_text.cursor_marker(is_current=self.has_cursor),
            question,
            " " * gap,
            note,
            (answer, styled_text.CURSOR),
        )

    def _numbers(self) -> Content:
        is_colored = has_cell_colors(self.app)
        numbers = [self._number(score, is_colored=is_colored) for score in range(11)]
        return Content.assemble(" " * INDENT, *numbers)

    def _number(self, score: int, *, is_colored: bool) -> Content:
        chosen = score == self.score and not self.scores_hidden
        label = f"[{score}]" if chosen else f" {score} "
        text = label.center(self._cell)
        if is_colored:
            content = self._colored(text, score, chosen=chosen)
        else:
            before, after = text.split(label)
            style = "bold $text-primary reverse" if chosen else ""
            content = Content.assemble(before, (label, style), after)
        return styled_text.clickable(content, f"screen.rate({score})")

    def _colored(self, text: str, score: int, *, chosen: bool) -> Content:
        """A cell in the score's colour; once there is a score, the others are faded."""
        style = styled_text.calm_cell(score)
        if chosen:
            style = f"bold {style}"
        elif self.score is not None and not self.scores_hidden:
            style = f"$foreground on $calm-{score} {FADED_OPACITY:.0%}"
        # The narrowest cells have no cell to spare for a gap after two digits.
        cell = text if score == 10 and self._cell == NARROWEST else text.removesuffix(" ")
        return Content.assemble((cell, style), " " * (len(text) - len(cell)))

    def _meanings(self) -> Content:
        line = [" "] * (INDENT + 11 * self._cell + 12)
        for score in (0, 5, 10):
            meaning = score_meaning(score)
            middle = INDENT + score * self._cell + self._cell // 2
            start = max(3, middle - len(meaning) // 2)
            line[start : start + len(meaning)] = meaning
        return Content("".join(line).rstrip()).stylize(styled_text.MUTED)

    @property
    def _cell(self) -> int:
        return max(NARROWEST, min(CELL, (self.size.width - INDENT - 4) // 11))
