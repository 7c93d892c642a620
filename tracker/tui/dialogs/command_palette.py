"""Textual's command palette in the looks of the dialogs."""

from __future__ import annotations

from textual.command import CommandPalette

from tracker.i18n.messages import _


class PlainCommandPalette(CommandPalette):
    """The palette without an icon and borders. Its styles are parsed when it is first opened,
    not before the first frame."""

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
        super().__init__(placeholder=_("Search commands…"), id="--command-palette")
