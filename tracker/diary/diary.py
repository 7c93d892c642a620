"""The diary: the one service that screens, commands, importers and exporters use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tracker import clock
from tracker.diary import day_view, validation
from tracker.diary.diary_base import DiaryBase
from tracker.diary.practice_lookup import known_practice
from tracker.errors import InputError, NoteChanged
from tracker.i18n.messages import _
from tracker.models import (
    ANNOUNCED_DAYS,
    CALM_ID,
    COIN_MONTHS,
    COIN_RESULT_READ,
    DayView,
    Entry,
    EntryChange,
    EntryState,
    Evening,
    Practice,
    Rating,
    RestResult,
    settings_of,
)
from tracker.rules.day_states import is_late
from tracker.rules.days import days_between
from tracker.store import undo_log
from tracker.store.writer import Writer

if TYPE_CHECKING:
    from tracker.diary.coin_months import Coin, CoinMonths
    from tracker.diary.insights import Insights
    from tracker.diary.journal import Journal
    from tracker.diary.maintenance import Maintenance
    from tracker.diary.notes import Notes
    from tracker.diary.practices import Practices
    from tracker.diary.prompts import Prompts
    from tracker.diary.support import Support
    from tracker.views import Period, RecapView


MAX_REST_DAYS = 366
"""The largest number of days between the first and the last of a range of rest days."""


class Diary(DiaryBase):
    """A person's diary at a location: its views, every change of an entry, and its parts.

    Every method raises CalmtrackError, or InputError for invalid input, with one sentence, and
    then has changed nothing.
    """

    # The parts are imported when they are first used: a key on Tonight needs none of them.

    @cached_property
    def practices(self) -> Practices:
        """The practices: list, find, add, edit, archive, restore, move, delete."""
        from tracker.diary.practices import Practices

        return Practices(self)

    @cached_property
    def maintenance(self) -> Maintenance:
        """Backups, restore, diagnosis and repair, forget and erase."""
        from tracker.diary.maintenance import Maintenance

        return Maintenance(self)

    @cached_property
    def insights(self) -> Insights:
        """The practices that go with calmer evenings."""
        from tracker.diary.insights import Insights

        return Insights(self)

    @cached_property
    def coin_month(self) -> CoinMonths:
        """The coin-flip month: begin, stop, status."""
        from tracker.diary.coin_months import CoinMonths

        return CoinMonths(self)

    @cached_property
    def notes(self) -> Notes:
        """The people named in notes, and the gratitude jar."""
        from tracker.diary.notes import Notes

        return Notes(self)

    @cached_property
    def journal(self) -> Journal:
        """Evenings with their notes, newest first, filtered and searched."""
        from tracker.diary.journal import Journal

        return Journal(self)

    @cached_property
    def prompts(self) -> Prompts:
        """The gentle question above a note."""
        from tracker.diary.prompts import Prompts

        return Prompts(self)

    @cached_property
    def support(self) -> Support:
        """The lines for heavy days, and the gentle message after a rating."""
        from tracker.diary.support import Support

        return Support(self)

    def coins(self) -> tuple[str, str]:
        """Today's and tomorrow's coin of a coin-flip month, a sentence each; "" without one."""
        today, tomorrow = self.coin_forms()
        return next(iter(today), ""), next(iter(tomorrow), "")

    def coin_of(self, view: DayView) -> str:
        """The coin beside today's entries: today's, and once the evening is rated tomorrow's; ""
        for another day."""
        if view.day != view.today:
            return ""
        today, tomorrow = self.coins()
        return today if view.calm is None else tomorrow

    def coin_stopped_by_archiving(self, practice_id: str) -> str:
        """That a practice's coin-flip month ends because it was archived today; "" without one."""
        if COIN_MONTHS not in self.rows().kept:
            return ""
        return self.coin_month.stopped_by_archiving(practice_id)

    def coin_resumed_by_restoring(self, practice_id: str) -> str:
        """That a practice's coin-flip month goes on because it was restored; "" without one."""
        if COIN_MONTHS not in self.rows().kept:
            return ""
        return self.coin_month.resumed_by_restoring(practice_id)

    def rest_days_without(self, practice_id: str) -> tuple[tuple[date, date], ...]:
        """The days from today on that are rest days of most other practices in the list, but not
        of this one: the first and the last of each run of days."""
        with self._session() as (reader, today, _settings):
            if reader is None:
                return ()
            others = {one.id for one in reader.practices() if one.archived_since(today) is None}
            resting: defaultdict[date, set[str]] = defaultdict(set)
            for one in reader.entries(today, today + timedelta(days=MAX_REST_DAYS)):
                if one.state is EntryState.REST:
                    resting[one.day].add(one.practice_id)
        others.discard(practice_id)
        runs: list[tuple[date, date]] = []
        for day, ids in sorted(resting.items()):
            if practice_id in ids or 2 * len(ids & others) <= len(others):
                continue
            if runs and day - runs[-1][1] == timedelta(days=1):
                runs[-1] = runs[-1][0], day
            else:
                runs.append((day, day))
        return tuple(runs)

    def coin_forms(self, *, scores_hidden: bool = False) -> tuple[Coin, Coin]:
        """Today's and tomorrow's coin of a coin-flip month, each in a sentence, then in shorter
        ones; empty without one. Where a month has ended and its result wasn't read, both say where
        that is, or, with `scores_hidden`, that it's hidden. Without such a month or one that runs,
        the module that assesses it isn't imported."""
        kept = self.rows().kept
        last = max((month["last"] for month in kept.get(COIN_MONTHS) or ()), default="")
        if not last or (last < self.today().isoformat() and last == kept.get(COIN_RESULT_READ)):
            return (), ()
        if date.fromisoformat(last) < self.today() - timedelta(days=ANNOUNCED_DAYS):
            return (), ()
        month = self.coin_month
        ending = month.forms_of_ending(scores_hidden=scores_hidden)
        return month.forms_of_today() or ending, month.forms_of_tomorrow() or ending

    def recap(self, period: Period | None = None, *, with_findings: bool = True) -> RecapView:
        """A month or a year on one page; this month without `period`. `with_findings` includes the
        insights, which take the longest to compute."""
        from tracker.diary.recap import findings_of, recap_view
        from tracker.views import Period

        today = self.today()
        chosen = period or Period(today.year, today.month)
        # Future days have planned rest days only, or what a wrong clock logged.
        last = min(chosen.last, today)
        rows = self.range_rows(chosen.first, last, evenings_from=chosen.shifted(-1).first)
        view = recap_view(rows, chosen, today, self._first_day(rows, today))
        if not with_findings or view.is_empty or chosen.first > today:
            return view
        return view._replace(findings=findings_of(self.insights.view(view.as_of)))

    # Settings

    def set_day_turns_at(self, turns_at: time) -> None:
        """Sets when a new day begins, 00:00 to 12:00 local time; logged days keep their dates."""
        turn = validation.turn_of_day(turns_at)
        self._set("day_turns_at", turn.isoformat("minutes"))

    def set_week_starts_on(self, weekday: int) -> None:
        """Sets the first day of the week, Monday = 0; past weeks are counted anew."""
        self._set("week_starts_on", weekday)

    # Entries

    def press(
        self, practice_id: str, day: date | None = None, *, shown: Practice | None = None
    ) -> EntryChange | None:
        """Logs one press of a practice's key; returns None where that changes nothing, as for a
        yes/no that is already done.

        `shown` is the practice as it was on the screen. Raises InputError where its name or letter
        has changed since: the key may have been meant for another practice.
        """

        def act(entry: Entry, practice: Practice, at: str) -> Entry:
            if shown is not None and (shown.name, shown.key) != (practice.name, practice.key):
                raise InputError(
                    _(
                        "{name} was just changed outside this window, so nothing was "
                        "logged. Check the practice's name and letter, then log it "
                        "again."
                    ).format(name=shown.name)
                )
            return set_amount(entry, amount_after_press(entry, practice), at)

        change = self._amend("log", practice_id, day, act)
        return None if change.now == change.before else change

    def less(self, practice_id: str, day: date | None = None) -> EntryChange:
        """Subtracts one step; from not logged, an explicit no."""
        return self._amend(
            "log",
            practice_id,
            day,
            lambda e, p, at: set_amount(e, amount_after_decrement(e, p), at),
        )

    def log(
        self,
        practice_id: str,
        day: date | None = None,
        *,
        amount: int | None = None,
        more: int | None = None,
        note: str | None = None,
    ) -> EntryChange:
        """Sets the day's amount, or adds `more` to it; with neither logs one press."""
        (change,) = self.log_all((practice_id,), day, amount=amount, more=more, note=note)
        return change

    def log_all(
        self,
        practice_ids: Sequence[str],
        day: date | None = None,
        *,
        amount: int | None = None,
        more: int | None = None,
        note: str | None = None,
        only_notes: Collection[str] = (),
    ) -> tuple[EntryChange, ...]:
        """Logs practices as `log` does, all of them or none, as one undo step; one that is given
        twice is pressed twice. Of those in `only_notes` only the note changes."""
        text = None if note is None else validation.note(note)
        presses = Counter(practice_ids)

        def act(entry: Entry, practice: Practice, at: str) -> Entry:
            if amount is not None:
                logged = set_amount(entry, validation.amount_of(practice, amount), at)
            elif more is not None:
                more_than_before = (entry.amount or 0) + validation.amount(more)
                logged = set_amount(entry, validation.amount_of(practice, more_than_before), at)
            else:
                logged = entry
                for _press in range(presses[practice.id]):
                    logged = set_amount(logged, amount_after_press(logged, practice), at)
            return logged if text is None else set_note(logged, text)

        def annotate(entry: Entry, _practice: Practice, _at: str) -> Entry:
            return entry if text is None else set_note(entry, text)

        acts = {one: annotate if one in only_notes else act for one in practice_ids}
        what = "note" if set(acts) <= set(only_notes) else "log"
        return self._amend_all(what, acts, day)

    def write_note(
        self,
        practice_id: str,
        text: str,
        day: date | None = None,
        *,
        over: str | None = None,
        is_draft: bool = False,
    ) -> bool:
        """Sets the note of a practice's day, or of the evening for `calm`; empty removes it.
        Returns whether it was another one before.

        `over` is the note that was shown when editing began. Raises NoteChanged where the stored
        note is neither that one nor the new one. `is_draft` is for a note that the person didn't
        save; its undo step says so.
        """
        note = validation.note(text)
        what = "draft" if is_draft else "note"

        def check(stored: str) -> None:
            if over is not None and stored not in (over, note):
                raise NoteChanged(
                    _("This note has changed since, so yours wasn't saved."),
                    stored,
                )

        def write_evening(evening: Evening, _at: str) -> Evening:
            check(evening.note)
            return Evening(evening.day, evening.calm, note, evening.logged_at)

        def write_entry(entry: Entry, _practice: Practice, _at: str) -> Entry:
            check(entry.note)
            return set_note(entry, note)

        if practice_id == CALM_ID:
            return self._amend_evening(what, day, write_evening) is not None
        before, now = self._amend(what, practice_id, day, write_entry)
        return before.note != now.note

    def rate(
        self,
        score: int,
        day: date | None = None,
        *,
        note: str | None = None,
        joins: Rating | None = None,
    ) -> Rating:
        """Sets how calm a day was, 0 to 10; returns what it replaced, and its undo step.

        `joins` is the rating just made: while its step is the newest and this evening's, the new
        score replaces the old one in that step (a 1 that becomes a 10), and a step that then
        changes nothing is removed. A score that is late, but that the evening once had in time,
        gets that time back: it corrects a slip.
        """
        calm = validation.score(score)
        in_time = self._scores_in_time(day)
        text = None if note is None else validation.note(note)
        evenings: list[tuple[Evening, Evening]] = []

        def act(evening: Evening, at: str) -> Evening:
            now = _rated(evening, calm, in_time.get(calm, at))
            if joins is not None and evening == joins.now and joins.before.calm == calm:
                now = joins.before
            if text is not None:
                now = Evening(now.day, now.calm, text, now.logged_at)
            evenings.append((evening, now))
            return now

        step = self._amend_evening("rate", day, act, None if joins is None else joins.step)
        before, now = evenings[-1]
        if joins is not None and (step == joins.step or now == joins.before):
            before = joins.before
        return Rating(before, now, step)

    def _scores_in_time(self, day: date | None) -> dict[int, str | None]:
        """The scores that an evening has had in time, each with its time; empty where a rating made
        now would be in time, too."""
        if day is None or not is_late(day, clock.utc_seconds(self._now())):
            return {}
        return self.read(lambda reader: undo_log.scores_in_time(reader, day), {})

    def clear(self, practice_id: str, day: date | None = None) -> EntryChange | None:
        """Clears an amount, or for `calm` a rating, and then returns None; the note stays, but that
        of a rest day ends with it."""
        if practice_id == CALM_ID:
            self._amend_evening("clear", day, lambda e, _: Evening(e.day, None, e.note, None))
            return None
        (change,) = self.clear_all([practice_id], day)
        return change

    def clear_all(
        self, practice_ids: Sequence[str], day: date | None = None
    ) -> tuple[EntryChange, ...]:
        """Clears practices as `clear` does, all of them or none, as one undo step."""

        def act(entry: Entry, _: Practice, at: str) -> Entry:
            return set_amount(entry, None, at)

        return self._amend_all("clear", dict.fromkeys(practice_ids, act), day)

    def toggle_rest_day(self, practice_id: str, day: date | None = None) -> EntryChange:
        """Sets or removes a rest day; also on a future day."""

        def act(entry: Entry, _: Practice, at: str) -> Entry:
            if entry.state is EntryState.REST:
                return not_resting(entry, at)
            return resting(entry, at)

        return self._amend("rest", practice_id, day, act, ahead=True)

    def rest(
        self,
        practice_ids: tuple[str, ...] | None,
        first: date,
        last: date,
        *,
        note: str | None = None,
        off: bool = False,
    ) -> RestResult:
        """Sets a rest day on every day from `first` to `last`, or removes them with `off`.

        Days already logged are skipped and listed in the result. A note, if one is given, is for
        rest days without one, and in place of another reason; one that is about the day stays, and
        is listed: that of a new rest day, or not the one that several practices share. Without
        ids, each practice is changed on the days on which it's in the list; those added later also
        on the days before. Removing rest days also removes their reasons, as `set_amount` does.
        """
        _check_range(first, last)
        text = None if note is None else validation.note(note)
        if practice_ids is None:
            days_of = self._days_in_list(first, last, off=off)
        else:
            days_of = dict.fromkeys(practice_ids, tuple(days_between(first, last)))
        if not days_of:
            raise InputError(_("Your list has no practices. Add one, or restore an archived one."))
        at = clock.utc_seconds(self._now())
        changes: list[EntryChange] = []
        skipped: list[tuple[str, date]] = []
        own_notes: list[str] = []
        names: dict[str, str] = {}

        def act(writer: Writer) -> None:
            practices = writer.practices()
            reasons = _shared_reasons(writer.entries(first, last))
            for practice_id, days in days_of.items():
                name = known_practice(practices, practice_id).name
                for day in days:
                    before = writer.entry(practice_id, day) or Entry.blank(practice_id, day)
                    is_own = _is_about_day(before, reasons.get(day))
                    given = None if is_own else text
                    now = _without_rest(before, at) if off else _with_rest(before, at, given)
                    if now is None:
                        skipped.append((name, day))
                    elif now != before:
                        changes.append(EntryChange(before, now))
                        names[practice_id] = name
                    if text and is_own and now is not None and before.note != text:
                        own_notes.append(before.note)
            changes[:] = _with_own_notes(writer, changes)
            writer.save_entries([change.now for change in changes])

        self.change("rest", "", act)
        result = RestResult(tuple(changes), tuple(skipped), tuple(own_notes))
        rested = {change.now.practice_id for change in result.rest_days}
        return result._replace(practice=names[rested.pop()]) if len(rested) == 1 else result

    def _days_in_list(self, first: date, last: date, *, off: bool) -> dict[str, tuple[date, ...]]:
        """The days of a range on which each practice is in the list, and for one that was added
        later the days before; with `off`, also those on which an archived one has an entry, and a
        rest day that isn't shown."""
        resting: set[tuple[str, date]] = set()
        with self._session() as (reader, today, _settings):
            rows = self._rows_in(reader, first, last, min(last, today))
            if off and reader is not None:
                entries = reader.entries(first, last)
                resting = {(e.practice_id, e.day) for e in entries if e.state is EntryState.REST}
        days_of = {
            history.practice.id: tuple(
                day
                for day in days_between(first, last)
                if day_view.could_be_logged(history, day, today)
                or (history.listed(day) and (off or history.practice.archived_since(day) is None))
                or (history.practice.id, day) in resting
            )
            for history in day_view.histories(rows)
        }
        return {practice_id: days for practice_id, days in days_of.items() if days}

    # Transactions

    def _amend(
        self,
        what: str,
        practice_id: str,
        day: date | None,
        act: Callable[[Entry, Practice, str], Entry],
        *,
        ahead: bool = False,
    ) -> EntryChange:
        """Replaces the entry of a day (today without one) by the result of `act` on the entry, the
        practice and the time, as one undo step. `ahead` is for rest days, which can be planned."""
        (change,) = self._amend_all(what, {practice_id: act}, day, ahead=ahead)
        return change

    def _amend_all(
        self,
        what: str,
        acts: Mapping[str, Callable[[Entry, Practice, str], Entry]],
        day: date | None,
        *,
        ahead: bool = False,
    ) -> tuple[EntryChange, ...]:
        """As `_amend`, for the practices whose ids are the keys of `acts`, in one undo step."""
        at = clock.utc_seconds(self._now())
        result: list[EntryChange] = []

        def write(writer: Writer) -> None:
            today, practices = self._today_in(writer), writer.practices()
            chosen = day or today
            for practice_id, act in acts.items():
                practice = known_practice(practices, practice_id)
                old = writer.entry(practice_id, chosen) or Entry.blank(practice_id, chosen)
                if ahead:
                    validation.day_for_rest(chosen)
                else:
                    # The note of a rest day ahead is the reason for it.
                    is_changed = old.state is EntryState.LOGGED or what in ("note", "draft")
                    is_logged = is_changed and not old.empty
                    validation.day_to_change(chosen, today, is_logged=is_logged)
                new = act(old, practice, at)
                if (new.amount or 0) > (old.amount or 0):
                    validation.amount_of(practice, new.amount or 0)
                result.append(EntryChange(old, new))
            result[:] = _with_own_notes(writer, result)
            writer.save_entries([change.now for change in result])

        self.change(what, " ".join(acts), write)
        return tuple(result)

    def _amend_evening(
        self,
        what: str,
        day: date | None,
        act: Callable[[Evening, str], Evening],
        joins: int | None = None,
    ) -> int | None:
        """Replaces the evening of a day (today without one) by the result of `act` on the evening
        and the time; returns as `change` does."""
        at = clock.utc_seconds(self._now())

        def write(writer: Writer) -> None:
            today = self._today_in(writer)
            chosen = day or today
            old = writer.evening(chosen) or Evening.blank(chosen)
            validation.day_to_change(chosen, today, is_logged=not old.empty)
            writer.save_evenings([act(old, at)])

        return self.change(what, CALM_ID, write, joins)

    def _set(self, key: str, value: object) -> None:
        """Stores a setting, unless the diary has it already, if only by default."""

        def act(writer: Writer) -> None:
            stored = writer.app_state()
            if settings_of({**stored, key: value}) != settings_of(stored):
                writer.save_app_state(key, value)

        self.change("setting", key, act)


