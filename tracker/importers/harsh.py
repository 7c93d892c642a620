"""harsh's two files: `habits`, a line for each, and `log`, a line for each day of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tracker.errors import InputError
from tracker.formats.numbered_lines import numbered
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import ForeignHabit
from tracker.importers.habit_importer import HabitImporter, HabitTarget
from tracker.importers.loop_csv import decimal_in
from tracker.importers.row_collector import parse_day

HABIT = re.compile(
    r"(?P<name>[^:#!]+):\s*(?P<times>[0-9]{1,4})(?P<weeks>w)?(?:/(?P<days>[0-9]{1,4}))?"
    r"\s*(?::\s*(?P<end>[0-9-]+)\s*)?"
)
LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) : (?P<name>.+?) : (?P<result>[yns])(?: :(?P<more>.*))?"
)


def read_harsh(habits: Iterable[str], log: Iterable[str], into: HabitImporter) -> None:
    """Reads the lines of both; either may be empty. Raises WrongInput, with the line."""
    targets: dict[str, HabitTarget] = {}
    headings = False
    for line, text in numbered(habits):
        if text.startswith("!"):
            headings = True
            continue
        habit = _habit(line, text, into)
        targets[habit.name] = into.habit(habit)
    for line, text in numbered(log):
        _mark(line, text, targets, into)
    if headings:
        into.no_place(say("other.headings"))


def _habit(line: int, text: str, into: HabitImporter) -> ForeignHabit:
    found = HABIT.fullmatch(text)
    if found is None:
        raise InputError(say("csv.line", line=line, problem=say("other.habit_line")))
    name, times = found["name"].strip(), int(found["times"])
    if found["end"]:
        into.said("other.ends", name=name, day=found["end"])
    if found["days"]:
        days_per_week = into.weekly(name, times, int(found["days"]))
    elif times == 0:
        # Only tracked, never due.
        days_per_week = 1
    else:
        days_per_week = into.weekly(name, 1, times * 7 if found["weeks"] else times)
    return ForeignHabit(name, days_per_week=days_per_week)


def _mark(line: int, text: str, targets: dict[str, HabitTarget], into: HabitImporter) -> None:
    found = LOG.fullmatch(text)
    if found is None:
        raise InputError(say("csv.line", line=line, problem=say("other.log_line")))
    try:
        day = parse_day(found["day"])
    except InputError as error:
        raise InputError(say("csv.line", line=line, problem=error)) from error
    name = found["name"].strip()
    if name not in targets:
        targets[name] = into.habit(ForeignHabit(name))
    note, number = _comment(line, found["more"] or "")
    if number:
        into.said("other.amount_in_note", line=line, name=name, number=f"{number.normalize():f}")
        note = f"{note} ({number.normalize():f})".strip()
    marks = {"y": into.yes, "n": into.no, "s": into.rest}
    marks[found["result"]](line, targets[name], day, note)


def _comment(line: int, more: str) -> tuple[str, Decimal]:
    """What a line says behind its result: a comment, and an amount behind that."""
    comment, colon, amount = f" {more}".rpartition(" : ")
    if not colon:
        return more.strip(), Decimal(0)
    return comment.strip(), decimal_in(line, amount.strip() or "0")
