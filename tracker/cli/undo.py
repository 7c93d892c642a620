"""Taking steps back, and doing them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from tracker.cli.numbers import TakesNumbers
from tracker.cli.printing import put
from tracker.cli.reach import diary_of
from tracker.trouble import WrongInput
from tracker.words import number, say

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

MOST_AT_ONCE = 1000


@click.command("undo", cls=TakesNumbers)
@click.argument("steps", metavar="[N]", default="1")
@click.pass_context
def undo_command(context: click.Context, steps: str) -> None:
    """Take back the newest step, or the newest N, whoever made them."""
    _turn(diary_of(context), "undone", steps)


@click.command("redo", cls=TakesNumbers)
@click.argument("steps", metavar="[N]", default="1")
@click.pass_context
def redo_command(context: click.Context, steps: str) -> None:
    """Do again what was taken back last, or the last N."""
    _turn(diary_of(context), "redone", steps)


def _turn(diary: Diary, which: Literal["undone", "redone"], steps: str) -> None:
    from tracker.charts.step_text import step_sentence
    from tracker.diary.checks import whole_number
    from tracker.visible import visible

    count = whole_number(steps)
    if not 1 <= count <= MOST_AT_ONCE:
        raise WrongInput(say("cli.steps", most=number(MOST_AT_ONCE)))
    for _ in range(count):
        step = diary.undo() if which == "undone" else diary.redo()
        put(visible(step_sentence(which, step, diary.practices())))
        if step is None:
            return