def _rated(evening: Evening, calm: int, at: str | None) -> Evening:
    """The evening with a score; the same score again keeps its time: it must not become a late
    rating."""
    when = evening.logged_at if evening.calm == calm else at
    return Evening(evening.day, calm, evening.note, when)


def amount_after_press(entry: Entry, practice: Practice) -> int:
    """The amount after one press of the practice's key: never less than before.

    A done yes/no stays as it is; other units grow by the step, minutes after a first press that
    logs the daily goal.
    """
    if not practice.unit.spec.is_counted:
        return entry.amount or 1
    if practice.unit.spec.logs_goal_first and not entry.amount:
        return practice.goal_on(entry.day).amount
    return (entry.amount or 0) + practice.step


def amount_after_decrement(entry: Entry, practice: Practice) -> int | None:
    """The amount after subtracting a step: down to not logged, and then to an explicit no."""
    if not entry.amount:
        return 0
    if not practice.unit.spec.is_counted:
        return None
    return entry.amount - practice.step if entry.amount > practice.step else None


def set_amount(entry: Entry, amount: int | None, at: str) -> Entry:
    """The entry with an amount logged at a moment, which ends a rest day.

    The note of a rest day is its reason and ends with it, unless there's an amount below it, which
    the note may be about. An amount that does not change keeps its time.
    """
    if entry.state is EntryState.LOGGED and entry.amount == amount:
        return entry
    logged_at = None if amount is None else at
    is_reason = entry.state is EntryState.REST and entry.amount is None
    return _blank_if_empty(
        entry._replace(
            state=EntryState.LOGGED,
            amount=amount,
            note="" if is_reason else entry.note,
            logged_at=logged_at,
        )
    )


