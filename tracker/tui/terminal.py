"""Parts of the terminal driver: pastes press no keys, and a closed terminal blocks nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from math import inf

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.events import Key, Resize
from textual.geometry import Size
from textual.message import Message

from tracker.tui.bindings import LINE_BREAK

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


AT_ONCE = 0.05
"""Seconds between two keys at most that no hand has pressed one after the other."""

MAX_CELLS = 1000
"""Columns and rows of a terminal at most: a screen of any size is drawn whole."""


class PastedLines:
    """Recognizes the line breaks of a paste that no marks enclose: an enter that comes at once
    with text before it and text after it. Such an enter has LINE_BREAK as its character.

    What follows can be in the next read, so an enter at the end of one is held back for a moment.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._held: list[Key] = []
        """Enters after text, and tabs after these, until it is known what follows them."""
        self._text_at = -inf
        """When the last text was read."""
        self._held_at = 0.0

    def filter(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The messages of one read, after those held back."""
        yield from self.due()
        now = self._now()
        for message in messages:
            if isinstance(message, Key) and message.key == "enter":
                if self._held or now - self._text_at <= AT_ONCE:
                    self._held.append(message)
                    self._held_at = now
                    continue
            elif isinstance(message, Key) and message.key == "tab":
                if self._held:
                    # It may indent the next line.
                    self._held.append(message)
                    continue
            elif isinstance(message, Key) and message.is_printable:
                self._text_at = now
                for key in self._held:
                    if key.key == "enter":
                        key.character = LINE_BREAK
                yield from self._release()
            else:
                yield from self._release()
            yield message

    def due(self) -> Iterator[Message]:
        """The enters that nothing has followed in time."""
        if self._held and self._now() - self._held_at > AT_ONCE:
            yield from self._release()

    def _release(self) -> Iterator[Message]:
        held, self._held = self._held, []
        yield from held


class SafeParser(XTermParser):
    """Parses keys, clicks, pastes and sizes of a terminal. Pastes press no keys, and a size that no
    terminal has is taken for the nearest one that can be drawn."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._filter = PasteFilter()
        self.lines = PastedLines()

    def feed(self, data: str) -> Iterable[Message]:
        """Parses what was read; nothing is the end of the input."""
        filtered = self._filter.filter(data)
        messages = super().feed(filtered) if filtered or not data else ()
        for message in self.lines.filter(messages):
            yield self._with_possible_size(message) if isinstance(message, Resize) else message

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """Escape and a digit become alt and the digit, as with letters. Textual takes them for the
        character that the option key of one terminal types, such as ¶ for 7; and alt+enter, which
        most terminals send as escape and enter, for enter."""
        if alt and sequence == "\r":
            return (Key("alt+enter", None),)
        is_two_keys = len(sequence) == 2 and isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str)
        return () if is_two_keys else super()._sequence_to_key_events(sequence, alt)

    def tick(self) -> Iterable[Message]:
        """Called by the driver at least ten times a second."""
        yield from super().tick()
        yield from self.lines.due()

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
