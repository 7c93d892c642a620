"""harsh's two files: `habits`, a line for each, and `log`, a line for each day of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from tracker.exchange.collecting import Collector, Target
from tracker.exchange.gathering import day_in
from tracker.exchange.habits import Habit
from tracker.exchange.loop import decimal_in
from tracker.exchange.plain_lines import numbered
from tracker.trouble import WrongInput
from tracker.words import say

HABIT = re.compile(
    r"(?P<name>[^:#!]+):\s*(?P<times>[0-9]{1,4})(?P<weeks>w)?(?:/(?P<days>[0-9]{1,4}))?"
    r"\s*(?::\s*(?P<end>[0-9-]+)\s*)?"
)
LOG = re.compile(
    "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) : (?P<name>.+?) : (?P<result>[yns])(?: :(?P<more>.*))?"
)


def read_harsh(habits: Iterable[str], log: Iterable[str], into: Collector) -> None:
    """Reads the lines of both; either may be empty. Raises WrongInput, with the line."""
    targets: dict[str, Target] = {}
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


def _habit(line: int, text: str, into: Collector) -> Habit:
    found = HABIT.fullmatch(text)
    if found is None:
        raise WrongInput(say("csv.line", line=line, problem=say("other.habit_line")))
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
    return Habit(name, days_per_week=days_per_week)


def _mark(line: int, text: str, targets: dict[str, Target], into: Collector) -> None:
    found = LOG.fullmatch(text)
    if found is None:
        raise WrongInput(say("csv.line", line=line, problem=say("other.log_line")))
    try:
        day = day_in(found["day"])
    except WrongInput as error:
        raise WrongInput(say("csv.line", line=line, problem=error)) from error
    name = found["name"].strip()
    if name not in targets:
        targets[name] = into.habit(Habit(name))
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
