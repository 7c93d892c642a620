"""The person's own lines for heavy days, and the gentle line after a rating. INSIGHTS 6."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.diary import validation
from tracker.diary.day_view import checked_in
from tracker.diary.diary import Diary
from tracker.diary.diary_reader import DiaryReader
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.rules import gentle_message
from tracker.sanitize import sanitize_line

LINES = "support"
"""Where the diary keeps the person's own lines."""

SHOWN_ON, MUTED = "gentle_shown_on", "gentle_muted"
"""Where it keeps the day the gentle line was said last, and whether it is muted."""

MOST_LINES, LONGEST_LINE = 20, 200


def own_lines(diary: DiaryReader) -> tuple[str, ...]:
    """The lines that the person wrote; none until they did."""
    return tuple(diary.rows().kept.get(LINES, ()))


def support_lines(diary: DiaryReader) -> tuple[str, ...]:
    """The person's own lines, or the gentle ones that calmtrack has."""
    return own_lines(diary) or (
        say("support.not_alone"),
        say("support.whom"),
        say("support.emergency"),
    )


def set_lines(diary: Diary, lines: Sequence[str]) -> None:
    """Puts these lines in the place of those before; none brings back calmtrack's own.

    A step that can be undone. Raises WrongInput.
    """
    kept = [_line(text) for text in lines]
    if len(kept) > MOST_LINES:
        raise InputError(say("support.too_many", most=MOST_LINES))
    diary.change("support", "", lambda writer: writer.put_kept(LINES, kept))


def gentle_line(diary: Diary, rated: date) -> str:
    """What is said once the rating of a day is saved: the gentle line where it is due, which is
    remembered, or nothing.

    Only of today and yesterday: who fills in last month is not asked how they are.
    """
    today = diary.today()
    if not today - timedelta(days=1) <= rated <= today or not _is_due(diary, rated, today):
        return ""
    diary.remember(SHOWN_ON, lambda _: today.isoformat())
    return say("support.heavy")


def mute(diary: Diary, *, is_muted: bool) -> None:
    """Has the gentle line never said again, or takes that back."""
    diary.begin()
    diary.remember(MUTED, lambda _: is_muted)


def _is_due(diary: Diary, rated: date, today: date) -> bool:
    with diary.everything(rated - timedelta(days=gentle_message.WITHIN), rated) as (
        rows,
        _,
        evenings,
    ):
        shown = rows.kept.get(SHOWN_ON)
        shown_on = None if shown is None else date.fromisoformat(shown)
        if not gentle_message.may_be_said(today, shown_on, is_muted=rows.kept.get(MUTED, False)):
            return False
        ratings = [(e.day, e.calm) for e in evenings if e.calm is not None and checked_in(e)]
    return gentle_message.looks_heavy(rated, ratings)


def _line(text: str) -> str:
    line = validation.note(text).strip()
    if not line or len(line) > LONGEST_LINE or sanitize_line(line, LONGEST_LINE) != line:
        raise InputError(say("support.line", longest=LONGEST_LINE))
    return line
