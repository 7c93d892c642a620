"""Pieces of text for the widgets: styled, padded by cells, and able to be clicked.

What a person wrote comes in as plain text through `visible` and is never read as markup.
"""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from tracker.sanitize import sanitize_line
from tracker.tui.key_glyphs import glyph

MUTED = "$foreground-muted"
BOLD = "bold"
ACCENT = "$text-accent"
CURSOR = "bold $text-primary"


def user_text(text: str, width: int, style: str = "") -> Content:
    """A person's own text in exactly `width` cells, cut with `…` where it is longer."""
    return fit(Content(sanitize_line(text)), width, style)


def fit(text: Content | str, width: int, style: str = "") -> Content:
    """Text in exactly `width` cells, to the left."""
    content = Content(text) if isinstance(text, str) else text
    return truncate(content, width).truncate(width, pad=True).stylize(style)


def truncate(content: Content, width: int) -> Content:
    """Text in at most `width` cells; a longer one ends in `…`."""
    if content.cell_length <= width:
        return content
    end = glyph("…")
    return Content.assemble(content.truncate(max(0, width - len(end))), end).truncate(width)


def align_right(text: str, width: int, style: str = "") -> Content:
    """Text in at least `width` cells, to the right."""
    return Content(text.rjust(width)).stylize(style)


def message_lines(text: str, width: int, most: int, *, least: int = 0) -> list[Content]:
    """Sentences below a list of `width` cells, as they can be shown: indented as its rows are,
    in at most `most` lines, cut with `…` where they are longer, and in blank ones up to `least`."""
    room = max(20, width - 6)
    told = list(Content(sanitize_line(text)).wrap(room)) if text else []
    if len(told) > most:
        dots = glyph("…")
        end = told[most - 1].rstrip().truncate(room - len(dots)).rstrip()
        told = [*told[: most - 1], Content.assemble(end, dots)]
    lines = [Content.assemble("   ", line) for line in told]
    return lines + [Content("")] * (least - len(lines))


_CLICK = "@click.unstyled"
"""Where Textual looks for the action of a click. With any modifier behind `@click` it runs all the
same, but is not drawn as an underlined link."""


def clickable(text: Content | str, action: str) -> Content:
    """Text that runs a Textual action when it is clicked, such as `screen.select_row(3)`.

    A part that stands for a key runs `app.simulate_key('T')`.
    """
    content = Content(text) if isinstance(text, str) else text
    return content.stylize(Style.from_meta({_CLICK: action}))
