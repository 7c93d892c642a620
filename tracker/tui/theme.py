"""The colours of the evening: warm, dim, one accent."""

from textual.theme import Theme

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
)
