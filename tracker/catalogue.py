"""The shipped practices, their evidence cards, and the claims of the article that inspired
calmtrack, from data/practices.toml and its translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tracker.i18n.date_format import about_that_day
from tracker.i18n.messages import SOURCE_LANGUAGE, language, languages
from tracker.location import data_dir
from tracker.models import Goal, Practice, Unit


@dataclass(frozen=True, slots=True)
class PracticeTemplate:
    """A shipped practice, in one language."""

    id: str
    key: str
    name: str
    question: str
    unit: Unit
    amount: int
    step: int
    days_per_week: int
    on: bool
    """Whether a new diary has it by default."""
    overlap: bool
    example: str
    """One way to do the practice."""

    def practice(self, position: int, added_on: date) -> Practice:
        return Practice(
            id=self.id,
            key=self.key,
            name=self.name,
            question=self.question,
            unit=self.unit,
            step=self.step,
            position=position,
            overlap=self.overlap,
            added_on=added_on,
            goals=(Goal(added_on, self.amount, self.days_per_week),),
        )


def practice_templates() -> tuple[PracticeTemplate, ...]:
    """All templates in the language of this run, in their order."""
    return _templates_in(language())


def default_ids() -> tuple[str, ...]:
    """The ids of the practices that a new diary has by default."""
    return tuple(template.id for template in practice_templates() if template.on)


def shipped_in_all_languages() -> Iterator[PracticeTemplate]:
    """All templates in every language: a diary stores the texts of the language it was begun in."""
    for code in languages():
        yield from _templates_in(code)


def names_in_all_languages(practice_id: str) -> frozenset[str]:
    """The names of one template in every language."""
    return frozenset(one.name for one in shipped_in_all_languages() if one.id == practice_id)


def questions_in_all_languages(practice_id: str) -> frozenset[str]:
    """The questions of one template in every language."""
    return frozenset(one.question for one in shipped_in_all_languages() if one.id == practice_id)


def shipped_id(practice: Practice) -> str | None:
    """The id of the shipped practice that this one is, or continues with another unit; None for a
    person's own. A change of unit can give it a new id (`gratitude-2`): then it's known by that,
    by its name or by its question, in any language."""
    ids = [one.id for one in practice_templates()]
    if practice.id in ids:
        return practice.id
    base, _separator, number = practice.id.rpartition("-")
    if base in ids and number.isdecimal():
        return base
    return next(
        (
            one.id
            for one in shipped_in_all_languages()
            if practice.name == one.name or practice.question == one.question
        ),
        None,
    )


def question_about_that_day(practice: Practice) -> str:
    """The practice's question for an earlier day. Only a shipped one is reworded, in its own
    language, which can be another than that of this run: a sentence that a person wrote could be
    wrong with another word for "today"."""
    question = practice.question
    for code in (language(), *languages()):
        if any(question == template.question for template in _templates_in(code)):
            return about_that_day(question, code)
    return question


@cache
def practices_file(code: str) -> dict[str, Any]:
    """practices.toml as parsed, with the texts of the language's own file in place of the English
    ones."""
    import tomllib

    file = tomllib.loads((data_dir() / "practices.toml").read_text("utf-8"))
    path = data_dir() / f"practices.{code}.toml"
    if code == SOURCE_LANGUAGE or not path.is_file():
        return file
    translation = tomllib.loads(path.read_text("utf-8"))
    for practice in file["practice"]:
        practice.update(translation.get(practice["id"], {}))
    about, translated = file["about"], translation["about"]
    about["holds"] = translated["holds"]
    for claim, texts in zip(about["claims"], translated["claims"], strict=True):
        claim.update(texts)
    return file


@cache
def _templates_in(code: str) -> tuple[PracticeTemplate, ...]:
    fields = [name for name in PracticeTemplate.__dataclass_fields__ if name != "unit"]
    return tuple(
        PracticeTemplate(unit=Unit(table["unit"]), **{name: table[name] for name in fields})
        for table in practices_file(code)["practice"]
    )


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What research says about one practice."""

    id: str
    name: str
    grade: str
    """Begins with A (meta-analysis of trials), B (randomised trial), C (observational) or D."""
    evidence: str
    not_supported: str
    """A claim that the evidence doesn't support, or ""."""
    example: str
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
            grade=one["grade"],
            evidence=one["evidence"],
            not_supported=one["not_supported"],
            example=one["example"],
            references=tuple(one["references"]),
        )
        for one in practices_file(language())["practice"]
    )


def evidence_card(practice: Practice) -> EvidenceCard | None:
    """The card of the shipped practice that this one is or continues; None for a person's own."""
    shipped = shipped_id(practice)
    return next((one for one in evidence_cards() if one.id == shipped), None)


def claims() -> tuple[Claim, ...]:
    """The claims of the article."""
    return tuple(
        Claim(one["claim"], one["evidence"], tuple(one["references"]))
        for one in practices_file(language())["about"]["claims"]
    )


def what_holds() -> str:
    """What the evidence supports, in a paragraph."""
    return str(practices_file(language())["about"]["holds"])
