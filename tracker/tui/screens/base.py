"""Base class of the screens: keys, navigation, reading the diary and changing it."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.keys import format_key
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tracker.errors import CalmtrackError, DatabaseUnavailable, InputError
from tracker.i18n.messages import N_, _
from tracker.models import PRACTICE_LETTERS
from tracker.render.entry_text import step_words, undo_sentence
from tracker.tui.bindings import (
    DAY_BINDINGS,
    GLOBAL_BINDINGS,
    QUIT_KEYS,
    alt_character,
    escape_and_key,
)
from tracker.tui.diary_worker import Stamp, file_stamp
from tracker.tui.styled_text import MOST_MESSAGE_LINES, key_name, message_lines
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.widgets.bars import TopBar
from tracker.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.models import Practice
    from tracker.tui.app_protocol import AppProtocol
    from tracker.tui.dialogs.coin_month_dialog import CoinStatus

T = TypeVar("T")

MIN_SIZE = Size(60, 18)
"""Columns and lines of the smallest terminal in which a screen is complete."""

MAX_WIDTH = 168
"""Columns that a screen takes at most, centred: longer lines are hard to follow."""


STILL_AHEAD = N_("That's still ahead. To see the days ahead, press W for Week.")
"""The answer to a key for a day that is ahead, on a screen that ends today."""


class TooSmall(Static):
    """Stands in for a screen's widgets in a terminal that is too small for them."""

    DEFAULT_CSS = "TooSmall { layer: below; height: auto; padding: 1; visibility: hidden; }"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This window is too small for calmtrack, which needs {width} columns and "
                "{height} lines. Your diary is safe. Press q to quit."
            ).format(width=MIN_SIZE.width, height=MIN_SIZE.height),
            markup=False,
        )


_DAY_KEYS = frozenset(
    key
    for binding in DAY_BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
)
"""The keys of the screens on which a day can be changed."""

_WORD_KEYS = {"ctrl+left": ("ctrl+←", "b"), "ctrl+right": ("ctrl+→", "f")}
"""Keys that move by a word, as they're shown: a terminal can send escape and a letter for them."""

_MOVING_KEYS = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown"))
"""Keys that move a cursor or a page."""

_QUIT_AT_ONCE = ("ctrl+c", "ctrl+q")
"""Keys that quit also in a dialog, and so don't wait for one."""

_FUNCTION_KEY = "f[0-9]{1,2}"


def undo_only(diary: Diary, kinds: Sequence[str], elsewhere: str) -> str:
    """Undoes the newest step if it is of one of the kinds (`UndoStep.what`), and returns the
    message; one of another kind stays, as it can't be seen, and `elsewhere` says what `{step}` it
    is."""
    step = next(filter(None, (diary.undo(only=kind) for kind in kinds)), None)
    if step is not None or not (others := diary.undo_steps(1, changed_days_only=True)):
        return undo_sentence("undone", step, diary.practices.all(), diary.today())
    return elsewhere.format(step=step_words(others[0], diary.practices.all(), diary.today()))


def redo_only(diary: Diary, kinds: Sequence[str], nothing: str) -> str:
    """Redoes the step undone last if it is of one of the kinds, and returns the message; else
    `nothing`."""
    step = next(filter(None, (diary.redo(only=kind) for kind in kinds)), None)
    if step is None:
        return nothing
    return undo_sentence("redone", step, diary.practices.all(), diary.today())


def _message_of(job: Callable[[Diary], str], diary: Diary) -> str:
    """The message of a change; "" where it was stored, but what its message says couldn't be read
    any more."""
    changes = diary.changes
    try:
        return job(diary)
    except DatabaseUnavailable:
        if diary.changes == changes:
            raise
        return ""


