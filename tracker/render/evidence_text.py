"""Evidence as lines: one card, or a summary of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tracker.catalogue.practices import Claim, EvidenceCard
from tracker.i18n.messages import say

WIDE = 80
"""The default width of a line, in columns."""


def card_lines(card: EvidenceCard | None, columns: int = WIDE) -> Iterator[str]:
    """The evidence on one practice and its references; None stands for a practice of the
    person's own. Lines are wrapped to `columns`."""
    if card is None:
        yield from wrap(say("card.own"), columns)
        return
    yield from wrap(say("about.grade", grade=card.grade), columns)
    yield from wrap(card.evidence, columns)
    if card.not_supported:
        yield ""
        yield from wrap(say("about.not_supported", claim=card.not_supported), columns)
    yield ""
    yield from wrap(say("about.example", example=card.example), columns)
    if card.references:
        yield ""
    yield from _references(card.references, columns, "  ")


def card_facts(card: EvidenceCard) -> Iterator[str]:
    """The same, one fact a line: for a screen reader."""
    yield say("about.grade", grade=card.grade)
    yield _on_one_line(card.evidence)
    if card.not_supported:
        yield say("about.not_supported", claim=_on_one_line(card.not_supported))
    yield say("about.example", example=_on_one_line(card.example))
    yield from _named(card.references)


def about_facts(
    cards: Sequence[EvidenceCard], claims: Sequence[Claim], holds: str
) -> Iterator[str]:
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


def about_lines(
    cards: Sequence[EvidenceCard], claims: Sequence[Claim], holds: str, columns: int = WIDE
) -> Iterator[str]:
    """What calmtrack is and is not, what the article overstates, and the practices' grades.
    Lines are wrapped to `columns`."""
    yield from wrap(say("welcome.disclaimer"), columns)
    yield ""
    yield from wrap(holds, columns)
    yield ""
    yield say("about.article")
    for claim in claims:
        yield ""
        yield from _indented(claim.claim, columns)
        yield from _indented(claim.evidence, columns)
        yield from _references(claim.references, columns, "    ")
    yield ""
    yield say("about.practices")
    yield ""
    wide = max((len(card.name) for card in cards), default=0)
    for card in cards:
        line = f"  {card.name:<{wide}}  {card.grade}"
        yield from wrap(line, columns, subsequent_indent=" " * (wide + 4))
    yield ""
    yield from wrap(say("about.grades"), columns)


def _references(references: Sequence[str], columns: int, indent: str) -> Iterator[str]:
    for reference in references:
        yield from wrap(reference, columns, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _named(references: Sequence[str]) -> Iterator[str]:
    return (say("about.reference", reference=reference) for reference in references)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _indented(text: str, columns: int) -> list[str]:
    return wrap(text, columns, initial_indent="  ", subsequent_indent="  ")
