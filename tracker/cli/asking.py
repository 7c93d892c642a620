"""Asking before what a person should have seen first."""

from __future__ import annotations

import click

from tracker.trouble import Trouble
from tracker.words import say


def ask(question: str, yes: bool) -> None:
    """Asks, unless it was said already; anything but yes leaves all as it is: raises Trouble."""
    if yes:
        return
    try:
        answer = click.prompt(question, default="", show_default=False)
    except click.Abort as error:
        raise Trouble(say("care.as_it_was")) from error
    if answer.strip().casefold() not in say("ask.yes").split():
        raise Trouble(say("care.as_it_was"))
