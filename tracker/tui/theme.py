"""The two themes of calmtrack, with the colours of their palettes: an accent, a calm ramp and an
amount ramp each; whether the terminal has colours enough for coloured cells; and ASCII scroll
bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    from tracker.tui.derived_ramps import mark_on, ramp_on, text_on

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
    from tracker.tui.derived_ramps import mark_on

    ground = Color.parse(background)
    return ours._replace(calm_mark=tuple(mark_on(ground, cell) for cell in ours.calm)).ramps()


TEXT_COLORS = ("foreground-muted", "text-primary", "text-accent", "text-error")
"""The variables of the colours of text beside the foreground."""


def readable_text(theme: Theme) -> dict[str, str]:
    """The colours of text of a theme of Textual, where needed with more contrast on a screen and in
    a dialog. Some of those themes have too little for small text."""
    if theme in OURS.values():
        return {}
    colors = theme.to_color_system().generate() | theme.variables
    if theme.ansi or colors["background"].startswith("ansi"):
        return {}
    from tracker.tui.derived_ramps import text_color_on

    grounds = [Color.parse(colors[name]) for name in ("background", "surface")]
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
