"""Help for a screen: its keys, marks and figures; and the command palette, which runs the same
bindings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, Hit, Hits
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Static

from tracker.i18n.messages import N_, _
from tracker.tui import styled_text
from tracker.tui.bindings import DAYS, GO, LOG, MORE
from tracker.tui.dialogs.dialog import Dialog
from tracker.tui.dialogs.text_dialog import Definition, DefinitionList, TextDialog
from tracker.tui.styled_text import key_name
from tracker.tui.widgets.bars import Hint

GROUPS = (LOG, None, DAYS, GO, MORE)
"""The sections: the groups of bindings, None for the keys of the screen itself."""

MIN_KEY_WIDTH = 4
"""Cells of the keys at least, with the gap behind them."""
WITH_COLUMNS = 80
"""Columns of the terminal from which the keys are in two columns."""
LEAST_WORD, BELOW_TITLES, SCATTERED = 3, 0.01, 0.0001
"""Letters of a word to find in the help of commands, the score of what is found there, and the
factor of the score of a title that has the letters, but not together."""
ROOMY = 36
"""Lines of the terminal from which the box has padding above and below."""


class HelpDialog(TextDialog):
    """Lists the bindings that are active on a screen by what one wants to do, so that help can't
    differ from what the keys do. A click on a line closes help and runs its action."""

    DEFAULT_CSS = """
    HelpDialog {
        & > .box { width: 110; padding: 0 2; }
        &.-roomy > .box { padding: 1 2; max-height: 100%; }
        & .title { margin-bottom: 0; }
        & Horizontal { height: auto; }
        & Horizontal > DefinitionList { width: 1fr; margin-right: 2; }
        & Horizontal > DefinitionList:last-child { margin-right: 0; }
        &.-one-column Horizontal { layout: vertical; }
        &.-one-column Horizontal > DefinitionList { width: 100%; }
    }
    """
    VERTICAL_BREAKPOINTS = [*Dialog.VERTICAL_BREAKPOINTS, (ROOMY, "-roomy")]  # noqa: RUF012
    chrome_lines = 7

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "dismiss", N_("Back"), tooltip=N_("Close help")),
        Binding("a", "about", N_("About"), tooltip=N_("What calmtrack is and isn't")),
    ]  # fmt: skip

    def __init__(
        self,
        screen: Screen[Any],
        *,
        other_keys: Iterable[tuple[str, str]],
        marks: Iterable[tuple[Content | str, str]],
        figures: str,
    ) -> None:
        """`other_keys` are listed before the bindings of `screen`; `marks` are its signs with
        their meanings, and `figures` says how its numbers are computed."""
        super().__init__(_("Keys, symbols and numbers"))
        self._screen = screen
        self._other_keys = tuple(other_keys)
        self._marks = tuple(marks)
        self._figures = figures

    def compose_body(self) -> ComposeResult:
        log, here, days, go, more = self._sections()
        marks = [_definition(sign, meaning) for sign, meaning in self._marks]
        with VerticalScroll(classes="tall"):
            with Horizontal():
                yield DefinitionList(_aligned([*log, *here, *days]))
                yield DefinitionList([*_aligned(go), *_aligned(more)])
            if marks:
                yield DefinitionList(_aligned([(Content(""), Content("")), *marks]))
            if self._figures:
                yield Static(self._figures, classes="hint", markup=False)

    def max_height(self, lines: int) -> int:
        # All lines but those of the screen's top line and its keys.
        return lines - 2 if lines >= ROOMY else min(lines, super().max_height(lines)) + 2

    def on_resize(self, event: events.Resize) -> None:
        """One column of keys where there is no width for two."""
        super().on_resize(event)
        self.set_class(event.size.width < WITH_COLUMNS, "-one-column")

    def hints(self) -> Sequence[Hint]:
        *scroll, back = super().hints()
        return [*scroll, ("a", _("about calmtrack"), "a"), back]

    def action_about(self) -> None:
        self.calmtrack.show_about()

    def action_run(self, action: str) -> None:
        """Closes help, then runs an action of the screen below."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, action, self._screen)

    def _sections(self) -> list[list[Definition]]:
        """The keys of each group with its heading: a line for each action with its keys."""
        keys: dict[str, list[str]] = {}
        bindings: dict[str, Binding] = {}
        for active in self._screen.active_bindings.values():
            binding = active.binding
            if binding.tooltip and active.node is self._screen:
                name = key_name(self.app.get_key_display(binding))
                keys.setdefault(binding.action, []).append(name)
                bindings[binding.action] = binding
        lines: dict[Binding.Group | None, list[Definition]] = {group: [] for group in GROUPS}
        menu = key_name("ctrl+p")
        lines[MORE].append(_command(menu, _("Search commands and settings"), "app.command_palette"))
        for action, names in keys.items():
            binding = bindings[action]
            shown = " ".join(sorted(dict.fromkeys(names), key=len))
            lines[binding.group].append(_command(shown, _(binding.tooltip), action))
        first = LOG if lines[LOG] else None
        lines[first][:0] = [_definition(key, meaning) for key, meaning in self._other_keys]
        return [[*_heading(group), *lines[group]] if lines[group] else [] for group in GROUPS]


