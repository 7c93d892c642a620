"""How a command reaches the diary, and what people type for days and numbers."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.printing import complain, flush
from tracker.places import Place, diary_place
from tracker.settings import read_settings
from tracker.trouble import Trouble, WrongInput
from tracker.visible import visible
from tracker.words import say

if TYPE_CHECKING:
    import click

    from tracker.diary.diary import Diary
    from tracker.values import DayView


LONGEST_INPUT = 1_000_000
"""Bytes of a note read from standard input: far above what a note can have."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def place_of(context: click.Context) -> Place:
    """Where the diary of this command lies."""
    return place_named(context.find_root().obj)


def place_named(chosen: str | None) -> Place:
    """Where a diary lies, as `--diary` says. An empty one is a mistake in a script, and must
    not end up in the person's own diary."""
    if chosen == "":
        raise WrongInput(say("cli.no_place"))
    if chosen is None and not os.environ.get("CALMTRACK_DATABASE_URL"):
        chosen = read_settings().settings.diary or None
    try:
        return diary_place(chosen)
    except RuntimeError as error:
        raise WrongInput(say("cli.no_home", text=chosen or "CALMTRACK_HOME")) from error


def diary_of(context: click.Context) -> Diary:
    """The diary of this command."""
    from tracker.diary.diary import Diary

    for complaint in read_settings().complaints:
        complain(complaint)
    diary = Diary(place_of(context))
    context.find_root().call_on_close(lambda: _keep_backup(diary))
    return diary


def _keep_backup(diary: Diary) -> None:
    """The day's backup, once what was written is acknowledged; its trouble undoes nothing."""
    if not diary.changed:
        return
    from tracker.diary.care import back_up_daily, tidy

    flush()
    try:
        for sentence in tidy(diary):
            complain(sentence)
        back_up_daily(diary)
    except Trouble as trouble:
        complain(str(trouble))


def holds_something(path: Path) -> bool:
    """Whether there is a file; an empty one is a diary not yet begun."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False


def today_view(place: Place) -> DayView:
    """Today, by the quick way where that is enough."""
    from tracker.diary.first_look import first_look

    view = first_look(place)
    if view is None:
        from tracker.diary.diary import Diary

        view = Diary(place).day()
    return view


def day_typed(text: str | None, today: date, *, ahead: bool = False) -> date | None:
    """The day that was typed, if any. Raises WrongInput for what is no day."""
    from tracker.diary.checks import day_named

    return None if text is None else day_named(text, today, ahead=ahead)


def time_typed(text: str) -> time:
    """The time of day that was typed, like 21:30. Raises WrongInput."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not text.isascii():
        raise WrongInput(say("cli.not_a_time", text=visible(text, 40)))
    return time(int(found[1]), int(found[2]))


def note_typed(text: str | None) -> str | None:
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
        raise WrongInput(say("check.not_text")) from error
