"""The first evening: what this is, what it is not, and which practices to begin with."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region, clamp
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tracker.catalogue.practices import default_ids, practice_templates
from tracker.i18n.messages import say
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import glyph
from tracker.tui.widgets.key_hints import KeyHints


class Choices(Widget):
    """The shipped practices, each ticked or not."""

    DEFAULT_CSS = "Choices { height: auto; margin-top: 1; }"

    chosen: reactive[frozenset[str]] = reactive(lambda: frozenset(default_ids()), layout=True)
    cursor = reactive(0)

    def render(self) -> Content:
        """A line each."""
        return Content("\n").join(self._line(place) for place in range(len(practice_templates())))

    def _line(self, place: int) -> Content:
        practice = practice_templates()[place]
        here = place == self.cursor
        tick = "[x]" if practice.id in self.chosen else "[ ]"
        room = max(10, self.size.width - 3 - 4 - 20)
        line = Content.assemble(
            (f" {glyph('›') if here else ' '} ", styled_text.CURSOR),
            (tick, styled_text.ACCENT),
            " ",
            styled_text.fit(practice.name, 20, styled_text.BOLD if here else ""),
            styled_text.fit(practice.example, room, styled_text.MUTED),
        )
        return styled_text.clickable(line, f"screen.select_row({place})")


class WelcomeScreen(Dialog[None]):
    """Enter begins the diary with what is ticked; letters and digits do nothing here."""

    DEFAULT_CSS = """
    WelcomeScreen { background: $background; }
    WelcomeScreen > .box {
        border: none; background: $background; padding: 0 2;
        width: 80; max-width: 100%; max-height: 100%;
    }
    WelcomeScreen.-plain > .box { border: none; }
    """
    around = 4
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Begin", id="welcome_begin", tooltip="Begin with these"),
        Binding("space", "tick", "Tick", id="welcome_tick", tooltip="With or without this one"),
        Binding("up", "row(-1)", "Up", show=False, id="welcome_up", tooltip="The row above"),
        Binding("down", "row(1)", "Down", show=False, id="welcome_down", tooltip="The row below"),
        Binding("q,escape", "app.quit", "Quit", id="welcome_quit", tooltip="Not tonight"),
    ]

    def compose(self) -> ComposeResult:
        """What it is, the disclaimer, the choice, and the keys."""
        with Vertical(classes="box"):
            yield Static(say("welcome.title"), classes="title", markup=False)
            with VerticalScroll(classes="tall", can_focus=False):
                yield Static(say("welcome.what"), markup=False)
                yield Static("")
                yield Static(say("welcome.disclaimer"), markup=False)
                yield Choices()
            yield KeyHints(
                [
                    (glyph("↵"), say("welcome.begin"), "enter"),
                    (say("hints.space"), say("hints.choose"), "space"),
                    ("P", say("welcome.later"), None),
                ]
            )

    def tallest(self, height: int) -> int:
        return height

    def on_mount(self) -> None:
        """Remembers when it came up: what was typed before was meant for something else."""
        self._shown_at: float | None = None
        self.call_after_refresh(self._note_time)

    def _note_time(self) -> None:
        self._shown_at = time.monotonic()

    async def _on_key(self, event: events.Key) -> None:
        if self._shown_at is None or event.time < self._shown_at:
            event.stop()
            event.prevent_default()

    def check_action(
        self,
        action: str,  # noqa: ARG002  Textual's own signature
        parameters: tuple[object, ...],  # noqa: ARG002
    ) -> bool | None:
        """Nothing acts before the screen could be read."""
        return self.is_mounted and self._shown_at is not None

    def action_row(self, by: int) -> None:
        """Moves the cursor."""
        choices = self.query_one(Choices)
        choices.cursor = clamp(choices.cursor + by, 0, len(practice_templates()) - 1)
        line = Region(0, choices.virtual_region.y + choices.cursor, 1, 1)
        self.query_one(VerticalScroll).scroll_to_region(line, animate=False)

    def action_tick(self) -> None:
        """Takes the row's practice in, or leaves it out."""
        choices = self.query_one(Choices)
        choices.chosen ^= {practice_templates()[choices.cursor].id}

    def action_select_row(self, index: int) -> None:
        """A click on a row ticks it."""
        self.query_one(Choices).cursor = index
        self.action_tick()

    def action_accept(self) -> None:
        """Begins the diary, and goes to Tonight once it is on disk."""
        chosen = tuple(p.id for p in practice_templates() if p.id in self.query_one(Choices).chosen)
        self.calmtrack.ask(lambda diary: diary.begin(chosen), lambda _: self.dismiss(None))
