"""Daylio: CSV, moods become calm scores, activities become practices if the person asks for it.

Columns are read by name: there were seven, then eight, and nine since 2026. A day with several
entries becomes one evening: the median score, the notes in order of time.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from statistics import median

from tracker import clock
from tracker.diary import validation
from tracker.errors import InputError
from tracker.formats.cell_parsing import errors_at_line, parse_day, round_half_up
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile, as_text, numbered_lines, open_input
from tracker.i18n.dates import format_day
from tracker.i18n.messages import _, format_number, ngettext
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.rules.days import MONTHS

SOURCE, NAME = "daylio", "Daylio"
SIGNATURE = ("activities", "mood")

_COLUMNS = {
    *("full_date", "year", "date", "weekday", "time", "mood", "activities"),
    *("scales", "note_title", "note"),
}
"""The columns that are read; weekday and, beside full_date, date say nothing more."""

MOODS = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1}
"""Calm scores of Daylio's five predefined moods."""

_MOOD_LINE = re.compile(r"(?P<label>[^=]*[^=\s])\s*=\s*(?P<score>[0-9]{1,2})")
_TIME = re.compile("([0-9]{1,2}):([0-9]{2})(?: ?([ap])[.]?m[.]?)?", re.IGNORECASE)
_DAY_FIRST = re.compile("([0-9]{1,2}) ([A-Za-z]+)")
_MONTH_FIRST = re.compile("([A-Za-z]+) ([0-9]{1,2})")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|b|i|u|s|ul|ol|li|em|strong|span|font|strike)(?:\s[^<>]*)?>", re.IGNORECASE
)


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of Daylio."""
    return file.columns.issuperset(SIGNATURE)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the entries, and adds an evening for each day."""
    entries_by_day: dict[date, list[_MoodEntry]] = defaultdict(list)
    activities = _Activities(importer)
    scores = {**MOODS, **importer.choices.moods}
    with open_rows(file.stream) as (columns, rows):
        for column in columns:
            if column and column not in _COLUMNS:
                importer.report(
                    _("The column “{column}” is none of the diary's and was left out."),
                    column=column[:60],
                )
        for row in rows:
            with errors_at_line(row.line):
                day = _day(row)
            entry = _mood_entry(row, scores, importer)
            if entry.mood:
                importer.moods.setdefault(entry.mood, entry.calm)
            entries_by_day[day].append(entry)
            activities.collect(row, day)
    for day in sorted(entries_by_day):
        entries_by_day[day].sort(key=lambda entry: entry.time)
        _add_evening(day, entries_by_day[day], importer)
    activities.add_to_practices()
    _report_moods(entries_by_day.values(), importer)


def _report_moods(days: Collection[Sequence[_MoodEntry]], importer: HabitImporter) -> None:
    """Reports the moods that became calm, and the number of days without calm because only some of
    their moods have a score."""
    unscored = [entries for entries in days if not _is_scored(entries)]
    partly = sum(any(entry.calm is not None for entry in entries) for entries in unscored)
    used = {entry.mood for entries in days if _is_scored(entries) for entry in entries}
    table = [
        f"{mood} {calm}"
        for mood, calm in importer.moods.items()
        if calm is not None and mood in used
    ]
    if table:
        importer.report(_("Moods became calm: {table}."), table=", ".join(table))
    if partly:
        importer.report(
            ngettext(
                "On {days} day only some moods have a calm score. That evening has none, and its "
                "moods are in the note.",
                "On {days} days only some moods have a calm score. Those evenings have none, and "
                "their moods are in the note.",
                partly,
            ),
            days=format_number(partly),
        )


def read_moods(path: Path) -> dict[str, int]:
    """Reads a file of calm scores by mood, a line for each: `sad = 2`; `#` begins a comment.
    Raises InputError with the line."""
    scores: dict[str, int] = {}
    with open_input(path) as file, as_text(file.stream) as text:
        for number, line in numbered_lines(text):
            with errors_at_line(number):
                parts = _MOOD_LINE.fullmatch(line)
                if parts is None:
                    raise InputError(_("A mood is written like “sad = 3”."))
                label = parts["label"].strip().casefold()
                scores[label] = validation.score(int(parts["score"]))
    return scores


@dataclass(frozen=True, slots=True)
class _MoodEntry:
    """One row."""

    line: int
    time: str
    """HH:MM, or empty."""
    mood: str
    calm: int | None
    note: str


