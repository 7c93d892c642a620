"""Day One: a JSON export of a journal, alone or in the zip with its photos. Entries become notes of
evenings.

`{"metadata": …, "entries": [{"creationDate": "2026-03-01T20:00:00Z", "timeZone": "Europe/Berlin",
"text": "…", "tags": […], "starred": false, "photos": […]}]}`. The text is Markdown, with a
reference for each photo and a backslash before punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tracker import clock
from tracker.formats.cell_parsing import date_error, parse_day
from tracker.formats.input_file import InputFile
from tracker.formats.json_reader import JsonDocument, JsonObject
from tracker.i18n.messages import N_, _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.mood_evenings import MoodEntry, MoodEvenings

SOURCE, NAME = "dayone", "Day One"
SIGNATURE = ("creationDate",)

_PHOTO = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNSUPPORTED = {
    "tags": N_("tags"),
    "starred": N_("stars of entries"),
    "photos": N_("photos"),
    "audios": N_("photos"),
    "videos": N_("photos"),
    "location": N_("locations"),
    "weather": N_("the weather"),
}
"""Messages by fields of an entry that a diary has no place for."""


def matches(file: InputFile) -> bool:
    """Whether a JSON file, or one in a zip, has entries of Day One."""
    return any(map(_has_entries, _journals(file)))


def read(file: InputFile, importer: HabitImporter) -> None:
    importer.number_items()
    evenings = MoodEvenings(importer)
    unsupported: set[str] = set()
    for document in filter(_has_entries, _journals(file)):
        with document.items("entries") as items:
            for item in items:
                _read_entry(item.number, item.object, evenings, unsupported)
    evenings.finish()
    importer.report_unsupported(*sorted(unsupported))


def _journals(file: InputFile) -> Iterator[JsonDocument]:
    """The JSON of a file, or of each in a zip, where they lie beside the folders of photos."""
    if file.is_json:
        yield file.json
    elif file.is_zip:
        names = [name for name in file.names if name.endswith(".json") and "/" not in name]
        yield from map(file.json_in, names)


def _has_entries(document: JsonDocument) -> bool:
    return any("creationDate" in entry for entry in document.sample("entries"))


def _read_entry(
    number: int, one: JsonObject, evenings: MoodEvenings, unsupported: set[str]
) -> None:
    moment = _moment(one)
    local = moment.astimezone(_zone(one.text("timeZone")))
    note = _ESCAPED.sub(r"\1", _PHOTO.sub("", one.text("text"))).strip()
    unsupported |= {_(thing) for field, thing in _UNSUPPORTED.items() if one.value(field)}
    day = parse_day(local.date().isoformat())
    entry = MoodEntry(number, f"{local:%H:%M}", "", None, note, clock.utc_seconds(moment))
    evenings.add(day, entry)


def _moment(entry: JsonObject) -> datetime:
    text = entry.text("creationDate")
    try:
        moment = datetime.fromisoformat(text)
        parse_day(text[:10])
    except ValueError as error:
        raise date_error(text) from error
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _zone(name: str) -> ZoneInfo | None:
    """The zone of an entry; None, the local one, for a name that this system doesn't know."""
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, OSError, ValueError):
        return None