def resting(entry: Entry, at: str) -> Entry:
    """The entry as a rest day; its amount and note are retained."""
    return entry._replace(state=EntryState.REST, logged_at=at)


def not_resting(entry: Entry, at: str) -> Entry:
    """The entry with its rest day removed and the retained amount logged again."""
    return set_amount(entry, entry.amount, at)


def set_note(entry: Entry, note: str) -> Entry:
    """The entry with another note; the time of its amount stays."""
    state = EntryState.LOGGED if entry.state is EntryState.CLEARED else entry.state
    return _blank_if_empty(entry._replace(state=state, note=note))


def _with_own_notes(writer: Writer, changes: Sequence[EntryChange]) -> list[EntryChange]:
    """The changes; those that end a rest day with its note, if that isn't its reason: it was there
    before the rest day, or the day's other rest days share another."""
    days = [one.before.day for one in changes if one.removed_reason]
    if not days:
        return list(changes)
    earlier = undo_log.notes_before(writer, min(days), max(days))
    reasons = _shared_reasons(writer.entries(min(days), max(days)))

    def is_own(change: EntryChange) -> bool:
        before = change.before
        is_older = earlier.get(_name(change)) == before.note
        return is_older or _is_about_day(before, reasons.get(before.day))

    return [
        one._replace(now=set_note(one.now, one.before.note))
        if one.removed_reason and is_own(one)
        else one
        for one in changes
    ]


