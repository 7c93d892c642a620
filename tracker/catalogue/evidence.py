"""What research says about each practice, and what the inspiring article overstates; from
data/practices.toml."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.catalogue.data import names_in_all_languages, practices_file
from tracker.i18n.locale import language
from tracker.models import Practice


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What is known about one practice."""

    id: str
    name: str
    example: str
    grade: str
    """Begins with A meta-analysis of trials, B a randomised trial, C observational, or D."""
    evidence: str
    not_supported: str
    """A claim that the evidence doesn't carry, or ""."""
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the article, beside what studies found."""

    claim: str
    evidence: str
    references: tuple[str, ...]


def evidence_cards() -> tuple[EvidenceCard, ...]:
    """A card for each shipped practice, in their order."""
    return tuple(
        EvidenceCard(
            id=one["id"],
            name=one["name"],
            example=one["example"],
            grade=one["grade"],
            evidence=one["evidence"].strip(),
            not_supported=one["not_supported"].strip(),
            references=tuple(one["references"]),
        )
        for one in practices_file(language())["practice"]
    )


def evidence_card(practice: Practice) -> EvidenceCard | None:
    """The card of a practice: by its id, or of one that was begun anew by its name; None for a
    person's own."""
    for one in evidence_cards():
        if one.id == practice.id:
            return one
    return next(
        (one for one in evidence_cards() if practice.name in names_in_all_languages(one.id)), None
    )


def claims() -> tuple[Claim, ...]:
    """What the article claims, and what holds of it."""
    return tuple(
        Claim(one["claim"], one["evidence"].strip(), tuple(one["references"]))
        for one in practices_file(language())["about"]["claims"]
    )


def what_holds() -> str:
    """What can be said for small acts of connection."""
    text: str = practices_file(language())["about"]["holds"]
    return text.strip()
