"""The base of Diary, which its parts, the importers and the exporters are handed: reads the views
of days, weeks and years, streams all rows, and writes changes with their undo steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tracker import clock
from tracker.diary import day_view, validation
from tracker.diary.practice_lookup import known_practice
from tracker.diary.streak_figures import (
    outdated_streak_caches,
    refresh_streak_cache,
)
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import N_, _
from tracker.location import Location
from tracker.models import (
    COIN_MONTHS,
    RESTORE,
    BroughtBack,
    ConflictRecord,
    DayView,
    DiarySettings,
    Entry,
    Evening,
    PageData,
    UndoStep,
    settings_of,
)
from tracker.rules.calm import FAR_BACK
from tracker.rules.days import day_of, week_of
from tracker.store import undo_log
from tracker.store.reader import EntryTuple, Reader
from tracker.store.store import Store
from tracker.store.writer import Writer

if TYPE_CHECKING:
    from tracker.store.row_check import BadRow
    from tracker.views import CalmView, Explanation, StreakView, WeekView, YearView

T = TypeVar("T")

_UNDO_AGAIN = (
    N_("To undo the change before that, undo again."),
    N_("Press u again to undo the change before that."),
)
"""What to do after a step that can't be undone, on the command line and in the app."""

_REDO_AGAIN = (
    N_("To redo the change after that, redo again."),
    N_("Press ctrl+r again to redo the change after that."),
)


class JsonExport(Protocol):
    """Writes a diary as JSON: the backups of a diary on a server."""

    def __call__(self, diary: DiaryBase, path: Path, *, force: bool = False) -> int:
        """Writes to a path where no file is yet or, with `force`, over the one there; returns the
        number of rows."""


