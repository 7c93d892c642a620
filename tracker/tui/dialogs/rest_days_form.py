"""The form that plans rest days over a range: a holiday, an illness."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n.messages import say
from tracker.models import Practice, RestResult
from tracker.render.change_text import rested_lines
from tracker.sanitize import sanitize_line
from tracker.tui.dialogs.form_dialog import Answers, FormDialog

if TYPE_CHECKING:
    from tracker.diary.diary import Diary


class RestDaysForm(FormDialog[str | None]):
    """Returns a sentence about the rest days that were set."""

    def __init__(self, day: date, practice: Practice | None) -> None:
        """`day` and `practice` are the cursor's; no practice proposes all."""
        self._practice = practice
        labels = {
            "practices": say("rest.practices"),
            "first": say("rest.first"),
            "last": say("rest.last"),
            "note": say("rest.note"),
        }
        answers = {
            "practices": say("rest.all") if practice is None else sanitize_line(practice.name),
            "first": day.isoformat(),
            "last": day.isoformat(),
            "note": "",
        }
        super().__init__(say("rest.title"), labels, answers, say("rest.told"))

    def submit(self, answers: Answers) -> None:
        proposed = self._practice
        self.calmtrack.diary_worker.submit(
            lambda diary: _set_rest_days(diary, answers, proposed),
            lambda sentence: self.finish(sentence, sentence),
            self.show_error,
        )


def _set_rest_days(diary: Diary, answers: Answers, proposed: Practice | None) -> str:
    """Parses the answers and sets the days. Raises InputError."""
    from tracker.diary.validation import day_named, last_day_named

    today = diary.today()
    first = day_named(answers["first"], today, ahead=True)
    last = last_day_named(answers["last"] or answers["first"], first, today)
    names = answers["practices"].strip()
    if names.casefold() == say("rest.all"):
        ids = tuple(row.practice.id for row in diary.day(first).practices)
    elif proposed is not None and names == sanitize_line(proposed.name).strip():
        # Left as it was proposed: not split, for a name can have a comma in it.
        ids = (proposed.id,)
    else:
        ids = tuple(diary.practices.find(name.strip()).id for name in names.split(","))
    result = diary.rest(ids, first, last, note=answers["note"] or None)
    return _sentence(result, first, last)


def _sentence(result: RestResult, first: date, last: date) -> str:
    days_set, *skipped = rested_lines(result, first, last)
    if len(skipped) > 1:
        skipped = [say("rest.some_skipped", count=len(skipped))]
    return " ".join([days_set, *skipped])
