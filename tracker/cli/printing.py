"""What the commands print: lines, and JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping

from tracker.visible import visible


def safe_streams() -> None:
    """A terminal or file that can't write a character gets `?` in its place, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def put(*lines: str) -> None:
    """Prints lines; a person's own words in them have been through `visible`."""
    for line in lines:
        print(line)  # noqa: T201


def put_json(value: Mapping[str, object]) -> None:
    """Prints JSON. Everything beyond ASCII is escaped: what a terminal would obey (C1 controls,
    marks that turn the direction of writing) is legal in JSON as it is."""
    print(json.dumps(value, indent=2, ensure_ascii=True))  # noqa: T201


def complain(sentence: str) -> None:
    """Prints one sentence to standard error."""
    print(visible(sentence), file=sys.stderr)  # noqa: T201
