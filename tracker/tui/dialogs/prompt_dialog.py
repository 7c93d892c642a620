"""A dialog with one question and a line for the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tracker.i18n.messages import say
from tracker.tui.dialogs.dialog import Dialog, ErrorLine
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import Hint
from tracker.tui.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class PromptDialog(Dialog[str | None]):
    """Enter submits the answer to a diary job, and returns the job's result. An error of the job
    is displayed, and the answer can be corrected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave", id="ask_leave", tooltip="Change nothing"),
    ]

    def __init__(
        self,
        question: str,
        job: Callable[[Diary, str], str],
        answer: str = "",
        *,
        is_change: bool = False,
    ) -> None:
        """`answer` fills the line at first. With `is_change`, the job changes the diary, and its
        result is a sentence about that."""
        super().__init__(question)
        self._job = job
        self._answer = answer
        self._is_change = is_change

    def compose_body(self) -> ComposeResult:
        yield SafeInput(self._answer, select_on_focus=False)
        yield ErrorLine()

    def hints(self) -> Sequence[Hint]:
        return [(glyph("↵"), say("form.keep"), "enter"), ("esc", say("form.leave"), "escape")]

    @on(Input.Submitted)
    def submit(self, message: Input.Submitted) -> None:
        """Submits the answer."""
        message.stop()
        answer = message.value
        self.calmtrack.diary_worker.submit(
            lambda diary: self._job(diary, answer), self._answered, self.show_error
        )

    def _answered(self, result: str) -> None:
        if self._is_change:
            self.finish(result, result)
        else:
            self.dismiss(result)
