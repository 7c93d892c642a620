"""The pictures of the README show what the app shows, and ask no host for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.pictures import EVENING, FOLDER, PICTURES, SIZE, STEPS, draw, draw_evening
from tests.tui.screen_text import lines_of_svg

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("name", some_of(PICTURES, 1))
async def test_a_picture_shows_what_the_app_shows(name: str, tmp_path: Path) -> None:
    """If it fails because a screen was changed on purpose, run `python -m tests.pictures`."""
    stored = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert lines_of_svg(stored, *SIZE) == lines_of_svg(await draw(name, tmp_path), *SIZE)


@pytest.mark.thorough
async def test_the_moving_picture_shows_what_the_app_shows(tmp_path: Path) -> None:
    stored = (FOLDER / f"{EVENING}.svg").read_text("utf-8")
    texts = re.compile(r"<text [^>]*>([^<]*)</text>")
    assert texts.findall(stored) == texts.findall(await draw_evening(tmp_path))


def test_the_moving_picture_shows_one_frame_at_a_time_and_is_small() -> None:
    stored = (FOLDER / f"{EVENING}.svg").read_text("utf-8")
    assert len(stored.encode()) <= 1_000_000
    assert stored.count("<svg ") == stored.count("</svg>") == 1
    assert stored.count('visibility="hidden"') == len(STEPS) - 1
    percents = [float(one) for one in re.findall(r"([\d.]+)% \{ visibility: visible", stored)]
    assert percents[0] == 0
    assert percents == sorted(set(percents))


def test_the_moving_picture_respects_reduced_motion() -> None:
    stored = (FOLDER / f"{EVENING}.svg").read_text("utf-8")
    moving = re.findall(
        r"(?s)@media \(prefers-reduced-motion: no-preference\) \{\n(.*?)\n\}", stored
    )
    assert len(moving) == 1
    assert moving[0].count("animation:") == stored.count("animation:") == len(STEPS)


@pytest.mark.parametrize("name", [*PICTURES, EVENING])
def test_a_picture_refers_to_no_other_host(name: str) -> None:
    stored = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert set(re.findall(r"\w+://[^\s\"']*", stored)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in stored
    assert all(one.startswith("#") for one in re.findall(r"url\(([^)]*)\)", stored))


def test_readme_shows_them_all() -> None:
    text = README.read_text("utf-8")
    assert all(f".github/pictures/{name}.svg" in text for name in [*PICTURES, EVENING])
