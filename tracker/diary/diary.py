"""The diary: every question and every change goes through this one door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker import clock
from tracker.diary import day_view, entry_edits, streak_refresh, validation
from tracker.diary.diary_reader import DiaryReader
from tracker.diary.setup import initialise
from tracker.diary.streak_figures import settings_of
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.models import CALM_ID, Entry, EntryState, Evening, Practice, RestResult, UndoStep
from tracker.rules.days import day_of, days_between
from tracker.store import undo_log
from tracker.store.writer import Writer


class Diary(DiaryReader):
    """A person's diary at a place: its questions, and every change of it.

    The first change begins it. Every method raises Trouble, or WrongInput for what was asked
    wrongly, with one sentence, and then has changed nothing.
    """

    changed = False
    """Whether something was written through this door: then a day's first backup is due."""

    def begin(self, practice_ids: tuple[str, ...] | None = None) -> None:
        """Begins the diary with these shipped practices; without any named, the usual ones.

        A diary that has begun is left as it is.
        """
        self.store.begin()
        with self.store.writing(self._at()) as writer:
            initialise(writer, self._today_in(writer), practice_ids)

    def press(self, practice_id: str, day: date | None = None) -> Entry:
        """One press of a practice's key."""
        return self._amend(
            "log",
            practice_id,
            day,
            lambda e, p, at: entry_edits.set_amount(e, entry_edits.amount_after_press(e, p), at),
        )

    def less(self, practice_id: str, day: date | None = None) -> Entry:
        """One step less; from not logged, an explicit no."""
        return self._amend(
            "log",
            practice_id,
            day,
            lambda e, p, at: entry_edits.set_amount(
                e, entry_edits.amount_after_decrement(e, p), at
            ),
        )

    def log(
        self,
        practice_id: str,
        day: date | None = None,
        *,
        amount: int | None = None,
        more: int | None = None,
        note: str | None = None,
    ) -> Entry:
        """Sets the day's amount, or adds `more` to it, or without both logs one press."""
        text = None if note is None else validation.note(note)

        def act(entry: Entry, practice: Practice, at: str) -> Entry:
            if amount is not None:
                to = validation.amount(amount)
            elif more is not None:
                to = validation.amount((entry.amount or 0) + validation.amount(more))
            else:
                pressed = entry_edits.amount_after_press(entry, practice)
                to = practice.goal_on(entry.day).amount if pressed is None else pressed
            logged = entry_edits.set_amount(entry, to, at)
            return logged if text is None else entry_edits.set_note(logged, text)

        return self._amend("log", practice_id, day, act)

    def write_note(self, practice_id: str, text: str, day: date | None = None) -> None:
        """Sets the note of a practice's day, or of the evening for `calm`; empty takes it away."""
        note = validation.note(text)
        if practice_id == CALM_ID:
            self._amend_evening("note", day, lambda e, _: Evening(e.day, e.calm, note, e.logged_at))
        else:
            self._amend("note", practice_id, day, lambda e, _, __: entry_edits.set_note(e, note))

    def rate(
        self,
        score: int,
        day: date | None = None,
        *,
        note: str | None = None,
        joins: int | None = None,
    ) -> int | None:
        """Sets how calm a day was, 0 to 10; returns the number of its undo step, if any.

        `joins` is the number of the step just made: when it is still the newest and this
        evening's, the new score takes its place in that step (a 1 that becomes a 10).
        """
        calm = validation.score(score)
        text = None if note is None else validation.note(note)

        def act(evening: Evening, at: str) -> Evening:
            # The same score again is no news: it must not become a late one.
            when = evening.logged_at if evening.calm == calm else at
            return Evening(evening.day, calm, evening.note if text is None else text, when)

        return self._amend_evening("rate", day, act, joins)

    def clear(self, practice_id: str, day: date | None = None) -> None:
        """Takes away what was logged or rated on a day; its note stays."""
        if practice_id == CALM_ID:
            self._amend_evening("clear", day, lambda e, _: Evening(e.day, None, e.note, None))
        else:
            self._amend(
                "clear", practice_id, day, lambda e, _, at: entry_edits.set_amount(e, None, at)
            )

    def toggle_rest(self, practice_id: str, day: date | None = None) -> Entry:
        """Declares a day off, or takes that back; also for a day to come."""

        def act(entry: Entry, _: Practice, at: str) -> Entry:
            if entry.state is EntryState.REST:
                return entry_edits.not_resting(entry, at)
            return entry_edits.resting(entry, at)

        return self._amend("rest", practice_id, day, act, ahead=True)

    def rest(
        self,
        practice_ids: tuple[str, ...],
        first: date,
        last: date,
        *,
        note: str | None = None,
        off: bool = False,
    ) -> RestResult:
        """Declares every day from `first` to `last` off, or takes that back with `off`.

        Days already logged are left as they are and counted.
        """
        validation.day_for_rest(first)
        validation.day_for_rest(last)
        if last < first or (last - first).days > 366:
            raise InputError(say("check.rest_span"))
        text = None if note is None else validation.note(note)
        at = clock.utc_seconds(self._now())
        put: list[Entry] = []
        skipped: list[tuple[str, date]] = []

        def act(writer: Writer) -> None:
            for practice_id in dict.fromkeys(practice_ids):
                practice = self._known(writer, practice_id)
                for day in days_between(first, last):
                    old = writer.entry(practice_id, day) or entry_edits.blank(practice_id, day)
                    if off and old.state is EntryState.REST:
                        put.append(entry_edits.not_resting(old, at))
                    elif not off and old.state is not EntryState.REST and old.amount is None:
                        resting = entry_edits.resting(old, at)
                        put.append(resting if text is None else entry_edits.set_note(resting, text))
                    elif not off and old.state is not EntryState.REST:
                        skipped.append((practice.name, day))
            writer.put_entries(put)

        self._write("rest", "", act)
        return RestResult(len(put), tuple(skipped))

    def undo(self) -> UndoStep | None:
        """Takes back the newest step, whoever made it; None when there is none."""
        return self._swap(undo_log.undo)

    def redo(self) -> UndoStep | None:
        """Does again what was taken back last; None when there is nothing."""
        return self._swap(undo_log.redo)

    def change(self, what: str, subject: str, act: Callable[[Writer], object]) -> int | None:
        """A step of several rows, written by `act` in one transaction: an import, an edit."""
        return self._write(what, subject, act)

    def remember(self, key: str, renewed: Callable[[Any], Any]) -> None:
        """Keeps under a key what `renewed` makes of what was kept there, None where nothing was.

        It is no step of undo. A diary that has not begun remembers nothing.
        """
        if not self.store.begun():
            return
        with self.store.writing(self._at()) as writer:
            writer.remember(key, renewed(writer.kept().get(key)))

    def fold_anew(self) -> None:
        """Works out every kept streak figure anew from the entries."""
        with self.store.writing(self._at()) as writer:
            writer.drop_folds(practice.id for practice in writer.practices())
            streak_refresh.refresh(writer, self._today_in(writer))

    # How a change is written

    def _amend(
        self,
        what: str,
        practice_id: str,
        day: date | None,
        act: Callable[[Entry, Practice, str], Entry],
        *,
        ahead: bool = False,
    ) -> Entry:
        at = clock.utc_seconds(self._now())
        made: list[Entry] = []

        def write(writer: Writer) -> None:
            practice = self._known(writer, practice_id)
            today = self._today_in(writer)
            chosen = day or today
            chosen = (
                validation.day_for_rest(chosen) if ahead else validation.day_that_was(chosen, today)
            )
            old = writer.entry(practice_id, chosen) or entry_edits.blank(practice_id, chosen)
            new = act(old, practice, at)
            validation.amount(new.amount or 0)
            writer.put_entries([new])
            made.append(new)

        self._write(what, practice_id, write)
        return made[0]

    def _amend_evening(
        self,
        what: str,
        day: date | None,
        act: Callable[[Evening, str], Evening],
        joins: int | None = None,
    ) -> int | None:
        at = clock.utc_seconds(self._now())

        def write(writer: Writer) -> None:
            today = self._today_in(writer)
            chosen = validation.day_that_was(day or today, today)
            old = writer.evening(chosen) or Evening(chosen, None, "", None)
            writer.put_evenings([act(old, at)])

        return self._write(what, CALM_ID, write, joins)

    def _write(
        self,
        what: str,
        subject: str,
        act: Callable[[Writer], object],
        joins: int | None = None,
    ) -> int | None:
        self.store.begin()
        with self.store.writing(self._at()) as writer:
            today = self._today_in(writer)
            initialise(writer, today, None)
            act(writer)
            streak_refresh.refresh(writer, today)
            if joins is not None and undo_log.can_amend(writer, joins):
                step: int | None = joins
            else:
                step = undo_log.record(writer, f"{what} {subject}")
        self.changed = self.changed or step is not None
        return step

    def _swap(self, turn: Callable[[Writer], UndoStep | None]) -> UndoStep | None:
        if not self.store.begun():
            return None
        with self.store.writing(self._at()) as writer:
            step = turn(writer)
            streak_refresh.refresh(writer, self._today_in(writer))
        self.changed = self.changed or step is not None
        return step

    def _at(self) -> str:
        return clock.utc_micros(self._now())

    def _today_in(self, writer: Writer) -> date:
        return day_of(self._now(), settings_of(writer.kept()).day_turns_at)

    def _known(self, writer: Writer, practice_id: str) -> Practice:
        found = day_view.practice_by_id(writer.practices(), practice_id)
        if found is None:
            raise InputError(say("practice.unknown", text=practice_id))
        return found
