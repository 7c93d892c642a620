"""The breathing exercise: a shape that grows and shrinks, six breaths a minute."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import cos, floor, hypot, pi
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tracker.catalogue import shipped_id
from tracker.i18n.messages import N_, _, ngettext
from tracker.models import SOFTENING_ID, Practice, State
from tracker.render.entry_text import after_press
from tracker.render.symbols import ascii_only
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import NO_FIELD, Dialog
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.widgets.bars import Hint, KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

BREATH = 10.0
"""Seconds of one breath, so six a minute: half of it in, half of it out."""
HALF = BREATH / 2

LARGEST = 11.0
"""The largest radius, in rows."""
SMALLEST = 0.3
"""The share of that radius at the end of breathing out."""
EDGE = 2.0
"""Rows over which the edge fades."""

_SHADES = " ░▒▓█"
_ASCII_SHADES = " .:+#"


@dataclass(frozen=True, slots=True)
class Breath:
    """A moment of breathing."""

    half: int
    """How many halves were breathed before this one; an even one is in, an odd one out."""
    count: int
    """Which second of the half it is, 1 to 5."""
    fullness: float
    """0 all out, 1 all in; slow at both ends."""

    @property
    def is_in(self) -> bool:
        """Whether one breathes in."""
        return self.half % 2 == 0

    @property
    def breaths(self) -> int:
        """Whole breaths before this one."""
        return self.half // 2


def breath_at(seconds: float) -> Breath:
    """The breath after so many seconds, from 0 on; it begins with breathing in."""
    half = floor(seconds / HALF)
    part = seconds / HALF - half
    risen = (1 - cos(pi * part)) / 2
    return Breath(half, 1 + floor(part * HALF), risen if half % 2 == 0 else 1 - risen)


def disc(width: int, height: int, fullness: float) -> tuple[str, ...]:
    """A disc with a soft edge in the middle of so many columns and rows, two columns to a row."""
    shades = _ASCII_SHADES if ascii_only() else _SHADES
    largest = min(LARGEST, height / 2, width / 4)
    radius = largest * (SMALLEST + (1 - SMALLEST) * fullness)
    reach = min(width // 2, floor(2 * largest) + 1)
    rows = []
    for row in range(height):
        down = row + 0.5 - height / 2
        right = "".join(
            shades[_shade(radius - hypot(down, column / 2 + 0.25), len(shades) - 1)]
            for column in range(reach)
        )
        rows.append(f"{right[::-1]}{right}".center(width).rstrip())
    return tuple(rows)


def _shade(inside: float, darkest: int) -> int:
    """How dark a cell is that lies so many rows inside of the edge."""
    return max(0, min(darkest, round(inside / EDGE * darkest)))


MINUTE = 60.0
FRAME_SECONDS, STILL_FRAME_SECONDS = 1 / 8, 1 / 4
"""Seconds between two frames, with motion and without."""


class BreathingShape(Widget):
    """A disc. Only the parts of rows that changed are redrawn: few cells in each frame, and none
    while the breath turns."""

    DEFAULT_CSS = "BreathingShape { height: 1fr; }"

    rows: reactive[tuple[str, ...]] = reactive((), repaint=False)
    """The lines of the disc."""

    def draw(self, fullness: float) -> None:
        """Draws it at a fullness from 0 to 1."""
        self.rows = disc(self.size.width, self.size.height, fullness)

    def watch_rows(self, before: tuple[str, ...], now: tuple[str, ...]) -> None:
        """Refreshes the part of each row that changed."""
        for y, (old, new) in enumerate(zip_longest(before, now, fillvalue="")):
            if old != new:
                first = min(_indent(old), _indent(new))
                self.refresh(Region(first, y, max(len(old), len(new)) - first, 1))

    def render(self) -> Content:
        return Content.styled("\n".join(self.rows), "$primary 70%")


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


class Phase(Static, CursorWidget):
    """What to do now, in the middle of a line."""

    def cursor_in_content(self) -> Offset | None:
        """The beginning of the words."""
        return Offset(max(0, self.size.width - cell_len(str(self.content))) // 2, 0)


class BreatheScreen(Dialog[bool]):
    """Returns whether softening is to be logged, which is offered at the end."""

    DEFAULT_CSS = """
    BreatheScreen {
        layout: vertical; align: center top; background: $background;
        & Toast { display: none; }
        & BreathingShape { margin: 1 0; }
        /* As wide as a screen of the diary is at most. */
        & KeyHints { max-width: 168; padding-left: 1; margin-top: 0; }
        & .phase { text-align: center; text-style: bold; height: 1; }
        & .message { text-align: center; color: $text-muted; height: 2; }
        &.-still .message { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", N_("Pause"), tooltip=N_("Pause or resume")),
        *(Binding(str(n), f"minutes({n})", tooltip=N_("Minutes")) for n in range(1, 6)),
        Binding("m", "longer", N_("Longer"), tooltip=N_("One minute longer")),
        Binding("b", "bell", N_("Bell"), tooltip=N_("A bell for each breath in and out")),
        Binding(
            "enter",
            "log",
            N_("Log"),
            tooltip=N_("When the exercise is over, log the practice Softening"),
        ),
        Binding("escape,q", "dismiss(False)", N_("Back"), tooltip=N_("Back")),
    ]

    answers_in_notices: ClassVar[bool] = False
    """Nothing is shown above the exercise."""

    def __init__(self) -> None:
        super().__init__()
        self._minutes = 1
        self._seconds_before_pause = 0.0
        self._resumed_at: float | None = None
        """On the monotonic clock; None while it is paused, and at the end."""
        self._half_breath = 0
        self._has_bell = False
        self._is_over = False
        self._offered: Practice | None = None
        """What can be logged at the end, if it is in the list and not done yet."""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield BreathingShape()
        yield Phase("", classes="phase", markup=False)
        yield Static("", classes="message", markup=False)
        yield KeyHints(())

    @property
    def _is_still(self) -> bool:
        """Whether animations are off: then words count the seconds."""
        return self.app.animation_level == "none"

    def on_mount(self) -> None:
        self.set_class(self._is_still, "-still")
        self._resumed_at = monotonic()
        seconds = STILL_FRAME_SECONDS if self._is_still else FRAME_SECONDS
        self._timer = self.set_interval(seconds, self._tick)
        self.calmtrack.diary_worker.submit(softening_to_log, self._set_offered)
        self.call_after_refresh(self._update)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.call_after_refresh(self._update)

    def _set_offered(self, practice: Practice | None) -> None:
        self._offered = practice
        if self.is_attached:
            self._update()

    # The clock

    @property
    def _elapsed(self) -> float:
        """Seconds without pauses, at most those of the exercise."""
        running = 0.0 if self._resumed_at is None else monotonic() - self._resumed_at
        return min(self._seconds_before_pause + running, self._minutes * MINUTE)

    def _tick(self) -> None:
        if self._resumed_at is None:
            return
        if self._elapsed >= self._minutes * MINUTE:
            self._end()
            return
        half_breath = breath_at(self._elapsed).half
        if half_breath != self._half_breath:
            self._half_breath = half_breath
            self._ring()
        self._update()

    def _end(self) -> None:
        self._is_over = True
        self._pause()
        self._ring()
        self._update()

    def _pause(self) -> None:
        self._seconds_before_pause, self._resumed_at = self._elapsed, None
        if self._timer is not None:
            self._timer.pause()

    def _resume(self) -> None:
        self._resumed_at = monotonic()
        if self._timer is not None:
            self._timer.resume()

    def _ring(self) -> None:
        if self._has_bell:
            self.app.bell()

    # What is displayed

    def _update(self) -> None:
        if not self.is_mounted:
            return
        breath = breath_at(0.0 if self._is_over else self._elapsed)
        if not self._is_still:
            self.query_one(BreathingShape).draw(breath.fullness)
        self.query_one(KeyHints).hints = self.hints()
        _update_text(self.query_one(".phase", Static), self._phase(breath))
        _update_text(self.query_one(".message", Static), self._message(breath))

    def hints(self) -> tuple[Hint, ...]:
        minutes: Hint = ("1-5", _("minutes"), "m")
        back: Hint = ("esc", _("back"), "escape")
        if not self._is_over:
            pause: Hint = (styled_text.key_name("space"), _("pause, resume"), "space")
            return pause, minutes, ("b", _("bell"), "b"), back
        log: Hint = (styled_text.glyph("↵"), _("log"), "enter")
        return (minutes, back) if self._offered is None else (log, minutes, back)

    def _phase(self, breath: Breath) -> str:
        if self._is_over:
            minutes = self._minutes
            return ngettext(
                "You breathed slowly for {count} minute.",
                "You breathed slowly for {count} minutes.",
                minutes,
            ).format(count=minutes)
        if self._resumed_at is None:
            return _("paused")
        words = _("breathe in") if breath.is_in else _("breathe out")
        return f"{words} {breath.count}" if self._is_still else words

    def _message(self, breath: Breath) -> str:
        if self._is_over:
            return self._offer()
        breaths = round(self._minutes * MINUTE / BREATH)
        message = _("breath {number} of {total}").format(number=breath.breaths + 1, total=breaths)
        return (
            message + "\n" + _("A bell marks each breath in and out.")
            if self._has_bell
            else message
        )

    def _offer(self) -> str:
        if self._offered is None:
            return _("Press escape to go back.")
        name = sanitize_line(self._offered.name, 60)
        return _("Press {key} to log {name} for today, or escape to go back.").format(
            key=styled_text.glyph("↵"), name=name
        )

    # Keys

    def on_paste(self) -> None:
        """Has it said after the exercise that nothing was pasted."""
        self.calmtrack.notify_user(_(NO_FIELD))

    def action_pause(self) -> None:
        if self._is_over:
            return
        if self._resumed_at is None:
            self._resume()
        else:
            self._pause()
        self._update()

    def action_minutes(self, minutes: int) -> None:
        """Sets the length of the exercise; at the end, goes on if it is longer now."""
        self._minutes = minutes
        if self._is_over and self._seconds_before_pause < minutes * MINUTE:
            self._is_over = False
            self._resume()
        self._tick()
        self._update()

    def action_longer(self) -> None:
        """A minute longer; after five, one again."""
        self.action_minutes(self._minutes % 5 + 1)

    def action_bell(self) -> None:
        """Turns the bell on, with a sample, or off."""
        self._has_bell = not self._has_bell
        self._ring()
        self._update()

    def action_log(self) -> None:
        """Closes and has softening logged, where that is offered."""
        if self._is_over and self._offered is not None:
            self.dismiss(True)


def _update_text(line: Static, text: str) -> None:
    """Redraws a line only if its text changed."""
    content = Content.styled(text, styled_text.BOLD) if line.has_class("phase") else Content(text)
    if line.content != content:
        line.update(content)


def softening_to_log(diary: Diary) -> Practice | None:
    """The practice of softening, if a press would add to today's entry."""
    for row in diary.day().practices:
        if shipped_id(row.practice) == SOFTENING_ID:
            is_done = row.state is State.DONE and not row.practice.unit.spec.is_counted
            return None if is_done else row.practice
    return None


def log_softening(diary: Diary) -> str:
    """Logs it for today and returns a sentence; empty if it was logged meanwhile."""
    practice = softening_to_log(diary)
    if practice is None:
        return ""
    return after_press(diary.press(practice.id), practice)
