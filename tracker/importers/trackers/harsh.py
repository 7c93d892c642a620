"""harsh: two text files, `habits` and `log`, with fields separated by colons."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial

from tracker.errors import InputError
from tracker.formats.cell_parsing import parse_decimal
from tracker.formats.input_file import InputFile
from tracker.i18n.messages import _
from tracker.importers.habit_importer import HabitImporter
from tracker.importers.import_report import ForeignHabit
from tracker.importers.trackers.habitctl import matches_pair, read_pair

SOURCE, NAME = "harsh", "harsh"
SIGNATURE = ()

_HABIT = re.compile(
    r"(?P<name>[^:#!]+):\s*(?P<times>[0-9]{1,4})(?P<weeks>w)?(?:/(?P<days>[0-9]{1,4}))?"
    r"\s*(?::\s*(?P<end>[0-9-]+)\s*)?"
)
_LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) : (?P<name>.+?) : (?P<result>[yns])(?: :(?P<more>.*))?"
)


def matches(file: InputFile) -> bool:
    """Whether most lines are habits of harsh, or most are entries of its log."""
    return matches_pair(file, _LOG, _HABIT)


def read(file: InputFile, importer: HabitImporter) -> None:
    has_headings = False

    def habit_in(text: str) -> ForeignHabit | None:
        nonlocal has_headings
        if text.startswith("!"):
            has_headings = True
            return None
        return _habit(text, importer)

    read_pair(file, importer, SOURCE, _LOG, habit_in, partial(_note, importer))
    if has_headings:
        importer.report_unsupported(_("headings in the habit list"))


def _habit(text: str, importer: HabitImporter) -> ForeignHabit:
    fields = _HABIT.fullmatch(text)
    if fields is None:
        raise InputError(_("I can't read this line as a habit."))
    name, times = fields["name"].strip(), int(fields["times"])
    if fields["end"]:
        importer.report(
            _("{name} ends on {day} in the file. It stays in your list."),
            name=name,
            day=fields["end"],
        )
    if fields["days"]:
        goal = times, int(fields["days"])
    elif times == 0:
        goal = 0, 1
    else:
        goal = 1, times * 7 if fields["weeks"] else times
    return ForeignHabit(name, goal=goal)


def _note(importer: HabitImporter, line: int, fields: re.Match[str]) -> str:
    """The comment of an entry, with its amount."""
    note, amount = _comment(fields["more"] or "")
    name = fields["name"].strip()
    return importer.note_with_number(line, name, note, amount) if amount else note


def _comment(more: str) -> tuple[str, Decimal]:
    """The comment and the amount after the result of an entry; 0 without an amount. harsh ends
    the line in ` :  : ` where both are empty; the last space may have been cut."""
    comment, colon, amount = f" {more} ".rpartition(" : ")
    if not colon:
        return more.strip(), Decimal(0)
    return comment.strip(), parse_decimal(amount.strip() or "0")
