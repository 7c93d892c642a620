"""One question with a short answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class SafeInput(Input):
    """A line into which nothing comes that could steer a terminal, and in which no letter
    overtakes a key before it, however fast they come."""

    async def _on_key(self, event: events.Key) -> None:
        """Carries out bound keys here, too: Textual's own way to a binding leads through the
        app's queue, where a letter could overtake a backspace or a tab."""
        if self.app.screen is not self.screen or self.screen.focused is not self:
            # Typed for what one went to just now.
            _take(event)
            self.app.post_message(events.Key(event.key, event.character))
            return
        bound = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if bound is not None:
            _take(event)
            await self.app.run_action(bound.binding.action, bound.node)

    def insert(self, text: str, index: int) -> None:
        """Keys and pastes lead through here."""
        super().insert(sanitize_line(text), index)

    def replace(self, text: str, start: int, end: int) -> None:
        """A paste over a selection leads through here."""
        super().replace(sanitize_line(text), start, end)


def _take(event: events.Key) -> None:
    event.stop()
    event.prevent_default()


class PromptDialog(Dialog[str | None]):
    """Enter hands the answer to a job for the diary; what it refuses is said, and one can
    answer again."""

    DEFAULT_CSS = """
    PromptDialog SafeInput, PromptDialog SafeInput:focus { border: none; padding: 0; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave", id="ask_leave", tooltip="Change nothing"),
    ]

    def __init__(
        self,
        question: str,
        job: Callable[[Diary, str], str],
        answer: str = "",
        *,
        keeps: bool = False,
    ) -> None:
        """`keeps` tells that the job changes the diary, and hands back the sentence for it."""
        super().__init__()
        self._keeps = keeps
        self._question = question
        self._job = job
        self._answer = answer

    def compose(self) -> ComposeResult:
        """The question, the line to answer in, what was refused, and the keys."""
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._question), classes="title", markup=False)
            yield SafeInput(self._answer, select_on_focus=False)
            yield Static("", classes="wrong", markup=False)
            yield KeyHints(
                [(glyph("↵"), say("form.keep"), "enter"), ("esc", say("form.leave"), "escape")]
            )

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hands the answer on."""
        message.stop()
        answer = message.value
        self.calmtrack.desk.ask(
            lambda diary: self._job(diary, answer),
            self._answered,
            self.refuse,
        )

    def _answered(self, result: str) -> None:
        if self._keeps:
            self.come_back(result, result)
        else:
            self.dismiss(result)
