"""A room: a screen with the keys that are the same everywhere."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from tracker import clock
from tracker.i18n.messages import say
from tracker.render.change_text import step_sentence
from tracker.tui.bindings import GLOBAL_BINDINGS
from tracker.tui.screens.ordered_keys import OrderedKeys

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class DiaryScreen(OrderedKeys):
    """What its other keys do, and what its parts mean when clicked, each room itself says."""

    DEFAULT_CSS = """
    DiaryScreen > KeyHints { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*GLOBAL_BINDINGS]

    @property
    def hushed(self) -> bool:
        """Whether calm scores are hidden."""
        return self.calmtrack.settings.quiet

    @property
    def day(self) -> date | None:
        """The day the keys are for; None where there is none, or while it is not known."""
        return None

    def shown_days(self) -> tuple[date, date] | None:
        """The first and the last day that are shown, where a room shows many; None elsewhere."""
        return None

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

    def marks(self) -> Iterable[tuple[str, str]]:
        """The signs of this room, and what each means."""
        return ()

    def figures(self) -> str:
        """How the numbers of this room come about."""
        return ""

    def other_keys(self) -> Iterable[tuple[str, str]]:
        """Keys that are no bindings, and what they do."""
        return ()

    # How a change is carried out

    def act(self, job: Callable[[Diary], str]) -> None:
        """Carries out a change in its turn, then reads and shows what is on disk."""
        read = self.read()
        done: list[str] = []

        def both(diary: Diary) -> tuple[str, Any]:
            # Tried again because the reading could not be done, it must not change things twice.
            if not done:
                done.append(job(diary))
            return done[0], read(diary)

        self.calmtrack.ask(both, self._acted)

    def _acted(self, result: tuple[str, Any]) -> None:
        sentence, page = result
        if self.is_attached:
            self.tell(sentence)
            self.shown(page)
        self.calmtrack.after_change()

    def open_over_it(self, box: Screen[None]) -> None:
        """Opens a box with what was asked for, unless one has gone on meanwhile."""
        if self.app.screen is self:
            self.app.push_screen(box)

    def reread(self) -> None:
        """Reads and shows anew: something else may have written."""
        # A room that was only just opened has no parts yet, and reads by itself when it has.
        if self.is_attached and self.children:
            self.calmtrack.desk.ask(self.read(), self._reread, self.calmtrack.tell_once)

    def _reread(self, page: Any) -> None:
        # A server can take so long that one has left the screen by then.
        if self.is_attached:
            self.shown(page)

    def shown(self, page: Any) -> None:
        """What comes after a page was read."""
        self.show(page)

    # What the keys do

    def action_undo(self) -> None:
        """Takes back the newest step."""
        self.act(lambda diary: step_sentence("undone", diary.undo(), diary.practices.all()))

    def action_redo(self) -> None:
        """Does again what was taken back."""
        self.act(lambda diary: step_sentence("redone", diary.redo(), diary.practices.all()))

    async def action_go_to(self) -> None:
        """Asks for a day."""
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        def job(diary: Diary, text: str) -> str:
            from tracker.diary.validation import day_named

            return day_named(text, diary.today()).isoformat()

        def go(answer: str | None) -> None:
            if answer:
                self.go_to_day(date.fromisoformat(answer))

        await self.app.push_screen(PromptDialog(say("ask.day"), job), go)

    async def action_export(self) -> None:
        """Asks where to write the diary to."""
        from tracker.tui.dialogs.export_dialog import ExportDialog, export_formats
        from tracker.tui.widgets.top_bar import TopBar

        def exported(sentence: str | None) -> None:
            if sentence:
                self.calmtrack.tell(sentence)

        today = clock.now().date()
        period = self.query_one(TopBar).period
        await self.app.push_screen(
            ExportDialog(export_formats(today, self.shown_days(), period)), exported
        )

    def action_tonight(self) -> None:
        """Goes to Tonight."""
        self.calmtrack.show_tonight()

    def action_week(self) -> None:
        """Goes to the week of the day shown."""
        self.calmtrack.show_week(self.day)

    def action_year(self) -> None:
        """Goes to the year of the day shown."""
        self.calmtrack.show_year(self.day)

    def action_calm(self) -> None:
        """Goes to calm over time."""
        self.calmtrack.show_calm(self.day)

    def action_practices(self) -> None:
        """Goes to the practices."""
        self.calmtrack.show_practices()

    def action_settings(self) -> None:
        """Goes to the settings."""
        self.calmtrack.show_settings()

    async def action_breathe(self) -> None:
        """A minute to soften; logs it for today if that is wanted."""
        from tracker.tui.screens.breathe_screen import BreatheScreen, log_softening

        def breathed(is_logged: bool | None) -> None:
            if is_logged:
                self.act(log_softening)

        await self.app.push_screen(BreatheScreen(), breathed)

    def action_people(self) -> None:
        """Tells who is named in the notes."""
        from tracker.tui.screens.people_screen import open_people

        open_people(self.calmtrack)

    def action_jar(self) -> None:
        """Takes a note out of the gratitude jar."""
        from tracker.tui.dialogs.jar_dialog import open_jar

        open_jar(self.calmtrack)

    def action_import(self) -> None:
        """Goes to where files come in."""
        self.calmtrack.show_import()

    async def action_help(self) -> None:
        """Tells about keys, marks and figures."""
        from tracker.tui.dialogs.help_dialog import HelpDialog

        await self.app.push_screen(HelpDialog(self))
