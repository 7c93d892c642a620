"""Records the SQL that a diary file runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tracker.store import diary_file


@contextmanager
def statements() -> Iterator[list[str]]:
    """Records the SQL statements, values included, of every connection that a Store opens in the
    block; those of `fast_reader` are not among them."""
    recorded: list[str] = []
    connect = diary_file.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        driver = connect(*args, **options)
        driver.set_trace_callback(recorded.append)
        return driver

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diary_file, "connect", traced)
        yield recorded
