"""What calmtrack is, and what research says about its practices."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tracker.catalogue import claims, evidence_card, evidence_cards, what_holds
from tracker.cli import completers
from tracker.cli.context import get_diary
from tracker.cli.output import Format, write
from tracker.cli.params import output_options
from tracker.errors import InputError
from tracker.i18n.messages import N_, _
from tracker.render.evidence_text import (
    DISCLAIMER,
    WIDE,
    about_facts,
    about_lines,
    card_facts,
    card_lines,
)
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.catalogue import EvidenceCard


@click.command(
    "about",
    help=N_(
        "Show what calmtrack is and isn't, and what research says. With PRACTICE, show the "
        "evidence for that practice."
    ),
)
@click.argument("practice", required=False, shell_complete=completers.cards)
@output_options()
@click.pass_context
def about_command(context: click.Context, practice: str | None, output: Format) -> None:
    cards = evidence_cards()
    if practice is not None:
        write(
            output,
            _card_named(context, practice, cards),
            text=lambda card, width: (card.name, "", *card_lines(card, min(width, WIDE))),
            plain=lambda card: (card.name, *card_facts(card)),
            json=asdict,
        )
        return
    more = _('For more on one practice, run "calmtrack about hug".')
    write(
        output,
        cards,
        text=lambda cards, width: (
            *about_lines(cards, claims(), what_holds(), min(width, WIDE)),
            more,
        ),
        plain=lambda cards: (*about_facts(cards, claims(), what_holds()), more),
        json=_about_as_json,
    )


def _card_named(context: click.Context, text: str, cards: tuple[EvidenceCard, ...]) -> EvidenceCard:
    """The card of a shipped practice, by what it's called in every diary or, renamed, in this one.
    Raises InputError."""
    wanted = text.strip().casefold()
    for card in cards:
        if wanted in (card.id, card.name.casefold()):
            return card
    with suppress(InputError):
        own = evidence_card(get_diary(context).practices.find(text))
        if own is not None:
            return own
    names = ", ".join(card.id for card in cards)
    raise InputError(
        _('No evidence card for "{text}". There are cards for {names}.').format(
            text=sanitize_line(text, 40), names=names
        )
    )


def _about_as_json(cards: Iterable[EvidenceCard]) -> dict[str, Any]:
    """The disclaimer, the article's claims with what studies found, and all cards."""
    return {
        "disclaimer": _(DISCLAIMER),
        "holds": what_holds(),
        "claims": [asdict(claim) for claim in claims()],
        "practices": [asdict(card) for card in cards],
    }
