"""Reads a diary: the views of days, weeks and years, and the stream of all its rows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker import clock
from tracker.diary import day_view, validation
from tracker.diary.practice_lookup import unknown_practice
from tracker.diary.setup import empty_page_data
from tracker.diary.streak_figures import DiarySettings, outdated_streak_caches, settings_of
from tracker.location import Location
from tracker.models import DayView, Entry, Evening, PageData
from tracker.rules.calm import FAR_BACK
from tracker.rules.days import day_of, week_of
from tracker.store.reader import EntryTuple, Reader
from tracker.store.store import Store

if TYPE_CHECKING:
    from tracker.store.row_check import BadRow
    from tracker.views import CalmView, Explanation, StreakView, WeekView, YearView

T = TypeVar("T")


class DiaryReader:
    """Read-only access to a diary; nothing is changed or created.

    Each method opens one short read transaction. A diary that does not exist yet reads as a new
    one.
    """

    def __init__(
        self,
        location: Location,
        now: Callable[[], datetime] = clock.now,
        export_json: Callable[[DiaryReader, Path], int] | None = None,
    ) -> None:
        """`export_json` writes the backups of a diary on a server; without it, none are made."""
        self.location = location
        self.export_json = export_json
        self.store = Store(location)
        self._now = now

    def today(self) -> date:
        """The present day; until `day_turns_at` it is still yesterday."""
        with self._session() as (_, settings):
            return day_of(self._now(), settings.day_turns_at)

    def settings(self) -> DiarySettings:
        """When a day turns and a week starts."""
        return settings_of(self.rows().kept)

    def day(self, day: date | None = None, *, to_log: bool = False) -> DayView:
        """One day; today without one. `to_log` adds the practices that were added after that
        day, so that they can be logged for it."""
        with self._session() as (reader, settings):
            today = day_of(self._now(), settings.day_turns_at)
            chosen = day or today
            rows = self._rows_in(reader, chosen, chosen, min(chosen, today))
        return day_view.day_view(rows, chosen, today, to_log=to_log)

    def week(self, day: date | None = None, *, to_log: bool = False) -> WeekView:
        """The week that a day is in; this week without one. `to_log` adds the practices that were
        added after it."""
        from tracker.diary import period_views

        with self._session() as (reader, settings):
            today = day_of(self._now(), settings.day_turns_at)
            start = week_of(day or today, settings.week_starts_on)
            end = start + timedelta(days=6)
            back = start - timedelta(days=FAR_BACK)
            rows = self._rows_in(reader, start, end, min(end, today), evenings_from=back)
        return period_views.week_view(rows, start, today, to_log=to_log)

    def year(self, year: int | None = None) -> YearView:
        """A calendar year, 1900 to 2200; this year without one."""
        from tracker.diary import period_views

        today = self.today()
        chosen = validation.year(today.year if year is None else year)
        rows = self.range_rows(date(chosen, 1, 1), date(chosen, 12, 31))
        return period_views.year_view(rows, chosen, today)

    def calm(self, days: int | None = 28, until: date | None = None) -> CalmView:
        """Calm over a number of days up to `until`, today without one; without `days`, over all
        days since the first evening."""
        from tracker.diary import period_views

        with self._session() as (reader, settings):
            today = day_of(self._now(), settings.day_turns_at)
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

        today = self.today()
        chosen = validation.day_with_figures(day or today, today)
        return period_views.streak_views(self.rows(chosen, chosen, chosen), chosen, today)

    def explain(self, practice_id: str, day: date | None = None) -> Explanation:
        """Explains a practice's streak day by day, as of a day."""
        from tracker.diary import period_views

        with self._session() as (reader, settings):
            today = day_of(self._now(), settings.day_turns_at)
            chosen = validation.day_with_figures(day or today, today)
            if reader is None:
                rows = self._new_diary_rows()
            else:
                rows = self._as_of_today(reader.rows_without_days())
            practice = day_view.practice_by_id(rows.practices, practice_id)
            if practice is None:
                raise unknown_practice(practice_id)
            return period_views.explanation(rows, practice, chosen, today, reader)

    def history_rows(self, practice_id: str) -> PageData:
        """All entries of one practice, without cached streak states: the caller may change its
        goals."""
        with self._session() as (reader, _):
            if reader is None:
                return self._new_diary_rows()
            entries = {(e.practice_id, e.day): e for e in reader.entries_of(practice_id)}
            rows = reader.rows_without_days()
        return self._as_of_today(rows._replace(entries=entries, settled={}))

    def outdated_streak_caches(self) -> list[str]:
        """The names of practices whose cached streak states differ from their entries."""
        if not self.store.exists():
            return []
        with self.store.reading() as reader:
            return outdated_streak_caches(reader)

    def bad_rows(self) -> list[BadRow]:
        """The stored rows that calmtrack could not have written, which views leave out."""
        from tracker.store.row_check import find_bad_rows

        with self.store.reading() as reader:
            return list(find_bad_rows(reader.connection.core))

    def begun_on(self) -> date | None:
        """The day the diary was created; None before that."""
        begun_on = self.rows().kept.get("begun_on")
        return None if begun_on is None else date.fromisoformat(begun_on)

    def has_entries(self) -> bool:
        """Whether anything was ever logged or rated."""
        if not self.store.exists():
            return False
        with self.store.reading() as reader:
            return reader.has_entries()

    def is_new(self) -> bool:
        """Whether the practices have yet to be chosen on the welcome screen."""
        return not self.has_entries() and "welcomed" not in self.rows().kept

    def rows(
        self,
        first: date | None = None,
        last: date | None = None,
        as_of: date | None = None,
        *,
        evenings_from: date | None = None,
    ) -> PageData:
        """The rows from `first` to `last`; without days, only practices and settings."""
        if not self.store.exists():
            return self._new_diary_rows()
        with self.store.reading() as reader:
            if first is None or last is None:
                rows = reader.rows_without_days()
            else:
                rows = reader.page_rows(first, last, as_of or last, evenings_from=evenings_from)
        return self._as_of_today(rows)

    def range_rows(self, first: date, last: date) -> PageData:
        """The rows from `first` to `last` and no others: unlike `rows`, without the days that
        streaks need."""
        with self.stream(first, last) as (rows, entries, evenings):
            return rows._replace(
                entries={(entry.practice_id, entry.day): entry for entry in entries},
                evenings={evening.day: evening for evening in evenings},
            )

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
    def _session(self) -> Iterator[tuple[Reader | None, DiarySettings]]:
        """One read transaction and the diary's settings; before the diary exists, None and the
        defaults."""
        if not self.store.exists():
            yield None, DiarySettings()
            return
        with self.store.reading() as reader:
            yield reader, settings_of(reader.app_state())

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
        return day_view.as_of_today(rows, day_of(self._now(), settings_of(rows.kept).day_turns_at))

    def _new_diary_rows(self) -> PageData:
        """The rows of a diary that would be created now."""
        return empty_page_data(day_of(self._now(), settings_of({}).day_turns_at))
