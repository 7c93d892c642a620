"""The app: navigation, messages, settings, polling of the diary file, and shutdown."""

from __future__ import annotations

import asyncio
import os
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.constants import TEXTUAL_ANIMATIONS
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.markup import escape
from textual.notifications import SeverityLevel
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.timer import Timer

from tracker import clock
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError, InputError
from tracker.files import is_missing_or_empty
from tracker.i18n.messages import N_, _, language, language_name, ngettext, set_language
from tracker.location import Location
from tracker.models import DayView
from tracker.render.entry_text import note_title, step_words
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line
from tracker.settings import (
    DEFAULTS,
    LoadedSettings,
    RecordChange,
    SettingChange,
    SettingHistory,
    read_settings,
    with_setting,
    write_setting,
)
from tracker.tui.bindings import QUIT_KEYS, SCREENS
from tracker.tui.diary_worker import (
    MONITOR_SECONDS,
    ConnectionMonitor,
    DiaryWorker,
    InsightsWorker,
    Stamp,
    file_stamp,
    settings_stamp,
)
from tracker.tui.screens.base import DiaryScreen, Opening
from tracker.tui.screens.day_screen import DayScreen
from tracker.tui.screens.tonight_screen import TonightScreen
from tracker.tui.styled_text import EncodableLines, LineSanitizer, key_name
from tracker.tui.terminal_cursor import terminal_cursor
from tracker.tui.theme import (
    OURS,
    apply_scrollbar_style,
    ramp_defaults,
    ramps_of_256_colors,
    readable_text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.diary.diary import Diary
    from tracker.tui.app_protocol import NoteDraft, NoticeSubject

T = TypeVar("T")

POLL_SECONDS = 2.0
"""Seconds between two looks at the file's stamp, for what another program wrote."""

MIN_NOTICE_SECONDS, MAX_NOTICE_SECONDS, READ_PER_SECOND = 4.0, 6.0, 20
"""How long a notice stays: at least; at most, unless it is a warning or an error; and between the
two for as long as it takes to read so many characters in a second."""

ANSWERS: tuple[NoticeSubject, ...] = ("key", "draft", "dialog")
"""What notices are about that answer a key: they don't wait until a dialog is closed."""

MOST_DRAFTS = 5
"""Unfinished notes of the time before that a message names."""

MOST_NAMED_DRAFTS = 3
"""Drafts of notes that the warning on the way out names."""

HUNG_UP = 129
"""Exit code where the terminal was closed without a signal: 128 and the number of SIGHUP."""

_OUR_THEMES = {theme.name: theme for theme in OURS.values()}

_SCREENS_BY_NAME = {entry.name: entry for entry in SCREENS}


WARNING_SECONDS = 30.0
"""Seconds for which a warning before leaving holds: after that it may be forgotten."""

_LEAVING_KEYS = (*QUIT_KEYS, "ctrl+p")
"""The keys by which one leaves, the palette included."""


class HeldNotice(NamedTuple):
    """A notification that waits until a dialog is closed."""

    text: str
    severity: SeverityLevel
    seconds: float
    """How long it's shown then."""


class CalmtrackApp(App[None]):
    """Opens Tonight at once, with the page of the fast reader; the diary is loaded after it."""

    TITLE = "calmtrack"

    settings = DEFAULTS.settings

    def _theme_in_settings(self) -> str:
        return _name_in_textual(self.settings.theme)

    # If it were set later, Textual would parse and apply all styles twice before the first frame.
    theme: Reactive[str] = Reactive(Initialize(_theme_in_settings))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", N_("Quit"), tooltip=N_("Quit calmtrack")),
        Binding("ctrl+c", "leave", N_("Quit"), tooltip=N_("Quit calmtrack")),
        # Textual would add it with a tooltip, and so to the palette itself.
        Binding("ctrl+p", "command_palette", priority=True),
    ]
    CSS = """
    Screen { overflow: hidden; }
    Widget {
        scrollbar-background: $panel; scrollbar-background-hover: $panel;
        scrollbar-background-active: $panel;
    }
    ToastRack { layer: default; margin: 0 0 1 0; scrollbar-size-vertical: 0; }
    /* Left of the side panel of Tonight, which has 40 columns and a margin. */
    .-with-side ToastRack { padding: 0 42 0 0; }
    /* Below the box of a dialog, which gives way to it. */
    Dialog ToastRack, Dialog.-roomy ToastRack { margin: 0; }
    Toast { width: 100%; max-width: 100%; margin: 0; padding: 0 1 0 2; }
    /* Where there are lines to spare, one stays blank above the key hints. */
    .-roomy ToastRack { margin: 0 0 2 0; }
    .-plain Toast { border-left: ascii $foreground; }
    """

    def __init__(
        self, location: Location, first: DayView | None, loaded: LoadedSettings = DEFAULTS
    ) -> None:
        """`first` is the page that the fast reader has read; None where it could read none."""
        # Before Textual reads the theme.
        self.settings = loaded.settings
        super().__init__()
        self._setting_problems = loaded.problems
        self.diary_worker = DiaryWorker(location, self.call_later)
        self._location = location
        self._first = first
        self._backed_up_on: date | None = None
        self._last_error: str | None = None
        """The error that was shown last."""
        self._notices: dict[NoticeSubject, str] = {}
        """The notifications that another one replaces, or something that is done."""
        self._held_notices: list[HeldNotice] = []
        self._line_filters = (LineSanitizer(), EncodableLines())
        self.note_drafts: dict[tuple[str, date], NoteDraft] = {}
        self._drafts_warned_of = dict(self.note_drafts)
        self._warning_timer: Timer | None = None
        """Ends the warning before leaving."""
        self.setting_history = SettingHistory()
        self.import_folder: Path | None = None
        """The folder that the person chose on Import."""
        self.failure: Exception | None = None
        """The unexpected error that ended the app."""
        self._stamp: Stamp = None
        self._settings_stamp: Stamp = None
        """That of the settings file when it was read or written last."""
        self._setting_changes = 0
        """How many settings were changed in the app."""
        self.insights = InsightsWorker(self, location)
        self._connection: ConnectionMonitor | None = None
        """For a database server; None for a file."""
        if location.is_demo:
            self.title = _("demo")
        self._apply_animations()
        apply_scrollbar_style()
        self.set_class(ascii_only(), "-plain")

    def get_default_screen(self) -> TonightScreen:
        """Tonight is at the bottom of the stack, with no blank screen below it."""
        return TonightScreen(self._first)

    def on_mount(self) -> None:
        """Opens the welcome over Tonight for a new diary file, then loads the diary."""
        self._stamp = file_stamp(self._location)
        self._settings_stamp = settings_stamp()
        path = self._location.path
        if self._first is None and path is not None and is_missing_or_empty(path):
            self._welcome(_missing_diary(self._location))
        self._install_signal_handlers()
        # While the app was suspended, others used the terminal.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.call_after_refresh(self.submit, _first_job, self._opened)
        self.set_interval(POLL_SECONDS, self._poll_file)
        if self._location.path is None:
            self._connection = ConnectionMonitor(self.diary_worker, self._notify_at_once)
            self.set_interval(MONITOR_SECONDS, self._connection.poll)

    async def on_event(self, event: events.Event) -> None:
        """Hands a key to the screen first: priority bindings would run without asking it."""
        if isinstance(event, events.MouseDown) and isinstance(self.screen, DiaryScreen):
            self._forget_warnings()
        if isinstance(event, events.Key) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, DiaryScreen):
                if event.key not in _LEAVING_KEYS:
                    self._forget_warnings()
                if screen.intercept_key(event):
                    return
        await super().on_event(event)

    @property
    def cursor_position(self) -> Offset:
        """Where Textual places the terminal's own cursor after it has drawn something."""
        return terminal_cursor(self.screen)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Textual's fields set it as their cursor moves, before there is a layout and also while
        another widget has the focus."""

    # Navigation

    @property
    def _tonight(self) -> TonightScreen:
        """The screen at the bottom of the stack."""
        tonight = self.screen_stack[0]
        assert isinstance(tonight, TonightScreen)
        return tonight

    async def open_screen(self, name: str, day: date | None = None) -> None:
        """Opens a screen of the SCREENS table above Tonight, replacing any other. Tonight opens on
        today, whichever day was shown."""
        entry = _SCREENS_BY_NAME[name]
        new_screen = entry.load_class()
        current = self.screen
        if new_screen is TonightScreen:
            self._tonight.show_today()
            self.show_tonight()
        elif type(current) is not new_screen:
            # Read again on the way back, it would look like an answer to a later key.
            self._tonight.clear_message()
            self._drop_notices()
            self.show_tonight()
            await self.push_screen(new_screen(day) if entry.takes_day else new_screen())
        elif day is not None and isinstance(current, DiaryScreen):
            current.go_to_day(day)

    def show_tonight(self) -> None:
        """Closes every screen above Tonight, and reloads the day that is open there."""
        if len(self.screen_stack) > 1:
            self._drop_notices()
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.refresh_screens()

    def show_day(self, day: date) -> None:
        """Opens a day on Tonight. The day is set before the screens above are closed, so that
        another one is never visible while it is read."""
        self._tonight.go_to_day(day)
        self.show_tonight()

    async def show_setting(self, row: str) -> None:
        """Opens the settings with the cursor on a row, by its id."""
        from tracker.tui.screens.settings_screen import SettingsScreen

        await self.open_screen("settings")
        if isinstance(self.screen, SettingsScreen):
            self.screen.select(row)

    def show_about(self) -> None:
        """Opens About, above whatever is open."""
        from tracker.tui.dialogs.text_dialog import AboutDialog

        if not isinstance(self.screen, AboutDialog):
            self.push_screen(AboutDialog())

    def show_support(self) -> None:
        """Opens the support messages, above whatever is open."""
        from tracker.tui.dialogs.text_dialog import TextDialog

        def dialog(lines: tuple[str, ...]) -> TextDialog:
            return TextDialog(_("Support messages"), lines)

        def job(diary: Diary) -> tuple[str, ...]:
            return diary.support.lines()

        if isinstance(self.screen, DiaryScreen):
            self.screen.read_then_open(job, lambda lines: Opening(dialog(lines)))
        else:
            self.submit(job, lambda lines: self.push_screen(dialog(lines)))

    def action_command_palette(self) -> None:
        from tracker.tui.dialogs.help_dialog import PlainCommandPalette

        if self.use_command_palette and not isinstance(self.screen, PlainCommandPalette):
            self.hold_notices()
            self.push_screen(PlainCommandPalette())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every binding of the current screen once, with its keys, and About."""
        keys: dict[tuple[str, str], list[str]] = {}
        bindings: dict[tuple[str, str], Binding] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            command = binding.description, binding.action
            keys.setdefault(command, []).append(key_name(self.get_key_display(binding)))
            is_offered = not isinstance(screen, DiaryScreen) or screen.offers(binding.action)
            # Those of Textual's own widgets have neither.
            if binding.description and binding.tooltip and is_offered:
                bindings.setdefault(command, binding)
        for command, binding in bindings.items():
            names = " ".join(sorted(dict.fromkeys(keys[command]), key=len))
            yield SystemCommand(
                _(binding.description),
                # The palette parses it as markup.
                escape(f"{names}  {_(binding.tooltip)}"),
                partial(self.run_action, binding.action, screen),
            )
        if isinstance(screen, DiaryScreen) and not isinstance(screen, DayScreen):
            # Who plans a holiday may be on any screen.
            yield SystemCommand(
                _("Rest days"),
                _("Plan or remove rest days, for a holiday or illness"),
                self._plan_rest_days,
            )
        yield SystemCommand(
            _("About calmtrack"),
            _("What calmtrack is and isn't, and what research says"),
            self.show_about,
        )
        yield SystemCommand(
            _("Support messages"), _("What you'd like to read on a hard day"), self.show_support
        )
        if isinstance(screen, DiaryScreen):
            yield from self._setting_commands()

    async def _plan_rest_days(self) -> None:
        self.show_tonight()
        await self.run_action("days_off", self._tonight)

    def _setting_commands(self) -> Iterator[SystemCommand]:
        """The settings, which the palette lists only while one searches."""
        from tracker.tui.screens.settings_screen import SettingsScreen

        for row in SettingsScreen().rows():
            # About has a command of its own.
            if row.open != self.show_about:
                yield SystemCommand(
                    _("Settings: {name}").format(name=row.name),
                    escape(row.meaning),
                    partial(self.show_setting, row.id),
                    discover=False,
                )

    # The diary

    def today(self) -> date:
        """The diary's day, which turns at its `day_turns_at`."""
        return self._tonight.today

    def is_practice_letter(self, letter: str) -> bool:
        """Whether a practice of the day on Tonight has the letter."""
        return any(one.key == letter for one in self._tonight.practices)

    def submit(self, job: Callable[[Diary], T], then: Callable[[T], object]) -> None:
        """Submits a diary job; `then` gets its result, and an error becomes a notification."""
        self.diary_worker.submit(job, then, self.notify_error)

    def submit_change(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        failed: Callable[[CalmtrackError], object],
    ) -> None:
        """Submits a job by which a dialog changes something. Before it, the screen below reads what
        another program has changed, as afterwards the two can't be told apart."""
        below = [screen for screen in self.screen_stack if isinstance(screen, DiaryScreen)]
        note_changes = below[-1].note_changes_by_others()

        def note_and_change(diary: Diary) -> T:
            note_changes(diary)
            return job(diary)

        self.diary_worker.submit(note_and_change, then, failed)

    def after_change(self) -> None:
        """Drops a notice about the change before, and makes the day's backup after the first
        acknowledged change."""
        self.drop_notice("saved draft")
        today = clock.now().date()
        if self._backed_up_on != today:
            self.diary_worker.submit(
                _back_up, partial(self._backed_up, today), self.notify_error_once
            )

    def _backed_up(self, day: date, is_done: bool) -> None:
        if is_done:
            self._backed_up_on = day

    def _opened(self, result: tuple[bool, list[str], str]) -> None:
        is_new, sentences, saved_drafts = result
        if self._location.is_demo:
            self.notify_user(
                _(
                    "This is a demo with an invented year. Try anything: it's deleted when "
                    "you quit, and your own diary isn't touched."
                )
            )
        for sentence in (*self._setting_problems, *sentences):
            self._notify_warning(sentence)
        if saved_drafts:
            self.notify_user(saved_drafts, about="saved draft")
        # What the first job has written is no later change.
        self._stamp = file_stamp(self._location)
        if is_new and isinstance(self.screen, TonightScreen):
            self._welcome()
        self.refresh_screens()

    def _welcome(self, warning: str | None = None) -> None:
        from tracker.tui.screens.welcome_screen import WelcomeScreen

        self.push_screen(WelcomeScreen(warning), lambda _: self.refresh_screens())

    def _poll_file(self) -> None:
        if not self.is_headless and is_disconnected(self.is_web):
            # Closed without a signal, as for a session without a controlling terminal.
            self.leave(HUNG_UP)
            return
        stamp = file_stamp(self._location)
        if stamp != self._stamp:
            self._stamp = stamp
            # What another program wrote may be the newest change now.
            self.drop_notice("saved draft")
            self.refresh_screens(after_others=True)
        stamp = settings_stamp()
        if stamp != self._settings_stamp:
            self._settings_stamp = stamp
            # Missing, it has no values to show. Its defaults would show scores that are hidden.
            if stamp is not None:
                self._reread_settings()

    def on_app_focus(self) -> None:
        """Polls at once when the terminal gets the focus again."""
        if self._connection is not None:
            self.refresh_screens()
        self._poll_file()

    def refresh_screens(self, *, after_others: bool = False) -> None:
        """Reloads every screen; `after_others` is for what another program may have written."""
        for screen in self.screen_stack:
            if isinstance(screen, DiaryScreen):
                screen.reload(after_others=after_others)

    # Messages

    def notify_user(self, sentence: str, about: NoticeSubject | None = None) -> None:
        """Shows a notification: a message that is not about the cursor's row. It goes when another
        screen is opened, or another one is about the same."""
        if about is not None:
            self._replace_notice(about, sentence)
        self._show_notice(sentence, "information", is_answer=about in ANSWERS)

    def _replace_notice(self, about: NoticeSubject, sentence: str) -> None:
        self.drop_notice(about)
        self._notices[about] = sanitize_line(sentence)

    def drop_notice(self, about: NoticeSubject) -> None:
        """Drops the notification about something, which isn't so any more. One that was sent a
        moment ago is dropped when it arrives, before any that is sent later."""
        if about in self._notices:
            text = self._notices.pop(about)
            self._drop_text(text)
            self.call_later(self._drop_text, text)

    def _notify_warning(self, sentence: str) -> None:
        """Shows a notification that stays as other screens are opened, until it can be read."""
        self._show_notice(sentence, "warning")

    def _notify_at_once(self, sentence: str) -> None:
        """Shows a warning that explains why keys do nothing, also above a dialog."""
        self._show_notice(sentence, "warning", is_answer=True)

    def notify_error(self, error: CalmtrackError) -> None:
        """Notifies of an error, and shows what is on disk."""
        self._show_error(error, is_answer=True)
        self.refresh_screens()

    def notify_error_once(self, error: CalmtrackError) -> None:
        """Notifies of an error of a background read, unless it was the last one shown."""
        if error.in_app != self._last_error:
            self._show_error(error, is_answer=False)

    def _show_error(self, error: CalmtrackError, *, is_answer: bool) -> None:
        self._last_error = error.in_app
        if isinstance(error, InputError):
            self._replace_notice("input", error.in_app)
        self._show_notice(self._last_error, "error", is_answer=is_answer)

    def _show_notice(
        self, sentence: str, severity: SeverityLevel, *, is_answer: bool = False
    ) -> None:
        """Shows a sentence in lines of its own above the key hints, for as long as it takes to
        read, and once at a time. Above a dialog, which it would cover, only one that `is_answer` to
        a key there; others wait until it is closed."""
        seconds = max(MIN_NOTICE_SECONDS, len(sentence) / READ_PER_SECOND)
        if severity == "information":
            seconds = min(seconds, MAX_NOTICE_SECONDS)
        text = sanitize_line(sentence)
        # One that is shown already could be about to disappear.
        self._drop_text(text)
        self._held_notices.append(HeldNotice(text, severity, seconds))
        is_answered_there = is_answer and getattr(self.screen, "answers_in_notices", True)
        if is_answered_there or not self._holds_notices:
            self._release(self._held_notices.pop())

    @property
    def _holds_notices(self) -> bool:
        """Whether a dialog is open."""
        return getattr(self.screen, "holds_notices", False)

    def hold_notices(self) -> None:
        """Hides the notifications for as long as a dialog is open."""
        for notice in list(self._notifications):
            held = HeldNotice(notice.message, notice.severity, notice.time_left)
            self._drop_text(notice.message)
            self._held_notices.append(held)

    def release_notices(self) -> None:
        """Shows the notifications that a dialog held, once it is closed."""
        if not self._holds_notices:
            held, self._held_notices = self._held_notices, []
            for notice in held:
                self._release(notice)

    def _release(self, notice: HeldNotice) -> None:
        self.notify(notice.text, markup=False, severity=notice.severity, timeout=notice.seconds)

    def _drop_text(self, text: str) -> None:
        """Removes what is notified with a text, with the container of its toast: Textual leaves
        that behind, a blank line. It has no public list of notifications."""
        self._held_notices = [one for one in self._held_notices if one.text != text]
        for notice in [one for one in self._notifications if one.message == text]:
            self._unnotify(notice, refresh=False)
            for screen in self.screen_stack:
                screen.query(f"#--textual-toast-{notice.identity}").remove()

    def _drop_notices(self) -> None:
        """Removes the notifications, except for warnings and errors: they were about the screen
        before, and would be drawn over rows of the next one."""
        held = [one.text for one in self._held_notices if one.severity == "information"]
        shown = [one.message for one in self._notifications if one.severity == "information"]
        for text in (*held, *shown):
            self._drop_text(text)

    # Settings

    def change_setting(
        self, key: str, value: str | bool, record: RecordChange | None = None
    ) -> None:
        """Applies a setting at once, and writes it to its file. `record` adds the change to the
        history; by default as a new one."""
        before = self.settings
        self.settings = with_setting(before, key, value)
        change = SettingChange(key, getattr(before, key))
        take_back = (record or self.setting_history.record)(change)
        self._apply_theme()
        self.refresh_screens()

        def revert(error: CalmtrackError) -> None:
            self.settings = before
            take_back()
            self._apply_theme()
            set_language(before.language)
            self.notify_error(error)

        self._setting_changes += 1
        self.diary_worker.submit(lambda _: self._write_setting(key, value), lambda _: None, revert)
        self.read_step_for(change)

    def read_step_for(self, change: SettingChange) -> None:
        """Reads after which step of the diary a setting was changed."""

        def read(diary: Diary) -> None:
            change.after_step = diary.newest_step()

        self.diary_worker.submit(read, lambda _: None, self.notify_error_once)

    def _write_setting(self, key: str, value: str | bool) -> None:
        """Part of a job: writes a setting, which is applied already; the next poll rereads
        the file only if another program has written to it since."""
        is_read = settings_stamp() == self._settings_stamp
        write_setting(key, value)
        if is_read:
            self._settings_stamp = settings_stamp()

    def _reread_settings(self) -> None:
        """Applies what another program wrote to the settings file. A file with new errors changes
        nothing, as its defaults could show scores that are hidden; another language or diary is
        for the next start."""
        number = self._setting_changes

        def show(loaded: LoadedSettings) -> None:
            if number != self._setting_changes:
                # A setting that was changed meanwhile may not have been in the file yet.
                self._reread_settings()
                return
            if not set(loaded.problems) <= set(self._setting_problems):
                return
            before = self.settings
            self.settings = loaded.settings._replace(language=before.language, diary=before.diary)
            if self.settings != before:
                self.setting_history.drop(before, loaded.settings)
                self._apply_theme()
                self.refresh_screens(after_others=True)

        # After the settings that are still being written.
        self.diary_worker.submit(lambda _: read_settings(), show, self.notify_error_once)

    async def change_language(self, choice: str, record: RecordChange | None = None) -> None:
        """Applies another language: rebuilds Tonight in it, and opens the settings again. A new
        choice offers to translate the practices; undo and redo, with a `record`, have a step of
        their own for that."""
        from tracker.tui.screens.settings_screen import LANGUAGE, SettingsScreen

        # In the language of before: not everyone can read the new one.
        way_back = _("Press esc to go back to {language}.").format(
            language=language_name(language())
        )
        set_language(choice)
        self.show_tonight()
        await self.screen.recompose()
        settings = SettingsScreen(LANGUAGE)
        await self.push_screen(settings)
        self.change_setting("language", choice, record)
        if record is None:
            settings.offer_translation(way_back)

    def preview_theme(self, theme: str) -> None:
        self.theme = _name_in_textual(theme)

    def _apply_theme(self) -> None:
        self.theme = self._theme_in_settings()
        self._apply_animations()

    def _apply_animations(self) -> None:
        self.animation_level = TEXTUAL_ANIMATIONS if self.settings.animations else "none"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Those of Textual, and our two."""
        return super().available_themes | _OUR_THEMES

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour ramps, for themes of Textual."""
        return ramp_defaults(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """Textual's, with colours of text that can be read in each of its themes, and ramps that
        the terminal's colours can show."""
        variables = super().get_css_variables()
        variables |= readable_text(self.current_theme)
        if self.console.color_system == "256":
            variables |= ramps_of_256_colors(self.current_theme)
        # `Content` reads its colours there.
        self.theme_variables = variables
        return variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own filters of rendered lines, after those that decide what is written."""
        ours = (one for one in self._line_filters if one.enabled)
        return (*ours, *super().get_line_filters())

    # Shutdown

    def _handle_exception(self, error: Exception) -> None:
        """Ends the app without Textual's traceback, which shows local variables and so notes; `run`
        raises the error once the terminal is restored. Textual has no public method for this."""
        if self.is_headless:
            super()._handle_exception(error)
        elif self.failure is None:
            self.failure = error
            self.panic()

    def action_leave(self) -> None:
        """Leaves once every key before is written. While there are drafts of notes, it first warns
        that they would be lost, and names them, the newest first; a while later it warns again."""
        if self.note_drafts.items() <= self._drafts_warned_of.items():
            self.leave(0)
            return
        self._drafts_warned_of = dict(self.note_drafts)
        self._hold_warning()
        today = self.today()
        titles = [
            note_title(draft.practice, day, today)
            for (_subject, day), draft in reversed(self.note_drafts.items())
        ]
        names = "; ".join(titles[:MOST_NAMED_DRAFTS])
        if more := len(titles[MOST_NAMED_DRAFTS:]):
            names = _("{names}; and {count} more").format(names=names, count=more)
        self.notify_user(
            ngettext(
                "Your note isn't saved yet: {names}. Save it, or quit again to leave without it.",
                "Your {count} notes aren't saved yet: {names}. Save them, or quit again to leave "
                "without them.",
                len(titles),
            ).format(names=names, count=len(titles)),
            about="draft",
        )

    def _hold_warning(self) -> None:
        """Lets a warning hold for WARNING_SECONDS from now."""
        if self._warning_timer is not None:
            self._warning_timer.stop()
        self._warning_timer = self.set_timer(WARNING_SECONDS, self._forget_warnings)

    def _forget_warnings(self) -> None:
        """Makes the next attempt to leave warn again: the person has gone on meanwhile."""
        self._drafts_warned_of = {}
        if self._connection is not None:
            self._connection.forget_warning()

    def leave(self, code: int) -> None:
        """Ends the app after the queued jobs, with an exit code. One that isn't 0 means that
        nobody can be asked: the note that is being written is saved. While the server is away, it
        warns first that the jobs would be lost."""
        if code:
            self._save_open_note()
        if self.diary_worker.outage is not None and self._connection is not None:
            if code or self._connection.may_leave():
                self.diary_worker.give_up()
                self._end(code)
            else:
                self._hold_warning()
            return
        self.diary_worker.submit(
            lambda _: None, lambda _: self._end(code), lambda _: self._end(code)
        )

    def _save_open_note(self) -> None:
        """Saves the note that is being written. One that was left as a draft isn't saved: the
        person cancelled it, and was told so."""
        from tracker.tui.dialogs.note_dialog import NoteDialog

        for screen in self.screen_stack:
            # One that is only being opened has no text yet.
            if isinstance(screen, NoteDialog) and screen.is_mounted:
                self.diary_worker.submit(screen.save_unfinished(), lambda _: None)
        self.note_drafts.clear()

    def _end(self, code: int) -> None:
        if not self.is_headless and is_disconnected(self.is_web):
            # Textual would wait for its writer thread, which has given up on a closed terminal.
            self.diary_worker.close()
            if self._location.is_demo and self._location.path is not None:
                # `os._exit` runs nothing of what would delete the temporary folder.
                shutil.rmtree(self._location.path.parent, ignore_errors=True)
            os._exit(code)
        self.exit(return_code=code)

    def _install_signal_handlers(self) -> None:
        """Leaves on SIGTERM and SIGHUP, with notes saved and the terminal restored."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            # Windows has no SIGHUP and its event loop no handlers; outside the main thread, as
            # in tests, none can be set.
            with suppress(NotImplementedError, ValueError, RuntimeError):
                if number is not None:
                    loop.add_signal_handler(number, self.leave, 128 + number)


def _name_in_textual(theme: str) -> str:
    """The name under which Textual has a theme of the settings."""
    ours = OURS.get(theme)
    return theme if ours is None else ours.name


def _first_job(diary: Diary) -> tuple[bool, list[str], str]:
    """Whether practices have yet to be chosen, the messages of the clean-up, or that this is a
    backup, and the message about notes that were saved when the app was closed by a signal."""
    if diary.maintenance.is_backup:
        sentence = _("This is a backup. You can look at it, but it stays as it is.")
        return diary.is_new(), [sentence], ""
    return diary.is_new(), diary.maintenance.clean_up(), _saved_drafts(diary)


def _saved_drafts(diary: Diary) -> str:
    """The message about unfinished notes that were saved, as long as they are the newest steps; ""
    without any."""
    steps = list(takewhile(lambda step: step.what == "draft", diary.undo_steps(MOST_DRAFTS)))
    if not steps:
        return ""
    practices, today = diary.practices.all(), diary.today()
    return ngettext(
        "calmtrack was closed while you were writing. It saved your {notes}. To undo that, "
        "press u.",
        "calmtrack was closed while you were writing. It saved your {notes}. To undo that, "
        "press u for each.",
        len(steps),
    ).format(notes=", ".join(step_words(step, practices, today) for step in steps))


def _back_up(diary: Diary) -> bool:
    """Makes the day's backup if anything was changed; returns whether it was."""
    if diary.changed:
        diary.maintenance.back_up_daily()
    return diary.changed


def run(location: Location) -> int:
    """Opens the app; returns its exit code: 0, or 128 and the number of the signal that ended it.

    Raises CalmtrackError, before any screen, for a diary that can't be read.
    """
    # Imported here, as the driver is: the web app and the tests have other ones.
    from tracker.tui.terminal import install_driver_parts

    # They would win over the size of the terminal, and stay wrong after it is resized.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    install_driver_parts()
    first = today_view(location, clock.now)
    if first is None:
        from tracker.store.backup_folders import refuse_missing_backup

        refuse_missing_backup(location)
    app = CalmtrackApp(location, first, read_settings())
    try:
        app.run()
    finally:
        app.diary_worker.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def is_disconnected(is_web: bool) -> bool:
    """Whether standard input was closed: the terminal, or for the app in a browser the pipe of
    the server that sends it keys."""
    return _server_is_gone() if is_web else _terminal_is_gone()


def _missing_diary(location: Location) -> str | None:
    """The warning about a diary file that is missing or empty, if there are backups of it."""
    # Without a folder of backups nothing is imported: this is before the first frame.
    if location.path is None or not (location.path.parent / "backups").is_dir():
        return None
    from tracker.store.backups import missing_diary_message

    return missing_diary_message(location)


def _server_is_gone() -> bool:
    if sys.__stdin__ is None:
        return True
    if not hasattr(select, "poll"):
        # Windows has no poll.
        return False
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)
    return bool(poll.poll(0))


def _terminal_is_gone() -> bool:
    try:
        import termios
    except ImportError:
        # Windows has no termios.
        return False
    if sys.__stdin__ is None:
        return True
    try:
        termios.tcgetattr(sys.__stdin__.fileno())
    except (termios.error, OSError, ValueError):
        return True
    return False
