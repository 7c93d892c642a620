"""The two themes of calmtrack, with the colours of their palettes: an accent, a calm ramp and an
amount ramp each; the colours derived from them for a theme that brings none; whether the terminal
has colours enough for coloured cells; and ASCII scroll bars."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, hypot, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.color import Color
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from tracker.render import palette
from tracker.render.symbols import ascii_only

if TYPE_CHECKING:
    from textual.app import App


NIGHT = Theme(
    name="calmtrack-night",
    primary=palette.NIGHT.accent,
    secondary="#a9b665",
    accent=palette.NIGHT.accent,
    foreground=palette.NIGHT.foreground,
    background=palette.NIGHT.background,
    surface="#232019",
    panel="#2d2921",
    success="#a9b665",
    warning=palette.NIGHT.accent,
    error="#e78a70",
    dark=True,
    variables={
        "scrollbar": "#6f5a35",
        **palette.NIGHT.ramps(),
    },
)

DAY = Theme(
    name="calmtrack-day",
    primary=palette.DAY.accent,
    secondary="#55661b",
    accent=palette.DAY.accent,
    foreground=palette.DAY.foreground,
    background=palette.DAY.background,
    surface="#efe8d9",
    panel="#e6ddca",
    success="#55661b",
    warning=palette.DAY.accent,
    error="#a33320",
    dark=False,
    # Textual's own muted foreground has too little contrast for small text here.
    variables={
        "foreground-muted": palette.DAY.muted,
        "scrollbar": "#b39a68",
        **palette.DAY.ramps(),
    },
)

OURS = {"night": NIGHT, "day": DAY}
"""By the values of the setting `theme`."""


def ramp_defaults(theme: Theme) -> dict[str, str]:
    """The ramps of a theme that brings none: of the colours of the terminal as they are, else
    moved to the theme's background."""
    if theme in OURS.values():
        return {}
    ours = palette.NIGHT if theme.dark else palette.DAY
    background = theme.to_color_system().generate()["background"]
    if theme.ansi or background.startswith("ansi"):
        return ours.ramps()
    ground = Color.parse(background)
    cells = ramp_on(ground, ours.calm)
    amounts = ramp_on(ground, ours.amount)
    return ours._replace(
        calm=cells,
        calm_text=tuple(text_on(cell) for cell in cells),
        calm_mark=tuple(mark_on(ground, cell) for cell in cells),
        amount=amounts,
        amount_text=tuple(text_on(amount) for amount in amounts),
    ).ramps()


def ramps_of_256_colors(theme: Theme) -> dict[str, str]:
    """The ramps where the terminal has 256 colours; none where a theme uses the terminal's own. By
    day also the colours of text and dialogs, whose nearest of the 256 are dark red and pink."""
    ours = palette.NIGHT_256 if theme.dark else palette.DAY_256
    if theme is DAY:
        return ours.ramps() | {"foreground": "#262626", "surface": "#ffffff"}
    if theme is NIGHT:
        return ours.ramps()
    background = theme.to_color_system().generate()["background"]
    if theme.ansi or background.startswith("ansi"):
        return {}
    ground = Color.parse(background)
    return ours._replace(calm_mark=tuple(mark_on(ground, cell) for cell in ours.calm)).ramps()


TEXT_COLORS = ("foreground-muted", "text-primary", "text-accent", "text-error")
"""The variables of the colours of text beside the foreground."""

SELECTED_ROW_TINT = 0.11
"""How much of the primary colour is in the background of a selected row at most."""


def readable_text(theme: Theme) -> dict[str, str]:
    """The colours of text of a theme of Textual, where needed with more contrast on a screen, in a
    dialog and on a selected row. Some of those themes have too little for small text."""
    if theme in OURS.values():
        return {}
    colors = theme.to_color_system().generate() | theme.variables
    if theme.ansi or colors["background"].startswith("ansi"):
        return {}
    plain = [Color.parse(colors[name]) for name in ("background", "surface")]
    tint = Color.parse(colors["primary"])
    grounds = plain + [ground.blend(tint, SELECTED_ROW_TINT, 1) for ground in plain]
    foreground = Color.parse(colors["foreground"])
    return {
        name: text_color_on(grounds, Color.parse(colors[name]), foreground).hex
        for name in TEXT_COLORS
    }


