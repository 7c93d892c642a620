"""The form of a practice: a new one, or one to change."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from tracker.charts.practice_text import edit_words, figure_words
from tracker.diary.catalogue import shipped
from tracker.trouble import Trouble
from tracker.tui.glyphs import glyph
from tracker.tui.screens.ask import Line
from tracker.tui.screens.box import Box
from tracker.tui.screens.practice_answers import (
    Answers,
    Kept,
    added,
    answers_of,
    edit_typed,
    labels,
)
from tracker.tui.widgets.key_line import KeyLine
from tracker.values import GoalPreview, History, Practice
from tracker.visible import visible
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.shaping import Asks, Edit


class PracticeForm(Box[Kept | None]):
    """A line for each thing; what is refused is said, and what was typed stays."""

    DEFAULT_CSS = """
    PracticeForm VerticalScroll { height: auto; max-height: 12; }
    PracticeForm Horizontal { height: 1; }
    PracticeForm .label { width: 35; color: $text-muted; }
    PracticeForm Line, PracticeForm Line:focus {
        border: none; padding: 0; height: 1; width: 1fr; background: $panel;
    }
    PracticeForm KeyLine { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list of lines, which would scroll.
        Binding("down", "app.focus_next", "Next", show=False, priority=True, id="form_next",
                tooltip="The next line"),
        Binding("up", "app.focus_previous", "Line before", show=False, priority=True,
                id="form_before", tooltip="The line before"),
        Binding("escape", "dismiss(None)", "Leave", id="form_leave", tooltip="Change nothing"),
    ]  # fmt: skip

    def __init__(self, title: str, answers: Answers, told: str = "") -> None:
        super().__init__()
        self._title = title
        self._before = answers
        self._told = told
        self._busy = False

    def compose(self) -> ComposeResult:
        """The title, the fields, what was refused, the keys."""
        with Vertical(classes="box"):
            yield Static(visible(self._title), classes="title", markup=False)
            with VerticalScroll(can_focus=False):
                for field, label in labels().items():
                    with Horizontal():
                        yield Static(label, classes="label", markup=False)
                        yield Line(self._before[field], id=field, select_on_focus=False)
            yield Static(visible(self._told), classes="hint", markup=False)
            yield Static("", classes="wrong", markup=False)
            yield KeyLine(
                [
                    (glyph("↵"), say("form.keep"), "enter"),
                    ("tab", say("form.next"), "tab"),
                    ("esc", say("form.leave"), "escape"),
                ]
            )

    def on_mount(self) -> None:
        """Leaves no room for a hint that there isn't."""
        self.query_one(".hint").display = bool(self._told)

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return {field: self.query_one(f"#{field}", Line).value for field in labels()}

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter keeps the whole form, from whichever line; once only while that is done."""
        message.stop()
        if not self._busy:
            self._busy = True
            self.submit(self.answers)

    @abstractmethod
    def submit(self, answers: Answers) -> None:
        """Has the diary keep what was typed."""

    def refused(self, trouble: Trouble) -> None:
        """Says what is not possible; the form stays as it is."""
        self._busy = False
        wrong = self.query_one(".wrong", Static)
        wrong.update(visible(str(trouble)))
        wrong.add_class("-said")

    def waits(self) -> None:
        """Lets the person go on with the form."""
        self._busy = False


class AddForm(PracticeForm):
    """An empty form; what is left empty is chosen to fit."""

    def __init__(self, practices: Sequence[Practice]) -> None:
        ids = {one.id for one in practices}
        names = ", ".join(one.name for one in shipped() if one.id not in ids)
        told = say("form.shipped", names=names) if names else ""
        empty = dict.fromkeys(labels(), "")
        super().__init__(say("form.add"), empty, told)

    def submit(self, answers: Answers) -> None:
        """Adds it."""
        self.calmtrack.desk.ask(lambda diary: added(diary, answers), self.dismiss, self.refused)


class EditForm(PracticeForm):
    """Asks since when a new goal counts, and what becomes of days in another unit, where that
    matters."""

    def __init__(self, practice: Practice, today: date) -> None:
        super().__init__(practice.name, answers_of(practice, today))
        self._practice = practice

    def submit(self, answers: Answers) -> None:
        """Asks what there is to ask, and then keeps it."""
        one, before = self._practice, self._before

        def job(diary: Diary) -> tuple[Edit, Asks]:
            from tracker.diary.shaping import asks_of

            edit = edit_typed(before, answers)
            return edit, asks_of(diary, one.id, **edit)

        self.calmtrack.desk.ask(job, self._asked, self.refused)

    def _asked(self, found: tuple[Edit, Asks]) -> None:
        edit, asks = found
        if asks.days:
            self._ask_days(edit)
        elif asks.goal is not None:
            self._ask_goal(edit, asks.goal)
        else:
            self._keep(edit)

    def _ask_days(self, edit: Edit) -> None:
        from tracker.tui.screens.choice import ChoiceBox

        def chosen(place: int | None) -> None:
            if place is None:
                self.waits()
            else:
                self._keep(edit, (History.KEEP_DAYS, History.NEW)[place])

        one = self._practice
        title = say("form.days_title", name=one.name, unit=one.unit)
        options = [say("form.days_keep"), say("form.days_new")]
        self.app.push_screen(ChoiceBox(title, options), chosen)

    def _ask_goal(self, edit: Edit, goal: GoalPreview) -> None:
        from tracker.tui.screens.choice import ChoiceBox

        def chosen(place: int | None) -> None:
            if place is None:
                self.waits()
            else:
                edit["all_days"] = place == 1
                self._keep(edit)

        options = [
            say("form.goal_from_today", figures=figure_words(goal.from_today)),
            say("form.goal_all_days", figures=figure_words(goal.all_days)),
        ]
        title = say("form.goal_title", name=self._practice.name)
        told = say("form.goal_now", figures=figure_words(goal.now))
        self.app.push_screen(ChoiceBox(title, options, told), chosen)

    def _keep(self, edit: Edit, history: History | None = None) -> None:
        one = self._practice

        def job(diary: Diary) -> Kept:
            from tracker.diary.shaping import edit_practice

            now = edit_practice(diary, one.id, history=history, **edit)
            if now == one:
                return now.id, say("practices.unchanged")
            return now.id, edit_words(one, now, diary.today(), of_days=history is not None)

        self.calmtrack.desk.ask(job, self.dismiss, self.refused)
