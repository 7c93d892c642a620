"""Draws the pictures of the README, one of them moving, with the app itself, from the demo's
invented year.

    python -m tests.pictures

draws them anew into .github/pictures. A test tells when they no longer show what the app shows.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path

from tests.demo_year import TONIGHT, make_demo_year
from tests.tui.settling import PendingWork
from tracker import clock
from tracker.diary.fast_today import today_view
from tracker.location import Location
from tracker.settings import LoadedSettings, Settings
from tracker.tui.app import CalmtrackApp

FOLDER = Path(__file__).parent.parent / ".github" / "pictures"

SIZE = 100, 24

PICTURES = {
    "tonight": ("night", ("7", "h", "h", "l", "w", "g", "t")),
    "week": ("night", ("W", "left_square_bracket", "down", "down", "left")),
    "calm": ("day", ("7", "C", "down", "left")),
}
"""Theme and pressed keys of each picture."""

EVENING = "evening"
EVENING_SIZE = 80, 24
STEPS: tuple[tuple[tuple[str, ...], float], ...] = (
    ((), 2.0),
    (("7",), 1.6),
    (("h",), 0.8),
    (("h",), 0.8),
    (("l",), 0.8),
    (("w",), 1.4),
    (("n",), 0.8),
    (tuple("along the river"), 0.5),
    (tuple(" with @"), 0.6),
    (tuple("Mia"), 1.2),
    (("enter",), 1.6),
    (("g",), 0.8),
    (("t",), 2.4),
    (("W",), 3.0),
    (("C",), 3.5),
)
"""The animation: the keys pressed before each frame, and the seconds for which it is shown."""

_WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_MADE_BY = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_OPENING = re.compile(r"<svg [^>]*>")
_FONT = re.compile(r"font-family: Fira Code, monospace")
_OURS = "font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


async def draw(name: str, folder: Path) -> str:
    """One picture as SVG without references to other hosts; `folder` is for its diary."""
    theme, keys = PICTURES[name]
    *_, picture = [frame async for frame in _frames(folder / f"{name}.db", theme, SIZE, [keys])]
    return picture


async def draw_evening(folder: Path) -> str:
    """The animation as one SVG: a CSS animation shows its frames in an endless loop."""
    keys = [keys for keys, _seconds in STEPS]
    path = folder / f"{EVENING}.db"
    frames = [frame async for frame in _frames(path, "night", EVENING_SIZE, keys)]
    return animated(frames, [seconds for _keys, seconds in STEPS])


def animated(frames: Sequence[str], seconds: Sequence[float]) -> str:
    """Joins SVGs of one size into an endless animation that shows each for its seconds. With
    reduced motion preferred, only the first is shown."""
    opening = _OPENING.match(frames[0])
    assert opening is not None
    whole = sum(seconds)
    keyframes, rules, pictures, start = [], [], [], 0.0
    for number, (frame, length) in enumerate(zip(frames, seconds, strict=True)):
        begin, end = (100 * time / whole for time in (start, start + length))
        start += length
        before = f"0%, {begin:.3f}% {{ visibility: hidden }} " if begin else ""
        after = f" {end:.3f}%, 100% {{ visibility: hidden }}" if end < 99.999 else ""
        keyframes.append(
            f"@keyframes f{number} {{ {before}{begin:.3f}% {{ visibility: visible }}{after} }}"
        )
        rules.append(f".f{number} {{ animation: f{number} {whole:.1f}s step-end infinite }}")
        frame_id = re.search(r"terminal-\d+", frame)
        assert frame_id is not None
        body = _OPENING.sub("", frame).replace("</svg>", "").replace(frame_id[0], f"t{number}")
        hidden = ' visibility="hidden"' if number else ""
        pictures.append(f'<g class="f{number}"{hidden}>{body}</g>')
    may_move = "@media (prefers-reduced-motion: no-preference) {"
    style = "\n".join([*keyframes, may_move, *rules, "}"])
    return f"{opening[0]}<style>\n{style}\n</style>\n" + "\n".join(pictures) + "\n</svg>\n"


async def _frames(
    path: Path, theme: str, size: tuple[int, int], steps: Iterable[Sequence[str]]
) -> AsyncIterator[str]:
    """The screen as SVG after the keys of each step, in a diary of the demo's year."""
    make_demo_year(path)
    location = Location(path)
    app = CalmtrackApp(
        location, today_view(location, clock.now), LoadedSettings(Settings(theme=theme))
    )
    app.animation_level = "none"
    pending = PendingWork(app)
    async with app.run_test(size=size) as pilot:
        await pending.wait()
        for keys in steps:
            for key in keys:
                await pilot.press({" ": "space", "@": "at"}.get(key, key))
                await pending.wait()
            yield without_hosts(app.export_screenshot())
    app.diary_worker.close()


def without_hosts(picture: str) -> str:
    """Replaces the web fonts that Textual refers to by the reader's own monospace fonts."""
    return _FONT.sub(_OURS, _MADE_BY.sub("", _WEB_FONTS.sub("", picture)))


async def _main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in PICTURES:
            picture = await draw(name, Path(folder))
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
            print(FOLDER / f"{name}.svg")
        picture = await draw_evening(Path(folder))
        (FOLDER / f"{EVENING}.svg").write_text(picture, encoding="utf-8")
        print(FOLDER / f"{EVENING}.svg")


if __name__ == "__main__":
    os.environ.update(CALMTRACK_NOW=TONIGHT, TERM="xterm-256color", COLORTERM="truecolor")
    asyncio.run(_main())