def _name(change: EntryChange) -> tuple[str, str]:
    """How the undo log names the entry of a change."""
    return change.before.practice_id, change.before.day.isoformat()


def _blank_if_empty(entry: Entry) -> Entry:
    return Entry.blank(entry.practice_id, entry.day) if entry.empty else entry


def _check_range(first: date, last: date) -> None:
    """Raises InputError unless there can be rest days from one day to another."""
    validation.day_for_rest(first)
    validation.day_for_rest(last)
    if last < first:
        from tracker.i18n.date_format import format_day_short

        year = first.year != last.year
        from_day, to_day = format_day_short(first, year=year), format_day_short(last, year=year)
        raise InputError(
            _("The last rest day ({last}) can't be before the first one ({first}).").format(
                first=from_day, last=to_day
            ),
            in_app=_("From ({first}) is after To ({last}).").format(first=from_day, last=to_day),
        )
    if (last - first).days > MAX_REST_DAYS:
        raise InputError(_("The first and the last rest day can be at most a year apart."))


def _with_rest(entry: Entry, at: str, note: str | None) -> Entry | None:
    """The entry as a rest day, with the note, if one is given; None for one that is logged."""
    if entry.state is not EntryState.REST:
        if entry.amount is not None:
            return None
        entry = resting(entry, at)
    return entry if note is None else set_note(entry, note)


def _shared_reasons(entries: Iterable[Entry]) -> dict[date, str]:
    """The reason of each day's rest days: the note that most of them share, at least two; "" where
    most have none."""
    notes: dict[date, Counter[str]] = {}
    for one in entries:
        if one.state is EntryState.REST:
            notes.setdefault(one.day, Counter())[one.note] += 1
    most = {day: counted.most_common(1)[0] for day, counted in notes.items()}
    return {day: note for day, (note, count) in most.items() if count > 1}


def _is_about_day(entry: Entry, reason: str | None) -> bool:
    """Whether an entry has a note that isn't the reason of a rest day: the entry isn't one, or the
    day's other rest days share another note, `reason`, or have none. None if they share nothing."""
    return bool(entry.note) and (
        entry.state is not EntryState.REST or reason not in (None, entry.note)
    )


def _without_rest(entry: Entry, at: str) -> Entry:
    """The entry without its rest day; others as they are."""
    return not_resting(entry, at) if entry.state is EntryState.REST else entry
