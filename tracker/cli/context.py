"""How a command reaches the diary, and what people type for days and numbers."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.output import flush, print_error
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.messages import say
from tracker.location import Location, resolve_location
from tracker.sanitize import sanitize_line
from tracker.settings import read_settings

if TYPE_CHECKING:
    import click

    from tracker.diary.diary import Diary
    from tracker.models import DayView


LONGEST_INPUT = 1_000_000
"""Bytes of a note read from standard input: far above what a note can have."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def get_location(context: click.Context) -> Location:
    """Where the diary of this command lies."""
    return location_named(context.find_root().obj)


def location_named(chosen: str | None) -> Location:
    """Where a diary lies, as `--diary` says. An empty one is a mistake in a script, and must
    not end up in the person's own diary."""
    if chosen == "":
        raise InputError(say("cli.no_place"))
    if chosen is None and not os.environ.get("CALMTRACK_DATABASE_URL"):
        chosen = read_settings().settings.diary or None
    try:
        return resolve_location(chosen)
    except RuntimeError as error:
        raise InputError(say("cli.no_home", text=chosen or "CALMTRACK_HOME")) from error


def get_diary(context: click.Context) -> Diary:
    """The diary of this command."""
    from tracker.diary.diary import Diary

    for complaint in read_settings().complaints:
        print_error(complaint)
    diary = Diary(get_location(context))
    context.find_root().call_on_close(lambda: _keep_backup(diary))
    return diary


def _keep_backup(diary: Diary) -> None:
    """The day's backup, once what was written is acknowledged; its trouble undoes nothing."""
    if not diary.changed:
        return

    flush()
    try:
        for sentence in diary.maintenance.clean_up():
            print_error(sentence)
        diary.maintenance.back_up_daily()
    except CalmtrackError as trouble:
        print_error(str(trouble))


def holds_something(path: Path) -> bool:
    """Whether there is a file; an empty one is a diary not yet begun."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False


def today_view(place: Location) -> DayView:
    """Today, by the quick way where that is enough."""
    from tracker.diary.fast_today import today_view

    view = today_view(place)
    if view is None:
        from tracker.diary.diary import Diary

        view = Diary(place).day()
    return view


def parse_day(text: str | None, today: date, *, ahead: bool = False) -> date | None:
    """The day that was typed, if any. Raises WrongInput for what is no day."""
    from tracker.diary.validation import day_named

    return None if text is None else day_named(text, today, ahead=ahead)


def parse_time(text: str) -> time:
    """The time of day that was typed, like 21:30. Raises WrongInput."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not text.isascii():
        raise InputError(say("cli.not_a_time", text=sanitize_line(text, 40)))
    return time(int(found[1]), int(found[2]))


def read_note(text: str | None) -> str | None:
    """The note that was typed; `-` reads it from standard input, and so keeps it out of the
    list of processes."""
    if text != "-":
        return text
    if sys.stdin is None:
        return ""
    # Read as bytes and up to a bound: what is no text is told, and /dev/zero ends.
    try:
        return sys.stdin.buffer.read(LONGEST_INPUT).decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise InputError(say("check.not_text")) from error
