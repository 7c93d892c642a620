"""What every key, mark and figure of a screen means."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.i18n.messages import say, translate_label
from tracker.tui import styled_text
from tracker.tui.bindings import GLOBAL_BINDINGS
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.key_glyphs import key_name
from tracker.tui.screens.base import DiaryScreen
from tracker.tui.widgets.definition_list import Definition, DefinitionList
from tracker.tui.widgets.key_hints import KeyHints

EVERYWHERE = {binding.id for binding in GLOBAL_BINDINGS if isinstance(binding, Binding)}


class HelpDialog(Dialog[None]):
    """Made from the room's own bindings, marks and figures, so that it can't say what is not so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Leave", id="help_leave",
                tooltip="Back"),
        Binding("a", "about", "About", id="help_about",
                tooltip="What calmtrack is and is not"),
    ]  # fmt: skip

    def __init__(self, of: DiaryScreen) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """Keys first, then marks, then figures."""
        with Vertical(classes="box"):
            yield Static(say("help.title"), classes="title", markup=False)
            with VerticalScroll(classes="tall"):
                marks = [_line(sign, meaning) for sign, meaning in self._of.marks()]
                yield DefinitionList([*self._keys(), _line("", ""), *marks])
                yield Static(self._of.figures(), classes="hint", markup=False)
            yield KeyHints([("a", say("about.hint"), "a"), ("esc", say("hints.back"), "escape")])

    def action_about(self) -> None:
        """Tells what calmtrack is and is not."""
        self.calmtrack.show_about()

    def _keys(self) -> list[Definition]:
        lines = [_line(key, does) for key, does in self._of.other_keys()]
        told: dict[str, list[str]] = {}
        tips: dict[str, str] = {}
        for active in sorted(self._of.active_bindings.values(), key=_is_everywhere):
            binding = active.binding
            if binding.id and binding.tooltip and active.node is self._of:
                told.setdefault(binding.action, []).append(self._shown(binding))
                tips[binding.action] = translate_label(binding.tooltip)
        for action, keys in told.items():
            key, tip = _line(" ".join(dict.fromkeys(keys)), tips[action])
            lines.append(
                (
                    styled_text.clickable(key, f"screen.run({action!r})"),
                    styled_text.clickable(tip, f"screen.run({action!r})"),
                )
            )
        return lines

    def action_run(self, action: str) -> None:
        """A click on a line closes help, and runs the action of its key."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, action, self._of)

    def _shown(self, binding: Binding) -> str:
        return key_name(self.app.get_key_display(binding))


def _is_everywhere(active: ActiveBinding) -> bool:
    """The room's own keys come first."""
    return active.binding.id in EVERYWHERE


def _line(keys: str, meaning: str) -> Definition:
    return styled_text.fit(keys, 16, styled_text.ACCENT), Content(meaning)
