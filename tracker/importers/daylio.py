"""Daylio's CSV: moods become calm, activities become practices if asked for.

Its columns are read by their names: there were seven, then eight, and nine since 2026. A day with
several entries becomes one evening: the middle mood, the notes one after another with their times.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from tracker.errors import InputError
from tracker.formats.csv_reader import Row
from tracker.i18n.dates import format_day
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit, half_up
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.moods import MOODS
from tracker.importers.row_collector import parse_day
from tracker.rules.days import MONTHS

_TIME = re.compile("([0-9]{1,2}):([0-9]{2})(?: ?([ap])[.]?m[.]?)?", re.IGNORECASE)
_DAY_FIRST = re.compile("([0-9]{1,2}) ([A-Za-z]+)")
_MONTH_FIRST = re.compile("([A-Za-z]+) ([0-9]{1,2})")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|b|i|u|s|ul|ol|li|em|strong|span|font|strike)(?:\s[^<>]*)?>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """One entry of a day."""

    line: int
    time: str
    """HH:MM, or empty."""
    mood: str
    calm: int | None
    note: str


def read_daylio(rows: Iterable[Row], into: HabitImporter) -> None:
    """Reads a file. Raises WrongInput, with the line, for a day that can't be told."""
    days: dict[date, list[_Moment]] = defaultdict(list)
    activities = _Activities(into)
    moods = {**MOODS, **into.wishes.moods}
    labels = into.moods
    for row in rows:
        day = _day(row)
        moment = _moment(row, moods, into)
        if moment.mood:
            labels.setdefault(moment.mood, moment.calm)
        days[day].append(moment)
        activities.take(row, day)
    for day in sorted(days):
        _evening(day, days[day], into)
    activities.mark()
    if used := {mood: calm for mood, calm in labels.items() if calm is not None}:
        table = ", ".join(f"{mood} {calm}" for mood, calm in used.items())
        into.said("other.moods", table=table)


class _Activities:
    """What was done on which day; only what the person asked for becomes a practice."""

    def __init__(self, into: HabitImporter) -> None:
        self._into = into
        self._days: dict[str, dict[date, int]] = defaultdict(dict)

    def take(self, row: Row, day: date) -> None:
        """Takes note of a row's activities."""
        for text in row.cells.get("activities", "").split("|"):
            if text.strip():
                self._days[text.strip()].setdefault(day, row.line)

    def mark(self) -> None:
        """Marks the days of those asked for, and says which were not."""
        left: Counter[str] = Counter()
        self._into.activities = tuple(self._days)
        for name, days in self._days.items():
            to = self._target(name)
            if to is None:
                left[name] = len(days)
            else:
                for day, line in days.items():
                    self._into.beside(line, to, day)
        if left:
            told = ", ".join(f"{name} ({count})" for name, count in left.most_common())
            self._into.said("other.activities", activities=told)

    def _target(self, name: str) -> HabitTarget | None:
        if not self._into.wishes.activities and self._into.asked_for(name) is None:
            return None
        return self._into.habit(ForeignHabit(name))


def _evening(day: date, moments: Sequence[_Moment], into: HabitImporter) -> None:
    moments = sorted(moments, key=lambda moment: moment.time)
    scores = [Decimal(one.calm) for one in moments if one.calm is not None]
    calm = half_up(median(scores)) if scores else None
    several = len(moments) > 1
    notes = [text for one in moments if (text := _noted(one, with_time=several))]
    into.evening(min(one.line for one in moments), day, calm, "\n".join(notes), rows=len(moments))
    if several:
        shown = "" if calm is None or into.wishes.hushed else f", {calm}"
        into.said("other.merged", day=format_day(day, year=True), rows=len(moments), calm=shown)


def _noted(moment: _Moment, *, with_time: bool) -> str:
    mood = moment.mood if moment.calm is None else ""
    text = " – ".join(filter(None, (mood, moment.note)))
    return f"{moment.time} {text}".strip() if with_time and text else text


def _moment(row: Row, moods: dict[str, int], into: HabitImporter) -> _Moment:
    mood = row.cells.get("mood", "").strip()
    calm = moods.get(mood.casefold())
    if mood and calm is None:
        into.said("other.mood", line=row.line, mood=mood)
    written = [row.cells.get(column, "").strip() for column in ("note_title", "note")]
    plain = [_plain(text) for text in written]
    if plain != written:
        into.said("other.html", line=row.line)
    scales = row.cells.get("scales", "").replace("\u00a0", " ").strip()
    note = "\n".join(filter(None, (": ".join(filter(None, plain)), scales)))
    return _Moment(row.line, _time(row), mood, calm, note)


def _plain(text: str) -> str:
    """A note without the marks of HTML that Daylio puts in."""
    if not _BREAK.search(text) and not _TAG.search(text):
        return text
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def _time(row: Row) -> str:
    found = _TIME.fullmatch(row.cell("time").replace("\u202f", " "))
    if found is None:
        return ""
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour:02}:{found[2]}"


def _day(row: Row) -> date:
    full = row.cell("full_date")
    try:
        return parse_day(full) if full or "year" not in row.cells else _old_day(row)
    except InputError as error:
        raise InputError(say("csv.line", line=row.line, problem=error)) from error


def _old_day(row: Row) -> date:
    text = row.cell("date")
    for month, number in _in_english(text):
        named = [n for n, name in enumerate(MONTHS, 1) if name.casefold() == month.casefold()]
        if named:
            return parse_day(f"{row.cell('year')}-{named[0]:02}-{int(number):02}")
    raise InputError(say("other.not_english", text=text[:40]))


def _in_english(text: str) -> Iterator[tuple[str, str]]:
    if found := _MONTH_FIRST.fullmatch(text):
        yield found[1], found[2]
    if found := _DAY_FIRST.fullmatch(text):
        yield found[2], found[1]
