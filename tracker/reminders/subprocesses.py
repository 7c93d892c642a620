"""The system's own programs, run as a person would run them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

PATIENCE = 15
"""Seconds after which a program that does not end counts as one that could not do it."""


def run(
    words: Sequence[str], *, typed: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Runs a program to its end, its messages in English; None where it can't be run."""
    try:
        return subprocess.run(  # noqa: S603  words of our own, and no shell between
            words,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            env={**os.environ, "LC_ALL": "C", **(env or {})},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def succeeds(*words: str) -> bool:
    """Whether a program can be run and ends well."""
    done = run(words)
    return done is not None and done.returncode == 0
