"""The keys that are the same wherever a day can be changed: digits rate, small letters log,
capitals go places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from tracker.charts.step_text import step_sentence
from tracker.rules.days import spoken
from tracker.tui.keys import DAY_KEYS
from tracker.tui.saying import logged, rated, rested
from tracker.tui.screens.acting import Acting
from tracker.tui.widgets.pressable import Pressable
from tracker.values import CALM, Practice
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

TEN_WITHIN = 1.0
"""Seconds within which a 0 after a 1 makes a 10."""


class DayKeys(Acting):
    """A screen on which a day's calm and practices are logged."""

    BINDINGS: ClassVar[list[BindingType]] = [*DAY_KEYS]

    _one_at: float | None = None
    _one_step: int | None = None

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Digits rate, the practices' letters log, the other keys are bound below; an unknown
        capital asks about Caps Lock.

        All of them are carried out here, one after the other: Textual's own way to a binding
        leads through the app's queue, where a letter could overtake an arrow.
        """
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            # Typed for a box that opened just now.
            self.app.post_message(events.Key(event.key, event.character))
            return
        one_at, self._one_at = self._one_at, None
        character = event.character or ""
        bound = self.active_bindings.get(event.key)
        if self.turned():
            return
        if character.isdecimal() and character.isascii():
            self._digit(int(character), event.time, one_at)
        elif bound is not None:
            await self.app.run_action(bound.binding.action, bound.node)
        elif "a" <= character <= "z":
            self._letter(character)
        elif "A" <= character <= "Z":
            self.calmtrack.tell(say("keys.caps_lock", key=character))

    def turned(self) -> bool:
        """Whether the day has turned: then the key only moves on and is logged nowhere."""
        return False

    def _digit(self, digit: int, at: float, one_at: float | None) -> None:
        if digit == 0 and one_at is not None and at - one_at <= TEN_WITHIN:
            self.rate(10, joins=True)
        else:
            self.rate(digit)
        if digit == 1:
            self._one_at = at

    def _letter(self, letter: str) -> None:
        for practice in self.practices():
            if practice.key == letter:
                self.press(practice)
                return

    # What the keys do

    def rate(self, score: int, *, joins: bool = False) -> None:
        """Rates the day; as a 10 it joins the step of the 1 just before."""
        day = self.day
        if day is None:
            return
        self.go_to_row(CALM)

        def job(diary: Diary) -> str:
            step = self._one_step if joins else None
            self._one_step = diary.rate(score, day, joins=step)
            return "" if score == 1 else rated(score)

        self.act(job)

    def press(self, practice: Practice) -> None:
        """Logs a practice once."""
        self.go_to_row(practice.id)
        self._amend(lambda diary, day: logged(diary.press(practice.id, day), practice))

    def action_press(self) -> None:
        """Logs the practice of the row."""
        if self.row is not None:
            self.press(self.row)

    def action_less(self) -> None:
        """One step less."""
        if (practice := self.row) is not None:
            self._amend(lambda diary, day: logged(diary.less(practice.id, day), practice))

    def action_rest(self) -> None:
        """Toggles a rest day."""
        if (practice := self.row) is None:
            self.tell(say("keys.choose_a_row"))
        else:
            self._amend(lambda diary, day: rested(diary.toggle_rest(practice.id, day), practice))

    def action_clear(self) -> None:
        """Clears what the row holds."""
        subject = CALM if self.row is None else self.row.id
        name = say("keys.calm") if self.row is None else self.row.name

        def job(diary: Diary, day: date) -> str:
            diary.clear(subject, day)
            return say("keys.cleared", name=name)

        self._amend(job)

    def action_undo(self) -> None:
        """Takes back the newest step."""
        self.act(lambda diary: step_sentence("undone", diary.undo(), diary.practices()))

    def action_redo(self) -> None:
        """Does again what was taken back."""
        self.act(lambda diary: step_sentence("redone", diary.redo(), diary.practices()))

    async def action_note(self) -> None:
        """Opens the note of the row."""
        from tracker.tui.screens.note import NoteBox

        if (day := self.day) is None:
            return
        subject = CALM if self.row is None else self.row.id
        name = say("keys.evening") if self.row is None else self.row.name
        title = say("note.title", name=name, day=spoken(day))
        await self.app.push_screen(NoteBox(title, self.note, subject, day), self._wrote)

    def _wrote(self, sentence: str | None) -> None:
        if sentence:
            self.tell(sentence)
        self.reread()

    async def action_amount(self) -> None:
        """Asks for the day's amount."""
        from tracker.tui.screens.ask import AskBox

        if (practice := self.row) is None or (day := self.day) is None:
            return
        question = say("ask.amount", name=practice.name, unit=practice.unit, day=spoken(day))

        def job(diary: Diary, text: str) -> str:
            from tracker.diary.checks import whole_number

            return logged(diary.log(practice.id, day, amount=whole_number(text)), practice)

        await self.app.push_screen(AskBox(question, job), self._wrote)

    async def action_go_to(self) -> None:
        """Asks for a day."""
        from tracker.tui.screens.ask import AskBox

        def job(diary: Diary, text: str) -> str:
            from tracker.diary.checks import day_named

            return day_named(text, diary.today()).isoformat()

        def go(answer: str | None) -> None:
            if answer:
                self.go_to_day(date.fromisoformat(answer))

        await self.app.push_screen(AskBox(say("ask.day"), job), go)

    def action_explain(self) -> None:
        """Tells how the streak of the row came about."""
        from tracker.tui.screens.explain import Explain

        if (practice := self.row) is None or (day := self.day) is None:
            self.tell(say("keys.choose_a_row"))
            return
        self.calmtrack.ask(
            lambda diary: diary.explain(practice.id, min(day, diary.today())),
            lambda explanation: self.app.push_screen(Explain(explanation)),
        )

    async def action_export(self) -> None:
        """Asks where to write the diary to."""
        from tracker.tui.screens.export import export_box

        if self.day is not None:
            await self.app.push_screen(export_box(self.day), self._exported)

    def _exported(self, sentence: str | None) -> None:
        if sentence:
            self.calmtrack.tell(sentence)

    def action_tonight(self) -> None:
        """Goes to Tonight."""
        self.calmtrack.show_tonight()

    def action_week(self) -> None:
        """Goes to the week of the day shown."""
        self.calmtrack.show_week(self.day)

    async def action_help(self) -> None:
        """Tells about keys, marks and figures."""
        from tracker.tui.screens.help import Help

        await self.app.push_screen(Help(self))

    def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """A click does what its key does."""
        message.stop()
        kind, _, rest = message.key.partition(" ")
        if kind == "score":
            if not self.turned():
                self.rate(int(rest))
        elif kind == "row":
            self.clicked_row(int(rest))
        elif kind == "cell":
            self.clicked_cell(rest)
        else:
            self.app.simulate_key(message.key)

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
