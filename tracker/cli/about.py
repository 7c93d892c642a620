"""What calmtrack is, and what research says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli import completing
from tracker.cli.look import plainly
from tracker.cli.printing import put
from tracker.trouble import WrongInput
from tracker.visible import visible
from tracker.words import say

if TYPE_CHECKING:
    from tracker.evidence import Card


@click.command("about")
@click.argument("practice", required=False, shell_complete=completing.cards)
@plainly
def about_command(practice: str | None, plain: bool) -> None:
    """What calmtrack is and is not, and what research says; of one PRACTICE, its evidence."""
    from tracker.charts.evidence_text import about_facts, about_lines, card_facts, card_lines
    from tracker.evidence import cards, claims, what_holds

    if practice is None:
        told = about_facts if plain else about_lines
        put(*told(cards(), claims(), what_holds()))
    else:
        one = _card(practice, cards())
        put(*(card_facts(one) if plain else card_lines(one)))


def _card(text: str, all_cards: tuple[Card, ...]) -> Card:
    """The card of a shipped practice: it is the same in every diary, so none is opened."""
    wanted = text.strip().casefold()
    for one in all_cards:
        if wanted in (one.id, one.name.casefold()):
            return one
    names = ", ".join(one.id for one in all_cards)
    raise WrongInput(say("about.no_card", text=visible(text, 40), names=names))
