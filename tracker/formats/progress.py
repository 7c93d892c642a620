"""How far long work has come, told to whoever watches it; who has enough of it can raise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

EVERY = 500
"""Rows between two tellings."""

T = TypeVar("T")

_WATCHER: ContextVar[Callable[[int], None] | None] = ContextVar("watcher", default=None)


@contextmanager
def report_progress(told: Callable[[int], None]) -> Iterator[None]:
    """Work of this thread tells `told` how many rows it did since it told last. What `told`
    raises ends the work, which leaves the diary and the files as they were."""
    token = _WATCHER.set(told)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def track(rows: Iterable[T]) -> Iterator[T]:
    """The rows, told of as they go by."""
    told = _WATCHER.get()
    return iter(rows) if told is None else _told_of(rows, told)


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Rows that are at hand already, as many at a time as are told of at once."""
    told = _WATCHER.get()
    for start in range(0, len(rows), EVERY):
        some = rows[start : start + EVERY]
        yield some
        if told is not None:
            told(len(some))


def _told_of(rows: Iterable[T], told: Callable[[int], None]) -> Iterator[T]:
    for number, row in enumerate(rows, start=1):
        if number % EVERY == 0:
            told(EVERY)
        yield row