def _unbound_key(event: events.Key, *, logs: bool) -> str:
    """The answer to a key that is bound to nothing on a screen; "" for one that neither types
    anything nor is a function key, such as a modifier. `logs` is False for the letter of no
    practice on Tonight."""
    character = event.character or ""
    if event.key in _WORD_KEYS:
        pressed, key = _WORD_KEYS[event.key]
        return escape_and_key(key_name(pressed), key)
    if with_alt := alt_character(event):
        return escape_and_key(f"alt+{with_alt}", with_alt)
    if event.is_printable and event.key in _DAY_KEYS and logs:
        if character == "n":
            return _("{key} works on Tonight (T), Week (W) and Journal (J).").format(key=character)
        shown = key_name("space") if character == " " else character
        return _("{key} works on Tonight (T) and Week (W).").format(key=shown)
    if event.key == "full_stop":
        return _("{key} works on screens with days, like Tonight (T) and Year (Y).").format(
            key=character
        )
    if "A" <= character <= "Z":
        return _("{key} does nothing here. Is Caps Lock on?").format(key=character)
    if event.is_printable:
        shown = character
    elif event.key in _MOVING_KEYS:
        shown = key_name(format_key(event.key))
    elif re.fullmatch(_FUNCTION_KEY, event.key):
        shown = event.key.upper()
    else:
        return ""
    return _("{key} does nothing here. Press ? for help.").format(key=shown)


class _PageRead(NamedTuple):
    """What a job has read of the diary for a page."""

    stamp: Stamp
    """That of the diary file just before."""
    own_changes: int
    """How many changes this process had written."""
    content: object


_Contents = tuple[object, object]
"""The contents of a page before and after a change."""


def _joined(first: _Contents | None, second: _Contents | None) -> _Contents | None:
    """The contents before the first and after the second of two changes."""
    if first is None or second is None:
        return first or second
    return first[0], second[1]


WAITING_AFTER = 0.15
"""Seconds after which a notification says that a dialog is being read."""


class Opening(NamedTuple):
    """A dialog to open."""

    dialog: ModalScreen[Any]
    closed: Callable[[Any], None] | None = None
    """Takes its result; None where it has none."""
    is_read_first: bool = False
    """Whether a key typed before it is shown could answer it unread: then only escape is kept."""


