"""Evidence cards and the claims of the article that inspired calmtrack, from practices.toml."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.catalogue.practices import names_in_all_languages, practices_file
from tracker.i18n.locale import language
from tracker.models import Practice


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What research says about one practice."""

    id: str
    name: str
    example: str
    grade: str
    """Begins with A (meta-analysis of trials), B (randomised trial), C (observational) or D."""
    evidence: str
    not_supported: str
    """A claim that the evidence doesn't support, or ""."""
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the article, and what studies found."""

    claim: str
    evidence: str
    references: tuple[str, ...]


def evidence_cards() -> tuple[EvidenceCard, ...]:
    """The card of each shipped practice, in their order."""
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
    """The card with the practice's id, else the one with its name in any language (the id of a
    practice that was split when its unit changed is another); None for a person's own."""
    for one in evidence_cards():
        if one.id == practice.id:
            return one
    return next(
        (one for one in evidence_cards() if practice.name in names_in_all_languages(one.id)), None
    )


def claims() -> tuple[Claim, ...]:
    """The claims of the article."""
    return tuple(
        Claim(one["claim"], one["evidence"].strip(), tuple(one["references"]))
        for one in practices_file(language())["about"]["claims"]
    )


def what_holds() -> str:
    """What the evidence supports, in a paragraph."""
    text: str = practices_file(language())["about"]["holds"]
    return text.strip()
