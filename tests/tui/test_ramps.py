"""The calm ramp in every theme: monotone for colour-blind eyes too, with distinct steps and
readable text."""

from __future__ import annotations

from itertools import pairwise
from math import cos, dist, sin

import pytest
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tests.tui.test_contrast import contrast
from tracker.location import Location
from tracker.settings import LoadedSettings, Settings
from tracker.tui.app import CalmtrackApp
from tracker.tui.theme import (
    OURS,
    has_cell_colors,
    ramp_defaults,
    ramps_of_256_colors,
    to_color,
    to_oklch,
)

# Machado, Oliveira and Fernandes 2009, A Physiologically-based Model for Simulation of Color
# Vision Deficiency, severity 1.0; for linear RGB.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = {
    **{theme.name: theme for theme in OURS.values()},
    **{name: theme for name, theme in BUILTIN_THEMES.items() if not theme.ansi},
}


def ramp(theme: Theme, name: str, steps: int = 11) -> list[Color]:
    """The colours of a theme's ramp."""
    variables = {**ramp_defaults(theme), **theme.variables}
    return [Color.parse(variables[f"{name}-{step}"]) for step in range(steps)]


def simulate_deficiency(deficiency: str, color: Color) -> Color:
    """Simulates how a colour appears with a colour vision deficiency."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    mixed = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))))
        for row in DEFICIENCIES[deficiency]
    )
    red, green, blue = (
        round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))
        for part in mixed
    )
    return Color(red, green, blue)


@pytest.mark.parametrize("name", THEMES)
def test_its_steps_are_ordered_and_distinct_for_any_eyes(name: str) -> None:
    cells = ramp(THEMES[name], "calm")
    for deficiency in DEFICIENCIES:
        steps = [to_oklch(simulate_deficiency(deficiency, cell)) for cell in cells]
        sign = 1 if steps[-1].lightness > steps[0].lightness else -1
        assert all(sign * (b.lightness - a.lightness) > 0 for a, b in pairwise(steps)), deficiency
    lab = [
        (o.lightness, o.chroma * cos(o.hue), o.chroma * sin(o.hue)) for o in map(to_oklch, cells)
    ]
    assert min(dist(a, b) for a, b in pairwise(lab)) >= (
        0.035 if name.startswith("calmtrack") else 0.03
    )


@pytest.mark.parametrize("name", OURS)
def test_terminals_with_256_colors_have_separate_ramps(name: str) -> None:
    """The nearest of the 256 colours would be equal for neighbouring steps."""
    theme = OURS[name]
    ramps = ramps_of_256_colors(theme)
    background = Color.parse(theme.background or "")
    calm = [Color.parse(ramps[f"calm-{step}"]) for step in range(11)]
    amount = [Color.parse(ramps[f"amount-{step}"]) for step in range(5)]
    for colors, kind in ((calm, "calm"), (amount, "amount")):
        shown = [one.rich_color.downgrade(ColorSystem.EIGHT_BIT).number for one in colors]
        assert len(set(shown)) == len(colors)
        for deficiency in DEFICIENCIES:
            steps = [to_oklch(simulate_deficiency(deficiency, one)).lightness for one in colors]
            assert steps == sorted(steps, reverse=steps[-1] < steps[0]), deficiency
        for step, color in enumerate(colors):
            assert contrast(color, Color.parse(ramps[f"{kind}-text-{step}"])) >= 4.5
    assert min(contrast(Color.parse(ramps[f"calm-mark-{n}"]), background) for n in range(11)) >= 3
    assert (
        ramps_of_256_colors(BUILTIN_THEMES["nord"])["calm-7"]
        == ramps_of_256_colors(OURS["night"])["calm-7"]
    )


def test_by_day_text_and_dialogs_are_neither_red_nor_pink_in_256_colors() -> None:
    colors = OURS["day"].to_color_system().generate() | ramps_of_256_colors(OURS["day"])
    for name in ("foreground", "surface"):
        color = Color.parse(colors[name]).rich_color.downgrade(ColorSystem.EIGHT_BIT)
        red, green, blue = color.get_truecolor()
        assert red == green == blue, name


@pytest.mark.parametrize("name", THEMES)
def test_scores_on_cells_and_marks_on_the_background_can_be_read(name: str) -> None:
    theme = THEMES[name]
    cells, texts, marks = (ramp(theme, one) for one in ("calm", "calm-text", "calm-mark"))
    background = Color.parse(theme.to_color_system().generate()["background"])
    assert min(contrast(a, b) for a, b in zip(cells, texts, strict=True)) >= 4.5
    assert min(contrast(mark, background) for mark in marks) >= 3
    amounts = [to_oklch(color).lightness for color in ramp(theme, "amount", 5)]
    assert amounts in (sorted(amounts), sorted(amounts, reverse=True))


def test_oklch_and_back_gives_the_same_color() -> None:
    for cell in ramp(OURS["night"], "calm"):
        assert (
            max(abs(a - b) for a, b in zip(to_color(to_oklch(cell)).rgb, cell.rgb, strict=True))
            <= 1
        )


@pytest.mark.parametrize(
    ("environment", "theme", "has_cells"),
    [
        ({}, "nord", True),
        ({"COLORTERM": "", "TERM": "xterm-256color"}, "night", True),
        ({"COLORTERM": "", "TERM": "xterm-16color"}, "night", False),
        ({"NO_COLOR": "1"}, "night", False),
        ({"CALMTRACK_ASCII": "1"}, "night", False),
        ({}, "ansi-dark", False),
    ],
)
def test_cells_are_drawn_only_where_the_terminal_has_their_colors(
    location: object,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    theme: str,
    has_cells: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    app = CalmtrackApp(location, None, LoadedSettings(Settings(theme=theme)))  # type: ignore[arg-type]
    app.diary_worker.close()
    assert has_cell_colors(app) is has_cells


def test_textuals_default_theme_has_the_ramp_from_the_start(location: Location) -> None:
    """Textual doesn't reload its variables when its default theme is set, as nothing changes."""
    app = CalmtrackApp(location, None, LoadedSettings(Settings(theme="textual-dark")))
    app.diary_worker.close()
    assert "calm-7" in app.theme_variables