class DiaryScreen(Screen[None]):
    """A screen that shows a page of the diary, with the keys that work everywhere."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DiaryScreen {
        layers: below default;
        & > KeyHints { dock: bottom; }
        &.-too-small > * { visibility: hidden; }
        &.-too-small > TooSmall, &.-too-small > ToastRack { visibility: visible; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*GLOBAL_BINDINGS]

    reads_on_mount: ClassVar[bool] = True
    """Whether there is no page yet when it is opened."""

    has_days: ClassVar[bool] = True
    """Whether it shows days, so that there is one to go to."""

    ends_today: ClassVar[bool] = False
    """Whether today is the last day that it shows."""

    _last_read: _PageRead | None = None
    """The page that was read last. Only jobs use it: they run one after the other, while pages
    are displayed later."""
    _unannounced: _Contents | None = None
    """What another program changed while a dialog was open above the screen. Only jobs use it."""
    _reloads = 0
    """How often the page was read again, other than for what another program may have written."""
    _held_keys: tuple[events.Key, ...] = ()
    """Keys that arrived before what they are for, in their order."""
    _awaits_dialog = False
    """Whether a dialog is being read: keys are held for it."""

    @cached_property
    def calmtrack(self) -> AppProtocol:
        """The app, typed. It stays known after the screen is removed: jobs that were submitted
        before still ask for it, and `app` raises then."""
        return cast("AppProtocol", self.app)

    @property
    def scores_hidden(self) -> bool:
        """Whether calm scores are hidden."""
        return self.calmtrack.settings.quiet

    # What a screen defines

    @property
    def day(self) -> date | None:
        """The day that keys act on; None where there is none, or while it is loading."""
        return None

    def shown_days(self) -> tuple[date, date] | None:
        """The first and the last day of a screen that shows several; else None."""
        return None

    def go_to_day(self, day: date) -> None:
        """Shows another day."""

    def go_to_typed_day(self, day: date) -> None:
        """Shows a day that the person typed."""
        self.go_to_day(day)

    @abstractmethod
    def load(self) -> Callable[[Diary], Any]:
        """A diary job that reads the page for what is selected now."""

    @abstractmethod
    def show_page(self, page: Any) -> None:
        """Displays a page that was read."""

    def set_message(self, sentence: str) -> None:
        """Sets the message about the last key; empty clears it."""
        self.query_one(RowList).message = sentence

    def clear_message(self) -> None:
        """Clears the message about the last key."""
        self.set_message("")

    def content_of(self, page: Any) -> object:
        """What a page shows of the diary, to compare with that of the page before."""
        return page

    def marks(self) -> Iterable[tuple[Content | str, str]]:
        """For help: the signs on this screen, and what each means."""
        return ()

    def figures(self) -> str:
        """For help: how the numbers on this screen are computed."""
        return ""

    def other_keys(self) -> Iterable[tuple[str, str]]:
        """For help: keys without a line of their own there, and what they do."""
        return ()

    @property
    def is_loading(self) -> bool:
        """Whether the page that keys are for is still being read."""
        return False

    # Keys

    def intercept_key(self, event: events.Key) -> bool:
        """Whether a key stops here. Called by the app for each key as it arrives, before the
        priority bindings: those would run at once, and know neither the event nor its time."""
        if not self.is_mounted or self._must_hold(event):
            self._held_keys += (event,)
            return True
        if self._is_too_small(self.size) and event.key not in QUIT_KEYS:
            return True
        return self.defer_key(event)

    def _must_hold(self, event: events.Key) -> bool:
        """Whether a key is for a dialog that is being read, or comes after held ones. While the
        server can't be reached, keys act on this screen."""
        if self._awaits_dialog:
            outage = self.calmtrack.diary_worker.outage
            return outage is None and event.key not in _QUIT_AT_ONCE
        return bool(self._held_keys) and not self.is_loading

    def on_paste(self) -> None:
        """Pasted text presses no keys: a screen without a field says so."""
        self.set_message(self.paste_sentence())

    def paste_sentence(self) -> str:
        """That nothing was pasted, and the keys before a paste into a field."""
        if "n" in self.active_bindings:
            return _("Nothing was pasted. To paste into a note, press n first.")
        return _("Nothing was pasted. To paste into a note, press T and n first.")

    def defer_key(self, event: events.Key) -> bool:  # noqa: ARG002
        """Whether this screen keeps a key from its binding for now."""
        return False

    def on_mount(self) -> None:
        """Reads the page, and handles the keys that arrived before there were widgets. Textual
        calls it after the handler of the screen itself."""
        if self.reads_on_mount:
            self.reload()
        self.app.call_later(self._replay_held_keys)

    async def _replay_held_keys(self) -> None:
        """Handles held keys in their order, with the times at which they arrived. Runs on the
        app's own queue, so that no newer key comes in between; the screen can be gone by then."""
        if not self.has_widgets or self.is_loading or self._awaits_dialog:
            return
        held, self._held_keys = self._held_keys, ()
        # What was typed before a dialog or the welcome opened was not meant for it.
        if self.app.screen is self:
            for event in held:
                await self.app.on_event(event)

    def check_action(
        self,
        action: str,
        parameters: tuple[object, ...],  # noqa: ARG002
    ) -> bool | None:
        """Disables going to a date where there are no days."""
        return self.has_days or action != "go_to"

    def offers(self, action: str) -> bool:  # noqa: ARG002
        """Whether the palette lists an action here."""
        return True

    def unbound_key_sentence(self, event: events.Key) -> str:
        """The answer to a key that is bound to nothing here; "" for none."""
        is_letter = event.key in PRACTICE_LETTERS
        logs = not is_letter or self.calmtrack.is_practice_letter(event.key)
        return _unbound_key(event, logs=logs)

    def on_key(self, event: events.Key) -> None:
        """Answers a key that is bound to nothing."""
        if event.key not in self.active_bindings and (sentence := self.unbound_key_sentence(event)):
            # The message of an earlier key would look like the answer to this one.
            self.clear_message()
            self.calmtrack.notify_user(sentence, about="key")

    # Size

    def _is_too_small(self, size: Size) -> bool:
        return size.width < MIN_SIZE.width or size.height < MIN_SIZE.height

    async def on_resize(self, event: events.Resize) -> None:
        """Centres the screen in a very wide terminal; in one too small, TooSmall stands in."""
        margin = max(0, (event.size.width - MAX_WIDTH) // 2)
        if self.styles.padding.left != margin:
            self.styles.padding = (0, margin)
        is_small = self._is_too_small(event.size)
        self.set_class(is_small, "-too-small")
        if is_small and not self.query(TooSmall):
            await self.mount(TooSmall())

    def on_screen_suspend(self) -> None:
        """Hides the cursors: beside a dialog they would look as if keys moved them."""
        self._set_cursors(shown=False)

    def on_screen_resume(self) -> None:
        """Shows the cursors again, and the notices that a dialog held."""
        self._set_cursors(shown=True)
        self.calmtrack.release_notices()

    def _set_cursors(self, *, shown: bool) -> None:
        for widget in self.walk_children(CursorWidget):
            widget.shows_cursor = shown

    # The diary

    def reread(self) -> None:
        """Has the next page read with all that it shows: for changes of what a screen doesn't read
        each time."""

    def change(self, job: Callable[[Diary], str], *, after_dialog: bool = False) -> None:
        """Submits a change; then displays its message and the page as it is on disk. The message
        `after_dialog` includes what another program has changed while that was open."""
        read = self.load()
        done: list[tuple[str, _Contents | None]] = []

        def change_and_read(diary: Diary) -> tuple[str, _Contents | None, Any]:
            # A server can go away during the read: the retry must not change anything twice.
            if not done:
                others = self._changed_by_others(diary, read)
                unannounced, self._unannounced = self._unannounced, None
                message = _message_of(job, diary)
                done.append((message, _joined(unannounced, others) if after_dialog else others))
            return *done[0], self._read(diary, read)

        self.calmtrack.diary_worker.submit(change_and_read, self._changed, self.show_error)

    def show_error(self, error: CalmtrackError) -> None:
        """Shows why a key did nothing: what isn't possible here is the message about
        it, which goes with the next day or row, if it isn't too long for that."""
        lines = message_lines(error.in_app, self.size.width, MOST_MESSAGE_LINES + 1)
        is_message = isinstance(error, InputError) and len(lines) <= MOST_MESSAGE_LINES
        if is_message and self.has_widgets:
            self.set_message(error.in_app)
            self.reload()
        else:
            self.calmtrack.notify_error(error)

    def _read(self, diary: Diary, read: Callable[[Diary], Any]) -> Any:
        stamp = file_stamp(diary.location)
        page = read(diary)
        self._last_read = _PageRead(stamp, diary.changes, self.content_of(page))
        return page

    def _changed_by_others(self, diary: Diary, read: Callable[[Diary], Any]) -> _Contents | None:
        """Part of a job that changes something, before it does: what another program has changed
        since the page was read. Read afterwards, the page has both."""
        last = self._last_read
        if last is None or last.stamp == file_stamp(diary.location):
            return None
        self._read(diary, read)
        return self._difference(last)

    def note_changes_by_others(self) -> Callable[[Diary], None]:
        """Part of a job by which a dialog above this screen changes something, before it does: the
        message after the dialog includes what another program has changed until then."""
        read = self.load()

        def job(diary: Diary) -> None:
            self._unannounced = _joined(self._unannounced, self._changed_by_others(diary, read))

        return job

    def _difference(self, before: _PageRead | None) -> _Contents | None:
        """Part of a job: the contents of a page and of the one that was read last, where another
        program has changed something between them; None where this process did, too."""
        now = self._last_read
        if before is None or now is None or before.own_changes != now.own_changes:
            return None
        return None if before.content == now.content else (before.content, now.content)

    def show_changed(self, sentence: str) -> None:
        """Displays what a dialog has changed, together with the page as it is on disk. By itself,
        the message would go as soon as the change on disk is noticed (`reload(after_others)`)."""
        self.change(lambda _diary: sentence, after_dialog=True)

    def dialog_closed(self, sentence: str | None) -> None:
        """For dialogs that write to the diary: None or "" where it wrote nothing."""
        if sentence:
            self.show_changed(sentence)
        else:
            self.reload()

    def _changed(self, result: tuple[str, _Contents | None, Any]) -> None:
        sentence, others, page = result
        if self.has_widgets:
            by_others = self.change_by_others(*others) if others else ""
            self.set_message(" ".join(filter(None, (sentence, by_others))))
            self.page_loaded(page)
        self.calmtrack.after_change()

    @property
    def has_widgets(self) -> bool:
        """Whether a result can be displayed: the screen is composed, and isn't being closed."""
        return self.is_attached and self.is_running and bool(self.children)

    def reload(self, *, after_others: bool = False) -> None:
        """Reads and displays the page again. Where another program changed it (`after_others`),
        the message about the last key goes, which may not be so any more, for one about that."""
        # A screen that is being opened has no widgets yet, and loads when it is mounted.
        if not self.has_widgets:
            return
        self._reloads += not after_others
        number, read = self._reloads, self.load()
        is_below = self.app.screen is not self

        def job(diary: Diary) -> tuple[_Contents | None, Any]:
            before = self._last_read
            page = self._read(diary, read)
            others = self._difference(before)
            self._unannounced = _joined(self._unannounced, others) if is_below else None
            return others, page

        def show(result: tuple[_Contents | None, Any]) -> None:
            others, page = result
            if not self.has_widgets:
                return
            # A message set since stays: a read that comes with it was submitted after this one.
            if others is not None and number == self._reloads:
                if after_others:
                    self.clear_message()
                if sentence := self.change_by_others(*others):
                    self.set_message(sentence)
            self.page_loaded(page)

        self.calmtrack.diary_worker.submit(job, show, self.calmtrack.notify_error_once)

    def change_by_others(self, before: Any, now: Any) -> str:  # noqa: ARG002
        """The message about what another program changed, if there is more to say than what the
        page shows: `before` and `now` are contents of pages."""
        return ""

    def page_loaded(self, page: Any) -> None:
        """Displays a page; a screen that holds keys until then handles them."""
        self.show_page(page)

    def read_then_open(
        self, job: Callable[[Diary], T], dialog: Callable[[T], Opening | None]
    ) -> None:
        """Reads what a dialog shows, then opens the one that `dialog` makes of it, unless something
        else is open by now. Keys typed meanwhile are handled after that, in what is open then. This
        is the way to every dialog that a key opens and a job reads something for."""
        self._awaits_dialog = True
        timer = self.set_timer(
            WAITING_AFTER,
            lambda: self.calmtrack.notify_user(_("One moment…"), about="dialog"),
        )

        async def opened(result: T) -> None:
            stop_waiting()
            is_current = self.app.screen is self
            if is_current and (opening := dialog(result)) is not None:
                await self.app.push_screen(opening.dialog, opening.closed)
                if opening.is_read_first:
                    self._held_keys = tuple(key for key in self._held_keys if key.key == "escape")
            self._awaits_dialog = False
            if self.app.screen is self:
                await self._replay_held_keys()
                return
            held, self._held_keys = self._held_keys, ()
            # What was opened instead, such as by a click, they were not meant for.
            for event in held if is_current else ():
                await self.app.on_event(event)

        def failed(error: CalmtrackError) -> None:
            stop_waiting()
            self._awaits_dialog, self._held_keys = False, ()
            self.calmtrack.notify_error(error)

        def stop_waiting() -> None:
            timer.stop()
            self.calmtrack.drop_notice("dialog")

        # On the app's own queue, as `_replay_held_keys` is.
        self.calmtrack.diary_worker.submit(
            job, lambda result: self.app.call_later(opened, result), failed
        )

    def explain(self, practice_id: str, day: date) -> None:
        """Opens how a practice's streak came about, as of a day."""
        from tracker.tui.dialogs.text_dialog import ExplainDialog

        self.read_then_open(
            lambda diary: diary.explain(practice_id, min(day, diary.today())),
            lambda explanation: Opening(ExplainDialog(explanation)),
        )

    # Actions

    async def action_undo(self) -> None:
        """Undoes the newest change; if a setting was changed after it, only when asked again."""
        history, undo = self.calmtrack.setting_history, self.undo_job()
        setting = history.newest_in_file

        def job(diary: Diary) -> str:
            if setting is None or setting is history.named:
                return undo(diary)
            if setting.is_after(diary.newest_step()):
                history.named = setting
                return _(
                    "Your last change was in Settings. To undo it, press S, then u. To undo the "
                    "one before it, press u again."
                )
            return undo(diary)

        self.change(job)

    def undo_job(self) -> Callable[[Diary], str]:
        """A job that undoes the newest change and returns the message."""
        return self._undo_or_redo("undone")

    async def action_redo(self) -> None:
        self.change(self._undo_or_redo("redone"))

    def _undo_or_redo(self, which: Literal["undone", "redone"]) -> Callable[[Diary], str]:
        hidden = self.scores_hidden

        def job(diary: Diary) -> str:
            step = diary.undo() if which == "undone" else diary.redo()
            practices, today = diary.practices.all(), diary.today()
            return undo_sentence(which, step, practices, today, scores_hidden=hidden)

        return job

    async def action_go_to(self) -> None:
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        def parse(diary: Diary, text: str) -> str:
            from tracker.diary.validation import day_named

            return day_named(text, diary.today()).isoformat()

        def go(answer: str | None) -> None:
            if not answer:
                return
            day = date.fromisoformat(answer)
            if self.ends_today and day > self.calmtrack.today():
                self.set_message(_(STILL_AHEAD))
            else:
                self.go_to_typed_day(day)

        await self.app.push_screen(
            PromptDialog(
                _("Which day?"), parse, placeholder=_("today, yesterday, -3, mon or 2026-11-24")
            ),
            go,
        )

    async def action_export(self) -> None:
        from tracker.tui.dialogs.export_dialog import ExportDialog, export_formats

        period = self.query_one(TopBar).period
        formats = export_formats(self.calmtrack.today(), self.shown_days(), period)
        await self.app.push_screen(ExportDialog(formats), self.notify_exported)

    def notify_exported(self, sentence: str | None) -> None:
        """The result of an export dialog; None where nothing was written."""
        if sentence:
            self.calmtrack.notify_user(sentence, about="export")

    async def action_search(self) -> None:
        """Opens search, then Journal at the evening chosen there."""
        from tracker.tui.dialogs.search_dialog import SearchDialog

        dialog = SearchDialog(scores_hidden=self.scores_hidden)

        async def show(day: date | None) -> None:
            if day is not None and day > dialog.today:
                # Journal ends today.
                await self.calmtrack.open_screen("week", day)
            elif day is not None:
                await self.show_search_result(day)

        await self.app.push_screen(dialog, show)

    async def show_search_result(self, day: date) -> None:
        """Shows an evening that was searched for, in Journal."""
        await self.calmtrack.open_screen("journal", day)

    async def action_open_screen(self, name: str) -> None:
        """Opens a screen of the SCREENS table for the day shown here."""
        await self.calmtrack.open_screen(name, self.day)

    def action_back(self) -> None:
        """Goes back to Tonight, to the day that is open there."""
        self.calmtrack.show_tonight()

    async def action_breathe(self) -> None:
        """Opens the breathing exercise, and logs it if that is wanted."""
        from tracker.tui.screens.breathe_screen import BreatheScreen, log_softening

        def breathed(is_logged: bool | None) -> None:
            if is_logged:
                self.change(log_softening)

        await self.app.push_screen(BreatheScreen(), breathed)

    def action_people(self) -> None:
        from tracker.tui.screens.people_screen import PeopleScreen

        self.read_then_open(
            lambda diary: diary.notes.people(), lambda people: Opening(PeopleScreen(people))
        )

    def action_jar(self) -> None:
        from tracker.tui.dialogs.text_dialog import JarDialog, next_jar_note

        self.read_then_open(next_jar_note, lambda note: Opening(JarDialog(note)))

    def action_coin(self, practice_id: str = "") -> None:
        """Reads the coin-flip month, then opens a dialog to start, show, continue or stop it;
        `practice_id` is the practice to start one for, "" to choose."""
        from tracker.tui.dialogs.coin_month_dialog import (
            coin_month_dialog,
            coin_status,
            no_practice_fits,
        )

        def dialog(status: CoinStatus) -> Opening | None:
            dialog = coin_month_dialog(status, practice_id, scores_hidden=self.scores_hidden)
            if dialog is None:
                self.set_message(no_practice_fits(status))
                return None
            if status.has_result and not self.scores_hidden:
                self.calmtrack.diary_worker.submit(
                    lambda diary: diary.coin_month.set_result_read(), lambda _: self.reload()
                )
            return Opening(dialog, partial(chosen, dialog.jobs), is_read_first=True)

        def chosen(jobs: Sequence[Callable[[Diary], str] | None], index: int | None) -> None:
            if index is not None and (job := jobs[index]) is not None:
                self.reread()
                self.change(job)

        self.read_then_open(coin_status, dialog)

    def open_card(self, practice_id: str, own: Sequence[str] = ()) -> None:
        """Opens what research says about a practice, below what the person's own evenings show."""
        from tracker.diary.practice_lookup import practice_by_id
        from tracker.tui.dialogs.text_dialog import EvidenceDialog

        def job(diary: Diary) -> Practice | None:
            return practice_by_id(diary.practices.all(), practice_id)

        def dialog(practice: Practice | None) -> Opening | None:
            return None if practice is None else Opening(EvidenceDialog(practice, own))

        self.read_then_open(job, dialog)

    async def action_help(self) -> None:
        """Opens help: keys, marks and figures of this screen."""
        from tracker.tui.dialogs.help_dialog import HelpDialog

        await self.app.push_screen(
            HelpDialog(
                self, other_keys=self.other_keys(), marks=self.marks(), figures=self.figures()
            )
        )
