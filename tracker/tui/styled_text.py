"""Styled `Content` for the widgets: padded and cut by cells, and clickable; glyphs in ASCII.

User text passes `sanitize_line` and is never parsed as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.style import Style

from tracker.i18n.messages import _, pgettext
from tracker.render.symbols import ascii_only, output_encoding
from tracker.render.transliteration import encodable, lacks_characters
from tracker.sanitize import LONGEST, remove_controls, sanitize_line
from tracker.tui.terminal_cursor import CursorWidget

_ASCII = {
    "‹": "<",
    "›": ">",
    "”": '"',
    "…": "...",
    "↵": "enter",
    "↑↓": "up/dn",
    "←→": "</>",
    "←": "left",
    "–": "-",
    "·": "-",
    "━": "#",
    "─": "-",
}

_ASCII_KEYS = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "⏎": "enter",
    "⌫": "backspace",
    "␣": "space",
}


def key_name(shown: str) -> str:
    """A key as it is named on keyboards of the language, and with the glyphs of the key hints; in
    ASCII where CALMTRACK_ASCII asks for it."""
    if len(shown) == 2 and shown[0] == "^":
        shown = f"ctrl+{shown[1]}"
    words = _key_words()
    ascii_keys = _ASCII_KEYS if ascii_only() else {"⏎": "↵"}
    parts = (ascii_keys.get(part, part) for part in shown.split("+"))
    return "+".join(words.get(part, part) for part in parts)


def _key_words() -> dict[str, str]:
    """The keys whose names differ from one keyboard to another, as Textual names them."""
    return {
        "space": _("space"),
        "home": pgettext("a key", "home"),
        "end": pgettext("a key", "end"),
        "del": pgettext("a key", "del"),
        "pgup": pgettext("a key", "pgup"),
        "pgdn": pgettext("a key", "pgdn"),
        "ctrl": pgettext("a key", "ctrl"),
        "shift": pgettext("a key", "shift"),
        "backspace": pgettext("a key", "backspace"),
    }


def glyph(character: str) -> str:
    """The glyph itself, or its ASCII form where CALMTRACK_ASCII asks for it."""
    return _ASCII.get(character, character) if ascii_only() else character


MUTED = "$foreground-muted"
BOLD = "bold"
ACCENT = "$text-accent"
CURSOR = "bold $text-primary"


def calm_cell(score: int) -> str:
    """The style of a coloured cell with a score, 0 to 10."""
    return f"$calm-text-{score} on $calm-{score}"


def calm_mark(score: int) -> str:
    """The style of a mark for a score, 0 to 10."""
    return f"$calm-mark-{score}"


def user_text(text: str, width: int, style: str = "") -> Content:
    """User text in exactly `width` cells, cut with `…` where it is longer."""
    return fit(Content(sanitize_line(text)), width, style)


def fit(text: Content | str, width: int, style: str = "") -> Content:
    """Left-aligned text in exactly `width` cells."""
    content = Content(text) if isinstance(text, str) else text
    return truncate(content, width).truncate(width, pad=True).stylize(style)


def truncate(content: Content, width: int) -> Content:
    """Text in at most `width` cells; a longer one ends in `…`."""
    if content.cell_length <= width:
        return content
    end = glyph("…")
    return Content.assemble(content.truncate(max(0, width - len(end))), end).truncate(width)


def truncate_words(content: Content, width: int) -> Content:
    """Text in at most `width` cells; of a longer one the words that fit, with `…`."""
    if content.cell_length <= width:
        return content
    end = glyph("…")
    return Content.assemble(content.wrap(width - len(end))[0].rstrip(), end)


def align_right(text: str, width: int, style: str = "") -> Content:
    """Right-aligned text in at least `width` cells."""
    return Content(text.rjust(width)).stylize(style)


MOST_MESSAGE_LINES = 5
"""Lines of a message about the last key at most: the rows above it give way, so that it is whole.
In 60 columns the longest messages have as many, in each language."""


def message_lines(
    text: str, width: int, most: int, *, least: int = 0, draft: str = ""
) -> list[Content]:
    """A message below a list of `width` cells: wrapped, indented as the rows are, cut with `…` to
    `most` lines and filled with blank lines up to `least`. That there is a `draft` of a note begins
    a line of its own, as a note before it may end without a full stop."""
    if draft and text and most > 1:
        above = message_lines(text, width, most - 1)
        below = message_lines(draft_words(draft), width, most - len(above))
        lines = above + below
        return lines + [Content("")] * (least - len(lines))
    text = " / ".join(filter(None, (text, draft_words(draft))))
    shown = first_lines(text, max(20, width - 6), most) if text and most else []
    lines = [Content.assemble("   ", line) for line in shown]
    return lines + [Content("")] * (least - len(lines))


def first_lines(text: str, width: int, most: int) -> list[Content]:
    """The first lines of a wrapped text, with `…` after a word where there are more than `most`."""
    # A longer text is cut where it's too long to be laid out, beyond these lines.
    longest = max(LONGEST, width * (most + 2))
    wrapped = list(Content(sanitize_line(text, longest)).wrap(width))
    if len(wrapped) <= most:
        return wrapped
    dots = glyph("…")
    end = wrapped[most - 1].rstrip()
    if end.cell_length < width // 2:
        # Before a long run without spaces, as in Japanese, hardly anything would be shown.
        end = Content(" ").join([end, wrapped[most]]).truncate(width - len(dots))
    else:
        end = end.wrap(width - len(dots))[0]
    return [*wrapped[: most - 1], Content.assemble(end.rstrip(), dots)]


def share_lines(wanted: Sequence[int], fits: int, least: int) -> list[int]:
    """How many of `fits` lines each of some texts gets, by how many lines each has: as many texts
    as fit get `least` lines at most; lines that are left go to those that are cut, in order."""
    given: list[int] = []
    for lines in wanted:
        if sum(given) + min(lines, least) > fits:
            break
        given.append(min(lines, least))
    for place, lines in enumerate(wanted[: len(given)]):
        given[place] += min(lines - given[place], fits - sum(given))
    return given


def more_words(keys: str) -> Content:
    """Below what fits: that there is more, and the keys that show it."""
    words = _("more ({keys})").format(keys=keys)
    return Content.styled(f"{glyph('…')} {words}", MUTED)


def panel(title: str, lines: Sequence[Content], width: int) -> list[Content]:
    """Lines under a title, with a rounded border of `width` cells around both; in ASCII, and in
    less than 34 cells or for a width of 0, without one."""
    heading = Content.styled(title, ACCENT)
    if ascii_only() or width < NARROWEST_PANEL:
        return [Content.assemble("   ", line) for line in (heading, *lines)]
    inside = width - 4
    border = "$foreground 35%"
    top = Content.assemble(
        ("╭─ ", border), heading, (f" {'─' * (width - heading.cell_length - 5)}╮", border)
    )
    middle = [Content.assemble(("│ ", border), fit(line, inside), (" │", border)) for line in lines]
    return [top, *middle, Content.styled(f"╰{'─' * (width - 2)}╯", border)]


DRAFT_SIGN = "~"
"""Not an asterisk: that stars a note, and marks what is done where only ASCII is drawn."""

NARROWEST_PANEL = 34
"""Cells from which a panel has a border."""

_CLICK = "@click.unstyled"
"""Where Textual looks for the action of a click. With any modifier after `@click` it runs all the
same, but is not drawn as an underlined link."""


def clickable(text: Content | str, action: str) -> Content:
    """Text that runs a Textual action when it is clicked, such as `screen.select_row(3)`."""
    content = Content(text) if isinstance(text, str) else text
    return content.stylize(Style.from_meta({_CLICK: action}))


def clickable_key(text: Content | str, key: str) -> Content:
    """Text that presses a key when it is clicked."""
    return clickable(text, f"app.simulate_key({key!r})")


def cursor_marker(*, is_current: bool) -> Content:
    """The three cells before a row: a marker where the cursor is."""
    return Content.styled(f" {glyph('›')} ", CURSOR) if is_current else Content("   ")


def note_marker(*, is_noted: bool, is_draft: bool = False) -> Content:
    """The three cells after a row, with the sign of its note."""
    sign = note_sign(is_noted=is_noted, is_draft=is_draft)
    return Content.styled(f" {sign} ", ACCENT) if sign else Content("   ")


def note_sign(*, is_noted: bool, is_draft: bool) -> str:
    """The sign of a note, or of a draft of one; "" without both."""
    if is_draft:
        return DRAFT_SIGN
    return glyph("”") if is_noted else ""


def draft_words(text: str) -> str:
    """That a row has a draft of a note; "" for none."""
    return _("Draft, not saved: {note}").format(note=text) if text else ""


def page(
    widget: CursorWidget,
    lines: Sequence[Content],
    *,
    sign: str = "",
    otherwise: int | None = None,
) -> Content:
    """The lines of a widget as one text. Its cursor is at the marker before a row, or where a
    `sign` is given at the first one of these; without either, at the beginning of the line
    `otherwise`."""
    marker = cursor_marker(is_current=True).plain
    widget.drawn_cursor = None
    if otherwise is not None:
        text = lines[otherwise].plain
        widget.drawn_cursor = Offset(len(text) - len(text.lstrip()), otherwise)
    for y, line in enumerate(lines):
        before, found, _after = line.plain.partition(sign or marker)
        if found and (sign or not before):
            widget.drawn_cursor = Offset(cell_len(before) if sign else 1, y)
            break
    return Content("\n").join(lines)


class LineSanitizer(LineFilter):
    """Removes control characters from text. Textual passes every line of every widget through the
    app's filters, so that nothing a person stored reaches the terminal as an escape sequence, also
    where the code that built the text forgot to sanitize it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, the same ones where nothing is to be removed."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control else segment._replace(text=remove_controls(segment.text))
            for segment in segments
        ]


class EncodableLines(LineFilter):
    """Replaces the characters that the output's encoding lacks, where it lacks some. The driver's
    stream would do it as well, but has no part in where the rest of a line is drawn."""

    def __init__(self) -> None:
        self._encoding = output_encoding()
        super().__init__(enabled=lacks_characters(self._encoding))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments of a line, in as many cells; the same ones where nothing is replaced."""
        if all(segment.text.isascii() for segment in segments):
            return segments
        texts = encodable([segment.text for segment in segments], self._encoding)
        replaced = [
            segment._replace(text=text) for segment, text in zip(segments, texts, strict=True)
        ]
        return Segment.adjust_line_length(replaced, Segment.get_line_length(segments))