class DiaryBase:
    """Reads and writes a diary. A diary that does not exist yet reads as a new one.

    Each method of reading opens one short read transaction, and changes and creates nothing. A
    change is one transaction with its undo step and the streak cache; a refused one raises
    CalmtrackError, or InputError for invalid input, with one sentence, and then nothing was
    written.
    """

    changes = 0
    """How many steps this object wrote, undid or redid."""

    def __init__(
        self,
        location: Location,
        now: Callable[[], datetime] = clock.now,
        export_json: JsonExport | None = None,
    ) -> None:
        """`export_json` writes the backups of a diary on a server; without it, none are made."""
        self.location = location
        self.export_json = export_json
        self.store = Store(location)
        self._now = now

    def read(self, query: Callable[[Reader], T], default: T) -> T:
        """The result of a query in one read transaction; `default` before the diary exists."""
        if not self.store.exists():
            return default
        with self.store.reading() as reader:
            return query(reader)

    def today(self) -> date:
        """The present day; until `day_turns_at` it is still yesterday."""
        with self._session() as (_reader, today, _settings):
            return today

    def settings(self) -> DiarySettings:
        """When a day turns and a week starts."""
        return self.rows().settings

    def day(self, day: date | None = None) -> DayView:
        """One day; today without one."""
        with self._session() as (reader, today, _settings):
            chosen = day or today
            rows = self._rows_in(reader, chosen, chosen, min(chosen, today))
        return day_view.day_view(rows, chosen, today)

    def week(self, day: date | None = None, *, to_log: bool = False) -> WeekView:
        """The week that a day is in; this week without one. `to_log` adds the practices that were
        added after it."""
        from tracker.diary import period_views

        with self._session() as (reader, today, settings):
            start = week_of(day or today, settings.week_starts_on)
            end = start + timedelta(days=6)
            back = start - timedelta(days=FAR_BACK)
            rows = self._rows_in(reader, start, end, min(end, today), evenings_from=back)
        # Only a week that is over can lie before the diary.
        first_day = self._first_day(rows, today) if end < today else start
        return period_views.week_view(rows, start, today, first_day, to_log=to_log)

    def year(self, year: int | None = None) -> YearView:
        """A calendar year, 1900 to 2200; this year without one."""
        from tracker.diary import period_views

        today = self.today()
        chosen = validation.year(today.year if year is None else year)
        rows = self.range_rows(date(chosen, 1, 1), date(chosen, 12, 31))
        return period_views.year_view(rows, chosen, today, self._first_day(rows, today))

    def calm(self, days: int | None = 28, until: date | None = None) -> CalmView:
        """Calm over a number of days up to `until`, today without one; without `days`, over all
        days since the first evening."""
        from tracker.diary import period_views

        with self._session() as (reader, today, _settings):
            last = validation.day_with_figures(until or today, today)
            if days is None:
                first, back = last, date.min
            else:
                first = date.fromordinal(max(1, last.toordinal() - validation.span(days) + 1))
                back = date.fromordinal(max(1, first.toordinal() - FAR_BACK))
            known = [] if reader is None else reader.evenings_for_trend(back, last)
        if days is None and known:
            first = known[0].day
        return period_views.calm_view(known, first, last, today)

    def streaks(self, day: date | None = None) -> tuple[StreakView, ...]:
        """The figures of every practice in the list, as of a day."""
        from tracker.diary import period_views

        with self._session() as (reader, today, _settings):
            chosen = validation.day_with_figures(day or today, today)
            rows = self._rows_in(reader, chosen, chosen, chosen)
        return period_views.streak_views(rows, chosen, today)

    def explain(self, practice_id: str, day: date | None = None) -> Explanation:
        """Explains a practice's streak day by day, as of a day."""
        from tracker.diary import period_views

        with self._session() as (reader, today, _settings):
            chosen = validation.day_with_figures(day or today, today)
            if reader is None:
                rows = self._new_diary_rows()
            else:
                rows = self._as_of_today(reader.rows_without_days())
            practice = known_practice(rows.practices, practice_id)
            return period_views.explanation(rows, practice, chosen, today, reader)

    def history_rows(self, practice_id: str) -> PageData:
        """All entries of one practice, without cached streak states: the caller may change its
        goals."""

        def query(reader: Reader) -> PageData:
            rows = reader.rows_without_days().with_days(reader.entries_of(practice_id))
            return rows._replace(settled={})

        return self._read_rows(query)

    def outdated_streak_caches(self) -> list[str]:
        """The names of practices whose cached streak states differ from their entries."""
        return self.read(outdated_streak_caches, [])

    def bad_rows(self) -> list[BadRow]:
        """The stored rows that calmtrack could not have written, which views leave out."""
        from tracker.store.row_check import find_bad_rows

        with self.store.reading() as reader:
            return list(find_bad_rows(reader.connection.core))

    def begun_on(self) -> date | None:
        """The day the diary was created; None before that."""
        return self.rows().begun_on

    def has_entries(self) -> bool:
        """Whether anything was ever logged or rated."""
        return self.read(Reader.has_entries, False)

    def is_new(self) -> bool:
        """Whether the practices have yet to be chosen on the welcome screen."""
        return not self.has_entries() and "welcomed" not in self.rows().kept

    def rows(self) -> PageData:
        """The practices and settings, without entries and evenings."""
        return self._read_rows(Reader.rows_without_days)

    def range_rows(self, first: date, last: date, *, evenings_from: date | None = None) -> PageData:
        """The rows from `first` to `last` and no others: not those of the days that streaks need.
        Evenings start at `evenings_from`, if it is given."""

        def query(reader: Reader) -> PageData:
            evenings = reader.evenings(evenings_from or first, last)
            return reader.rows_without_days().with_days(reader.entries(first, last), evenings)

        return self._read_rows(query)

    def _first_day(self, rows: PageData, today: date) -> date:
        """The first day with a practice in the list or an evening, or on which the diary was
        created."""
        listed = (one.first_day(rows.first_entry.get(one.id)) for one in rows.practices)
        first = min((rows.begun_on or today, *listed))

        def earliest(reader: Reader) -> date:
            with closing(reader.evenings(date.min, first)) as evenings:
                return next((evening.day for evening in evenings), first)

        return self.read(earliest, first)

    def _read_rows(self, query: Callable[[Reader], PageData]) -> PageData:
        """The rows of a query, as `_as_of_today` returns them; those of a new diary before it
        exists."""
        rows = self.read(query, None)
        return self._new_diary_rows() if rows is None else self._as_of_today(rows)

    @contextmanager
    def stream(
        self, first: date = date.min, last: date = date.max
    ) -> Iterator[tuple[PageData, Iterator[Entry], Iterator[Evening]]]:
        """Practices and settings, and streams of the entries and evenings from `first` to
        `last`."""
        with self._streaming(first, last, Reader.entries) as streams:
            yield streams

    @contextmanager
    def stream_tuples(
        self, first: date = date.min, last: date = date.max
    ) -> Iterator[tuple[PageData, Iterator[Sequence[EntryTuple]], Iterator[Evening]]]:
        """As `stream`, with batches of raw entry tuples: faster for exports."""
        with self._streaming(first, last, Reader.entry_tuples) as streams:
            yield streams

    @contextmanager
    def _streaming(
        self,
        first: date,
        last: date,
        read: Callable[[Reader, date, date], Generator[T, None, None]],
    ) -> Iterator[tuple[PageData, Iterator[T], Iterator[Evening]]]:
        if not self.store.exists():
            yield self.rows(), iter(()), iter(())
            return
        with self.store.reading() as reader:
            rows = reader.rows_without_days()
            # An iterator left halfway would keep the read transaction open.
            with (
                closing(read(reader, first, last)) as entries,
                closing(reader.evenings(first, last)) as evenings,
            ):
                yield self._as_of_today(rows), entries, evenings

    @contextmanager
    def _session(self) -> Iterator[tuple[Reader | None, date, DiarySettings]]:
        """One read transaction, the present day and the diary's settings; before the diary exists,
        None and the defaults."""
        if not self.store.exists():
            yield None, self._today_by(DiarySettings()), DiarySettings()
            return
        with self.store.reading() as reader:
            settings = settings_of(reader.app_state())
            yield reader, self._today_by(settings), settings

    def _rows_in(
        self,
        reader: Reader | None,
        first: date,
        last: date,
        as_of: date,
        *,
        evenings_from: date | None = None,
    ) -> PageData:
        if reader is None:
            return self._new_diary_rows()
        return self._as_of_today(reader.page_rows(first, last, as_of, evenings_from=evenings_from))

    def _as_of_today(self, rows: PageData) -> PageData:
        """The rows with future dates of adding corrected; those of a new diary where tables exist
        without practices."""
        if not rows.begun:
            return self._new_diary_rows()
        return day_view.as_of_today(rows, self._today_by(rows.settings))

    def _new_diary_rows(self) -> PageData:
        """The rows of a diary that would be created now."""
        from tracker.diary.setup import empty_page_data

        return empty_page_data(self._today_by(DiarySettings()))

    # Changes

    @property
    def changed(self) -> bool:
        """Whether this object wrote anything: then the first backup of the day is due."""
        return self.changes > 0

    def create(self, practice_ids: tuple[str, ...] | None = None) -> None:
        """Creates the diary with these shipped practices, or with the default ones; an existing
        diary stays as it is."""
        self.store.create()
        with self.store.writing(self._at()) as writer:
            self._initialise(writer, practice_ids)

    def create_demo(self) -> None:
        """Creates the diary with the demo's year, which is not an undo step; an existing diary
        stays as it is."""
        from tracker.diary.setup import add_demo_year

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

        Raises CalmtrackError for what undo can't take back: a step that would change a coin-flip
        month that is over, as whoever has read a result could otherwise go on until they like it,
        and (an InputError) the restoring of a backup. The next call undoes the step before.
        """
        return self._swap(only, undone=False)

    def redo(self, only: str | None = None) -> UndoStep | None:
        """Redoes the step undone last; None without one, or where it isn't of the kind `only`.

        Raises CalmtrackError as `undo` does; the next call redoes the step after.
        """
        return self._swap(only, undone=True)

    def undo_steps(self, most: int, *, changed_days_only: bool = False) -> list[UndoStep]:
        """The newest steps that `undo` would take back, newest first. `changed_days_only` leaves
        out of the days of an import or merge those on which only the time of a row changed."""
        return self.read(
            lambda reader: undo_log.newest_steps(reader, most, changed_days_only=changed_days_only),
            [],
        )

    def newest_step(self) -> tuple[str, int]:
        """The time and the number of the step that `undo` would take back; "" and 0 without one."""
        return self.read(undo_log.newest_step, ("", 0))

    def bring_back(self, number: int) -> BroughtBack:
        """Saves the row of a conflict record as a new undo step; what it leaves blank stays. The
        record stays, too. Raises InputError for an unknown number."""
        records: list[ConflictRecord] = self.read(undo_log.conflict_records, [])
        record = next((one for one in records if one.number == number), None)
        if record is None:
            raise InputError(
                _('There\'s no record {number}. Run "calmtrack undo --list" to see them.').format(
                    number=number
                )
            )
        saved: list[tuple[Any, Any]] = []
        step = self.change(
            "record",
            record.key,
            lambda writer: saved.append(undo_log.save_record(writer, record)),
        )
        return BroughtBack(record, *saved[-1], is_changed=step is not None)

    def conflict_records(self) -> list[ConflictRecord]:
        """The rows that lost a conflict in an import or merge, newest first, without those that
        are what the diary has now."""
        return self.read(undo_log.unused_records, [])

    def change(
        self,
        what: str,
        subject: str,
        act: Callable[[Writer], object],
        joins: int | None = None,
    ) -> int | None:
        """Runs `act` in one transaction and records its rows as one undo step, or amends the step
        numbered `joins` where that is still the newest. Returns the step's number, or None where
        nothing changed, also by both together: the step is removed then."""
        self.store.create()
        with self.store.writing(self._at()) as writer:
            self._initialise(writer)
            today = self._today_in(writer)
            writer.correct_days_ahead(today)
            act(writer)
            refresh_streak_cache(writer, today)
            if joins is not None and undo_log.can_amend(writer, joins):
                step = undo_log.amend(writer, joins)
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

    def _initialise(self, writer: Writer, practice_ids: tuple[str, ...] | None = None) -> None:
        """Adds shipped practices to a diary that isn't begun; one that is stays as it is."""
        if "begun_on" not in writer.app_state():
            from tracker.diary.setup import initialise

            initialise(writer, self._today_in(writer), practice_ids)

    def _swap(self, only: str | None, *, undone: bool) -> UndoStep | None:
        """Undoes a step, or redoes an undone one, in one transaction."""
        if not self.store.exists():
            return None
        with self.store.writing(self._at()) as writer:
            today = self._today_in(writer)
            months = writer.app_state().get(COIN_MONTHS, [])

            def is_final(what: str, app_state: Mapping[str, Any]) -> bool:
                if what != "coin" or COIN_MONTHS not in app_state:
                    return False
                after = app_state[COIN_MONTHS] or []
                if undone and _goes_on(months, after):
                    return False
                return _changes_finished_month(months, after, today)

            step = undo_log.swap(writer, only, is_final, undone=undone)
            refresh_streak_cache(writer, today)
        if step is not None and step.what == RESTORE:
            raise self._restored_error(step.subject)
        if step is not None and step.what == "coin" and step.rows == 0:
            message = _("That coin-flip month is over, so it stays as it is.")
            command, key = _REDO_AGAIN if undone else _UNDO_AGAIN
            raise CalmtrackError(f"{message} {_(command)}", in_app=f"{message} {_(key)}")
        self.changes += step is not None
        return step

    def before_restore(self, replaced: str) -> str:
        """How to bring back the diary that a restore replaced; `replaced` is the name of the copy
        set aside, the subject of its step."""
        import shlex

        from tracker.store.backups import quarantine_folder

        path = quarantine_folder(self.location) / replaced
        if path.is_file():
            return _('To bring back the diary from before, run "calmtrack restore {path}".').format(
                path=shlex.quote(str(path))
            )
        return _("The diary from before isn't at {path} anymore.").format(path=path)

    def _restored_error(self, replaced: str) -> InputError:
        """The error for undoing a restore, whose copy set aside is named `replaced`."""
        message = _("The last change was restoring a backup.")
        way_back, (command, key) = self.before_restore(replaced), _UNDO_AGAIN
        return InputError(
            f"{message} {way_back} {_(command)}", in_app=f"{message} {way_back} {_(key)}"
        )

    def _at(self) -> str:
        return clock.utc_micros(self._now())

    def _today_in(self, writer: Writer) -> date:
        return self._today_by(settings_of(writer.app_state()))

    def _today_by(self, settings: DiarySettings) -> date:
        return day_of(self._now(), settings.day_turns_at)


def _changes_finished_month(
    before: list[dict[str, Any]], after: list[dict[str, Any]], today: date
) -> bool:
    """Whether a coin-flip month that ended before today would change."""
    finished = [month for month in before if date.fromisoformat(month["last"]) < today]
    return any(month not in after for month in finished)


def _goes_on(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    """Whether the newest coin-flip month becomes longer and the others stay: its second four weeks
    begin, or to redo that, begin again."""
    if not before or not after or before[:-1] != after[:-1]:
        return False
    shorter, longer = before[-1], after[-1]
    is_same = all(shorter[key] == longer[key] for key in ("practice_id", "first", "seed"))
    return is_same and shorter["last"] < longer["last"]
