"""Asking before what a person should have seen first."""

from __future__ import annotations

import click

from tracker.errors import CalmtrackError
from tracker.i18n.messages import say


def confirm(question: str, yes: bool) -> None:
    """Asks, unless it was said already; anything but yes leaves all as it is: raises Trouble."""
    if yes:
        return
    try:
        answer = click.prompt(question, default="", show_default=False)
    except click.Abort as error:
        raise CalmtrackError(say("care.as_it_was")) from error
    if answer.strip().casefold() not in say("ask.yes").split():
        raise CalmtrackError(say("care.as_it_was"))
