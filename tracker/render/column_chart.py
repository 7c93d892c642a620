"""Columns of eighth blocks on a fixed scale, so that 7 looks like 7 in every week."""

from __future__ import annotations

from tracker.render.symbols import ascii_only

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def column(value: int | None, height: int, most: int = 10) -> tuple[str, ...]:
    """One column, `height` rows from the top down; `value` is 0 to `most`, None stays blank.

    A 0 shows as the thinnest line: it was said, which is not the same as nothing.
    """
    if value is None:
        return (" ",) * height
    eighths = max(1, round(value * height * 8 / most))
    rows = (min(8, max(0, eighths - 8 * below)) for below in reversed(range(height)))
    if ascii_only():
        return tuple("#" if row >= 4 else "_" if row else " " for row in rows)
    return tuple(_EIGHTHS[row] for row in rows)
