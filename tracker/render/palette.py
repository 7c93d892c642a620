"""The colours of calmtrack's two themes, for screens and for pages written to a file."""

from typing import NamedTuple


class Palette(NamedTuple):
    """Colours as #rrggbb. Of the ramps, calm has one for each score, 0 to 10; amounts have five,
    for nothing up to the doubled daily goal."""

    background: str
    foreground: str
    muted: str
    accent: str
    calm: tuple[str, ...]
    """Of a cell."""
    calm_text: tuple[str, ...]
    """Of a text on that cell."""
    calm_mark: tuple[str, ...]
    """Of a mark on the background."""
    amount: tuple[str, ...]
    amount_text: tuple[str, ...]

    def ramps(self) -> dict[str, str]:
        """The ramps by name: `calm-7`, `calm-text-7`, `calm-mark-7`, `amount-2`, …"""
        ramps = {
            "calm": self.calm,
            "calm-text": self.calm_text,
            "calm-mark": self.calm_mark,
            "amount": self.amount,
            "amount-text": self.amount_text,
        }
        return {
            f"{name}-{step}": color
            for name, ramp in ramps.items()
            for step, color in enumerate(ramp)
        }


# Each calm ramp is interpolated in OKLCH from cool to warm, with no red. Its lightness changes
# evenly, so that it also reads in grey and with any colour vision deficiency.
_CALM_NIGHT = (
    *("#413265", "#3f4477", "#395786", "#2f6b90", "#287e92", "#349090", "#4ca28a", "#71b181"),
    *("#9abd77", "#c4c771", "#eece74"),
)
_CALM_DAY = (
    *("#c9c6e6", "#b3bde3", "#9ab6de", "#7fafd3", "#63a8c0", "#48a0a9", "#36968e", "#348a6f"),
    *("#397c52", "#3c6d37", "#405d1a"),
)

NIGHT = Palette(
    background="#1b1916",
    foreground="#e0d6c8",
    muted="#a59d91",
    accent="#d8a657",
    calm=_CALM_NIGHT,
    calm_text=("#ffffff",) * 5 + ("#000000",) * 6,
    calm_mark=("#6b5d94", "#5b6297", "#486797", *_CALM_NIGHT[3:]),
    amount=("#322d22", "#756345", "#8d6f3a", "#c1974d", "#ebc166"),
    amount_text=("#ffffff",) * 3 + ("#000000",) * 2,
)

DAY = Palette(
    background="#f6f1e6",
    foreground="#332c22",
    muted="#5d5547",
    accent="#8a5a00",
    calm=_CALM_DAY,
    calm_text=("#000000",) * 8 + ("#ffffff",) * 3,
    calm_mark=("#8b88a6", "#818aae", "#718cb2", "#6190b3", "#4f94ab", "#3e97a0", *_CALM_DAY[6:]),
    amount=("#ebe7df", "#c9a471", "#ad7b3d", "#966023", "#854f06"),
    amount_text=("#000000",) * 3 + ("#ffffff",) * 2,
)

# For terminals with 256 colours, of the xterm palette itself: in it, several neighbouring steps of
# the ramps above have the same nearest colour.
NIGHT_256 = NIGHT._replace(
    calm=(
        *("#5f0087", "#5f5f87", "#5f5faf", "#0087af", "#00af87", "#5faf87", "#87af87", "#87d787"),
        *("#afd787", "#d7d787", "#ffd787"),
    ),
    calm_text=("#ffffff",) * 3 + ("#000000",) * 8,
    calm_mark=(
        *("#875f87", "#5f5faf", "#5f87af", "#0087af", "#00af87", "#5faf87", "#87af87", "#87d787"),
        *("#afd787", "#d7d787", "#ffd787"),
    ),
    amount=("#303030", "#585858", "#875f00", "#af875f", "#d7af5f"),
)
DAY_256 = DAY._replace(
    calm=(
        *("#d7d7ff", "#afafff", "#87afd7", "#5fafd7", "#00afaf", "#00af87", "#5f8787", "#5f875f"),
        *("#00875f", "#5f5f00", "#005f00"),
    ),
    calm_text=("#000000",) * 9 + ("#ffffff",) * 2,
    calm_mark=(
        *("#8a8a8a", "#8787af", "#5f87d7", "#5f87af", "#0087af", "#008787", "#5f8787", "#5f875f"),
        *("#00875f", "#5f5f00", "#005f00"),
    ),
    amount=("#e4e4e4", "#d7af87", "#af875f", "#af5f00", "#875f00"),
)
