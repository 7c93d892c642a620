"""JSON read piece by piece: a file of any size in little memory, each piece with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from tracker.errors import InputError
from tracker.formats.progress import track
from tracker.i18n.messages import say

CHUNK = 1 << 16

LONGEST_PIECE = 16_000_000
"""Characters of one piece, above which a file is none that a diary or a tracker wrote."""

_BLANK = " \t\r\n"


class JsonSyntaxError(InputError):
    """What is no JSON; the sentence names the line."""


class JsonStream:
    """Goes through a file once. Raises BrokenJson, with the line, for what is no JSON."""

    def __init__(self, file: TextIO) -> None:
        self.line = 1
        """The line on which the piece read last begins."""
        self._line = 1
        self._file = file
        self._text = ""
        self._at = 0
        self._is_all = False
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def pieces(self) -> Iterator[tuple[str, Any]]:
        """The values of a JSON object with their names; of a list each element by itself, also
        where the whole file is one list, whose name is then empty."""
        return track(self._pieces())

    def _pieces(self) -> Iterator[tuple[str, Any]]:
        opened = self._next()
        if opened == "[":
            yield from self._elements("")
        elif opened == "{":
            yield from self._members()
        else:
            raise self._wrong()
        if self._peek():
            raise self._wrong()

    def _members(self) -> Iterator[tuple[str, Any]]:
        if self._peek() == "}":
            self._next()
            return
        while True:
            name = self._value()
            if not isinstance(name, str) or self._next() != ":":
                raise self._wrong()
            if self._peek() == "[":
                self._next()
                yield from self._elements(name)
            else:
                yield name, self._value()
            if self._is_last("}"):
                return

    def _elements(self, name: str) -> Iterator[tuple[str, Any]]:
        if self._peek() == "]":
            self._next()
            return
        while True:
            yield name, self._value()
            if self._is_last("]"):
                return

    def _is_last(self, closing: str) -> bool:
        mark = self._next()
        if mark not in (",", closing):
            raise self._wrong()
        return mark == closing

    def _value(self) -> Any:
        self._peek()
        self.line = self._line
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self._wrong() from error
            except ValueError as error:
                # Of a piece that isn't all there yet, this can't be told before more is read.
                if self._is_all or len(self._text) - self._at > LONGEST_PIECE:
                    raise self._wrong_at(error) from error
            else:
                # A number that ends where the text read so far ends may go on.
                if end < len(self._text) or self._is_all:
                    self._go_on(end)
                    return value
            self._read(max(CHUNK, len(self._text) - self._at))

    def _peek(self) -> str:
        """The next character that is not blank, which stays; nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._go_on(self._at + 1)
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_all:
                return ""
            self._read(CHUNK)

    def _next(self) -> str:
        found = self._peek()
        self._at += len(found)
        return found

    def _go_on(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _read(self, size: int) -> None:
        more = self._file.read(size)
        self._is_all = not more
        self._text = self._text[self._at :] + more
        self._at = 0

    def _wrong(self) -> JsonSyntaxError:
        return JsonSyntaxError(say("json.not_json", line=self._line))

    def _wrong_at(self, error: ValueError) -> JsonSyntaxError:
        at = error.pos if isinstance(error, json.JSONDecodeError) else self._at
        self._go_on(min(at, len(self._text)))
        return self._wrong()


def _refuse(text: str) -> None:
    raise ValueError(text)
