"""The diary in one line, for a prompt or a status bar: quick, and never a note."""

from __future__ import annotations

from tracker.cli.context import holds_something
from tracker.cli.output import print_lines
from tracker.i18n.messages import say
from tracker.location import Location
from tracker.models import DayView, State
from tracker.render.symbols import ascii_only
from tracker.settings import read_settings


def print_status(place: Location, *, quiet: bool) -> None:
    """Prints the line of a diary: calm, practices done, the longest running streak."""
    if place.path is not None and not holds_something(place.path):
        print_lines(say("status.open"))
        return
    from tracker.diary.fast_today import today_view

    view = today_view(place)
    if view is None and (place.path is None or not place.path.is_file()):
        from tracker.diary.diary import Diary

        view = Diary(place).day()
    if view is not None:
        print_lines(status_line(view, quiet=quiet or read_settings().settings.quiet))


def status_line(view: DayView, *, quiet: bool) -> str:
    """ "calm 7 · 4 of 8 · hug 12"; before tonight's rating only that tonight is open."""
    if view.calm is None:
        return say("status.open")
    done = sum(row.state is State.DONE for row in view.practices)
    parts = [] if quiet else [say("week.calm", calm=view.calm)]
    parts.append(say("amount.some", amount=done, target=len(view.practices)))
    running = [r for r in view.practices if r.days_per_week >= 5 and r.figures.streak >= 2]
    if running:
        longest = max(running, key=lambda row: row.figures.streak)
        parts.append(f"{longest.practice.id} {longest.figures.streak}")
    return (" | " if ascii_only() else " · ").join(parts)
