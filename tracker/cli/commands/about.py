"""What calmtrack is, and what research says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import completers
from tracker.cli.commands.show import output_options
from tracker.cli.output import print_json, print_lines
from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.sanitize import sanitize_line

if TYPE_CHECKING:
    from tracker.catalogue.evidence import Claim, EvidenceCard


@click.command("about")
@click.argument("practice", required=False, shell_complete=completers.cards)
@output_options
def about_command(practice: str | None, json: bool, plain: bool) -> None:
    """What calmtrack is and is not, and what research says; of one PRACTICE, its evidence."""
    from tracker.catalogue.evidence import claims, evidence_cards, what_holds
    from tracker.render.evidence_text import about_facts, about_lines, card_facts, card_lines

    if practice is not None:
        one = _card(practice, evidence_cards())
        if json:
            print_json(_card_as_json(one))
        else:
            print_lines(one.name, *(card_facts(one) if plain else ("", *card_lines(one))))
    elif json:
        print_json(_as_json(evidence_cards(), claims(), what_holds()))
    else:
        told = about_facts if plain else about_lines
        print_lines(*told(evidence_cards(), claims(), what_holds()), say("about.more"))


def _card(text: str, all_cards: tuple[EvidenceCard, ...]) -> EvidenceCard:
    """The card of a shipped practice: it is the same in every diary, so none is opened."""
    wanted = text.strip().casefold()
    for one in all_cards:
        if wanted in (one.id, one.name.casefold()):
            return one
    names = ", ".join(one.id for one in all_cards)
    raise InputError(say("about.no_card", text=sanitize_line(text, 40), names=names))


def _card_as_json(one: EvidenceCard) -> dict[str, Any]:
    """What research says about a practice; `not_supported` is empty for nothing."""
    return {
        "id": one.id,
        "name": one.name,
        "grade": one.grade,
        "evidence": one.evidence,
        "not_supported": one.not_supported,
        "example": one.example,
        "references": list(one.references),
    }


def _as_json(
    all_cards: Sequence[EvidenceCard], claims: Sequence[Claim], holds: str
) -> dict[str, Any]:
    """What calmtrack is and is not, what the article that inspired it claims, and the cards."""
    return {
        "disclaimer": say("welcome.disclaimer"),
        "holds": holds,
        "claims": [
            {
                "claim": one.claim,
                "evidence": one.evidence,
                "references": list(one.references),
            }
            for one in claims
        ],
        "practices": [_card_as_json(one) for one in all_cards],
    }
