"""Evidence as lines: one card, or a summary of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tracker.catalogue import Claim, EvidenceCard
from tracker.i18n.messages import N_, _

WIDE = 80
"""The default width of a line, in columns."""

DISCLAIMER = N_(
    "calmtrack is a diary, not a test or a treatment. It doesn't measure oxytocin or any other "
    "hormone. Two things going together doesn't mean that one causes the other. The article that "
    'inspired it, "Oxytocin: The Love Hormone That Might Be Your Body\'s Real Superpower", claims '
    "more than science has shown. If you're struggling, please talk to someone you trust or a "
    "health professional."
)
"""What calmtrack is and isn't: the first paragraph of About."""

GRADES = N_(
    "A is the strongest grade, D the weakest. A: several trials taken together (a "
    "meta-analysis). B: at least one trial in which chance decided who did what. "
    "C: studies that observe people, or use their diaries. D: animal or cell "
    "studies, theory, or one tiny trial."
)


def card_lines(card: EvidenceCard | None, columns: int = WIDE) -> Iterator[str]:
    """The evidence on one practice and its references; None stands for a practice of the
    person's own. Lines are wrapped to `columns`."""
    if card is None:
        yield from wrap(
            _("You added this practice yourself, so there's no research to show here."),
            columns,
        )
        return
    yield from wrap(_("Evidence: grade {grade}.").format(grade=card.grade), columns)
    yield from wrap(card.evidence, columns)
    if card.not_supported:
        yield ""
        yield from wrap(
            _("Not supported by research: {claim}").format(claim=card.not_supported), columns
        )
    yield ""
    yield from wrap(_("For example: {example}").format(example=card.example), columns)
    if card.references:
        yield ""
    yield from _references(card.references, columns, "  ")


def card_facts(card: EvidenceCard) -> Iterator[str]:
    """The same, one fact a line: for a screen reader."""
    yield _("Evidence: grade {grade}.").format(grade=card.grade)
    yield card.evidence
    if card.not_supported:
        yield _("Not supported by research: {claim}").format(claim=card.not_supported)
    yield _("For example: {example}").format(example=card.example)
    yield from _named(card.references)


def about_facts(
    cards: Sequence[EvidenceCard], claims: Sequence[Claim], holds: str
) -> Iterator[str]:
    """What `about_lines` says, one fact a line: for a screen reader."""
    yield _(DISCLAIMER)
    yield holds
    yield _("What the article behind calmtrack overstates:")
    for claim in claims:
        yield _("The article says: {claim}").format(claim=claim.claim)
        yield claim.evidence
        yield from _named(claim.references)
    yield _("What research says about each practice:")
    yield from (
        _("Research on {name}: grade {grade}.").format(name=card.name, grade=card.grade)
        for card in cards
    )
    yield _(GRADES)


def about_lines(
    cards: Sequence[EvidenceCard], claims: Sequence[Claim], holds: str, columns: int = WIDE
) -> Iterator[str]:
    """What calmtrack is and is not, what the article overstates, and the practices' grades.
    Lines are wrapped to `columns`."""
    yield from wrap(_(DISCLAIMER), columns)
    yield ""
    yield from wrap(holds, columns)
    yield ""
    yield _("What the article behind calmtrack overstates:")
    for claim in claims:
        yield ""
        yield from _indented(claim.claim, columns)
        yield from _indented(claim.evidence, columns)
        yield from _references(claim.references, columns, "    ")
    yield ""
    yield _("What research says about each practice:")
    yield ""
    wide = max((len(card.name) for card in cards), default=0)
    for card in cards:
        line = f"  {card.name:<{wide}}  {card.grade}"
        yield from wrap(line, columns, subsequent_indent=" " * (wide + 4))
    yield ""
    yield from wrap(_(GRADES), columns)


def _references(references: Sequence[str], columns: int, indent: str) -> Iterator[str]:
    for reference in references:
        yield from wrap(reference, columns, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _named(references: Sequence[str]) -> Iterator[str]:
    return (_("Reference: {reference}.").format(reference=reference) for reference in references)


def _indented(text: str, columns: int) -> list[str]:
    return wrap(text, columns, initial_indent="  ", subsequent_indent="  ")
