"""What research says, as lines: one card, or all of it in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tracker.evidence import Card, Claim
from tracker.words import say

WIDE = 80
"""Columns that a line may have."""


def card_lines(card: Card) -> Iterator[str]:
    """One practice: what is known, what isn't, and where to look it up."""
    yield card.name
    yield ""
    yield from _indented(say("about.grade", grade=card.grade))
    yield from _indented(card.evidence)
    if card.not_supported:
        yield from _indented(say("about.not_supported", claim=card.not_supported))
    yield from _indented(say("about.example", example=card.example))
    yield from _references(card.references)


def card_facts(card: Card) -> Iterator[str]:
    """The same, one fact a line: for a screen reader."""
    yield card.name
    yield say("about.grade", grade=card.grade)
    yield _on_one_line(card.evidence)
    if card.not_supported:
        yield say("about.not_supported", claim=_on_one_line(card.not_supported))
    yield say("about.example", example=_on_one_line(card.example))
    yield from _named(card.references)


def about_facts(cards: Sequence[Card], claims: Sequence[Claim], holds: str) -> Iterator[str]:
    """What `about_lines` says, one fact a line: for a screen reader."""
    yield say("welcome.disclaimer")
    yield _on_one_line(holds)
    yield say("about.article")
    for claim in claims:
        yield say("about.claim", claim=_on_one_line(claim.claim))
        yield _on_one_line(claim.evidence)
        yield from _named(claim.references)
    yield say("about.practices")
    yield from (say("about.grade_of", name=card.name, grade=card.grade) for card in cards)
    yield say("about.grades")
    yield say("about.more")


def about_lines(cards: Sequence[Card], claims: Sequence[Claim], holds: str) -> Iterator[str]:
    """What calmtrack is and is not, what the article overstates, and the practices' grades."""
    yield from wrap(say("welcome.disclaimer"), WIDE)
    yield ""
    yield from wrap(holds, WIDE)
    yield ""
    yield say("about.article")
    for claim in claims:
        yield ""
        yield from _indented(claim.claim)
        yield from _indented(claim.evidence)
        yield from _references(claim.references)
    yield ""
    yield say("about.practices")
    yield ""
    wide = max((len(card.name) for card in cards), default=0)
    for card in cards:
        line = f"  {card.name:<{wide}}  {card.grade}"
        yield from wrap(line, WIDE, subsequent_indent=" " * (wide + 4))
    yield ""
    yield from wrap(say("about.grades"), WIDE)
    yield say("about.more")


def _references(references: Sequence[str]) -> Iterator[str]:
    for reference in references:
        yield from wrap(reference, WIDE, initial_indent="    ", subsequent_indent="      ")


def _named(references: Sequence[str]) -> Iterator[str]:
    return (say("about.reference", reference=reference) for reference in references)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _indented(text: str) -> list[str]:
    return wrap(text, WIDE, initial_indent="  ", subsequent_indent="  ")
