"""Help for a screen: its keys, marks and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tracker.i18n.messages import N_, _
from tracker.tui import styled_text
from tracker.tui.bindings import GLOBAL_BINDINGS
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.text_dialog import Definition, DefinitionList
from tracker.tui.styled_text import key_name
from tracker.tui.widgets.key_hints import Hint

GLOBAL_IDS = {binding.id for binding in GLOBAL_BINDINGS if isinstance(binding, Binding)}


class HelpDialog(Dialog[None]):
    """Lists the bindings that are active on a screen, so that help can't differ from what the keys
    do. A click on a line closes help and runs its action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", N_("Back"), id="help_leave",
                tooltip=N_("Close help")),
        Binding("a", "about", N_("About"), id="help_about",
                tooltip=N_("What calmtrack is and isn't")),
    ]  # fmt: skip

    def __init__(
        self,
        screen: Screen[Any],
        *,
        other_keys: Iterable[tuple[str, str]] = (),
        marks: Iterable[tuple[Content | str, str]] = (),
        figures: str = "",
    ) -> None:
        """`other_keys` are listed before the bindings of `screen`; `marks` are its signs with
        their meanings, and `figures` says how its numbers are computed."""
        super().__init__(_("Keys, symbols and numbers"))
        self._screen = screen
        self._other_keys = tuple(other_keys)
        self._marks = tuple(marks)
        self._figures = figures

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(classes="tall"):
            keys = [_definition(key, meaning) for key, meaning in self._other_keys]
            marks = [_definition(sign, meaning) for sign, meaning in self._marks]
            yield DefinitionList([*keys, *self._binding_lines(), _definition("", ""), *marks])
            yield Static(self._figures, classes="hint", markup=False)

    def hints(self) -> Sequence[Hint]:
        return [("a", _("about calmtrack"), "a"), ("esc", _("back"), "escape")]

    def action_about(self) -> None:
        """Opens About."""
        self.calmtrack.show_about()

    def action_run(self, action: str) -> None:
        """Closes help, then runs an action of the screen below."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, action, self._screen)

    def _binding_lines(self) -> Iterable[Definition]:
        """A line for each action with its keys, the screen's own before the global ones."""
        keys: dict[str, list[str]] = {}
        tooltips: dict[str, str] = {}
        for active in sorted(self._screen.active_bindings.values(), key=_is_global):
            binding = active.binding
            if binding.id and binding.tooltip and active.node is self._screen:
                name = key_name(self.app.get_key_display(binding))
                keys.setdefault(binding.action, []).append(name)
                tooltips[binding.action] = _(binding.tooltip)
        for action, names in keys.items():
            key, tooltip = _definition(" ".join(dict.fromkeys(names)), tooltips[action])
            click = f"screen.run({action!r})"
            yield styled_text.clickable(key, click), styled_text.clickable(tooltip, click)


def _is_global(active: ActiveBinding) -> bool:
    return active.binding.id in GLOBAL_IDS


def _definition(term: Content | str, meaning: str) -> Definition:
    return styled_text.fit(term, 16).stylize_before(styled_text.ACCENT), Content(meaning)