def has_cell_colors(app: App[Any]) -> bool:
    """Whether coloured cells can be drawn: with 256 colours or more, none of them taken from the
    terminal's own palette, and neither NO_COLOR nor CALMTRACK_ASCII set. Where they can't, marks
    and shades say the same."""
    return (
        app.console.color_system in ("256", "truecolor")
        and not app.no_color
        and not app.native_ansi_color
        and not ascii_only()
    )


class AsciiScrollBar(ScrollBarRender):
    """A scroll bar of whole cells: Textual draws its ends with eighths of a block."""

    VERTICAL_BARS = [" "]  # noqa: RUF012  as Textual declares it
    HORIZONTAL_BARS = [" "]  # noqa: RUF012


def apply_scrollbar_style() -> None:
    """Sets the renderer of every scroll bar: ASCII where CALMTRACK_ASCII asks for it."""
    ScrollBar.renderer = AsciiScrollBar if ascii_only() else ScrollBarRender


# The colours derived for a theme that brings none

MARK_CONTRAST = 3.0
"""The least contrast between a mark and the background (WCAG 2.2, 1.4.11)."""
TEXT_CONTRAST = 4.5
"""The least contrast between a text and what is behind it (WCAG 2.2, 1.4.3)."""
FIRST_STEP = 0.12
"""The least distance in OKLab lightness between the background and the ramp's first step."""

_STEP = 0.005
"""By how much a lightness is changed until its colour fits."""


class Oklch(NamedTuple):
    """A colour in OKLCH. Source: Björn Ottosson, A perceptual color space for image processing,
    2020, https://bottosson.github.io/posts/oklab/"""

    lightness: float
    """0 to 1."""
    chroma: float
    hue: float
    """In radians."""


def ramp_on(background: Color, ramp: Sequence[str]) -> tuple[str, ...]:
    """A ramp moved to another background: the same hues, the lightness shifted and scaled so that
    the first step is as visible there, and the last one stays where it is."""
    steps = [to_oklch(Color.parse(step)) for step in ramp]
    ground = to_oklch(background).lightness
    first, last = steps[0].lightness, steps[-1].lightness
    is_rising = last > first
    start = max(first, ground + FIRST_STEP) if is_rising else min(first, ground - FIRST_STEP)
    scale = (last - start) / (last - first)
    return tuple(
        to_color(one._replace(lightness=start + (one.lightness - first) * scale)).hex
        for one in steps
    )


def text_on(cell: str) -> str:
    """Black or white, whichever is easier to read on a cell."""
    ground = Color.parse(cell)
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    return max((black, white), key=lambda color: contrast(color, ground)).hex


def mark_on(background: Color, step: str) -> str:
    """A step's colour, moved away from the background until a small mark in it is visible."""
    color = to_oklch(Color.parse(step))
    by = _STEP if to_oklch(background).lightness < 0.5 else -_STEP
    while contrast(to_color(color), background) < MARK_CONTRAST and 0 < color.lightness < 1:
        color = color._replace(lightness=color.lightness + by)
    return to_color(color).hex


def text_color_on(grounds: Sequence[Color], color: Color, foreground: Color) -> Color:
    """A colour of text, moved away from the first of its grounds until it can be read on each of
    them, or as well as the foreground if that has less contrast."""

    def least(text: Color) -> float:
        return min(contrast(text, ground) for ground in grounds)

    enough = min(TEXT_CONTRAST, least(foreground))
    solid = grounds[0].blend(color.with_alpha(1), color.a)
    if least(solid) >= enough:
        return solid
    moved = to_oklch(solid)
    by = _STEP if to_oklch(grounds[0]).lightness < 0.5 else -_STEP
    while least(to_color(moved)) < enough and 0 < moved.lightness < 1:
        moved = moved._replace(lightness=moved.lightness + by)
    return to_color(moved)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part) for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_oklch(color: Color) -> Oklch:
    """A colour of sRGB in OKLCH."""
    red, green, blue = (_linear(part) for part in color.normalized)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return Oklch(lightness, hypot(a, b), atan2(b, a))


def to_color(color: Oklch) -> Color:
    """The colour in sRGB, with less chroma where sRGB has no such strong colour."""
    lightness = min(1.0, max(0.0, color.lightness))
    chroma = color.chroma
    while True:
        parts = _linear_rgb(lightness, chroma * cos(color.hue), chroma * sin(color.hue))
        if chroma <= 0 or all(-0.0005 <= part <= 1.0005 for part in parts):
            red, green, blue = (round(255 * _encoded(min(1.0, max(0.0, part)))) for part in parts)
            return Color(red, green, blue)
        chroma -= _STEP


def _linear_rgb(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
