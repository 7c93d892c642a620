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
from tracker.cli.launch import is_interactive, launch
from tracker.cli.output import print_lines
from tracker.i18n.messages import say
from tracker.location import DIARY_FILE, Location


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

        place = Location(Path(folder) / DIARY_FILE, invented=True)
        Diary(place, now=lambda: now).begin_demo()
        if not is_interactive():
            print_lines(say("demo.printed"), "")
        with _at_home_in(folder):
            return launch(place, context.meta[SCREENS])


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
