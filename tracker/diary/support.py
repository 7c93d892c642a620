"""The support lines for heavy days, and the gentle message after a rating."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.diary import validation
from tracker.diary.day_view import timely_ratings
from tracker.diary.diary_base import DiaryBase
from tracker.diary.own_lines import change_own_lines, own_lines
from tracker.i18n.messages import _
from tracker.rules import calm

LINES = "support"
"""The app_state key of the person's own lines, and the kind of the undo step that changes them."""

SHOWN_ON, MUTED = "gentle_shown_on", "gentle_muted"
"""The app_state keys of the day on which the gentle message was last shown, and of whether it is
muted."""


class Support:
    """Reads and changes the support lines, and decides when the gentle message is due."""

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def own_lines(self) -> tuple[str, ...]:
        """The lines that the person wrote; empty by default."""
        return own_lines(self._diary, LINES)

    def lines(self) -> tuple[str, ...]:
        """The person's own lines, or else calmtrack's."""
        return self.own_lines() or (
            _("You don't have to carry a hard day alone."),
            _(
                "A friend, someone in your family, your doctor or a local helpline: talking "
                "to one of them can help."
            ),
            _("If you're in danger now, please call your local emergency number."),
        )

    def add_lines(self, lines: Sequence[str]) -> bool:
        """Adds to the person's lines, as one undo step; a line that exists isn't added again.
        Returns False where all of them existed. Raises InputError."""
        checked = _validated(lines)
        return change_own_lines(self._diary, LINES, lambda own: _validated((*own, *checked)))

    def set_lines(self, lines: Sequence[str]) -> bool:
        """Replaces the person's lines, as one undo step; an empty list restores calmtrack's.
        Returns False where they were the same before. Raises InputError."""
        checked = _validated(lines)
        return change_own_lines(self._diary, LINES, lambda _: checked)

    def gentle_message(self, rated: date) -> str:
        """The gentle message where it is due after rating a day, else "". Stores that it was shown.

        It is due only for today and yesterday, not for older days filled in later.
        """
        today = self._diary.today()
        if not today - timedelta(days=1) <= rated <= today or not self._is_due(rated, today):
            return ""
        self._diary.remember(SHOWN_ON, lambda _: today.isoformat())
        return _(
            "The last two weeks look heavy. You don't have to carry that alone. Would it help to "
            "talk to someone: a friend, your doctor, a local helpline?"
        )

    def mute(self, *, is_muted: bool) -> None:
        """Mutes the gentle message for good, or unmutes it."""
        self._diary.create()
        self._diary.remember(MUTED, lambda _: is_muted)

    def is_muted(self) -> bool:
        """Whether the gentle message is muted."""
        return bool(self._diary.rows().kept.get(MUTED, False))

    def _is_due(self, rated: date, today: date) -> bool:
        first = rated - timedelta(days=calm.WITHIN)
        rows = self._diary.range_rows(first, rated)
        shown = rows.kept.get(SHOWN_ON)
        shown_on = None if shown is None else date.fromisoformat(shown)
        is_muted = rows.kept.get(MUTED, False)
        if not calm.may_show_gentle_message(today, shown_on, is_muted=is_muted):
            return False
        return calm.is_heavy(rated, timely_ratings(rows))


def _validated(lines: Sequence[str]) -> tuple[str, ...]:
    return validation.own_lines(
        lines,
        invalid=_("A support message must be one line of 1 to {longest} characters."),
        too_many=_("You can have at most {most} support messages."),
    )
