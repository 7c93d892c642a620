"""Progress of long reads and writes, reported to a callback that can cancel by raising."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

EVERY = 500
"""Rows between two calls of the callback."""

T = TypeVar("T")

_CALLBACK: ContextVar[Callable[[int], None] | None] = ContextVar("progress_callback", default=None)


@contextmanager
def report_progress(callback: Callable[[int], None]) -> Iterator[None]:
    """Calls `callback` with the number of rows done since its last call, for all work of this
    thread inside. An exception that it raises cancels the work: the transaction is rolled back,
    the file that was being written is removed."""
    token = _CALLBACK.set(callback)
    try:
        yield
    finally:
        _CALLBACK.reset(token)


def track(rows: Iterable[T]) -> Iterator[T]:
    """Yields the rows and reports them."""
    callback = _CALLBACK.get()
    return iter(rows) if callback is None else _reported(rows, callback)


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yields slices of EVERY rows and reports each once it is done."""
    callback = _CALLBACK.get()
    for start in range(0, len(rows), EVERY):
        chunk = rows[start : start + EVERY]
        yield chunk
        if callback is not None:
            callback(len(chunk))


def _reported(rows: Iterable[T], callback: Callable[[int], None]) -> Iterator[T]:
    for number, row in enumerate(rows, start=1):
        if number % EVERY == 0:
            callback(EVERY)
        yield row
