"""The dialog that searches notes as one types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static

from tracker.diary.journal import WINDOW
from tracker.i18n.messages import N_, _
from tracker.render.journal_text import nothing_found, result_titles
from tracker.rules.search import split_query
from tracker.tui.bindings import page_bindings, row_bindings
from tracker.tui.dialogs.dialog import Dialog, ErrorLine
from tracker.tui.styled_text import glyph
from tracker.tui.widgets.bars import UP_DOWN, Hint
from tracker.tui.widgets.evening_list import EveningList
from tracker.tui.widgets.safe_input import SafeInput
from tracker.views import JournalEvening, SearchResult

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


HINT = N_('For example "mia", "mia picnic" or "mia picnic spring".')


class SearchDialog(Dialog[date | None]):
    """Below the field, the evenings in whose notes all of the words occur: first those with all of
    them in one note, each group newest first. Returns the day of the chosen one; None if none was
    chosen."""

    DEFAULT_CSS = """
    SearchDialog {
        & > .box { width: 104; height: 90%; padding: 0 2; }
        &.-narrow > .box { max-width: 100%; height: 100%; max-height: 100%; }
    }
    SearchDialog .message { height: auto; margin-top: 1; color: $text-muted; }
    SearchDialog EveningList { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *row_bindings(above=N_("Newer evening"), below=N_("Older evening")),
        *page_bindings(),
        Binding("enter", "choose", N_("Read"), tooltip=N_("Read this evening in Journal")),
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel")),
    ]  # fmt: skip

    _list = getters.query_one(EveningList)

    def __init__(self, *, scores_hidden: bool) -> None:
        super().__init__(_("Search your notes"))
        self._scores_hidden = scores_hidden
        self._query = ""
        """What is searched for."""
        self.today = date.min
        """The day on which the diary was searched."""
        self._more: tuple[date, ...] = ()
        """The days of the results that aren't read yet."""
        self._is_chosen = False
        """Whether enter was pressed before the result was there."""

    def compose_body(self) -> ComposeResult:
        yield SafeInput()
        yield ErrorLine()
        yield Static(_(HINT), classes="message", markup=False)
        yield EveningList()

    def hints(self) -> Sequence[Hint]:
        return [
            (glyph("↑↓"), _("choose"), UP_DOWN),
            (glyph("↵"), _("read"), "enter"),
            ("esc", _("cancel"), "escape"),
        ]

    def on_mount(self) -> None:
        self._list.scores_hidden = self._scores_hidden

    @on(Input.Changed)
    def search(self, message: Input.Changed) -> None:
        """Searches for what was typed so far; a search that was overtaken is left out."""
        message.stop()
        query = self._query = message.value
        self._more, self._is_chosen = (), False
        if not split_query(query):
            self._list.clear()
            self._list.query_text = query
            self._show_message(_(HINT))
            return

        def job(diary: Diary) -> SearchResult | None:
            if self._query != query:
                return None
            return diary.journal.search(query, most=WINDOW)

        self.calmtrack.submit(job, lambda result: self._show(query, result))

    def _show(self, query: str, result: SearchResult | None) -> None:
        if result is None or not self.has_widgets or self._query != query:
            return
        evenings = self._list
        evenings.clear()
        evenings.query_text, evenings.titles = query, result_titles(result)
        evenings.show(result.evenings, result.today)
        self.today, self._more = result.today, result.days[WINDOW:]
        self._show_message("" if result.evenings else nothing_found(query))
        if self._is_chosen:
            self.action_choose()

    def _show_message(self, sentence: str) -> None:
        """Displays a sentence below the field; an empty one leaves its lines to the results."""
        message = self.query_one(".message", Static)
        message.update(sentence)
        message.display = bool(sentence)

    @on(EveningList.NearEnd)
    def read_older(self) -> None:
        days, self._more, query = self._more[:WINDOW], self._more[WINDOW:], self._query
        if not days:
            return

        def show(evenings: tuple[JournalEvening, ...]) -> None:
            if self.has_widgets and self._query == query:
                self._list.append(evenings, self.today)

        self.calmtrack.submit(lambda diary: diary.journal.evenings_on(days), show)

    def action_row(self, by: int) -> None:
        self._list.move(by)

    def action_page(self, by: int) -> None:
        self._list.move_page(by)

    @on(Input.Submitted)
    def submit(self, message: Input.Submitted) -> None:
        """Enter in the field chooses."""
        message.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Returns the day under the cursor, once the result of what was typed is there."""
        if self._list.query_text != self._query:
            self._is_chosen = True
        elif (day := self._list.day) is not None:
            self.dismiss(day)

    @on(OptionList.OptionSelected)
    def choose_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_choose()
