"""Our own colours: the evening, warm and dim, and the day, like paper. One accent each."""

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
    variables={"scrollbar": "#6f5a35", "scrollbar-background": "#2d2921"},
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
    # Dimmed as Textual dims it, it would have less contrast than a small text needs.
    variables={
        "foreground-muted": "#5d5547",
        "scrollbar": "#b39a68",
        "scrollbar-background": "#e6ddca",
    },
)

OURS = {"night": NIGHT, "day": DAY}
"""By the names that a person sets."""
