"""A recap as a file that is complete by itself, HTML or SVG: no script, no other host, and fonts
only by their generic family.

Rich exports the lines, with formats of our own: its own ones load fonts from a server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from io import StringIO
from string import Template

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tracker.i18n.messages import language
from tracker.models import MAX_NOTE_LENGTH
from tracker.render.palette import DAY, NIGHT, Palette
from tracker.render.recap_text import WIDE, Line, recap_blocks, recap_lines, recap_title
from tracker.views import RecapView

_FONT = "ui-monospace, monospace"

# `$` marks what is ours, braces what Rich fills in; those of the style sheet are doubled.

_HTML = Template("""\
<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>
:root {{ $light }}
@media (prefers-color-scheme: dark) {{ :root {{ $dark }} }}
body {{ margin: 2rem auto; width: min(94vw, 48rem); color: var(--foreground);
  background: var(--background); }}
h1 {{ margin: 0 0 1rem; font: bold 1.5rem $font; color: var(--accent); }}
pre {{ margin: 0; font: 1rem/1.5 $font; white-space: pre-wrap; overflow-wrap: anywhere; }}
.items {{ padding-left: 4ch; text-indent: -4ch; }}
$drawings
{stylesheet}
</style>
</head>
<body>
<h1>$title</h1>
{code}
</body>
</html>
""")

_SVG = Template("""\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>$title</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px $font; }}
.{unique_id}-heading {{ font: bold 24px $font; fill: $accent; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect width="100%" height="100%" rx="12" fill="$background"/>
<text class="{unique_id}-heading" x="$margin" y="40">$title</text>
<g transform="translate($margin, 60)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""")

_MARGIN = 20
"""Pixels to the left of the text of an image."""

_UNWRAPPED = 3 * MAX_NOTE_LENGTH
"""Cells, more than the longest note takes: a character takes one or two."""

_TEXT_VW = 92
"""The part of a narrow window that lines may take, in hundredths of its width."""

_LETTER_WIDTH = 0.62
"""The width of a letter in a font of fixed width, in its size: 0.6 in most."""

_SLOT = "#0102{:02x}"
"""A colour that stands for a variable of the style sheet, by its number."""

_NOT_IN_XML = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
_TEXT_LENGTH = re.compile(r' textLength="[^"]*"(?=[^>]*>[^<]*[^\x00-\u10ff\u2000-\u2bff])')
"""The width that Rich gives a text, where it holds wide characters and would be squeezed."""


def recap_html(view: RecapView) -> str:
    """The recap as HTML, in light or dark colours as the reader prefers."""
    names = _colors(DAY)
    slots = {name: _SLOT.format(number) for number, name in enumerate(names)}
    light, dark = (
        " ".join(f"--{name}: {color};" for name, color in _colors(palette).items())
        for palette in (DAY, NIGHT)
    )
    # Sentences are one line each: the reader's browser wraps them.
    blocks = [(kind, list(lines)) for kind, lines in recap_blocks(view, _UNWRAPPED)]
    code_format = _HTML.substitute(
        language=language(),
        title=_title(view),
        light=light,
        dark=dark,
        font=_FONT,
        drawings="\n".join(_drawing_rules(blocks)),
    )
    lines = [line for _kind, lines in blocks for line in lines]
    page = _console(lines, slots, _UNWRAPPED).export_html(code_format=code_format)
    # Only in the style sheet: a note could hold what looks like a slot.
    head, end, body = page.partition("</style>")
    for name, slot in slots.items():
        head = head.replace(slot, f"var(--{name})")
    start, heading_end, code = body.partition("</h1>\n")
    return head + end + start + heading_end + _in_blocks(code, blocks)


def _drawing_rules(blocks: Iterable[tuple[str, Sequence[Line]]]) -> Iterator[str]:
    """Style rules for what can't be wrapped: in letters so small that it fits on a phone."""
    widths: dict[str, int] = {}
    for kind, lines in blocks:
        if kind in ("days", "practices") and lines:
            widest = max(cell_len("".join(text for text, _role in line)) for line in lines)
            widths[kind] = max(widest, widths.get(kind, 0))
    for kind, columns in widths.items():
        size = _TEXT_VW / columns / _LETTER_WIDTH
        # Doubled braces: Rich fills in the format.
        yield (
            f".{kind} {{{{ font-size: min(1rem, {size:.2f}vw); white-space: pre; "
            "overflow-wrap: normal; }}"
        )


def _in_blocks(code: str, blocks: Iterable[tuple[str, Sequence[Line]]]) -> str:
    """The exported lines, a `pre` for each run of one kind; for each item one of its own, since
    what is wrapped of it is indented. A line break after the tag is not part of it."""
    rest = code.split("\n")
    parts = []
    for kind, lines in blocks:
        of_block, rest = rest[: len(lines)], rest[len(lines) :]
        groups = [[line] for line in of_block] if kind == "items" else [of_block] * bool(lines)
        parts += [f'<pre class="{kind}">\n' + "\n".join(group) + "</pre>" for group in groups]
    return "\n".join([*parts, *rest])


def recap_svg(view: RecapView) -> str:
    """The recap as an image on a light background of its own, since viewers of images know no
    dark mode."""
    code_format = _SVG.substitute(
        title=_title(view), font=_FONT, accent=DAY.accent, background=DAY.background, margin=_MARGIN
    )
    # The title is higher than what Rich leaves above the lines: two more, and two columns.
    lines = (*recap_lines(view), (), ())
    image = _console(lines, _colors(DAY), WIDE + 2).export_svg(
        code_format=code_format, unique_id="recap"
    )
    return _TEXT_LENGTH.sub("", image.translate(_NOT_IN_XML))


def _title(view: RecapView) -> str:
    """The title, escaped. Braces would be filled in by Rich; there are none in a date."""
    return escape(recap_title(view))


def _colors(palette: Palette) -> dict[str, str]:
    return {
        "background": palette.background,
        "foreground": palette.foreground,
        "muted": palette.muted,
        "accent": palette.accent,
        **palette.ramps(),
    }


def _console(lines: Iterable[Line], colors: Mapping[str, str], width: int) -> Console:
    """A console that has recorded the lines."""
    console = Console(
        width=width,
        record=True,
        file=StringIO(),
        color_system="truecolor",
        legacy_windows=False,
        no_color=False,
    )
    for line in lines:
        text = Text.assemble(*((piece, _style(role, colors)) for piece, role in line))
        console.print(text, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return console


def _style(role: str, colors: Mapping[str, str]) -> Style:
    kind, _dash, step = role.rpartition("-")
    if kind in ("calm", "amount"):
        return Style(color=colors[f"{kind}-text-{step}"], bgcolor=colors[role])
    if kind == "amount-mark":
        return Style(color=colors[f"amount-{step}"])
    if role == "accent":
        return Style(color=colors[role], bold=True)
    return Style(color=colors["foreground" if role == "text" else role])