def _heading(group: Binding.Group | None) -> list[Definition]:
    """A blank line and a title."""
    title = _("This screen") if group is None else _(group.description)
    return [(Content(""), Content("")), (Content(""), Content.styled(title, styled_text.BOLD))]


def _definition(term: Content | str, meaning: str) -> Definition:
    content = Content(term) if isinstance(term, str) else term
    return content.stylize_before(styled_text.ACCENT), Content(meaning)


def _command(key: str, meaning: str, action: str) -> Definition:
    """A definition that runs an action of the screen below when it is clicked."""
    term, text = _definition(key, meaning)
    click = f"screen.run({action!r})"
    return styled_text.clickable(term, click), styled_text.clickable(text, click)


def _aligned(definitions: Sequence[Definition]) -> list[Definition]:
    """The definitions, each term as wide as the longest; a heading has none."""
    widths = (term.cell_length + 2 for term, _text in definitions)
    width = max(MIN_KEY_WIDTH, max(widths, default=0))
    return [
        (styled_text.fit(term, width) if term.plain else term, text) for term, text in definitions
    ]


class CommandsProvider(SystemCommandsProvider):
    """Finds commands by their titles, as Textual's does, and then by the words of their help."""

    async def search(self, query: str) -> Hits:
        """Yields titles with the query, then help with its words, then titles with its letters; or
        that there are none, which Textual says in English only."""
        matcher, words = self.matcher(query), query.casefold().split()
        has_long_word = any(len(word) >= LEAST_WORD for word in words)
        found = 0
        for command in self.app.get_system_commands(self.screen):
            in_help = has_long_word and all(word in command.help.casefold() for word in words)
            title, score = command.title, matcher.match(command.title)
            if score > 0 and " ".join(words) not in title.casefold():
                score = BELOW_TITLES if in_help else score * SCATTERED
            elif score == 0 and in_help:
                score = BELOW_TITLES
            if score > 0:
                found += 1
                yield Hit(score, matcher.highlight(title), command.callback, help=command.help)
        if not found:
            yield Hit(SCATTERED, _("No matching commands"), lambda: None)


class PlainCommandPalette(CommandPalette):
    """The palette without an icon and borders. Its styles are parsed when it is first opened,
    not before the first frame."""

    holds_notices: ClassVar[bool] = True
    """Notices wait until it is closed, as for a dialog."""
    CSS = """
    PlainCommandPalette {
        & > Vertical { max-width: 84; background: $surface; }
        & > .command-palette--help-text { color: $foreground-muted; text-style: not dim not bold; }
        & SearchIcon { display: none; }
        & #--input { border: none; padding: 0 2 0 1; background: $surface; }
        & CommandInput > .input--placeholder { color: $text-muted; }
        & CommandList > .option-list--option-highlighted {
            color: $text-accent; background: $primary 8%;
        }
        & CommandList { border: none; padding: 0 0 1 0; scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(
            [CommandsProvider], placeholder=_("Search commands…"), id="--command-palette"
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disables paging through a list that has no lines yet, for which Textual raises."""
        has_lines = any(one.size.height for one in self.query(CommandList))
        if action == "command_list" and not has_lines:
            return False
        return super().check_action(action, parameters)
