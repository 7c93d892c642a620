"""The app as screens, dialogs and widgets see it: they import this, and the app imports them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from tracker.errors import CalmtrackError
from tracker.settings import RecordChange, SettingChange, SettingHistory, Settings
from tracker.tui.diary_worker import DiaryWorker, InsightsWorker

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.diary.diary import Diary
    from tracker.models import Practice

T = TypeVar("T")

NoticeSubject = Literal["key", "draft", "saved draft", "export", "input", "dialog"]
"""What a notification is about: a key that does nothing, notes that aren't saved, one that was
saved when the app was closed, a file that was written, what a key couldn't do, or a dialog that is
being read."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note that was left without saving."""

    practice: Practice | None
    """What it is about; None for the evening."""
    text: str
    over: str
    """The stored note that it replaces."""


class AppProtocol(Protocol):
    """Navigation, the diary's worker, messages and settings."""

    diary_worker: DiaryWorker
    insights: InsightsWorker
    settings: Settings
    setting_history: SettingHistory
    import_folder: Path | None
    """The folder that the person chose on Import."""
    note_drafts: dict[tuple[str, date], NoteDraft]
    """By practice id (or that of calm) and day, the one that was left last at the end."""

    def today(self) -> date:
        """The diary's day, which turns at its `day_turns_at`."""

    def submit(self, job: Callable[[Diary], T], then: Callable[[T], object]) -> None:
        """Submits a diary job; an error becomes a notification."""

    def submit_change(
        self,
        job: Callable[[Diary], T],
        then: Callable[[T], object],
        failed: Callable[[CalmtrackError], object],
    ) -> None:
        """Submits a job by which a dialog changes something."""

    def after_change(self) -> None:
        """Drops a notice that an acknowledged change makes untrue, and makes the day's backup."""

    def notify_user(self, sentence: str, about: NoticeSubject | None = None) -> None:
        """Shows a notification, in place of the one before it about the same."""

    def drop_notice(self, about: NoticeSubject) -> None:
        """Drops the notification about something, which isn't so any more."""

    def hold_notices(self) -> None:
        """Hides the notifications for as long as a dialog is open."""

    def release_notices(self) -> None:
        """Shows the notifications that a dialog held, once it is closed."""

    def notify_error(self, error: CalmtrackError) -> None:
        """Notifies of an error and reloads every screen."""

    def notify_error_once(self, error: CalmtrackError) -> None:
        """Notifies of an error of a background read, unless it was the last one shown."""

    def refresh_screens(self) -> None:
        """Reloads every screen."""

    async def open_screen(self, name: str, day: date | None = None) -> None:
        """Opens a screen of the SCREENS table, and waits until it is mounted."""

    def show_tonight(self) -> None:
        """Closes every screen above Tonight."""

    def show_day(self, day: date) -> None:
        """Opens a day on Tonight."""

    def show_about(self) -> None:
        """Opens About."""

    def change_setting(
        self, key: str, value: str | bool, record: RecordChange | None = None
    ) -> None:
        """Applies a setting and writes it to its file."""

    def read_step_for(self, change: SettingChange) -> None:
        """Reads after which step of the diary a setting was changed."""

    def is_practice_letter(self, letter: str) -> bool:
        """Whether a practice of the day on Tonight has the letter."""

    def preview_theme(self, theme: str) -> None:
        """Draws everything in a theme, without saving it."""

    async def change_language(self, choice: str, record: RecordChange | None = None) -> None:
        """Applies another language and rebuilds the screens in it."""
