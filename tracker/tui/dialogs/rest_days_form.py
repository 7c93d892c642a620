"""Days off over some time: a holiday, an illness."""

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


class RestForm(FormDialog[str | None]):
    """Comes back with the sentence for what was declared."""

    def __init__(self, day: date, practice: Practice | None) -> None:
        """`day` is the one the cursor is on, and `practice` its row, if any."""
        self._practice = practice
        labels = {
            "practices": say("rest.practices"),
            "first": say("rest.first"),
            "last": say("rest.last"),
            "note": say("rest.note"),
        }
        which = say("rest.all") if practice is None else sanitize_line(practice.name)
        answers = {
            "practices": which,
            "first": day.isoformat(),
            "last": day.isoformat(),
            "note": "",
        }
        super().__init__(say("rest.title"), labels, answers, say("rest.told"))

    def submit(self, answers: Answers) -> None:
        """Declares them."""
        one = self._practice
        self.calmtrack.desk.ask(
            lambda diary: _rested(diary, answers, one),
            lambda sentence: self.come_back(sentence, sentence),
            self.refuse,
        )


def _rested(diary: Diary, answers: Answers, one: Practice | None) -> str:
    from tracker.diary.validation import day_named, last_day_named

    today = diary.today()
    first = day_named(answers["first"], today, ahead=True)
    last = last_day_named(answers["last"] or answers["first"], first, today)
    which = answers["practices"].strip()
    if which.casefold() == say("rest.all"):
        ids = tuple(row.practice.id for row in diary.day(first).practices)
    elif one is not None and which == sanitize_line(one.name).strip():
        # As it stood there already; a name can have a comma in it.
        ids = (one.id,)
    else:
        ids = tuple(diary.practices.find(name.strip()).id for name in which.split(","))
    rested = diary.rest(ids, first, last, note=answers["note"] or None)
    return _sentence(rested, first, last)


def _sentence(rested: RestResult, first: date, last: date) -> str:
    declared, *skipped = rested_lines(rested, first, last)
    if len(skipped) > 1:
        skipped = [say("rest.some_skipped", count=len(skipped))]
    return " ".join([declared, *skipped])
