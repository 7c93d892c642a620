"""How a command reaches the diary, and what people type for days and numbers."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.printing import complain
from tracker.places import Place, diary_place
from tracker.trouble import Trouble, WrongInput
from tracker.visible import visible
from tracker.words import say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.values import DayView


def place_of(context: click.Context) -> Place:
    """Where the diary of this command lies."""
    return diary_place(context.find_root().obj)


def diary_of(context: click.Context) -> Diary:
    """The diary of this command."""
    from tracker.diary.diary import Diary

    diary = Diary(place_of(context))
    context.find_root().call_on_close(lambda: _keep_backup(diary))
    return diary


def _keep_backup(diary: Diary) -> None:
    """The day's backup, once what was written is acknowledged; its trouble undoes nothing."""
    if not diary.changed:
        return
    from tracker.diary.care import back_up_daily

    sys.stdout.flush()
    try:
        back_up_daily(diary)
    except Trouble as trouble:
        complain(str(trouble))


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
    from tracker.rules.days import NotADay, parse_day

    if text is None:
        return None
    try:
        return parse_day(text.strip(), today, ahead=ahead)
    except NotADay as error:
        raise WrongInput(say("check.not_a_day", text=visible(text, 40))) from error


def note_typed(text: str | None) -> str | None:
    """The note that was typed; `-` reads it from standard input, and so keeps it out of the
    list of processes."""
    if text != "-":
        return text
    return sys.stdin.read().removesuffix("\n")
