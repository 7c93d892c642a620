"""The demo: an invented year in a folder that is thrown away afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tracker import clock
from tracker.cli.app import SCREENS
from tracker.cli.opening import can_show_screens, open_at
from tracker.cli.printing import put
from tracker.places import DIARY_FILE, Place
from tracker.words import say


@click.command("demo")
@click.pass_context
def demo_command(context: click.Context) -> int:
    """Open an invented year, to look around in.

    It lies in a folder of its own, which is removed when you leave; your diary stays as it is.
    Without a terminal it prints the invented today.
    """
    now = clock.now()
    with TemporaryDirectory(prefix="calmtrack-demo-") as folder:
        from tracker.diary.diary import Diary
        from tracker.diary.invented import begin_invented

        place = Place(Path(folder) / DIARY_FILE, invented=True)
        begin_invented(Diary(place), now)
        if not can_show_screens():
            put(say("demo.printed"), "")
        with _at_home_in(folder):
            return open_at(place, context.meta[SCREENS])


@contextmanager
def _at_home_in(folder: str) -> Iterator[None]:
    """What the screens keep beside a diary goes to the throw-away folder, too."""
    before = os.environ.get("CALMTRACK_HOME")
    os.environ["CALMTRACK_HOME"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["CALMTRACK_HOME"]
        else:
            os.environ["CALMTRACK_HOME"] = before
