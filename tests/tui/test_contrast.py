"""Each colour of the own themes has a contrast of 4.5 to 1 or more for text (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tracker.tui.theme import OURS, TEXT_COLORS, readable_text

BACKGROUNDS = ("background", "surface", "panel")
FOREGROUNDS = (
    "foreground",
    "foreground-muted",
    "text-accent",
    "text-primary",
    "text-error",
    "text-muted",
)


def test_text_has_enough_contrast(subtests: pytest.Subtests) -> None:
    for foreground in FOREGROUNDS:
        for background in BACKGROUNDS:
            for name in OURS:
                with subtests.test(name=name, background=background, foreground=foreground):
                    theme = OURS[name]
                    below = blend(theme, background, Color(0, 0, 0))
                    assert contrast(blend(theme, foreground, below), below) >= 4.5


def test_text_has_enough_contrast_in_textuals_themes_too(subtests: pytest.Subtests) -> None:
    for name, theme in BUILTIN_THEMES.items():
        if theme.ansi:
            continue
        colors = readable_text(theme)
        plain = [blend(theme, ground, Color(0, 0, 0)) for ground in ("background", "surface")]
        selected = [ground.blend(Color.parse(theme.primary), 0.11, 1) for ground in plain]
        for below in (*plain, *selected):
            # The foreground of Solarized has less contrast on its surface.
            least = min(4.5, contrast(blend(theme, "foreground", below), below))
            for foreground in TEXT_COLORS:
                with subtests.test(name=name, background=below.hex, foreground=foreground):
                    assert contrast(Color.parse(colors[foreground]), below) >= least - 0.01


def blend(theme: Theme, name: str, below: Color) -> Color:
    """A theme's colour, blended with the colour below it if it is translucent."""
    text = theme.to_color_system().generate()[name]
    if text.startswith("auto"):
        percent = float(text.split()[1].rstrip("%")) / 100
        return below.blend(below.get_contrast_text(), percent)
    color = Color.parse(text)
    return below.blend(color.with_alpha(1), color.a)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    """The relative luminance of WCAG 2.2."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_ratio_agrees_with_examples_of_the_standard() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(118, 118, 118), Color(255, 255, 255)) == pytest.approx(4.54, abs=0.01)
