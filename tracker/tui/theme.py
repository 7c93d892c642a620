"""Colours of the two themes of calmtrack: an accent, a calm ramp and an amount ramp each; whether
the terminal has colours enough for coloured cells; and ASCII scroll bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from tracker.render.symbols import ascii_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App


def ramp_variables(
    cells: Sequence[str],
    texts: Sequence[str],
    marks: Sequence[str],
    amounts: Sequence[str],
    amount_texts: Sequence[str],
) -> dict[str, str]:
    """The ramps as variables of a theme. Of each calm score from 0 to 10: `calm-7` is the colour of
    a cell, `calm-text-7` that of a text on it, `calm-mark-7` that of a mark on the background.
    `amount-0` to `amount-4` are the colours for nothing up to the doubled daily goal."""
    ramps = {
        "calm": cells,
        "calm-text": texts,
        "calm-mark": marks,
        "amount": amounts,
        "amount-text": amount_texts,
    }
    return {
        f"{name}-{step}": color for name, ramp in ramps.items() for step, color in enumerate(ramp)
    }


# Each calm ramp is interpolated in OKLCH from cool to warm, with no red. Its lightness changes
# evenly, so that it also reads in grey and with any colour vision deficiency.
CALM_NIGHT = (
    *("#413265", "#3f4477", "#395786", "#2f6b90", "#287e92", "#349090", "#4ca28a", "#71b181"),
    *("#9abd77", "#c4c771", "#eece74"),
)
CALM_DAY = (
    *("#c9c6e6", "#b3bde3", "#9ab6de", "#7fafd3", "#63a8c0", "#48a0a9", "#36968e", "#348a6f"),
    *("#397c52", "#3c6d37", "#405d1a"),
)
AMOUNT_NIGHT = ("#322d22", "#756345", "#8d6f3a", "#c1974d", "#ebc166")
AMOUNT_DAY = ("#ebe7df", "#c9a471", "#ad7b3d", "#966023", "#854f06")

NIGHT = Theme(
    name="calmtrack-night",
    primary="#d8a657",
    secondary="#a9b665",
    accent="#d8a657",
    foreground="#e0d6c8",
    background="#1b1916",
    surface="#232019",
    panel="#2d2921",
    success="#a9b665",
    warning="#d8a657",
    error="#e78a70",
    dark=True,
    variables={
        "scrollbar": "#6f5a35",
        "scrollbar-background": "#2d2921",
        **ramp_variables(
            CALM_NIGHT,
            ("#ffffff",) * 5 + ("#000000",) * 6,
            ("#6b5d94", "#5b6297", "#486797", *CALM_NIGHT[3:]),
            AMOUNT_NIGHT,
            ("#ffffff",) * 3 + ("#000000",) * 2,
        ),
    },
)

DAY = Theme(
    name="calmtrack-day",
    primary="#8a5a00",
    secondary="#55661b",
    accent="#8a5a00",
    foreground="#332c22",
    background="#f6f1e6",
    surface="#efe8d9",
    panel="#e6ddca",
    success="#55661b",
    warning="#8a5a00",
    error="#a33320",
    dark=False,
    # Textual's own muted foreground has too little contrast for small text here.
    variables={
        "foreground-muted": "#5d5547",
        "scrollbar": "#b39a68",
        "scrollbar-background": "#e6ddca",
        **ramp_variables(
            CALM_DAY,
            ("#000000",) * 8 + ("#ffffff",) * 3,
            ("#8b88a6", "#818aae", "#718cb2", "#6190b3", "#4f94ab", "#3e97a0", *CALM_DAY[6:]),
            AMOUNT_DAY,
            ("#000000",) * 3 + ("#ffffff",) * 2,
        ),
    },
)

OURS = {"night": NIGHT, "day": DAY}
"""By the values of the setting `theme`."""


def ramp_defaults(theme: Theme) -> dict[str, str]:
    """The ramps of a theme that brings none: of the colours of the terminal as they are, else
    moved to the theme's background."""
    if theme in OURS.values():
        return {}
    own = NIGHT if theme.dark else DAY
    background = theme.to_color_system().generate()["background"]
    if theme.ansi or background.startswith("ansi"):
        return {
            name: color
            for name, color in own.variables.items()
            if name.startswith(("calm", "amount"))
        }
    from tracker.tui.derived_ramps import mark_on, ramp_on, text_on

    ground = Color.parse(background)
    cells = ramp_on(ground, CALM_NIGHT if theme.dark else CALM_DAY)
    amounts = ramp_on(ground, AMOUNT_NIGHT if theme.dark else AMOUNT_DAY)
    return ramp_variables(
        cells,
        [text_on(cell) for cell in cells],
        [mark_on(ground, cell) for cell in cells],
        amounts,
        [text_on(amount) for amount in amounts],
    )


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
