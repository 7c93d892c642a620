"""Runs a command: in this process, or the installed one of CALMTRACK_COMMAND."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.journeys import terminal
from tracker import __main__

IN_CHILD_PROCESS = "CALMTRACK_COMMAND" in os.environ
"""Commands run in this process unless CALMTRACK_COMMAND is set: starting Python takes several times
as long as most commands."""


def run(
    home: Path,
    *arguments: str,
    check: bool = True,
    env: Mapping[str, str] | None = None,
    typed: str = "",
) -> subprocess.CompletedProcess[str]:
    """Runs one command without a terminal, in a home folder.

    For tests of what a command does to files; those of the process itself start one.
    """
    if IN_CHILD_PROCESS:
        return terminal.run(home, *arguments, check=check, env=env, typed=typed)
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    errors = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for name, value in {"HOME": str(home), **(env or {})}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", errors)
        code = __main__.run(list(arguments))
    for stream in (out, errors):
        stream.seek(0)
    done = subprocess.CompletedProcess(["calmtrack", *arguments], code, out.read(), errors.read())
    if check:
        done.check_returncode()
    return done
