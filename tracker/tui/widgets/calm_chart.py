"""The chart of calm in the colours of the theme."""

from __future__ import annotations

from textual.app import App
from textual.content import Content

from tracker.render.braille_chart import Piece, Role, braille_chart
from tracker.render.calm_text import AXIS
from tracker.tui import styled_text
from tracker.tui.theme import has_cell_colors
from tracker.views import CalmView

_STYLES: dict[Role, str] = {
    "axis": styled_text.MUTED,
    "dot": styled_text.CURSOR,
    "line": "$foreground",
    "guide": styled_text.MUTED,
    "pointer": styled_text.CURSOR,
    "blank": "$foreground",
}


def chart_lines(
    app: App[object],
    view: CalmView,
    width: int,
    height: int,
    cursor: int | None = None,
    *,
    shows_cursor: bool = True,
) -> list[Content]:
    """The lines of `braille_chart`, as the terminal of the app can show them. Without its cursor,
    the line of dates is the same one."""
    has_cells = has_cell_colors(app)
    lines = braille_chart(view.days, view.usual_range, width, height, cursor)
    if not shows_cursor:
        lines = [[_without_cursor(piece) for piece in line] for line in lines]
    return [
        Content.assemble(*(_chart_piece(piece, has_cells=has_cells) for piece in line))
        for line in lines
    ]


def _without_cursor(piece: Piece) -> Piece:
    """Blank in place of the guide and the pointer of the cursor."""
    return piece._replace(text=" ") if piece.role in ("guide", "pointer") else piece


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