class _Activities:
    """The days of each activity; one that the person asked for becomes a practice."""

    def __init__(self, importer: HabitImporter) -> None:
        self._importer = importer
        self._lines: dict[str, dict[date, int]] = defaultdict(dict)
        """The first line of each day of each activity."""

    def collect(self, row: Row, day: date) -> None:
        """Collects the activities of a row."""
        for text in row.cells.get("activities", "").split("|"):
            if text.strip():
                self._lines[text.strip()].setdefault(day, row.line)

    def add_to_practices(self) -> None:
        """Adds the days of those that become practices, and reports the others."""
        left_out: Counter[str] = Counter()
        self._importer.activities = tuple(self._lines)
        for name, lines in self._lines.items():
            to = self._target(name)
            if to is None:
                left_out[name] = len(lines)
                continue
            for day, line in lines.items():
                self._importer.add_done(line, to, day, count=False)
        if left_out:
            listed = ", ".join(f"{name} ({days})" for name, days in left_out.most_common())
            self._importer.report(
                _(
                    "Activities were left out (with how many days): {activities}. --activities, or "
                    "m in the app, makes practices of them, --map “activity=practice” of one."
                ),
                activities=listed,
            )

    def _target(self, name: str) -> HabitTarget | None:
        is_mapped = self._importer.mapped_practice(name) is not None
        if not is_mapped and not self._importer.choices.activities:
            return None
        return self._importer.add_habit(ForeignHabit(name))


def _add_evening(day: date, entries: Sequence[_MoodEntry], importer: HabitImporter) -> None:
    calm, note = _evening_of(entries)
    first_line = min(entry.line for entry in entries)
    # A later export of a day adds entries to it, most often after the others.
    earlier = [_evening_of(entries[:count]) for count in range(1, len(entries))]
    at = _logged_at(day, entries[-1].time)
    importer.add_evening(first_line, day, calm, note, at, records=len(entries), earlier=earlier)
    if len(entries) > 1:
        shown = "" if calm is None or importer.choices.hide_scores else f", {calm}"
        importer.report(
            _("{day}: {rows} entries became one evening{calm}."),
            day=format_day(day, year=True),
            rows=len(entries),
            calm=shown,
        )


def _evening_of(entries: Sequence[_MoodEntry]) -> tuple[int | None, str]:
    """The calm score and the note of a day. Without a score for each of its moods it has none: the
    middle of some would be that of another day."""
    scores = [Decimal(entry.calm) for entry in entries if entry.calm is not None]
    calm = round_half_up(median(scores)) if scores and _is_scored(entries) else None
    several = len(entries) > 1
    texts = [_note_text(one, with_mood=calm is None, with_time=several) for one in entries]
    return calm, "\n".join(filter(None, texts))


def _is_scored(entries: Sequence[_MoodEntry]) -> bool:
    return all(entry.calm is not None for entry in entries if entry.mood)


def _note_text(entry: _MoodEntry, *, with_mood: bool, with_time: bool) -> str:
    mood = entry.mood if with_mood else ""
    text = " – ".join(filter(None, (mood, entry.note)))
    return f"{entry.time} {text}".strip() if with_time and text else text


def _mood_entry(row: Row, scores: dict[str, int], importer: HabitImporter) -> _MoodEntry:
    mood = row.cells.get("mood", "").strip()
    calm = scores.get(mood.casefold())
    if mood and calm is None:
        importer.report(
            _(
                "{at}: the mood “{mood}” has no calm score; it is kept in the note. --moods FILE, "
                "or m in the app, gives it one."
            ),
            line=row.line,
            mood=mood,
        )
    cells = [row.cells.get(column, "").strip() for column in ("note_title", "note")]
    texts = [_without_html(cell) for cell in cells]
    if texts != cells:
        importer.report(_("{at}: its note had HTML, which became plain text."), line=row.line)
    scales = row.cells.get("scales", "").replace("\u00a0", " ").strip()
    note = "\n".join(filter(None, (": ".join(filter(None, texts)), scales)))
    return _MoodEntry(row.line, _time(row), mood, calm, note)


def _without_html(text: str) -> str:
    """A note without the tags of Daylio's editor."""
    if not _BREAK.search(text) and not _TAG.search(text):
        return text
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def _time(row: Row) -> str:
    parts = _TIME.fullmatch(row.cell("time").replace("\u202f", " "))
    if parts is None:
        return ""
    hour = int(parts[1])
    if parts[3]:
        hour = hour % 12 + (12 if parts[3] in "pP" else 0)
    return f"{hour:02}:{parts[2]}"


def _logged_at(day: date, clock_time: str) -> str | None:
    """The moment of an entry, whose time is taken as that of the local zone; None without a valid
    one."""
    try:
        return clock.utc_seconds(datetime.combine(day, time.fromisoformat(clock_time)))
    except ValueError:
        return None


def _day(row: Row) -> date:
    full = row.cell("full_date")
    return parse_day(full) if full or "year" not in row.cells else _day_of_seven_columns(row)


def _day_of_seven_columns(row: Row) -> date:
    """A day as the oldest exports have it: the year, and the month and day in English."""
    text = row.cell("date")
    for month, day in _english_dates(text):
        for number, name in enumerate(MONTHS, 1):
            if name.casefold() == month.casefold():
                return parse_day(f"{row.cell('year')}-{number:02}-{int(day):02}")
    raise InputError(
        _("“{text}” is no date in English; its day can't be told.").format(text=text[:40])
    )


def _english_dates(text: str) -> Iterator[tuple[str, str]]:
    """The month and the day of a date in either order."""
    if parts := _MONTH_FIRST.fullmatch(text):
        yield parts[1], parts[2]
    if parts := _DAY_FIRST.fullmatch(text):
        yield parts[2], parts[1]
