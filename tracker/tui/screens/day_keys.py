"""The keys that are the same wherever a day can be changed: digits rate, small letters log,
capitals go places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.i18n.units import unit_label
from tracker.models import CALM_ID, Practice, State, Unit
from tracker.render.symbols import mark
from tracker.tui.bindings import DAY_BINDINGS
from tracker.tui.feedback import after_log, after_rating, after_rest
from tracker.tui.screens.early_keys import EarlyKeys

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

TEN_WITHIN = 1.0
"""Seconds within which a 0 after a 1 makes a 10."""


class DayKeys(EarlyKeys):
    """A screen on which a day's calm and practices are logged."""

    BINDINGS: ClassVar[list[BindingType]] = [*DAY_BINDINGS]

    _one_at: float | None = None
    _one_step: int | None = None

    # Keys

    def heard(self, event: events.Key) -> bool:
        """Digits rate."""
        one_at, self._one_at = self._one_at, None
        character = event.character or ""
        if character.isdecimal() and character.isascii():
            self._digit(int(character), event.time, one_at)
            return True
        return False

    def _digit(self, digit: int, at: float, one_at: float | None) -> None:
        if digit == 0 and one_at is not None and at - one_at <= TEN_WITHIN:
            self.rate(10, joins=True)
        else:
            self.rate(digit)
        if digit == 1:
            self._one_at = at

    def letter(self, letter: str) -> None:
        for practice in self.practices():
            if practice.key == letter:
                self.press(practice)
                return

    def marks(self) -> Iterable[tuple[str, str]]:
        states = (State.DONE, State.SOME, State.NO, State.REST, State.NOT_LOGGED)
        return [(mark(state), say(f"help.{state}")) for state in states]

    def figures(self) -> str:
        return say("help.figures")

    def other_keys(self) -> Iterable[tuple[str, str]]:
        return [("0-9", say("help.digits")), ("a-z", say("help.letters"))]

    # What the keys do

    def rate(self, score: int, *, joins: bool = False) -> None:
        """Rates the day; as a 10 it joins the step of the 1 just before."""
        day = self.day
        if day is None:
            return
        self.go_to_row(CALM_ID)

        def job(diary: Diary) -> str:
            step = self._one_step if joins else None
            self._one_step = diary.rate(score, day, joins=step)
            return "" if score == 1 or self.hushed else after_rating(score)

        self.act(job)

    def press(self, practice: Practice) -> None:
        """Logs a practice once."""
        self.go_to_row(practice.id)
        self._amend(lambda diary, day: after_log(diary.press(practice.id, day), practice))

    def _practice(self) -> Practice | None:
        """The practice of the row; on the calm question, says that a key is for a practice."""
        if self.row is None and self.day is not None:
            self.tell(say("keys.choose_a_row"))
        return self.row

    def action_press(self) -> None:
        """Logs the practice of the row."""
        if (practice := self._practice()) is not None:
            self.press(practice)

    def calm_story(self) -> str:
        """How what the screen says of calm came about."""
        return say("explain.calm")

    def action_less(self) -> None:
        """One step less."""
        if (practice := self._practice()) is not None:
            self._amend(lambda diary, day: after_log(diary.less(practice.id, day), practice))

    def action_rest(self) -> None:
        """Toggles a rest day."""
        if (practice := self._practice()) is not None:
            self._amend(
                lambda diary, day: after_rest(diary.toggle_rest(practice.id, day), practice)
            )

    async def action_days_off(self) -> None:
        """Asks which practices rest, and from when to when."""
        from tracker.tui.dialogs.rest_days_form import RestForm

        if (day := self.day) is not None:
            await self.app.push_screen(RestForm(day, self.row), self._wrote)

    def action_clear(self) -> None:
        """Clears what the row holds."""
        subject = CALM_ID if self.row is None else self.row.id
        name = say("keys.calm") if self.row is None else self.row.name

        def job(diary: Diary, day: date) -> str:
            diary.clear(subject, day)
            return say("keys.cleared", name=name)

        self._amend(job)

    async def action_note(self) -> None:
        """Opens the note of the row."""
        from tracker.tui.dialogs.note_dialog import NoteDialog

        if (day := self.day) is None:
            return
        subject = CALM_ID if self.row is None else self.row.id
        name = say("keys.evening") if self.row is None else self.row.name
        title = say("note.title", name=name, day=format_day(day))
        await self.app.push_screen(NoteDialog(title, self.note, subject, day), self._wrote)

    def _wrote(self, sentence: str | None) -> None:
        if sentence:
            self.tell(sentence)
            self.calmtrack.after_change()
        self.reread()

    async def action_amount(self) -> None:
        """Asks for the day's amount."""
        from tracker.tui.dialogs.prompt_dialog import PromptDialog

        if (practice := self._practice()) is None or (day := self.day) is None:
            return
        unit = unit_label(practice.unit)
        question = say("ask.amount", name=practice.name, unit=unit, day=format_day(day))

        def job(diary: Diary, text: str) -> str:
            if not text.strip():
                return ""
            return after_log(diary.log(practice.id, day, amount=_amount(text, practice)), practice)

        await self.app.push_screen(PromptDialog(question, job, keeps=True), self._wrote)

    def action_explain(self) -> None:
        """Tells how the streak of the row came about."""
        from tracker.tui.dialogs.text_dialog import ExplainDialog

        if (day := self.day) is None:
            return
        if (practice := self.row) is None:
            self.tell(self.calm_story())
            return
        self.calmtrack.ask(
            lambda diary: diary.explain(practice.id, min(day, diary.today())),
            lambda explanation: self.open_over_it(ExplainDialog(explanation)),
        )

    def clicked(self, kind: str, rest: str) -> None:
        if kind == "score":
            if not self.turned():
                self.rate(int(rest))
        elif kind == "row":
            self.clicked_row(int(rest))
        elif kind == "cell":
            self.clicked_cell(rest)

    def clicked_row(self, place: int) -> None:
        """A click on a row moves there; on the row one is in, it logs."""
        practice = self.practices()[place]
        if self.row == practice:
            if not self.turned():
                self.press(practice)
        else:
            self.go_to_row(practice.id)

    def clicked_cell(self, cell: str) -> None:
        """A click on a cell; only the week has them."""


def _amount(text: str, practice: Practice) -> int:
    """What was typed; a yes/no practice is asked for by those words. Raises WrongInput."""
    from tracker.diary.validation import whole_number

    word = text.strip().casefold()
    for amount, answer in enumerate(reversed(Unit.YES_NO.value.split("/"))):
        if practice.unit is Unit.YES_NO and answer.startswith(word):
            return amount
    return whole_number(text)
