"""Base classes of the modal dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TextArea

from tracker.errors import CalmtrackError
from tracker.i18n.messages import N_, _
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line
from tracker.tui.bindings import (
    alt_character,
    edge_bindings,
    escape_and_key,
    page_bindings,
    row_bindings,
)
from tracker.tui.styled_text import glyph
from tracker.tui.widgets.bars import UP_DOWN, Hint, KeyHints
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.safe_input import HoldsKeys, KeyIgnored

if TYPE_CHECKING:
    from tracker.tui.app_protocol import AppProtocol, NoticeSubject

T = TypeVar("T")

PAGE = 10
"""Rows of a page of a list."""

SHORT = 24
"""Lines of the terminal below which the box has all of them, and no padding."""

NO_FIELD = N_("Nothing was pasted, because the cursor isn't in a text field.")
"""The answer to a paste where no field takes it."""

COVERING_NOTICES: tuple[NoticeSubject, ...] = ("key", "draft", "export")
"""What notices are about that the key which opens a dialog ends."""


class ErrorLine(Static):
    """Why the diary refused what was entered, or a field a key; takes no line without an error."""

    DEFAULT_CSS = """
    ErrorLine { height: auto; margin-top: 1; color: $text-error; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def set_error(self, sentence: str) -> None:
        """Displays a sentence; an empty one hides the line."""
        self.update(sanitize_line(sentence))
        self.display = bool(sentence)


class Dialog(HoldsKeys, ModalScreen[T]):
    """A centred box with a title, a body and key hints, dismissed with a result."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        &.-narrow, &.-above-dialog { background: $background; }
        & > .box {
            width: 76; max-width: 94%; height: auto; max-height: 90%;
            padding: 1 2; background: $surface; border: round $primary 50%;
        }
        &.-short > .box { padding: 0 2; max-height: 100%; }
        &.-plain > .box { border: ascii $primary 50%; }
        & .tall { height: auto; scrollbar-size-vertical: 1; padding-right: 1; }
        & VerticalScroll.tall { padding-right: 0; }
        & VerticalScroll.tall > * { padding-right: 1; }
        & KeyHints { dock: bottom; padding-left: 0; margin-top: 1; }
        & .title { height: auto; margin-bottom: 1; text-style: bold; }
        & .hint { height: auto; margin-top: 1; color: $text-muted; }
        &.-crowded .hint { display: none; }
    }
    """

    # As on every screen; while a note is typed, ctrl+z takes back typing.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "app.suspend_process", N_("Suspend")),
    ]

    # The box leaves a few columns on its left, where the cursor of the screen below would show.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-high")]  # noqa: RUF012

    holds_notices: ClassVar[bool] = True
    """Whether notices wait until it is closed, unless they answer a key: they would cover it."""

    answers_in_notices: ClassVar[bool] = True
    """Whether a notice says that a key does nothing, where there is no line for that."""

    chrome_lines: int = 8
    """Lines of the box around its `.tall` part: border, padding, title, hints and margins."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(sanitize_line(self._title), classes="title", markup=False)
            yield from self.compose_body()
            yield KeyHints(self.hints(), least_gap=2)

    def compose_body(self) -> ComposeResult:
        """The widgets between title and hints."""
        yield from ()

    def hints(self) -> Sequence[Hint]:
        """The key hints below the body."""
        return ()

    def scroll_hint(self) -> list[Hint]:
        """The hint of the keys that scroll the text, while it is longer than its part."""
        texts = self.query(VerticalScroll) if self.has_widgets else ()
        scrolls = any(text.max_scroll_y > 0 for text in texts)
        return [(glyph("↑↓"), _("scroll"), UP_DOWN)] if scrolls else []

    def update_hints(self) -> None:
        """Displays the hints anew, once the layout says whether a text scrolls."""
        if self.has_widgets:
            self.query_one(KeyHints).hints = tuple(self.hints())

    def on_mount(self) -> None:
        """Draws the border in ASCII where that is asked for, and hides a dialog below: of a larger
        one the faded frame would show around this one. Drops the notices about what came before,
        and holds the others: the box would give way to them."""
        for about in COVERING_NOTICES:
            self.calmtrack.drop_notice(about)
        self.calmtrack.hold_notices()
        self.set_class(ascii_only(), "-plain")
        self.set_class(isinstance(self.app.screen_stack[-2], Dialog), "-above-dialog")

    def on_resize(self, event: events.Resize) -> None:
        """Limits the `.tall` part to the lines that the rest of the box leaves."""
        for part in self.query(".tall"):
            part.styles.max_height = max(3, self.max_height(event.size.height) - self.chrome_lines)
        self.call_after_refresh(self.update_hints)

    def max_height(self, lines: int) -> int:
        """Lines of the box with its padding at most, in a terminal of so many."""
        return lines + 2 if lines < SHORT else lines * 9 // 10

    @property
    def has_widgets(self) -> bool:
        """Whether a result can be displayed: closing removes the widgets before the dialog."""
        return self.is_attached and self.is_running

    def show_error(self, error: CalmtrackError) -> None:
        """Displays an error in the dialog, which stays as it is; once it is closed, notifies."""
        if self.has_widgets:
            self._display_error(error.in_app)
        else:
            self.calmtrack.notify_error(error)
        self.release_keys()

    def on_key(self, event: events.Key) -> None:
        """Answers a key with alt that is bound to nothing, and that no field has taken: it may have
        been escape and another key."""
        if event.key not in self.active_bindings and (with_alt := alt_character(event)):
            self.post_message(KeyIgnored(escape_and_key(f"alt+{with_alt}", with_alt)))

    def on_paste(self) -> None:
        """Pasted text presses no keys: where no field has taken it, says so."""
        self.post_message(KeyIgnored(_(NO_FIELD)))

    @on(KeyIgnored)
    def show_ignored_key(self, message: KeyIgnored) -> None:
        """Displays that a key does nothing: beside the fields until more is typed, or in a notice
        where there are none."""
        message.stop()
        if not self.has_widgets:
            return
        if self.query(ErrorLine):
            self._display_error(message.sentence)
        elif self.answers_in_notices:
            self.calmtrack.notify_user(message.sentence, about="key")

    def _display_error(self, sentence: str) -> None:
        self.query_one(ErrorLine).set_error(sentence)
        self.call_after_refresh(self._make_room_for_keys)

    def release_keys(self) -> None:
        """Handles the keys typed while the dialog was saving, in what is open now."""
        for event in self.drop_keys() if self.is_attached else ():
            self.app.post_message(events.Key(event.key, event.character))

    def _make_room_for_keys(self) -> None:
        """Where an error leaves no line for the key hints, hides an explanation above it."""
        if self.has_widgets and self.query_one(".box").max_scroll_y:
            self.add_class("-crowded")

    def clear_error(self) -> None:
        """Hides an error that may not be so any more, and shows what it has hidden."""
        for line in self.query(ErrorLine):
            line.set_error("")
        self.remove_class("-crowded")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def clear_error_of_former_text(self) -> None:
        """Hides the error about what was typed before."""
        self.clear_error()

    def finish(self, result: T, sentence: str) -> None:
        """Dismisses with a result that is on disk. A dialog that was closed before the diary
        answered notifies of it, and has the screens below reload."""
        if self.is_open:
            self.dismiss(result)
            self.release_keys()
            return
        if sentence:
            self.calmtrack.notify_user(sentence)
        self.calmtrack.refresh_screens()
        self.calmtrack.after_change()

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Dismisses once; a result that comes later is dropped.

        A message can come after a key that opened something above, such as that of a click on a row
        before `?`. Textual would remove what is above then, and call back twice the next time.
        """
        if not self.is_open:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()
        self.calmtrack.drop_notice("key")
        return super().dismiss(result)

    @property
    def is_open(self) -> bool:
        """Whether it isn't dismissed: for a moment after that it is still attached."""
        return self in self.app.screen_stack

    @cached_property
    def calmtrack(self) -> AppProtocol:
        """The app, typed. It stays known after the screen is removed: jobs that were submitted
        before still ask for it, and `app` raises then."""
        return cast("AppProtocol", self.app)


class ListDialog(Dialog[T]):
    """A dialog with a `ChoiceList`, whose keys it binds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *row_bindings(),
        *page_bindings(),
        *edge_bindings(),
    ]

    @property
    def cursor(self) -> int:
        """The row that the cursor is on, from 0."""
        return self.query_one(ChoiceList).cursor

    def action_row(self, by: int) -> None:
        for rows in self.query(ChoiceList):
            rows.move(by)

    def action_page(self, by: int) -> None:
        self.action_row(by * PAGE)

    def action_select(self) -> None:
        """What a click on a row does, which has moved the cursor there."""

    @on(OptionList.OptionSelected)
    def select_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_select()
