"""The colours of the calm chart."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tracker.render.braille_chart import Piece, Role
from tracker.render.calm_text import AXIS
from tracker.tui import styled_text

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "dot": styled_text.CURSOR,
    "line": "$foreground",
    "guide": styled_text.MUTED,
    "pointer": styled_text.CURSOR,
    "blank": "$foreground",
}


def chart_line(pieces: Sequence[Piece], *, has_cells: bool) -> Content:
    return Content.assemble(*(_chart_piece(piece, has_cells=has_cells) for piece in pieces))


def _chart_piece(piece: Piece, *, has_cells: bool) -> tuple[str, str]:
    """A piece of the chart with its style; the usual range is a shaded band, or where colours are
    few, heavy in the scale."""
    text, role, score, in_band = piece
    style = _STYLES[role]
    if role == "axis" and not has_cells and len(text) == AXIS:
        return f"{text[:-1]}{'┃' if in_band else '│'}", styled_text.MUTED
    if has_cells and score is not None:
        style = styled_text.calm_mark(score)
    if has_cells and in_band and role != "axis":
        style = f"{style} on $panel"
    return text, style
