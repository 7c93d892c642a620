"""A room in which a day can be changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tracker.models import Practice
from tracker.tui.screens.base import DiaryScreen

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class Acting(DiaryScreen):
    """Which day and row a key is for, each screen itself says."""

    @property
    @abstractmethod
    def day(self) -> date | None:
        """The day the keys are for; None while it is not known."""

    @property
    @abstractmethod
    def row(self) -> Practice | None:
        """The practice the cursor is on; None for calm."""

    @property
    @abstractmethod
    def note(self) -> str:
        """The note of the row the cursor is on."""

    @abstractmethod
    def practices(self) -> tuple[Practice, ...]:
        """Those on the screen."""

    @abstractmethod
    def go_to_row(self, practice_id: str) -> None:
        """Moves the cursor to a practice, or to calm."""

    @abstractmethod
    def go_to_day(self, day: date) -> None:
        """Shows another day."""

    def _amend(self, job: Callable[[Diary, date], str]) -> None:
        if (day := self.day) is not None:
            self.act(lambda diary: job(diary, day))
