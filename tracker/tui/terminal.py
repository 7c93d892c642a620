"""Parts of the terminal driver: pastes press no keys, and a closed terminal blocks nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

ESCAPE = "\x1b"
PASTE_BEGINS, PASTE_ENDS = f"{ESCAPE}[200~", f"{ESCAPE}[201~"


class PasteFilter:
    """Removes escape characters between the marks of a bracketed paste.

    Textual parses an escape sequence in a paste like any other, so that pasting one presses keys.
    """

    def __init__(self) -> None:
        self._before = ""
        """The last characters outside of a paste: a mark can be split over two reads."""
        self._is_pasting = False
        self._held_back = ""
        """The end of the last read, where it may be the beginning of the mark that ends a paste."""

    def filter(self, data: str) -> str:
        """The data that follows what was filtered before."""
        data, self._held_back = self._held_back + data, ""
        out = ""
        while data:
            if self._is_pasting:
                pasted, data = self._split_pasted(data)
                out += pasted
            else:
                read, data = self._split_typed(data)
                out += read
        return out

    def _split_typed(self, data: str) -> tuple[str, str]:
        """Up to and including the mark that begins a paste, and the rest."""
        known = self._before + data
        at = known.find(PASTE_BEGINS)
        if at < 0:
            self._before = known[1 - len(PASTE_BEGINS) :]
            return data, ""
        self._before, self._is_pasting = "", True
        end = at + len(PASTE_BEGINS) - (len(known) - len(data))
        return data[:end], data[end:]

    def _split_pasted(self, data: str) -> tuple[str, str]:
        """The pasted text without escape characters, with the mark that ends it; and the rest."""
        at = data.find(PASTE_ENDS)
        if at >= 0:
            self._is_pasting = False
            end = at + len(PASTE_ENDS)
            return data[:at].replace(ESCAPE, "") + PASTE_ENDS, data[end:]
        last = data.rfind(ESCAPE)
        if last >= 0 and PASTE_ENDS.startswith(data[last:]):
            data, self._held_back = data[:last], data[last:]
        return data.replace(ESCAPE, ""), ""


MAX_CELLS = 1000
"""Columns and rows of a terminal at most: a screen of any size is drawn whole."""


class SafeParser(XTermParser):
    """Parses keys, clicks, pastes and sizes of a terminal. Pastes press no keys, and a size that no
    terminal has is taken for the nearest one that can be drawn."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Message]:
        """Parses what was read; nothing is the end of the input."""
        filtered = self._filter.filter(data)
        for message in super().feed(filtered) if filtered or not data else ():
            yield self._with_possible_size(message) if isinstance(message, Resize) else message

    def _with_possible_size(self, resize: Resize) -> Resize:
        width, height = (min(max(cells, 1), MAX_CELLS) for cells in resize.size)
        self.terminal_size = Size(width, height)
        return Resize(self.terminal_size, self.terminal_size, pixel_size=resize.pixel_size)


class DrainingWriter(WriterThread):
    """Writes to the terminal, and after an error discards what follows.

    Textual's thread ends there, and its queue is bounded: the app would block as soon as it is
    full, and never notice that the terminal was closed.
    """

    def run(self) -> None:
        """Writes until the end, or discards until the end."""
        try:
            super().run()
        except (OSError, ValueError):
            while self._queue.get() is not None:
                pass


def install_driver_parts() -> None:
    """Has Textual's drivers use these classes: they offer no setting for them."""
    vars(linux_driver).update(XTermParser=SafeParser, WriterThread=DrainingWriter)
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        from textual.drivers import web_driver

        vars(web_driver).update(XTermParser=SafeParser)
