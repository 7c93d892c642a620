"""The form of a practice: a new one, or one to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.catalogue.practices import practice_templates
from tracker.i18n.messages import say
from tracker.i18n.units import unit_label
from tracker.models import Practice, UnitChange
from tracker.render.practice_text import edit_words, figure_words
from tracker.tui.dialogs.form_dialog import Answers, FormDialog
from tracker.tui.dialogs.practice_fields import (
    Kept,
    added,
    answers_of,
    edit_typed,
    labels,
)
from tracker.views import GoalPreview

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.practices import Edit, PendingQuestions


class AddForm(FormDialog[Kept | None]):
    """An empty form; what is left empty is chosen to fit."""

    def __init__(self, practices: Sequence[Practice]) -> None:
        ids = {one.id for one in practices}
        names = ", ".join(one.name for one in practice_templates() if one.id not in ids)
        told = say("form.shipped", names=names) if names else ""
        empty = dict.fromkeys(labels(), "")
        super().__init__(say("form.add"), labels(), empty, told)

    def submit(self, answers: Answers) -> None:
        """Adds it."""
        self.calmtrack.desk.ask(
            lambda diary: added(diary, answers),
            lambda kept: self.come_back(kept, kept[1]),
            self.refuse,
        )


class EditForm(FormDialog[Kept | None]):
    """Asks since when a new goal counts, and what becomes of days in another unit, where that
    matters."""

    def __init__(self, practice: Practice, today: date) -> None:
        super().__init__(practice.name, labels(), answers_of(practice, today))
        self._practice = practice

    def submit(self, answers: Answers) -> None:
        """Asks what there is to ask, and then keeps it."""
        one, before = self._practice, self._before

        def job(diary: Diary) -> tuple[Edit, PendingQuestions]:

            edit = edit_typed(before, answers)
            return edit, diary.practices.questions_for(one.id, **edit)

        self.calmtrack.desk.ask(job, self._asked, self.refuse)

    def _asked(self, found: tuple[Edit, PendingQuestions]) -> None:
        edit, asks = found
        if not asks.days and asks.goal is None:
            self._keep(edit)
        elif not self.is_attached:
            # Who left before the question came up has not answered it.
            self.calmtrack.tell(say("form.left_as_it_was", name=self._practice.name))
        elif asks.days:
            self._ask_days(edit)
        elif asks.goal is not None:
            self._ask_goal(edit, asks.goal)

    def _ask_days(self, edit: Edit) -> None:
        from tracker.tui.dialogs.choice_dialog import ChoiceDialog

        def chosen(place: int | None) -> None:
            if place is None:
                self.waits()
            else:
                self._keep(edit, (UnitChange.KEEP_DAYS, UnitChange.NEW)[place])

        one = self._practice
        title = say("form.days_title", name=one.name, unit=unit_label(one.unit))
        options = [say("form.days_keep"), say("form.days_new")]
        self.app.push_screen(ChoiceDialog(title, options), chosen)

    def _ask_goal(self, edit: Edit, goal: GoalPreview) -> None:
        from tracker.tui.dialogs.choice_dialog import ChoiceDialog

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
        self.app.push_screen(ChoiceDialog(title, options, told), chosen)

    def _keep(self, edit: Edit, history: UnitChange | None = None) -> None:
        one = self._practice

        def job(diary: Diary) -> Kept:

            now = diary.practices.edit(one.id, history=history, **edit)
            if now == one:
                return now.id, say("practices.unchanged")
            return now.id, edit_words(one, now, diary.today(), of_days=history is not None)

        self.calmtrack.desk.ask(job, lambda kept: self.come_back(kept, kept[1]), self.refuse)
