"""`calmtrack about`: what calmtrack is, and what research says."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import wrap

import pytest
from rich.cells import cell_len

from tests.cli.command_line import CommandLine, Golden
from tracker.catalogue import claims, evidence_cards
from tracker.render.evidence_text import DISCLAIMER


def test_the_text(type_in: CommandLine, golden: Golden) -> None:
    golden("about.txt", type_in.ok("about").out)


def test_the_plain_text_for_screen_readers(type_in: CommandLine, golden: Golden) -> None:
    plain = type_in.ok("about", "--plain")
    golden("about_plain.txt", plain.out)
    assert all(line.strip() == line != "" for line in plain.lines)
    text = " ".join(plain.out.split())
    for claim in claims():
        assert all(reference in text for reference in claim.references)
    golden("about_hug_plain.txt", type_in.ok("about", "hug", "--plain").out)


def test_it_names_every_claim_and_every_practice(type_in: CommandLine, tmp_path: Path) -> None:
    output = " ".join(type_in.ok("about").out.split())
    assert "It doesn't measure oxytocin or any other hormone." in output
    for claim in claims():
        assert claim.claim in output
        assert all(reference in output for reference in claim.references)
    assert all(card.name in output for card in evidence_cards())
    assert not (tmp_path / "home").exists()


def test_the_json(type_in: CommandLine, golden: Golden) -> None:
    every = type_in.ok("about", "--json")
    golden("about.json", every.out)
    found = json.loads(every.out)
    assert len(found["claims"]) == len(claims())
    one = json.loads(type_in.ok("about", "hug", "--json").out)
    assert one in found["practices"]
    assert (one["id"], len(one["references"])) == ("hug", 5)


@pytest.mark.parametrize("card", evidence_cards(), ids=lambda card: str(card.id))
def test_an_evidence_card_has_claims_and_sources(type_in: CommandLine, card: object) -> None:
    one = next(c for c in evidence_cards() if c == card)
    answer = type_in.ok("about", one.id)
    assert all(cell_len(line) <= 80 for line in answer.lines)
    output = " ".join(answer.out.split())
    assert one.evidence in output
    assert one.not_supported in output
    assert all(reference in output for reference in one.references)
    assert type_in.ok("about", one.name).out == answer.out


def test_a_renamed_practice_is_known_by_its_new_name_too(type_in: CommandLine) -> None:
    type_in.ok("practices", "edit", "nature-walk", "--name", "Forest")
    card = type_in.ok("about", "nature-walk").out
    assert type_in.ok("about", "forest").out == type_in.ok("about", "Nature walk").out == card


def test_a_practice_without_an_evidence_card_is_reported(type_in: CommandLine) -> None:
    answer = type_in("about", "sauna")
    assert (answer.code, answer.out) == (2, "")
    assert '"sauna"' in answer.err
    assert "hug" in answer.err
    type_in.ok("practices", "add", "sauna")
    assert type_in("about", "sauna").err == answer.err


@pytest.mark.parametrize("columns", [40, 60, 79])
def test_a_paragraph_is_wrapped_once_in_a_narrow_terminal(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    about = type_in.ok("about").lines
    assert about[: about.index("")] == wrap(DISCLAIMER, columns)
    hug = type_in.ok("about", "hug").lines
    evidence = wrap(evidence_cards()[0].evidence, columns)
    start = hug.index(evidence[0])
    assert hug[start : start + len(evidence)] == evidence
