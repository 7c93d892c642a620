"""The gentle question above a note: one of the person's own, or of calmtrack's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.catalogue import shipped_id
from tracker.diary import validation
from tracker.diary.diary_base import DiaryBase
from tracker.diary.own_lines import change_own_lines, own_lines
from tracker.errors import InputError
from tracker.i18n.date_format import about_that_day
from tracker.i18n.messages import N_, _, language
from tracker.models import CALM_ID, LOW_SCORE, Practice, State

HIGH = 8
"""The lowest calm score, 0 to 10, after which the question can be what was good about the day."""

QUESTIONS = "prompts"
"""The app_state key of the person's own questions, and the kind of the undo step that changes
them."""

# At most 50 cells in every language: one line of a dialog in a terminal of 60 columns.

BY_PRACTICE = {
    "hug": N_("Who was in your arms today?"),
    "laughter": N_("What made you laugh?"),
    "nature-walk": N_("What did you see or hear outside?"),
    "gratitude": N_("What are you thankful for today?"),
    "good-talk": N_("What stayed with you from today's talk?"),
    "safe-moment": N_("Where did you feel safe?"),
    "joy": N_("What was your small joy today?"),
    "softening": N_("Which part of your body relaxed?"),
    "bare-feet": N_("What did the ground feel like under your feet?"),
    "leaning": N_("Who was there for you?"),
}
"""The question for a practice's note, and for the evening's note on a day with the practice."""

BY_MOOD = {
    "any": (
        N_("What would you like to remember of today?"),
        N_("Who did you meet today?"),
        N_("What was different today?"),
        N_("What did you see, hear or smell today?"),
        N_("What was on your mind today?"),
    ),
    "high": (
        N_("What was good about today?"),
        N_("What helped today?"),
    ),
    "low": (
        N_("What would do you good now?"),
        N_("What was hard? A few words are enough."),
        N_("Who could you tell about today?"),
    ),
}

FOR_REST_DAY = N_("Why a rest day?")
"""The question for the note of a rest day, which is its reason."""

ON_EARLIER_DAYS = {
    "What would do you good now?": N_("What would have done you good that day?"),
    "What are you thankful for today?": N_("What were you thankful for that day?"),
}
"""What is asked on an earlier day in place of a question in the present tense. In the others, the
word for today is replaced."""


class Prompts:
    """Reads and changes the person's questions, and chooses the one for a note."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def own(self) -> tuple[str, ...]:
        """The questions that the person wrote; empty by default."""
        return own_lines(self._diary, QUESTIONS)

    def add(self, texts: Sequence[str]) -> bool:
        """Adds questions, as one undo step; a question that exists isn't added again. Returns
        False where all of them existed. Raises InputError."""
        checked = _validated(texts)
        return change_own_lines(self._diary, QUESTIONS, lambda own: _validated((*own, *checked)))

    def replace(self, texts: Sequence[str]) -> bool:
        """Replaces the person's questions, as one undo step; without any, calmtrack's are asked
        again. Returns False where they were the same before. Raises InputError."""
        checked = _validated(texts)
        return change_own_lines(self._diary, QUESTIONS, lambda _: checked)

    def remove(self, number: int) -> str:
        """Removes one of the person's questions by its number, from 1; returns it. Raises
        InputError for a number that none has."""
        questions = self.own()
        if not 1 <= number <= len(questions):
            raise InputError(
                _(
                    'No question has the number {number}. Run "calmtrack prompts" to see yours.'
                ).format(number=number)
            )
        removed = questions[number - 1]
        change_own_lines(self._diary, QUESTIONS, lambda own: [one for one in own if one != removed])
        return removed

    def for_note(self, subject: str, day: date, *, scores_hidden: bool = False) -> str:
        """The question for the note of a practice, or of the evening for `calm`.

        That of a rest day is its reason, which no other question asks for.
        The person's own questions alternate from day to day. Without any, a practice has its own
        question, and an evening one of those that fit what was logged on it. Where scores are
        hidden, the question doesn't depend on them. calmtrack's own questions ask about that day
        where it isn't today.
        """
        if subject != CALM_ID and self._is_rest_day(subject, day):
            return _(FOR_REST_DAY)
        if own := self.own():
            return _prompt_of_day(own, day)
        prompt = self._built_in(subject, day, scores_hidden=scores_hidden)
        return _(prompt) if day == self._diary.today() else on_earlier_day(prompt)

    def _is_rest_day(self, practice_id: str, day: date) -> bool:
        return any(
            row.practice.id == practice_id and row.state is State.REST
            for row in self._diary.day(day).practices
        )

    def _built_in(self, subject: str, day: date, *, scores_hidden: bool) -> str:
        """The question of calmtrack's, in English."""
        if subject != CALM_ID:
            practices = self._diary.rows().practices
            fitting = _questions_of(one for one in practices if one.id == subject)
            return _prompt_of_day(fitting or BY_MOOD["any"], day)
        view = self._diary.day(day)
        moods = _moods_of(None if scores_hidden else view.calm)
        done = (row.practice for row in view.practices if row.state is State.DONE)
        lived = [] if "low" in moods else _questions_of(done)
        fitting = [*lived, *(question for mood in moods for question in BY_MOOD[mood])]
        return _prompt_of_day(fitting, day)


def _validated(texts: Sequence[str]) -> tuple[str, ...]:
    return validation.own_lines(
        texts,
        invalid=_("A question must be one line of 1 to {longest} characters."),
        too_many=_(
            "You can have at most {most} questions. Remove one with: calmtrack prompts remove N"
        ),
    )


def on_earlier_day(prompt: str) -> str:
    """A question of calmtrack's, in English, as it is asked on an earlier day."""
    return about_that_day(_(ON_EARLIER_DAYS.get(prompt, prompt)), language())


def _questions_of(practices: Iterable[Practice]) -> list[str]:
    """The questions of those practices that are shipped ones."""
    ids = map(shipped_id, practices)
    return [BY_PRACTICE[one] for one in ids if one in BY_PRACTICE]


def _prompt_of_day(prompts: Sequence[str], day: date) -> str:
    """One of at least one prompts: they alternate from day to day."""
    return prompts[day.toordinal() % len(prompts)]


def _moods_of(score: int | None) -> tuple[str, ...]:
    """The keys of BY_MOOD that fit a calm score, 0 to 10; `any` alone before the rating, which the
    question must not influence."""
    if score is not None and score <= LOW_SCORE:
        return ("low",)
    return ("any", "high") if score is not None and score >= HIGH else ("any",)
