"""`calmtrack people` lists who is mentioned in the notes."""

from __future__ import annotations

import json

import pytest

from tests.cli.command_line import CommandLine, Golden
from tests.demo_year import make_demo_year
from tracker.location import Location


@pytest.fixture
def year_of_notes(location: Location) -> None:
    """A diary with a year of notes."""
    assert location.path is not None
    make_demo_year(location.path)


@pytest.mark.parametrize(
    ("words", "name"), [((), "people.txt"), (("--plain",), "people_plain.txt")]
)
def test_people_as_text(
    type_in: CommandLine, year_of_notes: None, golden: Golden, words: tuple[str, ...], name: str
) -> None:
    output = type_in.ok("people", *words)
    golden(name, output.out)
    assert words or max(map(len, output.lines)) <= 80


def test_the_json_agrees_with_the_text(type_in: CommandLine, year_of_notes: None) -> None:
    found = json.loads(type_in.ok("people", "--json").out)["people"]
    heading, *lines = type_in.ok("people").lines
    assert heading.strip() == "In the notes of (days)"
    assert len(found) == len(lines)
    for one, line in zip(found, lines, strict=True):
        assert line.strip().startswith(f"{one['name']}, {one['days']} day")
    keys = {"name", "days", "first_day", "last_day", "practices", "evenings", "rest_days"}
    assert found[0].keys() == keys
    assert found[0]["practices"][0].keys() == {"id", "days"}


def test_without_mentions_it_explains_how_to_add_them(
    type_in: CommandLine, location: Location
) -> None:
    assert "No names in your notes yet." in type_in.ok("people").out
    assert json.loads(type_in.ok("people", "--json").out) == {"people": []}
    assert location.path is not None
    assert not location.path.exists()
