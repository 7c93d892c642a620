"""A screen that shows a page of the diary and has changes to it carried out, in their turn."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.tui.screens.room import Room
from tracker.values import Practice

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class Acting(Room):
    """Which day and row a key is for, and what is read anew after it, each screen itself says."""

    # What a screen says of itself

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

    @abstractmethod
    def read(self) -> Callable[[Diary], Any]:
        """The job that reads anew what is shown."""

    @abstractmethod
    def show(self, page: Any) -> None:
        """Shows what was read."""

    @abstractmethod
    def tell(self, sentence: str) -> None:
        """Says what the last key did."""

    # How a key is carried out

    def _amend(self, job: Callable[[Diary, date], str]) -> None:
        if (day := self.day) is not None:
            self.act(lambda diary: job(diary, day))

    def act(self, job: Callable[[Diary], str]) -> None:
        """Carries out a change in its turn, then reads and shows what is on disk."""
        read = self.read()

        def both(diary: Diary) -> tuple[str, Any]:
            sentence = job(diary)
            return sentence, read(diary)

        self.calmtrack.ask(both, self._acted)

    def _acted(self, result: tuple[str, Any]) -> None:
        sentence, page = result
        self.tell(sentence)
        self.show(page)
        self.calmtrack.after_change()

    def reread(self) -> None:
        """Reads and shows anew: something else may have written."""
        if self.is_attached:
            self.calmtrack.desk.ask(self.read(), self.show, self.calmtrack.tell_once)
