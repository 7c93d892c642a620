"""Reads calmtrack's own JSON: a whole copy of a diary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from datetime import date, timedelta
from functools import partial

from tracker.errors import InputError
from tracker.formats.cell_parsing import parse_note
from tracker.formats.input_file import InputFile
from tracker.formats.json_mapping import (
    ENTRY,
    EVENING,
    FORMAT,
    KEPT,
    PRACTICE,
    parse_app_state,
    parse_entry,
    parse_evening,
    parse_practice,
)
from tracker.formats.json_reader import JsonItem, JsonObject
from tracker.i18n.date_format import format_day
from tracker.i18n.messages import _, format_number
from tracker.importers.import_report import DAY_AHEAD, DiaryCopy, IncomingRow, ReportMessages
from tracker.models import CALM_ID, EntryState

SIGNATURE = ("calmtrack", "practices", "entries", "evenings", "kept")

MAX_PRACTICES = 10_000
"""Practices and rows of the `kept` table together."""


def matches(file: InputFile) -> bool:
    """Whether a file is JSON with the version of calmtrack's format, or with no members but
    calmtrack's. Journals have `entries`, too."""
    if not file.is_json:
        return False
    names = file.json.names
    return "calmtrack" in names or (bool(names) and names <= set(SIGNATURE))


def read(file: InputFile, today: date, messages: ReportMessages) -> DiaryCopy:
    """Reads and checks a whole file. Raises InputError with the position."""
    reader = _Reader(today, messages)
    with file.json.items() as items:
        for item in items:
            reader.read_item(item)
    reader.check_practices()
    return DiaryCopy(reader.practices, reader.kept, reader.entries, reader.evenings)


class _Reader:
    """The rows read so far."""

    def __init__(self, today: date, messages: ReportMessages) -> None:
        self._today = today
        self._messages = messages
        self.practices: list[IncomingRow] = []
        self.kept: list[IncomingRow] = []
        self.entries: list[IncomingRow] = []
        self.evenings: list[IncomingRow] = []
        self._used: set[str] = set()
        """The ids of the practices of entries."""

    def read_item(self, item: JsonItem) -> None:
        """Reads one row, or a member that is not a list of rows."""
        report = partial(self._messages.add, part=item.part)
        note = partial(parse_note, line=item.number, report=report)
        if item.part == "calmtrack":
            if item.value != FORMAT:
                raise InputError(
                    _(
                        "This file is from a newer version of calmtrack. Update calmtrack to "
                        "read it."
                    )
                )
        elif item.part == "practices":
            practice, at = parse_practice(self._fields(item, PRACTICE))
            self.practices.append(IncomingRow((practice.id, None), practice, at))
        elif item.part == "kept":
            key, value, at = parse_app_state(self._fields(item, KEPT))
            self.kept.append(IncomingRow((key, None), value, at))
        elif item.part == "entries":
            entry, at = parse_entry(self._fields(item, ENTRY), note)
            self.entries.append(IncomingRow((entry.practice_id, entry.day), entry, at))
            self._used.add(entry.practice_id)
            if entry.state is EntryState.LOGGED:
                self._report_if_ahead(item, entry.day)
        elif item.part == "evenings":
            evening, at = parse_evening(self._fields(item, EVENING), note)
            self.evenings.append(IncomingRow((CALM_ID, evening.day), evening, at))
            if not evening.empty:
                self._report_if_ahead(item, evening.day)
        elif item.number <= 1:
            self._messages.add(
                _('calmtrack doesn\'t know the part "{name}" of the file, so it is left out.'),
                name=item.part,
            )
        if len(self.practices) + len(self.kept) + len(self._used) > MAX_PRACTICES:
            raise InputError(
                _(
                    "The file has more than {most} practices and settings, which is "
                    "too many to import. Check that it's the right file."
                ).format(most=format_number(MAX_PRACTICES))
            )

    def check_practices(self) -> None:
        """Raises InputError unless each practice of an entry is in the file exactly once."""
        counts = Counter(row.value.id for row in self.practices)
        if missing := sorted(self._used - counts.keys()):
            raise InputError(
                _(
                    "The file has days of practices it doesn't describe: {names}. "
                    "Nothing was imported. Export the diary again, then import the "
                    "new file."
                ).format(names=", ".join(missing[:5]))
            )
        if twice := [practice_id for practice_id, count in counts.items() if count > 1]:
            raise InputError(
                _(
                    'The file lists the practice "{id}" twice. Nothing was imported. Remove one '
                    "of the two from the file, then try again."
                ).format(id=twice[0])
            )

    def _report_if_ahead(self, item: JsonItem, day: date) -> None:
        # In the time zone of the other copy the next day may have begun.
        if day > self._today + timedelta(days=1):
            self._messages.add(
                _(DAY_AHEAD),
                line=item.number,
                part=item.part,
                day=format_day(day, year=True),
            )

    def _fields(self, item: JsonItem, known: Set[str]) -> JsonObject:
        fields = item.object
        for name in sorted(fields.names() - known):
            self._messages.add(
                _('calmtrack doesn\'t know the field "{name}", so it is left out.'), name=name
            )
        return fields
