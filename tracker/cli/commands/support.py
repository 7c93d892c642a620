"""The person's own lines for heavy days, and the gentle line after a low rating."""

from __future__ import annotations

import click

from tracker.cli.context import get_diary
from tracker.cli.output import print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say


@click.command("support")
@click.argument("lines", metavar="[LINE]...", nargs=-1)
@click.option("--edit", is_flag=True, help="The LINEs take the place of yours; none: ours again.")
@click.option("--add", is_flag=True, help="The LINEs come after yours.")
@click.option("--mute/--unmute", "is_muted", default=None, help="The gentle line after a rating.")
@click.pass_context
def support_command(
    context: click.Context, lines: tuple[str, ...], edit: bool, add: bool, is_muted: bool | None
) -> None:
    """What helps on heavy days, in your own lines: --add "Anna, any time", --edit to replace."""

    if (edit and add) or (lines and not (edit or add)) or (add and not lines):
        raise InputError(say("support.how"))
    diary = get_diary(context)
    if is_muted is not None:
        diary.support.mute(is_muted=is_muted)
        print_lines(say("support.muted") if is_muted else say("support.unmuted"))
    if edit or add:
        diary.support.set_lines([*(diary.support.own_lines() if add else ()), *lines])
    if edit or add or is_muted is None:
        print_lines(*diary.support.lines())
