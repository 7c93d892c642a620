"""The commands that run without click, which is slow to import: Tonight or today, and `status`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tracker.cli.context import coin_of, get_today_view, warn_if_missing
from tracker.cli.output import print_exact, print_lines
from tracker.files import is_missing_or_empty, refuse_special
from tracker.i18n.messages import _
from tracker.location import Location
from tracker.models import DayView, PracticeDay, State, counts_in_weeks
from tracker.render.symbols import ascii_only
from tracker.settings import read_settings

OpenScreens = Callable[[Location], int]
"""Runs the app and returns its exit code; passed in, since this package doesn't import `tui`."""

OPEN_SCREENS = "calmtrack.open_screens"
"""The key of that function in a click context's `meta`."""


def launch(location: Location, open_screens: OpenScreens | None) -> int:
    """Runs the app where it can be shown, else prints today; returns the exit code."""
    if open_screens is not None and is_interactive():
        return open_screens(location)
    from tracker.render.day_text import day_table

    view = get_today_view(location)
    print_exact(*day_table(view, coin_of(location, view)))
    return 0


def is_interactive() -> bool:
    """Whether input and output are a terminal that can show screens, or Textual's web driver."""
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        return True
    return all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    ) and os.environ.get("TERM", "") not in ("", "dumb")


def print_status(location: Location, *, quiet: bool) -> None:
    """Prints one line for a prompt, never with a note in it; nothing when the diary is busy."""
    if location.path is not None and is_missing_or_empty(location.path):
        refuse_special(location.path)
        print_lines(_("tonight is open"))
        warn_if_missing(location)
        return
    from tracker.diary.fast_today import today_view

    view = today_view(location)
    if view is None and (location.path is None or not location.path.is_file()):
        from tracker.diary.diary import Diary

        view = Diary(location).day()
    if view is not None:
        print_exact(status_line(view, quiet=quiet or read_settings().settings.quiet))


def status_line(view: DayView, *, quiet: bool) -> str:
    """ "calm 7 · 4 of 8 · Hug 12": calm, practices done, the longest current streak in days.

    Before tonight's rating it only says that tonight is open, or that it's a rest day for all
    practices; `quiet` leaves the score out.
    """
    if view.calm is None:
        return _("rest day") if view.all_rest else _("tonight is open")
    done = sum(row.state is State.DONE for row in view.practices)
    amount = _("{amount} of {target}").format(amount=done, target=len(view.practices))
    parts = [] if quiet else [_("calm {calm}").format(calm=view.calm)]
    parts.append(_("rest day") if view.all_rest else amount)
    if longest := longest_current_streak(view):
        name = longest.practice.name
        parts.append(f"{name} {longest.figures.streak}")
    return (" | " if ascii_only() else " · ").join(parts)


def longest_current_streak(view: DayView) -> PracticeDay | None:
    """The practice with the longest current streak in days, from 2 on; None without one."""
    streaks = [
        row for row in view.practices if not counts_in_weeks(row) and row.figures.streak >= 2
    ]
    return max(streaks, key=lambda row: row.figures.streak, default=None)
