"""Daylio: the CSV export, or a `.daylio` backup. Moods become calm scores, activities become
practices if the person asks for it.

CSV columns are read by name: there were seven, then eight, and nine since 2026. A backup is a zip
with a member `backup.daylio`: JSON in base64. Its moods belong to one of five groups, 1 the best,
which give a mood of any name and language a score. Shapes read in public exports and in three
public parsers in 2026; backups had `version` 15.
"""

from __future__ import annotations

import base64
import html
import re
from datetime import date
from pathlib import Path

from tracker.errors import InputError
from tracker.formats.cell_parsing import (
    clock_time,
    errors_at_line,
    has_date_form,
    local_moment,
    parse_date,
    parse_day,
    unix_moment,
)
from tracker.formats.csv_format import Row, open_rows
from tracker.formats.input_file import InputFile, as_text, numbered_lines, open_input
from tracker.formats.json_reader import JsonObject
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.mood_evenings import MoodEntry, MoodEvenings
from tracker.models import HIGHEST_SCORE

SOURCE, NAME = "daylio", "Daylio"
SIGNATURE = ("activities", "mood")

BACKUP = "backup.daylio"
"""The member of a backup."""

_COLUMNS = {
    *("full_date", "year", "date", "weekday", "time", "mood", "activities"),
    *("scales", "note_title", "note"),
}
"""The columns that are read, or repeat others: weekday, and date beside full_date."""

MOODS = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1}
"""Calm scores of Daylio's five predefined moods, which are also those of its five groups."""

_MOOD_LINE = re.compile(r"(?P<label>[^=]*[^=\s])\s*=\s*(?P<score>[0-9]{1,2})")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|b|i|u|s|ul|ol|li|em|strong|span|font|strike)(?:\s[^<>]*)?>", re.IGNORECASE
)


def matches(file: InputFile) -> bool:
    """Whether a CSV file has the columns of Daylio, or a zip its backup."""
    return file.columns.issuperset(SIGNATURE) or (file.is_zip and BACKUP in file.names)


def read(file: InputFile, importer: HabitImporter) -> None:
    """Reads the entries, and adds an evening for each day."""
    evenings = MoodEvenings(importer)
    if file.is_zip:
        importer.number_items()
        _read_backup(file, evenings, importer)
    else:
        _read_csv(file, evenings, importer)
    evenings.finish()


def _read_csv(file: InputFile, evenings: MoodEvenings, importer: HabitImporter) -> None:
    with open_rows(file.stream) as (columns, rows):
        for column in columns:
            if column and column not in _COLUMNS:
                importer.report(
                    _('calmtrack doesn\'t know the column "{column}", so it is left out.'),
                    column=column[:60],
                )
        for row in rows:
            with errors_at_line(row.line):
                day = _day(row)
            activities = [text.strip() for text in row.cells.get("activities", "").split("|")]
            evenings.add(day, _entry_in_row(row, day, importer), filter(None, activities))


def _read_backup(file: InputFile, evenings: MoodEvenings, importer: HabitImporter) -> None:
    document = file.json_in(BACKUP, base64.decode)
    with document.items("customMoods") as items:
        moods = dict(_mood(item.object) for item in items)
    with document.items("tags") as items:
        tags = {
            f"{item.object.required_integer('id')}": item.object.text("name").strip()
            for item in items
        }
    has_photos = False
    with document.items("dayEntries") as items:
        for item in items:
            one = item.object
            number = one.integer("mood")
            mood, calm = moods.get(number, (f"mood {number}", None)) if number else ("", None)
            names = [tags.get(f"{tag}", f"activity {tag}") for tag in one.array("tags")]
            entry = MoodEntry(
                item.number,
                _time_in_backup(one),
                mood,
                calm,
                _note(item.number, [one.text("note_title"), one.text("note")], importer),
                unix_moment((one.integer("datetime") or 0) // 1000),
            )
            evenings.add(_day_in_backup(one), entry, filter(None, names))
            has_photos |= bool(one.array("assets"))
    has_goals = any(True for _ in document.lists("goals"))
    importer.report_unsupported(_("photos") if has_photos else "", _("goals") if has_goals else "")


def _mood(mood: JsonObject) -> tuple[int, tuple[str, int | None]]:
    """The id of a mood, its label, and the calm score of its group."""
    scores = dict(enumerate(MOODS.values(), 1))
    labels = dict(enumerate(MOODS, 1))
    number = mood.required_integer("id")
    group = mood.integer("mood_group_id") or 0
    own_label = mood.text("custom_name").strip()
    label = own_label or labels.get(mood.integer("predefined_name_id") or 0, f"mood {number}")
    return number, (label, scores.get(group))


def _day_in_backup(entry: JsonObject) -> date:
    """The local day; months count from 0."""
    year, month, day = map(entry.required_integer, ("year", "month", "day"))
    return parse_day(f"{year:04}-{month + 1:02}-{day:02}")


def _time_in_backup(entry: JsonObject) -> str:
    hour, minute = entry.integer("hour"), entry.integer("minute")
    return "" if hour is None or minute is None else f"{hour:02}:{minute:02}"


def read_moods(path: Path) -> dict[str, int]:
    """Reads a file of calm scores by mood, a line for each: `sad = 2`; `#` begins a comment.
    Raises InputError with the file and the line."""
    scores: dict[str, int] = {}
    with open_input(path) as file, as_text(file.stream) as text:
        for number, line in numbered_lines(text):
            parts = _MOOD_LINE.fullmatch(line)
            if parts is None or int(parts["score"]) > HIGHEST_SCORE:
                raise InputError(
                    _(
                        "{path}, line {line}: write a mood and its calm score, a whole number "
                        "from 0 to 10, like this: sad = 3. Nothing was imported."
                    ).format(path=path, line=number)
                )
            scores[parts["label"].strip().casefold()] = int(parts["score"])
    return scores


def _entry_in_row(row: Row, day: date, importer: HabitImporter) -> MoodEntry:
    mood = row.cells.get("mood", "").strip()
    texts = [row.cells.get(column, "").strip() for column in ("note_title", "note")]
    scales = row.cells.get("scales", "").replace("\u00a0", " ").strip()
    note = "\n".join(filter(None, (_note(row.line, texts, importer), scales)))
    time = clock_time(row.cell("time"))
    at = local_moment(day, time)
    return MoodEntry(row.line, time, mood, MOODS.get(mood.casefold()), note, at)


def _note(line: int, parts: list[str], importer: HabitImporter) -> str:
    """The title and the text of a note as plain text."""
    plain = [_without_html(part.strip()) for part in parts]
    if plain != [part.strip() for part in parts]:
        importer.report(_("{at}: the note had HTML, which was converted to plain text."), line=line)
    return ": ".join(filter(None, plain))


def _without_html(text: str) -> str:
    """A note without the tags of Daylio's editor."""
    if not _BREAK.search(text) and not _TAG.search(text):
        return text
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def _day(row: Row) -> date:
    """The day; the oldest exports have the year, and the month and day in English."""
    full = row.cell("full_date")
    if full or "year" not in row.cells:
        return parse_day(full)
    text = row.cell("date")
    written = f"{text} {row.cell('year')}"
    if not has_date_form(written):
        message = _('I don\'t recognise the date "{text}". It has to be in English.')
        raise InputError(message.format(text=text[:40]))
    return parse_date(written, "DMY")
