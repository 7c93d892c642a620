"""Writes a diary: one transaction for a change, its undo step and the streak cache."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker import clock
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.setup import add_demo_year, initialise
from tracker.diary.streak_figures import refresh_streak_cache, settings_of
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import _
from tracker.models import RESTORE, ConflictRecord, UndoStep
from tracker.rules.days import day_of
from tracker.store import undo_log
from tracker.store.writer import Writer

COIN_MONTHS = "coin_months"
"""The app_state key of the coin-flip months, oldest first."""


class DiaryWriter(DiaryReader):
    """Adds transactions to DiaryReader. A refused change raises CalmtrackError, or InputError
    for invalid input, with one sentence, and then nothing was written."""

    changes = 0
    """How many steps this object wrote, undid or redid."""

    @property
    def changed(self) -> bool:
        """Whether this object wrote anything: then the first backup of the day is due."""
        return self.changes > 0

    def create(self, practice_ids: tuple[str, ...] | None = None) -> None:
        """Creates the diary with these shipped practices, or with the default ones; an existing
        diary stays as it is."""
        self.store.create()
        with self.store.writing(self._at()) as writer:
            initialise(writer, self._today_in(writer), practice_ids)

    def create_demo(self) -> None:
        """Creates the diary with the demo's year, which is not an undo step; an existing diary
        stays as it is."""
        self.store.create()
        with self.store.writing(self._at()) as writer:
            if "begun_on" in writer.app_state():
                return
            today = self._today_in(writer)
            add_demo_year(writer, today, self._now())
            refresh_streak_cache(writer, today)

    def undo(self, only: str | None = None) -> UndoStep | None:
        """Undoes the newest step, whichever process made it; None without one. `only` is the kind
        of step (`UndoStep.what`) that is undone; another one stays, and None is returned.

        Raises CalmtrackError for a step that would change a coin-flip month that is over: whoever
        has read a result could otherwise go on until they like it. Raises InputError where a backup
        was restored last, which undo can't take back; the next call undoes the step before.
        """
        return self._swap(lambda writer: undo_log.undo(writer, only))

    def redo(self, only: str | None = None) -> UndoStep | None:
        """Redoes the step undone last; None without one, or where it isn't of the kind `only`."""
        return self._swap(lambda writer: undo_log.redo(writer, only))

    def undo_steps(self, most: int) -> list[UndoStep]:
        """The newest steps that `undo` would take back, newest first."""
        if not self.store.exists():
            return []
        with self.store.reading() as reader:
            return undo_log.newest_steps(reader, most)

    def bring_back(self, number: int) -> tuple[ConflictRecord, bool]:
        """Saves the row of a conflict record as a new undo step; returns the record, and whether
        anything changed. The record stays. Raises InputError for an unknown number."""
        record = next((one for one in self.conflict_records() if one.number == number), None)
        if record is None:
            raise InputError(
                _('There\'s no record {number}. Run "calmtrack undo --list" to see them.').format(
                    number=number
                )
            )
        step = self.change(
            "record", record.key, lambda writer: undo_log.save_record(writer, record)
        )
        return record, step is not None

    def conflict_records(self) -> list[ConflictRecord]:
        """The rows that lost a conflict in an import or merge, newest first."""
        if not self.store.exists():
            return []
        with self.store.reading() as reader:
            return undo_log.conflict_records(reader)

    def change(
        self,
        what: str,
        subject: str,
        act: Callable[[Writer], object],
        joins: int | None = None,
    ) -> int | None:
        """Runs `act` in one transaction and records its rows as one undo step, or amends the step
        numbered `joins` where that is still the newest. Returns the step's number, or None where
        nothing changed."""
        self.store.create()
        with self.store.writing(self._at()) as writer:
            today = self._today_in(writer)
            initialise(writer, today, None)
            writer.correct_days_ahead(today)
            act(writer)
            refresh_streak_cache(writer, today)
            if joins is not None and undo_log.can_amend(writer, joins):
                step: int | None = joins
            else:
                step = undo_log.record(writer, f"{what} {subject}")
        self.changes += step is not None
        return step

    def remember(self, key: str, renewed: Callable[[Any], Any]) -> None:
        """Replaces the app state under a key by the result of `renewed` on it; None without any.

        It is not an undo step. A diary that does not exist yet is not created.
        """
        if not self.store.exists():
            return
        with self.store.writing(self._at()) as writer:
            writer.remember(key, renewed(writer.app_state().get(key)))

    def rebuild_streak_cache(self) -> None:
        """Rebuilds the streak cache from the entries."""
        with self.store.writing(self._at()) as writer:
            writer.drop_cached_streaks(practice.id for practice in writer.practices())
            refresh_streak_cache(writer, self._today_in(writer))

    def repair_rows(self) -> int:
        """Repairs or deletes the rows of `bad_rows`, which is not an undo step; returns their
        number."""
        from tracker.store.row_check import repair_rows

        with self.store.writing(self._at()) as writer:
            today = self._today_in(writer)
            count = repair_rows(writer.connection.core, today)
        self.rebuild_streak_cache()
        return count

    def _swap(self, move: Callable[[Writer], UndoStep | None]) -> UndoStep | None:
        """Runs `move`, an undo or redo, in one transaction."""
        if not self.store.exists():
            return None
        with self.store.writing(self._at()) as writer:
            before = writer.app_state().get(COIN_MONTHS, [])
            step = move(writer)
            today = self._today_in(writer)
            if step is not None and step.what == "coin":
                _check_finished_months(before, writer.app_state().get(COIN_MONTHS, []), today)
            refresh_streak_cache(writer, today)
        if step is not None and step.what == RESTORE:
            raise self._restored_error(step.subject)
        self.changes += step is not None
        return step

    def _restored_error(self, replaced: str) -> InputError:
        """The error for undoing a restore; `replaced` is the name of the copy set aside."""
        import shlex

        from tracker.store.backups import quarantine_folder

        path = quarantine_folder(self.location) / replaced
        if path.is_file():
            message = _(
                "The last change was restoring a backup. To bring back the diary from before, run "
                '"calmtrack restore {path}".'
            ).format(path=shlex.quote(str(path)))
        else:
            message = _(
                "The last change was restoring a backup. The diary from before isn't at {path} "
                "anymore."
            ).format(path=path)
        return InputError(
            message + " " + _("To undo the change before it, undo once more."),
            in_app=message + " " + _("Press u again to undo the change before it."),
        )

    def _at(self) -> str:
        return clock.utc_micros(self._now())

    def _today_in(self, writer: Writer) -> date:
        return day_of(self._now(), settings_of(writer.app_state()).day_turns_at)


def _check_finished_months(
    before: list[dict[str, Any]], after: list[dict[str, Any]], today: date
) -> None:
    """Raises CalmtrackError where a coin-flip month that ended before today would change."""
    finished = [month for month in before if date.fromisoformat(month["last"]) < today]
    if any(month not in after for month in finished):
        raise CalmtrackError(
            _(
                "That coin-flip month is over, so undo and redo leave it as it is. You can start a "
                "new one."
            )
        )
