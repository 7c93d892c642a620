"""The forms that add and edit a practice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.catalogue.practices import practice_templates
from tracker.i18n.messages import say
from tracker.i18n.units import parse_unit_prefix, unit_label
from tracker.models import Practice, Unit, UnitChange
from tracker.render.practice_text import added_words, edit_words, figure_words
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.choice_dialog import ChoiceDialog
from tracker.tui.dialogs.form_dialog import Answers, FormDialog
from tracker.views import GoalPreview

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.practices import Edit, PendingQuestions

SavedPractice = tuple[str, str]
"""The practice's id, and a sentence about what was saved."""


class AddPracticeForm(FormDialog[SavedPractice | None]):
    """An empty form. Fields left empty get defaults."""

    def __init__(self, practices: Sequence[Practice]) -> None:
        """`practices` are those of the diary: the hint names the shipped ones that aren't."""
        ids = {practice.id for practice in practices}
        names = ", ".join(one.name for one in practice_templates() if one.id not in ids)
        hint = say("form.shipped", names=names) if names else ""
        super().__init__(say("form.add"), _labels(), dict.fromkeys(_labels(), ""), hint)

    def submit(self, answers: Answers) -> None:
        self.calmtrack.diary_worker.submit(
            lambda diary: _add(diary, answers),
            lambda saved: self.finish(saved, saved[1]),
            self.show_error,
        )


class EditPracticeForm(FormDialog[SavedPractice | None]):
    """The fields of a practice. Where it matters, asks from when a new goal counts, and what a new
    unit does to the days logged so far."""

    def __init__(self, practice: Practice, today: date) -> None:
        super().__init__(practice.name, _labels(), _answers(practice, today))
        self._practice = practice

    def submit(self, answers: Answers) -> None:
        practice_id, before = self._practice.id, self._before

        def job(diary: Diary) -> tuple[Edit, PendingQuestions]:

            edit = _changed_fields(before, answers)
            return edit, diary.practices.questions_for(practice_id, **edit)

        self.calmtrack.diary_worker.submit(job, self._ask_pending, self.show_error)

    def _ask_pending(self, result: tuple[Edit, PendingQuestions]) -> None:
        edit, questions = result
        if not questions.days and questions.goal is None:
            self._save(edit)
        elif not self.is_attached:
            # Closed before the question could be asked: nothing is saved without its answer.
            self.calmtrack.notify_user(say("form.left_as_it_was", name=self._practice.name))
        elif questions.days:
            self._ask_about_days(edit)
        elif questions.goal is not None:
            self._ask_about_goal(edit, questions.goal)

    def _ask_about_days(self, edit: Edit) -> None:
        practice = self._practice
        title = say("form.days_title", name=practice.name, unit=unit_label(practice.unit))
        dialog = ChoiceDialog(title, [say("form.days_keep"), say("form.days_new")])
        changes = (UnitChange.KEEP_DAYS, UnitChange.NEW)
        self._ask(dialog, lambda index: self._save(edit, changes[index]))

    def _ask_about_goal(self, edit: Edit, goal: GoalPreview) -> None:
        options = [
            say("form.goal_from_today", figures=figure_words(goal.from_today)),
            say("form.goal_all_days", figures=figure_words(goal.all_days)),
        ]
        title = say("form.goal_title", name=self._practice.name)
        dialog = ChoiceDialog(title, options, say("form.goal_now", figures=figure_words(goal.now)))
        self._ask(dialog, lambda index: self._save({**edit, "all_days": index == 1}))

    def _ask(self, dialog: ChoiceDialog, chosen: Callable[[int], None]) -> None:
        """Opens a question; without an answer, the form can be edited further."""
        self.app.push_screen(
            dialog, lambda index: self.resume() if index is None else chosen(index)
        )

    def _save(self, edit: Edit, history: UnitChange | None = None) -> None:
        before = self._practice

        def job(diary: Diary) -> SavedPractice:

            now = diary.practices.edit(before.id, history=history, **edit)
            if now == before:
                return now.id, say("practices.unchanged")
            return now.id, edit_words(before, now, diary.today(), of_days=history is not None)

        self.calmtrack.diary_worker.submit(
            job, lambda saved: self.finish(saved, saved[1]), self.show_error
        )


def _labels() -> dict[str, str]:
    """Field names with their labels, in the order of the form."""
    return {
        "name": say("form.name"),
        "question": say("form.question"),
        "key": say("form.key"),
        "unit": say("form.unit"),
        "amount": say("form.amount"),
        "step": say("form.step"),
        "days_per_week": say("form.days_per_week"),
    }


def _answers(practice: Practice, today: date) -> Answers:
    """A practice's fields as text, with the goal in force today."""
    goal = practice.goal_on(today)
    return {
        "name": sanitize_line(practice.name),
        "question": sanitize_line(practice.question),
        "key": practice.key or "",
        "unit": unit_label(practice.unit),
        "amount": str(goal.amount),
        "step": str(practice.step),
        "days_per_week": str(goal.days_per_week),
    }


def _changed_fields(before: Answers, answers: Answers) -> Edit:
    """Parses the fields that differ; the diary converts the other amounts if the unit is new.

    Raises InputError."""
    from tracker.diary.validation import whole_number

    edit: Edit = {}
    for field, text in answers.items():
        if text.strip() == before[field].strip():
            continue
        match field:
            case "name" | "question":
                edit[field] = text
            case "key":
                edit["key"] = text.strip()
            case "unit":
                edit["unit"] = parse_unit_prefix(text)
            case "amount" | "step" | "days_per_week":
                edit[field] = whole_number(text)
    return edit


def _add(diary: Diary, answers: Answers) -> SavedPractice:
    """Parses the answers and adds the practice. Raises InputError."""
    from tracker.diary.validation import whole_number

    given = {field: text.strip() for field, text in answers.items()}
    numbers = {
        field: whole_number(given[field])
        for field in ("amount", "step", "days_per_week")
        if given[field]
    }
    practice = diary.practices.add(
        given["name"],
        question=given["question"] or None,
        key=given["key"] or None,
        unit=parse_unit_prefix(given["unit"]) if given["unit"] else Unit.YES_NO.value,
        amount=numbers.get("amount"),
        step=numbers.get("step"),
        days_per_week=numbers.get("days_per_week", 7),
    )
    return practice.id, added_words(practice)
