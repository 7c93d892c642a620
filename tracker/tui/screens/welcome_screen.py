"""The welcome screen of a new diary: what calmtrack is, and which practices to start with."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from tracker.catalogue import PracticeTemplate, default_ids, practice_templates
from tracker.errors import CalmtrackError
from tracker.i18n.messages import N_, _
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import ListDialog
from tracker.tui.widgets.bars import Hint
from tracker.tui.widgets.choice_list import ChoiceList, RowRenderer

NAME_WIDTH = 20
EXAMPLE_LINES = 2
"""Lines of the example under the list, with the blank one above."""
WITH_EXAMPLES = 70
"""Cells of a row from which the example of each practice is whole; below, only that of the
cursor's row is shown, under the list."""


class WelcomeScreen(ListDialog[None]):
    """Enter creates the diary with the ticked practices; letters and digits do nothing here."""

    DEFAULT_CSS = """
    WelcomeScreen { background: $background; }
    WelcomeScreen > .box {
        border: none; background: $background; padding: 0 2;
        width: 80; max-width: 100%; max-height: 100%;
    }
    WelcomeScreen.-plain > .box { border: none; }
    WelcomeScreen ChoiceList { margin-top: 1; }
    WelcomeScreen.-wide VerticalScroll.tall > * { padding-right: 0; }
    WelcomeScreen .below { height: 0; }
    WelcomeScreen.-small .below { height: 10; }
    WelcomeScreen .about, WelcomeScreen .example { color: $text-muted; }
    WelcomeScreen .example { margin-top: 1; }
    WelcomeScreen .more { display: none; color: $text-muted; }
    WelcomeScreen.-wide .example { display: none; }
    WelcomeScreen.-scrolls .more { display: block; }
    WelcomeScreen.-scrolls .example, WelcomeScreen.-scrolls.-wide KeyHints { margin-top: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (78, "-wide")]  # noqa: RUF012
    chrome_lines = 4 + EXAMPLE_LINES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Start"), tooltip=N_("Start with these practices")),
        Binding("space", "select", N_("Select"), tooltip=N_("Select or deselect this practice")),
        Binding("question_mark", "about", N_("About"), tooltip=N_("What calmtrack is and isn't")),
        Binding("q,escape", "leave", N_("Quit"), tooltip=N_("Quit without creating a diary")),
    ]

    def __init__(self, warning: str | None = None) -> None:
        """`warning` says that the diary's file is missing although it has backups. Enter is then
        refused, until they are restored."""
        welcome = _("Good evening, and welcome to calmtrack.")
        super().__init__(welcome if warning is None else _("Good evening."))
        self._warning = warning
        self._ticked = set(default_ids())
        self._warned_of: set[str] | None = None
        """The choice of practices whose loss the person was warned of."""
        self._shown_at: float | None = None
        """When the screen was first drawn, in seconds of the monotonic clock."""

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="tall", can_focus=False):
            if self._warning is None:
                yield from self._introduction()
            else:
                yield Static(sanitize_line(self._warning), markup=False)
            yield ChoiceList(self._rows())
            # So that a small window can have the list at its top.
            yield Static(classes="below")
        # In place of the blank line below the list.
        more = Content("   ").append(styled_text.more_words(styled_text.glyph("↑↓")))
        yield Static(more, classes="more")
        yield Static(practice_templates()[0].example, classes="example", markup=False)

    def _introduction(self) -> ComposeResult:
        yield Static(
            _(
                "Each evening, rate how calm you felt, tap what connected you, done. One "
                "key each. It all stays in your own diary, and it never scolds you."
            ),
            markup=False,
        )
        yield Static("")
        yield Static(
            _(
                "You can change your practices at any time. calmtrack is a diary, not a test "
                "or a treatment: press ? to read more."
            ),
            classes="about",
            markup=False,
        )

    def hints(self) -> Sequence[Hint]:
        return [
            (styled_text.glyph("↵"), _("start"), "enter"),
            (styled_text.key_name("space"), _("select"), "space"),
            ("?", _("about calmtrack"), "question_mark"),
            ("esc", _("quit"), "escape"),
        ]

    def update_hints(self) -> None:
        """Says that there is more while the last practice is below what is visible."""
        super().update_hints()
        part = self.query_one(VerticalScroll)
        below = self.query_one(ChoiceList).virtual_region.bottom - part.size.height
        self.set_class(below > 0, "-small")
        self.set_class(below > part.scroll_offset.y, "-scrolls")

    def max_height(self, lines: int) -> int:
        return lines if self.query_one(".example").display else lines + EXAMPLE_LINES

    def on_mount(self) -> None:
        """Notes when the screen is drawn."""
        self.call_after_refresh(self._set_shown_at)
        self.watch(self.query_one(VerticalScroll), "scroll_y", self.update_hints, init=False)

    def _set_shown_at(self) -> None:
        self._shown_at = time.monotonic()

    async def _on_key(self, event: events.Key) -> None:
        """Drops keys that were pressed before the screen could be read, and keeps those after the
        enter that creates the diary."""
        is_early = self._shown_at is None or event.time < self._shown_at
        is_taken = is_early or self.hold(event)
        bound = None if is_taken else self.active_bindings.get(event.key)
        if is_taken or bound is not None:
            event.stop()
            event.prevent_default()
        if bound is not None:
            # By way of the app's queue, the keys after this one would overtake it.
            await self.app.run_action(bound.binding.action, bound.node)

    def check_action(
        self,
        action: str,  # noqa: ARG002  Textual's own signature
        parameters: tuple[object, ...],  # noqa: ARG002
    ) -> bool | None:
        """No action runs before the screen could be read, or while the diary is created."""
        return self.is_mounted and self._shown_at is not None and not self.is_holding

    def _rows(self) -> list[RowRenderer]:
        return [partial(_draw_row, one, one.id in self._ticked) for one in practice_templates()]

    def action_row(self, by: int) -> None:
        """Moves the cursor, and scrolls it into view: above the list all of the text or none."""
        super().action_row(by)
        self.query_one(".example", Static).update(practice_templates()[self.cursor].example)
        part, rows = self.query_one(VerticalScroll), self.query_one(ChoiceList).virtual_region
        line = Region(0, rows.y + self.cursor, 1, 1)
        if self.cursor == 0:
            part.scroll_home(animate=False)
        elif line.bottom > part.scroll_offset.y + part.size.height:
            part.scroll_to(y=max(rows.y, line.bottom - part.size.height), animate=False)
        else:
            part.scroll_to_region(line, animate=False)

    def action_select(self) -> None:
        """Ticks the practice of the row, or unticks it."""
        self._ticked ^= {practice_templates()[self.cursor].id}
        self.query_one(ChoiceList).set_rows(self._rows())

    def action_about(self) -> None:
        self.calmtrack.show_about()

    def action_leave(self) -> None:
        """Quits without a diary; first warns that a choice of practices would be lost."""
        if self._ticked in (set(default_ids()), self._warned_of):
            self.app.exit()
            return
        self._warned_of = set(self._ticked)
        self.calmtrack.notify_user(
            _("Nothing is saved yet. Press enter to start, or esc again to quit without a diary."),
            about="key",
        )

    def action_accept(self) -> None:
        """Creates the diary, and closes once it is on disk."""
        ids = tuple(one.id for one in practice_templates() if one.id in self._ticked)
        self.hold_keys()
        self.calmtrack.diary_worker.submit(
            lambda diary: diary.create(ids), self._created, self._refused
        )

    def _created(self, _result: object) -> None:
        self.dismiss(None)
        self.release_keys()

    def _refused(self, error: CalmtrackError) -> None:
        self.drop_keys()
        self.calmtrack.notify_error(error)


def _draw_row(practice: PracticeTemplate, is_ticked: bool, width: int, is_current: bool) -> Content:
    row = Content.assemble(
        styled_text.cursor_marker(is_current=is_current),
        ("[x]" if is_ticked else "[ ]", styled_text.ACCENT),
        " ",
        styled_text.fit(practice.name, NAME_WIDTH, styled_text.BOLD if is_current else ""),
    )
    if width < WITH_EXAMPLES:
        return row
    example = styled_text.fit(practice.example, width - row.cell_length, styled_text.MUTED)
    return Content.assemble(row, example)
