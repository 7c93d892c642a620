"""Dialogs with one question: a line for the answer, or a few options to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tracker.i18n.messages import N_, _
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.dialog import Dialog, ErrorLine, ListDialog
from tracker.tui.styled_text import glyph, key_name
from tracker.tui.widgets.bars import Hint
from tracker.tui.widgets.choice_list import ChoiceList, text_rows
from tracker.tui.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


LONGEST_MESSAGE = 2000
"""Characters of a message: what a coin-flip month came to, and how a new one works."""

LEAST_OPTIONS = 3
"""Lines of the options that a long message leaves."""


class PromptDialog(Dialog[str | None]):
    """Enter submits the answer to a diary job, and returns the job's result. An error of the job
    is displayed, and the answer can be corrected."""

    saves_on_enter = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel")),
    ]

    def __init__(
        self,
        question: str,
        job: Callable[[Diary, str], str],
        answer: str = "",
        *,
        placeholder: str = "",
        is_change: bool = False,
    ) -> None:
        """`answer` fills the line at first; `placeholder` is shown while it is empty. With
        `is_change`, the job changes the diary, and its result is a sentence about that."""
        super().__init__(question)
        self._job = job
        self._answer = answer
        self._placeholder = placeholder
        self._is_change = is_change

    def compose_body(self) -> ComposeResult:
        # Typing replaces a value to change, and goes on with the beginning of a path.
        yield SafeInput(self._answer, self._placeholder, select_on_focus=self._is_change)
        yield ErrorLine()

    def hints(self) -> Sequence[Hint]:
        enter = _("save") if self._is_change else _("go")
        return [(glyph("↵"), enter, "enter"), ("esc", _("cancel"), "escape")]

    @on(Input.Submitted)
    def submit(self, message: Input.Submitted) -> None:
        message.stop()
        answer = message.value
        app = self.calmtrack
        submit = app.submit_change if self._is_change else app.diary_worker.submit
        submit(lambda diary: self._job(diary, answer), self._answered, self.show_error)

    def _answered(self, result: str) -> None:
        if self._is_change:
            self.finish(result, result)
        else:
            self.dismiss(result)
            self.release_keys()


class ChoiceDialog(ListDialog[int | None]):
    """Returns the index of the chosen option, from 0; None if none was chosen."""

    DEFAULT_CSS = """
    ChoiceDialog VerticalScroll { height: auto; margin-bottom: 1; scrollbar-size-vertical: 1; }
    ChoiceDialog .message { height: auto; color: $text-muted; }
    ChoiceDialog .message.-scrolled { padding-right: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Choose"), tooltip=N_("Choose this option")),
        Binding("escape,q", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel")),
    ]
    asks_again: ClassVar[bool] = False
    """Whether a click chooses only the option that the cursor is on, and moves it to another."""

    def __init__(
        self,
        title: str,
        options: Sequence[str],
        message: str | Sequence[str] = (),
        *,
        selected: int = 0,
        preview: Callable[[int], None] | None = None,
    ) -> None:
        """`message` is a paragraph, or several; `selected` is the index of the option that the
        cursor starts on; `preview` gets the index of each option that it moves to."""
        super().__init__(title)
        self._options = options
        self._message = [message] if isinstance(message, str) else message
        self._selected = selected
        self._preview = preview

    def compose_body(self) -> ComposeResult:
        if self._message:
            with VerticalScroll(can_focus=False):
                text = "\n\n".join(self._paragraphs)
                yield Static(text, classes="message", markup=False)
        rows = text_rows(self._options)
        options = ChoiceList(rows, classes="tall", asks_again=self.asks_again)
        options.highlighted = self._selected
        yield options

    def on_resize(self, event: events.Resize) -> None:
        """Limits the list to the lines that title and message leave, which depend on the width."""
        super().on_resize(event)
        self.call_after_refresh(self._shorten_list, event.size.height)

    def _shorten_list(self, height: int) -> None:
        if not self.has_widgets:
            return
        options = self.query_one(ChoiceList)
        room = self.max_height(height) - self.chrome_lines
        room -= self.query_one(".title").outer_size.height - 1
        for scroll in self.query(VerticalScroll):
            most = max(3, room - 1 - min(LEAST_OPTIONS, len(self._options)))
            message = self.query_one(".message")
            is_scrolled = message.outer_size.height > most
            message.set_class(is_scrolled, "-scrolled")
            if is_scrolled:
                beside_text = 2  # The scrollbar, and the padding of the text before it.
                most = self._whole_paragraphs(scroll.size.width - beside_text, most)
            scroll.styles.max_height = most
            room -= min(most, message.outer_size.height) + 1
        options.styles.max_height = max(LEAST_OPTIONS, room)
        options.call_after_refresh(options.scroll_to_highlight)
        options.call_after_refresh(self.update_hints)

    def _whole_paragraphs(self, width: int, most: int) -> int:
        """Lines of the paragraphs that are whole within `most` lines; `most` if the first isn't."""
        whole = end = 0
        for text in self._paragraphs:
            end += len(Content(text).wrap(width))
            whole = end if end <= most else whole
            end += 1
        return whole or most

    @property
    def _paragraphs(self) -> list[str]:
        return [sanitize_line(one, LONGEST_MESSAGE) for one in self._message]

    def hints(self) -> Sequence[Hint]:
        pages = [(key_name("pgdn"), label, "pagedown") for _keys, label, _key in self.scroll_hint()]
        return [(glyph("↵"), _("choose"), "enter"), *pages, ("esc", _("back"), "escape")]

    def action_row(self, by: int) -> None:
        super().action_row(by)
        if self._preview is not None:
            self._preview(self.cursor)

    def action_page(self, by: int) -> None:
        """Scrolls the message, where it is too long."""
        for scroll in self.query(VerticalScroll):
            scroll.scroll_relative(y=by * max(1, scroll.size.height - 1), animate=False)

    def action_select(self) -> None:
        self.dismiss(self.cursor)
