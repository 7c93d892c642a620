"""Taking steps back, and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from tracker.cli.context import get_diary
from tracker.cli.negative_numbers import AllowsNegativeNumbers
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import format_number, say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

MOST_AT_ONCE = 1000


@click.command("undo", cls=AllowsNegativeNumbers)
@click.argument("steps", metavar="[N]", default="1")
@click.pass_context
def undo_command(context: click.Context, steps: str) -> None:
    """Take back the newest step, or the newest N, whoever made them."""
    _turn(get_diary(context), "undone", steps)


@click.command("redo", cls=AllowsNegativeNumbers)
@click.argument("steps", metavar="[N]", default="1")
@click.pass_context
def redo_command(context: click.Context, steps: str) -> None:
    """Do again what was taken back last, or the last N."""
    _turn(get_diary(context), "redone", steps)


def _turn(diary: Diary, which: Literal["undone", "redone"], steps: str) -> None:
    from tracker.diary.validation import whole_number
    from tracker.render.change_text import step_sentence
    from tracker.sanitize import sanitize_line

    count = whole_number(steps)
    if not 1 <= count <= MOST_AT_ONCE:
        raise InputError(say("cli.steps", most=format_number(MOST_AT_ONCE)))
    for _ in range(count):
        step = diary.undo() if which == "undone" else diary.redo()
        print_lines(sanitize_line(step_sentence(which, step, diary.practices.all())))
        if step is None:
            return
