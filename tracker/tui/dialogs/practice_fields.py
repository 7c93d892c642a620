"""What is typed in the form of a practice, and what it means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n.messages import say
from tracker.i18n.units import parse_unit_prefix, unit_label
from tracker.models import Practice, Unit
from tracker.render.practice_text import added_words
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.form_dialog import Answers

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.practices import Edit

Kept = tuple[str, str]
"""The id of the practice that was kept, and the sentence for it."""


def labels() -> dict[str, str]:
    """The fields in their order, with their labels."""
    return {
        "name": say("form.name"),
        "question": say("form.question"),
        "key": say("form.key"),
        "unit": say("form.unit"),
        "amount": say("form.amount"),
        "step": say("form.step"),
        "days_per_week": say("form.days_per_week"),
    }


def answers_of(practice: Practice, today: date) -> Answers:
    """The form of a practice as it is."""
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


def edit_typed(before: Answers, answers: Answers) -> Edit:
    """Only what was typed anew; amounts left as they were fit themselves to another unit.

    Raises WrongInput."""
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


def added(diary: Diary, answers: Answers) -> Kept:
    """Adds the practice that was typed; what is empty is chosen to fit. Raises WrongInput."""
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
