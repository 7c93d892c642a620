"""A minute to soften: a shape that grows and shrinks, six breaths a minute."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from tracker.i18n.messages import say
from tracker.models import SOFTENING_ID, Practice, State
from tracker.render.breathing_disc import BREATH, Breath, breath_at
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.feedback import after_log
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.breathing_shape import BreathingShape
from tracker.tui.widgets.key_hints import Hint, KeyHints

if TYPE_CHECKING:
    from tracker.diary.diary import Diary

A_MINUTE = 60.0
FRAMES, STILL_FRAMES = 1 / 8, 1 / 4
"""Seconds between two looks at the clock, with motion and without."""


class BreatheScreen(Dialog[bool]):
    """Comes back with whether softening is to be logged."""

    DEFAULT_CSS = """
    BreatheScreen {
        layout: vertical; align: left top; background: $background;
        & BreathingShape { margin: 1 0; }
        & KeyHints { padding-left: 1; margin-top: 0; }
        & .phase { text-align: center; text-style: bold; height: 1; }
        & .told { text-align: center; color: $text-muted; height: 2; }
        &.-still .told { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Pause", id="breathe_pause", tooltip="Pause, or go on"),
        *(
            Binding(str(n), f"minutes({n})", show=False, id=f"breathe_{n}", tooltip="Minutes")
            for n in range(1, 6)
        ),
        Binding("m", "longer", "Longer", id="breathe_longer", tooltip="A minute longer"),
        Binding("b", "bell", "Bell", id="breathe_bell", tooltip="A bell where breath turns"),
        Binding("enter", "log", "Log", id="breathe_log", tooltip="Log softening, at the end"),
        Binding("escape,q", "dismiss(False)", "Leave", id="breathe_leave", tooltip="Leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._minutes = 1
        self._breathed = 0.0
        """Seconds before the last pause."""
        self._since: float | None = None
        """When it went on after that; None while it is paused, and at the end."""
        self._half = 0
        self._rings = False
        self._is_over = False
        self._offered: Practice | None = None
        """What can be logged at the end, if it is in the list and not done yet."""
        self._ticks: Timer | None = None

    def compose(self) -> ComposeResult:
        """The shape, what to do, how far it is, the keys."""
        yield BreathingShape()
        yield Static("", classes="phase", markup=False)
        yield Static("", classes="told", markup=False)
        yield KeyHints(())

    @property
    def _is_still(self) -> bool:
        """Whether the person wants nothing to move."""
        return self.app.animation_level == "none"

    def on_mount(self) -> None:
        """Begins at once: whoever came here wants to breathe."""
        self.set_class(self._is_still, "-still")
        self._since = monotonic()
        self._ticks = self.set_interval(STILL_FRAMES if self._is_still else FRAMES, self._look)
        self.calmtrack.desk.ask(softening_to_log, self._offer, lambda _: None)
        self.call_after_refresh(self._show)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        """The shape uses the room there is."""
        self.call_after_refresh(self._show)

    def _offer(self, practice: Practice | None) -> None:
        self._offered = practice
        if self.is_attached:
            self._show()

    # The clock

    @property
    def _seconds(self) -> float:
        going = 0.0 if self._since is None else monotonic() - self._since
        return min(self._breathed + going, self._minutes * A_MINUTE)

    def _look(self) -> None:
        """Goes with the clock."""
        if self._since is None:
            return
        if self._seconds >= self._minutes * A_MINUTE:
            self._end()
            return
        half = breath_at(self._seconds).half
        if half != self._half:
            self._half = half
            self._ring()
        self._show()

    def _end(self) -> None:
        self._is_over = True
        self._stop()
        self._ring()
        self._show()

    def _stop(self) -> None:
        self._breathed, self._since = self._seconds, None
        if self._ticks is not None:
            self._ticks.pause()

    def _go_on(self) -> None:
        self._since = monotonic()
        if self._ticks is not None:
            self._ticks.resume()

    def _ring(self) -> None:
        if self._rings:
            self.app.bell()

    # What is seen

    def _show(self) -> None:
        if not self.is_mounted:
            return
        breath = breath_at(0.0 if self._is_over else self._seconds)
        if not self._is_still:
            self.query_one(BreathingShape).breathe(breath.fullness)
        self.query_one(KeyHints).hints = self._hints()
        _tell(self.query_one(".phase", Static), self._phase(breath))
        _tell(self.query_one(".told", Static), self._told(breath))

    def _hints(self) -> tuple[Hint, ...]:
        minutes: Hint = ("1-5", say("breathe.minutes"), "m")
        back: Hint = ("esc", say("hints.back"), "escape")
        if not self._is_over:
            pause: Hint = (say("hints.space"), say("breathe.pause"), "space")
            return pause, minutes, ("b", say("breathe.bell"), "b"), back
        log: Hint = (glyph("↵"), say("hints.log"), "enter")
        return (minutes, back) if self._offered is None else (log, minutes, back)

    def _phase(self, breath: Breath) -> str:
        if self._is_over:
            minutes = self._minutes
            return say("breathe.minute") if minutes == 1 else say("breathe.over", minutes=minutes)
        if self._since is None:
            return say("breathe.paused")
        words = say("breathe.in") if breath.is_in else say("breathe.out")
        return f"{words} {breath.count}" if self._is_still else words

    def _told(self, breath: Breath) -> str:
        if self._is_over:
            return self._offer_words()
        of = round(self._minutes * A_MINUTE / BREATH)
        told = say("breathe.breath", number=breath.breaths + 1, of=of)
        return f"{told}\n{say('breathe.rings')}" if self._rings else told

    def _offer_words(self) -> str:
        if self._offered is None:
            return say("breathe.leave")
        name = sanitize_line(self._offered.name, 60)
        return say("breathe.offer", key=glyph("↵"), name=name)

    # Keys

    def action_pause(self) -> None:
        """Pauses, or goes on."""
        if self._is_over:
            return
        if self._since is None:
            self._go_on()
        else:
            self._stop()
        self._show()

    def action_minutes(self, minutes: int) -> None:
        """Breathes for so long in all; after the end, for longer."""
        self._minutes = minutes
        if self._is_over and self._breathed < minutes * A_MINUTE:
            self._is_over = False
            self._go_on()
        self._look()
        self._show()

    def action_longer(self) -> None:
        """A minute longer; after five, one again."""
        self.action_minutes(self._minutes % 5 + 1)

    def action_bell(self) -> None:
        """Turns the bell on, which is heard once then, or off."""
        self._rings = not self._rings
        self._ring()
        self._show()

    def action_log(self) -> None:
        """Leaves, and has softening logged, where that was offered."""
        if self._is_over and self._offered is not None:
            self.dismiss(True)


def _tell(line: Static, text: str) -> None:
    """Draws a line anew only where it says something new."""
    content = Content.styled(text, styled_text.BOLD) if line.has_class("phase") else Content(text)
    if line.content != content:
        line.update(content)


def softening_to_log(diary: Diary) -> Practice | None:
    """The practice of softening, where a press would add to today."""
    for row in diary.day().practices:
        if row.practice.id == SOFTENING_ID:
            is_done = row.state is State.DONE and not row.practice.unit.spec.is_counted
            return None if is_done else row.practice
    return None


def log_softening(diary: Diary) -> str:
    """Logs it for today, unless something else did meanwhile; says what is logged."""
    practice = softening_to_log(diary)
    return "" if practice is None else after_log(diary.press(practice.id), practice)
